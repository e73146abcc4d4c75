import { IntlMessageFormat } from 'intl-messageformat';
import type { Language, Translated } from '../domain/language.ts';

/** Texts in ICU MessageFormat: each key in all four languages, side by side for whoever translates them. */
export type Catalogue = Readonly<Record<string, Translated>>;

/** Says a text of a catalogue in the language the speaker was made for. */
export type Speak<C extends Catalogue> = (
  key: keyof C & string,
  values?: Record<string, string | number>,
) => string;

const compiled = new Map<string, IntlMessageFormat>();

function compile(message: string, language: Language): IntlMessageFormat {
  const key = `${language} ${message}`;
  const known = compiled.get(key);
  if (known) return known;
  // Tags are plain text here: what a mail looks like is decided by its blocks, never by its translations.
  const format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  compiled.set(key, format);
  return format;
}

/**
 * A function that says this catalogue's texts in one language. A value is inserted as it is and never read as
 * MessageFormat, so that what people write cannot change a text. A text that lacks a value throws.
 */
export const speaker =
  <C extends Catalogue>(catalogue: C, language: Language): Speak<C> =>
  (key, values = {}) => {
    const message = catalogue[key]?.[language];
    if (!message) throw new Error(`no text "${key}" in ${language}`);
    return String(compile(message, language).format(values));
  };
