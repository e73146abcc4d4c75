import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../../src/api/routes.ts';
import { api } from '../../../src/api/server.ts';
import { renewFeed } from '../../../src/casefile/access/calendarFeeds.ts';
import { allWell } from '../../support/health.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { published } from '../../support/library.ts';
import { exampleSource } from '../../support/programme.ts';
import { foreignHeaders, illRecorded } from '../../support/recorded.ts';
import { testSeal } from '../../support/seal.ts';
import { type Browser, OFFICER, siteOver } from '../../support/site.ts';
import { walk } from '../../support/walk.ts';
import { ID, underway } from '../pages/underway.ts';

/**
 * Every route that the site has, as the application itself lists them: what is asked of it in its address, its query and
 * each field of each of its forms is answered soon, never by a failure of the program; and what is recorded of it has no
 * character that no text has, nor a mail a header that somebody wrote. A route that is new and not asked here is told.
 */

const SHEET = 'sheet-1';
const DRAFT = 'documents/send-documents.1';
const SOON_MS = 5_000;
const WALK_MS = 900_000;
const FEW = 40;
/** Of nobody’s. */
const ZEROS = '0'.repeat(48);

const TEXTS = {
  NUL: 'a\0b',
  CRLF: 'Informe\r\nBcc: x@evil.example\r\n\r\nHola',
  controls: '\u0001\u001b[31m\u007f\u0085',
  long: 'x'.repeat(100_000),
  unicode: '\u202e\u2066\ufeff\u{1f469}\u200d\u{1f52c}\u0301\u0301',
  brackets: '['.repeat(20_000),
  path: '../../../etc/passwd%00',
  key: '__proto__',
  number: '-9007199254740993e999',
  digits: '99999999999',
  percent: '%',
  markup: '"><script>alert(1)</script>{{7*7}}#{7*7}',
} as const;
const IN_ADDRESSES = Object.entries(TEXTS).filter(([kind]) => kind !== 'long' && kind !== 'brackets');

type Who = 'staff' | 'officer' | 'peru' | 'nobody';
type Values = Record<string, string>;

/** What stands in a route’s address, by the name of the parameter, where all goes well. */
const PARAMS: Readonly<Record<string, string>> = {
  ...{
    id: ID,
    n: '1',
    number: '1',
    scope: 'coordination',
    name: 'approve-programme.1',
    kind: 'correct-person',
  },
  ...{ person: 'chl-mtps-3', document: 'doc-1', version: '1', token: ZEROS, call: '14' },
  ...{ template: 'programme', which: 'shipped', as: 'file', file: '0' },
};
/** Other than that, of these. */
const AT: Readonly<Record<string, string>> = {
  'GET /c/:id/certificates': `/c/${SHEET}/certificates`,
  'GET /c/:id/certificates/all.zip': `/c/${SHEET}/certificates/all.zip`,
  'GET /c/:id/certificates/:file': `/c/${SHEET}/certificates/1.pdf`,
  'GET /c/:id/certificates/:number/withdraw': `/c/${SHEET}/certificates/1/withdraw`,
  'GET /c/:id/consents': `/c/${SHEET}/consents`,
  'GET /c/:id/paper': `/c/${SHEET}/paper`,
  'GET /c/:id/paper/:file': `/c/${SHEET}/paper/newest.pdf`,
  'GET /library/:id/sheet': `/library/${SHEET}/sheet`,
  'GET /sheets/:id': `/sheets/${SHEET}`,
  'GET /sheets/:id/file': `/sheets/${SHEET}/file`,
  'GET /c/:id/requests/:scope/:name/form': `/c/${ID}/requests/coordination/revise-programme.1/form`,
  'GET /c/:id/drafts/:kind/start': `/c/${ID}/drafts/sheet/start`,
};
/** Asked of by somebody else than staff. */
const BY: Readonly<Record<string, Who>> = {
  'GET /c/:id/documents/:document/:version/withhold': 'peru',
  'GET /c/:id/sessions/:n/guests/:person/withdraw': 'peru',
  'GET /digest': 'officer',
  'GET /me': 'peru',
  'GET /sign-in/code': 'nobody',
};
/** Of which there is nothing, even of what is well formed, and why: what is asked of them meets their guard alone. */
const NOTHING_THERE: Readonly<Record<string, string>> = {
  'GET /c/:id/communications/:number/files/:file':
    'files come by mail alone: tests/activities/incomingMails.test.ts',
  'GET /c/:id/requests/:scope/:name/form':
    'the programme is not being revised: tests/site/pages/programmeForm.test.ts',
  'GET /c/:id/drafts/:kind/start': 'no session is over yet: tests/site/pages/drafts.test.ts',
  'GET /c/:id/meeting/calendar.ics': 'the meeting is over: tests/site/pages/calendar.test.ts',
  'GET /c/:id/survey': 'it has not ended: tests/site/pages/survey.test.ts',
  'GET /logos/:number': 'no institution has one yet: tests/site/pages/logos.test.ts',
  'GET /r/:token': 'links are minted by mails: tests/site/signIn.test.ts',
  'GET /setup/:token': 'there is staff already: tests/site/staff.test.ts',
  'GET /sheets/:id/pdf': 'no LibreOffice in this test: tests/site/pages/consents.test.ts',
};
/** Fields of forms that stand on no page that is asked for here. */
const FORMS: Readonly<Record<string, { who?: Who; at?: string; values: Values }>> = {
  'POST /c/:id/certificates/:number/withdraw': {
    at: `/c/${SHEET}/certificates/1/withdraw`,
    values: { reason: 'Error.' },
  },
  'POST /c/:id/changes/make': {
    values: {
      kind: 'correct-person',
      token: 'x'.repeat(36),
      person: 'chl-mtps-3',
      post: 'Asesora',
      reason: 'x',
      seen: '0',
    },
  },
  'POST /c/:id/communications/:number/answer': { values: { text: 'Sí.', shared: 'true' } },
  'POST /c/:id/communications/:number/files/:file': { values: { do: 'take' } },
  'POST /c/:id/communications/:number/recorded': { values: { do: 'record' } },
  'POST /c/:id/communications/:number/seen': { values: { do: 'see' } },
  'POST /c/:id/communications/send': {
    values: { to: 'per-mtpe-1', subject: 'Aviso', text: 'Un aviso.', key: 'k' },
  },
  'POST /c/:id/programme/form/open': { values: { source: exampleSource(), part: 'what' } },
  'POST /c/:id/requests/:scope/:name': {
    who: 'peru',
    values: { subject: '0'.repeat(64), decision: 'approve' },
  },
  'POST /c/:id/requests/:scope/:name/draft': { who: 'peru', values: { do: 'keep', comments: 'Un texto.' } },
  'POST /c/:id/requests/:scope/:name/form': { values: { part: 'what', title: 'Un texto.' } },
  'POST /c/:id/requests/:scope/:name/form/open': { values: { source: exampleSource() } },
  'POST /c/:id/requests/:scope/:name/take-back': { who: 'peru', values: { revision: '1' } },
  'POST /c/:id/survey': {
    who: 'peru',
    values: { useful: '5', expected: '4', organised: '3', applicable: '5', text: 'Un texto.' },
  },
  'POST /c/:id/written': { who: 'peru', values: { do: 'keep', text: 'Un texto.' } },
  'POST /language/again': {
    who: 'nobody',
    at: '/language/again?language=fr&next=%2Fprivacy',
    values: { reason: 'x' },
  },
  'POST /new/pdf': { values: { source: exampleSource() } },
  'POST /new/rehearse': { values: { source: exampleSource(), course: 'calm' } },
  'POST /new/start': { values: { source: exampleSource() } },
  'POST /new/form/keep': { values: { source: exampleSource(), draft: 'x' } },
  'POST /new/form/open': { values: { source: exampleSource() } },
  'POST /r/:token': { who: 'nobody', values: { do: 'open' } },
  'POST /r/:token/fresh': { who: 'nobody', values: { next: '/' } },
  'POST /setup/:token': {
    who: 'nobody',
    values: { name: 'Ana', address: 'ana@oas.example', language: 'es' },
  },
  'POST /sign-in/step': { who: 'nobody', values: { code: '123456' } },
  'POST /staff/tokens/revoke': { values: { number: '1' } },
  'POST /staff/reset': { values: { address: 'nadie@oas.example', seen: '' } },
  'POST /logos/remove': { values: { institution: 'per-mtpe', seen: '0' } },
  'POST /templates/reset': { values: { template: 'programme', seen: '0' } },
  'POST /sign-in/code': { who: 'nobody', values: { code: '12345678' } },
  'POST /me/absences/end': { who: 'peru', values: { absence: '1', cooperation: ID, person: 'per-mtpe-1' } },
  'POST /c/:id/certificates': { at: `/c/${SHEET}/certificates`, values: { do: 'give' } },
  'POST /c/:id/requests/:scope/:name/hand-over': {
    ...{ who: 'peru', at: `/c/${ID}/requests/${DRAFT}/hand-over` },
    values: { to: 'per-mtpe-2', note: 'Viajo.', seen: '0' },
  },
  'POST /who/:id': { who: 'peru', values: { person: 'per-mtpe-2' } },
};

/** As the table calls it: without what a parameter has to look like. */
const nameOf = ({ method, path }: { method: string; path: string }) =>
  `${method} ${path.replaceAll(/\{[^/]*?\}(?=\/|$)/g, '')}`;
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

let system: InProcess;
let site: ReturnType<typeof siteOver>;
const params: Record<string, string> = { ...PARAMS };
beforeAll(async () => {
  ({ system } = await underway());
  site = siteOver(system);
  await site.as(OFFICER);
  const { caseFile, documents, cooperations } = system;
  await published(caseFile, documents, {
    id: SHEET,
    language: 'es',
    subject: 'Miel',
    paragraphs: ['Colmenas.'],
  });
  const attendance = JSON.stringify([{ name: 'Ana Paz', institution: 'SENCE' }]);
  const over = { recordedAt: '2021-08-19T15:00:00.000Z', startsAt: '2021-08-18T15:00:00.000Z' };
  await caseFile
    .updateTable('session')
    .set({ ...over, attendance })
    .where('cooperation', '=', SHEET)
    .execute();
  await cooperations.giveCertificates(SHEET, {});
  await caseFile
    .updateTable('cooperation')
    .set({ closedAt: over.recordedAt, followedUpAt: over.recordedAt })
    .where('id', '=', SHEET)
    .execute();
  await cooperations.fillLibrary();
  for (const by of ['per-mtpe-4', 'chl-mtps-3'])
    await cooperations.consent(SHEET, { by, publish: 'yes', version: 1 });
  params.code = (await system.view(SHEET)).certificates[0]?.code ?? '';
  await cooperations.putDocument(ID, {
    ...{ by: 'per-mtpe-1', kind: 'shared', fileName: 'nota.txt', request: DRAFT },
    bytes: Readable.from([Buffer.from('Una nota.')]),
  });
  const [document] = (await system.view(ID)).documents;
  Object.assign(params, { document: document?.document, sha256: document?.sha256, fileName: 'nota.txt' });
  await cooperations.enquire(ID, { by: 'per-mtpe-1', text: '¿Quién?' });
  const guest = { name: 'Eva Sol', email: 'eva@ica.example', invitedBy: 'per-mtpe' };
  await system.change(ID, { change: 'add-guest', session: 1, guest });
  params.guest = (await system.view(ID)).people.find(({ name }) => name === 'Eva Sol')?.id ?? '';
  params.feed = await renewFeed(
    caseFile,
    'the-key-that-is-not-in-the-database',
    OFFICER,
    new Date().toISOString(),
  );
  params.feed += '.ics';
});
afterAll(() => system[Symbol.asyncDispose]());

/** Anew each time: what was asked for before may have ended the other session. */
async function as(who: Who): Promise<Browser> {
  if (who === 'nobody') return site.browser();
  if (who === 'staff') return site.as(OFFICER);
  const person = { officer: 'oas-1', peru: 'per-mtpe-1' }[who];
  return site.as((await system.view(ID)).people.find(({ id }) => id === person)?.email ?? '');
}

const routes = () => [
  ...new Map(
    site.app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/assets/'))
      .map((route) => [nameOf(route), route]),
  ).values(),
];
/** Where a route is asked for, one of its parameters being what is given. */
function pathOf(route: { method: string; path: string }, given?: { param: string; text: string }): string {
  const name = nameOf(route);
  const whole = AT[name];
  const [, plain = ''] = name.split(' ');
  if (whole && !given) return whole;
  const filled = whole?.split('/');
  return plain
    .split('/')
    .map((part, n) => {
      if (!part.startsWith(':')) return part;
      const param = part.slice(1).replace(/\W.*$/, '');
      if (given?.param === param) return encoded(given.text);
      if (param === 'person' && plain.includes('/guests/')) return params.guest;
      if (plain === '/calendar/:token') return params.feed;
      return filled?.[n] ?? encoded(params[param] ?? 'x');
    })
    .join('/');
}
const paramsOf = ({ path }: { path: string }): string[] =>
  [...path.matchAll(/\/:(\w+)/g)].map(([, param = '']) => param);

/** All that a page of the site asks its address for. */
const QUERIES = [
  ...new Set(
    readdirSync('src/site', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(`src/site/${file}`, 'utf8').matchAll(/query\('([\w-]+)'\)/g)])
      .map(([, name = '']) => name),
  ),
];

const attributeOf = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&');

type Form = { action: string; who: Who; values: Values; multipart: boolean };
/** The forms that stand on what the routes answer, each once, and the fields that its address is asked for with. */
async function formsOnPages(): Promise<{ posts: Form[]; queries: Set<string> }> {
  const posts = new Map<string, Form>();
  const queries = new Set<string>(QUERIES);
  for (const who of ['staff', 'officer', 'peru', 'nobody'] as const) {
    const browser = await as(who);
    for (const route of routes().filter(({ method }) => method === 'GET')) {
      const path = pathOf(route);
      const response = await browser.get(path);
      if (!response.headers.get('content-type')?.startsWith('text/html')) continue;
      for (const [, tag = '', inside = ''] of (await response.text()).matchAll(
        /<form\b([^>]*)>(.*?)<\/form>/gs,
      )) {
        const fields = [...inside.matchAll(/<(?:input|select|textarea|button)\b([^>]*)>/g)].flatMap(
          ([, field = '']) => {
            const name = attributeOf(field, 'name');
            return name ? [[name, attributeOf(field, 'value') || 'Un texto.'] as const] : [];
          },
        );
        if (attributeOf(tag, 'method') !== 'post') {
          for (const [name] of fields) queries.add(name);
          continue;
        }
        const action = attributeOf(tag, 'action') ?? path;
        const multipart = attributeOf(tag, 'enctype') === 'multipart/form-data';
        const values = Object.fromEntries([...fields].reverse());
        const key = `${action} ${Object.keys(values).sort()}`;
        if (!posts.has(key)) posts.set(key, { action, who, values, multipart });
      }
    }
  }
  return { posts: [...posts.values()], queries };
}

/** The same with those that stand on no page, by their routes. */
async function everyForm(): Promise<Map<string, Form[]>> {
  const { posts } = await formsOnPages();
  const forms = new Map<string, Form[]>();
  for (const form of posts) {
    const name = routeAt('POST', form.action);
    if (name) forms.set(name, [...(forms.get(name) ?? []), form]);
  }
  for (const [name, { who = 'staff', at, values }] of Object.entries(FORMS)) {
    const route = routes().find((one) => nameOf(one) === name);
    const action = at ?? (route ? pathOf(route) : '');
    forms.set(name, [...(forms.get(name) ?? []), { action, who, values, multipart: false }]);
  }
  return forms;
}

/** What the database holds, by its tables; but for what is kept of a browser, and what was written and not sent. */
async function held(): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = current_schema()
      and table_type = 'BASE TABLE' and table_name not in ('site_session', 'draft', 'visit', 'security_event')
    order by 1`.execute(system.caseFile);
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ all: string | null }>`
      select md5(string_agg(t::text, '|' order by t::text)) as all from ${sql.id(name)} t`.execute(
      system.caseFile,
    );
    found[name] = String(rows[0]?.all);
  }
  return found;
}

/** The route that answers at an address. */
const routeAt = (method: string, path: string): string | undefined => {
  const [pathname = ''] = path.split('?');
  const found = routes().filter((route) => {
    if (route.method !== method) return false;
    const parts = nameOf(route).split(' ')[1]?.split('/') ?? [];
    const given = pathname.split('/');
    return (
      parts.length === given.length && parts.every((part, n) => part.startsWith(':') || part === given[n])
    );
  });
  const [first] = found.sort((a, b) => paramsOf(a).length - paramsOf(b).length);
  return first && nameOf(first);
};

/** Asks each of the cases that are taken, and holds that all were answered soon, and not by a failure. */
async function hold(cases: readonly { what: string; ask: () => Response | Promise<Response> }[]) {
  const wrong: string[] = [];
  for (const { what, ask } of walk(cases, FEW)) {
    const began = performance.now();
    const response = await ask();
    await response.arrayBuffer();
    const ms = Math.round(performance.now() - began);
    if (response.status >= 500) wrong.push(`${what}: ${response.status}`);
    if (ms > SOON_MS) wrong.push(`${what}: ${ms} ms`);
    for (const [name, value] of response.headers)
      if (/\p{Cc}|evil\.example/u.test(value) && name !== 'location') wrong.push(`${what}: ${name}`);
    if (response.headers.get('location')?.startsWith('http')) wrong.push(`${what}: leads away`);
  }
  expect(wrong).toEqual([]);
}

describe('every route of the site', () => {
  it(
    'has what is asked of it there, where it is well formed',
    async () => {
      const nothing: string[] = [];
      for (const route of routes().filter(({ method }) => method === 'GET')) {
        const response = await (await as(BY[nameOf(route)] ?? 'staff')).get(pathOf(route));
        await response.arrayBuffer();
        if (response.status >= 400) nothing.push(nameOf(route));
      }
      expect(nothing.sort()).toEqual(Object.keys(NOTHING_THERE).sort());
      const names = new Set(routes().map(nameOf));
      const gone = [AT, BY, FORMS].flatMap((table) => Object.keys(table)).filter((name) => !names.has(name));
      expect(gone).toEqual([]);
    },
    WALK_MS,
  );

  it(
    'takes nothing in its address and its query for what it is not',
    async () => {
      const { queries } = await formsOnPages();
      expect(queries.size).toBeGreaterThan(30);
      const cases = routes()
        .filter(({ method }) => method === 'GET')
        .flatMap((route) =>
          IN_ADDRESSES.flatMap(([kind, text]) => {
            const query = [...queries].map((name) => `${name}=${encoded(text)}`).join('&');
            const paths = paramsOf(route).map((param) => pathOf(route, { param, text }));
            return [
              ...paths,
              `${pathOf(route)}?${query}`,
              `${pathOf(route)}?${query.replaceAll('=', '[]=')}`,
            ].map((path) => ({
              what: `GET ${nameOf(route)} ${kind} ${path.slice(0, 80)}`,
              ask: async () => (await as(BY[nameOf(route)] ?? 'staff')).get(path),
            }));
          }),
        );
      expect(cases.length).toBeGreaterThan(1500);
      await hold(cases);
    },
    WALK_MS,
  );

  it(
    'performs nothing of a form from which its page is drawn in another language',
    async () => {
      const forms = [...(await everyForm())].filter(([name]) => !/ \/(language|sign-out)/.test(name));
      expect(forms.length).toBeGreaterThan(50);
      const cases = forms.flatMap(([name, all]) =>
        all.slice(0, 2).flatMap(({ action, who, values }) =>
          ['', 'yes'].map((typed) => ({
            what: `${name} ${typed}`,
            ask: async () => {
              const query = new URLSearchParams({ language: 'fr', next: action, ...(typed && { typed }) });
              const browser = await as(who);
              const before = await held();
              const response = await browser.post(`/language/again?${query}`, values);
              const after = await held();
              const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
              expect({ what: name, changed }).toEqual({ what: name, changed: [] });
              return response;
            },
          })),
        ),
      );
      await hold(cases);
    },
    WALK_MS,
  );

  it(
    'takes no field of its forms for what it is not; and what is recorded has no NUL and no CR, no mail a header of somebody’s',
    async () => {
      const forms = await everyForm();
      const unasked = routes()
        .filter(({ method }) => method === 'POST')
        .map(nameOf)
        .filter((name) => !forms.has(name));
      // A new form is found on its page, or named in FORMS.
      expect(unasked).toEqual([]);

      const cases = [...forms].flatMap(([name, all]) =>
        all.flatMap(({ action, who, values, multipart }) =>
          [...Object.keys(values), '__proto__', ...(multipart ? ['file name'] : [])].flatMap((field) =>
            Object.entries(TEXTS).map(([kind, text]) => ({
              what: `${name} ${field} ${kind}`,
              ask: async () => {
                const browser = await as(who);
                if (!multipart) return browser.post(action, { ...values, [field]: text.toWellFormed() });
                const form = new FormData();
                for (const [key, value] of Object.entries({
                  ...values,
                  ...(field !== 'file name' && { [field]: text }),
                }))
                  if (key !== 'files') form.append(key, value.toWellFormed());
                const called = field === 'file name' ? `${text.toWellFormed()}.txt` : 'nota.txt';
                form.append('files', new File([`Nota: ${text.slice(0, 20)}`], called));
                return browser.upload(action, form);
              },
            })),
          ),
        ),
      );
      expect(cases.length).toBeGreaterThan(2000);
      await hold(cases);
      await expect
        .poll(async () => (await system.view(ID)).mails.every(({ state }) => state !== 'pending'))
        .toBe(true);
      expect(await illRecorded(system)).toEqual([]);
      expect(await foreignHeaders(system)).toEqual([]);
    },
    WALK_MS,
  );
});

describe('every route of the API', () => {
  it('is one of those that are declared, whose queries and fields are asked in the walk beside this', () => {
    const { caseFile, documents, cooperations, workflows } = system;
    const app = api({
      url: 'https://cooperacion.oas.example',
      ...{ caseFile, documents, cooperations, workflows, health: allWell, seal: testSeal },
      machineToken: async () => ZEROS,
      sendInvitation: async () => {},
      log: pino({ level: 'silent' }),
      securityLog: { note: async () => {} },
      now: () => new Date().toISOString(),
    });
    const declared = Object.values(ROUTES).map(
      ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    );
    const there = app.routes.filter(({ method }) => method !== 'ALL').map(nameOf);
    // What describes them is asked by nobody’s word.
    expect([...new Set(there)].filter((name) => !declared.includes(name))).toEqual([]);
  });
});
