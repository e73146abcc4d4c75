import { z } from 'zod';
import { programmeShape } from './programme/programme.ts';

/** What is searched, by which words, and what is found: the beginnings of words, without accents and capitals. */

export const SEARCH_KINDS = [
  ...(['cooperation', 'person', 'document', 'question', 'minutes', 'commitment', 'communication'] as const),
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** As much as somebody writes in one line. */
export const LONGEST_QUERY = 200;
const MOST_WORDS = 8;

/** Text as it is compared; the database's `words_in` does the same. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/** The words that are searched for: nothing where no two letters or digits stand together. */
export function searchedWords(query: string): string[] {
  const words = plain(query.slice(0, LONGEST_QUERY)).split(' ').slice(0, MOST_WORDS);
  return words.some((word) => word.length > 1) ? [...new Set(words)] : [];
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** A text in its order, cut into what was searched for and what stands between. */
export function markedText(text: string, words: readonly string[]): { text: string; found: boolean }[] {
  const pieces: { text: string; found: boolean }[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!isFound(word, words)) continue;
    pieces.push({ text: text.slice(from, index), found: false }, { text: word, found: true });
    from = index + word.length;
  }
  return [...pieces, { text: text.slice(from), found: false }].filter((piece) => piece.text !== '');
}

const isFound = (word: string, words: readonly string[]): boolean =>
  words.some((one) => one !== '' && plain(word).startsWith(one));

/** A text around the first word that was searched for; its beginning where none is. */
export function excerptOf(text: string, words: readonly string[]): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const first = [...line.matchAll(WORD)].find(([word]) => isFound(word, words))?.index ?? 0;
  const from = first <= BEFORE ? 0 : line.indexOf(' ', first - BEFORE) + 1;
  const cut = line.slice(from, from + EXCERPT);
  const whole = from + EXCERPT >= line.length;
  return `${from > 0 ? '… ' : ''}${whole ? cut : `${cut.replace(/(?<!\s)\s+\S*$/u, '')} …`}`;
}
const BEFORE = 60;
const EXCERPT = 200;

export const searchHit = z.object({
  kind: z.enum(SEARCH_KINDS),
  cooperation: z.string(),
  ref: z
    .string()
    .describe(
      'a person’s or document’s id; the number of a question, session, commitment or communication; session 0 is the coordination meeting',
    ),
  name: z.string().nullable().describe('a person’s name, a document’s title, a communication’s subject'),
  text: z.string().describe('where it was found'),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchResult = z.object({
  words: z.array(z.string()).describe('what was searched for; none where it was too little'),
  hits: z.array(searchHit),
  more: z.array(z.enum(SEARCH_KINDS)).describe('kinds of which there is more'),
  cooperations: z.array(
    z.object({
      id: z.string(),
      subject: z.string(),
      institutions: programmeShape.shape.institutions,
    }),
  ),
});
export type SearchResult = z.infer<typeof searchResult>;
