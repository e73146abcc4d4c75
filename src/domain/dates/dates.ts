import { Temporal as Dates } from 'temporal-polyfill';
import { DAY_MS, MINUTE_MS } from './durations.ts';
import { holidayOn } from './holidays.ts';

/**
 * Working days: neither a weekend nor a day on which the ministries of the country are closed. Calendar dates are
 * `2021-07-14`.
 */

/** Whether an instant is before another; both ISO 8601. */
export const isBefore = (a: string, b: string): boolean => Date.parse(a) < Date.parse(b);

/** Days on which an institution is closed, both included: a decree, collective leave. */
export type ClosedDays = { from: string; to: string };

/** Whose working days: those of a country (ISO 3166 letters), or of an institution there, which may be closed on further ones. */
export type Workplace = string | { country: string; closedDays?: readonly ClosedDays[] | undefined };

export const isClosedOn = (date: string, closedDays: readonly ClosedDays[] = []): boolean =>
  closedDays.some(({ from, to }) => from <= date && date <= to);

/** Whether people work on a date: from Monday to Friday, holidays and closed days apart. @throws RangeError where there is no such date */
export function isWorkingDay(date: string, where: Workplace): boolean {
  const { country, closedDays = [] } = typeof where === 'string' ? { country: where } : where;
  return (
    Dates.PlainDate.from(date).dayOfWeek <= 5 &&
    holidayOn(date, country) === undefined &&
    !isClosedOn(date, closedDays)
  );
}

/**
 * The n-th working day somewhere after a date, or before it where `n` is negative; the date itself, working
 * day or not, where `n` is 0.
 *
 * @throws RangeError where there is no such date
 */
export function addWorkingDays(date: string, n: number, where: Workplace): string {
  const step = { days: Math.sign(n) };
  let day = Dates.PlainDate.from(date);
  for (let left = Math.abs(n); left > 0; ) {
    day = day.add(step);
    if (isWorkingDay(day.toString(), where)) left--;
  }
  return day.toString();
}

/** How many working days there are somewhere after a date, up to and with another. */
export function workingDaysBetween(from: string, to: string, where: Workplace): number {
  let days = 0;
  for (let day = from; day < to; ) {
    day = new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
    if (isWorkingDay(day, where)) days++;
  }
  return days;
}

/** The calendar date before one. */
export const dayBefore = (date: string): string =>
  new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10);

/** The calendar date that an instant (ISO 8601) falls on in a zone. */
export const dateIn = (instant: string, timeZone: string): string =>
  Dates.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** The time of day, `18:00`, that a zone's clock shows at an instant. */
export const timeIn = (instant: string, timeZone: string): string =>
  Dates.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });

/** The instant (ISO 8601, UTC) at which a zone's clock shows `time` (`"18:00"`) on a date. */
export const instantOf = (date: string, time: string, timeZone: string): string =>
  new Date(
    Dates.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds,
  ).toISOString();

/** `hours` after an instant (ISO 8601, UTC). */
export const hoursAfter = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + Math.round(hours * 60) * MINUTE_MS).toISOString();
