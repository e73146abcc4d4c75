import { describe, expect, test } from 'vitest';
import { givenChange } from '../../src/domain/change.ts';
import { caseOf } from './cases.ts';
import { jsonOf, rial } from './rial.ts';
import { refusing, testServer } from './server.ts';

/** `rial staff` and `rial token`. */

const AT = '2031-08-10T12:00:00.000Z';
const STAFF = [
  {
    ...{ address: 'ana@oas.example', role: 'staff', name: null, addedAt: AT, addedBy: null },
    secondFactorAt: AT,
    passkeys: 0,
  },
];
const TOKENS = [
  {
    ...{ number: 3, name: 'informe', scopes: ['read'], holder: 'ana@oas.example', madeAt: AT, madeBy: null },
    ...{ expiresAt: AT, lastUsedAt: null, revokedAt: AT },
  },
];

async function server() {
  const fake = await testServer();
  for (const route of ['GET /staff', 'POST /staff', 'POST /staff/remove', 'POST /staff/reset'])
    fake.replies.set(route, () => Response.json(STAFF));
  for (const route of ['GET /tokens', 'POST /tokens/revoke'])
    fake.replies.set(route, () => Response.json(TOKENS));
  fake.replies.set('POST /tokens', () => Response.json({ token: TOKENS[0], secret: 'rial_secret' }));
  const sent = () => JSON.parse(String(fake.seen.at(-1)?.body));
  return { fake, sent, run: (...args: string[]) => rial(fake.url, args) };
}

describe('staff', () => {
  test('are listed, let in and put out', async () => {
    const { fake, sent, run } = await server();
    expect((await run('staff', 'list')).out).toMatch(
      /ana@oas\.example\s+Administra\s+.*La terminal del sistema/,
    );
    expect(jsonOf(await run('staff', 'list', '--json'))).toEqual(STAFF);
    await run('staff', 'invite', 'bea@oas.example', '--role', 'observer', '--in', 'fr');
    expect(sent()).toEqual({ address: 'bea@oas.example', role: 'observer', language: 'fr' });
    const seen = '2031-08-01T12:00:00.000Z';
    await run('staff', 'invite', 'bea@oas.example', '--seen', seen);
    expect(sent()).toEqual({ address: 'bea@oas.example', role: 'staff', language: 'es', seen });
    for (const [typed, told] of [
      [[], AT],
      [['--seen', seen], seen],
    ] as const) {
      await run('staff', 'reset', 'Ana@oas.example', ...typed);
      expect(sent()).toEqual({ address: 'Ana@oas.example', seen: told });
    }
    await run('staff', 'remove', 'bea@oas.example');
    expect(fake.seen.at(-1)?.path).toBe('/staff/remove');
    expect(sent()).toEqual({ address: 'bea@oas.example' });
  });

  test('are refused in words, and a role that there is not before anything is sent', async () => {
    const { fake, run } = await server();
    fake.replies.set('POST /staff/remove', refusing(409, { code: 'LastStaff' }));
    expect(await run('staff', 'remove', 'ana@oas.example')).toMatchObject({
      code: 1,
      err: expect.stringContaining('última persona que administra'),
    });
    expect(await run('staff', 'invite', 'bea@oas.example', '--role', 'boss')).toMatchObject({
      code: 2,
      err: expect.stringContaining('staff, observer'),
    });
  });
});

describe('digest', () => {
  test('has an officer get one mail a morning, or each as it comes', async () => {
    const { fake, sent, run } = await server();
    for (const [options, on, told] of [
      [[], true, 'ana@oas.example recibe un resumen cada mañana.'],
      [['--off'], false, 'ana@oas.example recibe cada correo al momento.'],
    ] as const) {
      const set = { address: 'ana@oas.example', on };
      fake.replies.set('POST /digest', () => Response.json(set));
      expect((await run('digest', 'ana@oas.example', ...options)).out.trim()).toBe(told);
      expect(sent()).toEqual(set);
      expect(jsonOf(await run('digest', 'ana@oas.example', ...options, '--json'))).toEqual(set);
    }
  });
});

describe('away', () => {
  const other = caseOf();
  const cases = [
    caseOf(),
    caseOf({ id: 'alone', people: other.people.filter(({ id }) => id !== 'oas-2') }),
    caseOf({ id: 'over', closedAt: AT }),
    caseOf({ id: 'without', people: other.people.filter(({ id }) => id !== 'oas-1') }),
  ];
  const [officer, colleague] = ['oas-1', 'oas-2'].map(
    (id) => other.people.find((one) => one.id === id)?.email ?? '',
  ) as [string, string];
  const days = ['--from', '2031-08-16', '--to', '2031-08-20', '--reason', 'Vacaciones'];

  test('has a colleague stand in wherever both are officers, after it was tried in all', async () => {
    const { url, seen } = await testServer({ cases });
    const args = ['away', officer.toUpperCase(), ...days, '--stand-in', colleague];
    const { code, out, err } = await rial(url, args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('14-per-chl: se anotó la ausencia.');
    expect(out).toContain('alone: se anotó la ausencia.');
    expect(out).not.toMatch(/over|without/);
    const posted = seen.filter(({ method }) => method === 'POST');
    expect(posted.map(({ query }) => query)).toEqual([{ 'dry-run': '1' }, { 'dry-run': '1' }, {}, {}]);
    const asked = posted.slice(2).map(({ body }) => JSON.parse(String(body)));
    const absence = { change: 'absence', person: 'oas-1', from: '2031-08-16', to: '2031-08-20' };
    const { name = '', language, timeZone, post } = other.people.find(({ id }) => id === 'oas-2') ?? {};
    const joins = { name, email: colleague, language, timezone: timeZone, ...(post && { post }) };
    expect(asked).toEqual([
      { what: { ...absence, standIn: 'oas-2' }, reason: 'Vacaciones', seen: 0 },
      // Where the colleague takes no part yet, they join with it.
      { what: { ...absence, standIn: joins }, reason: 'Vacaciones', seen: 0 },
    ]);
    for (const { what } of asked) expect(givenChange.safeParse({ what, reason: 'x' }).success).toBe(true);
    expect(jsonOf(await rial(url, [...args, '--json']))).toEqual([
      { cooperation: '14-per-chl', standIn: 'oas-2', change: 7 },
      { cooperation: 'alone', standIn: colleague, change: 7 },
    ]);
    expect((await rial(url, [...args, '--dry-run'])).out).toContain('14-per-chl: se anotaría la ausencia.');
  });

  test('asks for the name of a colleague whom none of them knows, and has them join', async () => {
    const { url, seen } = await testServer({ cases });
    const args = ['away', officer, ...days, '--stand-in', 'sofia.ramos@oea.example'];
    const unknown = await rial(url, args);
    expect(unknown.out).toContain('alone: no se anota; sofia.ramos@oea.example no está');
    expect(unknown.out).toContain('--stand-in-name');
    expect(seen.filter(({ method }) => method === 'POST')).toEqual([]);
    const { code } = await rial(url, [...args, '--stand-in-name', 'Sofía Ramos']);
    expect(code).toBe(0);
    expect(JSON.parse(String(seen.at(-1)?.body)).what.standIn).toEqual({
      name: 'Sofía Ramos',
      email: 'sofia.ramos@oea.example',
    });
  });

  test('notes nothing where it is refused, and tells an address of nobody', async () => {
    const server = await testServer({ cases });
    server.replies.set(
      'POST /cooperations/14-per-chl/changes',
      refusing(409, { code: 'AwayAlready', person: 'oas-1', from: '2031-08-18', to: '2031-08-19' }),
    );
    const refusedOne = await rial(server.url, ['away', officer, ...days, '--stand-in', colleague]);
    expect([refusedOne.code, refusedOne.out]).toEqual([1, '']);
    expect(server.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
    const nobody = await rial(server.url, ['away', 'nadie@oas.example', ...days, '--stand-in', colleague]);
    expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining('nadie@oas.example no está')]);
  });
});

describe('sign-out', () => {
  test('ends what lets somebody in, and says how much that was', async () => {
    const { fake, sent, run } = await server();
    fake.replies.set('POST /access/end', () => Response.json({ sessions: 2 }));
    const { code, out } = await run('sign-out', 'bea@oas.example');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('había 2 abiertos') });
    expect(sent()).toEqual({ address: 'bea@oas.example' });
    expect(jsonOf(await run('sign-out', 'bea@oas.example', '--json'))).toEqual({ sessions: 2 });
    fake.replies.set('POST /access/end', refusing(404, { code: 'AddressUnknown' }));
    expect(await run('sign-out', 'bea@oas.example')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Nadie participa con esa dirección'),
    });
  });
});

describe('token', () => {
  test('is made for what it says, and its secret is all that is printed', async () => {
    const { sent, run } = await server();
    const { out } = await run('token', 'make', 'informe', '--may', 'read,answer', '--days', '30');
    expect(out).toBe('rial_secret\n');
    expect(sent()).toEqual({ name: 'informe', scopes: ['read', 'answer'], days: 30 });
    expect((await run('token', 'make', 'informe', '--may', 'all')).code).toBe(2);
  });

  test('is listed with its end, and revoked by its number', async () => {
    const { sent, run } = await server();
    expect((await run('token', 'list')).out).toMatch(
      /^3\s+informe\s+ana@oas\.example\s+read\s+—\s+revocada: /m,
    );
    await run('token', 'revoke', '3');
    expect(sent()).toEqual({ number: 3 });
  });
});
