import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { rehearsalsApart } from '../src/rehearsal/apart.ts';
import { openChromium } from '../tests/support/chromium.ts';
import { inProcess } from '../tests/support/inProcess.ts';
import postgres from '../tests/support/postgres.ts';
import { changedSource, movedTo } from '../tests/support/programme.ts';
import { freeOrigin, served } from '../tests/support/served.ts';

/** `npm run pictures`: the README's pictures of the site, taken in a real Chromium from a cooperation that runs. */

const ID = '14-per-chl';
const REVIEW = 'coordination/approve-programme.1';
const stopPostgres = await postgres();
const url = await freeOrigin();
const system = await inProcess({ site: { url } });
const rehearsals = rehearsalsApart({ log: pino({ level: 'silent' }) });
const site = await served(system, {
  ...{ url, temporalUiUrl: 'http://127.0.0.1:8233', rehearse: rehearsals.rehearse },
});
const browser = await openChromium();

async function take(person: string, name: string, path: string, size = { width: 1100, height: 800 }) {
  const { people } = await system.view(ID);
  const address = people.find(({ id }) => id === person)?.email ?? '';
  const { page, context } = await site.enter(browser, address, { viewport: size });
  await page.goto(`${url}${path}`);
  await page.screenshot({ path: fileOf(name) });
  await context.close();
}

/** A rehearsal, from the example to its calendar. */
async function takeRehearsal(name: string) {
  const { people } = await system.view(ID);
  const address = people.find(({ role }) => role === 'staff')?.email ?? '';
  const size = { width: 1100, height: 900 };
  const { page } = await site.enter(browser, address, { viewport: size });
  await page.goto(`${url}/new?example=peru-chile-2021`);
  await page.locator('form[action="/new/check"] button').click();
  await page.locator('form[action="/new/rehearse"] button').click();
  // The page of one under way looks again by itself.
  await page.locator('#calendar').waitFor({ timeout: 120_000 });
  await page.screenshot({ path: fileOf(name) });
}

const fileOf = (name: string): string =>
  fileURLToPath(new URL(`../docs/pictures/${name}.png`, import.meta.url));

try {
  await system.cooperations.start(changedSource(movedTo(new Date(), -1)));
  await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
    decision: 'done',
    minutes: { minutes: 'Se acordaron los objetivos y los contenidos de las tres sesiones.' },
  });
  await system.open(ID, REVIEW);
  await take('chl-mtps-2', 'site-request', `/c/${ID}/requests/${REVIEW}`, { width: 1100, height: 1250 });
  await system.answer(ID, REVIEW, 'per-mtpe-1', { decision: 'approve' });
  await system.answer(ID, REVIEW, 'chl-mtps-2', { decision: 'approve' });
  await system.open(ID, 'documents/send-documents.1');
  await take('chl-mtps-2', 'site-cooperation', `/c/${ID}`, { width: 1100, height: 950 });
  await take('oas-1', 'site-board', '/board', { width: 1280, height: 760 });
  await takeRehearsal('site-rehearsal');
} finally {
  await browser.close();
  await rehearsals.stop();
  await site.stop();
  await system[Symbol.asyncDispose]();
  await stopPostgres?.();
}
