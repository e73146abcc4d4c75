import type { Language } from '../src/domain/language.ts';
import { activities } from './activities.ts';
import { temporalText } from './wording.ts';

/**
 * Tells those concerned of a change that was made when the cooperation was over, until the mail server takes or refuses each
 * mail: no other workflow of it is there any more.
 *
 * @param number what the case file has the change under
 */
export async function tellChange({
  cooperation,
  number,
  language,
}: {
  cooperation: string;
  number: number;
  language: Language;
}): Promise<void> {
  await activities(temporalText(language, 'tellsChange')).tellChange({ cooperation, change: number });
}
