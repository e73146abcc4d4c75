import { Temporal as Dates } from 'temporal-polyfill';
import { addWorkingDays, dateIn, hoursAfter, instantOf, isWorkingDay } from '../dates/dates.ts';
import { POLL_OPENS_DAYS_BEFORE_WINDOW, SETTLED_WORKING_DAYS_BEFORE } from '../methodology.ts';
import { type Party, partiesOf, secretariatAmong } from '../people/party.ts';
import type { Plan, SessionOfPlan } from './plan.ts';
import { LONGEST_SESSION_HOURS, type Programme, type SessionPlan } from './programme.ts';

/** When a session's poll opens, or its invitation goes out, on the secretariat's clock. */
const OPENS_AT = '09:00';

/**
 * What a cooperation's workflows need of its programme: codes and instants (ISO 8601, UTC), nobody's name.
 *
 * A session opens {@link POLL_OPENS_DAYS_BEFORE_WINDOW} days before its window begins, or before its date, at 09:00 on
 * the secretariat's clock; where somebody does not work on that day, on the last day before on which all do.
 *
 * @param enteredAt when the cooperation is entered (ISO 8601): which of its sessions had passed by then. Without it, as in a
 * demonstration, past days are taken as they are.
 */
export function planOf(programme: Programme, enteredAt?: string): Plan {
  const parties = partiesOf(programme);
  return {
    cooperation: programme.id,
    language: programme.language,
    call: programme.call.number,
    parties,
    coordinationEndsAt: meetingTimes(programme).endsAt,
    sessions: programme.sessions.map((session, index): SessionOfPlan => {
      const date = sessionTimes(session, programme);
      return {
        number: index + 1,
        opensAt: sessionOpensAt(date ? date.startsAt : firstDayOf(session), parties),
        ...(date
          ? { date, settlesAt: sessionSettlesAt(date.startsAt, parties) }
          : session.window && { window: { from: session.window.from, to: session.window.to } }),
        ...(enteredAt !== undefined && isSessionPast(session, programme, enteredAt) && { past: true }),
      };
    }),
    consultantNamed: programme.systematization.consultant !== undefined,
    report: programme.finalReport,
  };
}

/** When the coordination meeting starts and ends by its programme (ISO 8601, UTC). */
export function meetingTimes({ coordination }: Pick<Programme, 'coordination'>): {
  startsAt: string;
  endsAt: string;
} {
  const { date, starts, timezone, hours = LONGEST_SESSION_HOURS } = coordination;
  const startsAt = instantOf(date, starts, timezone);
  return { startsAt, endsAt: hoursAfter(startsAt, hours) };
}

/** The morning on which the Secretariat is asked about a session without an approved programme (ISO 8601, UTC). */
export function sessionSettlesAt(startsAt: string, parties: readonly Party[]): string {
  const secretariat = secretariatAmong(parties);
  const { timeZone } = secretariat;
  const day = addWorkingDays(dateIn(startsAt, timeZone), -SETTLED_WORKING_DAYS_BEFORE, secretariat);
  return instantOf(day, OPENS_AT, timeZone);
}

/** The zone of a session's times: its own, or the coordination meeting's. */
export const zoneOf = (session: SessionPlan, programme: Pick<Programme, 'coordination'>): string =>
  session.timezone ?? programme.coordination.timezone;

/** When a session with a date starts and ends (ISO 8601, UTC); `undefined` while it has a window. */
export function sessionTimes(
  session: SessionPlan,
  programme: Pick<Programme, 'coordination'>,
): { startsAt: string; endsAt: string } | undefined {
  const { date, starts, hours = LONGEST_SESSION_HOURS } = session;
  if (date === undefined || starts === undefined) return undefined;
  const startsAt = instantOf(date, starts, zoneOf(session, programme));
  return { startsAt, endsAt: hoursAfter(startsAt, hours) };
}

/** Whether a session's date, or the last day of its window, is over at an instant (ISO 8601), in every capital. */
export function isSessionPast(
  session: SessionPlan,
  programme: Pick<Programme, 'coordination' | 'institutions'>,
  at: string,
): boolean {
  const times = sessionTimes(session, programme);
  if (times) return Date.parse(times.endsAt) <= Date.parse(at);
  const { to } = session.window as NonNullable<SessionPlan['window']>;
  return programme.institutions.every(({ timezone }) => dateIn(at, timezone) > to);
}

/** The rules of the programme file leave no session without a date or a window. */
const firstDayOf = ({ window }: SessionPlan): string => (window as NonNullable<SessionPlan['window']>).from;

/**
 * The morning on which what leads to a session goes out (ISO 8601, UTC): some weeks before its first day, on the last
 * day until then on which everybody works.
 *
 * @param first the first day on which it may take place, `2021-08-16`, or the instant at which it starts
 */
export function sessionOpensAt(first: string, parties: readonly Party[]): string {
  const { timeZone } = secretariatAmong(parties);
  const date = first.includes('T') ? dateIn(first, timeZone) : first;
  let day = Dates.PlainDate.from(date).subtract({ days: POLL_OPENS_DAYS_BEFORE_WINDOW });
  while (!parties.every((party) => isWorkingDay(day.toString(), party))) day = day.subtract({ days: 1 });
  return instantOf(day.toString(), OPENS_AT, timeZone);
}
