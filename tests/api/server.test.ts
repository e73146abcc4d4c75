import { createHash } from 'node:crypto';
import { PDF } from '@libpdf/core';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_NAMES, ROUTES, type Route } from '../../src/api/routes.ts';
import { findLink, findSession, mintLink } from '../../src/casefile/access/access.ts';
import { securityEntries } from '../../src/casefile/access/securityLog.ts';
import { getsDigest } from '../../src/casefile/mails/digests.ts';
import { cleanPicture } from '../../src/documents/picture.ts';
import type { CallReport } from '../../src/domain/results/callReport.ts';
import { shippedTemplate } from '../../src/publications/word.ts';
import { readDocx } from '../publications/reading.ts';
import { templateWith } from '../publications/templateWith.ts';
import { apiOver } from '../support/api.ts';
import { replyByMail } from '../support/incomingMail.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { published } from '../support/library.ts';
import { ministrySigner } from '../support/ministrySigner.ts';
import { openApiChecks } from '../support/openApi.ts';
import { png } from '../support/pictures.ts';
import { changedSource, exampleSource } from '../support/programme.ts';
import { sessionOf } from '../support/site.ts';

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream;

/** The HTTP API over the real case file, store and workflows: what is refused says why, and changes nothing. */
describe('the HTTP API', () => {
  const TOKEN = 'the-staff-token';
  const ID = '14-per-chl';
  const RECORDED = { by: 'oas', how: 'Por correo' };
  /** The same of a document. */
  const BY_TOKEN = { recordedBy: RECORDED.by, how: RECORDED.how };
  let system: InProcess;
  let app: ReturnType<typeof apiOver>;
  let machine = TOKEN;
  const invited: string[] = [];
  const { mistakesIn, seen: called } = openApiChecks();

  beforeAll(async () => {
    system = await inProcess();
    app = apiOver(system, {
      machineToken: async () => machine,
      sendInvitation: async ({ to }) => {
        invited.push(to);
      },
    });
    expect((await call('POST', '/cooperations?demonstration=yes', exampleSource())).status).toBe(201);
    await system.open(ID, 'coordination/confirm-coordination.1');
  });
  afterAll(() => system[Symbol.asyncDispose]());

  async function call(method: string, path: string, body?: Body | object, token = TOKEN) {
    const plain =
      body === undefined ||
      typeof body === 'string' ||
      body instanceof Uint8Array ||
      body instanceof ReadableStream;
    const response = await app.request(path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(!plain && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: plain ? (body as Body) : JSON.stringify(body) }),
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    } as RequestInit);
    const text = await response.text();
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
    const told = type === 'application/json' ? JSON.parse(text) : undefined;
    expect(mistakesIn({ method, path, sent: body, status: response.status, type, told })).toEqual([]);
    return { status: response.status, body: told };
  }
  /** What people have done; mails and programmes are made meanwhile. */
  const seen = async () => {
    const { record, documents, questions, contents } = await system.view(ID);
    const done = record.filter(({ kind, person }) => person !== null && !kind.startsWith('mail-'));
    return [
      ...done.map(({ seq, kind, person }) => `${seq} ${kind} ${person}`),
      ...documents.map(({ document, version }) => `${document}@${version}`),
      ...questions.map(({ number, answer }) => `question ${number} ${answer}`),
      ...contents.map(({ hash }) => hash),
    ];
  };
  /** What was asked for is refused with this status and code, and nothing has changed. */
  async function refused(status: number, code: string, request: () => ReturnType<typeof call>) {
    const before = await seen();
    const response = await request();
    expect([response.status, response.body.error.code]).toEqual([status, code]);
    expect(response.body.error.message).toMatch(/\w{3,}/);
    expect(await seen()).toEqual(before);
    return response.body.error;
  }
  const put = (name: string, body: Body, by = 'chl-mtps-1') =>
    call('POST', `/cooperations/${ID}/documents?${new URLSearchParams({ by, name, ...BY_TOKEN })}`, body);
  const answer = async (request: string, given: object) => {
    const { subject } = await system.open(ID, request);
    return call('POST', `/cooperations/${ID}/answers`, {
      ...{ request, subject: subject.hash, recorded: RECORDED, ...given },
    });
  };

  it.each([
    ['GET', '/agreement'],
    ['GET', '/cooperations'],
    ['GET', '/search'],
    ['GET', '/calls/14/report'],
    ['GET', '/calls/14/report/file'],
    ['POST', '/templates?template=sheet&name=a.docx&seen=0'],
    ['GET', '/library'],
    ['GET', `/library/${ID}`],
    ['POST', '/library/nearest'],
    ['POST', '/library/renew'],
    ['GET', `/cooperations/${ID}`],
    ['GET', `/cooperations/${ID}/record`],
    ['GET', `/cooperations/${ID}/bytes/${'0'.repeat(64)}`],
    ['GET', `/cooperations/${ID}/histories/coordination`],
    ['GET', `/cooperations/${ID}/bundle`],
    ['GET', `/cooperations/${ID}/paper`],
    ['GET', `/cooperations/${ID}/paper/file`],
    ['POST', `/cooperations/${ID}/paper/signatures?by=chl-mtps-1`],
    ['POST', '/check'],
    ['POST', '/cooperations'],
    ['POST', `/cooperations/${ID}/answers`],
    ['POST', `/cooperations/${ID}/answers/take-back`],
    ['POST', `/cooperations/${ID}/questions`],
    ['POST', `/cooperations/${ID}/documents`],
    ['POST', `/cooperations/${ID}/communications`],
    ['POST', `/cooperations/${ID}/enquiries`],
    ['POST', `/cooperations/${ID}/enquiries/answers`],
    ['POST', `/cooperations/${ID}/communications/files`],
    ['POST', `/cooperations/${ID}/communications/seen`],
    ['POST', `/cooperations/${ID}/comments`],
    ['POST', `/cooperations/${ID}/consents`],
    ['POST', `/cooperations/${ID}/changes`],
    ['POST', `/cooperations/${ID}/changes?dry-run=1`],
  ])('%s %s asks for the token', async (method, path) => {
    for (const token of ['', `${TOKEN}x`])
      expect((await call(method, path, undefined, token)).status).toBe(401);
  });

  describe('tokens', () => {
    const made = async (given: object): Promise<{ number: number; secret: string }> => {
      const { status, body } = await call('POST', '/tokens', { name: 'informe', ...given });
      expect(status).toBe(201);
      return { number: body.token.number, secret: body.secret };
    };
    const asked = async (token: string, method = 'GET', path = '/cooperations', body?: object) =>
      (await call(method, path, body, token)).status;

    it('may what they were made for, and nothing else', async () => {
      const reader = (await made({ scopes: ['read'] })).secret;
      expect(await asked(reader)).toBe(200);
      for (const name of ROUTE_NAMES) {
        const { may, method, path }: Route = ROUTES[name];
        if (may === 'anybody' || may === 'read') continue;
        const there = path.replace('{id}', ID);
        const { status, body } = await call(method, there, method === 'POST' ? {} : undefined, reader);
        expect([name, status, body.error.code]).toEqual([name, 403, 'Forbidden']);
      }
      const changer = (await made({ scopes: ['change'] })).secret;
      expect([await asked(changer), await asked(changer, 'GET', '/tokens')]).toEqual([403, 403]);
    });

    it('are exchanged without a stop, and revoked at once; their secrets are kept nowhere', async () => {
      const [one, other] = [await made({ scopes: ['read'] }), await made({ scopes: ['read'] })];
      expect([await asked(one.secret), await asked(other.secret)]).toEqual([200, 200]);
      const { body } = await call('POST', '/tokens/revoke', { number: one.number });
      expect([await asked(one.secret), await asked(other.secret)]).toEqual([401, 200]);
      const [latest, before] = body;
      expect([latest.number, latest.lastUsedAt === null, latest.revokedAt]).toEqual([
        other.number,
        false,
        null,
      ]);
      expect(before).toMatchObject({ number: one.number, revokedAt: expect.any(String) });
      const rows = JSON.stringify(await system.caseFile.selectFrom('apiToken').selectAll().execute());
      for (const { secret } of [one, other]) expect(rows).not.toContain(secret);
      await refused(404, 'TokenUnknown', () => call('POST', '/tokens/revoke', { number: one.number }));
    });

    it('end somebody’s sessions with their unused links, and say how many there were', async () => {
      const { caseFile } = system;
      const { people } = await system.view(ID);
      const email = people.find(({ id }) => id === 'chl-mtps-1')?.email ?? '';
      const at = new Date().toISOString();
      const session = await sessionOf(caseFile, email);
      const link = await mintLink(
        caseFile,
        { address: email, cooperation: ID, person: 'chl-mtps-1', path: `/c/${ID}` },
        at,
      );
      const answerer = (await made({ scopes: ['read', 'answer', 'change'] })).secret;
      const end = (address: string, token?: string) => call('POST', '/access/end', { address }, token);
      expect((await end(email, answerer)).status).toBe(403);
      await refused(404, 'AddressUnknown', () => end('nadie@nada.example'));
      expect(await end(email.toUpperCase())).toMatchObject({ status: 200, body: { sessions: 1 } });
      expect(await findSession(caseFile, session, { idle: 8, most: 168 }, at)).toBeUndefined();
      expect(await findLink(caseFile, link, at)).toMatchObject({ state: 'dead' });
      expect((await end(email)).body).toEqual({ sessions: 0 });
      const [entry] = await securityEntries(caseFile, { most: 1, code: 'sessions-ended' });
      expect(entry).toMatchObject({
        who: { kind: 'token', id: 'machine' },
        event: { of: `${ID}/chl-mtps-1`, why: 'staff' },
      });
    });

    it('have an officer get one mail a morning, and nobody else', async () => {
      const { people } = await system.view(ID);
      const address = (id: string) => people.find((one) => one.id === id)?.email ?? '';
      const set = (of: string, on: boolean, token?: string) =>
        call('POST', '/digest', { address: of, on }, token);
      const reader = (await made({ scopes: ['read', 'answer', 'change'] })).secret;
      expect((await set(address('oas-1'), true, reader)).status).toBe(403);
      await refused(404, 'AddressUnknown', () => set(address('chl-mtps-1'), true));
      for (const on of [true, false]) {
        const told = { address: address('oas-1'), on };
        expect((await set(address('oas-1').toUpperCase(), on)).body).toEqual(told);
        expect(await getsDigest(system.caseFile, address('oas-1'))).toBe(on);
      }
    });

    it('end with their time, and with whoever has them', async () => {
      const old = await made({ scopes: ['read'], days: 1 });
      const expiresAt = new Date(Date.now() - 1000).toISOString();
      await system.caseFile
        .updateTable('apiToken')
        .set({ expiresAt })
        .where('number', '=', old.number)
        .execute();
      expect(await asked(old.secret)).toBe(401);
      expect((await call('GET', '/tokens')).body[0]).toMatchObject({ number: old.number, expiresAt });

      const holder = 'ana@oas.example';
      await refused(404, 'StaffUnknown', () =>
        call('POST', '/tokens', { name: 'x', scopes: ['read'], holder }),
      );
      expect((await call('POST', '/staff', { address: holder, role: 'staff' })).status).toBe(201);
      expect(invited).toContain(holder);
      await refused(409, 'StaffAlready', () => call('POST', '/staff', { address: holder, role: 'staff' }));
      await refused(404, 'StaffUnknown', () =>
        call('POST', '/staff/reset', { address: 'nadie@oas.example', seen: null }),
      );
      const session = await sessionOf(system.caseFile, holder);
      expect((await call('POST', '/staff/reset', { address: holder, seen: null })).body).toMatchObject([
        { address: holder, secondFactorAt: null, passkeys: 0 },
      ]);
      const now = new Date().toISOString();
      expect(await findSession(system.caseFile, session, { idle: 8, most: 168 }, now)).toBeUndefined();
      const own = await made({ scopes: ['read', 'staff'], holder });
      expect(await asked(own.secret, 'GET', '/staff')).toBe(200);
      // One who only looks on from now on reads.
      const [{ addedAt: seen }] = (await call('GET', '/staff')).body;
      const as = (role: string, since: string | undefined = seen) =>
        call('POST', '/staff', { address: holder, role, seen: since });
      await refused(409, 'StaffAlready', () => call('POST', '/staff', { address: holder, role: 'observer' }));
      await refused(404, 'StaffUnknown', () =>
        call('POST', '/staff', { address: 'nadie@oas.example', role: 'staff', seen }),
      );
      expect((await as('observer')).body).toMatchObject([{ address: holder, role: 'observer' }]);
      // Made from the same list as the one before.
      const since = await refused(409, 'WrittenSince', () => as('staff'));
      expect(since).toMatchObject({ of: 'staff', at: (await call('GET', '/staff')).body[0].addedAt });
      expect([await asked(own.secret), await asked(own.secret, 'GET', '/staff')]).toEqual([200, 403]);
      await as('staff', since.at);
      const last = await call('POST', '/staff/remove', { address: holder }, own.secret);
      expect(last.body.error.code).toBe('LastStaff');
      // This machine's puts out the last, too.
      expect((await call('POST', '/staff/remove', { address: holder })).body).toEqual([]);
      expect(await asked(own.secret)).toBe(401);
      await refused(404, 'StaffUnknown', () => call('POST', '/staff/remove', { address: holder }));
    });

    it('of this machine is exchanged while all runs', async () => {
      machine = 'another';
      expect([await asked(TOKEN), await asked('another')]).toEqual([401, 200]);
      machine = TOKEN;
    });
  });

  it('reports a call, and says which there are where there is none', async () => {
    const { status, body } = await call('GET', '/calls/14/report');
    expect(status).toBe(200);
    expect(body).toMatchObject({ call: 14, requesting: [{ country: 'PE' }] });
    expect((body as CallReport).cooperations.map(({ id }) => id)).toContain(ID);
    await refused(404, 'CallUnknown', () => call('GET', '/calls/99/report'));
  });

  it('writes the report of a call as a file, in a language and a format', async () => {
    const file = async (query: string) => {
      const response = await app.request(`/calls/14/report/file${query}`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      return Buffer.from(await response.arrayBuffer()).toString('latin1');
    };
    expect(await file('')).toMatch(/^%PDF/);
    expect(await file('?format=docx')).toMatch(/^PK/);
    const head = (await file('?format=csv&language=fr')).split('\n')[0];
    expect(Buffer.from(head ?? '', 'latin1').toString()).toContain('Coopération');
    expect((await call('GET', '/calls/14/report/file?format=xlsx')).status).toBe(200);
    await refused(400, 'Malformed', () => call('GET', '/calls/14/report/file?format=odt'));
    await refused(404, 'CallUnknown', () => call('GET', '/calls/99/report/file'));
  });

  it('puts in Word templates and takes them back, and tells what is wrong in one by name and place', async () => {
    const put = async (file: Uint8Array<ArrayBuffer>, query = 'template=programme&name=otra.docx&seen=0') =>
      call('POST', `/templates?${query}`, file);
    const own = (from: string, to: string) =>
      templateWith(from, to).then((file) => new Uint8Array(file) as Uint8Array<ArrayBuffer>);
    expect((await put(await own('{frame}', '{frme}'))).body).toMatchObject({
      faults: [{ code: 'unknown', name: 'frme', meant: 'frame', part: 'body' }],
    });
    expect((await call('GET', '/templates')).body).toEqual([]);
    const other = await own('{title}', 'Ministerios amigos: {title}');
    const { number } = (await put(other)).body;
    expect((await call('GET', '/templates')).body).toMatchObject([
      { number, template: 'programme', file: { name: 'otra.docx' }, putBy: null },
    ]);
    const bytes = async (query: string) => {
      const response = await app.request(`/templates/file?template=programme${query}`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      return new Uint8Array(await response.arrayBuffer());
    };
    expect(await bytes(`&number=${number}`)).toEqual(other);
    expect(Buffer.from(await bytes(''))).toEqual(await shippedTemplate('programme'));
    expect((await readDocx(await bytes(`&number=${number}&filled=`))).text).toContain(
      'Ministerios amigos: COOP',
    );
    expect((await call('GET', `/templates/file?template=programme&number=${number}`)).status).toBe(200);
    await refused(404, 'TemplateUnknown', () =>
      call('GET', `/templates/file?template=sheet&number=${number}`),
    );
    await refused(409, 'WrittenSince', () => put(other));
    await refused(400, 'Malformed', () => put(other, 'template=otra&name=otra.docx&seen=0'));
    await refused(422, 'DocumentRefused', () => put(other, 'template=sheet&name=otra.txt&seen=0'));
    const reset = () => call('POST', '/templates/reset', { template: 'programme', seen: number });
    expect((await reset()).body).toEqual({ reset: true });
    expect((await reset()).body).toEqual({ reset: false });
    const french = await put(other, 'template=programme&language=fr&name=fr.docx&seen=0');
    expect((await call('GET', '/templates')).body).toMatchObject([
      { number: french.body.number, language: 'fr' },
      { language: null, file: null },
      { number, language: null },
    ]);
    await refused(400, 'Malformed', () => put(other, 'template=programme&language=de&name=a.docx&seen=0'));
    const back = { template: 'programme', language: 'fr', seen: french.body.number };
    expect((await call('POST', '/templates/reset', back)).body).toEqual({ reset: true });
    expect(
      (await securityEntries(system.caseFile, { most: 9 }))
        .filter(({ event }) => event.code.startsWith('template-'))
        .slice(0, 2)
        .map(({ event }) => event.code),
    ).toEqual(['template-reset', 'template-put']);
  });

  it('puts in logos and takes them away', async () => {
    const picture = Uint8Array.from(png());
    const put = (query = 'institution=per-mtpe&name=logo.png&seen=0', file = picture) =>
      call('POST', `/logos?${query}`, file);
    const { number } = (await put()).body;
    expect((await call('GET', '/logos')).body).toMatchObject([
      {
        ...{ number, institution: 'per-mtpe', putBy: null },
        file: { name: 'logo.png', mediaType: 'image/png', width: 60, height: 20 },
      },
    ]);
    const response = await app.request(`/logos/file?number=${number}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(cleanPicture(png()).bytes);
    expect((await call('GET', `/logos/file?number=${number}`)).status).toBe(200);
    await refused(404, 'LogoUnknown', () => call('GET', '/logos/file?number=999'));
    await refused(409, 'WrittenSince', () => put());
    await refused(400, 'Malformed', () => put('institution=Per MTPE&name=logo.png&seen=0'));
    await refused(422, 'DocumentRefused', () => put('institution=chl-mtps&name=logo.svg&seen=0'));
    const large = new Uint8Array(512 * 1024 + 1);
    await refused(422, 'DocumentRefused', () => put('institution=chl-mtps&name=logo.png&seen=0', large));
    const remove = () => call('POST', '/logos/remove', { institution: 'per-mtpe', seen: number });
    expect((await remove()).body).toEqual({ removed: true });
    expect((await remove()).body).toEqual({ removed: false });
    expect(
      (await securityEntries(system.caseFile, { most: 9 }))
        .filter(({ event }) => event.code.startsWith('logo-'))
        .map(({ event }) => event),
    ).toEqual([
      { code: 'logo-removed', institution: 'per-mtpe' },
      { code: 'logo-put', institution: 'per-mtpe', number },
    ]);
  });

  it('finds what has all the words, and says where', async () => {
    const { status, body } = await call('GET', '/search?q=camacho');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      words: ['camacho'],
      hits: [{ kind: 'person', cooperation: ID, ref: 'oas-1', name: 'María Claudia Camacho' }],
      more: [],
      cooperations: [{ id: ID }],
    });
    await refused(400, 'Malformed', () => call('GET', '/search'));
    await refused(400, 'Malformed', () => call('GET', `/search?q=${'a'.repeat(201)}`));
  });

  it('tells of the record what is of a kind or somebody', async () => {
    const path = `/cooperations/${ID}/record`;
    const { body } = await call('GET', path);
    for (const [query, is] of [
      ['group=requests', ({ kind }: { kind: string }) => /^(request|answer)-/.test(kind)],
      [
        'person=oas-1',
        ({ person, data }: { person: string | null; data: object }) =>
          person === 'oas-1' ||
          ['person', 'to', 'by'].some((key) =>
            Object.entries(data).some(([name, value]) => name === key && value === 'oas-1'),
          ),
      ],
    ] as const) {
      const found = (await call('GET', `${path}?${query}`)).body;
      expect(found.length).toBeGreaterThan(0);
      const known = new Set(body.map(({ seq }: { seq: number }) => seq));
      const then = found.filter(({ seq }: { seq: number }) => known.has(seq));
      expect(then).toEqual(body.filter(is));
    }
    await refused(400, 'Malformed', () => call('GET', `${path}?group=nothing`));
  });

  it('has nothing under an unknown id', async () => {
    for (const path of ['', '/record', `/bytes/${'0'.repeat(64)}`, '/histories/coordination', '/bundle'])
      await refused(404, 'CooperationUnknown', () => call('GET', `/cooperations/99-xxx-yyy${path}`));
    await refused(404, 'CooperationUnknown', () =>
      call('POST', '/cooperations/99-xxx-yyy/questions', { by: 'a', to: 'b', text: 'c' }),
    );
    await refused(404, 'DocumentUnknown', () => call('GET', `/cooperations/${ID}/bytes/${'0'.repeat(64)}`));
    await refused(404, 'HistoryUnknown', () => call('GET', `/cooperations/${ID}/histories/..%2f..%2fetc`));
    expect((await call('GET', '/nowhere')).body.error.code).toBe('NotFound');
  });

  it('tells every mistake of a programme, and starts nothing', async () => {
    const mistaken = changedSource((file) => {
      file.id = 'mistaken';
      for (const session of file.sessions) session.hours = 3;
    });
    const { mistakes } = await refused(422, 'ProgrammeMistaken', () =>
      call('POST', '/cooperations', mistaken),
    );
    expect(mistakes).toHaveLength(3);
    expect(mistakes[0]).toMatchObject({
      line: expect.any(Number),
      column: expect.any(Number),
      message: expect.stringContaining('2.5'),
    });
    expect((await call('POST', '/check', mistaken)).body.mistakes).toEqual(mistakes);
    expect((await call('GET', '/cooperations')).body.map(({ id }: { id: string }) => id)).toEqual([ID]);
  });

  it('starts the same programme once, and no other under its id', async () => {
    const before = await seen();
    expect((await call('POST', '/cooperations?demonstration=yes', exampleSource())).status).toBe(201);
    expect(await seen()).toEqual(before);
    const other = changedSource((file) => {
      file.title = 'Otra cooperación';
    });
    await refused(409, 'CooperationTaken', () => call('POST', '/cooperations', other));
  });

  it('refuses what is not JSON, has unknown keys, lacks some, or is too large', async () => {
    const path = `/cooperations/${ID}/answers`;
    await refused(400, 'NotJson', () => call('POST', path, '{"request":'));
    await refused(400, 'Malformed', () =>
      call('POST', path, { request: 'x', by: 'oas-1', decision: 'approve', subject: 'x', admin: true }),
    );
    await refused(400, 'Malformed', () => call('POST', path, { request: 'x' }));
    await refused(400, 'Malformed', () => call('POST', path, [] as object));
    await refused(413, 'TooLarge', () => call('POST', path, `"${'x'.repeat(3 * 1024 * 1024)}"`));
  });

  it('refuses answers that cannot be taken', async () => {
    const request = 'coordination/confirm-coordination.1';
    const minutes = { minutes: 'Acta.' };
    await refused(404, 'PersonUnknown', () => answer(request, { by: 'oas-9', decision: 'done', minutes }));
    await refused(422, 'NotAsked', () => answer(request, { by: 'per-mtpe-1', decision: 'done', minutes }));
    await refused(422, 'ContentMissing', () => answer(request, { by: 'oas-1', decision: 'done' }));
    await refused(422, 'DecisionNotTaken', () => answer(request, { by: 'oas-1', decision: 'approve' }));
    const done = { by: 'oas-1', decision: 'done', minutes };
    await refused(409, 'SubjectSuperseded', () => answer(request, { ...done, subject: 'f'.repeat(64) }));
    await refused(400, 'Malformed', () => answer(request, { ...done, subject: 'not a hash' }));
    const words = await refused(422, 'EnclosureNotTaken', () => answer(request, { ...done, text: 'Nota.' }));
    expect(words).toMatchObject({ decision: 'done', enclosure: 'text', takes: ['minutes'] });
  });

  it('takes an answer, and tells a second who was faster', async () => {
    const request = 'coordination/confirm-coordination.1';
    const { subject } = await system.open(ID, request);
    const given = {
      ...{ request, subject: subject.hash, decision: 'done', minutes: { minutes: 'Acta.' } },
      recorded: RECORDED,
    };
    expect((await call('POST', `/cooperations/${ID}/answers`, { ...given, by: 'oas-2' })).body).toMatchObject(
      { stillOwing: [] },
    );
    await system.open(ID, 'coordination/approve-programme.1');
    const error = await refused(409, 'AlreadyAnswered', () =>
      call('POST', `/cooperations/${ID}/answers`, { ...given, by: 'oas-1', minutes: { minutes: 'Acta.' } }),
    );
    expect(error).toMatchObject({ by: 'oas-2', party: 'oas', decision: 'done' });
  });

  it('refuses a revised programme that changes more than its texts', async () => {
    // What is not a part of an approval is refused, and not dropped.
    await refused(422, 'EnclosureNotTaken', () =>
      answer('coordination/approve-programme.1', {
        ...{ by: 'per-mtpe-1', decision: 'approve', reason: 'Solo si la segunda sesión pasa a octubre.' },
      }),
    );
    await answer('coordination/approve-programme.1', {
      by: 'per-mtpe-1',
      decision: 'changes',
      reason: 'Falta el financiamiento.',
    });
    await answer('coordination/approve-programme.1', { by: 'chl-mtps-1', decision: 'approve' });
    const moved = changedSource((file) => {
      file.sessions[1] = {
        ...file.sessions[1],
        contents: 'x',
        window: { from: '2021-09-01', to: '2021-09-10' },
      };
    });
    const revision = 'coordination/revise-programme.1';
    await refused(422, 'RevisionTooWide', () =>
      answer(revision, { by: 'oas-1', decision: 'submit', programme: moved }),
    );
    const replaced = changedSource((file) => {
      const [first] = file.institutions;
      if (first) first.id = 'arg-mteyss';
      for (const person of file.participants)
        if (person.institution === 'per-mtpe') person.institution = 'arg-mteyss';
      for (const guest of file.sessions.flatMap(({ guests = [] }) => guests)) guest.invitedBy = 'arg-mteyss';
      file.finalReport.drafts = ['arg-mteyss'];
    });
    await refused(422, 'RevisionTooWide', () =>
      answer(revision, { by: 'oas-1', decision: 'submit', programme: replaced }),
    );
    await refused(422, 'ProgrammeMistaken', () =>
      answer(revision, { by: 'oas-1', decision: 'submit', programme: 'id: x' }),
    );
    const rewritten = changedSource((file) => {
      file.objectives.introduction = 'Los objetivos son:';
    });
    expect((await answer(revision, { by: 'oas-1', decision: 'submit', programme: rewritten })).status).toBe(
      200,
    );
    // The approval of the first version is no answer to the second.
    const { subject } = await system.open(ID, 'coordination/approve-programme.2');
    const first = (await system.view(ID)).requests.find(
      ({ id }) => id === 'coordination/approve-programme.1',
    );
    expect(first?.subject.hash).not.toBe(subject.hash);
    await refused(409, 'SubjectSuperseded', () =>
      answer('coordination/approve-programme.2', {
        by: 'chl-mtps-1',
        decision: 'approve',
        subject: first?.subject.hash,
      }),
    );
  });

  describe('changes', () => {
    const change = (what: object, more: object = {}, query = '') =>
      call('POST', `/cooperations/${ID}/changes${query}`, {
        ...{ what, reason: 'Cambio de funciones.', seen: 0 },
        ...more,
      });
    const successor = { name: 'Ana Torres', email: 'ana.torres@mtpe-peru.example' };
    const replace = { change: 'replace', person: 'per-mtpe-5', with: successor };

    it.each<[string, number, string, object, object?]>([
      ['of an unknown kind', 400, 'Malformed', { change: 'forget' }],
      ['without what was seen', 400, 'Malformed', { change: 'pause' }, { seen: undefined }],
      ['without a reason', 400, 'Malformed', { change: 'pause' }, { reason: '  ' }],
      ['with a key too many', 400, 'Malformed', { change: 'pause', person: 'oas-1' }],
      ['on a day that is none', 400, 'Malformed', { change: 'extend', request: 'a/b.1', due: '2027-02-30' }],
      ['by nobody we know', 404, 'PersonUnknown', { change: 'pause' }, { by: 'oas-9' }],
      [
        'of a request that is not there',
        404,
        'RequestUnknown',
        { change: 'waive', request: 'a/b.1', party: 'oas' },
      ],
      ['of a person who is not there', 404, 'PersonUnknown', { ...replace, person: 'per-mtpe-9' }],
      ['of a session that is not there', 404, 'SessionUnknown', { change: 'cancel-session', session: 9 }],
      ['that resumes what goes on', 409, 'NotPaused', { change: 'resume' }],
      [
        'to the address of another',
        422,
        'AddressTaken',
        { ...replace, with: { ...successor, email: 'Margarita.Spoerer@mtps-chile.example' } },
      ],
    ])('%s are refused, with and without a dry run', async (_, status, code, what, more) => {
      await refused(status, code, () => change(what, more, '?dry-run=1'));
      await refused(status, code, () => change(what, more));
    });

    it('lists who would be told what, and does nothing; then does just that', async () => {
      await refused(404, 'CooperationUnknown', () =>
        call('POST', '/cooperations/99-xxx-yyy/changes', {
          ...{ what: { change: 'pause' }, reason: 'Pausa.', seen: 0 },
        }),
      );
      const before = await system.view(ID);
      const foreseen = await change(replace, {}, '?dry-run=1');
      expect(foreseen).toMatchObject({ status: 200, body: { seen: 0 } });
      const { told } = foreseen.body;
      expect(told).toContainEqual(
        expect.objectContaining({ person: 'per-mtpe-5', about: { notice: 'replaced', by: 'per-mtpe-6' } }),
      );
      expect(told).toContainEqual(
        expect.objectContaining({ person: 'per-mtpe-6', name: 'Ana Torres', party: 'per-mtpe' }),
      );
      const still = await system.view(ID);
      expect([still.people, still.changes]).toEqual([before.people, before.changes]);
      // Mails of before may still be going out; of the change nothing is on record, and nobody was told of it.
      expect(still.record.slice(0, before.record.length)).toEqual(before.record);
      expect(still.record.map(({ kind }) => kind)).not.toContain('person-replaced');
      expect(still.mails.map(({ notice }) => notice)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(replaced|joined)$/)]),
      );

      const made = await change(replace);
      expect(made).toMatchObject({ status: 200, body: { change: 1, told } });
      const { people, changes } = await system.view(ID);
      expect(people.find(({ id }) => id === 'per-mtpe-5')?.active).toBe(false);
      expect(changes).toMatchObject([
        { number: 1, kind: 'replace', reason: 'Cambio de funciones.', by: null },
      ]);
      // Once more, from a click that was repeated: what was changed since is told.
      const since = await refused(409, 'ChangedSince', () => change(replace));
      expect(since.changes).toEqual([{ number: 1, kind: 'replace' }]);
      await refused(404, 'PersonLeft', () => change(replace, { seen: 1 }));
    });
  });

  it('takes an answer back while another is missing, once, and for nobody else', async () => {
    const request = 'coordination/approve-programme.2';
    const takeBack = (given: object = {}) =>
      call('POST', `/cooperations/${ID}/answers/take-back`, {
        ...{ request, by: 'per-mtpe-2', recorded: RECORDED },
        ...given,
      });
    const standing = async () => (await system.open(ID, request)).answers.map(({ by }) => by);
    await refused(409, 'AnswerNotStanding', () => takeBack());
    await answer(request, { by: 'per-mtpe-1', decision: 'approve' });
    await refused(422, 'RecordedMissing', () => takeBack({ recorded: undefined }));
    await refused(409, 'AnswerNotStanding', () => takeBack({ by: 'chl-mtps-1', revision: 1 }));
    await refused(404, 'RequestUnknown', () => takeBack({ request: 'coordination/approve-programme.9' }));
    expect(await standing()).toEqual(['per-mtpe-1']);
    const taken = await takeBack();
    expect(taken).toMatchObject({ status: 200, body: { stillOwing: ['per-mtpe', 'chl-mtps'] } });
    // Once more, from a click that was repeated.
    expect(await takeBack({ revision: 1 })).toMatchObject({ status: 200 });
    expect(await standing()).toEqual([]);
  });

  it('records the approval that was read in a mail, once, and no other', async () => {
    const { id: request, subject } = await system.open(ID, 'coordination/approve-programme.2');
    await replyByMail(system, ID, 'chl-mtps-1', ['Subject: RE', '', 'De acuerdo', '']);
    const { number: communication = 0, mail } = (await system.view(ID)).communications.at(-1) ?? {};
    const record = (given: object = {}) =>
      call('POST', `/cooperations/${ID}/communications/recorded`, { by: 'oas-1', communication, ...given });
    await refused(404, 'MailAnswerUnknown', () => record());
    // As it is read where approvals are taken by mail.
    const read = {
      says: 'approves',
      request,
      subject: subject.hash,
      person: 'chl-mtps-1',
      doubt: 'unsigned',
    };
    await system.caseFile
      .updateTable('communication')
      .set({ mail: JSON.stringify({ ...mail, answer: read }) })
      .where('cooperation', '=', ID)
      .where('number', '=', communication)
      .execute();
    await refused(422, 'NotSecretariat', () => record({ by: 'per-mtpe-1' }));
    const { status, body } = await record();
    expect([status, body]).toEqual([200, { request, at: expect.any(String) }]);
    expect((await record()).body).toEqual(body);
    expect((await system.open(ID, request)).answers).toMatchObject([
      { by: 'chl-mtps-1', decision: 'approve', recorded: { by: 'oas-1' } },
    ]);
  });

  it('refuses a date outside its window, and marks that do not fit the slots', async () => {
    // The other approval was read in a mail.
    await answer('coordination/approve-programme.2', { by: 'per-mtpe-1', decision: 'approve' });
    const poll = 'session-2/choose-date.1';
    const { slots } = await system.open(ID, poll);
    const marks = Object.fromEntries(slots.map(({ id }) => [id, 'yes']));
    await refused(422, 'UnknownSlot', () =>
      answer(poll, { by: 'per-mtpe-1', decision: 'marks', marks: { ...marks, never: 'yes' } }),
    );
    await refused(422, 'MarkMissing', () => answer(poll, { by: 'per-mtpe-1', decision: 'marks', marks: {} }));
    for (const by of ['per-mtpe-1', 'chl-mtps-1'])
      expect((await answer(poll, { by, decision: 'marks', marks })).status).toBe(200);
    const confirm = 'session-2/confirm-date.1';
    await refused(422, 'DateOutsideWindow', () =>
      answer(confirm, { by: 'oas-1', decision: 'date', date: '2021-09-01T15:00:00Z' }),
    );
    await refused(422, 'DateUnreadable', () =>
      answer(confirm, { by: 'oas-1', decision: 'date', date: 'next week' }),
    );
    expect((await answer(confirm, { by: 'oas-1', decision: 'date', date: slots[0]?.id })).status).toBe(200);
  });

  it('refuses documents that are not what their name says, and keeps none of them', async () => {
    const executable = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]);
    const zip = Buffer.from(await new JSZip().file('a.txt', 'x').generateAsync({ type: 'uint8array' }));
    await refused(422, 'DocumentRefused', () => put('informe.pdf', executable));
    await refused(422, 'DocumentRefused', () => put('informe.docx', zip));
    await refused(422, 'DocumentRefused', () => put('macros.docm', zip));
    await refused(422, 'DocumentRefused', () => put('vacio.pdf', ''));
    await refused(404, 'PersonUnknown', () => put('nota.txt', 'x', 'nobody-1'));
    const piece = Buffer.alloc(1024 * 1024, 'a');
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent++;
        controller.enqueue(new Uint8Array(piece));
      },
    });
    const error = await refused(422, 'DocumentRefused', () => put('grande.txt', endless));
    expect(error.message).toContain('100 MB');
    expect(sent).toBeLessThan(110);
    for (const bytes of [executable, zip])
      expect(await system.documents.size(createHash('sha256').update(bytes).digest('hex'))).toBeUndefined();
    const taken = await put('../../nota\u202E.txt', 'Información pertinente.');
    expect(taken.body).toMatchObject({ fileName: 'nota.txt', version: 1 });
    expect(await system.documents.size(taken.body.sha256)).toBe(24);
    // A version is added to a document of one's own, which is there.
    const version = (by: string, document: string, kind: string) =>
      call(
        'POST',
        `/cooperations/${ID}/documents?${new URLSearchParams({ by, name: 'nota.txt', document, kind, ...BY_TOKEN })}`,
        'Información más reciente.',
      );
    for (const kind of ['shared', 'answer']) {
      await refused(404, 'DocumentUnknown', () => version('chl-mtps-1', 'doc-77', kind));
      await refused(404, 'DocumentUnknown', () => version('chl-mtps-1', 'report', kind));
      await refused(422, 'DocumentOfOther', () => version('per-mtpe-1', taken.body.document, kind));
    }
    expect((await version('chl-mtps-2', taken.body.document, 'shared')).body).toMatchObject({
      document: taken.body.document,
      version: 2,
    });
  });

  it('takes the materials of a session, a link as what it is', async () => {
    const put = (more: Record<string, string>) =>
      call(
        'POST',
        `/cooperations/${ID}/documents?${new URLSearchParams({ by: 'per-mtpe-1', name: 'enlace.txt', ...BY_TOKEN, ...more })}`,
        'https://zoom.us/rec/share/1234\n',
      );
    await refused(400, 'Malformed', () => put({ kind: 'recording' }));
    await refused(404, 'SessionUnknown', () => put({ kind: 'recording', session: '9' }));
    const { status, body } = await put({ kind: 'recording', session: '1' });
    expect(status).toBe(201);
    const link = 'https://zoom.us/rec/share/1234';
    expect(body).toMatchObject({ kind: 'recording', session: 1, link, title: link });
    expect((await system.view(ID)).documents.at(-1)).toMatchObject({ session: 1, link });
  });

  it('puts a question to a ministry alone, once', async () => {
    const ask = (given: object) =>
      call('POST', `/cooperations/${ID}/questions`, {
        by: 'per-mtpe-1',
        to: 'chl-mtps',
        text: '¿Cómo?',
        recorded: RECORDED,
        ...given,
      });
    await refused(422, 'PartyUnknown', () => ask({ to: 'oas' }));
    await refused(404, 'PersonUnknown', () => ask({ by: 'x-1' }));
    await refused(422, 'ContentMistaken', () => ask({ text: '   ' }));
    expect((await ask({})).body).toEqual({ number: 1, request: 'documents/answer-question-1.1' });
    expect((await ask({})).body).toMatchObject({ number: 1 });
    await system.open(ID, 'documents/answer-question-1.1');
    expect((await system.view(ID)).questions).toHaveLength(1);
  });

  it('sends what the Secretariat writes to whom it was shown that it goes to, once', async () => {
    const letter = { addressed: { to: 'party', party: 'per-mtpe' }, subject: 'La sala', text: 'Es la 4.' };
    const write = (given: object = {}, query = '') =>
      call('POST', `/cooperations/${ID}/communications${query}`, { ...letter, ...given });
    const before = await seen();
    const people = (await write({}, '?dry-run=1')).body.people.map(({ id }: { id: string }) => id);
    expect(people).toContain('per-mtpe-1');
    expect(await seen()).toEqual(before);
    await refused(409, 'ReadersChanged', () => write({ people: ['per-mtpe-1'] }));
    await refused(422, 'NotSecretariat', () => write({ by: 'per-mtpe-1' }));
    await refused(422, 'PartyUnknown', () => write({ addressed: { to: 'party', party: 'arg-mteyss' } }));
    const { status, body } = await write({ by: 'oas-1', people });
    expect([status, body.people]).toEqual([201, people]);
    expect((await write({ by: 'oas-1', people })).body).toEqual(body);
  });

  it('notes that a mail in nobody’s name was seen to, by whoever was first', async () => {
    await replyByMail(system, ID, 'per-mtpe-1', ['Subject: RE', '', '> citado', '']);
    const communication = (await system.view(ID)).communications.at(-1)?.number;
    const see = (given: object = {}) =>
      call('POST', `/cooperations/${ID}/communications/seen`, { by: 'oas-1', communication, ...given });
    await refused(422, 'NotSecretariat', () => see({ by: 'per-mtpe-1' }));
    await refused(404, 'UnfiledMailUnknown', () => see({ communication: 99 }));
    const { status, body } = await see();
    expect([status, body]).toEqual([200, { by: 'oas-1', at: expect.any(String) }]);
    expect((await see()).body).toEqual(body);
    expect((await system.view(ID)).communications.at(-1)?.seenTo).toEqual(body);
  });

  it('takes a file that came by mail in among the documents, and the same again as that one', async () => {
    await replyByMail(system, ID, 'per-mtpe-1', [
      ...['Subject: RE', 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'Va el plano.'],
      ...['--b', 'Content-Disposition: attachment; filename="plano.txt"', '', 'Sala 4', '--b--', ''],
    ]);
    const communication = (await system.view(ID)).communications.at(-1)?.number;
    const take = (given: object = {}) =>
      call('POST', `/cooperations/${ID}/communications/files`, {
        by: 'oas-1',
        communication,
        file: 0,
        ...given,
      });
    await refused(422, 'NotSecretariat', () => take({ by: 'per-mtpe-1' }));
    await refused(404, 'DocumentUnknown', () => take({ file: 9 }));
    const { status, body } = await take();
    expect([status, body]).toEqual([201, { document: expect.any(String), version: 1 }]);
    expect((await take()).body).toEqual(body);
    expect(
      (await system.view(ID)).documents.find(({ document }) => document === body.document),
    ).toMatchObject({
      ...{ party: 'per-mtpe', by: 'per-mtpe-1' },
    });
  });

  it('takes what the Secretariat is asked, and one answer to it', async () => {
    const enquire = (given: object = {}) =>
      call('POST', `/cooperations/${ID}/enquiries`, {
        by: 'chl-mtps-1',
        text: '¿Habrá intérprete?',
        recorded: RECORDED,
        ...given,
      });
    const reply = (given: object) =>
      call('POST', `/cooperations/${ID}/enquiries/answers`, { by: 'oas-1', text: 'Sí.', ...given });
    await refused(404, 'PersonUnknown', () => enquire({ by: 'chl-mtps-99' }));
    const { status, body } = await enquire();
    expect([status, body.people]).toEqual([201, expect.arrayContaining(['oas-1'])]);
    expect((await enquire()).body).toEqual(body);
    const enquiry = body.number;
    await refused(404, 'EnquiryUnknown', () => reply({ enquiry: 99 }));
    await refused(422, 'NotSecretariat', () => reply({ enquiry, by: 'per-mtpe-1' }));
    expect(await reply({ enquiry })).toMatchObject({ status: 201, body: { people: ['chl-mtps-1'] } });
    await refused(409, 'EnquiryAnswered', () => reply({ enquiry, text: 'No.' }));
  });

  it('takes comments beside what is there, and no others, without marks that turn them', async () => {
    const comment = (about: string) =>
      call('POST', `/cooperations/${ID}/comments`, {
        ...{ by: 'per-mtpe-1', about, text: 'Falta \u202ael anexo\u2069.', recorded: RECORDED },
      });
    const { documents } = await system.view(ID);
    const made = await comment(documents[0]?.document ?? '');
    expect(made.status).toBe(201);
    expect(await comment(documents[0]?.document ?? '')).toEqual(made);
    expect((await comment('session-2/choose-date.1')).body.number).toBe(made.body.number + 1);
    expect((await system.view(ID)).comments.map(({ text }) => text)).toEqual(
      Array(2).fill('Falta el anexo.'),
    );
    await refused(404, 'DocumentUnknown', () => comment('doc-77'));
    await refused(404, 'RequestUnknown', () => comment('coordination/approve-programme.2'));
  });

  it('gives out a case, its record from any entry on, its bytes and its histories', async () => {
    const { body } = await call('GET', `/cooperations/${ID}`);
    expect(body.programmeVersions.length).toBeGreaterThan(1);
    const record = (await call('GET', `/cooperations/${ID}/record`)).body;
    const rest = (await call('GET', `/cooperations/${ID}/record?after=${record[4].seq}`)).body;
    // Mails of before may still be going out, so the later reading may have more at its end.
    const known = record.slice(5);
    expect(rest.slice(0, known.length)).toEqual(known);
    const { sha256 } = body.programmeVersions[0].pdf;
    expect((await call('GET', `/cooperations/${ID}/bytes/${sha256}`)).status).toBe(200);
    expect((await call('GET', `/cooperations/${ID}/bundle`)).status).toBe(200);
    const pdf = await app.request(`/cooperations/${ID}/bytes/${sha256}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect((await call('GET', `/cooperations/${ID}/histories/coordination`)).body.events[0].eventType).toBe(
      'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
    );
    await refused(409, 'NotUnderWay', () => call('GET', `/cooperations/${ID}/histories/final-report`));
  });

  it('rebuilds nothing that runs', async () => {
    expect(await call('POST', '/rebuild?dry-run=1', {})).toMatchObject({ status: 200, body: [] });
    const error = await refused(409, 'NothingToRebuild', () =>
      call('POST', '/rebuild', { cooperations: [ID] }),
    );
    expect(error.cooperation).toBe(ID);
    await refused(404, 'CooperationUnknown', () => call('POST', '/rebuild', { cooperations: ['nobody'] }));
  });

  it('sends again what was refused, where anything was', async () => {
    expect(await call('POST', '/mails/resend?dry-run=1', {})).toMatchObject({ status: 200, body: [] });
    expect(await call('POST', '/mails/resend', {})).toMatchObject({ status: 200, body: [] });
    await refused(404, 'CooperationUnknown', () =>
      call('POST', '/mails/resend', { cooperations: ['nobody'] }),
    );
  });

  it('tells in what the case file and Temporal disagree', async () => {
    expect(await call('GET', '/agreement')).toMatchObject({
      status: 200,
      body: { disagreements: [], retentionDays: 400 },
    });
  });

  it('tells the security log, what was refused and taken over the API among it', async () => {
    await call('GET', '/cooperations', undefined, 'wrong');
    await call('GET', `/cooperations/${ID}`);
    const { body } = await call('GET', '/security-log?most=2');
    expect(body).toMatchObject([
      {
        who: { kind: 'token', id: 'machine' },
        event: { code: 'case-exported', cooperation: ID, by: 'api' },
      },
      { who: null, event: { code: 'token-refused', method: 'GET', route: '/cooperations' } },
    ]);
    const earlier = await call('GET', `/security-log?before=${body[1].seq}&most=1&code=token-refused`);
    expect(earlier.body.every((entry: { seq: number }) => entry.seq < body[1].seq)).toBe(true);
    await refused(400, 'Malformed', () => call('GET', '/security-log?code=forgotten'));
  });

  it('finds published sheets, gives them as files, and tells the nearest to a text', async () => {
    await published(system.caseFile, system.documents, {
      ...{ id: 'sheet-1', language: 'es', subject: 'Apicultura' },
      paragraphs: ['Las colmenas certificadas dan empleo en la sierra.'],
    });
    await system.cooperations.fillLibrary();
    const { status, body } = await call('GET', '/library?q=colmena+certificada');
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 1, sheets: [{ cooperation: 'sheet-1', read: true }] });
    expect((await call('GET', '/library/sheet-1')).status).toBe(200);
    const near = await call('POST', '/library/nearest', 'Certificar colmenas de la sierra');
    expect(near.body).toMatchObject([{ cooperation: 'sheet-1' }]);
    expect(near.body[0].shared).toEqual(expect.arrayContaining(['colmenas', 'sierra']));
    expect((await call('POST', '/library/renew')).body).toEqual({ sheets: 1 });
    expect(await system.cooperations.fillLibrary()).toBe(1);
    await refused(400, 'Malformed', () => call('GET', '/library?year=x'));
    await refused(404, 'DocumentUnknown', () => call('GET', `/library/${ID}`));
    await refused(404, 'CooperationUnknown', () => call('GET', '/library/nobodys'));
  });

  it('takes whether anybody may read a published sheet, from the focal point of a ministry', async () => {
    const path = '/cooperations/sheet-1/consents';
    const say = (given: object = {}) =>
      call('POST', path, {
        by: 'per-mtpe-4',
        version: 1,
        publish: 'yes',
        recorded: RECORDED,
        seen: null,
        ...given,
      });
    await refused(409, 'SheetNotPublished', () => say({ version: 2 }));
    await refused(409, 'NotFocalPoint', () => say({ by: 'oas-1' }));
    await refused(404, 'PersonUnknown', () => say({ by: 'per-mtpe-99' }));
    expect(await say()).toEqual({ status: 200, body: { version: 1, publish: 'yes' } });
    // Said without what was said meanwhile before its author.
    const since = await refused(409, 'WrittenSince', () => say({ publish: 'no' }));
    expect(since).toMatchObject({ of: 'consent', at: (await system.view('sheet-1')).consents[0]?.at });
    await refused(400, 'Malformed', () => say({ publish: 'no', seen: undefined }));
    await say({ publish: 'no', seen: since.at });
    expect((await say({ publish: 'no' })).status).toBe(200);
    const { consents, record } = await system.view('sheet-1');
    expect(consents.map(({ publish, recorded }) => [publish, recorded?.by])).toEqual([
      ['yes', 'oas'],
      ['no', 'oas'],
    ]);
    expect(record.filter(({ kind }) => kind === 'consent-stated')).toHaveLength(2);
  });

  it('gives certificates once the sessions are over, tells by a code whether one stands, and withdraws it', async () => {
    const path = '/cooperations/sheet-1/certificates';
    const give = (query = '', given: object = {}) => call('POST', `${path}${query}`, given);
    await refused(409, 'CertificatesTooEarly', () => give());
    const attendance = JSON.stringify([
      { name: 'Ana Paz', institution: 'SENCE' },
      { name: 'Luz', count: 9 },
    ]);
    await system.caseFile
      .updateTable('session')
      .set({ recordedAt: '2021-08-19T15:00:00.000Z', startsAt: '2021-08-18T15:00:00.000Z', attendance })
      .where('cooperation', '=', 'sheet-1')
      .execute();
    const foreseen = (await give('?dry-run')).body;
    expect(foreseen).toMatchObject({
      due: [{ name: 'Ana Paz', institution: 'SENCE', persons: [] }],
      replaced: [],
    });
    await refused(404, 'PersonUnknown', () => give('', { by: 'oas-99' }));
    expect(await give()).toEqual({ status: 201, body: { given: [1], replaced: [] } });
    expect((await give()).body).toEqual({ given: [], replaced: [] });
    const [given] = (await system.view('sheet-1')).certificates;
    const check = async () => (await call('GET', `/certificates/${given?.code}`)).body;
    expect(await check()).toMatchObject({ state: 'valid', name: 'Ana Paz', institution: 'SENCE' });
    expect((await call('GET', '/certificates/none')).body).toEqual({ state: 'unknown' });
    await refused(400, 'TextUnreadable', () => call('GET', '/certificates/a%00'));
    expect((await call('GET', path)).status).toBe(200);
    await refused(404, 'CooperationUnknown', () => call('GET', '/cooperations/nobodys/certificates'));
    expect((await call('GET', `/cooperations/sheet-1/bytes/${given?.sha256}`)).status).toBe(200);
    const withdraw = (certificate: number) =>
      call('POST', `${path}/withdraw`, { certificate, reason: 'Se fue antes.' });
    await refused(404, 'CertificateUnknown', () => withdraw(2));
    expect((await withdraw(1)).body).toEqual({ certificate: 1 });
    await refused(409, 'CertificateWithdrawn', () => withdraw(1));
    expect(await check()).toEqual({ state: 'withdrawn', givenOn: expect.any(String) });
  });

  it('seals a case that is over once, gives it to whoever asks, and takes it as a ministry signed it', async () => {
    const path = '/cooperations/sheet-1/paper';
    const put = (body: Uint8Array, given: object = BY_TOKEN, by = 'per-mtpe-4') =>
      call('POST', `${path}/signatures?${new URLSearchParams({ by, ...given })}`, body);
    for (const one of [path, `${path}/file`]) await refused(409, 'PaperNotYet', () => call('GET', one));
    await system.caseFile
      .updateTable('cooperation')
      .set({ closedAt: '2021-09-19T15:00:00.000Z' })
      .where('id', '=', 'sheet-1')
      .execute();
    const { status, body: paper } = await call('GET', path);
    expect([status, paper]).toMatchObject([200, { stamp: 'none', signed: [] }]);
    expect((await call('GET', `${path}/file?as=reading`)).status).toBe(200);
    await refused(400, 'Malformed', () => call('GET', `${path}/file?as=both`));
    const sealed = await system.bytes(paper.sha256);
    const { bytes } = await (await PDF.load(new Uint8Array(sealed))).sign({
      signer: await ministrySigner('Ministerio de Trabajo'),
    });
    await refused(422, 'RecordedMissing', () => put(bytes, {}));
    await refused(404, 'PersonUnknown', () => put(bytes, BY_TOKEN, 'per-mtpe-99'));
    await refused(422, 'PaperUnsigned', () => put(sealed));
    await refused(422, 'PaperForeign', () => put(Buffer.from('%PDF-')));
    expect(await put(bytes)).toMatchObject({
      status: 201,
      body: { number: 1, signatures: [{ subject: 'CN=Ministerio de Trabajo' }] },
    });
    const signed = (await call('GET', path)).body.signed[0];
    expect(signed).toMatchObject({ party: 'per-mtpe', recorded: { by: 'oas' } });
    expect((await call('GET', `/cooperations/sheet-1/bytes/${signed.sha256}`)).status).toBe(200);
  });

  it('describes itself, and every route answered and refused as it is described', async () => {
    const described = await call('GET', '/openapi.json', undefined, '');
    expect(described).toMatchObject({ status: 200, body: { openapi: '3.1.1' } });
    expect((await call('GET', '/health', undefined, '')).body).toMatchObject({ ok: true });
    // Each answer of these tests was held against the document.
    expect([...called.answered].sort()).toEqual([...ROUTE_NAMES].sort());
    const guarded = ROUTE_NAMES.filter((name) => ROUTES[name].may !== 'anybody');
    expect([...called.refused].sort()).toEqual(guarded.sort());
  });

  it('refuses control characters with where they are, in a path, a query or a body, and notes nothing', async () => {
    const at = async (method: string, path: string, body?: object) =>
      (await refused(400, 'TextUnreadable', () => call(method, path, body))).path;
    expect(await at('GET', `/cooperations/${encodeURIComponent('14-per-chl\0')}`)).toBe('id');
    expect(await at('GET', `/cooperations?after=${encodeURIComponent('a\r\nb')}`)).toBe('after');
    const what = { change: 'pause' };
    expect(await at('POST', `/cooperations/${ID}/changes`, { what, reason: 'Pausa\0.', seen: 0 })).toBe(
      'reason',
    );
    const question = { by: 'per-mtpe-1', to: 'chl-mtps', text: 'a\u001bb' };
    expect(await at('POST', `/cooperations/${ID}/questions`, question)).toBe('text');
  });

  it('tells each field of a body or query that does not parse, and why', async () => {
    const changes = `/cooperations/${ID}/changes`;
    const told = async (path: string, body: object) =>
      (await refused(400, 'Malformed', () => call('POST', path, body))).mistakes;
    expect(await told(changes, { what: { change: 'forget' }, seen: 0 })).toMatchObject([
      {
        code: 'WordUnknown',
        path: 'what.change',
        value: 'forget',
        words: expect.arrayContaining(['pause', 'resume']),
      },
      { code: 'KeyMissing', path: 'reason', key: 'reason', message: expect.stringContaining('reason') },
    ]);
    expect(
      await told(changes, { what: { change: 'pause', person: 'oas-1' }, reason: 'Pausa.', seen: 0 }),
    ).toMatchObject([{ code: 'KeyUnknown', path: 'what.person', known: ['change'] }]);
    expect(
      await told(`/cooperations/${ID}/answers`, {
        request: 'x',
        by: 'oas-1',
        subject: 'x',
        decision: 'aprove',
      }),
    ).toMatchObject([{ code: 'WordUnknown', path: 'decision', meant: 'approve' }]);
    const { mistakes } = await refused(400, 'Malformed', () =>
      call('GET', `/cooperations/${ID}/record?after=first`),
    );
    expect(mistakes).toMatchObject([{ code: 'ValueMalformed', path: 'after', value: 'first' }]);
  });
});
