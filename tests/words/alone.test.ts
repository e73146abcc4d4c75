import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { sourceOf, sourcesUnder } from '../support/sources.ts';

/** Outside src/words `Intl` may ask what there is, and measure; whoever says a date or number asks src/words. */
const ASKED: Readonly<Record<string, string>> = {
  'src/cli/terminal.ts': 'Intl.Segmenter',
  'src/domain/programme/programme.ts': 'Intl.DateTimeFormat, Intl.DisplayNames',
  'src/domain/dates/vtimezone.ts': 'Intl.DateTimeFormat',
};

const SOURCES = ['src', 'workflows', 'activities', 'worker'].flatMap(sourcesUnder).map(sourceOf);

test('dates, times and numbers are formatted by src/words alone', () => {
  const found = SOURCES.filter(({ file }) => !file.startsWith('src/words/'))
    .map(({ file, text }) => [
      file,
      [...new Set(text.match(/\bIntl\.\w+|\.toLocale\w+|\.toFixed\b/g))].join(', '),
    ])
    .filter(([, uses]) => uses !== '');
  expect(Object.fromEntries(found)).toEqual(ASKED);
});

test('no code asks for a language by its name: what they differ in is data', () => {
  const asked = new RegExp(`[!=]==\\s*'(${LANGUAGES.join('|')})'|'(${LANGUAGES.join('|')})'\\s*[!=]==`);
  expect(SOURCES.filter(({ text }) => asked.test(text)).map(({ file }) => file)).toEqual([]);
});
