import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';
import { type Browser, siteOver } from '../support/site.ts';
import { root, sourceOf, sourcesUnder } from '../support/sources.ts';

/** What docs/security.md says of who may see what, and of what is kept secret by what, against the program. */

const ID = '14-per-chl';
const page = readFileSync(path.join(root, 'docs/security.md'), 'utf8');
const sectionOf = (title: string): string => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const ROLES = ['staff', 'observer', 'officer', 'delegate', 'consultant', 'guest'] as const;
const rows = [...sectionOf('Who may see what').matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(
  ([, route = '', cells = '']) => ({ route, cells: cells.split(' | ').slice(-ROLES.length) }),
);

let system: InProcess;
const browsers = new Map<string, Browser>();
beforeAll(async () => {
  system = await inProcess();
  await system.cooperations.start(changedSource(() => {}));
  const [STAFF, OBSERVER] = ['ana@oas.example', 'observa@oas.example'];
  const site = siteOver(system, { staff: [STAFF], observers: [OBSERVER] });
  const { people } = await system.view(ID);
  const addressOf = (id: string) => people.find((one) => one.id === id)?.email ?? '';
  const addresses = [
    ...[STAFF, OBSERVER],
    ...['oas-1', 'per-mtpe-1', 'consultant-1', 'guest-2-1'].map(addressOf),
  ];
  for (const [index, role] of ROLES.entries()) browsers.set(role, await site.as(addresses[index] ?? ''));
});
afterAll(() => system[Symbol.asyncDispose]());

it('has a row for what there is to see', () => {
  expect(rows.length).toBeGreaterThan(15);
});

it.each(rows)('$route is for whom the table says', async ({ route, cells }) => {
  const found: string[] = [];
  for (const role of ROLES) {
    const { status } = (await browsers.get(role)?.get(route)) ?? { status: 0 };
    expect([200, 302, 404], `${role} ${status}`).toContain(status);
    found.push(status === 200 ? 'yes' : '–');
  }
  expect(found).toEqual(cells);
});

it('names each file in which something is made secret, hard to guess or compared in constant time', () => {
  const used = ['src', 'workflows', 'activities', 'worker']
    .flatMap(sourcesUnder)
    .map(sourceOf)
    .filter(({ text }) => {
      const [, names = ''] = /import \{([^}]*)\} from 'node:crypto'/.exec(text) ?? [];
      return names.split(',').some((name) => !/^\s*(createHash|randomUUID|)\s*$/.test(name));
    })
    .map(({ file }) => file);
  const told = [...sectionOf('Keys and cryptography').matchAll(/`(src\/[\w/.]+)`/g)].map(([, file]) => file);
  expect([...new Set(told)].sort()).toEqual(used.sort());
});

it('names each log that is written', () => {
  const texts = ['src', 'worker'].flatMap(sourcesUnder).map(sourceOf);
  const made = texts.flatMap(({ text }) =>
    [...text.matchAll(/logTo\(\s*'(\w+)'|serverLog\(\s*[^,]+,\s*'(\w+)'|'(\w+)\.log'/g)].flatMap(
      ([, ...names]) => names.filter(Boolean),
    ),
  );
  const told = [...sectionOf('Which logs there are').matchAll(/logs\/(\w+)\.log/g)].map(([, name]) => name);
  expect([...new Set(made)].sort()).toEqual(told.sort());
});
