import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';
import { served } from '../support/served.ts';

const ID = '14-per-chl';
const REVIEW = 'coordination/approve-programme.1';

/** A request, a hand-over and a question without a mouse: Tab, Space, Enter and the arrows alone. */
describe('with the keyboard alone', () => {
  let system: InProcess;
  let site: Awaited<ReturnType<typeof served>>;
  let browser: Awaited<ReturnType<typeof openChromium>>;
  beforeAll(async () => {
    system = await inProcess();
    site = await served(system);
    browser = await openChromium();
    await system.cooperations.start(changedSource(movedTo(new Date(), -1)));
    await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    await system.open(ID, REVIEW);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await system[Symbol.asyncDispose]();
  });

  const enter = async (person: string): Promise<Page> => {
    const { people } = await system.view(ID);
    return (await site.enter(browser, people.find(({ id }) => id === person)?.email ?? '')).page;
  };
  /** Presses Tab until what has the focus is what is looked for, as the reader sees it: focus is always shown. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let n = 0; n < 120; n++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)})`)) {
        const shown = await page.evaluate(
          `(() => { const s = getComputedStyle(document.activeElement); const l = document.activeElement.matches('input[type=radio]') ? getComputedStyle(document.activeElement.nextElementSibling, '::before') : s; return s.outlineStyle + s.boxShadow + l.boxShadow + l.outlineStyle; })()`,
        );
        expect(String(shown).replaceAll('none', '')).not.toBe('');
        return;
      }
    }
    throw new Error(`Tab does not lead to ${selector}`);
  }

  it('a mistake is told first, and a request is answered', async () => {
    const page = await enter('per-mtpe-1');
    await page.goto(`${site.url}/c/${ID}/requests/${REVIEW}`);
    // The first Tab is the way past everything that stands above.
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.className')).toContain('govuk-skip-link');
    await tabTo(page, 'form:has(input[name=subject]) button[type=submit]');
    await page.keyboard.press('Enter');
    await page.locator('.govuk-error-summary').waitFor();
    await tabTo(page, '.govuk-error-summary a');
    await page.keyboard.press('Enter');
    await tabTo(page, 'input[name=decision]');
    await page.keyboard.press('Space');
    await tabTo(page, 'form:has(input[name=subject]) button[type=submit]');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => {
        const { requests } = await system.view(ID);
        return requests.find(({ id }) => id === REVIEW)?.answers.map(({ by, decision }) => [by, decision]);
      })
      .toEqual([['per-mtpe-1', 'approve']]);
  });

  it('a request is passed to a colleague', async () => {
    const page = await enter('chl-mtps-1');
    await page.goto(`${site.url}/c/${ID}/requests/${REVIEW}`);
    await tabTo(page, 'summary:has(~ * input[name=to])');
    await page.keyboard.press('Enter');
    await tabTo(page, 'input[name=to]');
    await page.keyboard.press('Space');
    await tabTo(page, 'form[action$="/hand-over"] button[type=submit]');
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => {
        const { requests } = await system.view(ID);
        return requests.find(({ id }) => id === REVIEW)?.handedOver.length;
      })
      .toBe(1);
  });
});
