import { Temporal as Dates } from 'temporal-polyfill';
import { capital } from '../domain/capitals.ts';
import { LANGUAGES, type Language } from '../domain/language.ts';
import { speaker } from './speaker.ts';

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

const at = (instant: string, timeZone: string) => Dates.Instant.from(instant).toZonedDateTimeISO(timeZone);
const thisYear = ({ now, timeZone }: Clock): number => at(now, timeZone).year;

const NAMES = new Map(
  LANGUAGES.map((language) => {
    const name = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
    return [language, { weekday: name({ weekday: 'long' }), month: name({ month: 'long' }) }];
  }),
);
const names = (date: Dates.PlainDate, language: Language) => {
  // The calendar date is read at noon in UTC, so that no zone can move it.
  const noon = new Date(`${date.toString()}T12:00:00Z`);
  const { weekday, month } = NAMES.get(language) ?? {};
  return { weekday: weekday?.format(noon) ?? '', month: month?.format(noon) ?? '' };
};

/** French and Portuguese number the first of a month as an ordinal. */
const dayNumber = (day: number, language: Language): string => {
  if (day !== 1) return String(day);
  return { es: '1', en: '1', pt: '1º', fr: '1er' }[language];
};

function sayDay(date: Dates.PlainDate, clock: Clock): string {
  const { language } = clock;
  const values = { ...names(date, language), day: dayNumber(date.day, language), year: String(date.year) };
  return speaker('times.long', language)(date.year === thisYear(clock) ? 'day' : 'dayOfYear', values);
}

/** "viernes 18 de junio": the day of an instant at the reader's. */
export const dayOf = (instant: string, clock: Clock): string =>
  sayDay(at(instant, clock.timeZone).toPlainDate(), clock);

/** "18:00"; English-speaking ministries read "6:00 p.m.", Brazil "18h", French speakers "18 h". */
function timeOf(time: { hour: number; minute: number }, language: Language): string {
  const minutes = String(time.minute).padStart(2, '0');
  switch (language) {
    case 'es':
      return `${String(time.hour).padStart(2, '0')}:${minutes}`;
    case 'en':
      if (time.hour === 12 && time.minute === 0) return '12:00\u00a0noon';
      return `${time.hour % 12 || 12}:${minutes}\u00a0${time.hour < 12 ? 'a.m.' : 'p.m.'}`;
    case 'pt':
      return time.minute === 0 ? `${time.hour}h` : `${time.hour}h${minutes}`;
    case 'fr':
      return time.minute === 0 ? `${time.hour}\u00a0h` : `${time.hour}\u00a0h\u00a0${minutes}`;
  }
}

/**
 * "viernes 18 de junio, 18:00 (Santiago) · 17:00 (Lima, Bogotá)": where it is another day elsewhere, that day is
 * named too. With `end`, from when to when.
 */
export function momentOf(start: string, clock: Clock, end?: string): string {
  const { language, timeZone } = clock;
  const own = at(start, timeZone).toPlainDate();
  const said = (zone: string): string => {
    const from = at(start, zone);
    const day = from.toPlainDate().equals(own) ? '' : `${sayDay(from.toPlainDate(), clock)}, `;
    const hours = timeOf(from, language) + (end ? `–${timeOf(at(end, zone), language)}` : '');
    return day + hours;
  };
  const elsewhere = new Map<string, string[]>();
  for (const zone of new Set(clock.others)) {
    const city = capital(zone, language);
    if (zone === timeZone || city === capital(timeZone, language)) continue;
    const when = said(zone);
    const cities = elsewhere.get(when) ?? [];
    if (!cities.includes(city)) elsewhere.set(when, [...cities, city]);
  }
  return [
    `${sayDay(own, clock)}, ${said(timeZone)} (${capital(timeZone, language)})`,
    ...[...elsewhere].map(([when, cities]) => `${when} (${cities.join(', ')})`),
  ].join(' · ');
}

/** "miércoles 14 de julio, 10:00 (Lima)": the reader's own clock alone, for a subject line. */
export const ownMomentOf = (instant: string, clock: Clock): string =>
  momentOf(instant, { ...clock, others: [] });

/** "del 16 al 31 de agosto": a period of calendar dates, the last one included; of one day, "lunes 16 de agosto". */
export function periodOf({ from, to }: { from: string; to: string }, clock: Clock): string {
  const { language } = clock;
  const say = speaker('times.long', language);
  const [first, last] = [Dates.PlainDate.from(from), Dates.PlainDate.from(to)];
  if (first.equals(last)) return sayDay(first, clock);
  const plain = first.year === last.year && last.year === thisYear(clock);
  if (first.year === last.year && first.month === last.month)
    return say(plain ? 'periodInMonth' : 'periodInMonthOfYear', {
      from: dayNumber(first.day, language),
      to: dayNumber(last.day, language),
      month: names(last, language).month,
      year: String(last.year),
    });
  const date = (day: Dates.PlainDate) =>
    say(plain ? 'date' : 'dateOfYear', {
      day: dayNumber(day.day, language),
      month: names(day, language).month,
      year: String(day.year),
    });
  return say('period', { from: date(first), to: date(last) });
}

/** Calendar days at the reader's from today to the day of an instant: 0 all through that day, negative after it. */
export const daysUntil = (instant: string, { now, timeZone }: Clock): number =>
  at(now, timeZone).toPlainDate().until(at(instant, timeZone).toPlainDate(), { largestUnit: 'day' }).days;

/** Whether an instant falls on a Saturday or Sunday at the reader's: Portuguese says "no sábado", "na segunda-feira". */
export const isWeekend = (instant: string, { timeZone }: Clock): boolean =>
  at(instant, timeZone).dayOfWeek > 5;

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
