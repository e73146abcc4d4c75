import type { Language, Translated } from '../domain/language.ts';
import { MISTAKES, PARTS } from './fileMistakeTexts.ts';

/**
 * What the check of a programme file found, in the reader's language: `message` is what it says in English. `undefined`
 * where that is not in the catalogue.
 */
export const mistakeText = (message: string, language: Language): string | undefined =>
  language === 'en' ? message : said(MISTAKES, message, language);

/** What stands for a value in the catalogue; everything else is told as it is written. */
const NESTED: Readonly<Record<string, readonly Translated[]>> = {
  ...PARTS,
  wanted: PARTS.spaces,
};
/** A key with its colon and space, or nothing. */
const SHAPES: Readonly<Record<string, string>> = { name: '(?:[\\w-]+: )?', key: '[\\w-]+', n: '[\\d.]+' };

function said(entries: readonly Translated[], message: string, language: Language): string | undefined {
  for (const entry of entries) {
    const found = patternOf(entry.en).exec(message);
    if (!found) continue;
    return entry[language].replace(PLACE, (_, name: string) => {
      const value = found.groups?.[name] ?? '';
      const nested = NESTED[name];
      return (
        (nested && said(nested, value, language)) ?? (name === 'month' ? monthOf(value, language) : value)
      );
    });
  }
  return undefined;
}

const PLACE = /\{(\w+)\}/g;
const patterns = new Map<string, RegExp>();

/** The English text as a pattern, with a group for each value. */
function patternOf(text: string): RegExp {
  const known = patterns.get(text);
  if (known) return known;
  const seen = new Set<string>();
  const source = text
    .split(PLACE)
    .map((piece, index) => {
      if (index % 2 === 0) return piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      if (seen.has(piece)) return `\\k<${piece}>`;
      seen.add(piece);
      return `(?<${piece}>${SHAPES[piece] ?? '.*?'})`;
    })
    .join('');
  const pattern = new RegExp(`^${source}$`, 's');
  patterns.set(text, pattern);
  return pattern;
}

/** "February 2021" in another language. */
function monthOf(english: string, language: Language): string {
  const date = new Date(`1 ${english} UTC`);
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(date);
}
