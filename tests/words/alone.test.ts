import { expect, test } from 'vitest';
import { sourceOf, sourcesUnder } from '../support/sources.ts';

/** Outside src/words `Intl` may ask what there is, and measure; whoever says a date or number asks src/words. */
const ASKED: Readonly<Record<string, string>> = {
  'src/cli/terminal.ts': 'Intl.Segmenter',
  'src/domain/programme.ts': 'Intl.DateTimeFormat, Intl.DisplayNames',
  'src/domain/vtimezone.ts': 'Intl.DateTimeFormat',
};

test('dates, times and numbers are formatted by src/words alone', () => {
  const sources = ['src', 'workflows', 'activities', 'worker'].flatMap(sourcesUnder).map(sourceOf);
  const found = sources
    .filter(({ file }) => !file.startsWith('src/words/'))
    .map(({ file, text }) => [
      file,
      [...new Set(text.match(/\bIntl\.\w+|\.toLocale\w+|\.toFixed\b/g))].join(', '),
    ])
    .filter(([, uses]) => uses !== '');
  expect(Object.fromEntries(found)).toEqual(ASKED);
});
