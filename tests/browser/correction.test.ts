import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Programme } from '../../src/domain/programme/programme.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { putUnderReview } from '../support/review.ts';
import { served } from '../support/served.ts';

/** Two officers correct one programme in the form, in a real Chromium, with and without client script. */

const ID = '14-per-chl';
let system: InProcess;
let site: Awaited<ReturnType<typeof served>>;
let browser: Awaited<ReturnType<typeof openChromium>>;
beforeAll(async () => {
  system = await inProcess();
  site = await served(system);
  browser = await openChromium();
  await putUnderReview(system, (file) => {
    // As people write who press Enter, and as no field shows it.
    file.description = ['Primera línea.\n\n  Con sangría.\n', ...file.description];
    for (const person of file.participants) person.focalPoint ??= false;
  });
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await system[Symbol.asyncDispose]();
});

const programmeOf = async (): Promise<Programme> => (await system.view(ID)).programme;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

it.each([true, false])('what one wrote stands beside what the other did (script: %s)', async (script) => {
  const { people } = await system.view(ID);
  const enter = async (person: string) => {
    const address = people.find(({ id }) => id === person)?.email ?? '';
    return (await site.enter(browser, address, { javaScriptEnabled: script })).page;
  };
  const [one, other] = [await enter('oas-1'), await enter('oas-2')];
  const before = await programmeOf();
  const [hers, his] = [`Tema de ella, ${script}`, `Tema de él, ${script}`];
  for (const page of [one, other]) {
    await page.goto(`${site.url}/c/${ID}/changes`);
    await page.getByRole('link', { name: 'Corregir el programa' }).click();
    await page.waitForURL(`**/c/${ID}/programme/form`);
  }
  await one.fill('#subject', hers);
  await one.fill('#reason', 'Lo pidió Chile.');
  await press(one, 'Revisar los cambios');
  expect(await one.locator('main').textContent()).toContain(`Ahora: ${hers}`);
  await press(one, 'Confirmar');
  await one.waitForURL(/\/changes\/\d+$/);
  expect(await programmeOf()).toEqual({ ...before, subject: hers });

  await other.fill('#subject', his);
  await other.fill('#sessions-1-contents', 'Línea uno.\nLínea dos.');
  await other.fill('#reason', 'Lo pidió Perú.');
  await press(other, 'Revisar los cambios');
  const told = (await other.locator('main').textContent()) ?? '';
  expect(told).toContain('El programa cambió mientras usted escribía');
  expect(told).toContain('Lo pidió Chile.');
  expect(await other.inputValue('#subject')).toBe(his);
  expect(await programmeOf()).toEqual({ ...before, subject: hers });
  await press(other, 'Revisar los cambios');
  await press(other, 'Confirmar');
  await other.waitForURL(/\/changes\/\d+$/);
  const sessions = structuredClone(before.sessions);
  (sessions[1] as Programme['sessions'][number]).contents = 'Línea uno.\nLínea dos.';
  const after = await programmeOf();
  expect(after).toEqual({ ...before, subject: his, sessions });
  expect(stringify(after.participants)).toContain('focalPoint: false');
  for (const page of [one, other]) await page.context().close();
});

it('what is written is kept while it is written, and is there when one comes back', async () => {
  const { people } = await system.view(ID);
  const address = people.find(({ id }) => id === 'oas-1')?.email ?? '';
  const { page } = await site.enter(browser, address);
  await page.goto(`${site.url}/c/${ID}/programme/form`);
  await page.fill('#frame', `${await page.inputValue('#frame')} y más`);
  await page.getByText('Borrador guardado.').waitFor();
  await page.goto(`${site.url}/c/${ID}/programme/form`);
  expect(await page.inputValue('#frame')).toMatch(/ y más$/);
  // Whoever leaves at once loses nothing either.
  await page.fill('#frame', `${await page.inputValue('#frame')}, al salir`);
  await page.goto(`${site.url}/c/${ID}`);
  await expect
    .poll(async () => {
      await page.goto(`${site.url}/c/${ID}/programme/form`);
      return page.inputValue('#frame');
    })
    .toMatch(/ y más, al salir$/);
  await page.getByRole('button', { name: 'Descartar el borrador' }).click();
  await page.waitForURL(`**/c/${ID}/programme/form`);
  expect(await page.inputValue('#frame')).not.toContain('y más');
  await page.context().close();
});
