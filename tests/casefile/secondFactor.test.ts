import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  beginSecondStep,
  forgetSecondFactor,
  resetFactor,
  secondFactors,
  secondStepAsked,
  takeSecondStep,
} from '../../src/casefile/access/secondFactor.ts';
import { addStaff, removeStaff } from '../../src/casefile/access/staff.ts';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import { testCaseFile } from '../support/database.ts';

const [ANA, BEA] = ['ana@oas.example', 'bea@oas.example'];
const KEY = 'the-key-that-is-not-in-the-database';
const AT = '2031-08-10T12:00:10.000Z';
const later = (seconds: number) => new Date(Date.parse(AT) + seconds * 1000).toISOString();
/** Of RFC 6238's appendix B, last six digits: SHA-1, the secret "12345678901234567890". */
const RFC = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
] as const;

const codeOf = (base32: string, at: string) =>
  new TOTP({ secret: Secret.fromBase32(base32) }).generate({ timestamp: Date.parse(at) });

describe('a second step', () => {
  let db: CaseFile;
  let drop: () => unknown;
  beforeAll(async () => {
    ({ caseFile: db, drop } = await testCaseFile());
  });
  afterAll(() => drop());
  beforeEach(async () => {
    for (const address of [ANA, BEA]) {
      await forgetSecondFactor(db, address);
      await addStaff(db, { address, role: 'staff', by: null }, AT);
    }
  });

  const begin = (browser: string, at: string, address = ANA, key = KEY) =>
    beginSecondStep(db, key, { address, path: '/board', browser }, at);
  const open = (browser: string, at: string) => secondStepAsked(db, KEY, { browser, issuer: 'RIAL x' }, at);
  const take = (browser: string, code: string, at: string, key = KEY) =>
    takeSecondStep(db, key, { browser, code }, at);
  /** Ana's app, set up. */
  async function setUp(at = AT): Promise<{ key: string; codes: string[] }> {
    await begin('first', at);
    const key = (await open('first', at))?.setUp?.key ?? '';
    const taken = await take('first', codeOf(key, at), at);
    return { key, codes: typeof taken !== 'string' && 'by' in taken ? (taken.recoveryCodes ?? []) : [] };
  }

  it.each(RFC)('has the codes of RFC 6238, %d', (second, code) => {
    const secret = Secret.fromLatin1('12345678901234567890').base32;
    expect(codeOf(secret, new Date(second * 1000).toISOString())).toBe(code);
  });

  it('is set up by a code of the app, which gets ten recovery codes, once', async () => {
    await begin('first', AT);
    const { setUp: shown } = (await open('first', AT)) ?? {};
    expect(shown?.uri).toBe(
      `otpauth://totp/RIAL%20x:${encodeURIComponent(ANA)}?issuer=RIAL%20x&secret=${shown?.key}&algorithm=SHA1&digits=6&period=30`,
    );
    expect(shown?.key).toMatch(/^[A-Z2-7]{32}$/);
    expect(await take('first', '000000', AT)).toBe('wrong');
    const taken = await take('first', codeOf(shown?.key ?? '', AT), AT);
    expect(taken).toMatchObject({ address: ANA, path: '/board', by: 'totp' });
    const codes = typeof taken !== 'string' && 'by' in taken ? (taken.recoveryCodes ?? []) : [];
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([a-z2-7]{4}-){5}[a-z2-7]{4}$/);
    expect(await secondFactors(db)).toEqual(new Map([[ANA, { madeAt: AT, app: true, passkeys: 0 }]]));
    // What was taken is over.
    expect(await open('first', AT)).toBeUndefined();
    await begin('second', AT);
    expect(await open('second', AT)).toEqual({
      ...{ address: ANA, path: '/board', setUp: undefined },
      has: { app: true, passkeys: false },
      isShut: false,
    });
  });

  it('takes each code of the app once, and none before it; half a minute off at most', async () => {
    const { key } = await setUp();
    await begin('b', AT);
    // The one it was set up with.
    expect(await take('b', codeOf(key, AT), AT)).toBe('wrong');
    expect(await take('b', codeOf(key, later(90)), later(30))).toBe('wrong');
    expect(await take('b', codeOf(key, later(60)), later(30))).toMatchObject({ address: ANA, by: 'totp' });
    await begin('b', later(40));
    for (const seconds of [30, 60])
      expect(await take('b', codeOf(key, later(seconds)), later(40))).toBe('wrong');
    expect(await take('b', codeOf(key, later(90)), later(90))).toMatchObject({ address: ANA });
  });

  it('takes one code for one browser of many at once', async () => {
    const { key } = await setUp();
    const at = later(60);
    for (const browser of ['a', 'b', 'c']) await begin(browser, at);
    const taken = await Promise.all(['a', 'b', 'c'].map((browser) => take(browser, codeOf(key, at), at)));
    expect(taken.filter((one) => typeof one !== 'string')).toHaveLength(1);
  });

  it('is over after five tries, and after ten minutes; in another browser it never was', async () => {
    const { key } = await setUp();
    const at = later(60);
    await begin('b', at);
    expect(await take('other', codeOf(key, at), at)).toBe('over');
    for (const expected of ['wrong', 'wrong', 'wrong', 'wrong', 'over'])
      expect(await take('b', '000000', at)).toBe(expected);
    expect(await take('b', codeOf(key, at), at)).toBe('over');
    await begin('b', at);
    expect(await take('b', codeOf(key, later(661)), later(661))).toBe('over');
    expect(await open('b', later(661))).toBeUndefined();
  });

  it('takes each recovery code once, however it is written, and nobody else’s', async () => {
    const { codes } = await setUp();
    const [first = '', second = ''] = codes;
    await begin('b', AT);
    expect(await take('b', ` ${first.toUpperCase().replaceAll('-', ' ')}`, AT)).toMatchObject({
      by: 'recovery',
      recoveryCodes: undefined,
    });
    await begin('b', AT);
    expect(await take('b', first, AT)).toBe('wrong');
    await begin('bea', AT, BEA);
    const key = (await open('bea', AT))?.setUp?.key ?? '';
    expect(await take('bea', codeOf(key, AT), AT)).toMatchObject({ address: BEA });
    await begin('bea', AT, BEA);
    expect(await take('bea', second, AT)).toBe('wrong');
  });

  it('keeps nothing in the database that it could be taken with', async () => {
    const { key, codes } = await setUp();
    await begin('bea', AT, BEA);
    const other = (await open('bea', AT))?.setUp?.key ?? '';
    const rows = JSON.stringify([
      await db.selectFrom('secondFactor').selectAll().execute(),
      await db.selectFrom('secondStep').selectAll().execute(),
      await db.selectFrom('recoveryCode').selectAll().execute(),
    ]);
    for (const secret of [key, other, ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(rows).not.toContain(secret);
    // Nor does a row do for another address, or with another key.
    const { secret } = await db
      .selectFrom('secondFactor')
      .select('secret')
      .where('address', '=', ANA)
      .executeTakeFirstOrThrow();
    const stolen = { address: BEA, secret, lastPeriod: 0, madeAt: AT };
    await db.insertInto('secondFactor').values(stolen).execute();
    await begin('bea', later(60), BEA);
    expect(await take('bea', codeOf(key, later(60)), later(60))).toBe('wrong');
    await begin('b', later(60));
    expect(await take('b', codeOf(key, later(60)), later(60), 'another key')).toBe('wrong');
  });

  it('is begun anew when it was reset, and by whoever was removed and let in again', async () => {
    await setUp();
    const madeAt = (await secondFactors(db)).get(ANA)?.madeAt ?? '';
    // Whoever resets it says which one; another stays.
    expect(await resetFactor(db, ANA, new Date(Date.parse(madeAt) - 1).toISOString())).toBe(madeAt);
    expect(await resetFactor(db, ANA, null)).toBe(madeAt);
    expect(await resetFactor(db, ANA.toUpperCase(), madeAt)).toBeUndefined();
    expect(await resetFactor(db, ANA, madeAt)).toBeUndefined();
    await begin('b', AT);
    expect((await open('b', AT))?.setUp).toBeDefined();
    await setUp(later(60));
    await removeStaff(db, ANA, { by: null, force: true }, AT);
    await addStaff(db, { address: ANA, role: 'staff', by: null }, AT);
    await begin('b', AT);
    expect((await open('b', AT))?.setUp).toBeDefined();
  });
});
