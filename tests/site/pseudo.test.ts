import { readdirSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';
import { codeInGroups } from '../../src/domain/results/certificateCode.ts';
import { CANCELLED, CLOSED, CONVENED, ID, OBSERVER, PAUSED, REVIEWED } from '../browser/scene.ts';
import {
  addressOf,
  MISTAKEN,
  NAMED,
  PAGES,
  PREVIEWED,
  pathOf,
  setPages,
  type Who,
  WRITTEN,
} from '../browser/visits.ts';
import { argumentsOf, COMMANDS, GROUPS, TAKEN_AS_IT_IS, WORDS } from '../cli/everyCommand.ts';
import { rial } from '../cli/rial.ts';
import { TOKEN } from '../cli/server.ts';
import { servedApi } from '../support/api.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { png } from '../support/pictures.ts';
import { exampleSource } from '../support/programme.ts';
import { allTextsOf, speakPseudo, strayWords, textsOf, visibleText } from '../support/pseudo.ts';
import { type Browser, siteOver } from '../support/site.ts';

/** Every text of every page and command comes from a catalogue: what stands outside the brackets is a fact of the scene. */

speakPseudo();

let system: InProcess;
let site: ReturnType<typeof siteOver>;
let terminal: Awaited<ReturnType<typeof servedApi>>;
let facts: string[];
/** The headers of mails and the words of a file, which stand on one page each. */
let headers: string[];
const keys = allTextsOf(checkProgrammeFile(MISTAKEN));
const browsers = new Map<Who, Browser>();

beforeAll(async () => {
  system = await inProcess();
  site = siteOver(system, {
    temporalUiUrl: 'http://127.0.0.1:8233',
    observers: [OBSERVER],
    secondFactor: true,
  });
  terminal = await servedApi(system, TOKEN);
  await setPages(system);
  const cases = [ID, REVIEWED, PAUSED, CANCELLED, CLOSED, CONVENED];
  const views = await Promise.all(cases.map(system.view));
  const mails = await Promise.all(
    views
      .flatMap((view) => view.mails)
      .map(async ({ sha256 }) => PostalMime.parse(await system.bytes(sha256))),
  );
  facts = [
    ...cases,
    ...views.flatMap((view) => view.certificates.map(({ code }) => codeInGroups(code))),
    // The browser that is asked with, on the page of one's own sessions.
    'Firefox, Linux',
    ...textsOf([views, mails.map(({ subject, text }) => [subject, text]), PREVIEWED, WRITTEN, NAMED]),
    ...textsOf(checkProgrammeFile(exampleSource('barbados-jamaica'))),
    ...readdirSync('examples').map((file) => file.replace('.yaml', '')),
  ];
  headers = allTextsOf(mails);
});
afterAll(async () => {
  await terminal?.stop();
  await system[Symbol.asyncDispose]();
});

async function browserOf(who: Who): Promise<Browser> {
  const known = browsers.get(who);
  if (known) return known;
  const browser = who === 'nobody' ? site.browser() : await site.as(await addressOf(who, system));
  await browser.post('/language', { language: 'en' });
  browsers.set(who, browser);
  return browser;
}

/** What a page says of itself: keys of a programme file, codes of institutions. */
const HERE: Readonly<Record<string, readonly string[]>> = {
  '/new/check': keys,
  '/logos': ['secretariat', 'chl-mtps', 'per-mtpe'],
};

it.each(PAGES)('%s at %s, %s', async (who, path, status = 200, form) => {
  const browser = await browserOf(who);
  const there = await pathOf(path, system);
  const ask = () =>
    browser.ask(form ? 'POST' : 'GET', there, { ...(form && { body: new URLSearchParams(form('en')) }) });
  let response = await ask();
  // Only after a while are there too many tries.
  for (let tries = 0; status === 429 && response.status !== 429 && tries < 40; tries++)
    response = await ask();
  expect(response.status).toBe(status);
  const text = await response.text();
  // What a template may name, and the example's texts.
  const said = path === '/templates' ? text.replaceAll(/<details.*?<\/details>/gs, '') : text;
  const here = path.includes('/outbox/') ? headers : (HERE[path] ?? []);
  expect(strayWords([...facts, ...here])(visibleText(said))).toEqual([]);
});

const run = (args: readonly string[]) => rial(terminal.url, args, { env: { RIAL_LANGUAGE: 'en' } });

describe('in a terminal', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'rial-said-'));
    await writeFile(path.join(dir, 'mistaken.yaml'), MISTAKEN);
    await writeFile(path.join(dir, 'nota.txt'), 'Nota');
    await writeFile(path.join(dir, 'logo.png'), png());
    await cp('examples/peru-chile-2021.yaml', path.join(dir, 'programme.yaml'));
    // A mail that is shown beforehand is in its reader's language.
    await system.caseFile.updateTable('person').set({ language: 'en' }).execute();
  });
  afterAll(() => rm(dir, { recursive: true }));

  it.each(COMMANDS.map((one) => [one.typed, one] as const))('rial %s', async (_, { typed, code }) => {
    const args = await argumentsOf(typed, dir, system);
    const ran = await run(args);
    const said = TAKEN_AS_IT_IS.reduce(
      (text, what) => text.replaceAll(what, ''),
      stripVTControlCharacters(`${ran.out}\n${ran.err}`),
    );
    expect([ran.code, `${ran.out}${ran.err}`]).toEqual([code, expect.stringMatching(/⟦|rial_/)]);
    const known = [...facts, ...allTextsOf(args), ...WORDS, dir, ...(/mistaken/.test(typed) ? keys : [])];
    expect(strayWords(known)(said), said).toEqual([]);
  });

  it('is typed with every command that there is', async () => {
    const { out } = await run(['--help']);
    const leaves = await Promise.all(
      commandsIn(out).map(async (name) =>
        GROUPS.includes(name)
          ? commandsIn((await run([name, '--help'])).out).map((leaf) => `${name} ${leaf}`)
          : [name],
      ),
    );
    expect(leaves.flat().length).toBeGreaterThan(70);
    const untyped = leaves
      .flat()
      .filter(
        (leaf) => !/\bhelp$/.test(leaf) && !COMMANDS.some(({ typed }) => `${typed} `.startsWith(`${leaf} `)),
      );
    expect(untyped).toEqual([]);
  });
});

const commandsIn = (help: string): string[] =>
  help.split('\n').flatMap((line) => /^ {2}([a-z][a-z-]+)\b.* {2,}\S/.exec(line)?.[1] ?? []);
