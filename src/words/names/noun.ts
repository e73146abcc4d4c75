import type { Language } from '../../domain/language.ts';
import { capitalized } from './capitals.ts';
import { type Article, GRAMMAR } from './grammar.ts';

/** Names within a sentence: with the article they carry, and the prepositions that grow together with it. */

export type Noun = {
  name: string;
  article?: Article;
  /** For French alone, where the first letter does not tell: whether "de" is shortened before it ("d’Haïti"). */
  elided?: boolean;
};

/**
 * How a name is put into a sentence: by itself, with its article, with its article at the beginning of the sentence,
 * and after the prepositions of, to, by and in.
 */
export const NOUN_FORMS = ['plain', 'the', 'The', 'of', 'to', 'by', 'in'] as const;
export type Form = (typeof NOUN_FORMS)[number];

export const masculine = (name: string): Noun => ({ name, article: 'm' });
export const feminine = (name: string): Noun => ({ name, article: 'f' });
export const masculinePlural = (name: string): Noun => ({ name, article: 'm-plural' });
export const femininePlural = (name: string): Noun => ({ name, article: 'f-plural' });
export const bare = (name: string): Noun => ({ name });

/** Whether what stands before a name is shortened, in a language that does: before a vowel; an h is told by the name itself. */
export const isElided = ({ name, elided }: Noun): boolean => elided ?? /^[aàâeéèêëiîïoôuùûœæ]/i.test(name);

/** "el Perú", "del Perú", "al Perú": a name in a form. */
export function nounIn(noun: Noun, language: Language, form: Form): string {
  if (form === 'plain') return noun.name;
  if (form === 'The') return capitalized(nounIn(noun, language, 'the'), language);
  const { before, elided } = GRAMMAR[language];
  if (elided && isElided(noun)) {
    if (!noun.article) return elided[form].bare + noun.name;
    if (noun.article === 'm' || noun.article === 'f') return elided[form].singular + noun.name;
  }
  return before[form][noun.article ?? 'bare'] + noun.name;
}
