import { readFile } from 'node:fs/promises';
import { LANGUAGES, type Language } from '../domain/language.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { checkProgrammeFile } from '../domain/programme/programmeFile.ts';
import { logoOwnerOf } from '../domain/results/logo.ts';
import type { Placeholder, TemplateName } from '../domain/results/wordTemplate.ts';
import { asFiled } from './firstVersion.ts';
import { programmeData, programmeWord } from './programme.ts';
import type { ProgrammeVersion } from './programmeView.ts';
import { renderReportTemplate, reportData } from './report.ts';
import { renderSheetTemplate, sheetData } from './sheet.ts';
import type { StartingInput } from './startingDocument.ts';
import { programmeParagraphs } from './translation.ts';
import type { WordData, WordLink, WordPicture } from './word.ts';

/** A template filled with the example cooperation: what it would look like, and what each placeholder gives. */

const EXAMPLE = new URL('../../examples/peru-chile-2021.yaml', import.meta.url);
let reading: Promise<Programme> | undefined;

async function example(): Promise<Programme> {
  const checked = checkProgrammeFile(await readFile(EXAMPLE, 'utf8'));
  if ('mistakes' in checked) throw new Error('the example is a programme');
  return checked.programme;
}

type Sample = ProgrammeVersion & StartingInput;

/** A grey sheet in the place of a logo. */
const SAMPLE_LOGO = {
  ...{ mediaType: 'image/png' as const, width: 60, height: 20 },
  bytes:
    'iVBORw0KGgoAAAANSUhEUgAAADwAAAAUAgAAAAC+2BlUAAAAF0lEQVR42mMIRQUMWauQwcpRPhofLbwAVvu4sSuGDfAAAAAASUVORK5CYII=',
};

/** The same with a second language. */
const inTwo = (given: Sample): Sample => {
  const language = LANGUAGES.find((one) => one !== given.programme.language) ?? 'en';
  const { name = '', institution: party = '' } = given.people[0] ?? {};
  const who = { party, name, on: given.programme.dated };
  const paragraphs = programmeParagraphs(given).map(({ text }) => ({
    ...{ text, translation: text, translated: who, vouched: who, withoutOn: null },
  }));
  return { ...given, translation: { language, paragraphs } };
};

/** The example with something under everything that a paper may say. */
function recorded(programme: Programme): Sample {
  const filed = asFiled(programme);
  const party = (role: 'requesting' | 'providing') =>
    programme.institutions.find((one) => one.role === role)?.id ?? '';
  const [asks, gives] = [party('requesting'), party('providing')];
  const { startsAt = '', timeZone = programme.coordination.timezone } = filed.sessions[0] ?? {};
  const approval = { version: 1, party: asks, name: filed.people[0]?.name ?? '', on: programme.dated };
  const text = programme.objectives.items[0]?.text ?? '';
  return {
    ...filed,
    logos: programme.institutions.map((one) => ({ ...SAMPLE_LOGO, institution: logoOwnerOf(one) })),
    programme: {
      ...programme,
      methodology: {
        ...programme.methodology,
        finalReport: { ...programme.methodology.finalReport, text: `${text}\n\n${text}` },
      },
      objectives: {
        ...programme.objectives,
        items: programme.objectives.items.map((one) => ({
          ...one,
          ...{ text: `${one.text}\n\n${one.text}`, change: programme.subject },
        })),
      },
    },
    meeting: { startsAt, timeZone, minutes: text },
    sessions: filed.sessions.map((session, i) => ({
      ...session,
      contents: `${session.contents}\n\n${text}`,
      ...(i === 0 && {
        minutes: text,
        attendance: filed.people.map(({ name, institution }) => ({ name, party: institution })),
        outputs: [programme.subject],
      }),
      ...(i === 1 && {
        ...{ link: 'https://sala-2.example', place: 'Lima' },
        guests: [{ name: 'Ana Pérez', post: 'Gerenta regional', invitedBy: asks }],
      }),
    })),
    consultant: { name: 'Julia Ríos' },
    documents: [{ title: programme.subject, party: gives, version: 1, on: programme.dated }],
    questions: [
      { from: asks, to: gives, text, answer: text },
      { from: gives, to: asks, text },
    ],
    lessons: [text],
    funding: [{ party: asks, amount: 1200, currency: 'USD' as const, what: programme.subject }],
    commitments: [{ what: programme.subject, party: asks, name: approval.name, due: programme.dated }],
    approvals: [
      { ...approval, paper: 'programme' },
      { ...approval, paper: 'sheet' },
    ],
  };
}

/** The example with much on record, and as it is filed, with nothing. */
async function samples(language?: Language): Promise<{ full: Sample; bare: Sample }> {
  reading ??= example();
  const read = await reading;
  const programme = { ...read, language: language ?? read.language };
  return { full: recorded(programme), bare: { ...asFiled(programme), documents: [], questions: [] } };
}

const DATA: Readonly<Record<TemplateName, (given: Sample) => WordData>> = {
  programme: programmeData,
  'two-languages': (given) => programmeData(inTwo(given)),
  sheet: sheetData,
  report: reportData,
};
const FILLED: Readonly<
  Record<TemplateName, (given: Sample, file: Uint8Array | undefined) => Promise<Uint8Array>>
> = {
  programme: programmeWord,
  'two-languages': (given, file) => programmeWord(inTwo(given), file),
  sheet: async (given, file) => (await renderSheetTemplate(given, file)).docx,
  report: async (given, file) => (await renderReportTemplate(given, file)).docx,
};

/**
 * Fills a template with the example, as papers in a language have it: with much on record, and with nothing. Returns the first.
 * @throws Error where it cannot be filled
 */
export async function filledWithExample(
  name: TemplateName,
  file: Uint8Array | undefined,
  language?: Language,
): Promise<Uint8Array> {
  const { full, bare } = await samples(language);
  await FILLED[name](bare, file);
  return FILLED[name](full, file);
}

/** What a template may name, made from what it is filled with. */
export async function templatePlaceholders(name: TemplateName): Promise<Placeholder[]> {
  const { full, bare } = await samples();
  return placeholdersIn([DATA[name](full), DATA[name](bare)]);
}

function placeholdersIn(groups: readonly WordData[]): Placeholder[] {
  const names = [...new Set(groups.flatMap((group) => Object.keys(group)))];
  return names.flatMap((name): Placeholder[] => {
    const values = groups.map((group) => group[name]).filter((value) => value !== undefined);
    const lists = values.filter((value) => Array.isArray(value)) as WordData[][];
    // A list that never has an entry is none.
    if (lists.length > 0)
      return lists.some((list) => list.length > 0)
        ? [{ name, example: '', entries: placeholdersIn(lists.flat()) }]
        : [];
    const texts = (values as (string | WordLink | WordPicture)[]).map((value) =>
      typeof value === 'string' ? value : value._type === 'image' ? value.altText : value.text,
    );
    return [{ name, example: texts.find((text) => text.trim() !== '') ?? '' }];
  });
}
