import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { apiClient } from '../../src/api/client.ts';
import { ApiError, Unreachable } from '../../src/api/errors.ts';
import { Refused } from '../../src/domain/refusal.ts';
import { approveProgramme, caseOf, entry, PROGRAMME_TEXT, sha256 } from '../cli/cases.ts';
import { refusing, TOKEN, testServer } from '../cli/server.ts';
import { REFUSED } from '../support/refusals.ts';

const ID = '14-per-chl';

describe('what comes back is parsed', () => {
  test('a case, the list of cases and the record', async () => {
    const view = caseOf({
      requests: [approveProgramme],
      record: [entry(1, 'cooperation-filed'), entry(2, 'cooperation-closed')],
    });
    const { url } = await testServer({ cases: [view] });
    const api = apiClient({ url, token: TOKEN });
    expect(await api.show({ id: ID })).toEqual(view);
    expect((await api.list()).map(({ id }) => id)).toEqual([ID]);
    expect((await api.record({ id: ID })).map(({ seq }) => seq)).toEqual([1, 2]);
    expect((await api.record({ id: ID, after: '1' })).map(({ seq }) => seq)).toEqual([2]);
  });

  test('health, also where Temporal is away and without a token', async () => {
    const fake = await testServer();
    const api = apiClient({ url: fake.url });
    expect(await api.health()).toMatchObject({ ok: true });
    fake.temporal = false;
    expect(await api.health()).toMatchObject({
      ok: false,
      checks: [{ check: 'temporal', ok: false }, { ok: true }],
    });
  });

  test('what is done: start, check, answer, ask', async () => {
    const fake = await testServer({ cases: [caseOf()] });
    fake.replies.set('POST /check', () => Response.json({ mistakes: [], warnings: [] }));
    const api = apiClient({ url: fake.url, token: TOKEN });
    expect(await api.start({ body: PROGRAMME_TEXT })).toEqual({
      ...{ id: ID, state: 'started', warnings: [] },
    });
    expect(await api.check({ body: PROGRAMME_TEXT })).toEqual({ mistakes: [], warnings: [] });
    const given = { request: 'r', by: 'oas-1', decision: 'approve', subject: sha256('s') } as const;
    expect(await api.answer({ id: ID, body: given })).toMatchObject({ stillOwing: [] });
    expect(await api.ask({ id: ID, body: { by: 'per-mtpe-1', to: 'chl-mtps', text: '¿?' } })).toMatchObject({
      number: 3,
    });
  });
});

describe('a change', () => {
  const given = { what: { change: 'pause' }, reason: 'x', seen: 0 } as const;

  test('is made, or only foreseen', async () => {
    const told = [{ person: 'oas-1', name: 'Ana', party: 'oas', about: { notice: 'paused' } }] as const;
    const fake = await testServer({ cases: [caseOf()], told: [...told], programmeChanges: ['texts'] });
    const api = apiClient({ url: fake.url, token: TOKEN });
    const foreseen = {
      told,
      programmeChanges: ['texts'],
      approval: false,
      warnings: [],
      follows: [],
      differences: [],
    };
    expect(await api.change({ id: ID, 'dry-run': '1', body: given })).toEqual({ ...foreseen, seen: 0 });
    expect(await api.change({ id: ID, body: given })).toMatchObject({ change: 7, ...foreseen });
    expect(fake.seen.map(({ query }) => query)).toEqual([{ 'dry-run': '1' }, {}]);
    expect(JSON.parse(fake.seen[0]?.body.toString() ?? '')).toEqual(given);
  });

  test('that a server answers in another shape is told as that', async () => {
    const fake = await testServer({ cases: [caseOf()] });
    fake.replies.set(`POST /cooperations/${ID}/changes`, () => Response.json({ told: 'nobody' }));
    const api = apiClient({ url: fake.url, token: TOKEN });
    await expect(api.change({ id: ID, body: given })).rejects.toMatchObject({ code: 'UnexpectedAnswer' });
  });
});

describe('bytes', () => {
  test('go in, in one piece or several, under a name of any letters', async () => {
    const fake = await testServer({ cases: [caseOf()] });
    const api = apiClient({ url: fake.url, token: TOKEN });
    const given = { id: ID, by: 'chl-mtps-1', name: 'Guía & más #1.pdf', title: 'a=b&c' };
    const text = 'ñandú'.repeat(1000);
    const first = await api.putDocument({ ...given, body: Readable.from([Buffer.from(text)]) });
    const second = await api.putDocument({
      ...given,
      body: Readable.from([Buffer.from(text.slice(0, 7)), Buffer.from(text.slice(7))]),
    });
    expect(first).toMatchObject({ sha256: sha256(text), fileName: given.name, title: given.title });
    expect(second.sha256).toBe(first.sha256);
  });

  test('come out as a stream, histories too', async () => {
    const fake = await testServer({
      cases: [caseOf()],
      bytes: new Map([[sha256('hola'), 'hola']]),
      histories: new Map([['session-1', { events: [] }]]),
    });
    const api = apiClient({ url: fake.url, token: TOKEN });
    expect((await buffer(await api.bytes({ id: ID, sha256: sha256('hola') }))).toString()).toBe('hola');
    expect(JSON.parse((await buffer(await api.history({ id: ID, scope: 'session-1' }))).toString())).toEqual({
      events: [],
    });
    await expect(api.history({ id: ID, scope: 'final-report' })).rejects.toMatchObject({
      code: 'NotUnderWay',
    });
  });
});

describe('what goes wrong', () => {
  test('is refused with its code and values', async () => {
    const fake = await testServer({ cases: [caseOf()] });
    fake.replies.set(`GET /cooperations/${ID}`, refusing(409, REFUSED.AlreadyAnswered));
    const error = await apiClient({ url: fake.url, token: TOKEN })
      .show({ id: ID })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Refused);
    expect(error).toMatchObject({ refusal: REFUSED.AlreadyAnswered });
  });

  test('is an ApiError where it is no refusal', async () => {
    const fake = await testServer({ cases: [caseOf()] });
    fake.replies.set(`GET /cooperations/${ID}`, refusing(500, { code: 'Internal' }));
    const error = await apiClient({ url: fake.url, token: TOKEN })
      .show({ id: ID })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 500, code: 'Internal' });
  });

  test('is Unreachable where nobody answers', async () => {
    const error = await apiClient({ url: 'http://127.0.0.1:1' })
      .health()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unreachable);
    expect(error).toMatchObject({ url: 'http://127.0.0.1:1', late: false });
    expect((error as Error).message).toContain('npm start');
  });

  test('is Unreachable, and late, where no answer comes in time: it may have been done', async () => {
    const fake = await testServer();
    let answer = () => {};
    fake.replies.set(
      'GET /cooperations',
      () =>
        new Promise((resolve) => {
          answer = () => resolve(Response.json([]));
        }),
    );
    const error = await apiClient({ url: fake.url, token: TOKEN, patienceMs: 50 })
      .list()
      .catch((thrown: unknown) => thrown);
    answer();
    expect(error).toBeInstanceOf(Unreachable);
    expect(error).toMatchObject({ late: true });
  });

  test('is an ApiError where another program answers, or sends elsewhere', async () => {
    const fake = await testServer();
    const api = apiClient({ url: fake.url, token: TOKEN });
    fake.replies.set('GET /cooperations', () => new Response('<html>', { status: 502 }));
    await expect(api.list()).rejects.toMatchObject({ code: 'UnexpectedAnswer', status: 502 });
    fake.replies.set('GET /cooperations', () => Response.redirect('http://127.0.0.1:1/elsewhere'));
    await expect(api.list()).rejects.toMatchObject({ code: 'UnexpectedAnswer', status: 302 });
  });
});
