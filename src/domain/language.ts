import { z } from 'zod';

/** What each of the languages that people read in calls itself. Spanish is the first language of the network. */
export const LANGUAGE_NAMES = {
  es: 'Español',
  en: 'English',
  pt: 'Português',
  fr: 'Français',
} as const;
export type Language = keyof typeof LANGUAGE_NAMES;
export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as [Language, ...Language[]];
export const language = z.enum(LANGUAGES);

/** One text in each of the four languages. */
export type Translations<T = string> = Readonly<Record<Language, T>>;

/** The first of the languages of a browser (the header `Accept-Language`) that is one of the four; else Spanish. */
export function acceptedLanguage(header = ''): Language {
  const wanted = header.toLowerCase().split(',');
  const found = wanted.flatMap((one) => LANGUAGES.filter((language) => one.trim().startsWith(language)));
  return found[0] ?? 'es';
}
