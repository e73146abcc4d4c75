import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { PAGES, pageAsMade, pageAsWritten } from '../../bin/docs.ts';
import { FAILURES } from '../../src/api/statuses.ts';
import { MISTAKE_CODES } from '../../src/domain/mistake.ts';
import { REFUSAL_CODES } from '../../src/domain/refusal.ts';
import { WARNING_CODES } from '../../src/domain/warning.ts';
import { root } from '../support/sources.ts';

// Where this fails, run: npm run docs
it.each(PAGES)('docs/%s has what the code says', (page) => {
  expect(pageAsWritten(page)).toBe(pageAsMade(page));
});

/** What is written like a code, and is none. */
const NO_CODES = ['ApiError', 'HttpOnly', /^Rial[A-Z]/];
const texts = ['README.md', 'docs', 'docs/decisions'].flatMap((place) =>
  place.endsWith('.md')
    ? [place]
    : readdirSync(path.join(root, place))
        .filter((file) => file.endsWith('.md'))
        .map((file) => path.join(place, file)),
);

it.each(texts)('%s names no code that there is not', (file) => {
  const known = new Set<string>([
    ...REFUSAL_CODES,
    ...MISTAKE_CODES,
    ...WARNING_CODES,
    ...Object.keys(FAILURES),
  ]);
  const named = [
    ...readFileSync(path.join(root, file), 'utf8').matchAll(/[`"]([A-Z][a-z]+(?:[A-Z][a-z]+)+)[`"]/g),
  ];
  const unknown = named
    .flatMap(([, code = '']) => (known.has(code) ? [] : [code]))
    .filter((code) => !NO_CODES.some((one) => (typeof one === 'string' ? one === code : one.test(code))));
  expect(unknown).toEqual([]);
});
