import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintLink } from '../../src/casefile/access/access.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { putUnderReview } from '../support/review.ts';
import { axe, served } from '../support/served.ts';

const ID = '14-per-chl';
const REVIEW = 'coordination/approve-programme.1';
const MAILBOX = 'dialogo.social@mtps-chile.example';

/** Two officials behind one office mailbox, in one browser: by the link of a mail, in two windows. */
describe('two people in one mailbox', () => {
  let system: InProcess;
  let site: Awaited<ReturnType<typeof served>>;
  let browser: Browser;
  beforeAll(async () => {
    system = await inProcess();
    site = await served(system);
    browser = await openChromium();
    await putUnderReview(system, (file) => {
      const chileans = file.participants.filter(({ institution }) => institution === 'chl-mtps');
      for (const one of chileans.slice(1, 3)) one.email = MAILBOX;
    });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await system[Symbol.asyncDispose]();
  });
  const path = `/c/${ID}/requests/${REVIEW}`;
  const is = (page: Page) => page.locator('.rial-header__who a').first().textContent();

  it('say once who they are, and answer each in their own name, whatever window it was written in', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const purpose = { address: MAILBOX, cooperation: ID, person: 'chl-mtps-2', path };
    const first = await context.newPage();
    await first.goto(`${site.url}/r/${await mintLink(system.caseFile, purpose, new Date().toISOString())}`);
    // Three clicks from the mail to an answer: in, who, and the answer.
    await first.locator('main form button').click();
    expect(await first.locator('h1').textContent()).toBe('¿Quién es usted?');
    expect(await axe(first)).toEqual([]);
    await first.getByRole('button', { name: 'Cristóbal Auger' }).click();
    expect(new URL(first.url()).pathname).toBe(path);
    expect(await is(first)).toBe('Cristóbal Auger');
    await first.locator('textarea').first().fill('Falta el tercer objetivo.\nY el cuarto.');

    // A colleague sits down at another window of the same browser.
    const second = await context.newPage();
    await second.goto(`${site.url}/c/${ID}`);
    await second.getByRole('link', { name: 'No soy yo' }).click();
    await second.getByRole('button', { name: 'Pedro Pablo Silva' }).click();
    expect(await is(second)).toBe('Pedro Pablo Silva');

    // What was written in the first is whose it was, and asked about.
    await first.getByRole('button', { name: 'Pedir cambios' }).click();
    expect(await first.locator('h1').textContent()).toBe('¿A nombre de quién?');
    expect(await axe(first)).toEqual([]);
    const answers = async () =>
      (await system.view(ID)).requests.find(({ id }) => id === REVIEW)?.answers.map(({ by }) => by);
    expect(await answers()).toEqual([]);
    await first.getByRole('button', { name: 'Enviar a nombre de Cristóbal Auger' }).click();
    await first.waitForURL(`**${path}**`);
    expect(await answers()).toEqual(['chl-mtps-2']);
    expect(await first.locator('main').textContent()).toMatch(/Falta el tercer objetivo\.\s+Y el cuarto\./);
    // Whoever answered first closes it for both.
    await second.goto(`${site.url}${path}`);
    expect(await second.locator('input[value=changes]').count()).toBe(0);
    await context.close();
  });
});
