import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { securityEntries } from '../../src/casefile/access/securityLog.ts';
import { addStaff, allStaff } from '../../src/casefile/access/staff.ts';
import { allTokens } from '../../src/casefile/access/tokens.ts';
import { readAll } from '../../src/documents/store.ts';
import type { Scope } from '../../src/domain/people/staff.ts';
import { isAbridged } from '../../src/export/mail.ts';
import { plainTextOf } from '../../src/mail/rewrite.ts';
import { eventOf } from '../../src/words/record.ts';
import { apiOver } from '../support/api.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';

/** What whoever holds a token of the HTTP API cannot make of it. */
describe('a token of the API', () => {
  const MACHINE = 'the-staff-token';
  const ID = '14-per-chl';
  const CASE = `/cooperations/${ID}`;
  const OFFICER = 'ana@oas.example';
  const OBSERVER = 'observa@oas.example';
  let system: InProcess;
  let app: ReturnType<typeof apiOver>;
  const now = () => new Date().toISOString();

  beforeAll(async () => {
    system = await inProcess({ site: { url: 'http://site.example' } });
    const { caseFile, cooperations } = system;
    app = apiOver(system, { machineToken: async () => MACHINE });
    await addStaff(caseFile, { address: OFFICER, role: 'staff', by: null }, now());
    await addStaff(caseFile, { address: OBSERVER, role: 'observer', by: null }, now());
    await cooperations.start(changedSource(() => {}));
    await system.open(ID, 'coordination/confirm-coordination.1');
  });
  afterAll(() => system[Symbol.asyncDispose]());

  async function call(method: string, path: string, body?: object | string, token = MACHINE) {
    const response = await app.request(path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined };
  }
  async function tokenFor(scopes: readonly Scope[], given: { holder?: string; by?: string } = {}) {
    const { holder, by } = given;
    const made = await call('POST', '/tokens', { name: 'prueba', scopes, ...(holder && { holder }) }, by);
    expect(made.status).toBe(201);
    return made.body.secret as string;
  }
  const codeOf = async (request: ReturnType<typeof call>) => (await request).body?.error?.code;

  it('that reads signs in as nobody: mails come without the links in them', async () => {
    const mailOf = async () => (await system.view(ID)).mails.find(({ request }) => request !== null);
    await expect.poll(mailOf).toMatchObject({ state: 'sent' });
    const { sha256 = '' } = (await mailOf()) ?? {};
    const sent = await readAll(system.documents, sha256);
    expect(await plainTextOf(sent)).toMatch(/\/r\/[0-9a-f]{48}/);
    for (const token of [
      await tokenFor(['read']),
      await tokenFor(['read'], { holder: OBSERVER }),
      await tokenFor(['read', 'answer', 'change', 'staff'], { holder: OFFICER }),
    ]) {
      const { status, text } = await call('GET', `${CASE}/bytes/${sha256}`, undefined, token);
      expect(status).toBe(200);
      expect(await plainTextOf(Buffer.from(text))).toContain('/r/•••');
      expect(await plainTextOf(Buffer.from(text))).not.toMatch(/\/r\/[0-9a-f]/);
      expect(await isAbridged(Buffer.from(text))).toBe(true);
    }
    // The machine’s own has the system anyway, and holds what it gets against its SHA-256.
    expect((await call('GET', `${CASE}/bytes/${sha256}`)).text).toBe(sent.toString());
    expect(await isAbridged(sent)).toBe(false);
  });

  it('of whoever is put out ends, and so do those that they made for programs, or had made', async () => {
    const leaver = 'leo@oas.example';
    expect((await call('POST', '/staff', { address: leaver, role: 'staff' })).status).toBe(201);
    const own = await tokenFor(['staff'], { holder: leaver });
    const program = await tokenFor(['read', 'staff'], { by: own });
    const programs = await tokenFor(['read', 'staff'], { by: program });
    const others = await tokenFor(['read']);
    expect((await call('GET', '/staff', undefined, programs)).status).toBe(200);
    expect((await call('POST', '/staff/remove', { address: leaver })).status).toBe(200);
    for (const token of [own, program, programs])
      expect((await call('GET', '/staff', undefined, token)).status).toBe(401);
    expect((await call('GET', CASE, undefined, others)).status).toBe(200);
  });

  it('is noted in the security log, by its number, with what it changed and took along', async () => {
    const [last] = await securityEntries(system.caseFile, { most: 1 });
    const secret = await tokenFor(['read', 'change', 'staff']);
    const number = Math.max(...(await allTokens(system.caseFile)).map((one) => one.number));
    const staff = 'nueva@oas.example';
    const what = { change: 'correct-person', person: 'chl-mtps-3', as: { post: 'Asesora' } };
    const programme = changedSource((file) => {
      file.id = 'other';
    });
    const calls: [string, string, (object | string)?][] = [
      ['POST', '/staff', { address: staff, role: 'observer' }],
      ['POST', '/staff/reset', { address: staff, seen: null }],
      ['POST', '/staff/remove', { address: staff }],
      ['POST', '/tokens', { name: 'otra', scopes: ['read'] }],
      ['POST', '/tokens/revoke', { number: number + 1 }],
      ['POST', '/cooperations', programme],
      ['POST', `${CASE}/changes`, { what, reason: 'Faltaba.', by: 'oas-1', seen: 0 }],
      ['GET', `${CASE}/certificates`],
      ['GET', CASE],
      // What it may not.
      ['POST', `${CASE}/answers`, {}],
    ];
    const statuses: number[] = [];
    for (const [method, path, body] of calls) statuses.push((await call(method, path, body, secret)).status);
    const { changes } = await system.view(ID);
    const found = await securityEntries(system.caseFile, { most: 50 });
    const who = { kind: 'token', id: String(number) };
    const noted = found.filter(({ seq, who: by }) => seq > (last?.seq ?? 0) && by?.id === who.id).reverse();
    expect({ statuses, noted: noted.map(({ event, who }) => ({ ...event, who })) }).toEqual({
      statuses: [201, 200, 200, 201, 200, 201, 200, 200, 200, 403],
      noted: [
        { code: 'staff-invited', staff, who },
        { code: 'factor-reset', staff, who },
        { code: 'staff-removed', staff, who },
        { code: 'token-made', token: String(number + 1), who },
        { code: 'token-ended', token: String(number + 1), who },
        { code: 'cooperation-started', cooperation: 'other', who },
        {
          code: 'people-changed',
          cooperation: ID,
          change: changes.at(-1)?.number,
          kind: 'correct-person',
          who,
        },
        { code: 'certificates-exported', cooperation: ID, by: 'api', who },
        { code: 'case-exported', cooperation: ID, by: 'api', who },
        { code: 'role-refused', method: 'POST', route: '/cooperations/:id/answers', who },
      ],
    });
    expect(JSON.stringify(found)).not.toContain(secret);
  });

  it('leaves somebody staff: the last one is no observer either', async () => {
    const seen = (await allStaff(system.caseFile)).find(({ address }) => address === OFFICER)?.addedAt;
    const demoted = { address: OFFICER, role: 'observer', seen };
    const holder = await tokenFor(['staff'], { holder: OFFICER });
    expect(await codeOf(call('POST', '/staff', demoted, holder))).toBe('LastStaff');
    expect((await allStaff(system.caseFile)).map(({ address, role }) => [address, role])).toContainEqual([
      OFFICER,
      'staff',
    ]);
  });

  it('sends in nobody’s name but its holder’s without who records it, and how it came', async () => {
    const by = 'per-mtpe-1';
    const posts: [string, object | string][] = [
      ['questions', { by, to: 'chl-mtps', text: '¿Cuántas?' }],
      ['enquiries', { by, text: '¿Quién?' }],
      ['comments', { by, about: 'doc-1', text: 'Bien.' }],
      ['consents', { by, version: 1, publish: 'yes', seen: null }],
      [`documents?${new URLSearchParams({ by, name: 'nota.txt', kind: 'shared' })}`, 'Una nota.'],
    ];
    const before = (await system.view(ID)).record.filter(({ person }) => person === by).length;
    for (const token of [
      MACHINE,
      await tokenFor(['answer']),
      await tokenFor(['answer'], { holder: OFFICER }),
    ])
      for (const [path, body] of posts)
        expect([path, await codeOf(call('POST', `${CASE}/${path}`, body, token))]).toEqual([
          path,
          'RecordedMissing',
        ]);
    const sent = { by, text: '¿Habrá intérprete?' };
    const wrong = { ...sent, recorded: { by: 'chl-mtps-1', how: 'Por teléfono' } };
    expect(await codeOf(call('POST', `${CASE}/enquiries`, wrong))).toBe('NotSecretariat');
    const unsaid = { ...sent, recorded: { by: 'oas-1', how: ' ' } };
    expect(await codeOf(call('POST', `${CASE}/enquiries`, unsaid))).toBe('HowMissing');
    expect((await system.view(ID)).record.filter(({ person }) => person === by).length).toBe(before);

    const recorded = { ...sent, recorded: { by: 'oas-1', how: 'Por teléfono' } };
    expect((await call('POST', `${CASE}/enquiries`, recorded)).status).toBe(201);
    const view = await system.view(ID);
    const entry = view.record.findLast(({ kind }) => kind === 'enquiry-made');
    expect(entry?.data).toMatchObject({ door: { door: 'machine' }, recorded: { by: 'oas-1' } });
    if (entry) expect(eventOf(entry, view, 'es', new Date()).what).toMatch(/lo registró María .*; llegó /);
    // A guest of a session asks and sends nothing, whoever records it.
    const guest = { ...recorded, by: 'guest-2-1' };
    expect(await codeOf(call('POST', `${CASE}/enquiries`, guest))).toBe('IsGuest');
  });

  it('writes and comments in nobody’s name who is not there', async () => {
    const by = 'ministra@evil.example';
    const enquiry = await system.cooperations.enquire(ID, { by: 'per-mtpe-1', text: '¿Quién preside?' });
    const addressed = { to: 'everybody' };
    const before = (await system.view(ID)).communications.length;
    const posts: [string, object][] = [
      ['communications', { by, addressed, subject: 'Aviso', text: 'Responda aquí.' }],
      ['communications', { by: OBSERVER, addressed, subject: 'Aviso', text: 'Responda aquí.' }],
      ['enquiries/answers', { by, enquiry: enquiry.number, text: 'Yo.' }],
      ['comments', { by, about: 'coordination/confirm-coordination.1', text: 'Bien.' }],
    ];
    for (const [path, body] of posts)
      expect(await codeOf(call('POST', `${CASE}/${path}`, body))).toBe('PersonUnknown');
    expect((await system.view(ID)).communications.length).toBe(before);
    const officers = { by: OFFICER, enquiry: enquiry.number, text: 'La Secretaría.' };
    expect((await call('POST', `${CASE}/enquiries/answers`, officers)).status).toBe(201);
  });

  it('is told what is wrong with what is too deep or too large, and not that something failed', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(await codeOf(call('POST', `${CASE}/enquiries`, deep))).toBe('Malformed');
    const many = 99_999_999_999;
    const numbers: [string, object][] = [
      ['/tokens/revoke', { number: many }],
      [`${CASE}/enquiries/answers`, { enquiry: many, text: 'Sí.' }],
      [`${CASE}/questions`, { by: 'per-mtpe-1', to: 'chl-mtps', text: '¿?', session: many }],
      [`${CASE}/changes?dry-run`, { what: { change: 'pause' }, reason: 'x', by: 'oas-1', seen: many }],
    ];
    for (const [path, body] of numbers)
      expect([path, await codeOf(call('POST', path, body))]).toEqual([path, 'Malformed']);
  });
});
