import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { ApiMistake } from '../api/errors.ts';
import type { GivenAnswer } from '../client/index.ts';
import { minutes, type Person, person } from '../domain/content.ts';
import { type SessionPlan, sessionShape } from '../domain/programme.ts';
import { problemOf } from './connection.ts';
import type { Context } from './context.ts';
import { FileMistaken, UsageError } from './errors.ts';

/** Files that people hand to a command. What cannot be read, or has mistakes, is told as theirs to mend. */

type Say = Pick<Context, 'say'>;

/** Text of a file, or of the standard input where it is called `-`. @throws UsageError when it cannot be read */
export async function readText(file: string, { say }: Say): Promise<string> {
  if (file === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }
  return readFile(file, 'utf8').catch((error: unknown) => {
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

const unreadable = (file: string, error: unknown, { say }: Say): UsageError =>
  new UsageError(say('noFile', { file, why: say(problemOf(error)) }));

/**
 * Minutes: the keys `minutes`, `attendance` and `outputs` in YAML, or a text file that is the minutes alone.
 *
 * @throws FileMistaken with the place of each mistake
 */
export async function readMinutes(file: string, context: Say): Promise<NonNullable<GivenAnswer['minutes']>> {
  const text = await readText(file, context);
  if (isYaml(file)) return read(file, text, minutes, EXAMPLES.minutes, context);
  const { say } = context;
  if (text.includes('\0') || text.includes('\uFFFD'))
    throw new FileMistaken(file, [{ line: 1, column: 1, path: '', message: say('notText') }]);
  if (text.trim() === '')
    throw new FileMistaken(file, [{ line: 1, column: 1, path: '', message: say('emptyFile') }]);
  return { minutes: text.replace(/^\uFEFF/, '').trim() };
}

/** A person: `name`, `email`, and as wanted `post`, `language`, `timezone`, in YAML. @throws FileMistaken */
export async function readPerson(file: string, context: Say): Promise<Person> {
  return read(file, await readText(file, context), person, EXAMPLES.person, context);
}

/** A session as the programme file writes an entry of its sessions, with or without its dash. @throws FileMistaken */
export async function readSession(file: string, context: Say): Promise<SessionPlan> {
  const text = await readText(file, context);
  const session = read(file, text, sessionShape, EXAMPLES.session, context);
  const { date, starts, window } = session;
  const wrong = (message: string) => new FileMistaken(file, [{ line: 1, column: 1, path: '', message }]);
  const dated = date !== undefined && starts !== undefined && window === undefined;
  const windowed = window !== undefined && date === undefined && starts === undefined;
  if (!dated && !windowed) throw wrong(context.say('dateOrWindowKeys'));
  if (windowed && window.to < window.from)
    throw wrong(context.say('badPeriod', { from: window.from, to: window.to }));
  return session;
}

const isYaml = (file: string): boolean => /\.(ya?ml|json)$/i.test(file);

const EXAMPLES = {
  minutes: {
    minutes: 'minutes: "…"',
    attendance: 'attendance: ["Jorge Larrea, MTPE", "…"]',
    outputs: 'outputs: ["…"]',
  },
  person: {
    name: 'name: "Ana Pérez"',
    email: 'email: ana.perez@example.org',
    post: 'post: "Consultora"',
    language: 'language: es',
    timezone: 'timezone: America/Lima',
  },
  session: {
    date: 'date: 2021-08-17',
    starts: 'starts: "10:00"',
    timezone: 'timezone: America/Lima',
    window: 'window: { from: 2021-08-16, to: 2021-08-31 }',
    hours: 'hours: 2.5',
    contents: 'contents: "…"',
    guests: 'guests: [{ name: "…", email: ana.perez@ministerio.example, invitedBy: per-mtpe }]',
    link: 'link: https://zoom.us/j/1234567890',
    place: 'place: "…"',
  },
} as const;

function read<T>(
  file: string,
  text: string,
  shape: z.ZodType<T>,
  examples: Readonly<Record<string, string>>,
  { say }: Say,
): T {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false });
  const mistake = (offset: number, path: string, message: string): ApiMistake => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), path, message };
  };
  const known = Object.keys(examples).join(', ');
  const [slip] = document.errors;
  if (slip)
    throw new FileMistaken(file, [
      mistake(slip.pos[0], '', say('notYaml', { detail: slip.message.split('\n')[0] ?? '' })),
    ]);
  // An entry that was copied out of a list comes with its dash.
  const root = document.contents;
  const dashed = isSeq(root) && root.items.length === 1;
  const contents = dashed ? root.items[0] : root;
  if (!isMap(contents)) {
    const empty = contents === null || (isScalar(contents) && contents.value === null);
    throw new FileMistaken(file, [mistake(0, '', say(empty ? 'emptyFile' : 'notKeys', { known }))]);
  }
  const data = document.toJS({ maxAliasCount: 10 });
  const result = shape.safeParse(dashed ? data[0] : data);
  if (result.success) return result.data;

  const offsetOf = (keys: readonly PropertyKey[]): number => {
    const node = document.getIn(dashed ? [0, ...keys] : keys, true) as Node | undefined;
    return node?.range?.[0] ?? contents.range?.[0] ?? 0;
  };
  const keyOf = ([first = '']: readonly PropertyKey[]) => {
    const key = String(first);
    return { key, example: examples[key] ?? '' };
  };
  throw new FileMistaken(
    file,
    result.error.issues.flatMap((issue) => {
      const at = issue.path.join('.');
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) => {
          if (issue.path.length > 0)
            return mistake(offsetOf(issue.path), `${at}.${key}`, say('keyWrong', keyOf(issue.path)));
          const pair = contents.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
          const offset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
          return mistake(offset ?? 0, key, say('keyUnknown', { key, known }));
        });
      const { key, example } = keyOf(issue.path);
      const missing = !contents.has(key);
      return mistake(offsetOf(issue.path), at, say(missing ? 'keyMissing' : 'keyWrong', { key, example }));
    }),
  );
}
