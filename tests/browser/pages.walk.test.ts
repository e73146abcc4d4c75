import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { axe, served } from '../support/served.ts';
import { walk, walking } from '../support/walk.ts';
import { illegible } from './legible.ts';
import { OBSERVER } from './scene.ts';
import { addressOf, type Form, PAGES, pathOf, setPages, type Who } from './visits.ts';

/** axe-core comes from outside, which the site's policy forbids. */
const OPEN = { bypassCSP: true, viewport: { width: 1280, height: 1024 } };
/** Every page in a real Chromium, in every language: what axe-core finds, and what cannot be read enlarged. */
describe('pages', () => {
  let system: InProcess;
  let site: Awaited<ReturnType<typeof served>>;
  let browser: Browser;
  /** A window of each person in each language, which are looked at beside one another. */
  const windows = new Map<string, Page>();

  beforeAll(async () => {
    system = await inProcess();
    site = await served(system, {
      temporalUiUrl: 'http://127.0.0.1:8233',
      observers: [OBSERVER],
      secondFactor: true,
    });
    browser = await openChromium();
    await setPages(system);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await system[Symbol.asyncDispose]();
  });

  async function windowOf(who: Who, language: Language): Promise<Page> {
    const known = windows.get(`${who} ${language}`);
    if (known) return known;
    const page =
      who === 'nobody'
        ? await (await browser.newContext(OPEN)).newPage()
        : (await site.enter(browser, await addressOf(who, system), OPEN)).page;
    await page.goto(`${site.url}/sign-in`);
    await page.locator(`.rial-header__languages button[lang=${language}]`).click();
    windows.set(`${who} ${language}`, page);
    return page;
  }

  /** Opens a page, or sends a form as the site's own pages do, and says how it was answered. */
  async function visit(page: Page, path: string, form: Form | undefined): Promise<number | undefined> {
    const url = `${site.url}${await pathOf(path, system)}`;
    if (!form) return (await page.goto(url))?.status();
    await page.goto(`${site.url}/sign-in`);
    const [response] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST'),
      page.waitForNavigation(),
      page.evaluate(`(() => {
        const form = document.createElement('form');
        form.method = 'post';
        form.action = ${JSON.stringify(url)};
        for (const [name, value] of Object.entries(${JSON.stringify(form)})) {
          const field = document.createElement('textarea');
          field.name = name;
          field.value = value;
          form.append(field);
        }
        document.body.append(form);
        form.submit();
      })()`),
    ]);
    return response.status();
  }

  /**
   * A walk looks at a page in all languages, and at the previews, which are one page filled with what each kind changes,
   * in one each.
   */
  const languagesFor = (path: string, status: number, form: unknown, one: Language) =>
    walking && !(form && status === 200 && path.includes('/changes/new/')) ? LANGUAGES : [one];

  it.each(
    walk(
      PAGES.map(
        ([who, path, status = 200, form], index) =>
          [who, path, status, form, LANGUAGES[(index >> 1) % 4] as Language] as const,
      ),
      12,
    ),
  )(
    '%s at %s, %s: axe-core finds nothing in any language, and it can be read enlarged',
    // One page after the other is looked at closely in one language after the other.
    async (who, path, status, form, closely) => {
      const languages = languagesFor(path, status, form, closely);
      const titles = await Promise.all(
        languages.map(async (language) => {
          const page = await windowOf(who, language);
          let answered = await visit(page, path, form?.(language));
          for (let tries = 0; status === 429 && answered !== 429 && tries < 40; tries++)
            answered = await visit(page, path, form?.(language));
          expect(answered).toBe(status);
          expect(await page.locator('html').getAttribute('lang')).toBe(language);
          expect(await page.locator('h1').count()).toBe(1);
          expect(await page.locator('.govuk-error-summary').count()).toBe(status === 422 ? 1 : 0);
          const faults = [...(await axe(page)), ...(await illegible(page, { close: language === closely }))];
          expect(faults, language).toEqual([]);
          return page.title();
        }),
      );
      if (languages.length > 1) expect(new Set(titles).size).toBeGreaterThan(1);
    },
  );
});
