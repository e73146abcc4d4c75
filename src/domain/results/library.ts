import { z } from 'zod';
import { LANGUAGES } from '../language.ts';
import { programmeShape } from '../programme/programme.ts';
import { LONGEST_QUERY } from '../search.ts';

/** The library: the systematization sheets that were published, how they are asked for, and what is shown of each. */

export const SHEETS_A_PAGE = 10;
/** Of a request for which the nearest experiences are looked for, so many characters are read. */
export const LONGEST_REQUEST = 60_000;
/** Of a sheet's text. */
const LONGEST_TEXT = 200_000;
const LONGEST_THEME = 80;
const MOST_KEYWORDS = 12;

/** Words, and what narrows them down; everything where nothing is said. What it does not know of is not asked for. */
export const libraryQuestion = z.object({
  q: z
    .string()
    .max(LONGEST_QUERY)
    .optional()
    .describe('words that the sheet has, in any form, with or without accents'),
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional()
    .describe('two letters, of either side'),
  theme: z.string().max(LONGEST_THEME).optional().describe('a theme as `themes` of an answer has it'),
  year: z
    .string()
    .regex(/^\d{4}$/)
    .optional()
    .describe('in which the sheet was published'),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .optional()
    .describe(`of ${SHEETS_A_PAGE} sheets each, from 1 on`),
});
export type LibraryQuestion = z.infer<typeof libraryQuestion>;

const piece = z.object({ text: z.string(), found: z.boolean() });
export type Piece = z.infer<typeof piece>;

export const experience = z.object({
  cooperation: z.string(),
  subject: z.string(),
  call: z.object({ number: z.int(), year: z.int() }),
  institutions: programmeShape.shape.institutions,
  language: z.enum(LANGUAGES).describe('of the sheet'),
  publishedAt: z.iso.datetime(),
  themes: z.array(z.string()).describe('the theme and the keywords of the sheet'),
  read: z.boolean().describe('whether its text could be made out; else it is found by its theme alone'),
  file: z.object({ sha256: z.string(), fileName: z.string(), mediaType: z.string(), size: z.int() }),
  passage: z
    .array(piece)
    .describe(
      'where the words stand; in its order, with what was found apart; empty where it is in no passage',
    ),
});
export type Experience = z.infer<typeof experience>;

export const libraryAnswer = z.object({
  total: z.int(),
  page: z.int(),
  pages: z.int(),
  sheets: z.array(experience).describe('what fits best first; without words, the newest'),
  countries: z.array(z.object({ country: z.string(), sheets: z.int() })),
  themes: z
    .array(z.object({ theme: z.string(), name: z.string(), sheets: z.int() }))
    .describe('those of most sheets, as they are asked for and as they were written'),
  years: z.array(z.object({ year: z.int(), sheets: z.int() })),
});
export type LibraryAnswer = z.infer<typeof libraryAnswer>;

export const nearExperience = experience.extend({
  shared: z.array(z.string()).describe('words of the request that the sheet has and few others, those first'),
  likeness: z.number().min(0).max(1).describe('how much of what sets the request apart the sheet has'),
});
export type NearExperience = z.infer<typeof nearExperience>;

/** A text as it is kept: its paragraphs, a line each, every letter one character, without what no database keeps. */
export const keptText = (paragraphs: readonly string[]): string =>
  paragraphs
    .map((paragraph) =>
      paragraph
        .normalize('NFKC')
        .replaceAll(/[\p{M}\u00ad]/gu, '')
        .replaceAll(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ')
        .trim(),
    )
    .filter(Boolean)
    .join('\n')
    .slice(0, LONGEST_TEXT)
    .toWellFormed();

/** A text as it is compared, character by character: what is neither a letter from a to z nor a digit is a space. */
function plainInPlace(text: string): string {
  const bare = text.normalize('NFD').replaceAll(/\p{M}+/gu, '');
  const same =
    bare.length === text.length
      ? bare
      : text.replaceAll(/[^\n -~]/g, (character) => character.normalize('NFD').charAt(0));
  return same.toLowerCase().replaceAll(/[^\na-z0-9]/g, ' ');
}

/** A theme as it is compared, and asked for. */
export const themeOf = (name: string): string =>
  plainInPlace(name.normalize('NFKC')).replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_THEME);

const PASSAGE = 240;
const BEFORE = 60;
/** An ending is no longer, of those that stemmers take away. */
const ENDING = 8;

/** What begins with one of these stems, as a word that a stemmer may have made it of. */
function formsOf(stems: readonly string[]): RegExp | undefined {
  const plain = stems
    .map((stem) => plainInPlace(stem).replaceAll(/\s/g, ''))
    .filter(Boolean)
    // "policy" and "policies" are "polici" to the English stemmer.
    .map((stem) => stem.replace(/i$/, '[iy]'));
  if (plain.length === 0) return undefined;
  return new RegExp(`(?<![a-z0-9])(${plain.join('|')})[a-z0-9]{0,${ENDING}}(?![a-z0-9])`, 'g');
}

/** Where a text has most of these stems together, within one paragraph; nothing where it has none. */
export function passageOf(text: string, stems: readonly string[]): Piece[] {
  const forms = formsOf(stems);
  if (!forms) return [];
  const plain = plainInPlace(text);
  const hits = [...plain.matchAll(forms)].map(({ 0: word, 1: stem = '', index }) => ({
    ...{ from: index, to: index + word.length, stem },
  }));
  let best: { from: number; stems: number } | undefined;
  for (const [at, { from }] of hits.entries()) {
    const end = lineEnd(plain, from);
    const together = new Set<string>();
    for (const hit of hits.slice(at, at + 20)) {
      if (hit.to > end || hit.to - from > PASSAGE - BEFORE) break;
      together.add(hit.stem);
    }
    if (!best || together.size > best.stems) best = { from, stems: together.size };
  }
  return best ? piecesOf(text, hits, best.from) : [];
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

/** The passage around a place, cut between words. */
function piecesOf(text: string, hits: readonly { from: number; to: number }[], at: number): Piece[] {
  const begin = text.lastIndexOf('\n', at - 1) + 1;
  const end = lineEnd(text, at);
  const from = at - begin <= BEFORE ? begin : Math.min(text.indexOf(' ', at - BEFORE) + 1, at);
  const most = from + PASSAGE;
  const to = most >= end ? end : Math.max(text.lastIndexOf(' ', most), at);
  const pieces: Piece[] = from > begin ? [{ text: '… ', found: false }] : [];
  let done = from;
  for (const hit of hits) {
    if (hit.from < from || hit.to > to) continue;
    pieces.push({ text: text.slice(done, hit.from), found: false });
    pieces.push({ text: text.slice(hit.from, hit.to), found: true });
    done = hit.to;
  }
  pieces.push({ text: text.slice(done, to) + (to < end ? ' …' : ''), found: false });
  return pieces.filter((one) => one.text !== '');
}

/** The words of a text that these stems were made of, as they are written there, each once and in the stems' order. */
export function wordsWritten(text: string, stems: readonly string[]): string[] {
  const kept = keptText(text.split('\n'));
  const plain = plainInPlace(kept);
  const found = new Set<string>();
  for (const stem of stems) {
    const [word] = formsOf([stem]) ? [...plain.matchAll(formsOf([stem]) as RegExp)] : [];
    if (word) found.add(kept.slice(word.index, word.index + word[0].length).toLowerCase());
  }
  return [...found];
}

/** What the rows of a sheet are called by which it is found again, in its language, and what stands there beforehand. */
export type SheetLabels = {
  heading: string;
  topic: string;
  keywords: string;
  guidance: string;
  after: string;
};

/** The theme and the keywords of a sheet, as far as they stand under its last heading and were filled in. */
export function sheetThemes(
  paragraphs: readonly string[],
  labels: SheetLabels,
): { topic?: string; keywords: string[] } {
  const heading = paragraphs.findLastIndex((one) => themeOf(one) === themeOf(labels.heading));
  const part = heading < 0 ? [] : paragraphs.slice(heading + 1, heading + 40);
  const topic = fieldIn(part, labels.topic, labels).join(' ').trim();
  const written = fieldIn(part, labels.keywords, labels).filter(
    (one) => themeOf(one) !== themeOf(labels.guidance),
  );
  const listed = written.some((one) => /[,;]/.test(one)) ? written.join(' ').split(/[,;]/) : written;
  const keywords = listed
    .map((one) => one.replaceAll(/^[\s·•–—-]+|(?<![\s.])[\s.]+$/g, ''))
    .filter((one) => one.length > 1 && one.length <= LONGEST_THEME)
    .slice(0, MOST_KEYWORDS);
  return { ...(topic && topic.length <= 3 * LONGEST_THEME && { topic }), keywords };
}

/** What stands beside a label, up to the next one: in a cell of its own, or in the same line. */
function fieldIn(
  part: readonly string[],
  label: string,
  { topic, keywords, after }: SheetLabels,
): readonly string[] {
  const begins = (one: string, with_: string) => `${themeOf(one)} `.startsWith(`${themeOf(with_)} `);
  const at = part.findIndex((one) => begins(one, label));
  if (at < 0) return [];
  const rest = (part[at] ?? '').slice(label.length).replace(/^\s*[:\u00a0]*\s*/, '');
  const next = part.findIndex(
    (one, index) => index > at && [topic, keywords, after].some((l) => begins(one, l)),
  );
  return [rest, ...part.slice(at + 1, next < 0 ? at + 2 : next)].filter(Boolean);
}
