import { createHash, randomBytes, randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { Language } from '../domain/language.ts';
import type { CaseFile } from './database.ts';
import { cachedRead } from './readCache.ts';
import type { PersonRow } from './schema.ts';

/**
 * Who may come to the cooperation site: links and codes that mails carry, and the sessions they open. Tokens, codes and
 * session ids leave here once; what is kept is their SHA-256. Instants are ISO 8601 in UTC.
 *
 * The document store keeps each mail as it was sent, with its link and its code, until they are used or expire. Whoever
 * reads it over the HTTP API holds the staff token, and with it may answer in anyone's name anyway. On the site staff
 * answer for others in their own name alone, and observers for nobody; and exports are handed on: both show mails
 * {@link withoutAccess}.
 */

const DAY_MS = 24 * 60 * 60 * 1000;
/** A link in a request outlives the longest time that is given for one. */
export const LINK_DAYS = 45;
/** A link that somebody asked for on the sign-in page is for now. */
export const SIGN_IN_MINUTES = 30;
export const SESSION_DAYS = 30;
/** After so many wrong codes none of the address's codes counts any more; its links do. */
const WRONG_CODES = 5;

const hash = (secret: string): string => createHash('sha256').update(secret).digest('hex');
/** Letters and digits alone: mail programs leave a hyphen at its end out of a link. */
const secret = (): string => randomBytes(24).toString('hex');
const after = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();
const codeHash = (address: string, code: string): string => hash(`${address} ${code}`);

/** An address as it is compared. */
export const plainAddress = (address: string): string => address.trim().toLowerCase();

export type Purpose = {
  address: string;
  cooperation?: string | undefined;
  person?: string | undefined;
  /** Where the link leads. */
  path: string;
};
/** What goes into the mail. The code has six digits. */
export type AccessSecrets = { token: string; code: string };

/**
 * A kept mail's text without what would let somebody else in as its reader: the token of each link, and codes, which are
 * written as three digits and three.
 */
export const withoutAccess = (mail: string): string =>
  mail
    .replace(/\/r\/[\w~.%=-]+/g, '/r/•••')
    .replace(/(?<!\d)\d{3}\u00a0\d{3}(?!\d)/g, '•••')
    // Where a program on the way made the space an ordinary one: on the line that speaks of the code.
    .replace(/^.*(?:c[oó]digo|code)\b.*$/gimu, (line) => line.replace(/(?<!\d)\d{3}\s?\d{3}(?!\d)/gu, '•••'));

/** Makes a link and a code for one person and one purpose. */
export async function mintLink(
  db: CaseFile,
  purpose: Purpose,
  at: string,
  validMs: number = LINK_DAYS * DAY_MS,
): Promise<AccessSecrets> {
  const address = plainAddress(purpose.address);
  const token = secret();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await db
    .insertInto('accessLink')
    .values({
      tokenHash: hash(token),
      codeHash: codeHash(address, code),
      address,
      cooperation: purpose.cooperation ?? null,
      person: purpose.person ?? null,
      path: purpose.path,
      madeAt: at,
      expiresAt: after(at, validMs),
      usedAt: null,
    })
    .execute();
  return { token, code };
}

/**
 * A kept mail's text for whoever gets it again: the link and the code in it are exchanged for new ones that lead to the
 * same page. Only the mail's own are; a link that somebody quoted in it stays what it is.
 */
export async function withNewAccess(
  db: CaseFile,
  mail: { cooperation: string; person: string; text: string },
  { address, url, at }: { address: string; url: string; at: string },
): Promise<(text: string) => string> {
  const { cooperation, person } = mail;
  const tokens = [...mail.text.matchAll(/https?:\/\/[^\s"'<>]+\/r\/([0-9a-f]{48})/g)];
  for (const [link, token = ''] of tokens) {
    const old = await db
      .selectFrom('accessLink')
      .select(['address', 'codeHash', 'path'])
      .where('tokenHash', '=', hash(token))
      .where('cooperation', '=', cooperation)
      .where('person', '=', person)
      .executeTakeFirst();
    if (!old) continue;
    const codes = mail.text.match(/(?<!\d)\d{3}\u00a0\d{3}(?!\d)/g) ?? [];
    const code = codes.find((one) => codeHash(old.address, one.replace('\u00a0', '')) === old.codeHash);
    const made = await mintLink(db, { address, cooperation, person, path: old.path }, at);
    const spaced = `${made.code.slice(0, 3)}\u00a0${made.code.slice(3)}`;
    return (text) => {
      const linked = text.replaceAll(link, `${url}/r/${made.token}`);
      return code ? linked.replaceAll(code, spaced) : linked;
    };
  }
  return (text) => text;
}

export type Link = {
  /** `dead`: whom it was for takes no part any more, or has another address. */
  state: 'open' | 'used' | 'expired' | 'dead';
  address: string;
  cooperation: string | null;
  person: string | null;
  path: string;
};

/** A link as it stands, without using it; `undefined` where there never was one. */
export async function findLink(db: CaseFile, token: string, at: string): Promise<Link | undefined> {
  const row = await db
    .selectFrom('accessLink')
    .selectAll()
    .where('tokenHash', '=', hash(token))
    .executeTakeFirst();
  if (!row) return undefined;
  const { address, cooperation, person, path } = row;
  const state = (await isDead(db, row))
    ? 'dead'
    : row.usedAt
      ? 'used'
      : Date.parse(row.expiresAt) <= Date.parse(at)
        ? 'expired'
        : 'open';
  return { state, address, cooperation, person, path };
}

/** Uses a link: of several tries at once one opens a session. `undefined` for all others. */
export async function useLink(
  db: CaseFile,
  token: string,
  at: string,
): Promise<{ session: string; path: string } | undefined> {
  const link = await findLink(db, token, at);
  if (link?.state !== 'open') return undefined;
  const used = await db
    .updateTable('accessLink')
    .set({ usedAt: at })
    .where('tokenHash', '=', hash(token))
    .where('usedAt', 'is', null)
    .returning('tokenHash')
    .executeTakeFirst();
  if (!used) return undefined;
  return { session: await beginSession(db, link.address, at), path: link.path };
}

/** Uses the code of a mail in place of its link. Wrong ones count against every code that the address has. */
export async function useCode(
  db: CaseFile,
  { address: given, code }: { address: string; code: string },
  at: string,
): Promise<{ session: string; path: string } | undefined> {
  const address = plainAddress(given);
  const rows = await db
    .selectFrom('accessLink')
    .selectAll()
    .where('address', '=', address)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .where('wrongCodes', '<', WRONG_CODES)
    .orderBy('madeAt', 'desc')
    .execute();
  const wanted = codeHash(address, code.replace(/\s/g, ''));
  const found = rows.find((row) => row.codeHash === wanted);
  if (found && !(await isDead(db, found))) {
    const used = await db
      .updateTable('accessLink')
      .set({ usedAt: at })
      .where('tokenHash', '=', found.tokenHash)
      .where('usedAt', 'is', null)
      .where('wrongCodes', '<', WRONG_CODES)
      .returning('tokenHash')
      .executeTakeFirst();
    return used && { session: await beginSession(db, address, at), path: found.path };
  }
  await db
    .updateTable('accessLink')
    .set({ wrongCodes: sql<number>`wrong_codes + 1` })
    .where('address', '=', address)
    .where('usedAt', 'is', null)
    .execute();
  return undefined;
}

async function isDead(
  db: CaseFile,
  { cooperation, person, address }: { cooperation: string | null; person: string | null; address: string },
): Promise<boolean> {
  if (!cooperation || !person) return false;
  const found = await db
    .selectFrom('person')
    .select(['active', 'email'])
    .where('cooperation', '=', cooperation)
    .where('id', '=', person)
    .executeTakeFirst();
  return !found?.active || plainAddress(found.email) !== address;
}

async function beginSession(db: CaseFile, address: string, at: string): Promise<string> {
  const id = secret();
  await db
    .insertInto('siteSession')
    .values({
      idHash: hash(id),
      address,
      language: null,
      beganAt: at,
      expiresAt: after(at, SESSION_DAYS * DAY_MS),
      endedAt: null,
    })
    .execute();
  return id;
}

/** Who is signed in under a session id; `undefined` where it has ended or never was. */
export async function findSession(
  db: CaseFile,
  id: string,
  at: string,
): Promise<{ address: string; language: Language | null } | undefined> {
  const idHash = hash(id);
  const session = await cachedRead(db, `session ${idHash}`, () =>
    db
      .selectFrom('siteSession')
      .select(['address', 'language', 'expiresAt'])
      .where('idHash', '=', idHash)
      .where('endedAt', 'is', null)
      .executeTakeFirst(),
  );
  if (!session || Date.parse(session.expiresAt) <= Date.parse(at)) return undefined;
  const { address, language } = session;
  return { address, language };
}

export async function endSession(db: CaseFile, id: string, at: string): Promise<void> {
  await db
    .updateTable('siteSession')
    .set({ endedAt: at })
    .where('idHash', '=', hash(id))
    .where('endedAt', 'is', null)
    .execute();
}

/** Ends every session of an address, on all devices. Returns how many there were. */
export async function endSessionsOf(db: CaseFile, address: string, at: string): Promise<number> {
  const ended = await db
    .updateTable('siteSession')
    .set({ endedAt: at })
    .where('address', '=', plainAddress(address))
    .where('endedAt', 'is', null)
    .returning('idHash')
    .execute();
  return ended.length;
}

export async function chooseLanguage(db: CaseFile, id: string, language: Language): Promise<void> {
  await db.updateTable('siteSession').set({ language }).where('idHash', '=', hash(id)).execute();
}

/** Everyone who has an address and takes part in a cooperation now, the newest cooperation first. */
export const peopleAt = (db: CaseFile, address: string): Promise<PersonRow[]> =>
  cachedRead(db, `people ${plainAddress(address)}`, () =>
    db
      .selectFrom('person')
      .innerJoin('cooperation', 'cooperation.id', 'person.cooperation')
      .selectAll('person')
      .where(sql`lower(person.email)`, '=', plainAddress(address))
      .where('person.active', '=', true)
      .orderBy('cooperation.callYear', 'desc')
      .orderBy('cooperation.callNumber', 'desc')
      .orderBy('cooperation.id')
      .execute(),
  );

/** Notes that an address came to a cooperation, and says when it came before (a visit is over after an hour). */
export async function noteVisit(
  db: CaseFile,
  cooperation: string,
  address: string,
  at: string,
): Promise<string | null> {
  const MINUTE_MS = 60 * 1000;
  const key = { cooperation, address: plainAddress(address) };
  const standing = await cachedRead(db, `visit ${cooperation} ${key.address}`, () =>
    db
      .selectFrom('visit')
      .select(['at', 'before'])
      .where('cooperation', '=', key.cooperation)
      .where('address', '=', key.address)
      .executeTakeFirst(),
  );
  const minutes = standing ? (Date.parse(at) - Date.parse(standing.at)) / MINUTE_MS : 0;
  // Looking from page to page is not written down each time.
  if (standing && minutes >= 0 && minutes < 5) return standing.before;
  const before = !standing ? null : minutes > 60 ? standing.at : standing.before;
  await db
    .insertInto('visit')
    .values({ ...key, at, before })
    .onConflict((conflict) => conflict.columns(['cooperation', 'address']).doUpdateSet({ at, before }))
    .execute();
  return before;
}
