import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { mintLink } from '../../src/casefile/access/access.ts';
import { securityEntries } from '../../src/casefile/access/securityLog.ts';
import { allTokens } from '../../src/casefile/access/tokens.ts';
import { withRefusalsNoted } from '../../src/client/refusalNotes.ts';
import { type Refusal, Refused } from '../../src/domain/refusal.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';
import { siteOver } from '../support/site.ts';

const ID = '14-per-chl';

let system: InProcess;
let site: ReturnType<typeof siteOver>;
let addresses: Record<string, string>;
let last = 0;
beforeAll(async () => {
  system = await inProcess();
  site = siteOver(system);
  await system.cooperations.start(changedSource(movedTo(new Date(), -1)));
  addresses = Object.fromEntries((await system.view(ID)).people.map(({ id, email }) => [id, email ?? '']));
});
afterAll(() => system[Symbol.asyncDispose]());
beforeEach(async () => {
  last = (await securityEntries(system.caseFile, { most: 1 }))[0]?.seq ?? 0;
});

/** What was noted in this test, oldest first. */
const noted = async () =>
  (await securityEntries(system.caseFile, { most: 100 }))
    .filter(({ seq }) => seq > last)
    .reverse()
    .map(({ who, event }) => ({ ...event, who: who?.id }));

it('notes who comes in and goes, and how', async () => {
  const address = addresses['chl-mtps-1'] ?? '';
  const browser = site.browser();
  await browser.post('/sign-in', { address });
  await expect.poll(() => site.sent.length).toBe(1);
  await browser.post('/sign-in/code', { code: '' });
  await browser.post('/sign-in/code', { code: site.sent[0]?.code ?? '' });
  await browser.post('/sign-out');
  const purpose = { address, cooperation: ID, person: 'chl-mtps-1', path: `/c/${ID}` };
  const token = await mintLink(system.caseFile, purpose, new Date().toISOString());
  for (let n = 0; n < 2; n++) await browser.post(`/r/${token}`);
  await site.browser().post(`/r/${'0'.repeat(48)}`);
  const who = `${ID}/chl-mtps-1`;
  expect(await noted()).toEqual([
    { code: 'code-asked', who },
    { code: 'sign-in-failed', by: 'code', why: 'wrong' },
    { code: 'signed-in', by: 'code', who },
    { code: 'signed-out', sessions: 'this', who },
    { code: 'signed-in', by: 'link', who },
    { code: 'sign-in-failed', by: 'link', why: 'used', who },
    { code: 'sign-in-failed', by: 'link', why: 'unknown' },
  ]);
});

it('notes what somebody asked for who may not, on whose behalf another site spoke, and who took a case', async () => {
  const delegate = await site.as(addresses['per-mtpe-1'] ?? '');
  await delegate.get('/new');
  await delegate.get(`/c/${ID}/outbox`);
  await delegate.post('/language', { language: 'en' }, 'https://evil.example');
  const officer = await site.as(addresses['oas-1'] ?? '');
  await (await officer.get(`/c/${ID}/record/export`)).arrayBuffer();
  const who = `${ID}/per-mtpe-1`;
  expect(await noted()).toEqual([
    { code: 'role-refused', method: 'GET', route: '/new', who },
    { code: 'role-refused', method: 'GET', route: '/c/:id/outbox', cooperation: ID, who },
    { code: 'foreign-form', method: 'POST', route: '/language', who: undefined },
    { code: 'case-exported', cooperation: ID, by: 'page', who: addresses['oas-1'] },
  ]);
});

it('notes what staff change of who comes in: staff, second steps, tokens, people, their sessions', async () => {
  const who = addresses['oas-1'] ?? '';
  const officer = await site.as(who);
  const staff = 'nueva@oas.example';
  const done = async (path: string, form: Record<string, string>, status = 200) =>
    expect([path, (await officer.post(path, form)).status]).toEqual([path, status]);
  await done('/staff/invite', { address: staff, role: 'staff', language: 'es', name: '' });
  await done('/staff/reset', { address: staff });
  await done('/staff/remove', { address: staff });
  await done('/staff/tokens', { name: 'informe', scopes: 'read', whose: 'own', days: '30' });
  const [token] = await allTokens(system.caseFile);
  await done('/staff/tokens/revoke', { number: String(token?.number) });
  const correction = { person: 'chl-mtps-3', email: 'otra@mtps-chile.example', reason: 'Cambió.' };
  await done(`/c/${ID}/changes/make`, { kind: 'correct-person', token: 'x'.repeat(36), ...correction }, 303);
  await done(`/c/${ID}/people/chl-mtps-4/end-access`, {}, 303);
  const { changes } = await system.view(ID);
  expect(await noted()).toEqual([
    { code: 'staff-invited', staff, who },
    { code: 'factor-reset', staff, who },
    { code: 'staff-removed', staff, who },
    { code: 'token-made', token: String(token?.number), who },
    { code: 'token-ended', token: String(token?.number), who },
    { code: 'people-changed', cooperation: ID, change: changes.at(-1)?.number, kind: 'correct-person', who },
    { code: 'sessions-ended', of: `${ID}/chl-mtps-4`, why: 'staff', who },
  ]);
});

it('notes which cooperation is begun, whom a delegate invites, and the secret address of a calendar', async () => {
  const delegate = await site.as(addresses['per-mtpe-1'] ?? '');
  const who = `${ID}/per-mtpe-1`;
  const list = { guests: 'Rosa Quispe, rosa@cusco.example, Gerente', confirmed: '1' };
  expect((await delegate.post(`/c/${ID}/sessions/2/guests`, list)).status).toBe(303);
  const guest = (await system.view(ID)).people.find(({ name }) => name === 'Rosa Quispe')?.id;
  const named = (await system.view(ID)).changes.at(-1)?.number ?? 0;
  const withdrawn = await delegate.post(`/c/${ID}/sessions/2/guests/${guest}/withdraw`, {
    reason: 'No irá.',
  });
  expect(withdrawn.status).toBe(303);
  for (const what of ['make', 'end', 'end']) await delegate.post('/calendar', { do: what });
  const own = { name: 'Otro Nombre', post: 'Directora', language: 'es', timezone: 'America/Lima' };
  expect((await delegate.post('/me', own)).status).toBe(303);
  const officer = await site.as(addresses['oas-1'] ?? '');
  const source = changedSource((file) => {
    movedTo(new Date(), -1)(file);
    file.id = 'other';
  });
  expect((await officer.post('/new/start', { source })).status).toBe(303);
  expect(await noted()).toEqual([
    { code: 'people-changed', cooperation: ID, change: named, kind: 'name-guests', who },
    { code: 'people-changed', cooperation: ID, change: named + 1, kind: 'withdraw-guest', who },
    { code: 'calendar-made', who },
    { code: 'calendar-ended', who },
    { code: 'people-changed', cooperation: ID, change: named + 2, kind: 'correct-person', who },
    { code: 'cooperation-started', cooperation: 'other', who: addresses['oas-1'] },
  ]);
});

it('notes what no form of the site sends, of anybody a hundred times at most', async () => {
  const who = addresses['oas-1'] ?? '';
  const officer = await site.as(who);
  expect((await officer.get('/search?q=%00')).status).toBe(404);
  const wrong = { address: 'n@oas.example', role: 'king', language: 'es' };
  expect((await officer.post('/staff/invite', { ...wrong, language: 'xx', role: 'staff' })).status).toBe(400);
  expect((await noted()).filter(({ code }) => code === 'malformed')).toEqual([
    { code: 'malformed', method: 'GET', route: '/search', who },
    { code: 'malformed', method: 'POST', route: '/staff/invite', who },
  ]);
  for (let n = 0; n < 110; n++) await officer.get('/search?q=%00');
  expect((await noted()).filter(({ code }) => code === 'malformed').length).toBeLessThanOrEqual(100);
});

it('notes files that hold what no document needs, and more than one person sends', async () => {
  const events: unknown[] = [];
  const refusing = (refusal: Refusal) => () => Promise.reject(new Refused(refusal));
  const over = (refusal: Refusal) =>
    withRefusalsNoted(
      { ...system.cooperations, putDocument: refusing(refusal) } as typeof system.cooperations,
      async (event, by) => {
        events.push({ ...event, by: by?.id });
      },
    );
  const freeAt = new Date().toISOString();
  for (const refusal of [
    { code: 'DocumentRefused', why: 'macros' },
    { code: 'DocumentRefused', why: 'empty' },
    { code: 'QuotaReached', of: 'megabytes', most: 1, freeAt },
    { code: 'IsGuest' },
  ] as Refusal[])
    await expect(over(refusal).putDocument(ID, { by: 'per-mtpe-1' } as never)).rejects.toMatchObject({
      refusal,
    });
  const by = `${ID}/per-mtpe-1`;
  expect(events).toEqual([
    { code: 'file-refused', why: 'macros', cooperation: ID, by },
    { code: 'quota-reached', of: 'megabytes', cooperation: ID, by },
  ]);
});

it('notes who asks for more codes than there are', async () => {
  const stranger = site.browser();
  for (const status of [200, 200, 200, 429])
    expect((await stranger.post('/sign-in', { address: 'nadie@ninguna.example' })).status).toBe(status);
  const limited = (await noted()).filter(({ code }) => code === 'sign-in-limited');
  expect(limited).toEqual([{ code: 'sign-in-limited', who: undefined }]);
});

it('holds no secret, no delegate’s address, and nothing of a path', async () => {
  const address = addresses['chl-mtps-2'] ?? '';
  const token = await mintLink(
    system.caseFile,
    { address, cooperation: ID, person: 'chl-mtps-2', path: `/c/${ID}` },
    new Date().toISOString(),
  );
  const browser = site.browser();
  const before = site.sent.length;
  await browser.post('/sign-in', { address });
  await expect.poll(() => site.sent.length).toBe(before + 1);
  const { code = '' } = site.sent[before] ?? {};
  await browser.post('/sign-in/code', { code: '' });
  await browser.post('/sign-in/code', { code });
  await browser.post(`/r/${token}`);
  await browser.get('/c/somewhere-else/requests/secret-name/x');
  const text = JSON.stringify(await securityEntries(system.caseFile, { most: 1000 }));
  for (const secret of [token, code, address, 'secret-name']) expect(text).not.toContain(secret);
});

it('is for staff, who see it page by page', async () => {
  const officer = await site.as(addresses['oas-1'] ?? '');
  const response = await officer.get('/security-log');
  expect(response.status).toBe(200);
  expect(await response.text()).toContain(`data-label="Quién">${addresses['oas-1']}</td>`);
  expect(await (await officer.get('/security-log?before=1')).text()).toContain('No hay nada anotado.');
  const delegate = await site.as(addresses['per-mtpe-1'] ?? '');
  expect((await delegate.get('/security-log')).status).toBe(404);
  expect((await site.browser().get('/security-log')).status).toBe(404);
});

it('a stranger cannot fill it: more of one kind from one place than a hundred are one entry', async () => {
  const browser = site.browser();
  for (let n = 0; n < 130; n++) await browser.post('/language', {}, 'https://evil.example');
  const codes = (await securityEntries(system.caseFile, { most: 400 }))
    .filter(({ seq }) => seq > last)
    .map(({ event }) => event.code);
  expect(codes.filter((code) => code === 'foreign-form').length).toBeLessThanOrEqual(100);
  expect(codes.filter((code) => code === 'events-dropped').length).toBe(1);
});
