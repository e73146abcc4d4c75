import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { example } from '../support/programme.ts';
import { served } from '../support/served.ts';
import { OFFICER } from '../support/site.ts';
import { minutesOf, typeProgramme } from './typing.ts';

/**
 * An officer types the programme of Peru and Chile into the empty form in a real Chromium, and gets the example, field for
 * field. That the example says what the original does is held by tests/domain/examples.test.ts.
 */

vi.setConfig({ testTimeout: 300_000 });

let system: InProcess;
let site: Awaited<ReturnType<typeof served>>;
let browser: Awaited<ReturnType<typeof openChromium>>;
beforeAll(async () => {
  system = await inProcess();
  site = await served(system);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await system[Symbol.asyncDispose]();
});

const check = (page: Page) => page.locator('#programme button[name=do][value=check]').last().click();

it.each([true, false])('the seed, typed, is the example (script: %s)', async (javaScriptEnabled) => {
  const { context, page } = await site.enter(browser, OFFICER, { javaScriptEnabled });
  await page.goto(`${site.url}/board`);
  await page.getByRole('button', { name: 'Nueva cooperación' }).click();
  await page.getByRole('button', { name: 'Escribir el programa en un formulario' }).click();
  expect(await page.locator('.rial-part:visible h2').allTextContents()).toEqual(['La cooperación']);
  const typed = await typeProgramme(page, example());
  expect(await page.locator('.rial-part:visible h2').allTextContents()).toEqual(['Plazos, en días hábiles']);
  await check(page);
  expect(await page.locator('h1').textContent()).toBe('El programa está completo');
  const checked = checkProgrammeFile(await page.locator('[name=source]').first().inputValue());
  expect('programme' in checked && checked.programme).toEqual(example());
  // Fewer than there are in the file: the form knows the rest.
  expect(typed.fields).toBeLessThanOrEqual(110);
  // The figures that the README has.
  expect([typed.fields, typed.buttons, typed.characters]).toEqual([110, 18, 6344]);
  expect([minutesOf(typed), minutesOf(typed, true)].map(Math.round)).toEqual([37, 16]);
  await context.close();
});
