import { Readable } from 'node:stream';
import {
  forgetReadings,
  nearestTo,
  putSheet,
  type ReadSheet,
  type UnreadSheet,
  unreadSheets,
} from '../casefile/results/library.ts';
import { NotStored, readAll } from '../documents/store.ts';
import { LANGUAGES } from '../domain/language.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { keptText, LONGEST_REQUEST, type NearExperience, sheetThemes } from '../domain/results/library.ts';
import { inspectionHere } from '../inspection/inspection.ts';
import { STATES, stateName } from '../words/names/states.ts';
import { speaker } from '../words/speaker.ts';
import type { CooperationClient } from './cooperationClient.ts';

/** The library of published sheets: what it lacks is read, and what is nearest to a request is found in it. */

/** So many at a time, so that what is read is there before all is. */
const AT_ONCE = 20;
/** Of a sheet that is larger only what the case file says of it is found. */
const LARGEST = 40 * 1024 * 1024;

/**
 * Reads the published sheets that the library lacks, by a process with limits as all files of people are looked at. One
 * whose text cannot be made out is found by its theme.
 * @returns how many were read
 * @throws Refused `InspectionUnavailable`: what was not read yet is, the next time
 */
export async function fillLibrary(client: Client): Promise<number> {
  let count = 0;
  for (;;) {
    const sheets = await unreadSheets(client.caseFile, AT_ONCE);
    if (sheets.length === 0) return count;
    for (const sheet of sheets) await putSheet(client.caseFile, await readSheet(client, sheet));
    count += sheets.length;
  }
}
type Client = Pick<CooperationClient, 'caseFile' | 'documents' | 'inspection'>;

/** Has all sheets read anew. @returns how many there are */
export const renewLibrary = ({ caseFile }: Pick<Client, 'caseFile'>): Promise<number> =>
  forgetReadings(caseFile);

async function readSheet(client: Client, sheet: UnreadSheet): Promise<ReadSheet> {
  const { cooperation, programme, version, sha256, publishedAt } = sheet;
  const text = keptText((await paragraphsOf(client, sheet)) ?? []);
  const { language, subject, call } = programme;
  const say = speaker('papers.sheet', language);
  const { topic = subject, keywords } = sheetThemes(text.split('\n'), {
    ...{ heading: say('topic-heading'), topic: say('topic'), keywords: say('keywords') },
    ...{ guidance: say('keywords-guidance'), after: say('contact') },
  });
  return {
    ...{ cooperation, version, sha256, language, subject, publishedAt, text },
    ...{ callNumber: call.number, callYear: call.year },
    countries: countriesIn(programme),
    themeNames: [topic, ...keywords],
    read: text !== '',
    about: aboutOf(programme),
  };
}

async function paragraphsOf(
  { documents, inspection = inspectionHere }: Client,
  { sha256, mediaType, size }: UnreadSheet,
): Promise<string[] | undefined> {
  if (Number(size) > LARGEST) return undefined;
  try {
    const bytes = await readAll(documents, sha256);
    return await inspection.text(mediaType, { read: () => Readable.from([bytes]) });
  } catch (error) {
    if (error instanceof NotStored) return undefined;
    throw error;
  }
}

const ministriesIn = ({ institutions }: Programme) =>
  institutions.filter(({ role }) => role !== 'secretariat');
const countriesIn = (programme: Programme): string[] => [
  ...new Set(ministriesIn(programme).map(({ country }) => country)),
];

/** Whose it is, in every language, and what it was for. */
const aboutOf = (programme: Programme): string =>
  [
    programme.title,
    ...ministriesIn(programme).map(({ acronym }) => acronym),
    ...countriesIn(programme)
      .filter((country) => country in STATES)
      .flatMap((country) => LANGUAGES.map((language) => stateName(country, language))),
    ...programme.objectives.items.flatMap(({ title = '', text, change = '' }) => [title, text, change]),
  ].join('\n');

/**
 * The experiences nearest to a request: a programme file, of which what it is about is compared, or any other text.
 * @throws Refused `InspectionUnavailable`
 */
export async function nearestExperiences(
  { caseFile, inspection = inspectionHere }: Pick<Client, 'caseFile' | 'inspection'>,
  source: string,
): Promise<NearExperience[]> {
  const checked = await inspection.programme(source);
  return 'programme' in checked
    ? nearestToProgramme({ caseFile }, checked.programme)
    : nearestTo(caseFile, source.slice(0, LONGEST_REQUEST));
}

/** The same of a programme that was read, without the cooperation itself. */
export const nearestToProgramme = async (
  { caseFile }: Pick<Client, 'caseFile'>,
  programme: Programme,
): Promise<NearExperience[]> =>
  (await nearestTo(caseFile, requestOf(programme))).filter(({ cooperation }) => cooperation !== programme.id);

/** What a programme asks for, without what every programme says; its subject counts more than once. */
const requestOf = ({ subject, title, objectives, sessions }: Programme): string =>
  [
    ...[subject, subject, subject, title],
    ...objectives.items.flatMap(({ title: one = '', text, change = '' }) => [one, text, change]),
    ...sessions.map(({ contents }) => contents),
  ].join('\n');
