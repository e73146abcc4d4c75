import type { Language } from '../../domain/language.ts';
import { formats } from '../../domain/programme/formats.ts';
import { GRAMMAR, type TimeOfDay } from '../names/grammar.ts';

/**
 * Times of day, numbers and durations: one way to write each in a language, wherever people read it. What machines
 * read (calendar objects, files, fields of a form) keeps to 24 hours with a colon.
 */

const NBSP = '\u00a0';

/** "18:00" in Spanish, "6:00 p.m." in English, "18h" and "18h30" in Portuguese, "18 h" and "18 h 30" in French. */
export const timeOfDay = (time: TimeOfDay, language: Language): string => GRAMMAR[language].time(time);

/** The same of a time that is written as machines have it: "18:00". */
export function timeOf(written: string, language: Language): string {
  const [hour = 0, minute = 0] = written.split(':').map(Number);
  return timeOfDay({ hour, minute }, language);
}

const NUMBERS = formats(
  (locale, digits) => new Intl.NumberFormat(locale, { maximumFractionDigits: Number(digits) }),
);

/** "2,5"; "2.5" in English: a number with so many decimals at most. */
export const numberText = (value: number, language: Language, decimals = 1): string =>
  NUMBERS(GRAMMAR[language].formats, String(decimals)).format(value);

/** "6 min", "2 h", "2 h 30 min": a duration given in hours, to the minute; at least one. */
export function durationText(hours: number): string {
  const minutes = Math.max(1, Math.round(hours * 60));
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [...(whole > 0 ? [`${whole}${NBSP}h`] : []), ...(rest > 0 ? [`${rest}${NBSP}min`] : [])].join(' ');
}

/** "1,2 MB", "340 kB"; in French "1,2 Mo", "340 ko": a size in bytes. */
export function sizeText(bytes: number, language: Language): string {
  const { byte } = GRAMMAR[language];
  return bytes < 1_000_000
    ? `${numberText(Math.max(1, bytes / 1000), language, 0)}${NBSP}k${byte}`
    : `${numberText(bytes / 1_000_000, language)}${NBSP}M${byte}`;
}
