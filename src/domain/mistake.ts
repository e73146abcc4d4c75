import { z } from 'zod';
import { REQUEST_KINDS } from './kinds/index.ts';

/**
 * What can be wrong in a file, or in what somebody wrote: a closed list of codes, each with the values that its words
 * need. Nothing here is put into words; `src/words/mistakes.ts` says a mistake in a language.
 *
 * A value that was written is cut short where it is long. Dates are calendar dates, times as they are in the file.
 */

const text = z.string();
const texts = z.array(z.string());
const number = z.number();
const key = text.optional();

/** What to write in place of what is missing or wrong. `key` is left out for an entry of a list. */
export const advice = z.discriminatedUnion('as', [
  /** Keys, below it and further in. */
  z.strictObject({ as: z.literal('keys'), key, keys: texts }),
  /** The same, or `{}`. */
  z.strictObject({ as: z.literal('keys-or-none'), key, keys: texts }),
  /** Entries, below it. */
  z.strictObject({ as: z.literal('entries'), key }),
  z.strictObject({ as: z.literal('word'), key, words: texts }),
  z.strictObject({ as: z.literal('example'), key, example: text }),
  z.strictObject({ as: z.literal('value'), key }),
]);
export type Advice = z.infer<typeof advice>;

/** The files that are checked. */
export const FILE_KINDS = [
  'programme',
  'scenario',
  'session',
  'minutes',
  'commitments',
  'translation',
  'person',
  'people',
] as const;
export type FileKind = (typeof FILE_KINDS)[number];
const file = z.enum(FILE_KINDS);

/** Of a file as a whole, and of its YAML. */
const OF_TEXT = {
  // --- The file as a whole
  FileTooLarge: {},
  FileNotText: {},
  FileEmpty: { file },
  /** Nested too deeply, or repeating itself too often by aliases. */
  FileUnreadable: {},
  /** Reading it took too long, or too much memory. */
  FileExhausting: {},
  /** It is no group of keys. */
  FileWithoutKeys: { file },

  // --- Its YAML
  AliasWithProperties: {},
  AliasMisplaced: {},
  AliasUnresolved: { alias: text },
  AnchorTwice: {},
  BracketOpen: { bracket: text },
  BracketOpenBefore: {},
  BracketSurplus: {},
  CharacterMissing: {},
  CharacterReserved: {},
  ColonMissing: { key: text, instead: text },
  ColonOrQuoteMissing: {},
  ColonTwice: {},
  DirectiveUnknown: {},
  DocumentTwice: {},
  EscapeUnknown: {},
  IndentMisplaced: {},
  /** Both in spaces. */
  IndentOtherwise: { indent: number, wanted: number },
  IndentWithTab: {},
  KeyNoWord: {},
  KeyTooLong: {},
  KeyTwice: { key: text },
  PropertyMisplaced: {},
  QuoteOpen: { quote: text },
  /** `colon` says whether it is because of its colon. */
  QuotesMissing: { colon: z.boolean() },
  SpaceAfterColonMissing: { instead: text },
  SpaceAfterDashMissing: { instead: text },
  TagMisfit: {},
  TagTwice: {},
  TagUnknown: {},
  YamlUnexpected: {},
} as const satisfies Record<string, z.ZodRawShape>;

/** Of what a schema says of every file. */
const OF_SHAPE = {
  KeyUnknown: { key: text, meant: text.optional(), known: texts },
  KeyMissing: { key: text, advice },
  EntryEmpty: {},
  ValueEmpty: { advice },
  ValueMalformed: { value: text, advice },
  WordUnknown: { value: text, meant: text.optional(), words: texts },
  EntriesTooFew: { entries: number, least: number },
  EntriesTooMany: { entries: number, most: number },
  TextTooLong: { length: number, most: number },
  /** It has to be greater than `above`. */
  NumberNotAbove: { value: text, above: number },
  NumberTooSmall: { value: text, least: number },
  NumberTooLarge: { value: text, most: number },
  NumberNotWhole: { value: text, advice },
  TextNotList: { advice },
  TextNotKeys: { advice },
  TextNotNumber: { value: text },
  TextNotTruth: { value: text },
  NumberNotText: { value: text, advice },
  NumberNotCollection: { advice },
  TruthNotText: { value: text },
  TruthNotCollection: {},
  ListExpected: { advice },
  KeysNotList: { advice },
  KeysNotValue: { value: text, advice },
} as const satisfies Record<string, z.ZodRawShape>;

/** Of single values of a programme. */
const OF_VALUES = {
  LineBroken: {},
  CodeMalformed: { value: text },
  TimeZoneUnknown: { value: text },
  DateMalformed: { value: text },
  /** `month` as `2021-02`; it has so many days. */
  DateNotInCalendar: { value: text, month: text, days: number },
  TimeMalformed: { value: text },
  CountryUnknown: { value: text },
  SessionTooLong: { hours: number, most: number },
  LinkInsecure: { value: text },
  LinkMalformed: { value: text },
  AddressMalformed: { value: text },
} as const satisfies Record<string, z.ZodRawShape>;

/** Of the rules of a programme. */
const OF_PROGRAMME = {
  InstitutionTwice: { id: text },
  InstitutionCodeReserved: { id: text },
  InstitutionUnknown: { id: text, known: texts },
  /** `institution` by its name, or its code where it has none. */
  InstitutionWithoutPeople: { institution: text },
  /** It has people, and none who can be written to. */
  InstitutionWithoutAddress: { institution: text },
  FocalPointWithoutAddress: { name: text },
  RoleMissing: { role: z.enum(['requesting', 'providing', 'secretariat']) },
  SecretariatTwice: {},
  ListedTwice: { id: text },
  TranslationSameLanguage: { language: text },
  TranslationVouchedByItself: { id: text },
  /** Nobody of it who can be written to reads that language. */
  TranslationWithoutReader: { id: text, language: text },
  /** Of what came of a cooperation. */
  ResultsAndNone: {},
  OtherDayMistaken: {},
  AddressTaken: { address: text, holder: text.optional() },
  PersonTwice: { name: text, address: text },
  SessionDateAndWindow: {},
  /** `session` is left out for one by itself. */
  SessionWithoutDate: { session: number.optional() },
  SessionStartMissing: {},
  SessionStartWithoutDate: {},
  SessionWindowReversed: { from: text, to: text },
  ClosedDaysReversed: { from: text, to: text },
  SessionBeforeMeeting: { session: number, date: text, meeting: text },
  SessionWithoutPlace: { session: number },
} as const satisfies Record<string, z.ZodRawShape>;

/** Of the values and rules of a scenario. */
const OF_SCENARIO = {
  PartyCodeMalformed: { value: text },
  MomentMalformed: { value: text },
  RequestMalformed: { value: text, kinds: texts },
  RequestIdMalformed: { value: text },
  DelayMalformed: { value: text },
  AnchorMalformed: { value: text },
  BeforeOrAfter: {},
  DaysOrHours: {},
  RecipientMalformed: { value: text },
  MailRefusalMalformed: { value: text },
  RehearsalEndsBeforeBeginning: {},
  BeforeRehearsal: { value: text, begins: text },
  AfterRehearsal: { value: text, ends: text },
  OutageReversed: {},
  AbsenceReversed: { from: text, to: text },
  PartyUnknown: { value: text, meant: text.optional(), known: texts },
  MinistryUnknown: { value: text, meant: text.optional(), known: texts },
  PersonUnknown: { value: text, meant: text.optional(), known: texts },
  PersonOfOtherParty: { person: text, party: text },
  DelayAndTime: {},
  AnswersTwice: { keys: texts },
  AnswerNotTaken: { kind: z.enum(REQUEST_KINDS), takes: texts },
  OneChange: { changes: texts },
  SessionUnknown: { session: number, last: number },
} as const satisfies Record<string, z.ZodRawShape>;

const VALUES = { ...OF_TEXT, ...OF_SHAPE, ...OF_VALUES, ...OF_PROGRAMME, ...OF_SCENARIO };

export type MistakeCode = keyof typeof VALUES;
/** Those that something filled in field by field may have. */
export type FieldCode = keyof typeof OF_SHAPE | keyof typeof OF_VALUES | keyof typeof OF_PROGRAMME;
export const MISTAKE_CODES = Object.keys(VALUES) as MistakeCode[];

/** A mistake of one code, with its values. */
export type FaultOf<C extends MistakeCode> = { [K in C]: { code: K } & Values<(typeof VALUES)[K]> }[C];
type Values<V extends z.ZodRawShape> = keyof V extends never ? unknown : z.infer<z.ZodObject<V>>;
/** What is wrong, wherever it is. */
export type Fault = { [C in MistakeCode]: FaultOf<C> }[MistakeCode];

/**
 * What is wrong and where: `path` is such as `sessions[1].hours`, and empty for the whole. What was in a file has its line
 * and column; they count from 1.
 */
export type Mistake = Fault & { path: string; line?: number | undefined; column?: number | undefined };
export type FileMistake = Fault & { path: string; line: number; column: number };

const PLACE = {
  path: z.string(),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
};
const shapeOf = (code: MistakeCode) => z.object({ code: z.literal(code), ...VALUES[code], ...PLACE });

/**
 * The shape of a mistake where it comes from elsewhere; with line and column where it is one of a file. It is made when it
 * is first asked for, which most processes never do.
 */
export const mistake = z.lazy(() =>
  z.discriminatedUnion('code', MISTAKE_CODES.map(shapeOf) as [ReturnType<typeof shapeOf>]),
) as unknown as z.ZodType<Mistake>;

/** `['sessions', 1, 'hours']` is written `sessions[1].hours`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');

const LONGEST_SHOWN = 60;

/** A value as it is told: one line, cut short. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  const line = String(value)
    .slice(0, 10 * LONGEST_SHOWN)
    .replace(/\s+/g, ' ');
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}
