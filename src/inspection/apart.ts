import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { CleanPicture } from '../documents/picture.ts';
import type { Arrival } from '../documents/store.ts';
import type { ReadMail } from '../domain/mails/incomingMail.ts';
import type { DocumentChange } from '../domain/programme/programmeDifferences.ts';
import { whole } from '../domain/programme/yamlFile.ts';
import { type DocumentFault, refused } from '../domain/refusal.ts';
import type { BundleReport } from '../domain/results/bundle.ts';
import type { Picture } from '../domain/results/logo.ts';
import type { TemplateFault, TemplateName } from '../domain/results/wordTemplate.ts';
import { unread } from '../evidence/verify.ts';
import type { CheckedProgramme, Inspection } from './inspection.ts';

/**
 * Looks at files in processes of their own, with a limit of time, of memory and of processor, without what this one
 * knows or may do: no environment, no writing, no programs. A process is kept for the next file while files come; one
 * that goes over a limit is gone, and its file is refused.
 */

/** What a process is asked, and what it says. */
export type Look =
  | { look: 'document'; fileName: string; file: string }
  | { look: 'programme'; source: string; as: 'new' | 'correction' }
  | { look: 'word-changes'; before: string; after: string }
  | { look: 'text'; file: string; mediaType: string }
  | { look: 'template'; name: TemplateName; file: string }
  | { look: 'picture'; file: string }
  | { look: 'bundle'; file: string }
  | { look: 'mail'; file: string }
  | { look: 'mail-file'; file: string; index: number };
export type LookResult =
  | { fault: DocumentFault; usedMs: number }
  | { checked: CheckedProgramme; usedMs: number }
  | { changes: DocumentChange | undefined; usedMs: number }
  | { paragraphs: string[] | undefined; usedMs: number }
  | { faults: TemplateFault[]; usedMs: number }
  | { picture: Picture & { bytes: string }; usedMs: number }
  | { report: BundleReport; usedMs: number }
  | { mail: ReadMail | undefined; usedMs: number }
  /** In base64: what is said between the two is text. */
  | { bytes: string | undefined; usedMs: number }
  | { taken: true; usedMs: number }
  | { failed: string };
export type ChildMessage = LookResult | { ready: true };

type Limits = {
  /** How long a document or a bundle may take; how long a programme file. By the clock on the wall. */
  documentMs?: number;
  programmeMs?: number;
  /** How much processor a programme file may take: what is done with it afterwards takes about the same. */
  programmeUsedMs?: number;
  /** The same of a Word template, which is filled where pages and papers are made. */
  templateUsedMs?: number;
  memoryMB?: number;
};
type Options = {
  log: Pick<Logger, 'warn' | 'error'>;
  limits?: Limits;
  /** So many at a time, and so many that wait. */
  most?: number;
  mostWaiting?: number;
  /** How long a process is kept that nothing is asked of. */
  keptMs?: number;
};

const LIMITS = {
  ...{ documentMs: 60_000, programmeMs: 20_000, programmeUsedMs: 2_000, templateUsedMs: 8_000 },
  memoryMB: 512,
};
const MOST = 2;
const MOST_WAITING = 50;
const KEPT_MS = 60_000;
/** Processor seconds in all that a process may use, also where nobody ends it any more; it is not kept beyond half of it. */
const MOST_SECONDS = 240;
/** What Node by itself has the system set aside, most of which it never uses. */
const OWN_MB = 576;
/** Of its memory, what objects may take; the rest is for bytes, code and threads. */
const HEAP_SHARE = 3 / 8;

// Next to this file, and of the same kind: .ts in a checkout, .js where it was compiled.
const HERE = fileURLToPath(import.meta.url);
const SCRIPT = path.join(path.dirname(HERE), `apartChild${path.extname(HERE)}`);

export type InspectionApart = Inspection & { stop(): Promise<void> };

export function inspectionApart({
  log,
  limits,
  most = MOST,
  mostWaiting = MOST_WAITING,
  keptMs = KEPT_MS,
}: Options): InspectionApart {
  const { documentMs, programmeMs, programmeUsedMs, templateUsedMs, memoryMB } = { ...LIMITS, ...limits };
  const idle: Looker[] = [];
  const all = new Set<Looker>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  /** Takes a place, waiting for one where all are taken. */
  async function turn(): Promise<void> {
    if (busy < most) return void busy++;
    if (waiting.length >= mostWaiting) refused({ code: 'InspectionUnavailable' });
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else busy--;
  }

  function begin(): Looker {
    const looker = lookerWith(memoryMB);
    all.add(looker);
    void looker.gone.then(() => {
      all.delete(looker);
      if (idle.includes(looker)) idle.splice(idle.indexOf(looker), 1);
    });
    return looker;
  }

  /** What a process says of a file; `undefined` where it went over a limit. */
  async function ask(look: Look, ms: number): Promise<LookResult | undefined> {
    await turn();
    try {
      const looker = idle.pop() ?? begin();
      if (!(await looker.ready)) {
        log.error({}, 'no process to look at files in could be started');
        return refused({ code: 'InspectionUnavailable' });
      }
      const looked = await looker.ask(look, ms);
      if (!looked || 'failed' in looked || looker.usedMs() > (MOST_SECONDS * 1_000) / 2) looker.end();
      else {
        idle.push(looker);
        looker.keep(keptMs);
      }
      return looked;
    } finally {
      leave();
    }
  }

  async function asked(look: Look, ms: number): Promise<Exclude<LookResult, { failed: string }> | undefined> {
    const looked = await ask(look, ms);
    if (!looked) {
      // Without its name or words: both may tell of people.
      log.warn(
        { look: look.look },
        'a file that people sent took too long or too much to look at, and is refused',
      );
      return undefined;
    }
    if ('failed' in looked) {
      log.error({ look: look.look, error: looked.failed }, 'a file could not be looked at');
      return refused({ code: 'InspectionUnavailable' });
    }
    return looked;
  }

  return {
    async document(fileName, held) {
      await inFile(held, async (file) => {
        const looked = await asked({ look: 'document', fileName, file }, documentMs);
        if (!looked) refused({ code: 'DocumentRefused', why: 'exhausting' });
        else if ('fault' in looked) refused({ code: 'DocumentRefused', why: looked.fault });
      });
    },
    async programme(source, as = 'new') {
      const looked = await asked({ look: 'programme', source, as }, programmeMs);
      if (!looked || !('checked' in looked) || looked.usedMs > programmeUsedMs)
        return whole({ code: 'FileExhausting' });
      return looked.checked;
    },
    wordChanges: (before, after) =>
      inFile(before, (earlier) =>
        inFile(after, async (later) => {
          const looked = await asked({ look: 'word-changes', before: earlier, after: later }, documentMs);
          return looked && 'changes' in looked ? looked.changes : undefined;
        }),
      ),
    text: (mediaType, held) =>
      inFile(held, async (file) => {
        const looked = await asked({ look: 'text', file, mediaType }, documentMs);
        return looked && 'paragraphs' in looked ? looked.paragraphs : undefined;
      }),
    template: (name, held) =>
      inFile(held, async (file) => {
        const looked = await asked({ look: 'template', name, file }, documentMs);
        return looked && 'faults' in looked && looked.usedMs <= templateUsedMs
          ? looked.faults
          : refused({ code: 'DocumentRefused', why: 'exhausting' });
      }),
    async bundle(file) {
      const looked = await asked({ look: 'bundle', file }, documentMs);
      return looked && 'report' in looked ? looked.report : unread('exhausting');
    },
    ...mailLooks((look) => asked(look, documentMs)),
    picture: (held) =>
      inFile(held, async (file) => pictureOf(await asked({ look: 'picture', file }, documentMs))),
    async stop() {
      for (const looker of all) looker.end();
      await Promise.all([...all].map(({ gone }) => gone));
    },
  };
}

/** Looks at mails, with what asks a process. */
const mailLooks = (
  asked: (look: Look) => Promise<Exclude<LookResult, { failed: string }> | undefined>,
): Pick<Inspection, 'mail' | 'mailFile'> => ({
  mail: (held) =>
    inFile(held, async (file) => {
      const looked = await asked({ look: 'mail', file });
      return looked && 'mail' in looked ? looked.mail : undefined;
    }),
  mailFile: (held, index) =>
    inFile(held, async (file) => {
      const looked = await asked({ look: 'mail-file', file, index });
      if (!looked || !('bytes' in looked) || looked.bytes === undefined) return undefined;
      return Buffer.from(looked.bytes, 'base64');
    }),
});

/** @throws Refused `DocumentRefused`, `InspectionUnavailable` */
function pictureOf(looked: Exclude<LookResult, { failed: string }> | undefined): CleanPicture {
  if (!looked) return refused({ code: 'DocumentRefused', why: 'exhausting' });
  if ('fault' in looked) return refused({ code: 'DocumentRefused', why: looked.fault });
  if (!('picture' in looked)) return refused({ code: 'InspectionUnavailable' });
  return { ...looked.picture, bytes: Buffer.from(looked.picture.bytes, 'base64') };
}

/** Where another process can read it: where it is held already, or for as long as the look takes. */
async function inFile<T>({ file, read }: Arrival, look: (file: string) => Promise<T>): Promise<T> {
  if (file !== undefined) return look(file);
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-look-'));
  try {
    const copy = path.join(folder, 'file');
    await pipeline(read(), createWriteStream(copy, { mode: 0o600 }));
    return await look(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Looker = ReturnType<typeof lookerWith>;

function lookerWith(memoryMB: number) {
  const child = started(memoryMB);
  let hear: ((said: ChildMessage | undefined) => void) | undefined;
  let used = 0;
  let dismissal: NodeJS.Timeout | undefined;
  const next = () =>
    new Promise<ChildMessage | undefined>((resolve) => {
      hear = resolve;
    });
  const say = (said: ChildMessage | undefined) => {
    hear?.(said);
    hear = undefined;
  };
  child.on('message', (said: ChildMessage) => say(said));
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  void gone.then(() => say(undefined));
  const end = () => {
    clearTimeout(dismissal);
    child.kill('SIGKILL');
  };
  const killOnExit = () => child.kill('SIGKILL');
  process.once('exit', killOnExit);
  void gone.then(() => process.off('exit', killOnExit));
  return {
    gone,
    end,
    usedMs: () => used,
    /** Whether it has come up. */
    ready: next().then((said) => said !== undefined && 'ready' in said),
    /** Asks it, and ends it when it takes longer; `undefined` where it is gone. */
    async ask(look: Look, ms: number): Promise<LookResult | undefined> {
      clearTimeout(dismissal);
      const limit = setTimeout(end, ms);
      const answer = next();
      child.send(look, (error) => error && end());
      const said = await answer;
      clearTimeout(limit);
      if (!said || 'ready' in said) return undefined;
      if ('usedMs' in said) used += said.usedMs;
      return said;
    },
    keep(ms: number): void {
      dismissal = setTimeout(end, ms).unref();
    },
  };
}

/**
 * A process that may read, and nothing else. The shell sets the limits that the system then holds it to, where the
 * system has them; the heap has its own.
 */
function started(memoryMB: number): ChildProcess {
  const run = `ulimit -t ${MOST_SECONDS} 2>/dev/null; ulimit -c 0 2>/dev/null; ulimit -d ${(OWN_MB + memoryMB) * 1024} 2>/dev/null; exec "$0" "$@"`;
  const flags = [
    '--permission',
    '--allow-fs-read=*',
    `--max-old-space-size=${Math.max(32, Math.round(memoryMB * HEAP_SHARE))}`,
    '--no-warnings',
  ];
  const child = spawn('/bin/sh', ['-c', run, process.execPath, ...flags, SCRIPT], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { TZ: 'UTC' },
  });
  try {
    // Pages come first.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It is gone already, or may not be told.
  }
  return child;
}
