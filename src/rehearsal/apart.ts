import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { MINUTE_MS } from '../domain/dates/durations.ts';
import { oneAtATime } from '../domain/oneAtATime.ts';
import type { Entry, RehearsalResult, RehearsedCourse, RehearsedMail, Sums } from '../domain/rehearsal.ts';

/**
 * Rehearsals for a server: each in a process of its own, with a worker and a time-skipping server that the server's own
 * process is to be spared; one at a time, and only a few that wait.
 */

/** What a rehearsal came to; its mails are those of the case, in their order. */
export type RehearsalReport = {
  rehearsed: RehearsalResult;
  entries: Entry[];
  sums: Sums;
  mails: RehearsedMail[];
};

/**
 * Why there is none: too many wait already; this computer has no time-skipping server; virtual time stood still; it took
 * too long; the server ends; or something else, which is in the log.
 */
export type RehearsalFailure = 'busy' | 'impossible' | 'stuck' | 'too-long' | 'ended' | 'failed';
export type Outcome = { played: RehearsalReport } | { failed: RehearsalFailure };

/** Rehearses a programme file's text, punctually unless said. Never rejects. `onTime` hears where the rehearsal is, as `rehearse` has it. */
export type Rehearse = (
  programme: string,
  onTime?: (at: string, share: number) => void,
  course?: RehearsedCourse,
) => Promise<Outcome>;

/** What the process says, a line of JSON each. */
export type ChildMessage =
  | { at: string; share: number }
  | { played: RehearsalReport }
  | { failed: RehearsalFailure; error: string };

/** What the process is told. */
export type ChildOrder = { programme: string; course: RehearsedCourse; siteUrl?: string | undefined };

type Options = {
  log: Logger;
  /** The origin of the site, which the mails of a rehearsal then link to. */
  siteUrl?: string;
  /** A rehearsal that takes longer is ended. */
  limitMs?: number;
  /** So many wait behind the one under way. */
  mostWaiting?: number;
  /** What is run in place of `apartChild.ts`, for tests. */
  script?: string;
};

/** A rehearsal takes ten seconds; the first one on a computer fetches the time-skipping server before. */
const LIMIT_MS = 5 * MINUTE_MS;
const MOST_WAITING = 3;
const GRACE_MS = 2_000;

// Next to this file, and of the same kind: .ts in a checkout, .js where it was compiled.
const HERE = fileURLToPath(import.meta.url);
const SCRIPT = path.join(path.dirname(HERE), `apartChild${path.extname(HERE)}`);

export function rehearsalsApart({
  log,
  siteUrl,
  limitMs = LIMIT_MS,
  mostWaiting = MOST_WAITING,
  script = SCRIPT,
}: Options): { rehearse: Rehearse; stop(): Promise<void> } {
  const ending = new AbortController();
  const inTurn = oneAtATime();
  let taken = 0;

  const rehearse: Rehearse = async (programme, onTime = () => {}, course = 'punctual') => {
    if (ending.signal.aborted) return { failed: 'ended' };
    if (taken > mostWaiting) return { failed: 'busy' };
    taken++;
    return inTurn(() => one({ programme, course, siteUrl }, onTime))
      .catch(({ name }: Error): Outcome => {
        log.error({ error: name }, 'a rehearsal could not be begun');
        return { failed: 'failed' };
      })
      .finally(() => taken--);
  };

  async function one(given: ChildOrder, onTime: (at: string, share: number) => void): Promise<Outcome> {
    if (ending.signal.aborted) return { failed: 'ended' };
    // A group of its own, so that whatever it starts can be ended with it.
    const child = spawn(process.execPath, [script], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    });
    let outcome: Outcome | undefined;
    let error = '';
    const hear = (said: ChildMessage) => {
      if ('share' in said) return onTime(said.at, said.share);
      if ('failed' in said) error = said.error;
      outcome ??= 'played' in said ? { played: said.played } : { failed: said.failed };
    };
    const give = (failed: RehearsalFailure) => {
      outcome ??= { failed };
      signalGroup(child, 'SIGTERM');
      grace ??= setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
    };
    let grace: NodeJS.Timeout | undefined;
    const limit = setTimeout(() => give('too-long'), limitMs);
    const end = () => give('ended');
    ending.signal.addEventListener('abort', end, { once: true });

    // The pipe stays open: where it closes, this process is gone.
    const stdin = child.stdin as Writable;
    stdin.on('error', () => {});
    stdin.write(`${JSON.stringify(given)}\n`);
    const lines = createInterface({ input: child.stdio[3] as Readable });
    lines.on('line', (line) => {
      const said = parsed(line);
      if (said) hear(said);
    });
    const read = new Promise((resolve) => lines.once('close', resolve));
    const exit = await new Promise<{ code: number | null; signal: string | null }>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
      child.once('error', () => resolve({ code: null, signal: null }));
    });
    // What it may have left behind would also hold its pipes open.
    signalGroup(child, 'SIGKILL');
    clearTimeout(limit);
    clearTimeout(grace);
    ending.signal.removeEventListener('abort', end);
    await read;
    stdin.destroy();
    const result = outcome ?? { failed: 'failed' };
    // Without the programme's words: names and addresses are in them.
    if ('failed' in result && result.failed !== 'ended')
      log.error({ failed: result.failed, error, ...exit }, 'a rehearsal failed');
    return result;
  }

  return {
    rehearse,
    async stop() {
      ending.abort();
      // Those that wait have ended, too, when it is its turn.
      await inTurn(async () => {});
    },
  };
}

/** Nothing where the process was ended in the middle of a line. */
function parsed(line: string): ChildMessage | undefined {
  try {
    return JSON.parse(line) as ChildMessage;
  } catch {
    return undefined;
  }
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // All of it has ended.
  }
}
