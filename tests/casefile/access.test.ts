import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type AccessSecrets,
  chooseLanguage,
  endSession,
  endSessionsOf,
  findLink,
  findSession,
  LINK_DAYS,
  mintLink,
  noteVisit,
  type Purpose,
  peopleAt,
  SESSION_DAYS,
  SIGN_IN_MINUTES,
  useCode,
  useLink,
  withoutAccess,
} from '../../src/casefile/access.ts';
import type { CaseFile } from '../../src/casefile/database.ts';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { everyoneOf } from '../../src/casefile/people.ts';
import type { PersonRow } from '../../src/casefile/schema.ts';
import { hoursAfter } from '../../src/domain/dates.ts';
import { planOf } from '../../src/domain/planOf.ts';
import { testCaseFile } from '../support/database.ts';
import { example } from '../support/programme.ts';

const NOW = '2021-06-10T15:00:00.000Z';
const days = (n: number) => hoursAfter(NOW, n * 24);
const minutes = (n: number) => hoursAfter(NOW, n / 60);

let db: CaseFile;
let drop: () => Promise<void>;
let id: string;
let person: PersonRow;
let filed = 0;
beforeAll(async () => {
  ({ caseFile: db, drop } = await testCaseFile());
});
afterAll(() => drop());
/** One database serves all tests: a cooperation each, in which everyone has addresses of their own. */
beforeEach(async () => {
  id = `test-${++filed}`;
  await fileExample(id);
  person = (await everyoneOf(db, id)).find((one) => one.id === 'chl-mtps-1') as PersonRow;
});

async function fileExample(code: string, number = 14): Promise<void> {
  const programme = { ...structuredClone(example()), id: code };
  programme.call.number = number;
  for (const one of programme.participants) one.email = `${filed}.${one.email}`;
  await fileCooperation(db, programme, planOf(programme), NOW);
}

const mint = (more: Partial<Purpose> = {}, at = NOW, validMs?: number) =>
  mintLink(
    db,
    { address: person.email, cooperation: id, person: person.id, path: `/c/${id}`, ...more },
    at,
    validMs,
  );
const stateOf = async ({ token }: AccessSecrets, at = NOW) => (await findLink(db, token, at))?.state;
const byCode = (code: string, at = NOW, address = person.email) => useCode(db, { address, code }, at);
/** A code that is not this one. */
const wrong = ({ code }: AccessSecrets, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0');
const change = (values: Partial<Pick<PersonRow, 'active' | 'email'>>) =>
  db.updateTable('person').set(values).where('cooperation', '=', id).where('id', '=', person.id).execute();
const session = async (): Promise<string> => {
  const opened = await useLink(db, (await mint()).token, NOW);
  if (!opened) throw new Error('the link opened nothing');
  return opened.session;
};

describe('a link', () => {
  it('says what it is for without being used', async () => {
    const minted = await mint({ address: `  ${person.email.toUpperCase()} ` });
    const { email: address } = person;
    const link = { address, cooperation: id, person: person.id, path: `/c/${id}` };
    for (let i = 0; i < 3; i++)
      expect(await findLink(db, minted.token, NOW)).toEqual({ state: 'open', ...link });
    expect(await findLink(db, 'a'.repeat(48), NOW)).toBeUndefined();
    expect(await findLink(db, '', NOW)).toBeUndefined();
  });

  it('opens a session once', async () => {
    const minted = await mint();
    const opened = await useLink(db, minted.token, NOW);
    expect(opened?.path).toBe(`/c/${id}`);
    expect(await findSession(db, opened?.session ?? '', NOW)).toEqual({
      address: person.email,
      language: null,
    });
    expect(await stateOf(minted)).toBe('used');
    expect(await useLink(db, minted.token, NOW)).toBeUndefined();
    expect(await byCode(minted.code)).toBeUndefined();
    expect(await useLink(db, 'unknown', NOW)).toBeUndefined();
  });

  it('opens one session of several that are asked for at once, by link and by code', async () => {
    const { token, code } = await mint();
    const tries = Array.from({ length: 12 }, (_, i) => (i % 2 ? useLink(db, token, NOW) : byCode(code)));
    expect((await Promise.all(tries)).filter((opened) => opened !== undefined)).toHaveLength(1);
  });

  it('is letters and digits, never the same, so that no mail program cuts it short', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, async () => (await mint()).token));
    expect(new Set(tokens).size).toBe(20);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{48}$/);
  });

  it('expires', async () => {
    const minted = await mint();
    expect(await stateOf(minted, hoursAfter(days(LINK_DAYS), -0.01))).toBe('open');
    expect(await stateOf(minted, days(LINK_DAYS))).toBe('expired');
    expect(await useLink(db, minted.token, days(LINK_DAYS))).toBeUndefined();
    expect(await byCode(minted.code, days(LINK_DAYS))).toBeUndefined();
    const brief = await mint({}, NOW, SIGN_IN_MINUTES * 60_000);
    expect(await stateOf(brief, minutes(SIGN_IN_MINUTES - 1))).toBe('open');
    expect(await stateOf(brief, minutes(SIGN_IN_MINUTES))).toBe('expired');
  });

  it.each([
    ['takes no part any more', { active: false }],
    ['has another address', { email: 'other@mtps.example' }],
  ])('is dead, and its code with it, once whom it was for %s', async (_, values) => {
    const minted = await mint();
    await change(values);
    expect(await stateOf(minted)).toBe('dead');
    expect(await useLink(db, minted.token, NOW)).toBeUndefined();
    expect(await byCode(minted.code)).toBeUndefined();
    await change({ active: true, email: person.email.toUpperCase() });
    expect(await useLink(db, minted.token, NOW)).toBeDefined();
  });

  it('that somebody asked for on the site belongs to an address alone', async () => {
    const minted = await mint({ cooperation: undefined, person: undefined, path: '/' });
    await change({ active: false });
    expect(await useLink(db, minted.token, NOW)).toMatchObject({ path: '/' });
  });
});

describe('a code', () => {
  it('does what its link does, however it is typed', async () => {
    const [first, second] = [await mint({ path: '/first' }), await mint({ path: '/second' })];
    const typed = first.code.replace(/^(...)/, ' $1\u00a0');
    expect(await useCode(db, { address: ` ${person.email.toUpperCase()}`, code: typed }, NOW)).toMatchObject({
      path: '/first',
    });
    expect(await stateOf(first)).toBe('used');
    expect(await stateOf(second)).toBe('open');
  });

  it('is of one address', async () => {
    const minted = await mint();
    expect(await byCode(minted.code, NOW, 'somebody@else.example')).toBeUndefined();
    expect(await byCode(minted.code)).toBeDefined();
  });

  it('counts no more after five wrong ones; links do, and so does the next code', async () => {
    const [first, second] = [await mint(), await mint()];
    const other = await mint({ address: `other.${person.email}`, person: undefined });
    const tried = [first.code, second.code];
    for (let by = 1, count = 0; count < 5; by++) {
      const code = wrong(first, by);
      if (tried.includes(code)) continue;
      expect(await byCode(code)).toBeUndefined();
      count++;
    }
    expect(await byCode(first.code)).toBeUndefined();
    expect(await byCode(second.code)).toBeUndefined();
    expect(await useLink(db, first.token, NOW)).toBeDefined();
    expect(await byCode(other.code, NOW, `other.${person.email}`)).toBeDefined();
    const next = await mint();
    expect(await byCode(next.code)).toBeDefined();
  });

  it('still counts after four wrong ones', async () => {
    const minted = await mint();
    for (let by = 1; by <= 4; by++) await byCode(wrong(minted, by));
    expect(await byCode(minted.code)).toBeDefined();
  });

  it('is not to be had by trying many at once', async () => {
    const minted = await mint();
    const guesses = [...Array.from({ length: 40 }, (_, i) => wrong(minted, i + 1)), minted.code];
    expect((await Promise.all(guesses.map((code) => byCode(code)))).filter(Boolean)).toEqual([]);
  });
});

describe('a session', () => {
  it('lasts for its days', async () => {
    const one = await session();
    expect(await findSession(db, one, hoursAfter(days(SESSION_DAYS), -1))).toBeDefined();
    expect(await findSession(db, one, days(SESSION_DAYS))).toBeUndefined();
    expect(await findSession(db, 'unknown', NOW)).toBeUndefined();
  });

  it('ends where it is ended, and no other with it', async () => {
    const [one, other] = [await session(), await session()];
    await endSession(db, one, NOW);
    expect(await findSession(db, one, NOW)).toBeUndefined();
    expect(await findSession(db, other, NOW)).toBeDefined();
  });

  it('ends on all devices of an address', async () => {
    const sessions = [await session(), await session()];
    const someone = await useLink(
      db,
      (await mint({ address: 'someone@oas.example', person: undefined })).token,
      NOW,
    );
    await endSession(db, sessions[0] as string, NOW);
    expect(await endSessionsOf(db, person.email.toUpperCase(), NOW)).toBe(1);
    expect(await endSessionsOf(db, person.email, NOW)).toBe(0);
    for (const one of sessions) expect(await findSession(db, one, NOW)).toBeUndefined();
    expect(await findSession(db, someone?.session ?? '', NOW)).toBeDefined();
  });

  it('keeps the language that was chosen in it', async () => {
    const [one, other] = [await session(), await session()];
    await chooseLanguage(db, one, 'fr');
    expect(await findSession(db, one, NOW)).toMatchObject({ language: 'fr' });
    expect(await findSession(db, other, NOW)).toMatchObject({ language: null });
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
    const [used, open, typed] = [await mint(), await mint(), await mint()];
    const sessions = [
      (await useLink(db, used.token, NOW))?.session,
      (await byCode(typed.code))?.session,
    ] as string[];
    const tables = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
    const names = tables.rows.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['access_link', 'site_session', 'mail', 'record']));
    const rows = await Promise.all(
      names.map(async (name) =>
        JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(db)).rows),
      ),
    );
    const kept = rows.join('\n');
    expect(kept).toContain(person.email);
    for (const secret of [used, open, typed].map(({ token }) => token).concat(sessions))
      expect(kept).not.toContain(secret);
    // As a value of its own: six digits may stand anywhere in a hash.
    for (const { code } of [used, open, typed])
      expect(kept).not.toMatch(new RegExp(`(?<![0-9a-f])${code}(?![0-9a-f])`));
  });

  it.each([
    ['Code to sign in without the link: 483 921', '483'],
    ['Code pour se connecter sans le lien\u00a0: 483\u00a0921', '483'],
    ['Código para entrar: 483921 · Cooperación 14', '483'],
    ['https://x.example/r/AbC-12_3?x=1', 'AbC'],
  ])('is left out where a mail is shown: %s', (line, secret) => {
    expect(withoutAccess(line)).not.toContain(secret);
  });

  it('is all that is left out', async () => {
    const mail = 'La sesión dura 150 minutos, hasta el 27 de noviembre, a 483 921 km.';
    expect(withoutAccess(mail)).toBe(mail);
  });
});
