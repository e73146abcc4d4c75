import { createHmac } from 'node:crypto';
import type { CaseFile } from '../database/database.ts';
import type { PersonRow } from '../database/schema.ts';
import { hash, newSecret, peopleAt, plainAddress } from './access.ts';

/**
 * The secret addresses at which calendars fetch what is somebody's: one for each mail address at most. Its token is an
 * HMAC with the key that is not in the database, over what is; so it can be shown again to whoever it is of, and nobody
 * gets it from the database. It is looked up by its SHA-256. Instants are ISO 8601 in UTC.
 */

const tokenOf = (key: string, address: string, nonce: string): string =>
  createHmac('sha256', key).update(`calendar\n${address}\n${nonce}`).digest('hex').slice(0, 48);

/** @returns the token of an address, with when it was made; nothing where there is none, or it was made with another key */
export async function feedOf(
  db: CaseFile,
  key: string,
  given: string,
): Promise<{ token: string; madeAt: string } | undefined> {
  const address = plainAddress(given);
  const found = await db
    .selectFrom('calendarFeed')
    .selectAll()
    .where('address', '=', address)
    .executeTakeFirst();
  if (!found) return undefined;
  const token = tokenOf(key, address, found.nonce);
  return hash(token) === found.tokenHash ? { token, madeAt: found.madeAt } : undefined;
}

/** Makes the token of an address, in place of the one that there was. */
export async function renewFeed(db: CaseFile, key: string, given: string, at: string): Promise<string> {
  const address = plainAddress(given);
  const nonce = newSecret();
  const token = tokenOf(key, address, nonce);
  const made = { nonce, tokenHash: hash(token), madeAt: at };
  await db
    .insertInto('calendarFeed')
    .values({ address, ...made })
    .onConflict((conflict) => conflict.column('address').doUpdateSet(made))
    .execute();
  return token;
}

/** Takes the token of an address away; whether there was one. */
export async function endFeed(db: CaseFile, address: string): Promise<boolean> {
  const ended = await db
    .deleteFrom('calendarFeed')
    .where('address', '=', plainAddress(address))
    .returning('address')
    .executeTakeFirst();
  return ended !== undefined;
}

/** In what whoever a token is of takes part now; nothing where it is nobody's, or they take part in nothing any more. */
export async function peopleOfFeed(db: CaseFile, token: string): Promise<PersonRow[]> {
  const found = await db
    .selectFrom('calendarFeed')
    .select('address')
    .where('tokenHash', '=', hash(token))
    .executeTakeFirst();
  return found ? peopleAt(db, found.address) : [];
}
