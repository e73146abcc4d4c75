import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * The arrows of docs/architecture.md: which part may import which, as values and as types. The lint rules hold the
 * sharpest of them while one types; this holds them all.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const ARROWS: Record<string, { values: string[]; types?: string[] }> = {
  'src/domain': { values: [] },
  'src/words': { values: ['src/domain'], types: ['src/casefile'] },
  'src/documents': { values: ['src/domain'] },
  'src/casefile': { values: ['src/domain', 'src/words'] },
  'src/mail': { values: ['src/domain', 'src/words'] },
  'src/publications': { values: ['src/domain', 'src/words'] },
  'src/export': { values: ['src/casefile', 'src/documents', 'src/mail'] },
  workflows: { values: ['src/domain', 'src/words'], types: ['activities'] },
  activities: {
    values: ['src/domain', 'src/words', 'src/casefile', 'src/documents', 'src/mail', 'src/publications'],
  },
  'src/client': { values: ['src/domain', 'src/words', 'src/casefile', 'src/documents', 'workflows'] },
  'src/api': { values: ['src/domain', 'src/words', 'src/casefile', 'src/documents', 'src/client'] },
  'src/wording': {
    values: ['src/domain', 'src/words', 'src/mail'],
    types: ['src/casefile', 'src/rehearsal'],
  },
  'src/site': {
    values: [
      'src/domain',
      'src/words',
      'src/casefile',
      'src/documents',
      'src/mail',
      'src/client',
      'src/wording',
      'src/export',
    ],
    types: ['src/rehearsal'],
  },
  'src/rehearsal': {
    values: [
      'src/domain',
      'src/words',
      'src/casefile',
      'src/documents',
      'src/mail',
      'src/client',
      'src/runtime',
      'workflows',
      'activities',
      'worker',
    ],
  },
  'src/cli': {
    values: [
      'src/domain',
      'src/words',
      'src/casefile',
      'src/mail',
      'src/runtime',
      'src/wording',
      'src/export',
      'src/api',
    ],
    types: ['src/client', 'src/rehearsal'],
  },
};

const files = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file));

/** The part a file belongs to: `src/mail`, `workflows`. */
const partOf = (file: string): string =>
  file
    .split(path.sep)
    .slice(0, file.startsWith('src') ? 2 : 1)
    .join('/');

const imports = (file: string) =>
  [
    ...readFileSync(path.join(root, file), 'utf8').matchAll(
      /^(?:import|export)\s+(type\s)?[^'"]*?from '(\.[^']+)'/gms,
    ),
  ].map(([, type, target = '']) => ({
    type: type !== undefined,
    part: partOf(path.relative(root, path.resolve(root, path.dirname(file), target))),
  }));

describe('the arrows between the parts point one way', () => {
  it.each(Object.entries(ARROWS))('%s', (part, { values, types = [] }) => {
    const wrong = files(part).flatMap((file) =>
      imports(file)
        .filter((one) => one.part !== part && one.part !== 'package.json')
        .filter((one) => !values.includes(one.part) && !(one.type && types.includes(one.part)))
        .map((one) => `${file} imports ${one.part}${one.type ? ' (types)' : ''}`),
    );
    expect(wrong).toEqual([]);
    expect(files(part).length).toBeGreaterThan(0);
  });
});

describe('workflow code', () => {
  it('has nothing of the clock, the process or chance that Temporal does not replay', () => {
    const hazards = /process\.|import\.meta|node:|require\(|setTimeout|crypto|^let /m;
    const found = files('workflows').filter((file) =>
      hazards.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(found).toEqual([]);
  });
});
