import Holidays from 'date-holidays';
import { Temporal as Dates } from 'temporal-polyfill';

/**
 * Working days: neither a weekend nor a public holiday of the country. Calendar dates are `2021-07-14`.
 * The holidays come from the package `date-holidays`, which takes time to compute a year and reads no clock
 * or network; it belongs in activities and at the edge, not in workflow code.
 */

/**
 * What `date-holidays` lacks, in its own grammar: days on which a country's ministries are closed by law and which
 * its list of public holidays for the whole country does not hold. Found by comparing its years 2021 to 2027 for
 * all member states of the OAS with the Python package `holidays`; Brazil, Chile, Colombia, Panama and Peru agreed
 * day by day.
 *
 * What neither law nor package can know stays unknown: days given for one year by decree, the holidays that
 * Costa Rica, Ecuador and Paraguay move from year to year, and feasts that depend on the moon's sighting. A date
 * proposed on such a day is a date that delegates mark with "no".
 */
const ALSO_CLOSED: Readonly<Record<string, readonly string[]>> = {
  // Source: Public Holidays Act of Barbados, Cap. 352: what falls on a Sunday is kept on the next day that is free.
  BB: [
    '01-01 if sunday then next monday',
    '01-21 if sunday then next monday',
    '04-28 if sunday then next monday',
    '08-01 if sunday then next tuesday',
    '11-30 if sunday then next monday',
  ],
  // The federal administration's; the package leaves them to the provinces. Source: Canada Revenue Agency, "Public
  // holidays", https://www.canada.ca/en/revenue-agency/services/tax/public-holidays.html; for days that fall on a
  // weekend, Canada Labour Code, s. 193(2).
  CA: [
    '01-01 if saturday,sunday then next monday',
    'easter 1',
    'monday before 05-25',
    '07-01 if saturday,sunday then next monday',
    '1st monday in August',
    '09-30 and if saturday,sunday then next monday since 2021',
    '2nd monday in October',
    '11-11 and if saturday,sunday then next monday',
    '12-25 if saturday then next monday if sunday then next tuesday',
    '12-26',
    '12-26 if saturday then next monday if sunday then next tuesday',
  ],
  // Source: Public Holidays and Festivals Act of Trinidad and Tobago, Chap. 19:05, Schedule.
  TT: ['easter 1'],
};

const calendars = new Map<string, Holidays>();
const years = new Map<string, ReadonlySet<string>>();

/**
 * The public holidays of a country in a year.
 *
 * @param country ISO 3166 letters; one that `date-holidays` does not know has none
 */
function holidaysOf(country: string, year: number): ReadonlySet<string> {
  const key = `${country} ${year}`;
  const known = years.get(key);
  if (known) return known;
  let calendar = calendars.get(country);
  if (!calendar) {
    calendar = new Holidays(country, { types: ['public'] });
    for (const rule of ALSO_CLOSED[country] ?? []) calendar.setHoliday(rule, { name: rule, type: 'public' });
    calendars.set(country, calendar);
  }
  const days = new Set<string>();
  for (const { date, start, end } of calendar.getHolidays(year)) {
    // `date` is the country's own calendar day, whatever zone this process runs in; a holiday may last for days.
    const first = Dates.PlainDate.from(date.slice(0, 10));
    const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
    for (let day = 0; day < length; day++) days.add(first.add({ days: day }).toString());
  }
  years.set(key, days);
  return days;
}

/** Whether a date is a public holiday of a country (ISO 3166 letters). @throws RangeError where there is no such date */
export const isHoliday = (date: string, country: string): boolean =>
  holidaysOf(country, Dates.PlainDate.from(date).year).has(date);

/** Whether ministries of a country work on a date: from Monday to Friday, public holidays apart. @throws RangeError where there is no such date */
export const isWorkingDay = (date: string, country: string): boolean =>
  Dates.PlainDate.from(date).dayOfWeek <= 5 && !isHoliday(date, country);

/**
 * The n-th working day of a country after a date, or before it where `n` is negative; the date itself, working
 * day or not, where `n` is 0.
 *
 * @throws RangeError where there is no such date
 */
export function addWorkingDays(date: string, n: number, country: string): string {
  const step = { days: Math.sign(n) };
  let day = Dates.PlainDate.from(date);
  for (let left = Math.abs(n); left > 0; ) {
    day = day.add(step);
    if (isWorkingDay(day.toString(), country)) left--;
  }
  return day.toString();
}

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
  new Date(Date.parse(instant) + Math.round(hours * 60) * 60_000).toISOString();
