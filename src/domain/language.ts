import { z } from 'zod';

/** The four languages people read in. Spanish is the first language of the network. */
export const LANGUAGES = ['es', 'en', 'pt', 'fr'] as const;
export const language = z.enum(LANGUAGES);
export type Language = z.infer<typeof language>;

/** What each calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  es: 'Español',
  en: 'English',
  pt: 'Português',
  fr: 'Français',
};

/** One text in each of the four languages. */
export type Translations<T = string> = Readonly<Record<Language, T>>;

/** The first of the languages of a browser (the header `Accept-Language`) that is one of the four; else Spanish. */
export function acceptedLanguage(header = ''): Language {
  const wanted = header.toLowerCase().split(',');
  const found = wanted.flatMap((one) => LANGUAGES.filter((language) => one.trim().startsWith(language)));
  return found[0] ?? 'es';
}
