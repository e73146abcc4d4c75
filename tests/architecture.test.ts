import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, root, sourceOf, sourcesUnder } from './support/sources.ts';

/**
 * The arrows of docs/architecture.md: which part takes what from which, as values and as types alone. It is what there
 * is, no more and no less: an arrow that nothing needs any longer goes. The drawing there is made from it
 * (`vitest run tests/architecture.test.ts -u`), without the arrows that a longer way implies.
 */
const ARROWS: Record<string, { values: string[]; types?: string[] }> = {
  'src/domain': { values: [] },
  'src/evidence': { values: ['src/domain'] },
  'src/words': { values: ['src/domain'] },
  'src/process': { values: ['src/domain'] },
  'src/documents': { values: ['src/domain', 'src/process'] },
  'src/incoming': { values: ['src/domain'] },
  'src/inspection': {
    values: ['src/documents', 'src/domain', 'src/evidence', 'src/incoming', 'src/publications'],
  },
  'src/casefile': { values: ['src/domain', 'src/evidence', 'src/words'] },
  'src/mail': { values: ['src/domain', 'src/words'] },
  'src/publications': { values: ['src/domain', 'src/words'] },
  'src/export': {
    values: [
      'src/casefile',
      'src/documents',
      'src/domain',
      'src/evidence',
      'src/mail',
      'src/publications',
      'src/words',
    ],
  },
  'src/backup': { values: ['src/casefile', 'src/documents', 'src/postgres-server', 'src/process'] },
  'src/temporal-server': { values: ['src/process'] },
  'src/postgres-server': { values: ['src/process'] },
  workflows: { values: ['src/domain', 'src/words'], types: ['activities'] },
  activities: {
    values: ['src/casefile', 'src/documents', 'src/domain', 'src/mail', 'src/publications', 'src/words'],
  },
  worker: {
    values: [
      'activities',
      'src/casefile',
      'src/client',
      'src/documents',
      'src/domain',
      'src/mail',
      'src/process',
      'workflows',
    ],
  },
  'src/client': {
    values: [
      'src/casefile',
      'src/documents',
      'src/domain',
      'src/incoming',
      'src/inspection',
      'src/publications',
      'src/words',
      'workflows',
    ],
  },
  'src/http': { values: ['src/domain'], types: ['src/casefile'] },
  'src/health': { values: ['src/casefile', 'src/domain'], types: ['src/documents'] },
  'src/api': {
    values: [
      'src/casefile',
      'src/client',
      'src/documents',
      'src/domain',
      'src/export',
      'src/http',
      'src/words',
    ],
  },
  'src/play': { values: ['src/api', 'src/domain', 'src/words'], types: ['src/client'] },
  'src/site': {
    values: [
      'src/casefile',
      'src/client',
      'src/documents',
      'src/domain',
      'src/export',
      'src/http',
      'src/mail',
      'src/words',
    ],
    types: ['src/inspection', 'src/rehearsal'],
  },
  'src/rehearsal': {
    values: [
      'activities',
      'src/casefile',
      'src/client',
      'src/documents',
      'src/domain',
      'src/evidence',
      'src/export',
      'src/mail',
      'src/play',
      'src/postgres-server',
      'src/process',
      'src/publications',
      'src/temporal-server',
      'src/words',
      'worker',
      'workflows',
    ],
  },
  'src/cli': {
    values: [
      'src/api',
      'src/backup',
      'src/domain',
      'src/evidence',
      'src/export',
      'src/mail',
      'src/process',
      'src/rehearsal',
      'src/words',
    ],
    types: ['src/client'],
  },
  'src/runtime': {
    values: [
      'activities',
      'src/api',
      'src/casefile',
      'src/client',
      'src/documents',
      'src/domain',
      'src/evidence',
      'src/export',
      'src/health',
      'src/http',
      'src/inspection',
      'src/mail',
      'src/play',
      'src/postgres-server',
      'src/process',
      'src/publications',
      'src/rehearsal',
      'src/site',
      'src/temporal-server',
      'src/words',
      'worker',
      'workflows',
    ],
  },
  bin: {
    values: [
      'src/api',
      'src/cli',
      'src/domain',
      'src/process',
      'src/rehearsal',
      'src/runtime',
      'src/temporal-server',
      'src/words',
      'tests',
    ],
  },
  bench: {
    values: [
      'src/api',
      'src/casefile',
      'src/cli',
      'src/client',
      'src/documents',
      'src/domain',
      'src/evidence',
      'src/postgres-server',
      'src/process',
      'src/runtime',
      'src/site',
      'src/temporal-server',
      'worker',
      'workflows',
    ],
    types: ['activities'],
  },
};

/** The part a file belongs to: `src/mail`, `workflows`. */
const partOf = (file: string): string =>
  file
    .split('/')
    .slice(0, file.startsWith('src/') ? 2 : 1)
    .join('/');

const TOP = ['src', 'workflows', 'activities', 'worker', 'bin', 'bench'];
const sources = TOP.flatMap(sourcesUnder).map(sourceOf);
const parts = [...new Set(sources.map(({ file }) => partOf(file)))];
const imports = sources.flatMap((source) =>
  importsOf(source).map((one) => ({ ...one, file: source.file, from: partOf(source.file) })),
);
/** Between two parts; package.json, docs/ and examples/ are no code. */
const between = imports
  .map((one) => ({ ...one, to: partOf(one.target) }))
  .filter(({ from, to }) => from !== to && (to === 'tests' || parts.includes(to)));

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

/** What each part takes from others, as values and, where it is no more than that, as types. */
const taken = (part: string) => {
  const own = between.filter(({ from }) => from === part);
  const values = sorted(own.filter(({ typesOnly }) => !typesOnly).map(({ to }) => to));
  return { values, types: sorted(own.map(({ to }) => to)).filter((to) => !values.includes(to)) };
};

describe('the arrows between the parts', () => {
  it('are told for every part', () => {
    expect(sorted(parts)).toEqual(sorted(Object.keys(ARROWS)));
  });

  it.each(Object.entries(ARROWS))('%s takes what it may, and all of that', (part, { values, types = [] }) => {
    const wrong = between
      .filter(({ from }) => from === part)
      .filter(({ to, typesOnly }) => !values.includes(to) && !(typesOnly && types.includes(to)))
      .map(({ file, target, typesOnly }) => `${file} imports ${target}${typesOnly ? ' (types)' : ''}`);
    expect(wrong).toEqual([]);
    expect(taken(part)).toEqual({ values: sorted(values), types: sorted(types) });
  });

  it('go round in no circle, types included', () => {
    const arrows = new Map(
      Object.entries(ARROWS).map(([part, { values, types = [] }]) => [part, [...values, ...types]]),
    );
    expect(circlesOf(arrows)).toEqual([]);
  });

  it('go round in no circle between files either', () => {
    const arrows = new Map(
      sources.map(({ file }) => [
        file,
        imports.filter((one) => one.file === file && one.target !== file).map(({ target }) => target),
      ]),
    );
    expect(circlesOf(arrows)).toEqual([]);
  });

  it('are drawn in docs/architecture.md as they are', async () => {
    const doc = path.join(root, 'docs/architecture.md');
    const drawn = readFileSync(doc, 'utf8').replace(
      /(### Arrows\n.*?```mermaid\n).*?(\n```)/s,
      (_, before: string, after: string) => `${before}${drawing()}${after}`,
    );
    await expect(drawn).toMatchFileSnapshot(doc);
  });
});

/** Groups of nodes each of which can be reached from each other one (Tarjan's strongly connected components). */
function circlesOf(arrows: Map<string, string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    index.set(node, own);
    low.set(node, own);
    stack.push(node);
    for (const next of arrows.get(node) ?? []) {
      if (!arrows.has(next)) continue;
      const seen = index.get(next);
      const reached = seen === undefined ? visit(next) : stack.includes(next) ? seen : own;
      low.set(node, Math.min(low.get(node) ?? own, reached));
    }
    if (low.get(node) === own) {
      const circle = stack.splice(stack.indexOf(node));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low.get(node) ?? own;
  };
  for (const node of arrows.keys()) if (!index.has(node)) visit(node);
  return circles;
}

/** The arrows as a Mermaid flowchart, each that says something new. */
function drawing(): string {
  const name = (part: string) => part.replace('src/', '');
  const values = (part: string) => ARROWS[part]?.values ?? [];
  const reaches = (part: string, goal: string): boolean =>
    values(part).some((next) => next === goal || reaches(next, goal));
  const list = (some: string[]) => some.map(name).sort().join(' & ');
  const lines = Object.entries(ARROWS).flatMap(([part, { types = [] }]) => {
    const solid = values(part).filter((to) => !values(part).some((other) => reaches(other, to)));
    const dashed = types.filter((to) => !reaches(part, to));
    return [
      ...(solid.length > 0 ? [`  ${name(part)} --> ${list(solid)}`] : []),
      ...(dashed.length > 0 ? [`  ${name(part)} -. types .-> ${list(dashed)}`] : []),
    ];
  });
  return ['flowchart TD', ...lines.reverse()].join('\n');
}

it('the shapes of the API are read without Temporal and without the database', () => {
  const reached = new Set(['src/api/routes.ts']);
  for (const file of reached)
    for (const one of imports) if (one.file === file && !one.typesOnly) reached.add(one.target);
  const heavy = /^(?:import|export) (?!type).*from '(?:@temporalio\/|kysely|pg')/m;
  const loading = sources.filter(({ file, text }) => reached.has(file) && heavy.test(text));
  expect(loading.map(({ file }) => file)).toEqual([]);
  expect(reached.size).toBeGreaterThan(10);
});

describe('workflow code', () => {
  const own = sources.filter(({ file }) => partOf(file) === 'workflows');

  it('has nothing of the clock, the process or chance that Temporal does not replay', () => {
    const hazards = /process\.|import\.meta|node:|require\(|setTimeout|crypto|^let /m;
    expect(own.filter(({ text }) => hazards.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('leaves calendar arithmetic to activities', () => {
    const CALENDARS = ['dates', 'slots', 'deadlines', 'planOf', 'vtimezone'].map(
      (name) => `src/domain/${name}.ts`,
    );
    const wrong = imports.filter(
      ({ from, target, typesOnly }) => from === 'workflows' && !typesOnly && CALENDARS.includes(target),
    );
    expect(wrong).toEqual([]);
  });
});
