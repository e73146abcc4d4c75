import { readFileSync } from 'node:fs';

/** A day on which the ministries of a country are closed. */
export interface Holiday {
  /** As the country itself calls it, in its own language: `Batalla de Junín` */
  readonly name: string;
  /** It follows the moon or is fixed by a decree that was not out when the table was made. */
  readonly isEstimated: boolean;
}

/**
 * By country (ISO 3166 letters) and name, the days from Monday to Friday in the years 2015 to 2045 on which ministries
 * are closed: `"2026-03-03 2027-03-22?"`, where `?` marks a day that is estimated. `bin/write-holidays.py` makes it.
 */
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(new URL('./holidays.json', import.meta.url), 'utf8'),
);

const calendars = new Map<string, ReadonlyMap<string, Holiday>>();

function calendarOf(country: string): ReadonlyMap<string, Holiday> {
  const known = calendars.get(country);
  if (known) return known;
  const days = new Map<string, Holiday>();
  for (const [name, dates] of Object.entries(table[country] ?? {}))
    for (const date of dates.split(' ')) {
      const day = date.replace('?', '');
      if (!days.has(day)) days.set(day, { name, isEstimated: date !== day });
    }
  calendars.set(country, days);
  return days;
}

/**
 * Why the ministries of a country are closed on a date, a weekend apart.
 *
 * @param date `2021-07-14`
 * @param country ISO 3166 letters; one outside the Americas has no holidays here, nor has a year before 2015 or after 2045
 */
export const holidayOn = (date: string, country: string): Holiday | undefined =>
  calendarOf(country).get(date);
