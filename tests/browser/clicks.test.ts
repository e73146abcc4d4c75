import { Readable } from 'node:stream';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { mintLink } from '../../src/casefile/access/access.ts';
import type { RequestView } from '../../src/domain/caseView.ts';
import { kinds, type RequestKind } from '../../src/domain/kinds/index.ts';
import { usualAnswer, type WordFile } from '../../src/play/answers.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';
import { axe, freeOrigin, served } from '../support/served.ts';

/**
 * How many clicks it takes from a mail to an answer, the mail's own button counted: of whoever comes for the first time,
 * and of whoever has been there, in a real Chromium, by the links of the mails that came.
 */

vi.setConfig({ testTimeout: 180_000 });

const ID = '14-per-chl';
const MOST = { first: 3, later: 2 };
let system: InProcess;
let site: Awaited<ReturnType<typeof served>>;
let browser: Browser;
beforeAll(async () => {
  const url = await freeOrigin();
  system = await inProcess({ site: { url } });
  site = await served(system, { url });
  browser = await openChromium();
  await system.cooperations.start(
    changedSource(() => {}),
    { demonstration: true },
  );
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await system[Symbol.asyncDispose]();
});

/** The link of the mail that asks somebody. */
async function linkTo(person: string, request: string): Promise<string> {
  const to = (await system.view(ID)).people.find(({ id }) => id === person)?.email ?? '';
  return vi.waitFor(
    async () => {
      const mails = await system.mailbox.list({ request: `${ID}/${request}` });
      const [link] = /http:\/\/127\.0\.0\.1:\d+\/r\/[\w-]+/.exec(
        mails.find((one) => one.to.includes(to))?.text ?? '',
      ) ?? [''];
      if (!link) throw new Error(`no mail to ${person} about ${request}`);
      return link;
    },
    { timeout: 30_000, interval: 50 },
  );
}

const FILE = { name: 'ley.txt', mimeType: 'text/plain', buffer: Buffer.from('Ley') };
type Click = (selector: string) => Promise<void>;
/** What is pressed on the page of each kind that most answer with. */
const ANSWERS: Partial<Record<RequestKind, (click: Click, page: Page) => Promise<void>>> = {
  'approve-programme': (click) => click('.rial-usual button'),
  'review-sheet': (click) => click('.rial-usual button'),
  'choose-date': (click) => click('.rial-usual button'),
  // What is chosen in the system's own window is no click on a page.
  async 'send-documents'(click, page) {
    const chooser = page.waitForEvent('filechooser');
    await click('form[data-at-once] > button[type=button]');
    await (await chooser).setFiles([FILE]);
  },
};

async function answered(
  context: BrowserContext,
  person: string,
  { id, kind }: RequestView,
  link?: string,
): Promise<number> {
  const page = await context.newPage();
  await page.goto(link ?? (await linkTo(person, id)));
  let clicks = 1;
  const click: Click = async (selector) => {
    await page.locator(selector).click();
    clicks++;
  };
  // What is asked may stand behind the link, with its button; else its one button leads in.
  const enter = page.locator('main form[action^="/r/"] button');
  if (page.url().includes('/r/')) expect(await axe(page)).toEqual([]);
  if ((await enter.count()) === 1) await click('main form[action^="/r/"] button');
  await ANSWERS[kind]?.(click, page);
  await page.locator('.govuk-notification-banner--success').waitFor();
  await expect.poll(() => answerers(id)).toContain(person);
  await page.close();
  return clicks;
}
const answerers = async (request: string) =>
  (await system.view(ID)).requests.find(({ id }) => id === request)?.answers.map(({ by }) => by);

/** What nobody clicks here is answered as most do. */
async function others(request: RequestView, by: string): Promise<void> {
  const view = await system.view(ID);
  const file: WordFile = { fileName: 'borrador.pdf', content: Buffer.from(`%PDF-1.7 ${request.id}\n`) };
  const put = (kind: 'answer' | 'sheet' | 'report', { fileName, content }: WordFile) =>
    system.cooperations.putDocument(ID, { by, fileName, kind, bytes: Readable.from([content]) });
  const { brings } = kinds[request.kind];
  const given =
    brings === 'sheet' || brings === 'report'
      ? { decision: 'submit' as const, document: (await put(brings, file)).sha256 }
      : await usualAnswer(view, request, by, {
          attached: async () => file,
          put: (kind, one) => put(kind, one),
        });
  await system.answer(ID, request.id, by, given);
}

/** What is open, and who of the programme answers it next: of the ministry that is asked, before the others. */
async function next(): Promise<{ request: RequestView; by: string; party: string }> {
  for (;;) {
    const view = await system.view(ID);
    const request = view.requests.find(({ closedAt, owing }) => closedAt === null && owing.length > 0);
    const party = request?.owing.toSorted()[0];
    const by = view.people.find((one) => one.active && one.party === party && one.role !== 'guest')?.id;
    if (request && party && by) return { request, party, by };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('takes at most three the first time, and two later: programme, documents, dates, sheet', async () => {
  const came = await browser.newContext({ bypassCSP: true });
  const counted: Partial<Record<RequestKind, { first?: number; later?: number; over?: number }>> = {};
  const count = (kind: RequestKind, clicks: (typeof counted)[RequestKind]) => {
    counted[kind] = { ...counted[kind], ...clicks };
  };
  while (!counted['review-sheet']?.first) {
    const { request, party, by } = await next();
    const { id, kind } = request;
    if (!ANSWERS[kind]) await others(request, by);
    else if (party === 'per-mtpe') {
      const own = await browser.newContext({ bypassCSP: true });
      count(kind, { first: await answered(own, by, request) });
      await own.close();
    } else if ((await came.cookies()).length > 0) count(kind, { later: await answered(came, by, request) });
    else {
      // Three times: new to it, in the same session, and when that is over.
      const again = async () => {
        const { email } = (await system.view(ID)).people.find((one) => one.id === by) ?? {};
        const purpose = {
          address: email ?? '',
          cooperation: ID,
          person: by,
          path: `/c/${ID}/requests/${id}`,
        };
        await takeBack(id, by);
        return `${site.url}/r/${await mintLink(system.caseFile, purpose, new Date().toISOString())}`;
      };
      count(kind, { first: await answered(came, by, request) });
      count(kind, { later: await answered(came, by, request, await again()) });
      await came.clearCookies({ name: 'rial' });
      count(kind, { over: await answered(came, by, request, await again()) });
    }
  }
  expect(counted).toEqual({
    'approve-programme': { ...MOST, over: MOST.later },
    'send-documents': MOST,
    'choose-date': MOST,
    'review-sheet': MOST,
  });
});

async function takeBack(request: string, by: string): Promise<void> {
  const { answers = [] } = (await system.view(ID)).requests.find(({ id }) => id === request) ?? {};
  const revision = answers.find((one) => one.by === by)?.revision ?? 1;
  await system.cooperations.takeBack(ID, { request, by, revision }, { door: 'site' });
  await expect.poll(() => answerers(request)).toEqual([]);
}
