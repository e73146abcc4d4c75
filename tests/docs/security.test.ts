import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/sources.ts';

/** docs/security.md says of each requirement of OWASP ASVS 5.0, levels 1 and 2, how it stands. */

const page = readFileSync(path.join(root, 'docs/security.md'), 'utf8');
const rows = [...page.matchAll(/^\| (V\d+\.\d+\.\d+) \| ([a-z ]+) \| (.*?) \| ?(.*?) ?\|$/gm)].map(
  ([, id = '', state = '', why = '', held = '']) => ({
    id,
    state,
    why,
    tests: held.match(/tests\/[\w/.-]+/g) ?? [],
  }),
);
/** How many of each section are of level 1 or 2. */
const LEVEL_2 = `
  1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1
  4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2
  7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2
  10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5
  14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2`
  .trim()
  .split(/\s+/)
  .flatMap((written) => {
    const [section, count] = written.split(':');
    return Array.from({ length: Number(count) }, (_, n) => `V${section}.${n + 1}`);
  });

describe('docs/security.md', () => {
  it('tells of all 253, each once', () => {
    expect(LEVEL_2.length).toBe(253);
    expect(rows.map(({ id }) => id)).toEqual(LEVEL_2);
  });

  it('counts what it tells', () => {
    const count = (state: string) => rows.filter((row) => row.state === state).length;
    expect(page).toContain(
      `Of 253 requirements of levels 1 and 2: ${count('met')} met, ${count('not applicable')} not applicable, ${count('open')} open.`,
    );
    expect(count('met') + count('not applicable') + count('open')).toBe(253);
  });

  it.each(rows)('$id is $state by tests that are there, or says why', ({ state, why, tests }) => {
    if (state === 'met') expect(tests).not.toEqual([]);
    for (const file of tests) expect(existsSync(path.join(root, file)), file).toBe(true);
    expect(why.length).toBeGreaterThan(3);
  });
});

it('SECURITY.md says whom to tell and how, by when one is answered, and what is mended by when', () => {
  const told = readFileSync(path.join(root, 'SECURITY.md'), 'utf8');
  const [setting = ''] = /`--[\w-]+`/.exec(told) ?? [];
  expect(readFileSync(path.join(root, 'docs/operations.md'), 'utf8')).toMatch(
    new RegExp(`${setting} .*/.well-known/security.txt`),
  );
  expect(told).toContain('/.well-known/security.txt');
  expect(told).toMatch(/do not open a public issue/);
  expect(told).toMatch(/answered within \w+ working days/);
  expect(told).toMatch(/mended within \w+ days, .* within \w+;/);
  expect(told).toMatch(/Only the newest release is mended/);
  for (const [, link = ''] of told.matchAll(/\]\(([^)]+)\)/g))
    expect(existsSync(path.join(root, link)), link).toBe(true);
});

it('code and packages that nothing needs fail the run', () => {
  expect(readFileSync(path.join(root, '.ci/run'), 'utf8')).toMatch(/^npm run --silent knip$/m);
});
