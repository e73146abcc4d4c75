import { Readable } from 'node:stream';
import JSZip from 'jszip';
import type { Browser as Chromium, Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { GivenDecision } from '../../../src/client/index.ts';
import { inspectBytes } from '../../../src/documents/accept.ts';
import type { CaseView, RequestView } from '../../../src/domain/caseView.ts';
import { givenChange } from '../../../src/domain/change.ts';
import { usualAnswer } from '../../../src/play/answers.ts';
import { openChromium } from '../../support/chromium.ts';
import { replyByMail } from '../../support/incomingMail.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { example } from '../../support/programme.ts';
import { type Browser, siteOver } from '../../support/site.ts';
import { hostileProgramme, LINK, maker, RUN } from './hostile.ts';

/**
 * A whole cooperation whose people write script, markup and headers into every field there is. It is followed into
 * everything that shows it: pages, mails, appointments, Word and PDF.
 */

vi.setConfig({ testTimeout: 120_000 });

const ID = '14-per-chl';
const SITE = 'http://site.example';
const GUEST = 'guest@ilo.example';
/** Of pages and files that there are many of, such as of mails, so many of each kind. */
const MANY = 3;
const kindOf = (path: string): string => {
  const { pathname, searchParams } = new URL(path, SITE);
  const names = [...new Set(searchParams.keys())].sort();
  return [pathname.replace(/[0-9a-f]{64}/g, 'hash').replace(/\d+/g, '#'), ...names].join(' ');
};
/** Files that a process makes which starts for them: one of each kind for each reader. */
const MADE = /\/export$|\/report\.\w+$/;

/** What a browser's own parser makes of a page or mail: what does not belong there, its text, links and forms. */
type Parsed = {
  foreign: string[];
  text: string;
  links: string[];
  forms: { action: string; fields: { name: string; type: string; value: string }[] }[];
};
const PARSE = `(pages) => pages.map(({ html, mail }) => {
  const doc = new DOMParser().parseFromString(html, 'text/html');
  const foreign = [];
  const allowed = new Set(mail ? [] : ['button', 'details', 'fieldset', 'form', 'input', 'label', 'legend', 'option',
    'select', 'summary', 'svg', 'textarea', 'script', 'link', 'time', 'circle', 'g', 'line', 'path', 'rect', 'text',
    'polygon', 'main', 'header', 'footer', 'nav', 'section', 'dl', 'dt', 'dd', 'article', 'caption', 'th', 'thead',
    'h3', 'h4', 'b', 'em', 'code', 'pre', 'progress', 'small', 'optgroup', 'abbr', 'tspan', 'desc', 'figure',
    'figcaption', 'output', 'i']);
  for (const tag of ['html', 'head', 'meta', 'title', 'body', 'a', 'em', 'blockquote', 'br', 'div', 'h1', 'h2', 'li', 'ol',
    'p', 'span', 'strong', 'table', 'tbody', 'td', 'tr', 'ul', 'hr']) allowed.add(tag);
  for (const element of doc.querySelectorAll('*')) {
    const tag = element.localName;
    if (!allowed.has(tag)) foreign.push('<' + tag + '>');
    if (tag === 'script' && (element.textContent || !/^\\/assets\\//.test(element.getAttribute('src') ?? '')))
      foreign.push('script: ' + element.outerHTML.slice(0, 80));
    if (tag === 'link' && !/^\\/assets\\//.test(element.getAttribute('href'))) foreign.push(element.outerHTML);
    if (tag === 'meta' && element.hasAttribute('http-equiv')) foreign.push(element.outerHTML);
    for (const { name, value } of element.attributes) {
      if (/^on|^srcdoc$|^xmlns:|["'<>]/i.test(name) || (name === 'style' && !mail)) foreign.push(tag + '[' + name + ']');
      if (/^(href|src|action|formaction|xlink:href|background|poster)$/.test(name) &&
        !/^(https?:\\/\\/|webcal:\\/\\/site\\.example\\/calendar\\/|mailto:|\\/(?!\\/)|#|\\?)/.test(value.trim())) foreign.push(tag + '[' + name + '=' + value + ']');
    }
  }
  // The source of a programme, which writes its texts in its own way.
  for (const source of doc.querySelectorAll('textarea[name=programme], textarea[name=source]')) source.remove();
  const values = [...doc.querySelectorAll('input[value]')].map((one) => one.getAttribute('value'));
  return {
    foreign,
    text: [doc.documentElement.textContent, ...values].join(' ').replace(/\\s+/g, ' '),
    links: [...doc.querySelectorAll('a[href]')].map((one) => one.getAttribute('href')),
    forms: [...doc.querySelectorAll('form[method=post]')].map((form) => ({
      action: form.getAttribute('action') ?? '',
      fields: [...form.elements].filter(({ name, disabled }) => name && !disabled).map(({ name, type, value, checked, defaultValue }) =>
        ({ name, type: checked ? 'checked' : type, value })),
    })),
  };
})`;

describe('what people write', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  let chromium: Chromium;
  let window: Page;
  const texts = maker();
  const raw: { to: string; raw: Buffer }[] = [];
  const pages: { path: string; who: string; html: string }[] = [];
  const files: { path: string; response: Response }[] = [];
  const echoes: { path: string; html: string }[] = [];
  const [sentForms, sentFields] = [new Set<string>(), new Set<string>()];
  let filled: ReturnType<typeof hostileProgramme>;
  let view: CaseView;
  const browsers = new Map<string, Browser>();
  const made = new Set<string>();

  const parsed = (given: { html: string; mail?: boolean }[]): Promise<Parsed[]> =>
    window.evaluate(`(${PARSE})(${JSON.stringify(given)})`) as Promise<Parsed[]>;
  const shown = (text: string): string => text.replaceAll('\0', '').replace(/\s+/g, ' ');

  beforeAll(async () => {
    chromium = await openChromium();
    window = await chromium.newPage();
    system = await inProcess({ site: { url: SITE }, taking: (mail) => raw.push(mail) });
    site = siteOver(system);
    const given = example();
    const [first] = given.sessions;
    if (first) first.guests = [{ name: 'x', email: GUEST, invitedBy: 'chl-mtps' }];
    // Fewer people: each gets all of the mails.
    given.participants = given.institutions.flatMap(({ id }) =>
      given.participants.filter(({ institution }) => institution === id).slice(0, 3),
    );
    filled = hostileProgramme(given, texts);
    // Named later, by an answer.
    const { consultant: _, ...systematization } = filled.programme.systematization;
    // Its days have passed.
    await system.cooperations.start(JSON.stringify({ ...filled.programme, systematization }), {
      demonstration: true,
    });
    await play();
    view = await system.view(ID);
  });
  afterAll(async () => {
    await chromium?.close();
    await system[Symbol.asyncDispose]();
  });

  async function as(person: string): Promise<Browser> {
    const standing = browsers.get(person);
    if (standing) return standing;
    const { people } = await system.view(ID);
    const browser = await site.as(people.find(({ id }) => id === person)?.email ?? person);
    browsers.set(person, browser);
    return browser;
  }

  /** Every page that links lead to from these, as somebody sees them; files are kept aside. */
  async function crawl(who: string, from: string[], browser?: Browser): Promise<void> {
    browser ??= await as(who);
    const seen = new Set(from);
    const kinds = new Map<string, number>();
    for (const path of seen) {
      const kind = kindOf(path);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if ((kinds.get(kind) ?? 0) > MANY || made.has(`${who} ${kind}`)) continue;
      const response = await browser.get(path);
      const type = response.headers.get('content-type') ?? '';
      if (response.status >= 300 && response.status < 400) {
        seen.add((response.headers.get('location') ?? '/').replace(/#.*/, ''));
        continue;
      }
      expect(`${who} ${path}: ${response.status}`).toMatch(/: 200$/);
      if (!type.startsWith('text/html')) {
        files.push({ path, response });
        if (MADE.test(path)) made.add(`${who} ${kind}`);
        continue;
      }
      const html = await response.text();
      pages.push({ path, who, html });
      for (const [, href = ''] of html.matchAll(/<a\s[^>]*?href="(\/[^"#]*)/g)) {
        const next = href.replaceAll('&amp;', '&');
        if (!/^\/(assets|mailbox)/.test(next)) seen.add(next);
      }
    }
  }

  /** Sends every form of the pages that were seen, with hostile texts in its fields and nothing chosen. */
  async function sendForms(who: string): Promise<void> {
    const browser = await as(who);
    const found = await parsed(pages.filter((one) => one.who === who));
    const forms = new Map(found.flatMap(({ forms }) => forms).map((form) => [form.action, form] as const));
    const kinds = new Set(['/sign-out', '/language']);
    for (const { action, fields } of forms.values()) {
      const kind = action.replace(/\d+/g, '#');
      if (kinds.has(kind)) continue;
      kinds.add(kind);
      sentForms.add(kind);
      for (const { name } of fields) sentFields.add(`${kind} ${name.replace(/\d+/g, '#')}`);
      const free = ['text', 'textarea', 'email', 'url', 'search', 'date', 'time', 'number'];
      const values = fields
        .filter(({ type }) => free.includes(type) || type === 'hidden')
        .map(({ name, type, value }) => [name, type === 'hidden' ? value : texts.line()] as const);
      const form = Object.fromEntries(values);
      const upload = fields.some(({ type }) => type === 'file');
      const body = new FormData();
      for (const [name, value] of values) body.append(name, value);
      if (upload) body.append('files', new File(['MZ'], `${texts.line(120)}.exe`));
      const response = upload ? await browser.upload(action, body) : await browser.post(action, form);
      expect(`${action}: ${response.status}`).not.toMatch(/: 5/);
      if (response.headers.get('content-type')?.startsWith('text/html'))
        echoes.push({ path: action, html: await response.text() });
    }
    // Among them are those that end sessions.
    browsers.delete(who);
  }

  /** A change that is made where it can be, with a reason of such a kind. */
  async function change(what: Parameters<InProcess['change']>[1]): Promise<void> {
    await system.cooperations.change(ID, givenChange.parse({ what, reason: texts.text() }));
  }

  async function play(): Promise<void> {
    const changed = new Set<string>();
    const done = new Set<string>();
    for (let stood = ''; ; ) {
      stood = await system.goneOn(ID, stood);
      const view = await system.view(ID);
      if (view.closedAt) break;
      const request = view.requests.find(
        ({ id, closedAt, owing }) => closedAt === null && owing.length > 0 && !done.has(`${id} ${owing[0]}`),
      );
      const [party = ''] = request?.owing ?? [];
      const by = view.people.find((one) => one.active && one.party === party && one.role !== 'guest')?.id;
      if (!request || !by) continue;
      done.add(`${request.id} ${party}`);
      await crawlOne(by, `/c/${ID}/requests/${request.id}`);
      if (request.kind === 'revise-programme') await crawlOne(by, `/c/${ID}/requests/${request.id}/form`);
      if (request.kind === 'send-documents' && !changed.has('middle')) {
        changed.add('middle');
        await middle(view, request);
      }
      if (request.kind === 'draft-report' && !changed.has('late')) {
        changed.add('late');
        // To whoever the minutes say attended.
        await system.cooperations.giveCertificates(ID, {});
        await crawl('oas-1', ['/', '/board', '/new', `/c/${ID}`, `/c/${ID}/meeting`]);
        await crawl(by, ['/', `/c/${ID}`]);
        await crawl(GUEST, [`/c/${ID}`]);
        await sendForms('oas-1');
        await sendForms(by);
      }
      const sendsBack =
        ['approve-programme', 'review-sheet'].includes(request.kind) && !changed.has(request.kind);
      changed.add(request.kind);
      if (sendsBack) await answer(request, by, { decision: 'changes', reason: texts.text() });
      else await answer(request, by, await given(view, request, by));
    }
    // What five of them write in the survey stands on the page of the cooperation.
    const { people } = await system.view(ID);
    for (const { id } of people.filter(({ role, active }) => role === 'delegate' && active).slice(0, 5)) {
      await crawlOne(id, `/c/${ID}/survey`);
      const grades = { useful: '5', expected: '4', organised: '3', applicable: '5' };
      const { status } = await (await as(id)).post(`/c/${ID}/survey`, { ...grades, text: texts.line() });
      expect(status).toBe(303);
    }
    await crawl('oas-1', [`/c/${ID}`]);
  }
  async function crawlOne(who: string, path: string): Promise<void> {
    const response = await (await as(who)).get(path);
    expect(`${who} ${path}: ${response.status}`).toMatch(/: 200$/);
    pages.push({ path, who, html: await response.text() });
  }
  const answer = (request: RequestView, by: string, what: Parameters<InProcess['answer']>[3]) =>
    system.answer(ID, request.id, by, what);

  /** While documents are exchanged: what people put in, ask and change. */
  async function middle(view: CaseView, request: RequestView): Promise<void> {
    const put = (by: string, document?: string) =>
      system.cooperations.putDocument(ID, {
        ...{ by, document, kind: 'shared', title: `${texts.line()}\0`, fileName: `${texts.line(110)}.txt` },
        bytes: Readable.from([Buffer.from(texts.line())]),
      });
    const { document } = await put('chl-mtps-2');
    await put('chl-mtps-2', document);
    await system.cooperations.ask(ID, { by: 'per-mtpe-1', to: 'chl-mtps', session: 1, text: texts.text() });
    const person = (email: string) => ({ name: texts.line(), post: texts.line(), email });
    await change({
      change: 'add-guest',
      session: 2,
      guest: { ...person('otra@ilo.example'), invitedBy: 'chl-mtps' },
    });
    await change({ change: 'replace', person: 'per-mtpe-3', with: person('nueva@mtpe.example') });
    await change({
      change: 'correct-person',
      person: 'chl-mtps-1',
      as: { name: texts.line(), post: texts.line() },
    });
    await change({ change: 'reschedule', session: 1, place: texts.line(), link: LINK });
    await change({ change: 'extend', request: request.id, due: '2031-03-03' });
    const [from, to] = view.people.filter(
      ({ party, active, role }) => active && party === request.owing[0] && role === 'delegate',
    );
    if (from && to) await change({ change: 'hand-over', request: request.id, from: from.id, to: to.id });
    await mailIn();
    await change({ change: 'pause' });
    await crawl('oas-1', [`/c/${ID}`]);
    await change({ change: 'resume' });
    // While the first session is still to come: there is a link to it then, and an entry for calendars.
    const early = siteOver(system, { now: () => '2021-07-01T12:00:00.000Z' });
    const address = view.people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '';
    const before = await early.as(address);
    await crawl('early', [`/c/${ID}/sessions/1`], before);
    // One that came in before links were held to be what they are: it stands there, and leads nowhere.
    await system.change(ID, { change: 'reschedule', session: 1, link: RUN[0] ?? '' });
    pages.push({ path: `/c/${ID}/sessions/1`, who: 'early', html: await before.text(`/c/${ID}/sessions/1`) });
    await change({ change: 'reschedule', session: 1, link: LINK });
  }

  /** A reply by mail, with a file: what stands in each of its fields is somebody's. */
  async function mailIn(): Promise<void> {
    const encoded = (text: string) => Buffer.from(text).toString('base64');
    await replyByMail(system, ID, 'per-mtpe-1', [
      `Subject: =?utf-8?B?${encoded(texts.line())}?=`,
      ...['Content-Type: multipart/mixed; boundary=b', '', '--b'],
      ...['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', ''],
      ...[encoded(texts.text()), '--b'],
      `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(texts.line(60))}.txt`,
      ...['', 'Sala 4', '--b--', ''],
    ]);
  }

  async function given(view: CaseView, request: RequestView, by: string) {
    const put = (kind: 'answer' | 'sheet' | 'report', content: Uint8Array) =>
      system.cooperations.putDocument(ID, {
        ...{ by, kind, title: texts.line() },
        // A sheet or report is Word or PDF.
        fileName: `${texts.line(110)}.${kind === 'answer' ? 'txt' : 'pdf'}`,
        bytes: Readable.from([content]),
      });
    const usual: GivenDecision = await usualAnswer(view, request, by, {
      attached: async () => ({ fileName: 'x.txt', content: Buffer.from(`${request.id}\n`) }),
      before: async () => undefined,
      put: (kind, { content }) => put(kind, content),
    }).catch(async () => ({
      decision: 'submit' as const,
      document: (
        await put(request.kind === 'draft-sheet' ? 'sheet' : 'report', Buffer.from(`%PDF-1.7 ${request.id}`))
      ).sha256,
    }));
    if (usual.decision !== 'done') return usual;
    return {
      ...usual,
      ...(usual.minutes && {
        minutes: { minutes: texts.text(), attendance: [texts.line(), texts.line()], outputs: [texts.text()] },
      }),
      ...(usual.text !== undefined && { text: texts.text() }),
      ...(usual.person && {
        person: { name: texts.line(), post: texts.line(), email: 'consultora@consultora.example' },
      }),
    };
  }

  it('goes into every field of a programme that takes text, but no link that runs', () => {
    expect(filled.taken.size).toBeGreaterThan(34);
    for (const field of [
      'title',
      'participants.name',
      'sessions.guests.post',
      'meeting.link',
      'sessions.place',
    ])
      expect(filled.taken).toContain(field);
    expect(
      [...filled.absent].filter(
        (one) =>
          !/^(deadlines|followUp|translation|institutions\.closedDays|sessions\.(window|guests))$/.test(one),
      ),
    ).toEqual([]);
    expect(filled.runs).toEqual([]);
    for (const link of [...RUN, LINK])
      expect([
        link,
        givenChange.safeParse({ what: { change: 'reschedule', session: 1, link }, reason: 'x' }).success,
      ]).toEqual([link, link === LINK]);
    expect(view.closedAt).not.toBeNull();
    expect(texts.made.size).toBeGreaterThan(100);
  });

  it('is text on every page, for whoever reads it', async () => {
    const routes = site.app.routes.filter(
      ({ method, path }) =>
        method === 'GET' &&
        path.startsWith('/c/:id') &&
        !path.includes('*') &&
        // Nobody is convened to a meeting that is over.
        path !== '/c/:id/meeting/calendar.ics' &&
        // Hashes for a script, and no page.
        path !== '/c/:id/documents/arrived',
    );
    const asked = [...pages.map(({ path }) => path), ...files.map(({ path }) => path)].map((path) =>
      path.replace(/\?.*/, ''),
    );
    // As many kinds of pages, forms and fields as when each was taken more often.
    expect(new Set(pages.map(({ path, who }) => who + kindOf(path).split(' ')[0])).size).toBeGreaterThan(120);
    expect(sentForms.size).toBeGreaterThan(75);
    expect(sentFields.size).toBeGreaterThan(500);
    const unseen = routes
      .map(({ path }) => path)
      .filter((path) => {
        const pattern = new RegExp(
          `^${path.replace(/:\w+(\{(?:[^{}]|\{[^}]*\})*\})?/g, '[^/]+').replace(/\/$/, '')}/?$`,
        );
        return !asked.some((one) => pattern.test(one));
      });
    expect(unseen).toEqual([]);
    const all = [...pages, ...echoes];
    const found = await parsed(all);
    expect(
      found.flatMap(({ foreign }, index) => foreign.map((one) => `${all[index]?.path}: ${one}`)),
    ).toEqual([]);
    for (const { links } of found)
      for (const link of links) if (!link.startsWith('/')) expect(link).not.toContain('evil.example/');
    // What is shown is shown whole, and as it was written, somewhere at least.
    // The form of a programme writes its texts in its own way.
    const said = found
      .filter((_, index) => !/\/form(\?|$)/.test(all[index]?.path ?? ''))
      .map(({ text }) => text)
      .join('\n');
    const shownAtAll = [...texts.made].filter(([mark]) => said.includes(`${mark} `));
    expect(shownAtAll.length).toBeGreaterThan(80);
    expect(shownAtAll.filter(([, text]) => !said.includes(shown(text))).map(([mark]) => mark)).toEqual([]);
  });

  it('does nothing in a browser that lets everything run', async () => {
    const context = await chromium.newContext({ bypassCSP: true });
    const page = await context.newPage();
    const happened: string[] = [];
    page.on('dialog', (dialog) => {
      happened.push(dialog.message());
      void dialog.dismiss();
    });
    await context.route('**', (route) => {
      const url = route.request().url();
      if (new URL(url).origin !== SITE) happened.push(url);
      const index = /^http:\/\/site\.example\/page\/(\d+)$/.exec(url)?.[1];
      const html = index === undefined ? undefined : [...pages, ...echoes][Number(index)]?.html;
      return html ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }) : route.abort();
    });
    // The fullest of each kind.
    const longest = new Map<string, number>();
    const all = [...pages, ...echoes];
    all.forEach(({ path, html }, index) => {
      const kind = path
        .replace(/\?.*/, '')
        .replace(/[\d-]+/g, '')
        .split('/')
        .slice(0, 5)
        .join('/');
      if (html.length > (all[longest.get(kind) ?? -1]?.html.length ?? 0)) longest.set(kind, index);
    });
    expect(longest.size).toBeGreaterThan(12);
    for (const index of longest.values()) {
      await page.goto(`${SITE}/page/${index}`);
      expect(await page.evaluate('window.xss')).toBeUndefined();
    }
    expect(happened).toEqual([]);
    await context.close();
  });

  it('is saved, never opened, as a file', async () => {
    expect(files.length).toBeGreaterThan(8);
    for (const { path, response } of files) {
      const { headers } = response;
      // A PDF can be looked at, in a sandbox.
      const isLooked = path.endsWith('.pdf?look');
      expect(`${path}: ${headers.get('content-disposition')}`).toMatch(
        isLooked ? /: inline; filename="[\w. -]+"/ : /: attachment; filename="[\w. -]+"/,
      );
      if (isLooked)
        expect([headers.get('content-type'), headers.get('content-security-policy')]).toEqual([
          'application/pdf',
          "sandbox; default-src 'none'",
        ]);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-type')).not.toMatch(/html|xml(?!formats)|script|svg/);
    }
  });

  it('is text in every mail, and no header of it', async () => {
    expect(raw.length).toBeGreaterThan(100);
    const mails = await Promise.all(
      raw.map(async ({ raw, to }) => ({ to, mail: await PostalMime.parse(raw) })),
    );
    const names = new Set(mails.flatMap(({ mail }) => mail.headers.map(({ key }) => key)));
    expect([...names].filter((one) => /bcc|^cc$|evil|script/.test(one))).toEqual([]);
    const officers = view.people.filter(({ role }) => role === 'staff').map(({ email }) => email);
    for (const { to, mail } of mails) {
      const once = [
        'from',
        'to',
        'reply-to',
        'subject',
        'message-id',
        'date',
        'content-type',
        'mime-version',
      ];
      for (const name of once) expect(mail.headers.filter(({ key }) => key === name)).toHaveLength(1);
      expect(mail.to?.map(({ address }) => address)).toEqual([to]);
      expect(mail.from?.address).toMatch(/^coop(\+14-per-chl)?@rial\.example$/);
      // A reply reaches an officer of the cooperation.
      for (const { address } of mail.replyTo ?? []) expect(officers).toContain(address);
      expect(mail.subject).not.toMatch(/[\r\n]/);
      for (const { filename } of mail.attachments)
        expect(filename ?? '').not.toMatch(/[\r\n/\\]|\.(exe|html|svg)$/);
    }
    const bodies = mails.map(({ mail }) => ({ html: mail.html ?? '', mail: true }));
    const found = await parsed(bodies);
    expect(found.flatMap(({ foreign }) => foreign)).toEqual([]);
    for (const { links } of found)
      for (const link of links)
        expect(link).toMatch(/^(http:\/\/site\.example\/|https:\/\/meet\.example\/|mailto:)/);
    // Both parts say it, as it was written.
    for (const said of [
      found.map(({ text }) => text).join('\n'),
      shown(mails.map(({ mail }) => mail.text ?? '').join('\n')),
    ]) {
      const mentioned = [...texts.made].filter(([mark]) => said.includes(`${mark} `));
      expect(mentioned.length).toBeGreaterThan(30);
      const squeezed = (text: string) => text.replace(/[\s\0>]+/g, '');
      const whole = squeezed(said);
      expect(
        mentioned
          .filter(([, text]) => !whole.includes(squeezed(text.replace(/\u0085/g, '\n'))))
          .map(([mark]) => mark),
      ).toEqual([]);
    }
  });

  it('is text in every appointment, and no property of it', async () => {
    const mailed = (
      await Promise.all(raw.map(({ raw }) => PostalMime.parse(raw, { attachmentEncoding: 'utf8' })))
    ).flatMap(({ attachments }) =>
      attachments
        .filter(({ mimeType }) => mimeType === 'text/calendar')
        .map(({ content }) => String(content)),
    );
    const loaded = await Promise.all(
      files.filter(({ path }) => path.endsWith('.ics')).map(async ({ response }) => response.text()),
    );
    expect([mailed.length > 20, loaded.length > 0]).toEqual([true, true]);
    const summaries = new Set<string>();
    for (const calendar of loaded) expect(calendar).not.toMatch(/[^\r]\n|\r[^\n]/);
    for (const calendar of [...mailed.map((one) => one.replace(/\r?\n/g, '\r\n')), ...loaded]) {
      expect(calendar).not.toMatch(/[\u0085\u2028\u2029]/);
      const lines = calendar.replaceAll('\r\n ', '').split('\r\n').filter(Boolean);
      const of = (name: string) =>
        lines.filter((line) => line.startsWith(name) && /[;:]/.test(line[name.length] ?? ''));
      for (const line of lines) expect(line).toMatch(/^[A-Z-]+(;[A-Z-]+=("[^"]*"|[^";:,]*))*:/);
      expect(lines.filter((line) => /^BEGIN:/.test(line)).sort()).toEqual(
        ['BEGIN:DAYLIGHT', 'BEGIN:STANDARD', 'BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'BEGIN:VTIMEZONE'].filter(
          (one) => lines.includes(one),
        ),
      );
      expect(of('BEGIN:VALARM')).toEqual([]);
      for (const name of ['UID', 'SUMMARY', 'DTSTART', 'SEQUENCE', 'STATUS']) {
        const inEvent = lines.slice(lines.indexOf('BEGIN:VEVENT'));
        expect(
          inEvent.filter((line) => line.startsWith(name) && /[;:]/.test(line[name.length] ?? '')),
        ).toHaveLength(1);
      }
      expect(of('UID')[0]).toMatch(/^UID:14-per-chl\.session-\d@rial\.example$/);
      expect(of('ATTENDEE').length).toBeLessThanOrEqual(1);
      for (const line of [...of('ATTENDEE'), ...of('ORGANIZER')])
        expect(line).toMatch(/:mailto:[\w.'+-]+@(?!evil)[\w.-]+$/i);
      for (const line of of('URL'))
        expect(line).toMatch(/^URL(;VALUE=URI)?:https:\/\/meet\.example\/[^\s"<>;,]*$/);
      const [summary = ''] = of('SUMMARY');
      expect(summary).not.toMatch(/(?<!\\)[;,]/);
      summaries.add(summary.replace(/^[^:]*:/, '').replace(/\\([;,\\])/g, '$1'));
    }
    const { subject } = view.programme;
    expect([...summaries].some((one) => one.includes(shown(subject)))).toBe(true);
  });

  it('is text in every Word file', async () => {
    const attached = (await Promise.all(raw.map(({ raw }) => PostalMime.parse(raw)))).flatMap(
      ({ attachments }) =>
        attachments
          .filter(({ filename }) => filename?.endsWith('.docx'))
          .map(({ content }) => Buffer.from(content as ArrayBuffer)),
    );
    const programmes = await Promise.all(view.programmeVersions.map(({ docx }) => system.bytes(docx.sha256)));
    const distinct = new Map(
      [...attached, ...programmes].map((one) => [one.toString('base64').slice(-3000), one]),
    );
    expect(distinct.size).toBeGreaterThan(3);
    const said: string[] = [];
    for (const bytes of distinct.values()) {
      // What the site would take of a stranger.
      await inspectBytes('x.docx', () => Readable.from([bytes]));
      const zip = await JSZip.loadAsync(bytes);
      const names = Object.keys(zip.files).filter((name) => /\.(xml|rels)$/.test(name));
      const parts = await Promise.all(
        names.map(async (name) => (await zip.file(name)?.async('string')) ?? ''),
      );
      const read = (await window.evaluate(
        `(${JSON.stringify(parts)}).map((xml) => {
          const doc = new DOMParser().parseFromString(xml, 'application/xml');
          const all = (tag) => [...doc.getElementsByTagName(tag)];
          return {
            broken: all('parsererror').length,
            text: all('w:t').map((one) => one.textContent).join(''),
            fields: [...all('w:instrText').map((one) => one.textContent), ...all('w:fldSimple').map((one) => one.getAttribute('w:instr'))],
            outside: all('Relationship').filter((one) => one.getAttribute('TargetMode') === 'External').map((one) => one.getAttribute('Target')),
            foreign: [...doc.querySelectorAll('*')].map(({ localName }) => localName).filter((one) => /^(script|x-xss|img|iframe|altChunk|object|OLEObject|control|attachedTemplate)$/.test(one)),
          };
        })`,
      )) as { broken: number; text: string; fields: string[]; outside: string[]; foreign: string[] }[];
      for (const { broken, fields, outside, foreign } of read) {
        expect([broken, foreign]).toEqual([0, []]);
        for (const field of fields) expect(field.trim()).toMatch(/^(PAGE|NUMPAGES)\b/);
        for (const target of outside) expect(target).toMatch(/^https:\/\/meet\.example\//);
      }
      said.push(read.map(({ text }) => text).join(' '));
    }
    const squeezed = (text: string) => text.replace(/[\s\0\u0085]+/g, '');
    const whole = squeezed(said.join('\n'));
    const mentioned = [...texts.made].filter(([mark]) => said.some((one) => one.includes(`${mark} `)));
    expect(mentioned.length).toBeGreaterThan(30);
    expect(mentioned.filter(([, text]) => !whole.includes(squeezed(text))).map(([mark]) => mark)).toEqual([]);
  });

  it('is text in every PDF', async () => {
    for (const { pdf } of view.programmeVersions.slice(-2)) {
      const document = await getDocumentProxy(new Uint8Array(await system.bytes(pdf.sha256)));
      let said = '';
      for (let number = 1; number <= document.numPages; number++) {
        const page = await document.getPage(number);
        for (const item of (await page.getTextContent()).items) if ('str' in item) said += item.str;
        for (const { url, subtype } of await page.getAnnotations()) {
          expect(subtype).toBe('Link');
          expect(url ?? 'https://meet.example/').toMatch(/^https:\/\/meet\.example\//);
        }
        expect(await page.getJSActions()).toBeNull();
      }
      expect([
        await document.getJSActions(),
        await document.getAttachments(),
        await document.getOpenAction(),
      ]).toEqual([null, null, null]);
      // Whole texts are read back in tests/publications; here that each is there, in its place or another.
      const squeezed = (text: string) => text.replace(/[\s\0\u00ad-]+/g, '');
      const whole = squeezed(said);
      const { title, frame, description, objectives, methodology } = view.programme;
      for (const text of [title, frame]) expect(whole).toContain(squeezed(text));
      for (const text of [...description, objectives.introduction, methodology.sessions.text])
        expect(whole).toContain(squeezed(text).slice(0, 12));
    }
  });
});
