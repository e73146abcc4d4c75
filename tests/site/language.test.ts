import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstStaff, staffAt } from '../../src/casefile/access/staff.ts';
import { withAnsweredForm } from '../../src/site/answeredForm.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { plain } from '../support/programmeForm.ts';
import { type Browser, mainHtmlOf, OFFICER, siteOver } from '../support/site.ts';
import { ID, underway, type Who } from './pages/underway.ts';

const QUESTION = 'documents/answer-question-1.1';
const CHANGES = `/c/${ID}/changes`;

/** The button of a language on a page: the form that it belongs to, and where it sends that. */
const buttonOf = (page: string, language: string) => {
  const [tag = ''] = new RegExp(`<button[^>]*lang="${language}"[^>]*>`).exec(page) ?? [];
  const of = (name: string) =>
    new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? '';
  return { form: of('form'), action: of('formaction'), enctype: of('formenctype') };
};

describe('a language that is chosen on a page that answers a form', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('draws the page anew from what its form holds by then, with what is wrong in it', async () => {
    const { staff } = browsers;
    const values = { reason: '', person: 'chl-mtps-3', name: 'Ana Paz' };
    const answer = await (await staff.post(`${CHANGES}/new/correct-person`, values)).text();
    const button = buttonOf(answer, 'fr');
    expect(button.enctype).toBe('application/x-www-form-urlencoded');
    expect(mainHtmlOf(answer)).toContain(`id="${button.form}"`);
    // Typed since.
    const drawn = await staff.post(button.action, { ...values, name: 'Ana Paz Soldán' });
    const page = await drawn.text();
    expect([drawn.status, page.includes('<html lang="fr"')]).toEqual([422, true]);
    expect(mainHtmlOf(page)).toContain('value="Ana Paz Soldán"');
    expect(page).toContain('govuk-error-summary');
    // The reader's language from then on; and once more from that page.
    expect(await staff.text(CHANGES)).toContain('<html lang="fr"');
    const back = await staff.post(buttonOf(page, 'es').action, { ...values, name: 'Ana P. Soldán' });
    expect(plain(await back.text())).toContain('value="Ana P. Soldán"');
  });

  it('sends nothing that could be taken: the form stands as it is filled', async () => {
    const { staff } = browsers;
    const before = await system.view(ID);
    const wrong = await (await staff.post(`${CHANGES}/new/pause`, { reason: '' })).text();
    const { action } = buttonOf(wrong, 'pt');
    const page = await (await staff.post(action, { reason: 'Por acuerdo.' })).text();
    expect(page).toContain('<html lang="pt"');
    expect(page).toContain('Por acuerdo.</textarea>');
    expect(page).not.toContain('govuk-error-summary');
    expect((await system.view(ID)).changes).toEqual(before.changes);
    await staff.post(buttonOf(page, 'es').action, { reason: 'Por acuerdo.' });
  });

  it('records no answer, also of a form with files', async () => {
    const { peru } = browsers;
    await system.cooperations.ask(ID, { by: 'chl-mtps-2', to: 'per-mtpe', text: '¿Cuántas escuelas hay?' });
    const { subject } = await system.open(ID, QUESTION);
    const path = `/c/${ID}/requests/${QUESTION}`;
    const form = new FormData();
    form.append('subject', subject.hash);
    form.append('text', '');
    const answer = await peru.upload(path, form);
    const refused = await answer.text();
    expect(answer.status).toBe(422);
    const { action, form: id, enctype } = buttonOf(refused, 'en');
    expect(enctype).toBe('application/x-www-form-urlencoded');
    expect(mainHtmlOf(refused)).toMatch(new RegExp(`<form id="${id}"[^>]*action="${path}"`));
    // What is typed by then would be taken; the file that is chosen by then travels as its name.
    const values = { subject: subject.hash, text: 'Hay cuarenta escuelas.', files: 'lista.pdf' };
    const drawn = await peru.post(action, values);
    const page = await drawn.text();
    expect(page).toContain('<html lang="en"');
    expect(page).toContain('Hay cuarenta escuelas.</textarea>');
    const request = (await system.view(ID)).requests.find((one) => one.id === QUESTION);
    expect([request?.answers, request?.state]).toEqual([[], 'open']);
    const back = await (await peru.post(buttonOf(page, 'es').action, values)).text();
    expect(back).toContain('Hay cuarenta escuelas.</textarea>');
  });

  it('shows a preview again, and does not make it', async () => {
    const { staff } = browsers;
    const before = (await system.view(ID)).changes.length;
    const shown = await (await staff.post(`${CHANGES}/new/pause`, { reason: 'Por acuerdo.' })).text();
    const { action, form } = buttonOf(shown, 'en');
    // Nothing is written there: what was sent is sent.
    expect(form).toBe('');
    const preview = await staff.post(action, { reason: 'Por acuerdo.' });
    const page = await preview.text();
    expect([preview.status, page.includes('<html lang="en"')]).toEqual([200, true]);
    expect(mainHtmlOf(page)).toContain(`action="${CHANGES}/make"`);
    await staff.post(buttonOf(page, 'es').action, { reason: 'Por acuerdo.' });
    expect((await system.view(ID)).changes).toHaveLength(before);
  });

  it('does nothing in the name of a form that has nothing to show, and keeps what was written', async () => {
    const { staff, peru } = browsers;
    const next = `/c/${ID}/people/per-mtpe-1/end-access`;
    const again = `/language/again?${new URLSearchParams({ language: 'es', next })}`;
    const drawn = await staff.post(again, { note: 'Un texto largo.' });
    const page = await drawn.text();
    expect([drawn.status, page.includes('Todavía no se ha enviado')]).toEqual([422, true]);
    expect(page).toContain(`action="${next}"`);
    expect(page).toContain('value="Un texto largo."');
    expect((await peru.get(`/c/${ID}`)).status).toBe(200);
    // What counts as a try is opened once more.
    for (const path of ['/sign-in/step/passkey', '/r/x', '/sign-in/institution?next=%2F']) {
      const opened = await staff.post(
        `/language/again?${new URLSearchParams({ language: 'es', next: path })}`,
      );
      expect([opened.status, opened.headers.get('location')]).toEqual([303, path]);
    }
    expect((await staff.get(again)).headers.get('location')).toBe(next);
  });
});

describe('a language that is chosen before one is in', () => {
  let system: InProcess;
  beforeAll(async () => {
    system = await inProcess();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  /** Chooses French on a page where something was typed since it was opened; the page that follows. */
  async function inFrench(browser: Browser, path: string, typed: Record<string, string>): Promise<string> {
    const opened = await browser.text(path);
    const { form, action } = buttonOf(opened, 'fr');
    expect(mainHtmlOf(opened), path).toContain(`id="${form}"`);
    // The Enter key presses the first button of a form, which is none of a language.
    const [enter = ''] = new RegExp(`<button[^<>]*form="${form}"[^<>]*>`).exec(opened) ?? [];
    expect(enter, path).not.toContain(' lang=');
    expect(enter, path).not.toContain('/language/again');
    const hidden = mainHtmlOf(opened).matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
    const drawn = await browser.post(action, {
      ...Object.fromEntries([...hidden].map(([, name, value]) => [name, value])),
      ...typed,
    });
    const page = await drawn.text();
    expect([drawn.status, page.includes('<html lang="fr"')], path).toEqual([200, true]);
    expect(page, path).not.toContain('govuk-error-summary');
    for (const text of Object.values(typed))
      expect(plain(mainHtmlOf(page)), path).toContain(`value="${text}"`);
    return page;
  }

  it('keeps what is typed, and takes none of it for a try', async () => {
    const { caseFile } = system;
    const now = new Date().toISOString();
    const setup = (await firstStaff(caseFile, { staff: [], observers: [] }, now)) ?? '';
    const open = siteOver(system, { staff: [], observers: [] });
    await inFrench(open.browser(), `/setup/${setup}`, { name: 'Ana Paz', address: 'ana@oas' });

    const site = siteOver(system, { secondFactor: 'everybody', staff: [], observers: [] });
    const browser = site.browser();
    const typed = { name: 'Ana Paz', address: OFFICER, code: setup };
    await inFrench(browser, '/setup', typed);
    expect(await staffAt(caseFile, OFFICER)).toBeUndefined();
    const asking = await inFrench(browser, '/sign-in?next=%2Fboard', { address: OFFICER });
    expect(asking).toMatch(/name="next"[^>]*value="\/board"/);
    expect(site.sent).toEqual([]);
    expect((await browser.post('/setup', typed)).headers.get('location')).toBe('/sign-in/step');
    await inFrench(browser, '/sign-in/step', { code: '123456' });

    const other = open.browser();
    await other.post('/sign-in', { address: OFFICER });
    await expect.poll(() => open.sent.length).toBe(1);
    // Wrong ones, more than may be tried.
    for (let n = 0; n < 12; n++) await inFrench(other, '/sign-in/code', { code: '1234' });
    const { code = '' } = open.sent[0] ?? {};
    expect((await other.post('/sign-in/code', { code })).status).toBe(303);
  });
});

describe('the form of a page that answers one', () => {
  const of = (text: string) => withAnsweredForm(text, '/a');
  it.each([
    ['<form method="post" action="/a?x=1"><input name="t"></form>', 'answered', '/a?x=1'],
    [
      '<form method="post" action="/a"><input name="t"><button class="b" type="submit" name="do" value="x">X</button><button type="submit">Y</button></form>',
      'answered',
      '/a',
      ' name="do" value="x"',
    ],
    [
      '<form method="post" action="/b"><textarea></textarea></form><form method="post" id="f" action="/a"><select></select></form>',
      'f',
      '/a',
    ],
    ['<form method="post" action="/b?x=1&amp;y=2"><textarea></textarea></form>', 'answered', '/b?x=1&y=2'],
  ])('is %s', (text, id, action, first = '') => {
    const { form, text: marked } = of(text);
    expect(form).toEqual({ id, action, first });
    expect(marked).toContain(` id="${id}"`);
  });
  it.each([
    ['<form method="get" action="/a"><input name="t"></form>'],
    ['<form method="post" action="/a"><input type="hidden" name="t"><button>x</button></form>'],
    ['<p>&lt;form method="post" action="/a"&gt;</p>'],
  ])('is none in %s', (text) => {
    expect(of(text)).toEqual({ text });
  });
});
