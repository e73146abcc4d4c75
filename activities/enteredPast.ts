import { alone } from '../src/casefile/database/database.ts';
import type { CooperationRow, RequestRow } from '../src/casefile/database/schema.ts';
import { mailsOf } from '../src/casefile/mails/mails.ts';
import { noteTold, openedAfterTheFact } from '../src/casefile/requests.ts';
import { isBefore } from '../src/domain/dates/dates.ts';
import { oneAtATime } from '../src/domain/oneAtATime.ts';
import type { Outside } from './context.ts';

/**
 * Where a cooperation is entered when several of its sessions have passed, the Secretariat is asked about each, and written to
 * once: the mail about the first of them brings the others. They are asked for beside each other, and whichever comes last
 * has it sent; no other waits for that. Each comes back a little later, for one of them may be asked about nothing.
 */

const LEFT_TO_OTHERS_MS = 30_000;
const LOOKED_AGAIN_MS = 5_000;
const after = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** What one mail asks: about which it is, and what it brings beside that. */
type AskedTogether = { first: RequestRow; beside: RequestRow[] };

/**
 * Sends what is asked together with a request, one such mail of a cooperation at a time, in whichever worker: what it brings is noted before the
 * next is made. Says when to look again, where some are to come; nothing where it was told with another.
 */
export async function tellTogether<T>(
  outside: Outside,
  cooperation: CooperationRow,
  row: RequestRow,
  send: (together: AskedTogether) => Promise<T>,
): Promise<T | { later: string } | undefined> {
  const numbers = cooperation.plan.sessions.flatMap(({ number, past }) => (past ? [number] : []));
  if (row.windowRanOut !== 'entered' || numbers.length < 2) return send({ first: row, beside: [] });
  const mine = await inTurn(() =>
    alone(outside.caseFile, `entered-past:${cooperation.id}`, async () => {
      const together = await togetherWith(outside, row, numbers);
      if (!together || 'later' in together) return together;
      return send(together).finally(() => noteAskedBeside(outside, together));
    }),
  );
  // Another worker is about one of them.
  return mine ? mine.done : { later: after(outside.now(), LOOKED_AGAIN_MS) };
}

/** In all workers {@link alone}; in this one after another, so that it holds one connection. */
const inTurn = oneAtATime();

async function togetherWith(
  { caseFile, now }: Outside,
  row: RequestRow,
  numbers: readonly number[],
): Promise<AskedTogether | { later: string } | undefined> {
  const opened = await openedAfterTheFact(caseFile, row.cooperation);
  if (opened.find((one) => one.id === row.id)?.told) return undefined;
  const written = await requestsWritten(caseFile, row.cooperation);
  // It is on its way, with what it brings.
  if (written.has(row.id)) return { first: row, beside: [] };
  const later = after(row.openedAt, LEFT_TO_OTHERS_MS);
  const isComplete = numbers.every((number) => opened.some(({ item }) => item === number));
  if (!isComplete && isBefore(now(), later)) return { later };
  const [first = row, ...beside] = opened.filter(
    (one) => one.closedAt === null && !one.told && !written.has(one.id),
  );
  return { first, beside };
}

/**
 * They were asked for with the mail about another, which is written and goes out, now or when the server takes it: whoever
 * asked for that one looks after it.
 */
async function noteAskedBeside({ caseFile }: Outside, { first, beside }: AskedTogether): Promise<void> {
  if (beside.length === 0) return;
  if (!(await requestsWritten(caseFile, first.cooperation)).has(first.id)) return;
  for (const one of beside) await noteTold(caseFile, first.cooperation, one.id);
}

/** The requests about which there is a mail that asks. */
const requestsWritten = async (
  caseFile: Outside['caseFile'],
  cooperation: string,
): Promise<ReadonlySet<string | null>> =>
  new Set(
    (await mailsOf(caseFile, cooperation)).flatMap(({ notice, request }) =>
      notice === 'request' ? [request] : [],
    ),
  );
