import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { HOUR_MS, MINUTE_MS } from '../../domain/dates/durations.ts';
import type { CaseFile, CaseFileTransaction } from '../database/database.ts';
import { cachedRead } from '../database/readCache.ts';
import { after, hash, plainAddress, wasIn } from './access.ts';

/**
 * Codes that people ask for when they sign in. One belongs to the browser that asked for it, lives for ten minutes and
 * is used once; kept is its HMAC, with a key that is not in the database. What is asked and written is the same whether
 * an address is anybody's or not.
 *
 * How often a code is asked for is bounded, and with it how often one can be guessed. Whoever shows that they read the
 * mails of an address, by one of its links or by a browser in which it was signed in before, is counted for themselves:
 * strangers who ask or guess take nothing from them.
 */

export const CODE_MINUTES = 10;
const DIGITS = 8;
/** How often a code may be typed before another one has to be asked for. */
const TRIES = 5;
/** What was asked in so many hours is counted. */
const COUNTED_HOURS = 24;
/** So many codes are had at once; each one more waits twice as long as the one before, up to an hour. */
const AT_ONCE = {
  address: { codes: 3, firstWaitMs: 60_000 },
  network: { codes: 30, firstWaitMs: 10_000 },
} as const;

export type Asking = {
  address: string;
  /** Where it leads. */
  path: string;
  /** The browser's own secret. */
  browser: string;
  network: string;
  /** The token of a link to the same address that it was asked with. */
  link?: string | undefined;
};

/** A code for the mail, of eight digits; or how many seconds to wait before one may be asked for. */
export async function askForCode(
  db: CaseFile,
  key: string,
  { address: given, path, browser, network, link }: Asking,
  at: string,
): Promise<{ code: string } | { wait: number }> {
  const address = plainAddress(given);
  const browserHash = hash(browser);
  return db.transaction().execute(async (tx) => {
    // One after the other: of many at once none is counted before the others.
    await sql`select pg_advisory_xact_lock(hashtext('sign-in'))`.execute(tx);
    const known = await wasIn(tx, address, browser);
    const lane = link ? `link ${hash(link)}` : known ? `browser ${browserHash}` : 'stranger';
    const wait = await waitOf(tx, { address, network, lane }, at);
    if (wait > 0) return { wait };
    const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
    await tx
      .insertInto('signInCode')
      .values({
        ...{ browserHash, address, path, lane, network },
        codeHmac: hmacOf(key, { browserHash, address, code }).toString('hex'),
        madeAt: at,
        expiresAt: after(at, CODE_MINUTES * MINUTE_MS),
        usedAt: null,
      })
      .execute();
    return { code };
  });
}

/** Seconds until a code may be asked for. A network's are those that strangers asked for there and did not use. */
async function waitOf(
  tx: CaseFileTransaction,
  { address, network, lane }: { address: string; network: string; lane: string },
  at: string,
): Promise<number> {
  const from = after(at, -COUNTED_HOURS * HOUR_MS);
  await tx.deleteFrom('signInCode').where('madeAt', '<=', from).execute();
  const asked = tx
    .selectFrom('signInCode')
    .select(({ fn }) => [fn.countAll<string>().as('count'), fn.max('madeAt').as('last')]);
  const ofAddress = await asked
    .where('address', '=', address)
    .where('lane', '=', lane)
    .executeTakeFirstOrThrow();
  const ofNetwork = await asked
    .where('network', '=', network)
    .where('lane', '=', 'stranger')
    .where('usedAt', 'is', null)
    .executeTakeFirstOrThrow();
  const waits = [
    until(ofAddress, AT_ONCE.address, at),
    ...(lane === 'stranger' ? [until(ofNetwork, AT_ONCE.network, at)] : []),
  ];
  return Math.max(...waits);
}

function until(
  { count, last }: { count: string; last: string | null },
  { codes, firstWaitMs }: (typeof AT_ONCE)[keyof typeof AT_ONCE],
  at: string,
): number {
  const over = Number(count) - codes;
  if (over < 0 || last === null) return 0;
  const wait = Math.min(HOUR_MS, firstWaitMs * 2 ** over);
  return Math.max(0, Math.ceil((Date.parse(last) + wait - Date.parse(at)) / 1000));
}

/** So many wrong codes within an hour are told to staff, and to the log. */
export const MANY_GUESSES = 30;
/** How many codes were typed in the last hour and were none, as it was some minutes ago at most. */
export const guesses = (db: CaseFile, at: string): Promise<number> =>
  cachedRead(db, `guesses ${at.slice(0, 15)}`, async () => {
    const { tries } = await db
      .selectFrom('signInCode')
      .select(({ fn }) => fn.sum<string | null>('tries').as('tries'))
      .where('madeAt', '>', after(at, -HOUR_MS))
      .where('usedAt', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(tries ?? 0);
  });

/** What was last asked for in a browser and can still be typed there. */
export type OpenCode = {
  address: string;
  path: string;
  /** It was asked for with a link, by whoever has that: they are not told the whole address. */
  byLink: boolean;
};

export async function codeAsked(db: CaseFile, browser: string, at: string): Promise<OpenCode | undefined> {
  const row = await newest(db, browser)
    .select(['address', 'path', 'lane', 'tries', 'usedAt', 'expiresAt'])
    .executeTakeFirst();
  if (!row || row.usedAt || row.tries >= TRIES || row.expiresAt <= at) return undefined;
  return { address: row.address, path: row.path, byLink: row.lane.startsWith('link ') };
}

/**
 * Takes a code that was typed in a browser: the one that it asked for last alone. Each try is counted before it is
 * looked at, so that of many at once five are.
 *
 * @returns whose it is; `wrong` where another may be tried, `over` where one has to be asked for
 */
export async function useCode(
  db: CaseFile,
  key: string,
  { browser, code }: { browser: string; code: string },
  at: string,
): Promise<{ address: string; path: string } | 'wrong' | 'over'> {
  const tried = await db
    .updateTable('signInCode')
    .set({ tries: sql<number>`tries + 1` })
    .where('id', '=', newest(db, browser).select('id'))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .where('tries', '<', TRIES)
    .returning(['id', 'address', 'path', 'codeHmac', 'tries', 'browserHash'])
    .executeTakeFirst();
  if (!tried) return 'over';
  const typed = hmacOf(key, { ...tried, code: code.replace(/\s/g, '') });
  if (!timingSafeEqual(typed, Buffer.from(tried.codeHmac, 'hex')))
    return tried.tries < TRIES ? 'wrong' : 'over';
  const used = await db
    .updateTable('signInCode')
    .set({ usedAt: at })
    .where('id', '=', tried.id)
    .where('usedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return used ? { address: tried.address, path: tried.path } : 'over';
}

const newest = (db: CaseFile, browser: string) =>
  db.selectFrom('signInCode').where('browserHash', '=', hash(browser)).orderBy('id', 'desc').limit(1);

const hmacOf = (
  key: string,
  { browserHash, address, code }: { browserHash: string; address: string; code: string },
): Buffer => createHmac('sha256', key).update(`${browserHash} ${address} ${code}`).digest();
