import { Temporal as Dates } from 'temporal-polyfill';
import { hoursAfter, instantOf } from './dates.ts';
import { POLL_OPENS_DAYS_BEFORE_WINDOW } from './methodology.ts';
import { partiesOf } from './party.ts';
import type { Plan, SessionOfPlan } from './plan.ts';
import { LONGEST_SESSION_HOURS, type Programme, type SessionPlan } from './programme.ts';

/** When the poll over a window's dates opens, on the secretariat's clock. */
const POLL_OPENS_AT = '09:00';

/**
 * What a cooperation's workflows need of its programme: codes and instants (ISO 8601, UTC), nobody's name.
 *
 * A session opens {@link POLL_OPENS_DAYS_BEFORE_WINDOW} days before its window begins, at 09:00 on the
 * secretariat's clock; one with a date, as many days before it starts, at the same time on its own clock.
 */
export function planOf(programme: Programme): Plan {
  const parties = partiesOf(programme);
  const secretariatZone = parties.find(({ role }) => role === 'secretariat')?.timeZone ?? 'UTC';
  const { date, starts, timezone, hours = LONGEST_SESSION_HOURS } = programme.coordination;
  return {
    cooperation: programme.id,
    language: programme.language,
    call: programme.call.number,
    parties,
    coordinationEndsAt: hoursAfter(instantOf(date, starts, timezone), hours),
    sessions: programme.sessions.map((session, index): SessionOfPlan => {
      const date = sessionTimes(session, programme);
      return {
        number: index + 1,
        opensAt: date
          ? daysBefore(date.startsAt, zoneOf(session, programme))
          : opensBeforeWindow(session, secretariatZone),
        ...(date
          ? { date }
          : session.window && { window: { from: session.window.from, to: session.window.to } }),
      };
    }),
    consultantNamed: programme.systematization.consultant !== undefined,
    report: programme.finalReport,
  };
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

function daysBefore(instant: string, timeZone: string): string {
  const opens = Dates.Instant.from(instant)
    .toZonedDateTimeISO(timeZone)
    .subtract({ days: POLL_OPENS_DAYS_BEFORE_WINDOW });
  return new Date(opens.epochMilliseconds).toISOString();
}

function opensBeforeWindow({ window }: SessionPlan, timeZone: string): string {
  // The rules of the programme file leave no session without a date or a window.
  const { from } = window as NonNullable<SessionPlan['window']>;
  const opens = Dates.PlainDate.from(from).subtract({ days: POLL_OPENS_DAYS_BEFORE_WINDOW });
  return instantOf(opens.toString(), POLL_OPENS_AT, timeZone);
}
