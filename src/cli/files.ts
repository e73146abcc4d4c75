import { createWriteStream } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Enclosures } from '../client/index.ts';
import type { Person, WithReport } from '../domain/content.ts';
import {
  checkCommitmentsFile,
  checkMinutesFile,
  checkPersonFile,
  checkSessionFile,
  checkTranslationFile,
  type FileCheck,
} from '../domain/contentFiles.ts';
import { listedPeople } from '../domain/people/guestList.ts';
import type { SessionPlan } from '../domain/programme/programme.ts';
import { whole } from '../domain/programme/yamlFile.ts';
import { listFaultText } from '../words/guestList.ts';
import { problemOf } from './connection.ts';
import type { Context } from './context.ts';
import { FileMistaken, NotDone, UsageError } from './errors.ts';

/** Files that people hand to a command. What cannot be read, or has mistakes, is told as theirs to mend. */

type Say = Pick<Context, 'say'>;

/** Text of a file, or of the standard input where it is called `-`. @throws UsageError when it cannot be read */
export const readText = async (file: string, context: Say): Promise<string> =>
  (await readBytes(file, context)).toString('utf8');

/** The same as bytes, for what may be written in another way. @throws UsageError when it cannot be read */
export async function readBytes(file: string, { say }: Say): Promise<Buffer> {
  if (file === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
  return readFile(file).catch((error: unknown) => {
    throw unreadable(file, error, { say });
  });
}

/** A document's bytes as they are asked for, and the name it goes by. @throws UsageError when it cannot be read */
export async function openDocument(
  file: string,
  { say }: Say,
): Promise<{ fileName: string; bytes: Readable }> {
  try {
    const handle = await open(file);
    if ((await handle.stat()).isDirectory()) {
      await handle.close();
      throw Object.assign(new Error(), { code: 'EISDIR' });
    }
    return { fileName: path.basename(file), bytes: handle.createReadStream() };
  } catch (error) {
    throw unreadable(file, error, { say });
  }
}

/** Writes a file that is not there yet; one that was begun is taken away again. @throws NotDone */
export async function writeNew(bytes: Readable, file: string, { say }: Say): Promise<void> {
  try {
    await pipeline(bytes, createWriteStream(file, { flags: 'wx' }));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') await rm(file, { force: true });
    if (code === undefined) throw error;
    throw new NotDone('FolderUnwritable', say('dirUnwritable', { dir: file, why: code }));
  }
}

const unreadable = (file: string, error: unknown, { say }: Say): UsageError =>
  new UsageError(say('noFile', { file, why: say(problemOf(error)) }));

/**
 * Minutes: the keys `minutes`, `attendance`, `outputs` and `commitments` in YAML, or a text file that is the minutes alone.
 *
 * @throws FileMistaken with the place of each mistake
 */
export async function readMinutes(file: string, context: Say): Promise<NonNullable<Enclosures['minutes']>> {
  const text = await readText(file, context);
  if (isYaml(file)) return valueIn(file, checkMinutesFile(text));
  if (text.includes('\0') || text.includes('\uFFFD'))
    throw new FileMistaken(file, whole({ code: 'FileNotText' }).mistakes);
  if (text.trim() === '')
    throw new FileMistaken(file, whole({ code: 'FileEmpty', file: 'minutes' }).mistakes);
  return { minutes: text.replace(/^\uFEFF/, '').trim() };
}

/** What comes with a report: the keys `commitments`, `lessons` and `funding` in YAML. @throws FileMistaken */
export const readCommitments = async (file: string, context: Say): Promise<WithReport> =>
  valueIn(file, checkCommitmentsFile(await readText(file, context)));

/** What paragraphs were put into: as `rial paragraphs` prints them, filled in. @throws FileMistaken */
export const readTranslation = async (
  file: string,
  context: Say,
): Promise<NonNullable<Enclosures['translation']>> =>
  valueIn(file, checkTranslationFile(await readText(file, context))).paragraphs.map(
    ({ number, translation }) => ({ paragraph: number, text: translation }),
  );

/** A person: `name`, `email`, and as wanted `post`, `language`, `timezone`, in YAML. @throws FileMistaken */
export const readPerson = async (file: string, context: Say): Promise<Person> =>
  valueIn(file, checkPersonFile(await readText(file, context)));

/** People as a list, a line each of a name, a post and an address. @throws UsageError with what is wrong in each line */
export async function readPeople(
  file: string,
  context: Pick<Context, 'say' | 'language'>,
): Promise<ReturnType<typeof listedPeople>['people']> {
  const { people, faults } = listedPeople(await readText(file, context));
  if (faults.length > 0)
    throw new UsageError(faults.map((fault) => listFaultText(fault, context.language)).join('\n'));
  if (people.length === 0)
    throw new FileMistaken(file, whole({ code: 'FileEmpty', file: 'people' }).mistakes);
  return people;
}

/** A session as the programme file writes an entry of its sessions, with or without its dash. @throws FileMistaken */
export const readSession = async (file: string, context: Say): Promise<SessionPlan> =>
  valueIn(file, checkSessionFile(await readText(file, context)));

const isYaml = (file: string): boolean => /\.(ya?ml|json)$/i.test(file);

function valueIn<T>(file: string, checked: FileCheck<T>): T {
  if ('mistakes' in checked) throw new FileMistaken(file, checked.mistakes);
  return checked.value;
}
