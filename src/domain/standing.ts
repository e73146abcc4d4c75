import type { Step } from './methodology.ts';
import { isFollowedUp } from './results/followUp.ts';
import { beginsAt, inOrder } from './sessionOrder.ts';

/** How a cooperation stands as a whole, how its meeting and its sessions do, and which of these comes next. */

/** `followedUp`: its report was accepted, and what came of it is still to be asked or told; `closed`: not any more. */
export const CASE_STATES = ['running', 'paused', 'followedUp', 'closed', 'cancelled'] as const;
export type CaseState = (typeof CASE_STATES)[number];

type CaseTimes = Parameters<typeof isFollowedUp>[0] & { pausedAt: string | null };

export function caseState(times: CaseTimes): CaseState {
  if (times.cancelledAt) return 'cancelled';
  if (times.closedAt) return isFollowedUp(times) ? 'followedUp' : 'closed';
  return times.pausedAt ? 'paused' : 'running';
}

export type StepState = 'done' | 'current' | 'ahead';

export type MeetingTimes = {
  startsAt: string;
  endsAt: string;
  recordedAt: string | null;
  notHeldAt: string | null;
  cancelledAt: string | null;
};
/** `to-record`: its time is over; `not-held`: it needs another date. */
export type MeetingStanding = 'dated' | 'to-record' | 'held' | 'not-held' | 'cancelled';

/** How the coordination meeting stands at an instant. */
export function meetingStanding(meeting: MeetingTimes, now: string): MeetingStanding {
  if (meeting.cancelledAt) return 'cancelled';
  if (meeting.recordedAt) return 'held';
  if (meeting.notHeldAt) return 'not-held';
  return Date.parse(meeting.endsAt) <= Date.parse(now) ? 'to-record' : 'dated';
}

/** Whether a step is through and nobody met in it: its meeting, or all of its sessions, were called off. */
export const isThroughUnheld = (
  { step, state, sessions }: { step: Step; state: StepState; sessions?: { held: number } | undefined },
  { meeting }: { meeting: Pick<MeetingTimes, 'recordedAt'> },
): boolean =>
  state === 'done' &&
  ((step === 'coordination' && meeting.recordedAt === null) || (step === 'sessions' && sessions?.held === 0));

/** Of a session, as far as it matters to when it is. */
export type SessionTimes = {
  startsAt: string | null;
  endsAt: string | null;
  window: { from: string; to: string } | null;
  recordedAt: string | null;
  cancelledAt: string | null;
};
/** `to-date`: it has no date yet; `to-record`: its time is over. */
export type SessionStanding = 'to-date' | 'dated' | 'to-record' | 'held' | 'cancelled';

/** How a session stands at an instant. */
export function sessionStanding(
  session: Omit<SessionTimes, 'startsAt' | 'window'>,
  now: string,
): SessionStanding {
  if (session.cancelledAt) return 'cancelled';
  if (session.recordedAt) return 'held';
  if (!session.endsAt) return 'to-date';
  return Date.parse(session.endsAt) <= Date.parse(now) ? 'to-record' : 'dated';
}

/** Whether a session is still to be held. */
export const isSessionAhead = (session: Parameters<typeof sessionStanding>[0], now: string): boolean =>
  ['to-date', 'dated'].includes(sessionStanding(session, now));

/** Sessions in the order in which they are to be held, as it is at an instant. */
export const byTheClock = <S extends Pick<SessionTimes, 'startsAt' | 'window'>>(
  sessions: readonly S[],
  now: string,
): S[] => sessions.toSorted((a, b) => inOrder(beginsAt(a, now), beginsAt(b, now)));

/** The session that people prepare for: of those ahead, the first by the clock. */
export const nextSession = <S extends SessionTimes>(sessions: readonly S[], now: string): S | undefined =>
  byTheClock(
    sessions.filter((session) => isSessionAhead(session, now)),
    now,
  )[0];

/** What people meet for next: the coordination meeting while it is ahead, then the session that comes first. */
export function nextEvent<S extends SessionTimes>(
  { meeting, sessions, ...times }: CaseTimes & { meeting: MeetingTimes; sessions: readonly S[] },
  now: string,
): { meeting: MeetingTimes } | { session: S } | undefined {
  const state = caseState(times);
  if (state !== 'running' && state !== 'paused') return undefined;
  if (meetingStanding(meeting, now) === 'dated') return { meeting };
  // A pause leaves the dates that stand, and nobody looks for others.
  const session = nextSession(
    state === 'paused' ? sessions.filter(({ startsAt }) => startsAt !== null) : sessions,
    now,
  );
  return session && { session };
}
