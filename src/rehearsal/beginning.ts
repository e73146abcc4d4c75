import { dateIn, instantOf } from '../domain/dates/dates.ts';
import { DAY_MS, MINUTE_MS } from '../domain/dates/durations.ts';
import { secretariatAmong } from '../domain/people/party.ts';
import type { Programme } from '../domain/programme/programme.ts';

/**
 * When a rehearsal of a programme begins (ISO 8601, UTC). One of which anything lies ahead begins at the minute at which it is
 * rehearsed: what is shown is what would go out, and when, if it were started now. One that is over begins in its own time, at
 * 09:00 on the Secretariat's clock on the day of the coordination meeting, or on the day before where the meeting is earlier:
 * so it depends on the file alone.
 */
export function beginningOf(programme: Programme, now = new Date().toISOString()): string {
  const minute = new Date(Math.floor(Date.parse(now) / MINUTE_MS) * MINUTE_MS).toISOString();
  return isAhead(programme, now) ? minute : inItsTime(programme);
}

/** Whether its meeting or a session is yet to come. */
function isAhead({ coordination, sessions, institutions }: Programme, now: string): boolean {
  const today = dateIn(now, secretariatAmong(institutions).timezone);
  const days = sessions.flatMap(({ date, window }) => date ?? window?.to ?? []);
  return [coordination.date, ...days].some((day) => day >= today);
}

function inItsTime({ coordination, institutions }: Programme): string {
  const zone = secretariatAmong(institutions).timezone;
  const meets = instantOf(coordination.date, coordination.starts, coordination.timezone);
  const nineOn = (instant: string) => instantOf(dateIn(instant, zone), '09:00', zone);
  const nine = nineOn(meets);
  return nine <= meets ? nine : nineOn(new Date(Date.parse(meets) - DAY_MS).toISOString());
}
