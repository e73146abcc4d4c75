import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { type Fault, type FaultOf, MISTAKE_CODES, type MistakeCode } from '../../src/domain/mistake.ts';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';
import { catalogueOf } from '../../src/words/catalogue.ts';
import { formMistakeText, mistakeLine, mistakeText } from '../../src/words/mistakes.ts';
import { isSaid } from '../support/mistakes.ts';

const advice = { as: 'example', key: 'hours', example: '2.5' } as const;
const value = 'zzz';
const known = ['aaa', 'bbb'];
const none = {};

/** Of each code a mistake, so that the compiler names one that is missing. */
const ONE: { [C in MistakeCode]: Omit<FaultOf<C>, 'code'> } = {
  FileTooLarge: none,
  FileNotText: none,
  FileEmpty: { file: 'minutes' },
  FileUnreadable: none,
  FileExhausting: none,
  FileWithoutKeys: { file: 'scenario' },
  AliasWithProperties: none,
  AliasMisplaced: none,
  AliasUnresolved: { alias: value },
  AnchorTwice: none,
  BracketOpen: { bracket: ']' },
  BracketOpenBefore: none,
  BracketSurplus: none,
  CharacterMissing: none,
  CharacterReserved: none,
  ColonMissing: { key: 'title', instead: 'title: zzz' },
  ColonOrQuoteMissing: none,
  ColonTwice: none,
  DirectiveUnknown: none,
  DocumentTwice: none,
  EscapeUnknown: none,
  IndentMisplaced: none,
  IndentOtherwise: { indent: 1, wanted: 4 },
  IndentWithTab: none,
  KeyNoWord: none,
  KeyTooLong: none,
  KeyTwice: { key: 'title' },
  PropertyMisplaced: none,
  QuoteOpen: { quote: '"' },
  QuotesMissing: { colon: true },
  SpaceAfterColonMissing: { instead: 'title: zzz' },
  SpaceAfterDashMissing: { instead: '- zzz' },
  TagMisfit: none,
  TagTwice: none,
  TagUnknown: none,
  YamlUnexpected: none,
  KeyUnknown: { key: 'titel', meant: 'title', known: ['id', 'title'] },
  KeyMissing: { key: 'hours', advice },
  EntryEmpty: none,
  ValueEmpty: { advice },
  ValueMalformed: { value, advice },
  WordUnknown: { value, meant: 'aaa', words: known },
  EntriesTooFew: { entries: 1, least: 3 },
  EntriesTooMany: { entries: 13, most: 12 },
  TextTooLong: { length: 121, most: 120 },
  NumberNotAbove: { value, above: 0 },
  NumberTooSmall: { value, least: 1 },
  NumberTooLarge: { value, most: 999 },
  NumberNotWhole: { value, advice },
  TextNotList: { advice },
  TextNotKeys: { advice },
  TextNotNumber: { value },
  TextNotTruth: { value },
  NumberNotText: { value, advice },
  NumberNotCollection: { advice },
  TruthNotText: { value },
  TruthNotCollection: none,
  ListExpected: { advice },
  KeysNotList: { advice },
  KeysNotValue: { value, advice },
  LineBroken: none,
  CodeMalformed: { value },
  TimeZoneUnknown: { value },
  DateMalformed: { value },
  DateNotInCalendar: { value: '2021-02-30', month: '2021-02', days: 28 },
  TimeMalformed: { value },
  CountryUnknown: { value },
  SessionTooLong: { hours: 3, most: 2.5 },
  LinkInsecure: { value },
  LinkMalformed: { value },
  AddressMalformed: { value },
  InstitutionTwice: { id: 'aaa' },
  InstitutionCodeReserved: { id: 'consultant' },
  InstitutionUnknown: { id: 'ccc', known },
  InstitutionWithoutPeople: { institution: 'Ministry A' },
  InstitutionWithoutAddress: { institution: 'Ministry A' },
  FocalPointWithoutAddress: { name: 'Ana' },
  RoleMissing: { role: 'providing' },
  SecretariatTwice: none,
  ResultsAndNone: none,
  OtherDayMistaken: none,
  ListedTwice: { id: 'aaa' },
  TranslationSameLanguage: { language: 'es' },
  TranslationVouchedByItself: { id: 'aaa' },
  TranslationWithoutReader: { id: 'aaa', language: 'en' },
  AddressTaken: { address: 'a@a.example', holder: 'Ana' },
  PersonTwice: { name: 'Ana', address: 'a@a.example' },
  SessionDateAndWindow: none,
  SessionWithoutDate: { session: 2 },
  SessionStartMissing: none,
  SessionStartWithoutDate: none,
  SessionWindowReversed: { from: '2021-08-16', to: '2021-08-15' },
  ClosedDaysReversed: { from: '2021-12-31', to: '2021-12-20' },
  SessionBeforeMeeting: { session: 1, date: '2021-06-01', meeting: '2021-06-09' },
  SessionWithoutPlace: { session: 3 },
  PartyCodeMalformed: { value },
  MomentMalformed: { value },
  RequestMalformed: { value, kinds: known },
  RequestIdMalformed: { value },
  DelayMalformed: { value },
  AnchorMalformed: { value },
  BeforeOrAfter: none,
  DaysOrHours: none,
  RecipientMalformed: { value },
  MailRefusalMalformed: { value },
  RehearsalEndsBeforeBeginning: none,
  BeforeRehearsal: { value, begins: '2021-06-09' },
  AfterRehearsal: { value, ends: '2021-06-09' },
  OutageReversed: none,
  AbsenceReversed: { from: '2021-08-16', to: '2021-08-15' },
  PartyUnknown: { value, known },
  MinistryUnknown: { value, known },
  PersonUnknown: { value, meant: 'aaa', known },
  PersonOfOtherParty: { person: 'aaa-1', party: 'bbb' },
  DelayAndTime: none,
  AnswersTwice: { keys: known },
  AnswerNotTaken: { kind: 'choose-date', takes: ['marks'] },
  OneChange: { changes: known },
  SessionUnknown: { session: 5, last: 3 },
};
const faultOf = (code: MistakeCode): Fault => ({ code, ...ONE[code] }) as Fault;

describe('each mistake', () => {
  it.each(MISTAKE_CODES)('%s is said in every language, with its values', (code) => {
    const fault = faultOf(code);
    const said = LANGUAGES.map((language) => {
      isSaid(fault, language);
      return mistakeText(fault, language);
    });
    expect(new Set(said).size).toBe(LANGUAGES.length);
    // What was written, or has to be, is in each of them.
    for (const value of Object.values(ONE[code]))
      if (typeof value === 'string' && !['minutes', 'scenario', '2021-02'].includes(value))
        for (const text of said) if (code !== 'AbsenceReversed') expect(text).toContain(value);
  });

  it('has a message, and each message a mistake', () => {
    const ids = Object.keys(catalogueOf('mistakes', 'es')).filter((id) => id.startsWith('file.'));
    expect(ids.map((id) => id.replace('file.', '')).sort()).toEqual([...MISTAKE_CODES].sort());
  });

  it('of a form has a message that is said somewhere', () => {
    const source = readFileSync(new URL('../../src/words/mistakes.ts', import.meta.url), 'utf8');
    for (const id of Object.keys(catalogueOf('mistakes', 'es')).filter((id) => id.startsWith('form.')))
      expect(source).toContain(`'${id.replace('form.', '')}'`);
  });
});

describe('in words', () => {
  const SAID: [Fault, Partial<Record<Language, string>>][] = [
    [
      faultOf('KeyMissing'),
      {
        es: 'falta hours; escriba, por ejemplo, hours: 2.5',
        en: 'hours is missing; write hours: 2.5, say',
        fr: 'hours manque\u00a0; écrivez, par exemple, hours: 2.5',
      },
    ],
    [
      faultOf('DateNotInCalendar'),
      {
        es: '2021-02-30 no existe: febrero de 2021 tiene 28 días; escriba una fecha que exista',
        pt: '2021-02-30 não existe: fevereiro de 2021 tem 28 dias; escreva uma data que exista',
      },
    ],
    [
      faultOf('IndentOtherwise'),
      {
        es: 'esta línea empieza después de 1 espacio y las vecinas después de 4; escriba 4 espacios antes',
        en: 'this line begins after 1 space and its neighbours after 4; write 4 spaces before it',
      },
    ],
    [
      { code: 'EntriesTooFew', entries: 0, least: 3 },
      { en: 'there is no entry here; write 3 or more, each after "- "' },
    ],
    [
      { code: 'AddressTaken', address: 'a@a.example' },
      {
        en: 'a@a.example is the address of somebody else already; each person needs an own address',
        es: 'a@a.example ya es la dirección de otra persona; cada una necesita la suya',
      },
    ],
    [
      { code: 'WordUnknown', value: 'de', words: ['es', 'en'] },
      { es: '"de" no es una de las palabras previstas; escriba una de estas: es, en' },
    ],
    [
      { code: 'KeysNotValue', value: 'x', advice: { as: 'keys', keys: ['name', 'email'] } },
      { es: 'dice "x" y deben ir claves con sus valores; escriba estas claves con sus valores: name, email' },
    ],
    [
      { code: 'SessionWithoutDate' },
      {
        es: 'la sesión necesita una fecha con su hora de inicio, o un período; escriba date: y starts:, o window: con from: y to:',
      },
    ],
  ];
  it.each(SAID)('%j', (fault, said) => {
    for (const [language, text] of Object.entries(said))
      expect(mistakeText(fault, language as Language)).toBe(text);
  });

  it('what somebody wrote stands as it is, whatever it looks like', () => {
    const value = `{n, plural, other {#}} '{value}' <b>$1`;
    for (const language of LANGUAGES)
      expect(mistakeText({ code: 'CountryUnknown', value }, language)).toContain(`"${value}"`);
  });

  it('a line of a terminal has the place, and none where there is none', () => {
    const mistake = { ...faultOf('LineBroken'), path: 'title' };
    expect(mistakeLine({ ...mistake, line: 3, column: 8 }, 'a.yaml', 'en')).toBe(
      'a.yaml:3:8  title: this has to be one line; write it without line breaks and tabs',
    );
    expect(mistakeLine({ ...mistake, path: '', line: 3, column: 8 }, 'a.yaml', 'en')).toMatch(
      /^a\.yaml:3:8 {2}this has/,
    );
    expect(mistakeLine(mistake, 'a.yaml', 'en')).toMatch(/^title: this has/);
  });

  it('a form says decimals and days as the language does, and no key of a file', () => {
    expect(formMistakeText(faultOf('SessionTooLong'), 'es')).toBe('Una sesión dura 2,5 horas como máximo');
    expect(formMistakeText(faultOf('SessionBeforeMeeting'), 'en')).toBe(
      'It is earlier than the coordination meeting (9 June 2021)',
    );
    expect(formMistakeText(faultOf('RoleMissing'), 'es')).toBe(
      'Falta una institución con este papel: Brinda su experiencia',
    );
    for (const language of LANGUAGES)
      for (const code of ['ValueEmpty', 'KeyMissing', 'ValueMalformed'] as const)
        expect(formMistakeText(faultOf(code), language)).not.toContain('hours');
  });
});

it('a mistake is told in the language of whoever asks, and not in that of the file', () => {
  const checked = checkProgrammeFile('titel: x\n');
  const mistakes = 'mistakes' in checked ? checked.mistakes : [];
  const [first] = mistakes.filter(({ code }) => code === 'KeyUnknown');
  expect(first && mistakeText(first, 'pt')).toMatch(
    /^"titel" não é uma chave conhecida aqui; quis dizer title\?/,
  );
});
