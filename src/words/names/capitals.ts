import type { Language } from '../../domain/language.ts';

/** A text with a capital at its beginning, as a sentence has. */
export const capitalized = (text: string, language: Language): string => {
  const [first = '', ...rest] = text;
  return inCapitals(first, language) + rest.join('');
};

/** A text in capitals, as headings of papers are. */
export const inCapitals = (text: string, language: Language): string => text.toLocaleUpperCase(language);
