import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';

/** The glossary of docs/words.md, read from its tables and applied to the message catalogues. */

const page = readFileSync(new URL('../../docs/words.md', import.meta.url), 'utf8');

/** The rows of the table below a heading, without its own two. */
function tableBelow(heading: string): string[][] {
  const [, below = ''] = page.split(`## ${heading}\n`);
  return below
    .split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    ) as string[][];
}

type Message = { id: string; text: string };

type Node = { type: number; value?: unknown; options?: Record<string, { value: Node[] }> };
/** What people read of a message: its words, without the names of its values and of its choices. */
const wordsOf = (nodes: readonly Node[]): string =>
  nodes
    .map(({ type, value, options }) => {
      if (options)
        return Object.values(options)
          .map((option) => ` ${wordsOf(option.value)} `)
          .join('');
      return type === 0 ? String(value) : '…';
    })
    .join('');
const readable = (message: string, language: Language): string =>
  wordsOf(
    new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst() as Node[],
  ).replaceAll('\u00a0', ' ');

const messagesOf = (language: Language): Message[] => {
  const folder = new URL(`../../src/words/locales/${language}/`, import.meta.url);
  return readdirSync(folder).flatMap((file) => {
    const catalogue: Record<string, { defaultMessage: string }> = JSON.parse(
      readFileSync(new URL(file, folder), 'utf8'),
    );
    return Object.entries(catalogue).map(([id, { defaultMessage }]) => ({
      id: `${file.replace('.json', '')}.${id}`,
      text: readable(defaultMessage, language),
    }));
  });
};
const MESSAGES = new Map(LANGUAGES.map((language) => [language, messagesOf(language)]));

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** A word or words as a whole, at the beginning of a sentence too. */
const pattern = (words: string): RegExp => new RegExp(`(?<![\\p{L}-])${escaped(words)}(?![\\p{L}-])`, 'iu');
const has = (text: string, words: string): boolean => pattern(words).test(text);

const TERMS = tableBelow('What things are called');
const AVOIDED = tableBelow('Words we do not write');

it('the page has both tables', () => {
  expect(TERMS.length).toBeGreaterThan(15);
  expect(AVOIDED.length).toBeGreaterThan(10);
});

describe('what a thing is called in Spanish is called as the glossary says in the other languages', () => {
  it.each(TERMS.map((cells) => cells.slice(0, 4)))('%s', (...terms) => {
    const [spanish = '', ...others] = terms;
    const wrong = (MESSAGES.get('es') ?? [])
      .filter(({ text }) => has(text, spanish))
      .flatMap(({ id }) =>
        LANGUAGES.slice(1).flatMap((language, i) => {
          const text = MESSAGES.get(language)?.find((message) => message.id === id)?.text ?? '';
          const allowed = (others[i] ?? '').split(';').map((term) => term.trim());
          return allowed.some((term) => new RegExp(escaped(term), 'i').test(text))
            ? []
            : [`${language} ${id}: ${text}`];
        }),
      );
    expect(wrong).toEqual([]);
  });
});

describe('words we do not write', () => {
  it.each(
    AVOIDED.flatMap(([language = '', words = '', instead = '']) =>
      [...words.matchAll(/`([^`]+)`/g)].map(([, word = '']) => [language, word, instead]),
    ),
  )('%s: %s (but: %s)', (language, word) => {
    const found = (MESSAGES.get(language as Language) ?? [])
      .filter(({ text }) => has(text, word))
      .map(({ id, text }) => `${id}: ${text}`);
    expect(found).toEqual([]);
  });
});
