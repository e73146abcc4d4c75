import type { Language } from '../src/domain/language.ts';
import { activities } from './activities.ts';
import { temporalText } from './wording.ts';

/**
 * Sends what was written beside the process to those it goes to, until the mail server takes or refuses each mail. It
 * stands beside its cooperation's workflows, and nothing waits on it.
 *
 * @param number what the case file has it under: who wrote what, and to whom
 */
export async function sendCommunication({
  cooperation,
  number,
  language,
}: {
  cooperation: string;
  number: number;
  language: Language;
}): Promise<void> {
  await activities(temporalText(language, 'sendsCommunication')).sendCommunication({ cooperation, number });
}
