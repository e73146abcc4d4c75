import { capital } from '../domain/capitals.ts';
import { formats } from '../domain/formats.ts';
import type { Language } from '../domain/language.ts';
import { speaker } from '../words/speaker.ts';

/** Times as a line of a terminal has room for them: short, always with the city whose clock it is. */

/** "mar 10 ago 18:00 Lima"; with the year where it is not this one. The instant is ISO 8601. */
export function moment(instant: string, timeZone: string, language: Language, now: Date): string {
  return `${day(new Date(instant), timeZone, language, now)} ${hour(instant, timeZone)} ${capital(timeZone, language)}`;
}

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
    const on = day(new Date(instant), timeZone, language, now);
    first ??= on;
    // The first is said with its day, and so are those at which it is another day.
    const said = `${on === first && cities.size > 0 ? '' : `${on} `}${hour(instant, timeZone)}`;
    const same = [...cities.keys()].find((one) => one === said || one === `${on} ${said}`) ?? said;
    const city = capital(timeZone, language);
    const known = cities.get(same) ?? [];
    if (!known.includes(city)) cities.set(same, [...known, city]);
  }
  return [...cities].map(([said, where]) => `${said} ${where.join(', ')}`).join(' · ');
}

/** "16–31 ago", "28 ago – 3 sept": calendar dates (`2021-08-16`), the last one included. */
export function period(
  { from, to }: { from: string; to: string },
  language: Language,
  timeZone: string,
  now: Date,
): string {
  const [first, last] = [parts(noon(from), 'UTC', language), parts(noon(to), 'UTC', language)];
  const year = last.year === parts(now, timeZone, language).year ? '' : ` ${last.year}`;
  if (first.year !== last.year)
    return `${first.day} ${first.month} ${first.year} – ${last.day} ${last.month} ${last.year}`;
  if (from === to) return `${first.day} ${first.month}${year}`;
  if (first.month !== last.month) return `${first.day} ${first.month} – ${last.day} ${last.month}${year}`;
  return `${first.day}–${last.day} ${last.month}${year}`;
}

/** "vie 27 ago": a calendar date (`2021-08-27`); with the year where it is not this one. */
export const dayOf = (date: string, language: Language, timeZone: string, now: Date): string => {
  const { weekday, day, month, year } = parts(noon(date), 'UTC', language);
  return `${weekday} ${day} ${month}${year === parts(now, timeZone, language).year ? '' : ` ${year}`}`;
};

/** "hace 5 d", "hace 3 h", "hace 12 min": how long ago an instant was, in whole days, hours or minutes. */
export function ago(instant: string, language: Language, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(instant)) / 60_000);
  const say = speaker('times.short', language);
  if (minutes < 1) return say('now');
  if (minutes < 60) return say('ago', { span: `${minutes} min` });
  if (minutes < 24 * 60) return say('ago', { span: `${Math.floor(minutes / 60)} h` });
  return say('ago', { span: `${Math.floor(minutes / (24 * 60))} ${language === 'fr' ? 'j' : 'd'}` });
}

const noon = (date: string): Date => new Date(`${date}T12:00:00Z`);

function day(at: Date, timeZone: string, language: Language, now: Date): string {
  const { weekday, day, month, year } = parts(at, timeZone, language);
  return `${weekday} ${day} ${month}${year === parts(now, timeZone, language).year ? '' : ` ${year}`}`;
}

const HOUR = formats(
  (locale, timeZone) =>
    new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const DAY = formats(
  (locale, timeZone) =>
    new Intl.DateTimeFormat(locale, {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    }),
);

/** "18:00": the time of day of an instant on a zone's clock. */
export const hour = (instant: string, timeZone: string): string =>
  HOUR('en', timeZone).format(new Date(instant));

function parts(at: Date, timeZone: string, language: Language) {
  const found = DAY(language, timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    (found.find((one) => one.type === type)?.value ?? '').replace(/\.$/, '');
  return { weekday: part('weekday'), day: part('day'), month: part('month'), year: part('year') };
}
