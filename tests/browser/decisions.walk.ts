import { Readable } from 'node:stream';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { mintLink } from '../../src/casefile/access/access.ts';
import { enterRequest } from '../../src/casefile/requests.ts';
import type { CaseView, RequestView } from '../../src/domain/caseView.ts';
import { kinds, REQUEST_KINDS, type RequestKind } from '../../src/domain/kinds/index.ts';
import type { Decision } from '../../src/domain/kinds/kind.ts';
import { usualAnswer, type WordFile } from '../../src/play/answers.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';
import { freeOrigin, served } from '../support/served.ts';
import { sessionOf } from '../support/site.ts';

/**
 * From mail to answered, the mail's own button counted: each decision of each kind of request is at most three clicks away
 * for whoever comes for the first time, and two for whoever has been there, signed in still or not. What an answer says,
 * written, ticked or chosen among one's own files, is no click on the way to it. The last one is pressed, and what it sends
 * is looked at and goes no further, so that all are tried on the same request; that what is sent so is taken is held by
 * clicks.test.ts and by the tests of the page.
 */

vi.setConfig({ testTimeout: 300_000 });

const ID = 'brb-jam';
const MOST = { first: 3, later: 2, over: 2 };
/** Whoever is of the Secretariat has a code for each time: where they are signed in no more, the link alone is not enough. */
const MOST_OF_STAFF = { ...MOST, over: 3 };
/**
 * A programme is revised in its form, of many pages, where what changes is looked at before it is sent; or by its file, which
 * is folded away below.
 */
const LONGER: Partial<Record<RequestKind, typeof MOST>> = {
  'revise-programme': { first: 4, later: 3, over: 4 },
};

let system: InProcess;
let site: Awaited<ReturnType<typeof served>>;
let browser: Browser;
beforeAll(async () => {
  const url = await freeOrigin();
  system = await inProcess({ site: { url }, followUpMonthMs: 100 });
  site = await served(system, { url });
  browser = await openChromium();
  await system.cooperations.start(
    changedSource((file) => {
      file.id = ID;
      file.translation = { language: 'es', by: 'oas', vouchedBy: 'jam-mlss' };
      for (const one of file.participants) if (one.institution === 'jam-mlss') one.language = 'es';
    }, 'barbados-jamaica'),
    { demonstration: true },
  );
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await system[Symbol.asyncDispose]();
});

type Click = (selector: string) => Promise<void>;
/** What is written and pressed on the page, and what has to be sent by that. */
type Press = { press: (click: Click, page: Page) => Promise<void>; sends?: Record<string, string> };

const button = (form: string) => `main form${form} button[type=submit]`;
const says = (name: string, value: string) =>
  button(`:has(input[type=hidden][name="${name}"][value^="${value}"])`);
const pressed = (
  name: string,
  value: string,
  write: (page: Page) => Promise<void> = async () => {},
): Press => ({
  async press(click, page) {
    await write(page);
    await click(says(name, value));
  },
  sends: { [name]: value },
});
const review = {
  approve: pressed('decision', 'approve'),
  changes: pressed('decision', 'changes', (page) => page.fill('#reason', 'Falta un dato.')),
};
const other = pressed('choice', 'other', async (page) => {
  await page.fill('#date', '2031-03-05');
  await page.fill('#time', '10:00');
});
const held = {
  done: pressed('held', 'yes', (page) => page.fill('#minutes', 'Acta.')),
  'not-held': pressed('held', 'no'),
};
/** What is chosen in the system's own window is no click on a page. */
const file: Press = {
  async press(click, page) {
    const chooser = page.waitForEvent('filechooser');
    await click('form[data-at-once] > button[type=button]');
    const buffer = Buffer.from('%PDF-1.7 nuevo');
    await (await chooser).setFiles([{ name: 'nuevo.pdf', mimeType: 'application/pdf', buffer }]);
  },
};
const written = (field: string, write: (page: Page) => Promise<unknown>): Press => ({
  async press(click, page) {
    await write(page);
    await click(button(`:has([name="${field}"])`));
  },
});

/** Each decision of each kind; where a decision can be given in two ways, both. */
const PRESSES: { [K in RequestKind]: Partial<Record<Decision, Press | readonly Press[]>> } = {
  'confirm-coordination': held,
  'set-meeting': { date: other },
  'translate-programme': { submit: written('paragraph-1', (page) => page.fill('#paragraph-1', 'Title')) },
  'vouch-translation': review,
  'approve-programme': review,
  'revise-programme': {
    submit: {
      async press(click) {
        await click('main details:has([name=programme]) summary');
        await click(button(':has([name=programme])'));
      },
    },
  },
  'send-documents': { done: [file, pressed('nothing', 'yes')] },
  'answer-question': { done: written('text', (page) => page.fill('#text', 'Con recursos propios.')) },
  'choose-date': { marks: { press: (click) => click('main .rial-usual button') } },
  'confirm-date': {
    date: [other, pressed('choice', 'slot:')],
    changes: pressed('choice', 'changes', (page) => page.fill('#reason', 'Ninguna conviene.')),
  },
  'settle-session': { done: pressed('choice', 'hold'), date: other },
  'record-session': held,
  'name-consultant': {
    done: written('email', async (page) => {
      await page.fill('#name', 'Elena Rivas');
      await page.fill('#email', 'elena@consultora.example');
    }),
  },
  'draft-sheet': { submit: file },
  'review-sheet': review,
  'draft-report': { submit: file },
  'complement-report': { submit: file, 'nothing-to-add': pressed('contribution', 'nothing-to-add') },
  'receive-report': review,
  'tell-outcomes': {
    done: written('came', async (page) => {
      await page.check('input[name=came][value=processes]');
      await page.fill('#text', 'Se ajustaron dos procedimientos.');
    }),
  },
  'tell-commitments': {
    done: written('told-1-outcome', (page) => page.check('input[name="told-1-outcome"][value=kept]')),
  },
  'resolve-trouble': { done: { press: (click) => click(button(':has(input[name=subject])')) } },
};

/** How often is clicked until the answer is sent; it is held back. */
async function clicksIn(
  context: BrowserContext,
  { press, sends }: Press,
  { link, path, address }: { link: string; path: string; address: string },
): Promise<number> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const sent = new Promise<Request>((resolve) => {
    void page.route('**/*', (route, request) => {
      const to = new URL(request.url()).pathname;
      const body = request.postData() ?? '';
      const behind = to.startsWith('/r/') && /\b(usual|behind)\b/.test(body);
      if (request.method() !== 'POST' || !(to === path || behind)) return route.continue();
      resolve(request);
      return route.fulfill({ status: 204 });
    });
  });
  await page.goto(link);
  let clicks = 1;
  const click: Click = async (selector) => {
    await page.locator(selector).first().click();
    clicks++;
  };
  const answers = page.locator('main form:has(input[name=subject])');
  if ((await answers.count()) === 0) {
    const codes = site.sent.length;
    await click(button('[action^="/r/"]'));
    if (new URL(page.url()).pathname.startsWith('/r/')) {
      // Who answers for the Secretariat has a code by mail, and types it.
      await expect.poll(() => site.sent.length).toBeGreaterThan(codes);
      await page.fill('#code', site.sent.findLast(({ to }) => to === address)?.code ?? '');
      await page.press('#code', 'Enter');
    }
  }
  await answers.first().waitFor({ state: 'attached' });
  await press(click, page);
  const body = (await sent).postData() ?? '';
  const form = body.includes('form-data;')
    ? Object.fromEntries(
        [...body.matchAll(/name="([^"]+)"\r\n\r\n([^\r]*)/g)].map(([, name, value]) => [name, value]),
      )
    : Object.fromEntries(new URLSearchParams(body));
  for (const [name, value] of Object.entries(sends ?? {}))
    expect(form[name]).toMatch(new RegExp(`^${value}`));
  await page.close();
  return clicks;
}

const counted = new Map<string, typeof MOST>();
/** How many clicks more a code takes. */
const CODES: number[] = [];

/** Tries each decision of an open request, as each kind of visitor. */
async function tryAll(view: CaseView, request: RequestView, by: string): Promise<void> {
  const { email: address } = view.people.find(({ id }) => id === by) ?? {};
  if (!address) throw new Error(`${by} has no address`);
  const path = `/c/${ID}/requests/${request.id}`;
  const isStaff = by.startsWith('oas-');
  const link = async () =>
    `${site.url}/r/${await mintLink(system.caseFile, { address, path, cooperation: ID, person: by }, new Date().toISOString())}`;
  for (const decision of request.decisions) {
    const given = PRESSES[request.kind][decision];
    if (!given) throw new Error(`nothing says how ${request.kind} is answered with ${decision}`);
    for (const [index, press] of [given].flat().entries()) {
      const name = `${request.kind} ${decision}${index > 0 ? ` ${index + 1}` : ''}`;
      if (counted.has(name)) continue;
      const visit = async (context: BrowserContext) =>
        clicksIn(context, press, { link: await link(), path, address });
      const context = await browser.newContext();
      if (isStaff) {
        // Codes are not to be had without end: that one takes a click more is tried once.
        const byCode = CODES.length === 0 ? await visit(context) : undefined;
        const value = await sessionOf(system.caseFile, address);
        await context.addCookies([{ name: 'rial', value, url: site.url }]);
        const later = await visit(context);
        if (byCode !== undefined) CODES.push(byCode - later);
        const first = later + (CODES[0] ?? 0);
        counted.set(name, { first, later, over: first });
      } else {
        const first = await visit(context);
        const later = await visit(context);
        await context.clearCookies({ name: 'rial' });
        counted.set(name, { first, later, over: await visit(context) });
      }
      await context.close();
    }
  }
}

/** As most answer; but the programme is revised once. */
async function answered(view: CaseView, request: RequestView, by: string): Promise<void> {
  const isFirst = !view.requests.some(({ kind, id }) => kind === request.kind && id !== request.id);
  if (isFirst && request.kind === 'approve-programme')
    return void (await system.answer(ID, request.id, by, { decision: 'changes', reason: 'Otro título.' }));
  const draft: WordFile = {
    fileName: 'borrador.pdf',
    content: Buffer.from(`%PDF-1.7 ${request.id} ${by}\n`),
  };
  const put = (kind: 'answer' | 'sheet' | 'report', { fileName, content }: WordFile) =>
    system.cooperations.putDocument(ID, { by, fileName, kind, bytes: Readable.from([content]) });
  const { brings } = kinds[request.kind];
  const given =
    brings === 'sheet' || brings === 'report'
      ? { decision: 'submit' as const, document: (await put(brings, draft)).sha256 }
      : await usualAnswer(view, request, by, {
          attached: async () => draft,
          put: (kind, one) => put(kind, one),
        });
  await system.answer(ID, request.id, by, given);
}

/** What no course of this cooperation comes to is entered beside it. */
async function enteredBeside(
  kind: RequestKind,
  scope: string,
  of: string,
  item: number | null,
): Promise<void> {
  const view = await system.view(ID);
  const at = new Date().toISOString();
  await enterRequest(system.caseFile, {
    ...{ cooperation: ID, id: `${scope}/${kind}.1`, kind, round: 1, item, parties: [of] },
    ...{ subject: { ref: kind, hash: 'a'.repeat(64) }, reminders: [], openedAt: at },
    trouble: kind === 'resolve-trouble' ? 'unreached' : null,
    dueAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const request = (await system.view(ID)).requests.find((one) => one.kind === kind);
  if (request) await tryAll(view, request, `${of}-1`);
}

it('takes at most three clicks the first time, and two later, whatever the answer is', async () => {
  let promised = false;
  let asked = false;
  const done = new Set<string>();
  const told = () => counted.has('tell-outcomes done') && counted.has('tell-commitments done');
  while (!told()) {
    const view = await system.view(ID);
    const request = view.requests.find(
      ({ id, closedAt, owing }) => closedAt === null && owing.some((party) => !done.has(`${id} ${party}`)),
    );
    const party = request?.owing.find((one) => !done.has(`${request.id} ${one}`));
    const by = view.people.find(
      (one) => one.active && one.party === party && one.email && one.role !== 'guest',
    )?.id;
    if (!request || !party || !by) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    await tryAll(view, request, by);
    if (request.kind === 'send-documents' && !asked) {
      asked = true;
      await system.cooperations.ask(ID, { by: 'jam-mlss-1', to: 'brb-mlsp', text: '¿Cómo se financia?' });
      await enteredBeside('set-meeting', 'coordination', 'oas', null);
      await enteredBeside('settle-session', 'session-2', 'oas', 2);
      await enteredBeside('resolve-trouble', 'documents', 'oas', null);
      await system.caseFile
        .updateTable('request')
        .set({ closedAt: new Date().toISOString() })
        .where('cooperation', '=', ID)
        .where('kind', 'in', ['set-meeting', 'settle-session', 'resolve-trouble'])
        .execute();
    }
    if (!promised && request.kind === 'review-sheet') {
      promised = true;
      await system.change(ID, {
        change: 'add-commitment',
        what: 'Enviar la guía',
        owner: 'brb-mlsp',
        due: '2023-09-30',
      });
    }
    await answered(view, request, by);
    done.add(`${request.id} ${party}`);
  }
  const names = REQUEST_KINDS.flatMap((kind) =>
    Object.entries(PRESSES[kind]).flatMap(([decision, given]) =>
      [given].flat().map((_, index) => `${kind} ${decision}${index > 0 ? ` ${index + 1}` : ''}`),
    ),
  );
  expect([...counted.keys()].sort()).toEqual(names.sort());
  const tooMany = [...counted].flatMap(([name, clicks]) => {
    const [kind] = name.split(' ') as [RequestKind];
    const staff = STAFF.includes(kind);
    const most = LONGER[kind] ?? (staff ? MOST_OF_STAFF : MOST);
    const over = (['first', 'later', 'over'] as const).filter((when) => clicks[when] > most[when]);
    return over.map((when) => `${name}, ${when}: ${clicks[when]}`);
  });
  expect(tooMany).toEqual([]);
});

/** What the Secretariat is asked. */
const STAFF: readonly RequestKind[] = [
  ...(['confirm-coordination', 'set-meeting', 'revise-programme', 'confirm-date', 'settle-session'] as const),
  ...(['record-session', 'name-consultant', 'receive-report', 'resolve-trouble'] as const),
  'translate-programme',
];
