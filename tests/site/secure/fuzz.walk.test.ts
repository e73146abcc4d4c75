import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PARAMS, ROUTE_NAMES, ROUTES, type Route } from '../../../src/api/routes.ts';
import { api } from '../../../src/api/server.ts';
import { CHANGE_KINDS } from '../../../src/domain/change.ts';
import { allWell } from '../../support/health.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { foreignHeaders, illRecorded } from '../../support/recorded.ts';
import { testSeal } from '../../support/seal.ts';
import { type Browser, OFFICER, siteOver } from '../../support/site.ts';
import { walk } from '../../support/walk.ts';

/**
 * What nobody means, in every place that takes anything: each parameter, query and field of each route of the API and the
 * site. It is answered soon, never by a failure of the program, and nothing is recorded.
 */

const ID = '14-per-chl';
const TOKEN = 'the-staff-token';
const SOON_MS = 5_000;
/** Of thousands of cases in a walk. */
const WALK_MS = 900_000;

const TEXTS = {
  NUL: 'a\0b',
  CRLF: 'a\r\nBcc: x@evil.example',
  controls: '\u0001\u001b[31m\u007f\u0085',
  long: 'x'.repeat(100_000),
  unicode: '\u202e\u2066\ufeff\u{1f469}\u200d\u{1f52c}\u0301\u0301',
  halfCharacter: '\ud800',
  brackets: '['.repeat(20_000),
  path: '../../../etc/passwd%00',
  key: '__proto__',
  number: '-9007199254740993e999',
  digits: '99999999999',
  percent: '%',
} as const;
const VALUES: Readonly<Record<string, unknown>> = {
  ...TEXTS,
  null: null,
  list: [[[]]],
  object: { constructor: { prototype: { staff: true } } },
  prototype: JSON.parse('{"__proto__":{"staff":true}}'),
  fraction: 0.1,
  large: 2 ** 40,
  deep: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`),
  flag: true,
};

let system: InProcess;
let app: ReturnType<typeof api>;
const browsers: Record<string, Browser> = {};
/** Signed in anew: what was asked for before may have ended the other session. */
const anew: Record<string, () => Promise<Browser>> = {};
beforeAll(async () => {
  system = await inProcess();
  const { caseFile, documents, cooperations, workflows } = system;
  await cooperations.start(changedSource(movedTo(new Date(), -1)));
  await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
    decision: 'done',
    minutes: { minutes: 'Acuerdos.' },
  });
  await system.open(ID, 'coordination/approve-programme.1');
  const site = siteOver(system);
  anew.staff = () => site.as(OFFICER);
  browsers.staff = await anew.staff();
  const delegate = (await system.view(ID)).people.find(({ id }) => id === 'per-mtpe-1');
  anew.delegate = () => site.as(delegate?.email ?? '');
  browsers.delegate = await anew.delegate();
  browsers.nobody = site.browser();
  app = api({
    url: 'https://cooperacion.oas.example',
    seal: testSeal,
    ...{ caseFile, documents, cooperations, workflows, machineToken: async () => TOKEN, health: allWell },
    sendInvitation: async () => {},
    log: pino({ level: 'silent' }),
    securityLog: { note: async () => {} },
    now: () => new Date().toISOString(),
  });
});
afterAll(() => system[Symbol.asyncDispose]());

/** What people have done in all: mails and programmes are made meanwhile. */
const done = async () => {
  const { record, documents, questions, contents, changes } = await system.view(ID);
  const entries = record.filter(({ kind, person }) => person !== null && !kind.startsWith('mail-'));
  const cooperations = await system.caseFile.selectFrom('cooperation').select('id').execute();
  const staff = await system.caseFile.selectFrom('staff').selectAll().execute();
  return { entries, documents, questions, contents, changes, cooperations, staff };
};

/** Asks each of the cases that are taken, and holds that all were answered soon and nothing came of them. */
async function hold(
  cases: readonly { what: string; ask: () => Response | Promise<Response> }[],
  few: number,
  { comes = false }: { comes?: boolean } = {},
) {
  const before = await done();
  const wrong: string[] = [];
  for (const { what, ask } of walk(cases, few)) {
    const began = performance.now();
    const response = await ask();
    await response.arrayBuffer();
    if (response.status >= 500) wrong.push(`${what}: ${response.status}`);
    if (performance.now() - began > SOON_MS)
      wrong.push(`${what}: ${Math.round(performance.now() - began)} ms`);
  }
  expect(wrong).toEqual([]);
  if (!comes) expect(await done()).toEqual(before);
  expect(({} as Record<string, unknown>).staff).toBeUndefined();
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
const FEW = 60;

type Shape = {
  type?: string | string[];
  properties?: Record<string, Shape>;
  items?: Shape;
  enum?: unknown[];
  const?: unknown;
  oneOf?: Shape[];
  anyOf?: Shape[];
};
/** What a field of this name takes, where that is no text of any kind. */
const PROPER: Readonly<Record<string, unknown>> = {
  ...{ by: 'oas-1', person: 'per-mtpe-1', standIn: 'per-mtpe-2', party: 'per-mtpe', invitedBy: 'per-mtpe' },
  ...{ request: 'coordination/approve-programme.1', document: 'doc-1@1', decision: 'approve' },
  ...{ from: '2031-08-16', to: '2031-08-20', due: '2031-08-20', date: '2031-08-20', starts: '10:00' },
  ...{ startsAt: '2031-08-17T15:00:00.000Z', link: 'https://meet.example/x', timezone: 'America/Lima' },
  ...{ email: 'nadie@mtpe-peru.example', address: 'nadie@oas.example', language: 'es', seen: 0 },
  ...{ owner: 'per-mtpe', commitment: 1, session: 1, hours: 1, number: 1 },
};

/** Whole bodies of a shape, of each of its kinds one. */
function wholesOf(shape: Shape, name = ''): unknown[] {
  const kinds = shape.oneOf ?? shape.anyOf;
  if (kinds) return kinds.flatMap((one) => wholesOf(one, name));
  if (shape.const !== undefined) return [shape.const];
  if (shape.enum) return [shape.enum[0]];
  if (shape.properties) {
    const parts = Object.entries(shape.properties).map(([key, one]) => ({ key, wholes: wholesOf(one, key) }));
    const most = Math.max(1, ...parts.map(({ wholes }) => wholes.length));
    return Array.from({ length: most }, (_, n) =>
      Object.fromEntries(parts.map(({ key, wholes }) => [key, wholes[Math.min(n, wholes.length - 1)]])),
    );
  }
  if (shape.items) return wholesOf(shape.items, name).map((one) => [one]);
  if (name in PROPER) return [PROPER[name]];
  const simple: Record<string, unknown> = { number: 1, integer: 1, boolean: true, null: null, object: {} };
  return [simple[[shape.type].flat()[0] ?? ''] ?? 'Un texto.'];
}

/** The same with another value in each of its fields, one after another. */
const withEach = (whole: unknown, value: unknown, path = ''): { path: string; body: unknown }[] =>
  typeof whole === 'object' && whole !== null
    ? Object.entries(whole).flatMap(([key, part]) =>
        withEach(part, value, `${path}.${key}`).map(({ path: at, body }) => ({
          path: at,
          body: Array.isArray(whole) ? [body] : { ...whole, [key]: body },
        })),
      )
    : [{ path, body: value }];

const call = ({ method, path, body }: Route, given: { path?: string; query?: string; body?: string }) =>
  app.request(
    `${given.path ?? path.replaceAll('{id}', ID).replaceAll(/\{\w+\}/g, 'x')}${given.query ? `?${given.query}` : ''}`,
    {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body && { 'content-type': body.type }),
      },
      ...(method !== 'GET' && { body: given.body ?? '' }),
    },
  );
const routes = ROUTE_NAMES.map((name): [string, Route] => [name, ROUTES[name]]);

describe('the API', () => {
  it(
    'takes what it is sent in a path or a query for what it is',
    async () => {
      const cases = routes.flatMap(([name, route]) =>
        Object.entries(TEXTS)
          .filter(([kind]) => kind !== 'long' && kind !== 'brackets')
          .flatMap(([kind, text]) => [
            ...Object.keys(PARAMS)
              .filter((param) => route.path.includes(`{${param}}`))
              .map((param) => ({
                what: `${name} ${param} ${kind}`,
                ask: () =>
                  call(route, {
                    path: route.path
                      .replace(`{${param}}`, encoded(text))
                      .replaceAll('{id}', ID)
                      .replaceAll(/\{\w+\}/g, 'x'),
                  }),
              })),
            ...Object.keys(route.query?.shape ?? {}).map((key) => ({
              what: `${name} ?${key} ${kind}`,
              ask: () =>
                call(route, { query: `${key}=${encoded(text)}&${key}=${encoded(text)}`, body: text }),
            })),
          ]),
      );
      expect(cases.length).toBeGreaterThan(150);
      await hold(cases, FEW);
    },
    WALK_MS,
  );

  it(
    'takes no body that is none, and no field that is another',
    async () => {
      const FIELDS = [
        'by',
        'request',
        'decision',
        'what',
        'reason',
        'text',
        'to',
        'cooperations',
        'content',
        'marks',
      ];
      const cases = routes
        .filter(([, { method }]) => method !== 'GET')
        .flatMap(([name, route]) =>
          Object.entries(VALUES).flatMap(([kind, value]) => [
            { what: `${name} ${kind}`, ask: () => call(route, { body: JSON.stringify(value) ?? '' }) },
            { what: `${name} raw ${kind}`, ask: () => call(route, { body: String(value) }) },
            ...FIELDS.map((field) => ({
              what: `${name} .${field} ${kind}`,
              ask: () => call(route, { body: JSON.stringify({ [field]: value }) }),
            })),
          ]),
        )
        // An empty object asks for the rebuilding of all that is lost, which is nothing.
        .filter(({ what }) => !what.startsWith('rebuild object'));
      expect(cases.length).toBeGreaterThan(500);
      await hold(cases, FEW);
    },
    WALK_MS,
  );
});

describe('the site', () => {
  /** The pages there are of a cooperation under way, and what stands in their forms. */
  const pages = async () => {
    const requests = (await system.view(ID)).requests.map(({ id }) => `/c/${ID}/requests/${id}`);
    const changes = ['pause', 'extend', 'replace', 'amend', 'add-guest', 'cancel', 'absence'].map(
      (kind) => `/c/${ID}/changes/new/${kind}`,
    );
    return [
      ...['/', '/sign-in', '/board', '/new', '/new/form', '/security-log', '/staff', `/c/${ID}`],
      ...['people', 'record', 'documents', 'questions', 'outbox', 'outbox/1', 'changes', 'drafts'].map(
        (name) => `/c/${ID}/${name}`,
      ),
      ...[...requests, ...changes, `/c/${ID}/sessions/1`],
    ];
  };
  /** With those in whose forms one field is enough for something to come of it, and each kind of change. */
  const everyPage = async () => [
    ...(await pages()),
    ...['/me', '/calendar', '/digest', '/second-step', '/library', '/certificates', '/verify', '/search'],
    ...['/calls/14', '/privacy', `/c/${ID}/sessions/2`],
    ...CHANGE_KINDS.map((kind) => `/c/${ID}/changes/new/${kind}`),
    ...['certificates', 'communications', 'communications/new', 'programme/form'].map(
      (name) => `/c/${ID}/${name}`,
    ),
  ];
  const attributeOf = (tag: string, name: string): string | undefined =>
    new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&');

  /** Each form, with its fields and what stands in them. */
  async function formsOf(
    browser: Browser,
    from: readonly string[],
  ): Promise<{ action: string; fields: string[]; values: Record<string, string> }[]> {
    const found = new Map<string, Record<string, string>>();
    for (const path of from) {
      const response = await browser.get(path);
      const html = await response.text();
      for (const [, tag = '', inside = ''] of html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)) {
        const action = attributeOf(tag, 'action') ?? path;
        if (action === '/sign-out') continue;
        const values = found.get(action) ?? {};
        for (const [, kind, field = ''] of inside.matchAll(/<(input|select|textarea|button)\b([^>]*)>/g)) {
          const name = attributeOf(field, 'name') ?? 'name';
          const proper = PROPER[/[a-zA-Z]+$/.exec(name)?.[0] ?? ''];
          values[name] ??=
            (kind === 'input' && attributeOf(field, 'value')) ||
            (proper === undefined ? 'Un texto.' : `${proper}`);
        }
        found.set(action, values);
      }
    }
    return [...found].map(([action, values]) => ({ action, values, fields: Object.keys(values) }));
  }

  it.each(['staff', 'delegate', 'nobody'])(
    'takes no field of a form for what it is not, of %s',
    async (who) => {
      const browser = browsers[who] as Browser;
      const forms = await formsOf(browser, await pages());
      expect(forms.length).toBeGreaterThan(1);
      const cases = forms.flatMap(({ action, fields }) =>
        [...fields, '__proto__', 'constructor'].flatMap((field) =>
          Object.entries(TEXTS).map(([kind, text]) => ({
            what: `POST ${action} ${field} ${kind}`,
            ask: () => browser.post(action, { [field]: [text.toWellFormed(), text.toWellFormed()] }),
          })),
        ),
      );
      await hold(cases, FEW);
    },
    WALK_MS,
  );

  it(
    'takes no address for what it is not',
    async () => {
      const cases = (await pages()).flatMap((path) =>
        Object.entries(TEXTS)
          .filter(([kind]) => kind !== 'long' && kind !== 'brackets')
          .flatMap(([, text]) =>
            [
              `${path}/${encoded(text)}`,
              `/c/${encoded(text)}`,
              `${path}?page=${encoded(text)}&before=${encoded(text)}&show=${encoded(text)}&next=${encoded(text)}`,
            ].map((asked) => ({ what: `GET ${asked}`, ask: () => (browsers.staff as Browser).get(asked) })),
          ),
      );
      await hold(cases, FEW);
    },
    WALK_MS,
  );

  /** What would put out who asks, or whom the rest is asked as. */
  const ENDS = /\/(?:sign-out|end|end-access|remove|reset|language|cancel)$/;

  it.each(['staff', 'delegate'])(
    'takes no field of a form that is filled in for what it is not, of %s',
    async (who) => {
      const browser = (await anew[who]?.()) as Browser;
      const forms = (await formsOf(browser, await everyPage())).filter(({ action }) => !ENDS.test(action));
      expect(forms.length).toBeGreaterThan(who === 'staff' ? 30 : 8);
      const cases = forms.flatMap(({ action, fields, values }) =>
        fields.flatMap((field) =>
          Object.entries(TEXTS).map(([kind, text]) => ({
            what: `POST ${action} ${field} ${kind}`,
            ask: () => browser.post(action, { ...values, [field]: text.toWellFormed() }),
          })),
        ),
      );
      await hold(cases, FEW, { comes: true });
    },
    WALK_MS,
  );
});

describe('the API, last, since something may come of it,', () => {
  it(
    'takes each field of a whole body for what it is, and no line of one for a header',
    async () => {
      const cases = routes.flatMap(([name, route]) => {
        if (!route.body?.shape) return [];
        const shape = z.toJSONSchema(route.body.shape, { io: 'input', unrepresentable: 'any' }) as Shape;
        // What can be tried is only tried: the rest of the case stands still.
        const query = route.query && 'dry-run' in route.query.shape ? 'dry-run=1' : '';
        return wholesOf(shape).flatMap((whole) =>
          Object.entries(TEXTS).flatMap(([kind, text]) =>
            withEach(whole, text).map(({ path, body }) => ({
              what: `${name} ${JSON.stringify(whole).slice(0, 60)} ${path} ${kind}`,
              ask: () => call(route, { query, body: JSON.stringify(body) }),
            })),
          ),
        );
      });
      expect(cases.length).toBeGreaterThan(1500);
      await hold(cases, FEW, { comes: true });
      const { mails } = await system.view(ID);
      expect(mails.filter(({ subject }) => /\p{Cc}/u.test(subject))).toEqual([]);
      expect(await illRecorded(system)).toEqual([]);
      expect(await foreignHeaders(system)).toEqual([]);
    },
    WALK_MS,
  );
});
