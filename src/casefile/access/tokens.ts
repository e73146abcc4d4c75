import { randomBytes } from 'node:crypto';
import { HOUR_MS, MINUTE_MS } from '../../domain/dates/durations.ts';
import { type ApiToken, type GivenToken, SCOPES, type Scope } from '../../domain/people/staff.ts';
import { numberInTurn } from '../../domain/programme/numbering.ts';
import { type CaseFile, json } from '../database/database.ts';
import { cachedRead } from '../database/readCache.ts';
import { after, hash, plainAddress } from './access.ts';
import { staffAt } from './staff.ts';

/**
 * Tokens for the HTTP API, each of one person or program: its secret leaves here once, and is kept as its SHA-256. Several
 * hold beside each other, so that one takes the place of another without a stop. Instants are ISO 8601 in UTC.
 */

const COLUMNS = [
  ...(['number', 'name', 'scopes', 'holder', 'madeAt', 'madeBy', 'expiresAt'] as const),
  ...(['lastUsedAt', 'revokedAt'] as const),
];

/** All that were made, the newest first. */
export const allTokens = (db: CaseFile): Promise<ApiToken[]> =>
  db.selectFrom('apiToken').select(COLUMNS).orderBy('number', 'desc').execute();

/** Makes a token; `secret` is what is shown with each call. */
export async function makeToken(
  db: CaseFile,
  { name, scopes, holder, days }: GivenToken,
  by: string | null,
  at: string,
): Promise<{ token: ApiToken; secret: string }> {
  const secret = `rial_${randomBytes(32).toString('base64url')}`;
  const token = await db
    .insertInto('apiToken')
    .values({
      ...{ name, tokenHash: hash(secret), holder: holder ? plainAddress(holder) : null },
      scopes: json(SCOPES.filter((one) => scopes.includes(one))),
      ...{ madeAt: at, madeBy: by, expiresAt: after(at, days * 24 * HOUR_MS) },
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return { token, secret };
}

/** Takes a token away, at once; whether there was one that held. */
export async function revokeToken(
  db: CaseFile,
  number: number,
  by: string | null,
  at: string,
): Promise<boolean> {
  if (!numberInTurn.safeParse(number).success) return false;
  const revoked = await db
    .updateTable('apiToken')
    .set({ revokedAt: at, revokedBy: by })
    .where('number', '=', number)
    .where('revokedAt', 'is', null)
    .returning('number')
    .executeTakeFirst();
  return revoked !== undefined;
}

/**
 * The token of a secret, with what it may now; nothing where it was revoked or is too old, or its holder has been put out.
 * An observer's reads, whatever it was made for.
 */
export async function tokenOf(db: CaseFile, secret: string, at: string): Promise<ApiToken | undefined> {
  const tokenHash = hash(secret);
  const found = await cachedRead(db, `token ${tokenHash}`, () =>
    db
      .selectFrom('apiToken')
      .select(COLUMNS)
      .where('tokenHash', '=', tokenHash)
      .where('revokedAt', 'is', null)
      .executeTakeFirst(),
  );
  if (!found || Date.parse(found.expiresAt) <= Date.parse(at)) return undefined;
  const holder = found.holder === null ? undefined : await staffAt(db, found.holder);
  if (found.holder !== null && !holder) return undefined;
  // What is read stays in memory while nothing is written: not each call is.
  if (!found.lastUsedAt || Date.parse(at) - Date.parse(found.lastUsedAt) >= MINUTE_MS)
    await db.updateTable('apiToken').set({ lastUsedAt: at }).where('number', '=', found.number).execute();
  const scopes: Scope[] =
    holder?.role === 'observer' ? found.scopes.filter((one) => one === 'read') : found.scopes;
  return { ...found, scopes };
}
