import { dateIn, instantOf } from '../domain/dates/dates.ts';
import { DAY_MS } from '../domain/dates/durations.ts';
import { secretariatAmong } from '../domain/people/party.ts';
import type { Programme } from '../domain/programme/programme.ts';

/**
 * When a rehearsal of a programme begins (ISO 8601, UTC): at 09:00 on the Secretariat's clock on the day of the
 * coordination meeting, or on the day before where the meeting is earlier. From the file alone, so that what is
 * rehearsed depends on nothing else.
 */
export function beginningOf({ coordination, institutions }: Programme): string {
  const zone = secretariatAmong(institutions).timezone;
  const meets = instantOf(coordination.date, coordination.starts, coordination.timezone);
  const nineOn = (instant: string) => instantOf(dateIn(instant, zone), '09:00', zone);
  const nine = nineOn(meets);
  return nine <= meets ? nine : nineOn(new Date(Date.parse(meets) - DAY_MS).toISOString());
}
