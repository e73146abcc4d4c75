import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { putUnderReview } from '../support/review.ts';
import { served } from '../support/served.ts';

/** What happens while a cooperation goes on, in a real Chromium: somebody comes and goes, errs, or is signed out. */

vi.setConfig({ testTimeout: 120_000 });

const ID = '14-per-chl';
const REVIEW = 'coordination/approve-programme.1';
const path = `/c/${ID}/requests/${REVIEW}`;
let system: InProcess;
let site: Awaited<ReturnType<typeof served>>;
let browser: Awaited<ReturnType<typeof openChromium>>;
beforeAll(async () => {
  system = await inProcess({ site: { url: 'http://site.example' } });
  site = await served(system);
  browser = await openChromium();
  await putUnderReview(system);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await system[Symbol.asyncDispose]();
});

const addressOf = async (person: string) =>
  (await system.view(ID)).people.find(({ id }) => id === person)?.email ?? '';
const enter = async (person: string, options: BrowserContextOptions = {}) =>
  (await site.enter(browser, await addressOf(person), options)).page;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const says = async (page: Page) => (await page.locator('main').textContent()) ?? '';
const answers = async () =>
  (await system.view(ID)).requests
    .find(({ id }) => id === REVIEW)
    ?.answers.map(({ by, decision }) => `${by} ${decision}`);
const mailsTo = async (address: string) =>
  (await system.mailbox.list()).filter(({ to }) => to.includes(address)).map(({ subject }) => subject);

it('somebody joins by the form, is written to and asked; leaves, and has no way in any more', async () => {
  const officer = await enter('oas-1');
  await officer.goto(`${site.url}/c/${ID}/people`);
  await officer.locator('main a[href$="/changes/new/add-person"]').click();
  await officer.selectOption('#party', 'per-mtpe');
  await officer.fill('#name', 'Rosa Prado');
  // As it is pasted from a mail.
  await officer.fill('#email', 'Rosa Prado <rosa.prado@mtpe-peru.example>;');
  await officer.fill('#reason', 'Fue designada.');
  await officer.locator('main form button[type=submit]').first().click();
  expect(await says(officer)).toContain('Rosa Prado');
  await press(officer, 'Confirmar');
  await officer.waitForURL(/\/changes\/\d+$/);
  const rosa = (await system.view(ID)).people.find(({ name }) => name === 'Rosa Prado');
  const address = 'rosa.prado@mtpe-peru.example';
  expect(rosa?.email).toBe(address);
  await expect.poll(() => mailsTo(address)).not.toEqual([]);

  const hers = await enter(rosa?.id ?? '');
  await hers.goto(site.url + path);
  expect(await hers.locator('h1').textContent()).toContain('Aprobar los contenidos');

  await officer.goto(`${site.url}/c/${ID}/people`);
  await officer.locator(`main a[href$="/changes/new/remove-person?person=${rosa?.id}"]`).click();
  await officer.fill('#reason', 'Pasó a otra dirección.');
  await officer.locator('main form button[type=submit]').first().click();
  await press(officer, 'Confirmar');
  await officer.waitForURL(/\/changes\/\d+$/);
  // What she wrote is not taken any more.
  await press(hers, 'Aprobar');
  expect(await says(hers)).not.toContain('Su respuesta quedó registrada');
  expect(await answers()).toEqual([]);
  for (const page of [officer, hers]) await page.context().close();
});

it.each([true, false])(
  'whoever was signed out while they wrote signs in in another tab, and sends what they wrote (script: %s)',
  async (javaScriptEnabled) => {
    const page = await enter('chl-mtps-1', { javaScriptEnabled });
    await page.goto(site.url + path);
    const written = 'Falta el tercer objetivo.\nY el «cuarto» & <último>.';
    await page.fill('#reason', written);
    const [cookie] = await page.context().cookies();
    await page.context().clearCookies();
    await press(page, 'Pedir cambios');
    expect(await page.locator('h1').textContent()).toBe('Su acceso se cerró mientras escribía');
    expect(await says(page)).toContain(written);
    expect(await answers()).toEqual([]);
    // Still nobody: it is kept.
    await press(page, 'Enviar lo escrito');
    expect(await says(page)).toContain(written);
    await page.context().addCookies(cookie ? [cookie] : []);
    await press(page, 'Enviar lo escrito');
    await expect.poll(answers).toEqual(['chl-mtps-1 changes']);
    expect(await says(page)).toContain('Su respuesta quedó registrada');
    const { contents } = await system.view(ID);
    expect(contents.map(({ value }) => value)).toContainEqual({ reason: written });

    // It was too early: it is taken back, by a click and a button.
    await page.getByText('Retirar la respuesta', { exact: true }).first().click();
    await page.locator(`form[action$="/take-back"] button`).click();
    await expect.poll(answers).toEqual([]);
    expect(await page.locator('main form:has(input[name=decision])').count()).toBe(2);
    await page.context().close();
  },
);

it('what is written is there after the language was chosen, after going back, and in another tab', async () => {
  const page = await enter('per-mtpe-2');
  await page.goto(site.url + path);
  await page.fill('#reason', 'Falta el tercer objetivo.');
  await page.locator('button[name=language][value=en]').click();
  await page.locator('html[lang=en] main').waitFor();
  expect(await page.inputValue('#reason')).toBe('Falta el tercer objetivo.');
  expect(await page.locator('input[name=decision][value=changes]').isChecked()).toBe(true);

  await page.fill('#reason', 'Falta el tercer objetivo, y el cuarto.');
  await page.locator('.govuk-back-link').click();
  await page.waitForURL(/\/c\/14-per-chl$/);
  await page.goBack();
  await expect.poll(() => page.inputValue('#reason')).toBe('Falta el tercer objetivo, y el cuarto.');

  // Another tab sends it with one word more; what the first has by then is not lost either.
  const other = await page.context().newPage();
  await other.goto(site.url + path);
  await other.fill('#reason', 'Faltan dos objetivos.');
  await page.fill('#reason', 'Falta el tercer objetivo, el cuarto y el quinto.');
  await other.locator('form[data-draft] > button[type=submit]').click();
  await expect.poll(answers).toEqual(['per-mtpe-2 changes']);
  await page.locator('form[data-draft] > button[type=submit]').click();
  await page.waitForLoadState();
  expect(await says(page)).toContain('Falta el tercer objetivo, el cuarto y el quinto.');
  await other.context().close();
});

it('a question to the Secretariat that was not sent is there on another day, and with its mistake', async () => {
  const page = await enter('per-mtpe-3');
  const at = `${site.url}/c/${ID}/communications`;
  await page.goto(at);
  await page.fill('#text', '¿Quién convoca?');
  await page.goto(site.url);
  await page.goto(at);
  expect(await page.inputValue('#text')).toBe('¿Quién convoca?');
  await page.locator('form[action$="/communications/ask"] button[type=submit]').click();
  await page.waitForURL(/sent=\d+/);
  expect(await page.inputValue('#text')).toBe('');
  await page.context().close();
});
