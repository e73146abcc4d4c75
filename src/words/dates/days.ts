import { DAY_MS } from '../../domain/dates/durations.ts';
import type { Language } from '../../domain/language.ts';
import { formats } from '../../domain/programme/formats.ts';
import { GRAMMAR, type TimeOfDay } from '../names/grammar.ts';

/** Days of the calendar, and what clocks show: what every way to say a date is made of. */

/** A day of the calendar: the month is 1 to 12. */
export type Day = { year: number; month: number; day: number };

const CLOCKS = formats(
  (_, timeZone) =>
    new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'gregory',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    }),
);

/** The day and the time that clocks in a zone show at an instant (ISO 8601). Throws a RangeError at anything else. */
export function wallClock(instant: string, timeZone: string): Day & TimeOfDay {
  const parts = CLOCKS('', timeZone).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  };
}

/** A date as it is written: `2021-08-16`; of a month, `2021-08`, the first. */
export function dayOfDate(date: string): Day {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return { year, month, day };
}

const utc = ({ year, month, day }: Day): number => Date.UTC(year, month - 1, day);

export const isSameDay = (one: Day, other: Day): boolean => utc(one) === utc(other);
/** Days of the calendar from one to another; negative where that is earlier. */
export const daysBetween = (from: Day, to: Day): number => Math.round((utc(to) - utc(from)) / DAY_MS);
/** Saturday or Sunday: Portuguese says "no sábado", but "na segunda-feira". */
export const isWeekendDay = (day: Day): boolean => new Date(utc(day)).getUTCDay() % 6 === 0;

type Width = 'long' | 'short';
const WEEKDAYS = formats(
  (language, width) => new Intl.DateTimeFormat(language, { weekday: width as Width, timeZone: 'UTC' }),
);
const MONTHS = formats(
  (language, width) => new Intl.DateTimeFormat(language, { month: width as Width, timeZone: 'UTC' }),
);
const bareOfPoint = (text: string): string => text.replace(/\.$/, '');

/** "martes", "mar". */
export const weekdayName = (day: Day, language: Language, width: Width = 'long'): string =>
  bareOfPoint(WEEKDAYS(language, width).format(utc(day)));
/** "agosto", "ago". */
export const monthName = (day: Day, language: Language, width: Width = 'long'): string =>
  bareOfPoint(MONTHS(language, width).format(utc(day)));

/** French and Portuguese number the first of a month as an ordinal. */
export const dayNumber = ({ day }: Day, language: Language): string =>
  day === 1 ? GRAMMAR[language].firstOfMonth : String(day);
