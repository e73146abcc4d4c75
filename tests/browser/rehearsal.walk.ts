import pino from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { rehearsalsApart } from '../../src/rehearsal/apart.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { exampleSource } from '../support/programme.ts';
import { served } from '../support/served.ts';
import { OFFICER } from '../support/site.ts';

/** A rehearsal on the site in a real Chromium: its mails are opened as their readers would open them. */

vi.setConfig({ testTimeout: 300_000 });

let system: InProcess;
let site: Awaited<ReturnType<typeof served>>;
let browser: Awaited<ReturnType<typeof openChromium>>;
const rehearsals = rehearsalsApart({ log: pino({ level: 'silent' }), siteUrl: 'https://sitio.example' });
beforeAll(async () => {
  system = await inProcess();
  site = await served(system, { rehearse: rehearsals.rehearse });
  browser = await openChromium();
});
afterAll(async () => {
  await rehearsals.stop();
  await browser?.close();
  await site?.stop();
  await system[Symbol.asyncDispose]();
});

it('opens a mail with its button, which says where it would lead', async () => {
  const { page } = await site.enter(browser, OFFICER);
  await page.goto(`${site.url}/new`);
  await page.fill('#source', exampleSource('peru-chile-2021'));
  await page.locator('form[action="/new/check"] button').click();
  await page.locator('form[action="/new/rehearse"] button').click();
  const asked = page
    .locator('.rial-calendar li')
    .filter({ hasText: 'Aprobar los contenidos del programa' })
    .first();
  await asked.waitFor({ timeout: 240_000 });
  await asked.locator('summary').click();
  await asked.getByRole('link', { name: 'Cristóbal Auger' }).click();
  const letter = page.frameLocator('iframe');
  const button = letter.getByRole('link').first();
  await expect.poll(() => letter.locator('body').textContent()).toContain('Cristóbal Auger');
  // The whole width of a telephone, and no more.
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  const [opened] = await Promise.all([page.context().waitForEvent('page'), button.click()]);
  await expect.poll(() => opened.locator('main').textContent()).toContain('Aquí no abre nada.');
  expect(await opened.locator('main').textContent()).toContain('Aprobar los contenidos del programa');
});
