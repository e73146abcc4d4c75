import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { MINUTE_MS } from '../../domain/dates/durations.ts';
import type { CaseFile } from '../database/database.ts';
import { after, hash, plainAddress } from './access.ts';
import { keyFor, openedFor, sealedFor } from './sealedText.ts';

/**
 * The second step of staff and observers, after the code of a mail: one of an app on their telephone (TOTP, RFC 6238), a
 * passkey (`passkeys.ts`), or one of ten recovery codes. The app's secret is kept encrypted, recovery codes as an HMAC, each with a key that is made
 * of the one that is not in the database. Whoever signs in for the first time sets it up; it is begun anew once staff, or
 * the terminal, have reset it. Instants are ISO 8601 in UTC.
 */

/** How long a first step waits for its second. */
const MINUTES = 10;
/** How often a code may be typed before another first step has to be taken. */
const TRIES = 5;
/**
 * Codes of an app that may be wrong one after another, however many first steps were taken for them: whoever reads the
 * mailbox would guess it in the long run. Then it does no more until the step was taken by something that nobody guesses.
 */
export const MOST_WRONG_CODES = 20;
const RECOVERY_CODES = 10;
const PERIOD_S = 30;

/** A first step that was taken in a browser. */
export type FirstStep = { address: string; path: string; browser: string };
/**
 * What is asked for in a browser: the code of an app or a passkey of those that are known, or the code of an app that is
 * set up now.
 */
export type OpenStep = {
  address: string;
  path: string;
  setUp: { uri: string; key: string } | undefined;
  /** What somebody has whose second step is known. */
  has: { app: boolean; passkeys: boolean };
  /** Whether there is an app that does no more: too many of its codes were wrong. */
  isShut: boolean;
};

/** Notes that somebody has taken the first step in a browser; the one before it there is over. */
export async function beginSecondStep(
  db: CaseFile,
  key: string,
  { address: given, path, browser }: FirstStep,
  at: string,
): Promise<void> {
  const address = plainAddress(given);
  const known = await factorOf(db, address);
  const row = {
    ...{ address, path, expiresAt: after(at, MINUTES * MINUTE_MS), usedAt: null, tries: 0 },
    secret: known ? null : sealed(key, address, new Secret({ size: 20 }).base32),
  };
  await db.deleteFrom('secondStep').where('expiresAt', '<=', at).execute();
  await db
    .insertInto('secondStep')
    .values({ browserHash: hash(browser), ...row })
    .onConflict((conflict) => conflict.column('browserHash').doUpdateSet(row))
    .execute();
}

/** What is asked for in a browser now. @param issuer what an app calls the site */
export async function secondStepAsked(
  db: CaseFile,
  key: string,
  { browser, issuer }: { browser: string; issuer: string },
  at: string,
): Promise<OpenStep | undefined> {
  const row = await db
    .selectFrom('secondStep')
    .selectAll()
    .where('browserHash', '=', hash(browser))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .where('tries', '<', TRIES)
    .executeTakeFirst();
  if (!row) return undefined;
  const { address, path, secret } = row;
  const base32 = secret === null ? undefined : opened(key, address, secret);
  const setUp = base32 && { uri: totpOf(base32, { issuer, label: address }).toString(), key: base32 };
  const { app, passkeys } = await factorsOf(db, address);
  const isShut = app && ((await factorOf(db, address))?.wrongCodes ?? 0) >= MOST_WRONG_CODES;
  const has = { app: app && !isShut, passkeys: passkeys > 0 };
  return { address, path, setUp: setUp || undefined, has, isShut };
}

/** Whose second step was taken, and by what; with it the recovery codes of one that was set up, which are told this once. */
export type TakenStep = {
  address: string;
  path: string;
  by: 'totp' | 'recovery' | 'passkey';
  recoveryCodes: string[] | undefined;
};

/** A first step of which a try was counted. */
export type TriedStep = {
  address: string;
  path: string;
  /** Of an app that is set up with it; nothing where the second step is known. */
  secret: string | null;
  /** What a wrong try comes to. */
  wrong: 'wrong' | 'over';
};

/** Counts a try in a browser before it is looked at; nothing where the first step has to be taken again. */
export async function triedStep(db: CaseFile, browser: string, at: string): Promise<TriedStep | undefined> {
  const tried = await db
    .updateTable('secondStep')
    .set({ tries: sql<number>`tries + 1` })
    .where('browserHash', '=', hash(browser))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .where('tries', '<', TRIES)
    .returningAll()
    .executeTakeFirst();
  if (!tried) return undefined;
  const { address, path, secret, tries } = tried;
  return { address, path, secret, wrong: tries < TRIES ? 'wrong' : 'over' };
}

/** Ends the first step of a browser, once the second is taken: what was wrong before counts no more. Whether it was not over before. */
export async function endStep(tx: CaseFile, browser: string, at: string): Promise<boolean> {
  const used = await tx
    .updateTable('secondStep')
    .set({ usedAt: at })
    .where('browserHash', '=', hash(browser))
    .where('usedAt', 'is', null)
    .returning('address')
    .executeTakeFirst();
  if (!used) return false;
  await tx.updateTable('secondFactor').set({ wrongCodes: 0 }).where('address', '=', used.address).execute();
  return true;
}

/**
 * Takes a code that was typed in a browser. Each try is counted before it is looked at; a code of an app is taken once,
 * and none that is older.
 *
 * @param exact whether a code of an app holds for its own half minute alone, whatever the clocks
 * @returns `wrong` where another may be tried, `over` where the first step has to be taken again, `guessedOf` whose app
 * does no more with this one
 */
export async function takeSecondStep(
  db: CaseFile,
  key: string,
  { browser, code: typed, exact = false }: { browser: string; code: string; exact?: boolean },
  at: string,
): Promise<TakenStep | 'wrong' | 'over' | { guessedOf: string }> {
  const code = typed.replace(/[\s-]/g, '').toLowerCase();
  const tried = await triedStep(db, browser, at);
  if (!tried) return 'over';
  const { address, path, secret, wrong } = tried;
  return db.transaction().execute(async (tx) => {
    const by = secret !== null || /^\d{6}$/.test(code) ? 'totp' : 'recovery';
    let recoveryCodes: string[] | undefined;
    if (secret !== null) {
      const period = periodOf(opened(key, address, secret), code, at, exact);
      if (period === undefined) return wrong;
      recoveryCodes = await setUpFactor(tx, key, { address, app: { secret, period } }, at);
      // Meanwhile it was set up in another browser.
      if (!recoveryCodes) return 'over';
    } else {
      const uses = await (by === 'totp' ? usesApp : usesRecovery)(tx, key, { address, code, exact }, at);
      if (uses === 'last') return { guessedOf: address };
      if (!uses) return wrong;
    }
    return (await endStep(tx, browser, at)) ? { address, path, by, recoveryCodes } : 'over';
  });
}

/** Since when somebody has a second step, and of what; nobody who is not among them has one. */
export async function secondFactors(db: CaseFile): Promise<Map<string, Factors & { madeAt: string }>> {
  const rows = await db
    .selectFrom('secondFactor')
    .leftJoin('passkey', 'passkey.address', 'secondFactor.address')
    .select(({ fn }) => [
      'secondFactor.address',
      'secondFactor.madeAt',
      'secondFactor.secret',
      fn.count<string>('passkey.number').as('passkeys'),
    ])
    .groupBy('secondFactor.address')
    .execute();
  return new Map(
    rows.map(({ address, madeAt, secret, passkeys }) => [
      address,
      { madeAt, app: secret !== null, passkeys: Number(passkeys) },
    ]),
  );
}

/** What somebody's second step is taken with, recovery codes aside. */
export type Factors = { app: boolean; passkeys: number };

export async function factorsOf(db: CaseFile, given: string): Promise<Factors> {
  const address = plainAddress(given);
  const factor = await factorOf(db, address);
  const { passkeys } = await db
    .selectFrom('passkey')
    .select(({ fn }) => fn.countAll<string>().as('passkeys'))
    .where('address', '=', address)
    .executeTakeFirstOrThrow();
  return { app: factor !== undefined && factor.secret !== null, passkeys: Number(passkeys) };
}

/**
 * Takes one of somebody's factors away by `work`, unless nothing would be left but recovery codes; `work` says whether
 * it was there. Of two at once, the second sees what the first has left.
 */
export const withoutFactor = (
  db: CaseFile,
  given: string,
  work: (tx: CaseFile, address: string) => Promise<boolean>,
): Promise<'removed' | 'unknown' | 'last'> =>
  db.transaction().execute(async (tx) => {
    const address = plainAddress(given);
    await lockFactor(tx, address);
    const { app, passkeys } = await factorsOf(tx, address);
    if (Number(app) + passkeys <= 1) return 'last';
    return (await work(tx, address)) ? 'removed' : 'unknown';
  });

/** An app that is set up: what it is given, and the same for the form, encrypted for its owner. */
export type NewApp = { uri: string; key: string; sealed: string };

/**
 * What a new app of somebody is given, or the same once more, by what the form had.
 * @param issuer what an app calls the site
 */
export function newApp(
  key: string,
  { address: given, issuer, sealed: had }: { address: string; issuer: string; sealed?: string },
): NewApp {
  const address = plainAddress(given);
  const base32 = (had && opened(key, address, had)) || new Secret({ size: 20 }).base32;
  const uri = totpOf(base32, { issuer, label: address }).toString();
  return { uri, key: base32, sealed: sealed(key, address, base32) };
}

/** Adds an app to somebody's second step by a code of it, where there is none. */
export async function addApp(
  db: CaseFile,
  key: string,
  { address: given, sealed: had, code }: { address: string; sealed: string; code: string },
  at: string,
): Promise<'added' | 'wrong' | 'known'> {
  const address = plainAddress(given);
  const period = periodOf(opened(key, address, had), code.replace(/[\s-]/g, ''), at);
  if (period === undefined) return 'wrong';
  const added = await db
    .updateTable('secondFactor')
    .set({ secret: had, lastPeriod: period })
    .where('address', '=', address)
    .where('secret', 'is', null)
    .returning('address')
    .executeTakeFirst();
  return added ? 'added' : 'known';
}

/** Holds others off from changing what somebody's second step is taken with. Whether they have one. */
export async function lockFactor(tx: CaseFile, address: string): Promise<boolean> {
  const there = await tx
    .selectFrom('secondFactor')
    .select('address')
    .where('address', '=', address)
    .forUpdate()
    .executeTakeFirst();
  return there !== undefined;
}

/** Takes somebody's app away, where a passkey is left. */
export const removeApp = (db: CaseFile, address: string): Promise<'removed' | 'unknown' | 'last'> =>
  withoutFactor(db, address, async (tx, of) => {
    const gone = await tx
      .updateTable('secondFactor')
      .set({ secret: null, lastPeriod: null })
      .where('address', '=', of)
      .where('secret', 'is not', null)
      .returning('address')
      .executeTakeFirst();
    return gone !== undefined;
  });

/** Forgets somebody's second step: they set it up anew at the next sign-in. */
export async function forgetSecondFactor(db: CaseFile, given: string): Promise<void> {
  const address = plainAddress(given);
  await db.deleteFrom('secondStep').where('address', '=', address).execute();
  await db.deleteFrom('passkeyChallenge').where('address', '=', address).execute();
  await db.deleteFrom('secondFactor').where('address', '=', address).execute();
}

/**
 * The same, where it is the one that was set up at `seen`, or there is none.
 * @returns when another was set up, which stays
 */
export const resetFactor = (db: CaseFile, given: string, seen: string | null): Promise<string | undefined> =>
  db.transaction().execute(async (tx) => {
    const address = plainAddress(given);
    const there = await tx
      .selectFrom('secondFactor')
      .select('madeAt')
      .where('address', '=', address)
      .forUpdate()
      .executeTakeFirst();
    if (there && there.madeAt !== seen) return there.madeAt;
    await forgetSecondFactor(tx, address);
    return undefined;
  });

const factorOf = (db: CaseFile, address: string) =>
  db.selectFrom('secondFactor').selectAll().where('address', '=', address).executeTakeFirst();

/**
 * Keeps that somebody has a second step, with the app that has shown a code of its secret where it is one, and makes
 * recovery codes; nothing where there is one already.
 */
export async function setUpFactor(
  db: CaseFile,
  key: string,
  { address, app }: { address: string; app?: { secret: string; period: number } },
  at: string,
): Promise<string[] | undefined> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => new Secret({ size: 15 }).base32.toLowerCase());
  const made = await db
    .insertInto('secondFactor')
    .values({ address, secret: app?.secret ?? null, lastPeriod: app?.period ?? null, madeAt: at })
    .onConflict((conflict) => conflict.column('address').doNothing())
    .returning('address')
    .executeTakeFirst();
  if (!made) return undefined;
  await db
    .insertInto('recoveryCode')
    .values(codes.map((code) => ({ address, codeHmac: hmacOf(key, address, code), usedAt: null })))
    .execute();
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'));
}

async function usesApp(
  db: CaseFile,
  key: string,
  { address, code, exact }: { address: string; code: string; exact: boolean },
  at: string,
): Promise<boolean | 'last'> {
  // Counted before it is looked at, as of many at once.
  const counted = await db
    .updateTable('secondFactor')
    .set({ wrongCodes: sql<number>`wrong_codes + 1` })
    .where('address', '=', address)
    .where('secret', 'is not', null)
    .where('wrongCodes', '<', MOST_WRONG_CODES)
    .returning(['secret', 'wrongCodes'])
    .executeTakeFirst();
  if (!counted || counted.secret === null) return false;
  const wrong = counted.wrongCodes === MOST_WRONG_CODES ? 'last' : false;
  const period = periodOf(opened(key, address, counted.secret), code, at, exact);
  if (period === undefined) return wrong;
  const taken = await db
    .updateTable('secondFactor')
    .set({ lastPeriod: period })
    .where('address', '=', address)
    .where('lastPeriod', '<', period)
    .returning('address')
    .executeTakeFirst();
  return taken !== undefined || wrong;
}

async function usesRecovery(
  db: CaseFile,
  key: string,
  { address, code }: { address: string; code: string },
  at: string,
): Promise<boolean> {
  const used = await db
    .updateTable('recoveryCode')
    .set({ usedAt: at })
    .where('address', '=', address)
    .where('codeHmac', '=', hmacOf(key, address, code))
    .where('usedAt', 'is', null)
    .returning('address')
    .executeTakeFirst();
  return used !== undefined;
}

// --- Codes, and how their secrets are kept ------------------------------------------------------------------------

const totpOf = (
  base32: string,
  { issuer = '', label = '' }: { issuer?: string; label?: string } = {},
): TOTP => new TOTP({ issuer, label, secret: Secret.fromBase32(base32), digits: 6, period: PERIOD_S });

/** The half minute that a code is of: this one, or where it is not `exact` the one before or after, for clocks that differ. */
function periodOf(base32: string | undefined, code: string, at: string, exact = false): number | undefined {
  if (base32 === undefined || !/^\d{6}$/.test(code)) return undefined;
  const timestamp = Date.parse(at);
  const off = totpOf(base32).validate({ token: code, timestamp, window: exact ? 0 : 1 });
  return off === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_S) + off;
}

const hmacOf = (key: string, address: string, code: string): string =>
  createHmac('sha256', keyFor(key, 'recovery codes')).update(`${address} ${code}`).digest('hex');

const APPS = 'secrets of apps';
const sealed = (key: string, address: string, secret: string): string =>
  sealedFor({ key, use: APPS, of: address }, secret);
const opened = (key: string, address: string, kept: string): string | undefined =>
  openedFor({ key, use: APPS, of: address }, kept);
