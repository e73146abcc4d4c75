import type { Language } from '../domain/language.ts';
import type { Advice, Fault, FaultOf, FieldCode, Mistake, MistakeCode } from '../domain/mistake.ts';
import { colonIn } from './colon.ts';
import { numberText } from './dates/clock.ts';
import { dateText, monthText } from './dates/dates.ts';
import { dayOfDate } from './dates/days.ts';
import type { Messages } from './messages.ts';
import { type Key, speaker } from './speaker.ts';

/**
 * Mistakes in words: as whoever writes a file reads them, and as whoever fills in a form does. What is a word of the file
 * (a key, a code, an example) stays as it is.
 */

/** What a mistake is said with: its own values, and what follows from those that may be left out. */
type MessageValue<F> =
  | keyof F
  | (F extends { meant?: string | undefined } ? 'near' | 'meant' : never)
  | (F extends { holder?: string | undefined } ? 'named' | 'holder' : never)
  | (F extends { session?: number | undefined } ? 'numbered' | 'session' : never)
  | (F extends { code: 'BracketOpenBefore' } ? 'square' | 'curly' : never);
/** Values that a message asks for and its mistake does not have: there are none. */
type MissingValue = {
  [C in MistakeCode]: Exclude<keyof Messages['mistakes.file'][C], MessageValue<FaultOf<C>>>;
}[MistakeCode];
type Values = [MissingValue] extends [never] ? Record<string, string | number> : MissingValue;

/** What is wrong in a file, and what to write instead. */
export function mistakeText(fault: Fault, language: Language): string {
  return speaker('mistakes.file', language)(fault.code, valuesOf(fault, language) as never);
}

/** As a line of a terminal: `file.yaml:12:3  sessions[1].hours: 3 hours are more than …`. */
export function mistakeLine(mistake: Mistake, fileName: string, language: Language): string {
  const { line, column } = mistake;
  const place = line === undefined ? '' : `${fileName}:${line}${column === undefined ? '' : `:${column}`}  `;
  return `${place}${placedText(mistake, language)}`;
}

/** With its path, where it is of a part. */
export const placedText = (mistake: Mistake, language: Language): string =>
  `${mistake.path ? mistake.path + colonIn(language) : ''}${mistakeText(mistake, language)}`;

// --- In a form ------------------------------------------------------------------------------------------------

/** How a form says each: a message of its own, or as a file does where no field can have it. */
const IN_FORM: Record<FieldCode, Key<'mistakes.form'> | 'as-in-a-file'> = {
  KeyUnknown: 'as-in-a-file',
  KeyMissing: 'empty',
  EntryEmpty: 'empty',
  ValueEmpty: 'empty',
  ValueMalformed: 'malformed',
  WordUnknown: 'choose',
  EntriesTooFew: 'EntriesTooFew',
  EntriesTooMany: 'EntriesTooMany',
  TextTooLong: 'TextTooLong',
  NumberNotAbove: 'NumberNotAbove',
  NumberTooSmall: 'NumberTooSmall',
  NumberTooLarge: 'NumberTooLarge',
  NumberNotWhole: 'NumberNotWhole',
  TextNotList: 'as-in-a-file',
  TextNotKeys: 'as-in-a-file',
  TextNotNumber: 'as-in-a-file',
  TextNotTruth: 'as-in-a-file',
  NumberNotText: 'number',
  NumberNotCollection: 'number',
  TruthNotText: 'choose',
  TruthNotCollection: 'choose',
  ListExpected: 'as-in-a-file',
  KeysNotList: 'as-in-a-file',
  KeysNotValue: 'as-in-a-file',
  LineBroken: 'LineBroken',
  CodeMalformed: 'CodeMalformed',
  TimeZoneUnknown: 'choose',
  DateMalformed: 'DateMalformed',
  DateNotInCalendar: 'DateNotInCalendar',
  TimeMalformed: 'TimeMalformed',
  CountryUnknown: 'choose',
  SessionTooLong: 'SessionTooLong',
  LinkInsecure: 'LinkInsecure',
  LinkMalformed: 'LinkMalformed',
  AddressMalformed: 'AddressMalformed',
  InstitutionTwice: 'InstitutionTwice',
  InstitutionCodeReserved: 'InstitutionCodeReserved',
  InstitutionUnknown: 'choose',
  InstitutionWithoutPeople: 'InstitutionWithoutPeople',
  InstitutionWithoutAddress: 'InstitutionWithoutAddress',
  FocalPointWithoutAddress: 'FocalPointWithoutAddress',
  RoleMissing: 'RoleMissing',
  SecretariatTwice: 'SecretariatTwice',
  ListedTwice: 'ListedTwice',
  TranslationSameLanguage: 'TranslationSameLanguage',
  TranslationVouchedByItself: 'TranslationVouchedByItself',
  TranslationWithoutReader: 'TranslationWithoutReader',
  ResultsAndNone: 'ResultsAndNone',
  OtherDayMistaken: 'OtherDayMistaken',
  AddressTaken: 'AddressTaken',
  PersonTwice: 'PersonTwice',
  SessionDateAndWindow: 'SessionDateAndWindow',
  SessionWithoutDate: 'SessionWithoutDate',
  SessionStartMissing: 'SessionStartMissing',
  SessionStartWithoutDate: 'SessionStartWithoutDate',
  SessionWindowReversed: 'SessionWindowReversed',
  ClosedDaysReversed: 'ClosedDaysReversed',
  SessionBeforeMeeting: 'SessionBeforeMeeting',
  SessionWithoutPlace: 'SessionWithoutPlace',
};

/** What is wrong with what was filled in, without the words of a file wherever a form can have it. */
export function formMistakeText(fault: Fault, language: Language): string {
  const key =
    fault.code === 'FileTooLarge'
      ? fault.code
      : ((IN_FORM as Partial<Record<MistakeCode, Key<'mistakes.form'> | 'as-in-a-file'>>)[fault.code] ??
        'as-in-a-file');
  if (key === 'as-in-a-file') return mistakeText(fault, language);
  const values = valuesOf(fault, language);
  for (const name of ['meeting', 'otherDate'])
    if (typeof values[name] === 'string') values[name] = dateText(dayOfDate(values[name]), language, true);
  if (fault.code === 'RoleMissing') values.role = speaker('form.fields', language)(fault.role);
  if (fault.code === 'SessionTooLong') values.most = numberText(fault.most, language);
  return speaker('mistakes.form', language)(key, values as never);
}

// --- Their values ---------------------------------------------------------------------------------------------

/** Which values a message takes is held by {@link MissingValue}, for all codes at once. */
function valuesOf({ code, ...fault }: Fault, language: Language): Values {
  const values: Values = {
    near: 'no',
    meant: '',
    named: 'no',
    holder: '',
    numbered: 'no',
    session: '',
    square: '[ ]',
    curly: '{ }',
  };
  for (const [name, value] of Object.entries(fault) as [string, unknown][]) {
    if (name === 'advice') values.advice = adviceText(value as Advice, language);
    else if (name === 'month') values.month = monthText(dayOfDate(String(value)), language);
    else if (Array.isArray(value)) values[name] = value.join(', ');
    else if (typeof value === 'boolean') values[name] = value ? 'yes' : 'no';
    else if (typeof value === 'string' || typeof value === 'number') values[name] = value;
  }
  if (values.meant !== '') values.near = 'yes';
  if (values.holder !== '') values.named = 'yes';
  if (values.session !== '') values.numbered = 'yes';
  return values;
}

function adviceText(advice: Advice, language: Language): string {
  const say = speaker('mistakes.advice', language);
  const { key } = advice;
  const place = key === undefined ? { keyed: 'no', name: '' } : { keyed: 'yes', name: `${key}: ` };
  switch (advice.as) {
    case 'keys':
      return say('keys', { ...place, keys: advice.keys.join(', ') });
    case 'keys-or-none':
      return say('keys-or-none', { ...place, none: '{}', keys: advice.keys.join(', ') });
    case 'entries':
      return say('entries', place);
    case 'word':
      return say('word', { ...place, words: advice.words.join(', ') });
    case 'example':
      return say('example', { name: place.name, example: advice.example });
    case 'value':
      return say('value', place);
  }
}
