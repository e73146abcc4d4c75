import { sessionScopeId } from '../domain/ids.ts';
import { scopeOf } from '../domain/request.ts';
import type { SessionState } from '../domain/sessionState.ts';
import type { RequestRow, SessionRow } from './database/schema.ts';
import type { CaseRows } from './rows.ts';

/** What came of a request has been gone on from: while a cooperation is paused, nothing is. */
export const hadConsequence = (
  { closedAt }: Pick<RequestRow, 'closedAt'>,
  { cooperation: { pausedAt } }: CaseRows,
): boolean => closedAt !== null && (pausedAt === null || Date.parse(closedAt) < Date.parse(pausedAt));

/** Where a session stands that is under way, by the case file. */
export function sessionStateOf({ number, startsAt }: SessionRow, rows: CaseRows): SessionState {
  const { proposals, record } = rows;
  const requests = rows.requests.filter((row) => scopeOf(row) === sessionScopeId(number));
  const records = requests.filter(({ kind }) => kind === 'record-session');
  const wasNotHeld = (row: RequestRow) => row.outcome === 'not-held' && hadConsequence(row, rows);
  const poll = Math.max(0, ...proposals.flatMap(({ session, round }) => (session === number ? [round] : [])));
  const confirmed = requests.findLast(({ kind, round }) => kind === 'confirm-date' && round === poll);
  // What the answer set stands no more.
  const annulled = requests.filter(
    ({ id, lapse }) => lapse === 'annulled' && record.some(({ key }) => key === `date-fixed:${id}`),
  );
  const unfixed = confirmed?.outcome === 'date' && !hadConsequence(confirmed, rows);
  const fixed = record.findLastIndex(
    ({ kind, key, data }) =>
      data.session === number &&
      ((kind === 'date-fixed' &&
        !annulled.some(({ id }) => key === `date-fixed:${id}`) &&
        !(unfixed && key === `date-fixed:${confirmed.id}`)) ||
        (kind === 'session-changed' && data.startsAt !== undefined)),
  );
  const notHeld = record.findLastIndex(
    ({ kind, data }) =>
      kind === 'request-closed' && records.some((row) => row.id === data.request && wasNotHeld(row)),
  );
  const looking = startsAt === null || notHeld > fixed || (unfixed && fixed < 0);
  const polled = requests.filter(({ kind, round }) => /-date$/.test(kind) && round === poll);
  const isPast =
    !looking ||
    polled.some((row) => row.lapse === 'superseded' || (row.outcome === 'date' && hadConsequence(row, rows)));
  const last = records.at(-1);
  const inVain =
    last !== undefined && ((last.lapse !== null && last.lapse !== 'annulled') || wasNotHeld(last));
  return {
    round: 1 + records.filter(wasNotHeld).length + annulled.length,
    polls: isPast ? poll : Math.max(0, poll - 1),
    records: last ? last.round - (inVain ? 0 : 1) : 0,
    ...(!looking && startsAt && { date: startsAt }),
  };
}
