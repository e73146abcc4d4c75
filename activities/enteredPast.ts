import { setTimeout as pause } from 'node:timers/promises';
import type { CooperationRow, RequestRow } from '../src/casefile/database/schema.ts';
import { mailsOf } from '../src/casefile/mails/mails.ts';
import { noteTold, openedAfterTheFact } from '../src/casefile/requests.ts';
import type { Outside } from './context.ts';

/**
 * Where a cooperation is entered when several of its sessions have passed, the Secretariat is asked about each, and written to
 * once: the mail about the first of them brings the others.
 */

/** They are asked for beside each other, by workflows that have just begun. */
const OPENED_WITHIN_MS = 5_000;
/** The mail that brings them is on its way. */
const TOLD_WITHIN_MS = 20_000;
const LOOKED_EVERY_MS = 50;

/** What the mail about a request brings; nothing where another's mail brings this one. */
export async function askedBeside(
  { caseFile }: Outside,
  { id, plan }: CooperationRow,
  row: RequestRow,
): Promise<RequestRow[] | undefined> {
  const numbers = plan.sessions.flatMap(({ number, past }) => (past ? [number] : []));
  if (row.windowRanOut !== 'entered' || numbers.length < 2 || row.told) return [];
  for (let waited = 0; ; waited += LOOKED_EVERY_MS) {
    const opened = await openedAfterTheFact(caseFile, id);
    if (opened.find((one) => one.id === row.id)?.told) return undefined;
    const untold = opened.filter((one) => one.closedAt === null && !one.told && one.id !== row.id);
    const complete = numbers.every((number) => opened.some(({ item }) => item === number));
    const isFirst = untold.every(({ item }) => (item ?? 0) > (row.item ?? 0));
    if (isFirst && (complete || waited >= OPENED_WITHIN_MS)) return untold;
    if (waited >= TOLD_WITHIN_MS) return [];
    await pause(LOOKED_EVERY_MS);
  }
}

/** They were asked for with the mail about another, which is written and goes out, now or when the server takes it. */
export async function noteAskedBeside(
  { caseFile }: Outside,
  { cooperation, id }: RequestRow,
  beside: readonly RequestRow[],
): Promise<void> {
  if (beside.length === 0) return;
  const mails = await mailsOf(caseFile, cooperation);
  if (!mails.some(({ notice, request }) => notice === 'request' && request === id)) return;
  for (const one of beside) await noteTold(caseFile, cooperation, one.id);
}
