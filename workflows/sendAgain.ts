import type { Language } from '../src/domain/language.ts';
import { activities } from './activities.ts';
import { temporalText } from './wording.ts';

/**
 * Sends a mail again that staff had asked for, until the mail server takes or refuses it. It stands beside its
 * cooperation's workflows and needs none of them: a mail may be sent again when the cooperation is over.
 *
 * @param number what the case file has it under: which mail, and whose wish it was
 */
export async function sendAgain({
  cooperation,
  number,
  language,
}: {
  cooperation: string;
  number: number;
  language: Language;
}): Promise<void> {
  await activities(temporalText(language, 'sendsAgain')).sendAgain({ cooperation, number });
}
