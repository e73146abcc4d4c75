import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { LINK_DAYS } from '../../src/casefile/access/access.ts';
import { CODE_MINUTES, MANY_GUESSES } from '../../src/casefile/access/signInCodes.ts';
import { SIGN_IN_WAYS } from '../../src/domain/securityEvent.ts';
import { FRESH_MINUTES } from '../../src/site/signing-in/freshness.ts';
import { root } from '../support/sources.ts';

it('docs/operations.md tells of all ways to sign in, each once, with what it opens, takes and is bounded by', () => {
  const page = readFileSync(path.join(root, 'docs/operations.md'), 'utf8');
  const [section = ''] = /\n## Signing in\n.*?(?=\n## )/s.exec(page) ?? [];
  const [table = ''] = /\n\| way \|.*?\n\n/s.exec(section) ?? [];
  const rows = [...table.matchAll(/^\| `([\w-]+)` \| (.+) \| (.+) \| (.+) \|$/gm)].map(([, way]) => way);
  expect(rows.toSorted()).toEqual([...SIGN_IN_WAYS].sort());
});

it('docs/operations.md says of each limit what the program has', () => {
  const page = readFileSync(path.join(root, 'docs/operations.md'), 'utf8');
  const numberIn = (file: string, pattern: RegExp): number =>
    Number(pattern.exec(readFileSync(path.join(root, file), 'utf8'))?.[1]);
  const WORDS: Record<number, string> = { 5: 'five', 8: 'eight', 10: 'ten', 30: 'thirty' };
  const inWords = (number: number): string => WORDS[number] ?? String(number);
  const codes = 'src/casefile/access/signInCodes.ts';
  const said = [
    `for ${LINK_DAYS} days`,
    `in that browser, once, for ${inWords(CODE_MINUTES)} minutes`,
    `${inWords(numberIn(codes, /const DIGITS = (\d+)/))} digits from a mail`,
    `${inWords(numberIn(codes, /const TRIES = (\d+)/))} tries a code`,
    `${inWords(numberIn(codes, /network: \{ codes: (\d+)/))} codes a day for a network`,
    `one of ${inWords(numberIn('src/casefile/access/secondFactor.ts', /const RECOVERY_CODES = (\d+)/))} codes`,
    `${inWords(numberIn('src/casefile/access/secondFactor.ts', /const TRIES = (\d+)/))} tries, then from the first step`,
    `${inWords(MANY_GUESSES)} were typed`,
  ];
  for (const one of said) expect(page).toContain(one);
  expect(FRESH_MINUTES).toBe(15);
  expect(page).toContain('within a quarter of an hour');
});
