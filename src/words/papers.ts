import type { Language } from '../domain/language.ts';
import { timeOfDay } from './dates/clock.ts';
import { dateText, monthText, periodText } from './dates/dates.ts';
import { type Day, dayNumber, dayOfDate, isSameDay, monthName, wallClock } from './dates/days.ts';
import { joined } from './lists.ts';
import { cityName } from './names/cities.ts';
import { bare, type Form, nounIn } from './names/noun.ts';
import { speaker } from './speaker.ts';

/** How sessions, dates and times are written in the papers that ministries sign. Dates are such as `2021-07-14`. */

/** "Primera sesión". Programmes have twelve at most; one added later is written "13.ª sesión". */
export const printedSessionName = (number: number, language: Language): string =>
  speaker('papers.times', language)('session', { n: number });

/** "14 de julio", and "14 de julio de 2021" where the year is asked for. */
export const printedDate = (date: string, language: Language, withYear: boolean): string =>
  dateText(dayOfDate(date), language, withYear);

/** The day of an instant in a zone, with its year. */
export const printedDayOf = (instant: string, timeZone: string, language: Language): string =>
  dateText(wallClock(instant, timeZone), language, true);

/** The date in a programme's head: "14 de julio, 2021" in Spanish, as RIAL's programmes have it. */
export function headDate(date: string, language: Language): string {
  const day = dayOfDate(date);
  return speaker('papers.times', language)('headDate', {
    day: dayNumber(day, language),
    month: monthName(day, language),
    year: String(day.year),
  });
}

const lastOfMonth = ({ year, month }: Day): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/**
 * A window as an official would write it: "segunda quincena de agosto" for the 16th to the month's end,
 * "mes de agosto" for all of it, else "del 3 al 9 de agosto". Years are written where asked for, and
 * always where the window runs over New Year.
 */
export function windowText(
  window: { from: string; to: string },
  language: Language,
  withYear: boolean,
): string {
  const [from, to] = [dayOfDate(window.from), dayOfDate(window.to)];
  if (isSameDay(from, to)) return dateText(from, language, withYear);
  if (from.year === to.year && from.month === to.month) {
    const say = speaker('papers.times', language);
    const month = monthText(from, language, withYear);
    const ofMonth = nounIn(bare(month), language, 'of');
    const last = lastOfMonth(to);
    if (from.day === 1 && to.day === 15) return say('firstHalf', { ofMonth });
    if (from.day === 16 && to.day === last) return say('secondHalf', { ofMonth });
    if (from.day === 1 && to.day === last) return say('wholeMonth', { ofMonth, month });
  }
  return periodText(from, to, language, withYear);
}

/**
 * When a session starts and ends in the zone it was agreed in, and what clocks show in the other capitals:
 * "de 10:00 a 12:30, hora de Lima (11:00 a 13:30 en Santiago y Washington)".
 * Capitals that share the time stand together; another day there is named.
 */
export function timesText(
  { startsAt, endsAt, timeZone }: { startsAt: string; endsAt?: string; timeZone: string },
  capitals: readonly string[],
  language: Language,
): string {
  const say = speaker('papers.times', language);
  const day = wallClock(startsAt, timeZone);
  const onClock = (zone: string) => {
    const starts = wallClock(startsAt, zone);
    const from = timeOfDay(starts, language);
    const to = endsAt && timeOfDay(wallClock(endsAt, zone), language);
    return {
      led: to ? say('from', { from, to }) : say('at', { time: from }),
      bare: to ? say('span', { from, to }) : from,
      date: isSameDay(starts, day) ? undefined : dateText(starts, language, false),
    };
  };
  const inBrackets = (zone: string): string => {
    const { bare: times, date } = onClock(zone);
    return date ? say('onDay', { times, date }) : times;
  };
  // One zone for each city: several zones may go by one capital.
  const cities = new Map([timeZone, ...capitals].map((zone) => [cityName(zone, language), zone]));
  const groups = Map.groupBy(cities.values(), inBrackets);
  const [own = [], ...others] = groups.values();
  const named = (zones: readonly string[], form: Form) =>
    joined(
      zones.map((zone, index) => cityName(zone, language, index === 0 ? form : 'plain')),
      language,
    );
  const times = say('zone', {
    times: onClock(timeZone).led,
    ofCities: named(own, 'of'),
    cities: named(own, 'plain'),
  });
  const elsewhere = others.map((zones) => `${inBrackets(zones[0] ?? timeZone)} ${named(zones, 'in')}`);
  return elsewhere.length > 0 ? say('elsewhere', { times, others: elsewhere.join('; ') }) : times;
}
