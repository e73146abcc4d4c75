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
export type Translated<T = string> = Readonly<Record<Language, T>>;
