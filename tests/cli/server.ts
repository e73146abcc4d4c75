import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HttpBindings, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import { type CaseView, summaryOf } from '../../src/domain/caseView.ts';
import type { ProgrammeChange } from '../../src/domain/change.ts';
import type { Follow } from '../../src/domain/follows.ts';
import { reportOf } from '../../src/domain/health.ts';
import type { AddressedTelling } from '../../src/domain/mails/notice.ts';
import type { Difference } from '../../src/domain/programme/programmeDifferences.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { Warning } from '../../src/domain/warning.ts';

/** What reached the server. */
export type Seen = { method: string; path: string; query: Record<string, string>; body: Buffer };

export type TestServer = {
  url: string;
  /** What can be set while it runs. */
  cases: CaseView[];
  /** Bytes by the SHA-256 they are asked for by, which need not be theirs. */
  bytes: Map<string, string>;
  /** Histories by scope; a workflow without one has not begun. */
  histories: Map<string, unknown>;
  /** The case as a ZIP, whatever it is. */
  bundle: Buffer;
  /** Answers to a call instead of the usual one: `POST /cooperations/14-per-chl/answers`. */
  replies: Map<string, (outgoing: ServerResponse) => Response | Promise<Response>>;
  /** What a change tells, and what it is of the programme. */
  told: AddressedTelling[];
  programmeChanges: ProgrammeChange[];
  /** Whether the ministries are asked for the programme again. */
  approval: boolean;
  warnings: Warning[];
  follows: Follow[];
  differences: Difference[];
  temporal: boolean;
  time: () => string;
  seen: Seen[];
};

export const TOKEN = 'a-staff-token';

/** The error of the API: `refusing(409, { code: 'SessionRecorded', session: 3 })`. */
export const refusing =
  (status: number, error: Refusal | { code: 'Unauthorized' | 'Internal' | 'constructor' }) => (): Response =>
    Response.json({ error }, { status });

/** A server that speaks the API of `src/api/server.ts` over canned cases, for the time of a test. */
export async function testServer(given: Partial<TestServer> = {}): Promise<TestServer> {
  const state: TestServer = {
    url: '',
    cases: [],
    bytes: new Map(),
    histories: new Map(),
    bundle: Buffer.alloc(0),
    replies: new Map(),
    told: [],
    programmeChanges: [],
    approval: false,
    warnings: [],
    follows: [],
    differences: [],
    temporal: true,
    time: () => new Date().toISOString(),
    seen: [],
    ...given,
  };
  const app = new Hono<{ Bindings: HttpBindings }>().basePath('/api');
  const caseOf = (id: string) => state.cases.find((one) => one.id === id);

  app.get('/health', (c) =>
    c.json(
      reportOf(
        [
          { check: 'temporal', ok: state.temporal },
          { check: 'disk', ok: true },
        ],
        state.time(),
      ),
      state.temporal ? 200 : 503,
    ),
  );
  app.use('*', async (c, next) => {
    if (c.req.header('authorization') !== `Bearer ${TOKEN}`) return refusing(401, { code: 'Unauthorized' })();
    const path = decodeURIComponent(c.req.path.replace(/^\/api/, ''));
    const body = Buffer.from(await c.req.raw.clone().arrayBuffer());
    state.seen.push({ method: c.req.method, path, query: c.req.query(), body });
    const reply = state.replies.get(`${c.req.method} ${path}`);
    if (reply) return reply(c.env.outgoing as ServerResponse);
    return next();
  });
  app.get('/agreement', (c) => c.json({ disagreements: [], retentionDays: 400 }));
  app.get('/cooperations', (c) => c.json(state.cases.map((view) => summaryOf(view, view.requests))));
  app.post('/cooperations', async (c) => {
    const id = /^id: (\S+)$/m.exec(await c.req.text())?.[1] ?? '';
    return c.json({ id, state: 'started', warnings: state.warnings }, 201);
  });
  app.use('/cooperations/:id/*', async (c, next) =>
    caseOf(c.req.param('id'))
      ? next()
      : refusing(404, { code: 'CooperationUnknown', cooperation: c.req.param('id') })(),
  );
  app.get('/cooperations/:id', (c) => {
    const view = caseOf(c.req.param('id'));
    return view
      ? c.json(view)
      : refusing(404, { code: 'CooperationUnknown', cooperation: c.req.param('id') })();
  });
  app.get('/cooperations/:id/bundle', (c) => c.body(new Uint8Array(state.bundle)));
  app.get('/cooperations/:id/record', (c) =>
    c.json(caseOf(c.req.param('id'))?.record.filter(({ seq }) => seq > Number(c.req.query('after') ?? 0))),
  );
  app.post('/cooperations/:id/answers', (c) => c.json({ at: new Date().toISOString(), stillOwing: [] }));
  app.post('/cooperations/:id/questions', (c) =>
    c.json({ number: 3, request: 'documents/answer-question.3' }, 201),
  );
  app.post('/cooperations/:id/communications', (c) => {
    const { people = [] } = caseOf(c.req.param('id')) ?? {};
    const some = people.filter(({ party }) => party === 'per-mtpe');
    const readers = some.map(({ id, party, name, email, language }) => ({
      id,
      party,
      name,
      email,
      language,
    }));
    return c.req.query('dry-run')
      ? c.json({ people: readers }, 201)
      : c.json({ number: 4, people: readers.map(({ id }) => id) }, 201);
  });
  app.post('/cooperations/:id/consents', async (c) => {
    const { version, publish } = await c.req.json();
    return c.json({ version, publish });
  });
  app.post('/cooperations/:id/comments', (c) => c.json({ number: 7 }, 201));
  app.post('/cooperations/:id/enquiries', (c) => c.json({ number: 5, people: ['oas-1'] }, 201));
  app.post('/cooperations/:id/enquiries/answers', (c) => c.json({ number: 6, people: ['per-mtpe-1'] }, 201));
  app.post('/cooperations/:id/changes', async (c) => {
    const { seen } = await c.req.json();
    const { told, programmeChanges, approval, warnings, follows, differences } = state;
    const foreseen = { told, programmeChanges, approval, warnings, follows, differences };
    return c.json(
      c.req.query('dry-run')
        ? { ...foreseen, seen }
        : { change: 7, at: new Date().toISOString(), ...foreseen },
    );
  });
  app.post('/cooperations/:id/documents', async (c) => {
    const bytes = Buffer.from(await c.req.arrayBuffer());
    const { by = '', name = '', title = name, kind = 'shared', document = 'doc-1' } = c.req.query();
    return c.json(
      {
        cooperation: c.req.param('id'),
        document: kind === 'shared' ? document : kind,
        version: 1,
        title,
        kind,
        party: by.replace(/-\d+$/, ''),
        by,
        at: new Date().toISOString(),
        size: bytes.byteLength,
        mediaType: 'application/pdf',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        fileName: name,
        changes: null,
        withheld: null,
        waiting: kind !== 'shared',
      },
      201,
    );
  });
  app.get('/cooperations/:id/bytes/:sha256', (c) => {
    const bytes = state.bytes.get(c.req.param('sha256'));
    return bytes === undefined
      ? refusing(404, { code: 'DocumentUnknown', documents: [c.req.param('sha256')] })()
      : c.body(bytes);
  });
  app.get('/cooperations/:id/histories/:scope', (c) => {
    const history = state.histories.get(c.req.param('scope'));
    return history === undefined ? refusing(409, { code: 'NotUnderWay' })() : Response.json(history);
  });

  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  );
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}
