import type { Language } from '../domain/language.ts';
import { formats } from '../domain/programme/formats.ts';
import { GRAMMAR } from './names/grammar.ts';

const LISTS = formats((locale, type) => new Intl.ListFormat(locale, { type: type as Intl.ListFormatType }));

/** "A, B y C", or with `or` "A, B o C", as the language joins them. */
export const joined = (items: readonly string[], language: Language, type: 'and' | 'or' = 'and'): string =>
  LISTS(GRAMMAR[language].formats, type === 'and' ? 'conjunction' : 'disjunction').format(items);
