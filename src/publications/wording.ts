import type { Language, Translated } from '../domain/language.ts';
import type { Institution } from '../domain/programme.ts';
import { cityName } from '../words/cities.ts';
import { timeOf } from '../words/clock.ts';
import { institutionNamed } from '../words/institutions.ts';
import { joined } from '../words/lists.ts';

/**
 * How dates, times, sessions and countries are written in the documents that ministries sign:
 * pure functions, one table a matter, in the four languages.
 */

/** `2021-07-14`. */
type PlainDate = string;
type Window = { from: PlainDate; to: PlainDate };

const MONTHS: Translated<readonly string[]> = {
  es: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  pt: [
    'janeiro',
    'fevereiro',
    'março',
    'abril',
    'maio',
    'junho',
    'julho',
    'agosto',
    'setembro',
    'outubro',
    'novembro',
    'dezembro',
  ],
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
};

const ORDINALS: Translated<readonly string[]> = {
  es: [
    'Primera',
    'Segunda',
    'Tercera',
    'Cuarta',
    'Quinta',
    'Sexta',
    'Séptima',
    'Octava',
    'Novena',
    'Décima',
    'Undécima',
    'Duodécima',
  ],
  en: [
    'First',
    'Second',
    'Third',
    'Fourth',
    'Fifth',
    'Sixth',
    'Seventh',
    'Eighth',
    'Ninth',
    'Tenth',
    'Eleventh',
    'Twelfth',
  ],
  pt: [
    'Primeira',
    'Segunda',
    'Terceira',
    'Quarta',
    'Quinta',
    'Sexta',
    'Sétima',
    'Oitava',
    'Nona',
    'Décima',
    'Décima primeira',
    'Décima segunda',
  ],
  fr: [
    'Première',
    'Deuxième',
    'Troisième',
    'Quatrième',
    'Cinquième',
    'Sixième',
    'Septième',
    'Huitième',
    'Neuvième',
    'Dixième',
    'Onzième',
    'Douzième',
  ],
};

const SESSION: Translated = { es: 'sesión', en: 'session', pt: 'sessão', fr: 'séance' };

/** "Primera sesión". Programmes have twelve at most; one added later is written "13.ª sesión". */
export function sessionName(number: number, language: Language): string {
  const ordinal = ORDINALS[language][number - 1] ?? ordinalNumber(number, language);
  return `${ordinal} ${SESSION[language]}`;
}

/** "14.ª", "14th", "14ª", "14e": feminine where the language has genders, as sessions and calls are. */
export function ordinalNumber(number: number, language: Language): string {
  if (language === 'es') return `${number}.ª`;
  if (language === 'pt') return `${number}ª`;
  if (language === 'fr') return number === 1 ? '1re' : `${number}e`;
  const rule = new Intl.PluralRules('en', { type: 'ordinal' }).select(number);
  return `${number}${{ one: 'st', two: 'nd', few: 'rd' }[rule as string] ?? 'th'}`;
}

const parted = (date: PlainDate) => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return { year, month, day };
};
const monthName = (month: number, language: Language): string => MONTHS[language][month - 1] ?? '';
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
/** "de agosto", "d’août": the preposition that French shortens before a vowel. */
const elided = (word: string): string => (/^[aeéioôuœ]/i.test(word) ? `d’${word}` : `de ${word}`);
const yearAfter: Translated<(year: number) => string> = {
  es: (year) => ` de ${year}`,
  en: (year) => ` ${year}`,
  pt: (year) => ` de ${year}`,
  fr: (year) => ` ${year}`,
};
const dayOfMonth = (day: number, language: Language): string => {
  if (day === 1 && language === 'fr') return '1er';
  return day === 1 && language === 'pt' ? '1º' : String(day);
};
const dayAndMonth = (day: number, month: number, language: Language): string =>
  `${dayOfMonth(day, language)}${language === 'es' || language === 'pt' ? ' de' : ''} ${monthName(month, language)}`;

/** "14 de julio", and "14 de julio de 2021" where the year is asked for. */
export function dateText(date: PlainDate, language: Language, withYear: boolean): string {
  const { year, month, day } = parted(date);
  return dayAndMonth(day, month, language) + (withYear ? yearAfter[language](year) : '');
}

/** The date in a programme's head: "14 de julio, 2021" in Spanish, as RIAL's programmes have it. */
export const headDate = (date: PlainDate, language: Language): string =>
  language === 'es' ? `${dateText(date, 'es', false)}, ${parted(date).year}` : dateText(date, language, true);

const HALVES: Translated<readonly [string, string]> = {
  es: ['primera quincena', 'segunda quincena'],
  en: ['first half', 'second half'],
  pt: ['primeira quinzena', 'segunda quinzena'],
  fr: ['première quinzaine', 'seconde quinzaine'],
};
const WHOLE: Translated = { es: 'mes', en: '', pt: 'mês', fr: 'mois' };
const RANGE: Translated<(from: string, to: string) => string> = {
  es: (from, to) => `del ${from} al ${to}`,
  en: (from, to) => `${from} to ${to}`,
  pt: (from, to) => `de ${from} a ${to}`,
  fr: (from, to) => `du ${from} au ${to}`,
};

/**
 * A window as an official would write it: "segunda quincena de agosto" for the 16th to the month's end,
 * "mes de agosto" for all of it, else "del 3 al 9 de agosto". Years are written where asked for, and
 * always where the window runs over New Year.
 */
export function windowText(window: Window, language: Language, withYear: boolean): string {
  const from = parted(window.from);
  const to = parted(window.to);
  const sameYear = from.year === to.year;
  const year = withYear && sameYear ? yearAfter[language](to.year) : '';
  if (window.from === window.to) return dateText(window.from, language, withYear);

  if (sameYear && from.month === to.month) {
    const month = monthName(from.month, language);
    const of = language === 'fr' ? elided(month) : `${language === 'en' ? 'of' : 'de'} ${month}`;
    const last = daysIn(to.year, to.month);
    const [first, second] = HALVES[language];
    if (from.day === 1 && to.day === 15) return `${first} ${of}${year}`;
    if (from.day === 16 && to.day === last) return `${second} ${of}${year}`;
    if (from.day === 1 && to.day === last)
      return (WHOLE[language] ? `${WHOLE[language]} ${of}` : month) + year;
    return RANGE[language](dayOfMonth(from.day, language), dayAndMonth(to.day, to.month, language)) + year;
  }
  return (
    RANGE[language](dateText(window.from, language, !sameYear), dateText(window.to, language, !sameYear)) +
    year
  );
}

/** The date and time of day that clocks in a zone show at an instant. */
export function clock(instant: string, timeZone: string): { date: PlainDate; time: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/** A start and an end, first with what leads into them and then bare, for brackets. */
const SPAN: Translated<(from: string, to: string) => readonly [lead: string, bare: string]> = {
  es: (from, to) => [`de ${from} a ${to}`, `${from} a ${to}`],
  en: (from, to) => [`${from} to ${to}`, `${from} to ${to}`],
  pt: (from, to) => [`das ${from} às ${to}`, `${from} às ${to}`],
  fr: (from, to) => [`de ${from} à ${to}`, `${from} à ${to}`],
};
const AT: Translated<(time: string) => readonly [lead: string, bare: string]> = {
  es: (time) => [`a las ${time}`, time],
  en: (time) => [time, time],
  pt: (time) => [`às ${time}`, time],
  fr: (time) => [`à ${time}`, time],
};
const TIME_OF: Translated<(places: string, first: string) => string> = {
  es: (places) => `hora de ${places}`,
  en: (places) => `${places} time`,
  pt: (places) => `horário de ${places}`,
  fr: (places, first) => `heure ${elided(first).replace(first, places)}`,
};
const IN_PLACE: Translated = { es: 'en', en: 'in', pt: 'em', fr: 'à' };
const ON_DAY: Translated<(date: string) => string> = {
  es: (date) => ` del ${date}`,
  en: (date) => ` on ${date}`,
  pt: (date) => ` de ${date}`,
  fr: (date) => ` le ${date}`,
};

/**
 * When a session starts and ends in the zone it was agreed in, and what clocks show in the other capitals:
 * "de 10:00 a 12:30, hora de Lima (11:00 a 13:30 en Santiago y Washington)".
 * Capitals that share the time stand together; another day there is named.
 */
export function timesText(
  session: { startsAt: string; endsAt?: string; timeZone: string },
  capitals: readonly { country: string; timeZone: string }[],
  language: Language,
): string {
  const span = (timeZone: string) => {
    const from = clock(session.startsAt, timeZone);
    const start = timeOf(from.time, language);
    const [lead, bare] = session.endsAt
      ? SPAN[language](start, timeOf(clock(session.endsAt, timeZone).time, language))
      : AT[language](start);
    return { date: from.date, lead, bare };
  };
  const agreed = span(session.timeZone);
  const ownName = cityName(session.timeZone, language);

  const groups = new Map<string, string[]>([[agreed.date + agreed.bare, [ownName]]]);
  const texts = new Map<string, string>();
  for (const { timeZone } of capitals) {
    const there = span(timeZone);
    const key = there.date + there.bare;
    const names = groups.get(key) ?? [];
    const name = cityName(timeZone, language);
    if (!names.includes(name)) names.push(name);
    groups.set(key, names);
    const otherDay =
      there.date === agreed.date ? '' : ON_DAY[language](dateText(there.date, language, false));
    texts.set(key, there.bare + otherDay);
  }
  const [here = [], ...elsewhere] = [...groups.entries()];
  const [, hereNames = []] = here;
  const others = elsewhere
    .map(([key, names]) => `${texts.get(key)} ${IN_PLACE[language]} ${joined(names as string[], language)}`)
    .join('; ');
  const zone = TIME_OF[language](joined(hereNames as string[], language), ownName);
  return `${agreed.lead}, ${zone}${others ? ` (${others})` : ''}`;
}

/**
 * An institution's name as it was written, and the secretariat's acronym where its name does not have it:
 * "Organización de los Estados Americanos (OEA)".
 */
export const institutionTitle = (
  { name, ...institution }: { name: string; acronym: string; country: string; role: Institution['role'] },
  language: Language,
): string => {
  const acronym = institutionNamed({ name, ...institution }, language);
  return institution.role !== 'secretariat' || name.includes(acronym) ? name : `${name} (${acronym})`;
};
