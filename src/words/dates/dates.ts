import type { Language } from '../../domain/language.ts';
import { cityName } from '../names/cities.ts';
import { speaker } from '../speaker.ts';
import { timeOfDay } from './clock.ts';
import {
  type Day,
  dayNumber,
  dayOfDate,
  daysBetween,
  isSameDay,
  isWeekendDay,
  monthName,
  wallClock,
  weekdayName,
} from './days.ts';

/**
 * Days and hours as a reader says them: the reader's own capital first, the others after. A year is named
 * only where it is not the year it is at the reader's.
 */

/** How an instant is to be said: to whom, and which clocks matter beside theirs. */
export type Clock = {
  language: Language;
  /** IANA zone of the reader's capital. */
  timeZone: string;
  /** The other capitals' zones; the reader's may be among them. */
  others: readonly string[];
  now: string;
};

const thisYear = ({ now, timeZone }: Clock): number => wallClock(now, timeZone).year;

function sayDay(day: Day, clock: Clock): string {
  const { language } = clock;
  const say = speaker('times.long', language);
  const values = {
    weekday: weekdayName(day, language),
    day: dayNumber(day, language),
    month: monthName(day, language),
  };
  return day.year === thisYear(clock)
    ? say('day', values)
    : say('dayOfYear', { ...values, year: String(day.year) });
}

/** "viernes 18 de junio": the day of an instant at the reader's. */
export const dayOf = (instant: string, clock: Clock): string =>
  sayDay(wallClock(instant, clock.timeZone), clock);

/** "viernes 18 de junio" of a day of the calendar, such as `2021-06-18`. */
export const calendarDay = (date: string, clock: Clock): string => sayDay(dayOfDate(date), clock);

/**
 * "viernes 18 de junio, 18:00 (Santiago) · 17:00 (Lima, Bogotá)": where it is another day elsewhere, that day is
 * named too. With `end`, from when to when.
 */
export function momentOf(start: string, clock: Clock, end?: string): string {
  const { language, timeZone } = clock;
  const own = wallClock(start, timeZone);
  const on = (zone: string): string => {
    const from = wallClock(start, zone);
    const day = isSameDay(from, own) ? '' : `${sayDay(from, clock)}, `;
    return day + timeOfDay(from, language) + (end ? `–${timeOfDay(wallClock(end, zone), language)}` : '');
  };
  const elsewhere = new Map<string, string[]>();
  for (const zone of new Set(clock.others)) {
    const city = cityName(zone, language);
    if (zone === timeZone || city === cityName(timeZone, language)) continue;
    const when = on(zone);
    const cities = elsewhere.get(when) ?? [];
    if (!cities.includes(city)) elsewhere.set(when, [...cities, city]);
  }
  return [
    `${sayDay(own, clock)}, ${on(timeZone)} (${cityName(timeZone, language)})`,
    ...[...elsewhere].map(([when, cities]) => `${when} (${cities.join(', ')})`),
  ].join(' · ');
}

/** "miércoles 14 de julio, 10:00 (Lima)": the reader's own clock alone, for a subject line. */
export const ownMomentOf = (instant: string, clock: Clock): string =>
  momentOf(instant, { ...clock, others: [] });

/** "del 16 al 31 de agosto": a period of calendar dates, the last one included; of one day, "lunes 16 de agosto". */
export function periodOf({ from, to }: { from: string; to: string }, clock: Clock): string {
  const [first, last] = [dayOfDate(from), dayOfDate(to)];
  if (isSameDay(first, last)) return sayDay(first, clock);
  return periodText(first, last, clock.language, last.year !== thisYear(clock));
}

/** "del 3 al 9 de agosto": from a day to a later one, with years where asked for, and always over New Year. */
export function periodText(from: Day, to: Day, language: Language, withYear: boolean): string {
  const say = speaker('times.long', language);
  if (from.year === to.year && from.month === to.month) {
    const values = {
      from: dayNumber(from, language),
      to: dayNumber(to, language),
      month: monthName(to, language),
    };
    return withYear
      ? say('periodInMonthOfYear', { ...values, year: String(to.year) })
      : say('periodInMonth', values);
  }
  const over = from.year !== to.year;
  return say('period', {
    from: dateText(from, language, over),
    to: dateText(to, language, withYear || over),
  });
}

/** "14 de julio", and "14 de julio de 2021" where the year is asked for. */
export function dateText(day: Day, language: Language, withYear: boolean): string {
  const say = speaker('times.long', language);
  const values = { day: dayNumber(day, language), month: monthName(day, language) };
  return withYear ? say('dateOfYear', { ...values, year: String(day.year) }) : say('date', values);
}

/** "agosto", and "agosto de 2021" where the year is asked for. */
export function monthText(day: Day, language: Language, withYear = true): string {
  const month = monthName(day, language);
  return withYear ? speaker('times.long', language)('month', { month, year: String(day.year) }) : month;
}

/** Calendar days at the reader's from today to the day of an instant: 0 all through that day, negative after it. */
export const daysUntil = (instant: string, { now, timeZone }: Clock): number =>
  daysBetween(wallClock(now, timeZone), wallClock(instant, timeZone));

/** Whether an instant falls on a Saturday or Sunday at the reader's: Portuguese says "no sábado", "na segunda-feira". */
export const isWeekend = (instant: string, { timeZone }: Clock): boolean =>
  isWeekendDay(wallClock(instant, timeZone));

/** When a session is, in ISO 8601, or the period it is to be in; neither where nothing is known yet. */
export type SessionTimes = {
  startsAt?: string | null | undefined;
  endsAt?: string | null | undefined;
  window?: { from: string; to: string } | null | undefined;
};

/** "miércoles 14 de julio, 10:00–12:30 (Lima) · 11:00–13:30 (Santiago)", or "por definir (del 16 al 31 de agosto)". */
export function sessionDate(session: SessionTimes, clock: Clock): string {
  const say = speaker('times.long', clock.language);
  if (session.startsAt) return momentOf(session.startsAt, clock, session.endsAt ?? undefined);
  return session.window ? say('toBeDefined', { period: periodOf(session.window, clock) }) : say('undefined');
}
