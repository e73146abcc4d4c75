import type { BoardRow } from '../../../casefile/board.ts';
import { formats } from '../../../domain/formats.ts';
import type { Language } from '../../../domain/language.ts';
import { cityName } from '../../../words/cities.ts';
import { directionOf, partyNamed } from '../../../words/parties.ts';
import { hour } from '../../../words/shortDates.ts';

/** Names and dates as the board says them. */

const DAYS = formats(
  (language, timeZone) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
      ...{ timeZone, day: 'numeric', month: 'short', year: 'numeric' },
    }),
);
const MONTHS = formats(
  (language, timeZone) => new Intl.DateTimeFormat(language, { timeZone, month: 'short' }),
);

/** "Perú ← Chile" in the reader's language: who asks, and who has the experience. */
export const pairingIn = (row: Pick<BoardRow, 'institutions'>, language: Language): string =>
  directionOf(row.institutions, language);

export const partyIn = (row: Pick<BoardRow, 'institutions'>, code: string, language: Language): string =>
  partyNamed(row, code, language);

/** "10 ago 2021": the day of an instant in a zone. */
export const dayIn = (instant: string, timeZone: string, language: Language): string =>
  DAYS(language, timeZone).format(new Date(instant));

/** "16 ago 2021": a calendar date. */
export const dateIn = (date: string, language: Language): string =>
  dayIn(`${date}T12:00:00Z`, 'UTC', language);

/** "10 ago 2021, 18:00 (Lima) · 19:00 (Washington)": the first zone is the reader's. */
export function momentIn(instant: string, timeZones: readonly string[], language: Language): string {
  const [own = 'UTC'] = timeZones;
  const day = dayIn(instant, own, language);
  const cities = new Map(timeZones.map((zone) => [cityName(zone, language), zone]));
  return [...cities]
    .map(([city, zone], index) => {
      const there = index === 0 ? day : dayIn(instant, zone, language);
      const named = index === 0 || there !== day ? `${there}, ` : '';
      return `${named}${hour(instant, zone, language)} (${city})`;
    })
    .join(' · ');
}

/** "ago 21": a month of the timeline, its first day given. */
export const monthIn = (date: Date, language: Language): string =>
  MONTHS(language, 'UTC').format(date).replace(/\.$/, '');
