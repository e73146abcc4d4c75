// Run as a program of its own by apart.ts: a programme, and how people behave, on the standard input; what becomes of it on the fourth pipe.
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { checkProgrammeFile } from '../domain/programme/programmeFile.ts';
import type { RehearsedMail } from '../domain/rehearsal.ts';
import type { ChildMessage, ChildOrder, RehearsalFailure, RehearsalReport } from './apart.ts';
import { scenarioOf } from './course.ts';
import { openedMails } from './mails.ts';
import { rehearse } from './rehearse.ts';
import { sumsOf } from './sums.ts';
import { timelineOf } from './timeline.ts';

const REDRAWN_MS = 500;
const GRACE_MS = 2_000;

const out = new Socket({ fd: 3, readable: false });
// Nobody listens any more: the other end is gone, and so is this soon.
out.on('error', () => {});
const send = (said: ChildMessage): Promise<void> =>
  new Promise((resolve) => out.write(`${JSON.stringify(said)}\n`, () => resolve()));

const interrupted = new AbortController();
function interrupt(): void {
  interrupted.abort(new Error('interrupted'));
  // Whatever does not end by itself, and what it has started.
  setTimeout(() => process.kill(-process.pid, 'SIGKILL'), GRACE_MS).unref();
}
process.on('SIGTERM', interrupt).on('SIGINT', interrupt);

const input = createInterface({ input: process.stdin });
// The server has gone without a word.
input.once('close', interrupt);
const given = await new Promise<string>((resolve) => input.once('line', resolve));

try {
  const { programme, course, siteUrl } = JSON.parse(given) as ChildOrder;
  const checked = checkProgrammeFile(programme);
  const scenario = 'programme' in checked ? scenarioOf(course, checked.programme) : undefined;
  let told = 0;
  let mails: RehearsedMail[] = [];
  const played = await rehearse({
    programme,
    scenario,
    siteUrl,
    async atEnd(stage, { view }) {
      mails = await openedMails(stage, view);
    },
    signal: interrupted.signal,
    onTime(at, share) {
      if (performance.now() - told < REDRAWN_MS) return;
      told = performance.now();
      void send({ at, share });
    },
  }).then(
    (rehearsed): RehearsalReport => ({
      rehearsed,
      entries: timelineOf(rehearsed),
      sums: sumsOf(rehearsed),
      mails,
    }),
  );
  await send({ played });
} catch (error) {
  const { name } = error as Error;
  await send({ failed: why(name), error: name });
}
// Native parts may keep the process alive.
process.exit();

function why(name: string): RehearsalFailure {
  if (interrupted.signal.aborted) return 'ended';
  if (name === 'TestServerNotFoundError') return 'impossible';
  return name === 'RehearsalStuck' ? 'stuck' : 'failed';
}
