import type { Language } from '../../domain/language.ts';
import { cityName } from '../names/cities.ts';
import { speaker } from '../speaker.ts';
import { timeOfDay } from './clock.ts';
import { type Day, dayOfDate, monthName, wallClock, weekdayName } from './days.ts';
import { spanText } from './fullDates.ts';

/** Dates as a line of a terminal has room for them: short, times always with the city whose clock it is. */

/** "mar 10 ago 18:00 Lima"; with the year where it is not this one. The instant is ISO 8601. */
export const moment = (instant: string, timeZone: string, language: Language, now: Date): string =>
  moments(instant, [timeZone], language, now);

/**
 * "mar 17 ago 10:00 Lima · 11:00 Santiago, Washington": one instant on several clocks, the day again only where it is
 * another one.
 */
export function moments(
  instant: string,
  timeZones: readonly string[],
  language: Language,
  now: Date,
): string {
  const cities = new Map<string, string[]>();
  let first: string | undefined;
  for (const timeZone of timeZones) {
    const on = shortDay(wallClock(instant, timeZone), timeZone, language, now);
    first ??= on;
    // The first is said with its day, and so are those at which it is another day.
    const said = `${on === first && cities.size > 0 ? '' : `${on} `}${hour(instant, timeZone, language)}`;
    const same = [...cities.keys()].find((one) => one === said || one === `${on} ${said}`) ?? said;
    const city = cityName(timeZone, language);
    const known = cities.get(same) ?? [];
    if (!known.includes(city)) cities.set(same, [...known, city]);
  }
  return [...cities].map(([said, where]) => `${said} ${where.join(', ')}`).join(' · ');
}

/** "16–31 ago", "28 ago – 3 sept": calendar dates (`2021-08-16`), the last one included. */
export const period = (
  window: { from: string; to: string },
  language: Language,
  timeZone: string,
  now: Date,
): string => spanText(window, language, (day) => yearOf(day, timeZone, now));

/** "vie 27 ago": a calendar date (`2021-08-27`); with the year where it is not this one. */
export const shortDate = (date: string, language: Language, timeZone: string, now: Date): string =>
  shortDay(dayOfDate(date), timeZone, language, now);

/** "hace 5 d", "hace 3 h", "hace 12 min": how long ago an instant was, in whole days, hours or minutes. */
export function ago(instant: string, language: Language, now: Date): string {
  const say = speaker('times.short', language);
  const minutes = Math.floor((now.getTime() - Date.parse(instant)) / 60_000);
  if (minutes < 1) return say('now');
  if (minutes < 60) return say('minutesAgo', { n: minutes });
  if (minutes < 24 * 60) return say('hoursAgo', { n: Math.floor(minutes / 60) });
  return say('daysAgo', { n: Math.floor(minutes / (24 * 60)) });
}

/** "18:00", "6:00 p.m.": the time of day of an instant on a zone's clock. */
export const hour = (instant: string, timeZone: string, language: Language): string =>
  timeOfDay(wallClock(instant, timeZone), language);

function shortDay(day: Day, timeZone: string, language: Language, now: Date): string {
  const [weekday, month] = [weekdayName(day, language, 'short'), monthName(day, language, 'short')];
  return `${weekday} ${day.day} ${month}${yearOf(day, timeZone, now)}`;
}

/** The year, where it is not the one it is in the zone. */
const yearOf = ({ year }: Day, timeZone: string, now: Date): string =>
  year === wallClock(now.toISOString(), timeZone).year ? '' : ` ${year}`;
