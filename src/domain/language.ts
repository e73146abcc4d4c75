import { z } from 'zod';

/** The four languages people read in. Spanish is the first language of the network. */
export const LANGUAGES = ['es', 'en', 'pt', 'fr'] as const;
export const language = z.enum(LANGUAGES);
export type Language = z.infer<typeof language>;

/** One text in each of the four languages. */
export type Translated<T = string> = Readonly<Record<Language, T>>;
