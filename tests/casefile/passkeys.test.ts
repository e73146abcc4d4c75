import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  optionsToAdd,
  optionsToUse,
  passkeysOf,
  takePasskeyStep,
} from '../../src/casefile/access/passkeys.ts';
import { beginSecondStep } from '../../src/casefile/access/secondFactor.ts';
import { addStaff } from '../../src/casefile/access/staff.ts';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import { testCaseFile } from '../support/database.ts';

/** Passkeys of an authenticator that says what it is told to: what no browser would have it say. */

const ADDRESS = 'ana@oas.example';
const KEY = 'the-key-that-is-not-in-the-database';
const AT = '2031-08-10T12:00:10.000Z';
const site = { host: 'site.example', origin: 'https://site.example' };

/** What the page says of itself, and what the device does. */
type Said = { page?: Record<string, unknown>; host?: string; flags?: number; count?: number };
const VERIFIED = 0x05;
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const cbor = (entries: [string | number, unknown][]) => isoCBOR.encode(new Map(entries) as never);

function authenticator() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = Buffer.alloc(32, 7);
  const data = ({ host = site.host, flags = VERIFIED, count = 1 }: Said) => {
    const rest = Buffer.alloc(5);
    rest.writeUInt8(flags);
    rest.writeUInt32BE(count, 1);
    return Buffer.concat([sha256(host), rest]);
  };
  const page = (type: string, challenge: string, said: Said) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: site.origin, crossOrigin: false, ...said.page }));
  return {
    made(challenge: string, said: Said = {}): string {
      const key = cbor([
        ...([
          [1, 2],
          [3, -7],
          [-1, 1],
        ] as [number, unknown][]),
        ...([
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ] as [number, unknown][]),
      ]);
      const authData = Buffer.concat([
        data({ ...said, flags: (said.flags ?? VERIFIED) | 0x40, count: 0 }),
        ...[Buffer.alloc(16), Buffer.from([0, id.length]), id, key],
      ]);
      const object = cbor([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ]);
      return JSON.stringify({
        id: text(id),
        response: {
          clientDataJSON: text(page('webauthn.create', challenge, said)),
          attestationObject: text(object),
        },
      });
    },
    signed(challenge: string, said: Said = {}): string {
      const [own, client] = [data(said), page('webauthn.get', challenge, said)];
      return JSON.stringify({
        id: text(id),
        response: {
          clientDataJSON: text(client),
          authenticatorData: text(own),
          signature: text(sign('sha256', Buffer.concat([own, sha256(client)]), privateKey)),
        },
      });
    },
  };
}

const REFUSED: [string, Said][] = [
  ['within a page of the same site', { page: { crossOrigin: true } }],
  ['within a page of another site', { page: { crossOrigin: true, topOrigin: 'https://evil.example' } }],
  ['within a page that is named alone', { page: { topOrigin: 'https://evil.example' } }],
  ['with a word in the place of yes or no', { page: { crossOrigin: 'true' } }],
  ['for another origin', { page: { origin: 'https://evil.example' } }],
  ['for a name that ends like ours', { page: { origin: 'https://evil.site.example' } }],
  ['for another host', { host: 'evil.example' }],
  ['for what was never asked', { page: { challenge: 'AAAA' } }],
  ['by nobody who showed who they are', { flags: 0x01 }],
  ['by nobody who was there', { flags: 0x04 }],
];

describe('what a passkey says', () => {
  let db: CaseFile;
  let drop: () => unknown;
  let device: ReturnType<typeof authenticator>;
  beforeAll(async () => {
    ({ caseFile: db, drop } = await testCaseFile());
    await addStaff(db, { address: ADDRESS, role: 'staff', by: null }, AT);
  });
  afterAll(() => drop());
  beforeEach(async () => {
    await db.deleteFrom('secondFactor').execute();
    device = authenticator();
  });

  const begin = (browser: string) =>
    beginSecondStep(db, KEY, { address: ADDRESS, path: '/board', browser }, AT);
  const take = (browser: string, said: string) =>
    takePasskeyStep(db, KEY, { browser, name: 'Portátil', said, site }, AT);
  async function setUp(browser: string, said: Said = {}) {
    await begin(browser);
    const asked = await optionsToAdd(db, KEY, { holder: browser, use: 'set-up', address: ADDRESS, site }, AT);
    return take(browser, device.made(asked.challenge, said));
  }
  async function signIn(browser: string, said: Said = {}) {
    await begin(browser);
    const asked = await optionsToUse(db, { browser, address: ADDRESS, site }, AT);
    return take(browser, device.signed(asked.challenge, said));
  }

  it.each(REFUSED)('is nothing where it was made %s', async (_, said) => {
    expect(await setUp('first', said)).toBe('wrong');
    expect(await passkeysOf(db, ADDRESS)).toEqual([]);
    expect(await setUp('first')).toMatchObject({ by: 'passkey', recoveryCodes: expect.any(Array) });
  });

  it.each(REFUSED)('lets nobody in where it has signed %s', async (_, said) => {
    await setUp('first');
    expect(await signIn('second', said)).toBe('wrong');
    expect(await signIn('second')).toMatchObject({ by: 'passkey', address: ADDRESS });
  });

  it('is taken once, also of a device that counts nothing, and not after a try that was wrong', async () => {
    await setUp('first');
    await begin('second');
    const { challenge } = await optionsToUse(db, { browser: 'second', address: ADDRESS, site }, AT);
    const said = device.signed(challenge, { count: 0 });
    expect(await take('second', said)).toMatchObject({ by: 'passkey' });
    await begin('second');
    expect(await take('second', said)).toBe('wrong');
    const next = await optionsToUse(db, { browser: 'second', address: ADDRESS, site }, AT);
    const later = device.signed(next.challenge, { count: 0 });
    expect(await take('second', said)).toBe('wrong');
    expect(await take('second', later)).toBe('wrong');
  });

  it('lets nobody in with a count that is the same or less', async () => {
    await setUp('first');
    expect(await signIn('second', { count: 0xffffffff })).toMatchObject({ by: 'passkey' });
    for (const count of [0xffffffff, 7, 0])
      expect(await signIn('third', { count })).toEqual({ copiedOf: ADDRESS });
  });
});
