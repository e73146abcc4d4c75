import { LANGUAGE_NAMES, type Language } from '../domain/language.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type {
  ProgrammeTranslation,
  Signatory,
  TranslatedParagraph,
} from '../domain/programme/translation.ts';
import { inCapitals } from '../words/names/capitals.ts';
import { GRAMMAR } from '../words/names/grammar.ts';
import { partyNamed } from '../words/names/parties.ts';
import { printedDate } from '../words/papers.ts';
import { speaker } from '../words/speaker.ts';
import type { Fact, ProgrammeVersion, ProgrammeView, RunIn } from './programmeView.ts';
import { line, paragraphs } from './text.ts';
import { inSecondLanguage } from './translation.ts';

/** A programme in two languages, paragraph beside paragraph; PDF and Word are set from this alone. */

type Cell = { title: string; text: string; link?: string };
export type Row = { left: Cell; right: Cell };
type Section = { heading: string; second: string; rows: Row[] };

export type TwoLanguages = {
  language: Language;
  locale: string;
  /** What the languages call themselves. */
  columns: { left: string; right: string };
  title: string;
  frame: string;
  facts: Row[];
  sections: Section[];
  participants: string;
  signatures: string;
};

/** A version in its second language, each paragraph with its letter. */
export function secondVersion<T extends ProgrammeVersion>(version: T, translation: ProgrammeTranslation): T {
  const { letters } = lettered(translation);
  const none = speaker('papers.two', translation.language)('none');
  const second = inSecondLanguage(version, translation.paragraphs, (one, of) => {
    const text = one.translation === null ? none : paragraphs(one.translation).join('\n');
    // A title has that of the paragraph which it stands before.
    const same = of !== undefined && statementOf(of) === statementOf(one);
    return same ? text : `${text}\u00A0[${letters.get(statementOf(one))}]`;
  });
  return { ...second, programme: { ...second.programme, language: translation.language } };
}

/** Of all paragraphs that were translated and vouched for alike, one. */
const statementOf = ({ text: _, translation, ...how }: TranslatedParagraph): string =>
  JSON.stringify([translation === null, how]);

/** Each statement of who translated and who vouched, with its letter. */
function lettered({ paragraphs: known }: ProgrammeTranslation): {
  letters: ReadonlyMap<string, string>;
  statements: readonly TranslatedParagraph[];
} {
  const statements = [...Map.groupBy(known, statementOf)];
  return {
    letters: new Map(statements.map(([key], index) => [key, letterOf(index)])),
    statements: statements.flatMap(([, [one]]) => one ?? []),
  };
}

/** "a", "b", … "z", "aa". */
const letterOf = (index: number): string =>
  (index >= 26 ? letterOf(Math.floor(index / 26) - 1) : '') + String.fromCharCode(97 + (index % 26));

/** Both views side by side. */
export function besideEachOther(
  left: ProgrammeView,
  right: ProgrammeView,
  programme: Programme,
  translation: ProgrammeTranslation,
): TwoLanguages {
  return {
    language: right.language,
    locale: GRAMMAR[right.language].spelling,
    columns: { left: LANGUAGE_NAMES[left.language], right: LANGUAGE_NAMES[right.language] },
    title: right.title,
    frame: right.frame,
    facts: [
      ...rows(left.facts, right.facts, (one, view) => factCell(one, view.colon)),
      row({ title: '', text: left.versionLine }, { title: '', text: right.versionLine }),
    ],
    sections: [
      {
        heading: left.description.heading,
        second: right.description.heading,
        rows: [
          ...texts(left.description.paragraphs, right.description.paragraphs),
          ...texts(left.description.introduction, right.description.introduction),
          ...left.description.objectives.flatMap((one, index) =>
            runIns(one, right.description.objectives[index], `${romanOf(index + 1)}) `),
          ),
        ],
      },
      {
        heading: left.methodology.heading,
        second: right.methodology.heading,
        rows: [
          ...texts(left.methodology.introduction, right.methodology.introduction),
          ...left.methodology.points.flatMap((one, index) => {
            const other = right.methodology.points[index];
            return [
              ...runIns(one, other, `${index + 1}. `),
              ...rows(one.sessions, other?.sessions ?? [], (session, { colon }) => ({
                title: session.name + colon,
                text: [session.when, ...session.details.map((detail) => factLine(detail, colon))].join('\n'),
              })),
            ];
          }),
        ],
      },
      {
        heading: left.contents.heading,
        second: right.contents.heading,
        rows: [
          ...texts(left.contents.introduction, right.contents.introduction),
          ...left.contents.sessions.flatMap((one, index) => {
            const other = right.contents.sessions[index];
            const guests = (session: typeof one | undefined) =>
              (session?.guests ?? []).map(({ label, people }) => ({
                title: '',
                text: [label, ...people.map(({ name, post }) => `${name}${post}`)].join('\n'),
              }));
            return [
              ...runIns(one, other, ''),
              ...guests(one).map((cell, at) => row(cell, guests(other)[at] ?? NOTHING)),
            ];
          }),
        ],
      },
      statementsOf(programme, translation, left.language, right.language),
    ],
    participants: right.participants.heading,
    signatures: right.signatures.heading,
  };

  function rows<T>(
    these: readonly T[],
    those: readonly T[],
    cellOf: (one: T, view: ProgrammeView) => Cell,
  ): Row[] {
    return these.map((one, index) => {
      const other = those[index];
      return row(cellOf(one, left), other === undefined ? NOTHING : cellOf(other, right));
    });
  }
}

const NOTHING: Cell = { title: '', text: '' };
const row = (left: Cell, right: Cell): Row => ({ left, right });

const texts = (these: readonly string[], those: readonly string[]): Row[] =>
  these.map((text, index) => row({ title: '', text }, { title: '', text: those[index] ?? '' }));

/** A paragraph with its number and title, and those that follow it. */
const runIns = (one: RunIn, other: RunIn | undefined, number: string): Row[] => [
  row(
    { title: number + one.title, text: one.text },
    { title: number + (other?.title ?? ''), text: other?.text ?? '' },
  ),
  ...one.more.map(({ text }, index) =>
    row({ title: '', text }, { title: '', text: other?.more[index]?.text ?? '' }),
  ),
];

const factCell = ({ label, value, link }: Fact, colon: string): Cell => ({
  ...{ title: label + colon, text: value },
  ...(link && { link }),
});
const factLine = (fact: Fact, colon: string): string => {
  const { title, text } = factCell(fact, colon);
  return title + text;
};

const ROMAN = [
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
] as const;
/** "iv", as the objectives are numbered. */
function romanOf(number: number): string {
  const [value, digit] = ROMAN.find(([one]) => one <= number) ?? [number, ''];
  return number <= 0 ? '' : digit + romanOf(number - value);
}

/** Who translated what, and who vouched for it, by its letter. */
function statementsOf(
  programme: Programme,
  translation: ProgrammeTranslation,
  ...[left, right]: [Language, Language]
): Section {
  const { letters, statements } = lettered(translation);
  const cell = (one: TranslatedParagraph, language: Language): Cell => ({
    title: `[${letters.get(statementOf(one))}] `,
    text: statementText(one, programme, language),
  });
  const said = (language: Language) => speaker('papers.two', language);
  return {
    heading: inCapitals(said(left)('heading'), left),
    second: inCapitals(said(right)('heading'), right),
    rows: [
      row({ title: '', text: said(left)('lead') }, { title: '', text: said(right)('lead') }),
      ...statements.map((one) => row(cell(one, left), cell(one, right))),
    ],
  };
}

function statementText(
  { translation, translated, vouched, withoutOn }: TranslatedParagraph,
  programme: Programme,
  language: Language,
): string {
  const say = speaker('papers.two', language);
  const signed = ({ party, name, on }: Signatory) => ({
    name: line(name),
    party: line(partyNamed(programme, party, language)),
    on: printedDate(on, language, true),
  });
  const without = withoutOn === null ? undefined : { on: printedDate(withoutOn, language, true) };
  if (translation === null || !translated)
    return without ? say('withoutTranslation', without) : say('untranslated');
  const voucher = vouched
    ? say('vouched', signed(vouched))
    : without
      ? say('withoutVoucher', without)
      : say('unvouched');
  return `${say('translated', signed(translated))}; ${voucher}`;
}
