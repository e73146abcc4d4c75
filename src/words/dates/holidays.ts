import type { Language } from '../../domain/language.ts';
import { type Key, speaker } from '../speaker.ts';

/**
 * Holidays whose name is English in the table of holidays, and which readers of another language have a name for: those of
 * the OAS, which takes part in every cooperation, and of other countries under the same name.
 */
const NAMES: Readonly<Record<string, Key<'warnings.holiday'>>> = {
  "New Year's Day": 'newYear',
  'Birthday of Martin Luther King, Jr.': 'king',
  "Washington's Birthday": 'washington',
  'Memorial Day': 'memorial',
  'Juneteenth National Independence Day': 'juneteenth',
  'Independence Day': 'independence',
  'Labor Day': 'labour',
  'Columbus Day': 'columbus',
  'Veterans Day': 'veterans',
  'Thanksgiving Day': 'thanksgiving',
  'Christmas Eve': 'christmasEve',
  'Christmas Day': 'christmas',
};

/** What a holiday is called in a language; as its country calls it where we have no other name. */
export function holidayName(name: string, language: Language): string {
  const key = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  return key ? speaker('warnings.holiday', language)(key) : name;
}
