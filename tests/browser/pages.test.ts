import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';
import { axe, overflow, served, type Window } from '../support/served.ts';

const ID = '14-per-chl';
const REVIEW = 'coordination/approve-programme.1';
/** axe-core comes from outside, which the site's policy forbids. */
const OPEN = { bypassCSP: true };

/** Every page in a real Chromium, in every language: what axe-core finds, and whether it fits a narrow window. */
describe('pages', () => {
  let system: InProcess;
  let site: Awaited<ReturnType<typeof served>>;
  let browser: Awaited<ReturnType<typeof openChromium>>;
  const windows: Record<string, Window> = {};

  beforeAll(async () => {
    system = await inProcess();
    site = await served(system, { temporalUiUrl: 'http://127.0.0.1:8233' });
    browser = await openChromium();
    await system.cooperations.start(changedSource(movedTo(new Date(), -1)));
    await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos de la reunión de coordinación.' },
    });
    await system.open(ID, REVIEW);
    const { people } = await system.view(ID);
    const address = (id: string) => people.find((one) => one.id === id)?.email ?? '';
    windows.delegate = await site.enter(browser, address('chl-mtps-1'), OPEN);
    windows.staff = await site.enter(browser, address('oas-1'), OPEN);
    const context = await browser.newContext(OPEN);
    windows.nobody = { context, page: await context.newPage() };
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await system[Symbol.asyncDispose]();
  });

  const PAGES: [who: 'delegate' | 'staff' | 'nobody', path: string][] = [
    ['nobody', '/sign-in'],
    ['delegate', `/c/${ID}`],
    ['delegate', `/c/${ID}/requests/${REVIEW}`],
    ['delegate', `/c/${ID}/documents`],
    ['delegate', `/c/${ID}/questions`],
    ['delegate', `/c/${ID}/sessions`],
    ['delegate', `/c/${ID}/sessions/1`],
    ['delegate', `/c/${ID}/drafts`],
    ['delegate', `/c/${ID}/people`],
    ['delegate', `/c/${ID}/record`],
    ['staff', '/board'],
    ['staff', '/new'],
    ['staff', `/c/${ID}`],
    ['staff', `/c/${ID}/outbox`],
    ['staff', `/c/${ID}/outbox/1`],
    ['staff', `/c/${ID}/changes`],
    ['staff', `/c/${ID}/changes/new/extend?request=${encodeURIComponent(REVIEW)}`],
    ['staff', `/c/${ID}/changes/new/replace`],
    ['staff', `/c/${ID}/changes/new/reschedule`],
    ['nobody', '/r/not-a-link'],
  ];

  async function speak({ page }: Window, language: Language, path: string) {
    await page.goto(`${site.url}${path}`);
    await page.locator(`.rial-header__languages button[value=${language}]`).click();
    const response = await page.goto(`${site.url}${path}`);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    return response?.status();
  }

  it.each(PAGES)(
    '%s at %s: axe-core finds nothing, in any language, and 320 px are enough',
    async (who, path) => {
      const window = windows[who] as Window;
      const titles = new Set<string>();
      for (const language of LANGUAGES) {
        await window.page.setViewportSize({ width: 1280, height: 900 });
        expect(await speak(window, language, path)).toBe(path === '/r/not-a-link' ? 404 : 200);
        expect(await axe(window.page)).toEqual([]);
        titles.add(await window.page.title());
        await window.page.setViewportSize({ width: 320, height: 700 });
        expect(await overflow(window.page)).toBeLessThanOrEqual(0);
      }
      expect(titles.size).toBeGreaterThan(1);
    },
  );
});
