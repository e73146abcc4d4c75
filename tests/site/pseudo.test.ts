import { readdirSync } from 'node:fs';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { exampleSource } from '../support/programme.ts';
import { allTextsOf, speakPseudo, strayWords, textsOf, visibleText } from '../support/pseudo.ts';
import { type Browser, siteOver } from '../support/site.ts';

/** Every text of every page comes from a catalogue: what stands outside the brackets is a fact of the scene. */

speakPseudo();

let system: InProcess;
let site: ReturnType<typeof siteOver>;
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
afterAll(() => system[Symbol.asyncDispose]());

async function browserOf(who: Who): Promise<Browser> {
  const known = browsers.get(who);
  if (known) return known;
  const browser = who === 'nobody' ? site.browser() : await site.as(await addressOf(who, system));
  await browser.post('/language', { language: 'en' });
  browsers.set(who, browser);
  return browser;
}

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
  const here = path.includes('/outbox/') ? headers : path === '/new/check' ? keys : [];
  expect(strayWords([...facts, ...here])(visibleText(said))).toEqual([]);
});
