import { HOUR_MS } from '../domain/dates/durations.ts';
import { COORDINATION_MEETING } from '../domain/methodology.ts';
import type { Plan } from '../domain/programme/plan.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { byTheClock, nextSession as nextAmong } from '../domain/standing.ts';
import {
  type CaseFile,
  type CaseFileTransaction,
  changing,
  json,
  listed,
  type OneOrMore,
} from './database/database.ts';
import type { CooperationRow, SessionRow, Slot } from './database/schema.ts';
import { meetingOf, raiseMeetingSequence } from './meetings.ts';

export const sessionsOf = (db: CaseFile, cooperation: OneOrMore): Promise<SessionRow[]> =>
  db
    .selectFrom('session')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('number')
    .execute();

export const sessionOf = (db: CaseFile, cooperation: string, number: number): Promise<SessionRow> =>
  db
    .selectFrom('session')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();

/** A session with its window as one. */
const timesOf = (session: SessionRow) => {
  const { windowFrom, windowTo } = session;
  return { ...session, window: windowFrom && windowTo ? { from: windowFrom, to: windowTo } : null };
};

/** The session that comes next at an instant. */
export const nextSession = async (
  db: CaseFile,
  cooperation: string,
  at: string,
): Promise<SessionRow | undefined> => nextAmong((await sessionsOf(db, cooperation)).map(timesOf), at);

/** Sessions in the order in which they are to be held, as it is at an instant. */
export const sessionsInTurn = (sessions: readonly SessionRow[], at: string): SessionRow[] =>
  byTheClock(sessions.map(timesOf), at);

/** When a cooperation was entered, and which of its sessions had passed by then. */
type EnteredCooperation = Pick<CooperationRow, 'filedAt'> & { plan: Pick<Plan, 'sessions'> };

/** Whether a session is over: nobody is invited to it, but in a demonstration, whose days had all passed. */
export const wasMissed = (
  cooperation: EnteredCooperation,
  { number, endsAt }: Pick<SessionRow, 'number' | 'endsAt'>,
  now: string,
): boolean =>
  endsAt !== null &&
  Date.parse(endsAt) <= Date.parse(now) &&
  (Date.parse(endsAt) > Date.parse(cooperation.filedAt) || wasEnteredPast(cooperation, number));

/** Whether the days of a session had passed when its cooperation was entered, and not as a demonstration. */
export const wasEnteredPast = ({ plan }: EnteredCooperation, number: number): boolean =>
  plan.sessions.some((one) => one.number === number && one.past === true);

/** iCalendar's SEQUENCE of a session's invitation: raised to `sequence`, never lowered. */
async function raiseSequence(
  db: CaseFile,
  cooperation: string,
  number: number,
  sequence: number,
): Promise<void> {
  if (number === COORDINATION_MEETING) return raiseMeetingSequence(db, cooperation, sequence);
  await db
    .updateTable('session')
    .set({ sequence })
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .where('sequence', '<', sequence)
    .execute();
}

/**
 * iCalendar's SEQUENCE for what is sent to calendars because of `cause`, such as `session-2.1` or `change-4`: the next
 * one of the session, or of the coordination meeting, once for each cause.
 */
export async function nextSequence(
  db: CaseFile,
  cooperation: string,
  session: number,
  cause: string,
): Promise<number> {
  return changing(db, cooperation, async (tx) => {
    const taken = await tx
      .selectFrom('invitation')
      .select('sequence')
      .where('cooperation', '=', cooperation)
      .where('session', '=', session)
      .where('cause', '=', cause)
      .executeTakeFirst();
    if (taken) return taken.sequence;
    const known =
      session === COORDINATION_MEETING
        ? await meetingOf(tx, cooperation)
        : await sessionOf(tx, cooperation, session);
    const sequence = known.sequence + 1;
    await tx.insertInto('invitation').values({ cooperation, session, cause, sequence }).execute();
    await raiseSequence(tx, cooperation, session, sequence);
    return sequence;
  });
}

/** The agenda of a session on the date that it has now was sent, or did not have to be. */
export const noteAgenda = (
  db: CaseFile,
  { cooperation, number, startsAt }: Pick<SessionRow, 'cooperation' | 'number' | 'startsAt'>,
): Promise<unknown> =>
  db
    .updateTable('session')
    .set({ agendaFor: startsAt })
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .execute();

/** What came of a session was told, or is left to the next invitation. */
export const noteSessionDone = (
  db: CaseFile,
  cooperation: string,
  number: number,
  now: string,
): Promise<unknown> =>
  db
    .updateTable('session')
    .set({ doneAt: now })
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .where('doneAt', 'is', null)
    .execute();

export type SlotProposal = { slots: Slot[]; opensAt: string; closesAt: string; hash: string };

/** Keeps the slots proposed in a round; those proposed first stay. */
export async function keepSlots(
  db: CaseFile,
  cooperation: string,
  session: number,
  round: number,
  proposal: SlotProposal,
): Promise<SlotProposal> {
  await db
    .insertInto('slotProposal')
    .values({ cooperation, session, round, ...proposal, slots: json(proposal.slots) })
    .onConflict((conflict) => conflict.columns(['cooperation', 'session', 'round']).doNothing())
    .execute();
  return (await slotsOf(db, cooperation, session, round)) as SlotProposal;
}

export const slotsOf = (
  db: CaseFile,
  cooperation: string,
  session: number,
  round: number,
): Promise<SlotProposal | undefined> =>
  db
    .selectFrom('slotProposal')
    .select(['slots', 'opensAt', 'closesAt', 'hash'])
    .where('cooperation', '=', cooperation)
    .where('session', '=', session)
    .where('round', '=', round)
    .executeTakeFirst();

/** All slots proposed for a session, round by round. */
export const proposalsOf = (
  db: CaseFile,
  cooperation: string,
  session: number,
): Promise<(SlotProposal & { round: number })[]> =>
  db
    .selectFrom('slotProposal')
    .select(['round', 'slots', 'opensAt', 'closesAt', 'hash'])
    .where('cooperation', '=', cooperation)
    .where('session', '=', session)
    .orderBy('round')
    .execute();

/** Takes a revised programme's texts. Its dates, institutions and people are changed elsewhere. */
export async function revisePlannedContents(
  tx: CaseFileTransaction,
  cooperation: string,
  programme: Programme,
): Promise<void> {
  await tx
    .updateTable('cooperation')
    .set({ programme: json(programme) })
    .where('id', '=', cooperation)
    .execute();
  for (const [index, { contents }] of programme.sessions.entries())
    await tx
      .updateTable('session')
      .set({ contents })
      .where('cooperation', '=', cooperation)
      .where('number', '=', index + 1)
      .execute();
}

/** After this long, minutes that a mail was to bring and that are not told yet go with the next. */
const TELLING_MS = HOUR_MS;

/**
 * Takes the minutes of sessions for one way of telling them, so that of several mails that go out at once one brings
 * them. What another way has is left out: an open request for as long as it is open, else for an hour.
 *
 * @param way the request, the invitation or the announcement that brings them: the same whenever it is tried again
 * @returns the numbers of the sessions whose minutes it has
 */
export async function takeMinutes(
  db: CaseFile,
  cooperation: string,
  sessions: readonly number[],
  way: string,
  now: string,
): Promise<number[]> {
  if (sessions.length === 0) return [];
  const longSince = new Date(Date.parse(now) - TELLING_MS).toISOString();
  const taken = await db
    .updateTable('session')
    .set({ minutesWay: way, minutesTakenAt: now })
    .where('cooperation', '=', cooperation)
    .where('number', 'in', sessions)
    .where((row) => {
      const open = row
        .selectFrom('request')
        .select('id')
        .where('request.cooperation', '=', cooperation)
        .where((request) =>
          request.or([request('closedAt', 'is', null), request('closedAt', '>=', longSince)]),
        );
      return row.or([
        row('minutesWay', 'is', null),
        row('minutesWay', '=', way),
        row.and([row('minutesTakenAt', '<', longSince), row('minutesWay', 'not in', open)]),
      ]);
    })
    .returning('number')
    .execute();
  return taken.map(({ number }) => number);
}
