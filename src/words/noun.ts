import type { Language } from '../domain/language.ts';
import { capitalized } from './capitals.ts';

/** Names within a sentence: with the article they carry, and the prepositions that grow together with it. */

/** The article a name takes: its gender and number. A name without one stands bare: "Chile". */
export type Article = 'm' | 'f' | 'm-plural' | 'f-plural';

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

type Words = { bare: string } & Record<Article, string>;
type WordsOfForms = Record<Exclude<Form, 'plain' | 'The'>, Words>;

/** What stands before a name, the space included. English has one article, whatever the gender. */
const english = (preposition: string): Words => {
  const the = `${preposition}the `;
  return { bare: preposition, m: the, f: the, 'm-plural': the, 'f-plural': the };
};
const words = (bare: string, m: string, f: string, mPlural: string, fPlural: string): Words => ({
  bare,
  m,
  f,
  'm-plural': mPlural,
  'f-plural': fPlural,
});

const BEFORE: Readonly<Record<Language, WordsOfForms>> = {
  es: {
    the: words('', 'el ', 'la ', 'los ', 'las '),
    of: words('de ', 'del ', 'de la ', 'de los ', 'de las '),
    to: words('a ', 'al ', 'a la ', 'a los ', 'a las '),
    by: words('por ', 'por el ', 'por la ', 'por los ', 'por las '),
    in: words('en ', 'en el ', 'en la ', 'en los ', 'en las '),
  },
  en: {
    the: english(''),
    of: english('of '),
    to: english('to '),
    by: english('by '),
    in: english('in '),
  },
  pt: {
    the: words('', 'o ', 'a ', 'os ', 'as '),
    of: words('de ', 'do ', 'da ', 'dos ', 'das '),
    to: words('a ', 'ao ', 'à ', 'aos ', 'às '),
    by: words('por ', 'pelo ', 'pela ', 'pelos ', 'pelas '),
    in: words('em ', 'no ', 'na ', 'nos ', 'nas '),
  },
  fr: {
    the: words('', 'le ', 'la ', 'les ', 'les '),
    of: words('de ', 'du ', 'de la ', 'des ', 'des '),
    to: words('à ', 'au ', 'à la ', 'aux ', 'aux '),
    by: words('par ', 'par le ', 'par la ', 'par les ', 'par les '),
    in: words('à ', 'au ', 'à la ', 'aux ', 'aux '),
  },
};

/** What French has in place of those before a vowel. */
const ELIDED: Readonly<Record<keyof WordsOfForms, { bare: string; singular: string }>> = {
  the: { bare: '', singular: 'l’' },
  of: { bare: 'd’', singular: 'de l’' },
  to: { bare: 'à ', singular: 'à l’' },
  by: { bare: 'par ', singular: 'par l’' },
  in: { bare: 'à ', singular: 'à l’' },
};

/** Whether French shortens what stands before a name: before a vowel; an h is told by the name itself. */
export const isElided = ({ name, elided }: Noun): boolean => elided ?? /^[aàâeéèêëiîïoôuùûœæ]/i.test(name);

/** "el Perú", "del Perú", "al Perú": a name in a form. */
export function nounIn(noun: Noun, language: Language, form: Form): string {
  if (form === 'plain') return noun.name;
  if (form === 'The') return capitalized(nounIn(noun, language, 'the'), language);
  if (language === 'fr' && isElided(noun)) {
    if (!noun.article) return ELIDED[form].bare + noun.name;
    if (noun.article === 'm' || noun.article === 'f') return ELIDED[form].singular + noun.name;
  }
  return BEFORE[language][form][noun.article ?? 'bare'] + noun.name;
}
