import type { FileChooser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';
import { served } from '../support/served.ts';

const ID = '14-per-chl';
/** A second one, whose ministries exchange documents and agree on a date. */
const EXCHANGE = 'exchange';
const REVIEW = 'coordination/approve-programme.1';
const POLL = 'session-1/choose-date.1';

/** What has the focus: whether it can be seen, and that it comes after what had it before, in the page and to the eye. */
const STOP = `(() => {
  const it = document.activeElement;
  // Of radios and boxes, what is seen is drawn before their label.
  const drawn = it.matches('input[type=radio], input[type=checkbox]')
    ? getComputedStyle(it.nextElementSibling, '::before')
    : getComputedStyle(it);
  // The way past everything is not seen at all but when it has the focus.
  const ringed = it.matches('.govuk-skip-link') || drawn.boxShadow !== 'none' ||
    (drawn.outlineStyle !== 'none' && !/, 0\\)$/.test(drawn.outlineColor));
  const { top, bottom, left, right } = it.getBoundingClientRect();
  const before = window.stopBefore;
  const follows = !before || !before.it.isConnected ||
    (Boolean(before.it.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING) &&
      bottom + scrollY >= before.top);
  window.stopBefore = { it, top: top + scrollY };
  const shown = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  return { name: it.outerHTML.slice(0, 120), end: it === document.body, ringed, follows, shown };
})()`;

type Stop = { name: string; end: boolean; ringed: boolean; follows: boolean; shown: boolean };

/** A request, a hand-over, a poll and an upload without a mouse: Tab, Space, Enter and the arrows alone. */
describe('with the keyboard alone', () => {
  let system: InProcess;
  let site: Awaited<ReturnType<typeof served>>;
  let browser: Awaited<ReturnType<typeof openChromium>>;
  beforeAll(async () => {
    system = await inProcess();
    site = await served(system);
    browser = await openChromium();
    const now = new Date();
    const day = (ahead: number) => new Date(now.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
    const started = async (id: string) => {
      await system.cooperations.start(
        changedSource((file) => {
          movedTo(now, -1)(file);
          file.id = id;
          const [first] = file.sessions;
          if (id === EXCHANGE && first)
            file.sessions = [{ contents: first.contents, window: { from: day(5), to: day(20) } }];
        }),
      );
      await system.answer(id, 'coordination/confirm-coordination.1', 'oas-1', {
        decision: 'done',
        minutes: { minutes: 'Acuerdos.' },
      });
      await system.open(id, REVIEW);
    };
    await Promise.all([started(ID), started(EXCHANGE)]);
    for (const by of ['chl-mtps-2', 'per-mtpe-1'])
      await system.answer(EXCHANGE, REVIEW, by, { decision: 'approve' });
    await system.open(EXCHANGE, POLL);
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
  /**
   * Presses Tab until what has the focus is what is looked for. At each stop on the way the reader sees where they are,
   * and it is further on.
   */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let n = 0; n < 120; n++) {
      await page.keyboard.press('Tab');
      const stop = (await page.evaluate(STOP)) as Stop;
      if (stop.end) await page.evaluate('delete window.stopBefore');
      else expect(stop, stop.name).toMatchObject({ ringed: true, follows: true, shown: true });
      if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)})`)) return;
    }
    throw new Error(`Tab does not lead to ${selector}`);
  }
  /** What a page that has just come is heard with: its name, then the two things that stand first in it. */
  async function firstHeard(page: Page): Promise<string> {
    const texts = await page.locator('main > :not(nav)').allTextContents();
    return [await page.title(), ...texts.slice(0, 2)].map((text) => text.trim()).join(' | ');
  }
  const SUBMIT = 'form:has(input[name=subject]):not(.rial-usual) button[type=submit]';

  it('a mistake is told first, and a request is answered', async () => {
    const page = await enter('per-mtpe-1');
    await page.goto(`${site.url}/c/${ID}/requests/${REVIEW}`);
    // The first Tab is the way past everything that stands above.
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.className')).toContain('govuk-skip-link');
    await tabTo(page, SUBMIT);
    await page.keyboard.press('Enter');
    await page.locator('.govuk-error-summary').waitFor();
    await tabTo(page, '.govuk-error-summary a');
    await page.keyboard.press('Enter');
    await tabTo(page, 'input[name=decision]');
    // To ask for changes was meant so far.
    await page.keyboard.press('ArrowUp');
    await tabTo(page, SUBMIT);
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

  it('a date is chosen: yes, if need be, no', async () => {
    const page = await enter('chl-mtps-1');
    await page.goto(`${site.url}/c/${EXCHANGE}/requests/${POLL}`);
    const { slots } = await system.open(EXCHANGE, POLL);
    const group = ({ id }: { id: string }) => `input[name="mark-${id}"]`;
    const [first, second, ...rest] = slots;
    if (!first || !second) throw new Error('too few slots');
    await tabTo(page, group(first));
    await page.keyboard.press('Space');
    await tabTo(page, SUBMIT);
    await page.keyboard.press('Enter');
    // The others are missing: each is named first, and its line leads to it.
    await page.locator('.govuk-error-summary').waitFor();
    expect(await firstHeard(page)).toMatch(/^Error: [^|]*\| Hay un problema/);
    expect(await page.locator('.govuk-error-summary a').count()).toBe(slots.length - 1);
    await tabTo(page, '.govuk-error-summary a');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.name')).toBe(`mark-${second.id}`);
    expect(await page.locator(`${group(first)}:checked`).getAttribute('value')).toBe('yes');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    for (const slot of rest) {
      // One stop for each date, and the arrows within.
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.name')).toBe(`mark-${slot.id}`);
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowUp');
    }
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.type')).toBe('submit');
    await page.keyboard.press('Enter');
    await page.locator('.govuk-notification-banner--success').waitFor();
    expect(await firstHeard(page)).toContain('Gracias');
    const { requests } = await system.view(EXCHANGE);
    const [answer] = requests.find(({ id }) => id === POLL)?.answers ?? [];
    expect(answer?.marks).toEqual({
      ...Object.fromEntries(rest.map(({ id }) => [id, 'no'])),
      [first.id]: 'yes',
      [second.id]: 'if-need-be',
    });
  });

  it.each([
    ['with script', true],
    ['without script', false],
  ])('documents are sent, %s', async (title, script) => {
    const page = await enter('per-mtpe-1');
    // Listened for from the beginning: a dialogue that nobody listens for opens for good.
    const choosers: FileChooser[] = [];
    page.on('filechooser', (chooser) => choosers.push(chooser));
    // Script of the page alone: the test looks at what has the focus either way.
    if (!script) await page.route('**/upload*.js*', (route) => route.abort());
    await page.goto(`${site.url}/c/${EXCHANGE}/documents`);
    const button = 'section[aria-labelledby=send] button';
    await tabTo(page, button);
    await page.keyboard.press('Enter');
    await page.locator('.govuk-error-summary').waitFor();
    expect(await firstHeard(page)).toMatch(/^Error: /);
    await tabTo(page, '.govuk-error-summary a');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('files');
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('title');
    await page.keyboard.type(title);
    await page.keyboard.press('Tab');
    const choose = async (...files: [name: string, text: string][]) => {
      await page.keyboard.press('Enter');
      await expect.poll(() => choosers.length).toBe(1);
      const chooser = choosers.pop();
      expect(chooser?.isMultiple()).toBe(true);
      await chooser?.setFiles(
        files.map(([name, text]) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })),
      );
    };
    await choose(['ley.txt', 'Ley'], ['informe.pdf', 'no es un PDF']);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.matches('${button}')`)).toBe(true);
    await page.keyboard.press('Enter');
    // What is wrong is where the reader is: they are taken to it, or it comes first.
    await expect
      .poll(() => page.locator('.govuk-error-summary').allTextContents())
      .toEqual([expect.stringContaining('informe.pdf')]);
    if (script) expect(await page.evaluate('document.activeElement.className')).toBe('govuk-error-summary');
    await tabTo(page, '.govuk-error-summary a');
    await page.keyboard.press('Enter');
    await choose(['nota.txt', 'Nota']);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/sent=1$/);
    expect(await page.title()).toMatch(/^Se recibió 1 documento\. /);
    const { documents } = await system.view(EXCHANGE);
    expect(documents.map((one) => one.title)).toEqual(expect.arrayContaining([title]));
  });
});
