import type { Language } from '../../domain/language.ts';
import { cityName } from '../names/cities.ts';
import { timeOfDay } from './clock.ts';
import { type Day, dayOfDate, monthName, wallClock } from './days.ts';

/** Dates of whichever year, as a table has room for them; no message is needed, so that workflows say them too. */

const withYear = (day: Day, language: Language): string =>
  `${day.day} ${monthName(day, language, 'short')} ${day.year}`;

/** "10 ago 2021": the day of an instant in a zone. */
export const fullDayOf = (instant: string, timeZone: string, language: Language): string =>
  withYear(wallClock(instant, timeZone), language);

/** "16 ago 2021": a calendar date. */
export const fullDate = (date: string, language: Language): string => withYear(dayOfDate(date), language);

/** "10 ago 2021, 18:00 (Lima) · 19:00 (Washington)": the first zone is the reader's. */
export function fullMoment(instant: string, timeZones: readonly string[], language: Language): string {
  const own = fullDayOf(instant, timeZones[0] ?? 'UTC', language);
  const cities = new Map(timeZones.map((zone) => [cityName(zone, language), zone]));
  return [...cities]
    .map(([city, zone], index) => {
      const day = fullDayOf(instant, zone, language);
      const time = timeOfDay(wallClock(instant, zone), language);
      return `${index === 0 || day !== own ? `${day}, ` : ''}${time} (${city})`;
    })
    .join(' · ');
}

/** "16–31 ago 2021": calendar dates, the last one included. */
export const fullPeriod = (window: { from: string; to: string }, language: Language): string =>
  spanText(window, language, ({ year }) => ` ${year}`);

/** "16–31 ago", "28 ago – 3 sept", and what is to stand after it for the year; years always over New Year. */
export function spanText(
  { from, to }: { from: string; to: string },
  language: Language,
  yearAfter: (last: Day) => string,
): string {
  const [first, last] = [dayOfDate(from), dayOfDate(to)];
  const month = (day: Day) => monthName(day, language, 'short');
  const year = yearAfter(last);
  if (first.year !== last.year)
    return `${first.day} ${month(first)} ${first.year} – ${last.day} ${month(last)} ${last.year}`;
  if (from === to) return `${first.day} ${month(first)}${year}`;
  if (first.month !== last.month) return `${first.day} ${month(first)} – ${last.day} ${month(last)}${year}`;
  return `${first.day}–${last.day} ${month(last)}${year}`;
}
