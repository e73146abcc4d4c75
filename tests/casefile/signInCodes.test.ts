import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginSession, endAccess } from '../../src/casefile/access/access.ts';
import { type Asking, askForCode, codeAsked, useCode } from '../../src/casefile/access/signInCodes.ts';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import { testCaseFile } from '../support/database.ts';

const NOW = '2021-06-10T15:00:00.000Z';
const KEY = 'a key that is not in the database';
const seconds = (n: number) => new Date(Date.parse(NOW) + n * 1000).toISOString();
const HOUR = 3600;

let db: CaseFile;
let drop: () => Promise<void>;
let address = '';
let network = '';
let test = 0;
beforeAll(async () => {
  ({ caseFile: db, drop } = await testCaseFile());
});
afterAll(() => drop());
beforeEach(async () => {
  await db.deleteFrom('signInCode').execute();
  address = `official-${++test}@mtps.example`;
  network = `192.0.2.${test}`;
});

const OWN = 'the browser of the official';
const ask = (given: Partial<Asking> = {}, at = NOW) =>
  askForCode(db, KEY, { address, path: '/', browser: OWN, network, ...given }, at);
async function codeFor(given: Partial<Asking> = {}, at = NOW): Promise<string> {
  const asked = await ask(given, at);
  if ('wait' in asked) throw new Error(`has to wait for ${asked.wait} s`);
  return asked.code;
}
const type = (code: string, at = NOW, browser = OWN) => useCode(db, KEY, { browser, code }, at);
const other = (code: string, by = 1) => String((Number(code) + by) % 1e8).padStart(8, '0');

describe('a code', () => {
  it('is used once, however it is typed', async () => {
    const code = await codeFor({ address: ` ${address.toUpperCase()}`, path: '/c/x' });
    expect(code).toMatch(/^\d{8}$/);
    expect(await type(code.replace(/^(....)/, ' $1\u00a0'))).toEqual({ address, path: '/c/x' });
    expect(await type(code)).toBe('over');
  });

  it('is of the browser that asked for it, and of the last time it did', async () => {
    const code = await codeFor();
    expect(await type(code, NOW, 'another browser')).toBe('over');
    const next = await codeFor();
    expect(await type(code)).toBe('wrong');
    expect(await type(next)).toMatchObject({ address });
  });

  it('lives for ten minutes', async () => {
    const code = await codeFor();
    expect(await codeAsked(db, OWN, seconds(599))).toMatchObject({ address, byLink: false });
    expect(await codeAsked(db, OWN, seconds(600))).toBeUndefined();
    expect(await type(code, seconds(600))).toBe('over');
    expect(await type(code, seconds(599))).toMatchObject({ address });
  });

  it('may be typed five times, also of many at once', async () => {
    const code = await codeFor();
    for (let by = 1; by < 5; by++) expect(await type(other(code, by))).toBe('wrong');
    expect(await type(other(code, 5))).toBe('over');
    expect(await type(code)).toBe('over');
    const next = await codeFor();
    const guesses = [...Array.from({ length: 40 }, (_, by) => other(next, by + 1)), next];
    const answers = await Promise.all(guesses.map((one) => type(one)));
    expect(answers.filter((one) => one === 'wrong')).toHaveLength(4);
    expect(await type(next)).toBe('over');
  });

  it('opens once of several that are typed at once', async () => {
    const code = await codeFor();
    const answers = await Promise.all(Array.from({ length: 5 }, () => type(code)));
    expect(answers.filter((one) => typeof one === 'object')).toHaveLength(1);
  });

  it('cannot be had back from the database without the key', async () => {
    const code = await codeFor();
    expect(await useCode(db, 'another key', { browser: OWN, code }, NOW)).toBe('wrong');
    expect(await type(code)).toMatchObject({ address });
  });

  it('ends with all that lets its address in', async () => {
    const code = await codeFor();
    await endAccess(db, address, NOW);
    expect(await type(code)).toBe('over');
  });
});

describe('how often a code is asked for', () => {
  it('is bounded in the long run: a stranger who asks whenever it is let has some 160 tries a day', async () => {
    let codes = 0;
    let at = 0;
    for (let asked = 0; at < 7 * 24 * HOUR && asked < 2_000; asked++) {
      const answer = await ask(
        { browser: `stranger ${asked}`, network: `198.51.100.${asked % 250}` },
        seconds(at),
      );
      if ('code' in answer) codes++;
      else at += answer.wait;
    }
    expect(at).toBeGreaterThanOrEqual(7 * 24 * HOUR);
    expect(codes / 7).toBeGreaterThan(20);
    expect(codes / 7).toBeLessThan(32);
  });

  it('is counted also of many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => ask({ browser: `${n}` })));
    expect(answers.filter((one) => 'code' in one)).toHaveLength(3);
  });

  it('grows to an hour, and is forgotten after a day', async () => {
    for (let n = 0; n < 3; n++) await codeFor();
    expect(await ask()).toEqual({ wait: 60 });
    expect(await ask({}, seconds(59))).toEqual({ wait: 1 });
    await codeFor({}, seconds(60));
    expect(await ask({}, seconds(60))).toEqual({ wait: 120 });
    let at = 60;
    for (let n = 0; n < 11; n++) {
      const answer = await ask({}, seconds(at));
      if ('wait' in answer) at += answer.wait;
    }
    await codeFor({}, seconds(at));
    await codeFor({}, seconds(at + 24 * HOUR));
    await codeFor({}, seconds(at + 24 * HOUR));
  });

  it('takes nothing from whoever reads the mails of the address, or was in it in the browser before', async () => {
    await beginSession(db, { address, cooperations: null, browser: OWN, program: null, network: '' }, NOW);
    for (let n = 0; n < 3; n++) {
      const stranger = { browser: `stranger ${n}` };
      const code = await codeFor(stranger);
      for (let by = 1; by <= 5; by++) await type(other(code, by), NOW, stranger.browser);
    }
    expect(await ask({ browser: 'a stranger' })).toHaveProperty('wait');
    expect(await type(await codeFor())).toMatchObject({ address });
    const byLink = { browser: 'a new one', link: 'the token of a mail' };
    expect(await type(await codeFor(byLink), NOW, byLink.browser)).toMatchObject({ address });
    // Who was let in elsewhere is a stranger here.
    expect(await ask({ address: 'somebody@else.example' })).toHaveProperty('code');
    expect(await ask({ browser: 'a stranger' })).toHaveProperty('wait');
    // They too are bounded, each for themselves.
    for (let n = 0; n < 2; n++) await codeFor();
    expect(await ask()).toHaveProperty('wait');
    for (let n = 0; n < 2; n++) await codeFor(byLink);
    expect(await ask(byLink)).toHaveProperty('wait');
  });

  it('of a network: thirty codes that nobody used; links are not counted', async () => {
    const from = (n: number) => ({ address: `nobody-${n}@none.example`, browser: `${n}` });
    for (let n = 0; n < 30; n++) await codeFor(from(n));
    expect(await ask(from(30))).toEqual({ wait: 10 });
    expect(await ask({ ...from(30), network: '203.0.113.1' })).toHaveProperty('code');
    expect(await ask({ link: 'the token of a mail' })).toHaveProperty('code');
    await codeFor(from(30), seconds(10));
    expect(await ask(from(31), seconds(10))).toEqual({ wait: 20 });
  });

  it('of a network is not counted of codes that were used: a ministry comes from one', async () => {
    for (let n = 0; n < 40; n++) {
      const given = { address: `official-${n}@ministry.example`, browser: `${n}` };
      expect(await type(await codeFor(given), NOW, given.browser)).toMatchObject({ address: given.address });
    }
    expect(await ask()).toHaveProperty('code');
  });
});
