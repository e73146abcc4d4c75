import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  beginSession,
  chooseLanguage,
  endAccess,
  endSession,
  findLink,
  findSession,
  LINK_DAYS,
  mintLink,
  noteVisit,
  type Purpose,
  peopleAt,
  useLink,
  withoutLinks,
} from '../../src/casefile/access/access.ts';
import { askForCode } from '../../src/casefile/access/signInCodes.ts';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import type { Addressee, PersonRow } from '../../src/casefile/database/schema.ts';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { everyoneOf } from '../../src/casefile/people.ts';
import { hoursAfter } from '../../src/domain/dates/dates.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { testCaseFile } from '../support/database.ts';
import { example } from '../support/programme.ts';

const NOW = '2021-06-10T15:00:00.000Z';
const days = (n: number) => hoursAfter(NOW, n * 24);
const minutes = (n: number) => hoursAfter(NOW, n / 60);

let db: CaseFile;
let drop: () => Promise<void>;
let id: string;
let person: Addressee;
let filed = 0;
beforeAll(async () => {
  ({ caseFile: db, drop } = await testCaseFile());
});
afterAll(() => drop());
/** One database serves all tests: a cooperation each, in which everyone has addresses of their own. */
beforeEach(async () => {
  id = `test-${++filed}`;
  await fileExample(id);
  person = (await everyoneOf(db, id)).find((one) => one.id === 'chl-mtps-1') as Addressee;
});

async function fileExample(code: string, number = 14): Promise<void> {
  const programme = { ...structuredClone(example()), id: code };
  programme.call.number = number;
  for (const one of programme.participants) one.email = `${filed}.${one.email}`;
  await fileCooperation(db, programme, planOf(programme), NOW);
}

const HOURS = { idle: 8, most: 168 };
const WHERE = { browser: 'one', program: 'Firefox, Linux', network: '192.0.2.…' };
const mint = (more: Partial<Purpose> = {}, at = NOW) =>
  mintLink(db, { address: person.email, cooperation: id, person: person.id, path: `/c/${id}`, ...more }, at);
const use = (token: string, at = NOW) => useLink(db, token, WHERE, at);
const stateOf = async (token: string, at = NOW) => (await findLink(db, token, at))?.state;
const find = (one: string | undefined, at = NOW) => findSession(db, one ?? '', HOURS, at);
const change = (values: Partial<Pick<PersonRow, 'active' | 'email'>>) =>
  db.updateTable('person').set(values).where('cooperation', '=', id).where('id', '=', person.id).execute();
const session = (address = person.email, at = NOW) =>
  beginSession(db, { address, cooperations: null, ...WHERE }, at);

describe('a link', () => {
  it('says what it is for without being used', async () => {
    const token = await mint({ address: `  ${person.email.toUpperCase()} ` });
    const { email: address } = person;
    const link = { address, cooperation: id, person: person.id, path: `/c/${id}` };
    for (let i = 0; i < 3; i++) expect(await findLink(db, token, NOW)).toEqual({ state: 'open', ...link });
    expect(await findLink(db, 'a'.repeat(48), NOW)).toBeUndefined();
    expect(await findLink(db, '', NOW)).toBeUndefined();
  });

  it('opens a session of its cooperation, once', async () => {
    const token = await mint();
    const opened = await use(token);
    expect(opened?.path).toBe(`/c/${id}`);
    expect(await find(opened?.session)).toEqual({
      address: person.email,
      language: null,
      cooperations: [id],
      people: {},
      stepped: false,
      beganAt: NOW,
    });
    expect(await stateOf(token)).toBe('used');
    expect(await use(token)).toBeUndefined();
    expect(await use('unknown')).toBeUndefined();
  });

  it('adds its cooperation to those that other links opened in the browser, of the same address alone', async () => {
    await fileExample(`${id}-b`, 15);
    const first = await use(await mint());
    const standing = { session: first?.session ?? '', address: person.email, cooperations: [id], chosen: {} };
    const next = async (given: typeof standing) =>
      find(
        (await useLink(db, await mint({ cooperation: `${id}-b` }), { ...WHERE, standing: given }, NOW))
          ?.session,
      );
    expect(await next(standing)).toMatchObject({ cooperations: [id, `${id}-b`] });
    expect(await find(first?.session)).toBeUndefined();
    expect(await next({ ...standing, address: 'somebody@else.example' })).toMatchObject({
      address: person.email,
      cooperations: [`${id}-b`],
    });
  });

  it('opens one session of several that are asked for at once', async () => {
    const token = await mint();
    const tries = Array.from({ length: 12 }, () => use(token));
    expect((await Promise.all(tries)).filter((opened) => opened !== undefined)).toHaveLength(1);
  });

  it('is letters and digits, never the same, so that no mail program cuts it short', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => mint()));
    expect(new Set(tokens).size).toBe(20);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{48}$/);
  });

  it('expires', async () => {
    const token = await mint();
    expect(await stateOf(token, hoursAfter(days(LINK_DAYS), -0.01))).toBe('open');
    expect(await stateOf(token, days(LINK_DAYS))).toBe('expired');
    expect(await use(token, days(LINK_DAYS))).toBeUndefined();
  });

  it.each([
    ['takes no part any more', { active: false }],
    ['has another address', { email: 'other@mtps.example' }],
  ])('is dead once whom it was for %s', async (_, values) => {
    const token = await mint();
    await change(values);
    expect(await stateOf(token)).toBe('dead');
    expect(await use(token)).toBeUndefined();
  });
});

describe('a session', () => {
  it('ends after hours without a visit, and at its end in any case', async () => {
    const one = await session();
    expect(await find(one, minutes(8 * 60 - 1))).toBeDefined();
    expect(await find(one, minutes(16 * 60 - 2))).toBeDefined();
    expect(await find(one, minutes(24 * 60))).toBeUndefined();
    const other = await session();
    for (let hours = 7; hours < 168; hours += 7) expect(await find(other, minutes(hours * 60))).toBeDefined();
    expect(await find(other, minutes(168 * 60))).toBeUndefined();
    expect(await find('unknown')).toBeUndefined();
  });

  it('ends where it is ended, and no other with it', async () => {
    const [one, other] = [await session(), await session()];
    await endSession(db, one, NOW);
    expect(await find(one)).toBeUndefined();
    expect(await find(other)).toBeDefined();
  });

  it('ends on all devices of an address, and with it the links that were not used', async () => {
    const sessions = [await session(), await session()];
    const someone = await session('someone@oas.example');
    const [unused, used] = [await mint(), await mint()];
    const theirs = await mint({ address: 'someone@oas.example' });
    const byLink = await use(used);
    await endSession(db, sessions[0] as string, NOW);
    expect(await endAccess(db, person.email.toUpperCase(), NOW)).toBe(2);
    expect(await endAccess(db, person.email, NOW)).toBe(0);
    for (const one of [...sessions, byLink?.session]) expect(await find(one)).toBeUndefined();
    expect(await stateOf(unused)).toBe('dead');
    expect(await use(unused)).toBeUndefined();
    expect(await find(someone)).toBeDefined();
    const { endedAt } = await db
      .selectFrom('accessLink')
      .select('endedAt')
      .where('address', '=', 'someone@oas.example')
      .executeTakeFirstOrThrow();
    expect([theirs.length, endedAt]).toEqual([48, null]);
  });

  it('keeps the language that was chosen in it', async () => {
    const [one, other] = [await session(), await session()];
    await chooseLanguage(db, one, 'fr');
    expect(await find(one)).toMatchObject({ language: 'fr' });
    expect(await find(other)).toMatchObject({ language: null });
  });
});

describe('the people at an address', () => {
  it('are those who take part, the newest cooperation first', async () => {
    await fileExample(`${id}-b`, 15);
    await fileExample(`${id}-a`, 15);
    const of = async (address: string) =>
      (await peopleAt(db, address)).map((one) => `${one.cooperation} ${one.id}`);
    const all = [`${id}-a`, `${id}-b`, id].map((cooperation) => `${cooperation} chl-mtps-1`);
    expect(await of(` ${person.email.toUpperCase()}`)).toEqual(all);
    await change({ active: false });
    expect(await of(person.email)).toEqual(all.slice(0, 2));
    expect(await of('nobody@mtps.example')).toEqual([]);
    expect(await of('%')).toEqual([]);
  });
});

describe('a visit', () => {
  it('is over after an hour without another page; then it is the one before', async () => {
    const visit = (at: string) => noteVisit(db, id, person.email.toUpperCase(), at);
    expect(await visit(NOW)).toBeNull();
    expect(await visit(minutes(40))).toBeNull();
    expect(await visit(minutes(90))).toBeNull();
    expect(await visit(minutes(151))).toBe(minutes(90));
    expect(await visit(minutes(160))).toBe(minutes(90));
    expect(await noteVisit(db, id, 'somebody@else.example', minutes(170))).toBeNull();
  });
});

describe('what is kept', () => {
  it('has no token, no code and no session id in it', async () => {
    const [used, open] = [await mint(), await mint()];
    const sessions = [(await use(used))?.session ?? '', await session()];
    const asked = await askForCode(
      db,
      'the key',
      { address: person.email, path: '/', browser: 'b'.repeat(48), network: '192.0.2.7' },
      NOW,
    );
    if (!('code' in asked)) throw new Error('no code was given');
    const tables = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
    const names = tables.rows.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['access_link', 'sign_in_code', 'site_session', 'mail']));
    const rows = await Promise.all(
      names.map(async (name) =>
        JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(db)).rows),
      ),
    );
    const kept = rows.join('\n');
    expect(kept).toContain(person.email);
    for (const secret of [used, open, ...sessions, 'b'.repeat(48)]) expect(kept).not.toContain(secret);
    // As a value of its own: eight digits may stand anywhere in a hash.
    expect(kept).not.toMatch(new RegExp(`(?<![0-9a-f])${asked.code}(?![0-9a-f])`));
  });

  it('is left out where a mail is shown', () => {
    expect(withoutLinks('https://x.example/r/AbC-12_3?x=1')).toBe('https://x.example/r/•••?x=1');
  });

  it('is all that is left out', async () => {
    const mail = 'La sesión dura 150 minutos, hasta el 27 de noviembre, a 483 921 km.';
    expect(withoutLinks(mail)).toBe(mail);
  });
});
