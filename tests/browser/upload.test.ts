import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitingFilesOf } from '../../src/casefile/waitingFiles.ts';
import { documentVersionId } from '../../src/domain/ids.ts';
import { openChromium } from '../support/chromium.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';
import { served } from '../support/served.ts';

const ID = '14-per-chl';
const MB = 1024 * 1024;
/** More than what lies on the way between a browser and a server that has stopped reading. */
const LARGE = 48 * MB;
const PDF = Buffer.from('%PDF-1.7\n');

/** Documents sent from a real browser: what the reader sees while they go, and when they do not arrive. */
describe('an upload', () => {
  let system: InProcess;
  let site: Awaited<ReturnType<typeof served>>;
  let browser: Awaited<ReturnType<typeof openChromium>>;
  let folder = '';
  let large = '';
  let small = '';
  let fake = '';
  const pages: Page[] = [];
  /** The files that the server was sent, by their names. */
  const came: string[] = [];
  /** While there is one, the server reads the first megabyte of a file, and the rest when it opens. */
  let gate: Promise<void> | undefined;
  let open = () => {};
  function close(): void {
    gate = new Promise((resolve) => {
      open = () => {
        gate = undefined;
        resolve();
      };
    });
  }
  async function* slowly(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let read = 0;
    for await (const chunk of bytes) {
      read += chunk.byteLength;
      if (read > MB) await gate;
      yield chunk;
    }
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rial-upload-'));
    [large, small, fake] = ['grande.pdf', 'nota.txt', 'informe.pdf'].map((name) =>
      path.join(folder, name),
    ) as [string, string, string];
    await writeFile(large, Buffer.concat([PDF, Buffer.alloc(LARGE)]));
    await writeFile(small, 'Nota.');
    await writeFile(fake, '<html><script>alert(1)</script></html>');
    system = await inProcess();
    const { cooperations } = system;
    site = await served(system, {
      cooperations: {
        ...cooperations,
        putDocument: (id, given) => {
          came.push(given.fileName);
          return cooperations.putDocument(id, { ...given, bytes: Readable.from(slowly(given.bytes)) });
        },
      },
    });
    browser = await openChromium();
    await system.cooperations.start(changedSource(movedTo(new Date(), -1)));
    await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    for (const by of ['chl-mtps-2', 'per-mtpe-1'])
      await system.answer(ID, 'coordination/approve-programme.1', by, { decision: 'approve' });
    await system.open(ID, 'documents/send-documents.1');
  });
  afterEach(async () => {
    open();
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await system[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function documentsPage(options: BrowserContextOptions = {}): Promise<Page> {
    const { people } = await system.view(ID);
    const address = people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '';
    const { page } = await site.enter(browser, address, options);
    pages.push(page);
    await page.goto(`${site.url}/c/${ID}/documents`);
    return page;
  }
  const FORM = 'section[aria-labelledby=send]';
  const send = (page: Page) => page.locator(`${FORM} button`).click();
  const bar = (page: Page) => page.locator(FORM).getByRole('progressbar');
  const said = (page: Page) => page.locator(`${FORM} [role=status]`);
  const percent = async (page: Page) => Number(await bar(page).getAttribute('value'));
  const titled = async (title: string) =>
    (await system.view(ID)).documents.filter((one) => one.title === title).length;
  const focused = (page: Page, what: 'id' | 'className') => page.evaluate(`document.activeElement.${what}`);
  const chosen = (page: Page): Promise<string[]> =>
    page.evaluate("[...document.querySelector('#files').files].map(({ name }) => name)");

  it('shows and says how far it has come; several at once; and what was received', async () => {
    const page = await documentsPage();
    await page.fill('#title', 'Malla');
    await page.setInputFiles('#files', [large, small]);
    // It stands there, and is silent, before there is anything to hear.
    expect(await said(page).textContent()).toBe('');
    expect(await bar(page).count()).toBe(0);
    const heard: string[] = [];
    await page.exposeBinding('heard', (_, text: string) => {
      heard.push(text);
    });
    await page.evaluate(
      `new MutationObserver(() => heard(document.querySelector('${FORM} [role=status]').textContent)).observe(document.querySelector('${FORM} [role=status]'), { childList: true })`,
    );
    close();
    await send(page);
    await bar(page).waitFor();
    expect(await bar(page).getAttribute('aria-label')).toBe('Enviando…');
    await expect.poll(() => percent(page)).toBeGreaterThan(0);
    // The server reads no further: the bar stays where it is, short of the end, and a second press sends nothing.
    let before = -1;
    await expect
      .poll(async () => {
        const standing = before;
        before = await percent(page);
        return before === standing;
      })
      .toBe(true);
    expect(before).toBeLessThan(100);
    await send(page);
    open();
    await page.waitForURL(/sent=2$/);
    expect(heard[0]).toBe('Enviando…');
    expect(heard.join()).toMatch(/Enviando: (25|50|75)\s%/);
    expect(heard.at(-1)).toBe('Todo llegó; se está comprobando…');
    expect(heard.length).toBeLessThanOrEqual(5);
    expect(await page.title()).toMatch(/^Se recibieron 2 documentos\. /);
    expect(await page.locator('main').textContent()).toContain('Se recibieron 2 documentos.');
    expect([await titled('Malla'), await titled('nota.txt')]).toEqual([1, 1]);
  });

  it.each([
    ['the server goes away', (_page: Page) => site.cut()],
    ['the line is cut', (page: Page) => page.context().setOffline(true)],
  ])('that %s is told; files and title stay, and sent again it is there once', async (how, cut) => {
    const page = await documentsPage();
    await page.fill('#title', how);
    await page.setInputFiles('#files', [small, large]);
    close();
    await send(page);
    await expect.poll(() => percent(page)).toBeGreaterThan(0);
    // The first of the two is there already.
    await expect.poll(() => titled(how)).toBe(1);
    // A browser tries once more by itself.
    await expect
      .poll(async () => {
        await cut(page);
        return said(page).textContent();
      })
      .toContain('El envío se interrumpió.');
    expect(await bar(page).count()).toBe(0);
    expect(await page.inputValue('#title')).toBe(how);
    expect(await chosen(page)).toEqual(['nota.txt', 'grande.pdf']);
    const others = await titled('grande.pdf');
    await page.context().setOffline(false);
    open();
    came.length = 0;
    await send(page);
    await page.waitForURL(/sent=2$/);
    // What had arrived was not sent again.
    expect([...new Set(came)]).toEqual(['grande.pdf']);
    expect(await titled(how)).toBe(1);
    // The same file of the same person is the same document, however often it comes.
    expect(await titled('grande.pdf')).toBe(Math.max(1, others));
  });

  it.each([
    ['with script', true],
    ['without script', false],
  ])('what is refused is told with its reason, %s', async (name, javaScriptEnabled) => {
    const page = await documentsPage({ javaScriptEnabled });
    await page.fill('#title', name);
    await page.setInputFiles('#files', [small, fake]);
    await send(page);
    const summary = page.locator('.govuk-error-summary');
    await summary.waitFor();
    expect(await summary.textContent()).toContain('informe.pdf: ');
    expect(await summary.textContent()).toContain('no corresponde a su nombre');
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.inputValue('#title')).toBe(name);
    // The other one was taken, and the page says so.
    expect(await page.locator('.govuk-notification-banner').textContent()).toContain(name);
    if (javaScriptEnabled) expect(await focused(page, 'className')).toBe('govuk-error-summary');
    await summary.locator('a').click();
    expect(await focused(page, 'id')).toBe('files');
    // The form that came back works as the first did.
    await page.setInputFiles('#files', [small]);
    await send(page);
    await page.waitForURL(/sent=1$/);
    expect(await titled(name)).toBe(1);
  });

  it('that nothing was chosen is told by the server', async () => {
    const page = await documentsPage();
    await send(page);
    await page.locator('.govuk-error-summary').waitFor();
    expect(await page.locator('.govuk-error-summary').textContent()).toContain('Elija al menos un archivo');
  });

  it('is told to be too large by what stands before the server', async () => {
    const page = await documentsPage();
    await page.route('**/documents', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 413, contentType: 'text/html', body: '<h1>413</h1>' })
        : route.continue(),
    );
    await page.setInputFiles('#files', [small]);
    await send(page);
    await expect.poll(() => said(page).textContent()).toContain('demasiado grande');
    expect(await chosen(page)).toEqual(['nota.txt']);
    await page.unroute('**/documents');
    await send(page);
    await page.waitForURL(/sent=1$/);
  });

  it('without script is the same form: several at once, and what was received', async () => {
    const page = await documentsPage({ javaScriptEnabled: false });
    expect(await page.locator('progress').count()).toBe(0);
    await page.fill('#title', 'Sin guion');
    await page.setInputFiles('#files', [large, small]);
    await send(page);
    await page.waitForURL(/sent=2$/);
    expect(await page.locator('main').textContent()).toContain('Se recibieron 2 documentos.');
    expect(await titled('Sin guion')).toBe(1);
  });

  it('shows how far it has come where a request asks for documents, too', async () => {
    const page = await documentsPage();
    await page.goto(`${site.url}/c/${ID}/requests/documents/send-documents.1`);
    await page.setInputFiles('#files', [small, large]);
    const form = page.locator('main form:has(#files)');
    close();
    await form.locator('button[type=submit]').click();
    await expect
      .poll(async () => Number(await form.getByRole('progressbar').getAttribute('value')))
      .toBeGreaterThan(0);
    open();
    // The page of the request comes in its place, and is read from its heading.
    await page.locator('.govuk-notification-banner--success').waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    const { requests } = await system.view(ID);
    const request = requests.find(({ id }) => id === 'documents/send-documents.1');
    expect(request?.answers.map(({ by, documents }) => [by, documents?.length])).toEqual([['per-mtpe-1', 2]]);
  });

  it('that a request asks for is not sent again either once it arrived: the answer has all of it', async () => {
    const page = await documentsPage();
    await page.goto(`${site.url}/c/${ID}/requests/documents/send-documents.1`);
    await page.locator('a', { hasText: 'Corregir' }).click();
    const other = path.join(folder, 'otra.txt');
    await writeFile(other, 'Otra nota.');
    await page.setInputFiles('#files', [other, large]);
    const form = page.locator('main form:has(#files)');
    close();
    await form.locator('button[type=submit]').click();
    // It waits for the answer.
    const waiting = async () =>
      (await waitingFilesOf(system.caseFile, ID, { by: 'per-mtpe-1' })).map(({ title }) => title);
    await expect.poll(waiting).toEqual(['otra.txt']);
    expect(await titled('otra.txt')).toBe(0);
    await expect
      .poll(async () => {
        site.cut();
        return form.locator('[role=status]').textContent();
      })
      .toContain('El envío se interrumpió.');
    open();
    came.length = 0;
    await form.locator('button[type=submit]').click();
    await page.locator('.govuk-notification-banner--success').waitFor();
    expect([...new Set(came)]).toEqual(['grande.pdf']);
    const { requests, documents } = await system.view(ID);
    const answers = requests.find(({ id }) => id === 'documents/send-documents.1')?.answers ?? [];
    const sent = answers.at(-1)?.documents ?? [];
    const added = documents.filter(({ title }) => title === 'otra.txt').map(documentVersionId);
    expect(sent).toEqual(expect.arrayContaining(added));
    expect(added).toHaveLength(1);
  });

  it('is a new version of one’s own document', async () => {
    const page = await documentsPage();
    await page.fill('#title', 'Con versiones');
    await page.setInputFiles('#files', [small]);
    await send(page);
    await page.waitForURL(/sent=1$/);
    const entry = page.locator('li', { has: page.getByRole('heading', { name: 'Con versiones' }) });
    await entry.locator('summary', { hasText: 'nueva versión' }).click();
    await entry.locator('input[type=file]').setInputFiles([large]);
    await entry.getByRole('button', { name: 'Enviar una nueva versión' }).click();
    await expect.poll(() => titled('Con versiones')).toBe(2);
    await expect.poll(() => page.locator('main').textContent()).toContain('Versiones anteriores (1)');
  });
});
