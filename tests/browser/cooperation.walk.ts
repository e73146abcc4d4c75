import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RequestView } from '../../src/domain/caseView.ts';
import type { RequestKind } from '../../src/domain/kinds/index.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, example } from '../support/programme.ts';
import { freeOrigin, served } from '../support/served.ts';

/**
 * A whole cooperation in a real Chromium, on a real Temporal server: people of all institutions and a consultant come in
 * by the links of their mails and answer on the pages, until the final report is accepted: that of Peru and Chile, and
 * that of Barbados and Jamaica, who draft the report together. The dates of the programme have passed, so nothing waits
 * for them.
 */

vi.setConfig({ testTimeout: 300_000 });

describe.each([
  ['with client script', true, 'peru-chile-2021', { kinds: 13, people: 6 }],
  ['without client script', false, 'peru-chile-2021', { kinds: 13, people: 6 }],
  ['with two drafters', true, 'barbados-jamaica', { kinds: 14, people: 7 }],
] as const)('a cooperation %s', (_, javaScriptEnabled, name, expected) => {
  const { id, institutions, finalReport } = example(name);
  const of = (role: string) => institutions.find((one) => one.role === role)?.id ?? '';
  const [asking, providing] = [of('requesting'), of('providing')];
  let system: InProcess;
  let site: Awaited<ReturnType<typeof served>>;
  let browser: Awaited<ReturnType<typeof openChromium>>;
  const windows = new Map<string, { context: BrowserContext; page: Page }>();

  beforeAll(async () => {
    const url = await freeOrigin();
    system = await inProcess({ site: { url } });
    site = await served(system, { url });
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await system[Symbol.asyncDispose]();
  });

  /** Who answers for each party: two for each ministry, in turn, where there are as many. */
  const CAST: Record<string, string[]> = {
    consultant: ['consultant-1'],
    ...Object.fromEntries(
      institutions.map((one) => {
        const theirs = example(name).participants.filter(({ institution }) => institution === one.id);
        const most = one.role === 'secretariat' ? 1 : 2;
        return [one.id, theirs.slice(0, most).map((_, n) => `${one.id}-${n + 1}`)];
      }),
    ),
  };
  const turns = new Map<string, number>();
  function next(party: string): string {
    const cast = CAST[party] ?? [];
    const turn = turns.get(party) ?? 0;
    turns.set(party, turn + 1);
    return cast[turn % cast.length] ?? '';
  }

  const address = async (person: string) =>
    (await system.view(id)).people.find((one) => one.id === person)?.email ?? '';

  /** Whoever is of the Secretariat has signed in by a code before: their link alone does not let them in. */
  async function windowOf(person: string) {
    if (person.startsWith('oas-')) return site.enter(browser, await address(person), { javaScriptEnabled });
    const context = await browser.newContext({ javaScriptEnabled });
    return { context, page: await context.newPage() };
  }

  /** A person's window, at a request: by the link of the mail they got about it, and its button. */
  async function openMail(person: string, request: string): Promise<Page> {
    const to = await address(person);
    const mail = await vi.waitFor(
      async () => {
        const mails = await system.mailbox.list({ request: `${id}/${request}` });
        const found = mails.find((one) => one.to.includes(to));
        if (!found) throw new Error(`no mail to ${person} about ${request}`);
        return found;
      },
      { timeout: 30_000, interval: 50 },
    );
    const [link] = /http:\/\/127\.0\.0\.1:\d+\/r\/[\w-]+/.exec(mail.text) ?? [];
    expect(link, mail.text).toBeDefined();
    const window = windows.get(person) ?? (await windowOf(person));
    windows.set(person, window);
    const { page } = window;
    await page.goto(link ?? '');
    const enter = page.locator('main form[action^="/r/"] button');
    if ((await enter.count()) > 0) await enter.click();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/c/${id}/requests/${request}`);
    return page;
  }

  const radio = (page: Page, name: string, value: string) =>
    page.locator(`input[type=radio][name="${name}"][value="${value}"]`).check();
  /** The button of a way to answer. */
  const way = (name: string, value: string) =>
    `main form:has(input[type=hidden][name="${name}"][value="${value}"]) button[type=submit]`;
  let changed = false;

  /** Fills in the form, and says which button is pressed, where it is not that of the form. */
  const FILL: Record<RequestKind, (page: Page, request: RequestView, person: string) => Promise<unknown>> = {
    async 'confirm-coordination'(page) {
      await page.fill('#minutes', 'Se acordaron objetivos y contenidos.');
    },
    'settle-session': async () => way('choice', 'hold'),
    async 'set-meeting'(page) {
      await page.fill('#date', '2031-03-05');
      await page.fill('#time', '10:00');
    },
    async 'translate-programme'(page, { translation }) {
      for (const { number, text } of translation?.paragraphs ?? [])
        await page.fill(`#paragraph-${number}`, `In English: ${text}`);
    },
    'vouch-translation': async () => way('decision', 'approve'),
    async 'approve-programme'(page, _, person) {
      if (person !== `${providing}-1` || changed) return way('decision', 'approve');
      changed = true;
      await page.fill('#reason', 'Falta el <b>financiamiento</b> de las escuelas.');
      return way('decision', 'changes');
    },
    async 'revise-programme'(page) {
      await page.getByRole('button', { name: 'Revisar el programa en el formulario' }).click();
      const standing = await page.inputValue('#title');
      await page.fill('#title', `${standing}, CON SU FINANCIAMIENTO`);
      await page.getByRole('button', { name: 'Revisar los cambios', exact: true }).click();
      await page.getByText('Todavía no se ha enviado nada').waitFor();
    },
    'send-documents': (page) =>
      page.setInputFiles('#files', { name: 'ley.txt', mimeType: 'text/plain', buffer: Buffer.from('Ley') }),
    'answer-question': (page) => page.fill('#text', 'Con recursos del Fondo de Formación Sindical.'),
    async 'choose-date'(page, { slots }) {
      for (const { id: slot } of slots) await radio(page, `mark-${slot}`, 'yes');
    },
    'confirm-date': async (_, { slots }) => way('choice', `slot:${slots[0]?.id}`),
    async 'record-session'(page) {
      await page.fill('#minutes', 'Se presentó la experiencia.');
      await page.fill('#outputs', 'Esquema de la escuela');
    },
    async 'name-consultant'(page) {
      await page.fill('#name', 'Elena Rivas');
      await page.fill('#email', 'elena.rivas@consultora.example');
    },
    'draft-sheet': upload,
    'review-sheet': async () => way('decision', 'approve'),
    'draft-report': upload,
    'complement-report': upload,
    'receive-report': async () => way('decision', 'approve'),
    async 'tell-outcomes'(page) {
      await page.check('input[name=came][value=processes]');
      await page.fill('#text', 'Se ajustaron dos procedimientos.');
    },
    async 'tell-commitments'(page, { commitments }) {
      for (const { number } of commitments) await radio(page, `told-${number}-outcome`, 'kept');
    },
    'resolve-trouble': async () => {},
  };
  /** The next version: the document as it stands with something more, or the first one where there is none. */
  async function upload(page: Page, { kind }: RequestView) {
    const { documents } = await system.view(id);
    const of = kind === 'draft-sheet' ? 'sheet' : 'report';
    const standing = documents.findLast((one) => one.kind === of);
    const before = standing ? await system.bytes(standing.sha256) : Buffer.from(`%PDF-1.7 ${of}`);
    await page.setInputFiles('#files', {
      name: standing ? path.basename(standing.file) : 'informe.pdf',
      mimeType: 'application/octet-stream',
      buffer: Buffer.concat([before, Buffer.from('\n% Con lo que falta.')]),
    });
  }

  it('is taken from the first mail to the accepted report', async () => {
    await system.cooperations.start(
      changedSource((file) => {
        // Its pages are read in one language.
        file.language = 'es';
        for (const one of file.participants) delete one.language;
      }, name),
      { demonstration: true },
    );
    const answered = new Set<string>();
    const kinds = new Set<string>();
    for (;;) {
      const view = await system.view(id);
      if (view.closedAt) break;
      const open = view.requests.filter(({ closedAt }) => closedAt === null);
      const [request] = open.filter(({ owing, id: one }) =>
        owing.some((party) => !answered.has(`${one} ${party}`)),
      );
      if (!request) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      const party = request.owing.find((one) => !answered.has(`${request.id} ${one}`)) ?? '';
      const person = next(party);
      const page = await openMail(person, request.id);
      const button = await FILL[request.kind](page, request, person);
      await page
        .locator(
          typeof button === 'string'
            ? button
            : 'main form:has(input[name=subject]):not(.rial-usual) button[type=submit]',
        )
        .first()
        .click();
      expect(await page.locator('.govuk-error-summary').allInnerTexts(), request.id).toEqual([]);
      answered.add(`${request.id} ${party}`);
      kinds.add(request.kind);
      await expect
        .poll(async () => {
          const now = (await system.view(id)).requests.find((one) => one.id === request.id);
          return now?.answers.map((one) => one.party);
        })
        .toContain(party);
      if (request.kind === 'send-documents' && party === asking) await ask();
    }
    const view = await system.view(id);
    expect(view.cancelledAt).toBeNull();
    expect(view.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect({ kinds: kinds.size, people: windows.size }).toEqual(expected);
    // The report was written in turn: each went on from the file of the one before.
    const hands = finalReport.drafts.length + finalReport.complements.length;
    expect(view.documents.filter(({ kind }) => kind === 'report')).toHaveLength(hands);
    // What was asked for in the first round, word for word, and inert.
    expect(view.requests.filter(({ kind }) => kind === 'approve-programme')).toHaveLength(2);
  });

  /** One ministry asks the other something, on the page of questions. */
  async function ask() {
    const page = windows.get(`${asking}-1`)?.page ?? windows.get(`${asking}-2`)?.page;
    await page?.goto(`${site.url}/c/${id}/questions`);
    await page?.locator('select[name=to], input[name=to]').first().waitFor();
    const select = page?.locator('select[name=to]');
    if ((await select?.count()) ?? 0) await select?.selectOption(providing);
    else await page?.locator(`input[name=to][value=${providing}]`).check();
    await page?.fill('textarea[name=text]', '¿Cómo se financian las escuelas?');
    await page?.locator('main form:has(textarea[name=text]) button[type=submit]').click();
    await expect.poll(async () => (await system.view(id)).questions.length).toBe(1);
  }

  it('shows staff that it is over, and how it went', async () => {
    const { page } = await site.enter(browser, await address('oas-1'), { javaScriptEnabled });
    await page.goto(`${site.url}/c/${id}/record`);
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text.length).toBeGreaterThan(1000);
    await page.goto(`${site.url}/c/${id}/requests/coordination/approve-programme.1`);
    expect((await page.locator('main').textContent()) ?? '').toContain(
      'Falta el <b>financiamiento</b> de las escuelas.',
    );
  });
});
