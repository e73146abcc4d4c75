import { createHash, randomBytes } from 'node:crypto';
import { type NotNull, sql } from 'kysely';
import { HOUR_MS, MINUTE_MS } from '../../domain/dates/durations.ts';
import type { Language } from '../../domain/language.ts';
import { cleanAddress } from '../../domain/people/address.ts';
import { type CaseFile, type CaseFileTransaction, json } from '../database/database.ts';
import { cachedRead } from '../database/readCache.ts';
import type { Addressee, PersonRow } from '../database/schema.ts';

/**
 * Who may come to the cooperation site: links that mails carry, and the sessions they open. Codes, which are sent when
 * they are asked for, are in `signInCodes.ts`. Tokens and session ids leave here once; what is kept is their SHA-256,
 * from which nobody gets back 192 bits. Instants are ISO 8601 in UTC.
 *
 * The document store keeps each mail as it was sent, with its link, until it is used or expires. As it is it leaves to
 * whoever has the token of this machine, and with it the store. The site, every other token of the HTTP API and what is
 * handed on have mails {@link withoutLinks}: who reads a mail of somebody is not to come in as them.
 */

/** A link outlives the longest time that is given for a request. */
export const LINK_DAYS = 45;
/** How long after its end it is known which browser a session was in. */
const KNOWN_DAYS = 90;
/** Looking from page to page is not written down each time. */
const SEEN_MS = 5 * 60 * 1000;

export const hash = (secret: string): string => createHash('sha256').update(secret).digest('hex');
/** Letters and digits alone: mail programs leave a hyphen at its end out of a link. */
export const newSecret = (): string => randomBytes(24).toString('hex');
export const after = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** An address as it is compared. */
export const plainAddress = (address: string): string => cleanAddress(address).toLowerCase();

export type Purpose = {
  address: string;
  cooperation: string;
  person: string;
  /** Where the link leads. */
  path: string;
};

/** A kept mail's text without what would let somebody else in or write as its reader: the token of each link and reply address. */
export const withoutLinks = (mail: string): string =>
  withoutReplyAddress(mail.replace(/\/r\/[\w~.%=-]+/g, LINK_TAKEN));
/** What stands in the place of a link that was taken out. */
export const LINK_TAKEN = '/r/•••';
/** The same of a reply address, in headers and calendar objects too, wherever their lines are folded. */
export const REPLY_TAKEN = '+***@';
export const withoutReplyAddress = (text: string): string =>
  text.replace(/\+(?:\r?\n[ \t])?[rb](?:(?:\r?\n[ \t])?[0-9a-f]){32}(?:\r?\n[ \t])?@/gi, REPLY_TAKEN);

/** Makes a link for one person and one purpose. Returns its token. */
export async function mintLink(db: CaseFile, purpose: Purpose, at: string): Promise<string> {
  const token = newSecret();
  await db
    .insertInto('accessLink')
    .values({
      ...purpose,
      tokenHash: hash(token),
      address: plainAddress(purpose.address),
      madeAt: at,
      expiresAt: after(at, LINK_DAYS * 24 * HOUR_MS),
      usedAt: null,
      endedAt: null,
    })
    .execute();
  return token;
}

/**
 * A kept mail's text for whoever gets it again: each link in it is exchanged for a new one that leads to the same page.
 * Only the mail's own are; a link that somebody quoted in it stays what it is.
 */
export async function withNewLink(
  db: CaseFile,
  mail: { cooperation: string; person: string; text: string },
  { address, url, at }: { address: string; url: string; at: string },
): Promise<(text: string) => string> {
  const { cooperation, person } = mail;
  const made = new Map<string, string>();
  for (const { link, token } of linksIn(mail.text)) {
    const old = await db
      .selectFrom('accessLink')
      .select('path')
      .where('tokenHash', '=', hash(token))
      .where('cooperation', '=', cooperation)
      .where('person', '=', person)
      .executeTakeFirst();
    if (!old || made.has(link)) continue;
    const another = await mintLink(db, { address, cooperation, person, path: old.path }, at);
    made.set(link, `${url}/r/${another}`);
  }
  return (text) => [...made].reduce((said, [link, another]) => said.replaceAll(link, another), text);
}

/** The links of mails in a text, each with its token. */
function linksIn(text: string): { link: string; token: string }[] {
  const words = text.match(/[^\s"'<>]+/g) ?? [];
  return words.flatMap((word) => {
    const begin = word.search(/https?:\/\//);
    const [link, token = ''] = /^https?:\/\/.+\/r\/([0-9a-f]{48})/.exec(word.slice(Math.max(0, begin))) ?? [];
    return link ? [{ link, token }] : [];
  });
}

/** A session that is there in the browser. */
export type StandingSession = Pick<Session, 'address' | 'cooperations'> & {
  session: string;
  chosen: Session['people'];
};

export type Link = Purpose & {
  /** `dead`: whom it was for takes no part any more, has another address, or has ended all their access. */
  state: 'open' | 'used' | 'expired' | 'dead';
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
  const state =
    row.endedAt || (await isDead(db, row))
      ? 'dead'
      : row.usedAt
        ? 'used'
        : Date.parse(row.expiresAt) <= Date.parse(at)
          ? 'expired'
          : 'open';
  return { state, address, cooperation, person, path };
}

/**
 * Uses a link: of several tries at once one opens a session, of the link's cooperation alone. A session of the same
 * address that is there in the browser goes over into it. `undefined` for all others.
 */
export async function useLink(
  db: CaseFile,
  token: string,
  { standing, ...where }: Where & { standing?: StandingSession | undefined },
  at: string,
): Promise<{ session: string; path: string } | undefined> {
  const link = await findLink(db, token, at);
  if (link?.state !== 'open') return undefined;
  const used = await db
    .updateTable('accessLink')
    .set({ usedAt: at })
    .where('tokenHash', '=', hash(token))
    .where('usedAt', 'is', null)
    .where('endedAt', 'is', null)
    .returning('tokenHash')
    .executeTakeFirst();
  if (!used) return undefined;
  const { address, cooperation, path } = link;
  const own = standing?.address === address ? standing : undefined;
  const before = own?.cooperations ?? [];
  if (standing) await endSession(db, standing.session, at);
  const cooperations = [...new Set([...before, cooperation])];
  return {
    session: await beginSession(db, { address, cooperations, people: own?.chosen ?? {}, ...where }, at),
    path,
  };
}

async function isDead(db: CaseFile, { cooperation, person, address }: Purpose): Promise<boolean> {
  const found = await db
    .selectFrom('person')
    .select(['active', 'email'])
    .where('cooperation', '=', cooperation)
    .where('id', '=', person)
    .executeTakeFirst();
  return !found?.active || found.email === null || plainAddress(found.email) !== address;
}

// --- Sessions -------------------------------------------------------------------------------------------------

/** How long sessions last, in hours: without anything being looked at, and at most. */
export type SessionHours = { idle: number; most: number };
/** In which browser, and from where, somebody comes. */
export type Where = {
  /** The browser's own secret, by which it is known again. */
  browser: string;
  /** What it calls itself, such as `Firefox, Windows`; nothing where it does not say. */
  program: string | null;
  /** The network, such as `203.0.113.*`. */
  network: string;
};
export type Session = {
  address: string;
  language: Language | null;
  /** Those whose links were used; `null` where a code was, which opens all that the address has. */
  cooperations: readonly string[] | null;
  /** Of an address that several people share: who said that it is them, by the cooperation. */
  people: Readonly<Record<string, string>>;
  /** The second step was taken. */
  stepped: boolean;
  beganAt: string;
};

/** Begins a session. Returns its id, for the cookie. */
export async function beginSession(
  db: CaseFile,
  {
    address,
    cooperations,
    people = {},
    stepped = false,
    browser,
    program,
    network,
  }: Pick<Session, 'address' | 'cooperations'> & Partial<Pick<Session, 'people' | 'stepped'>> & Where,
  at: string,
): Promise<string> {
  const id = newSecret();
  await db
    .deleteFrom('siteSession')
    .where('seenAt', '<', after(at, -KNOWN_DAYS * 24 * HOUR_MS))
    .execute();
  await db
    .insertInto('siteSession')
    .values({
      idHash: hash(id),
      address,
      cooperations: cooperations && json(cooperations),
      people: json(people),
      ...{ language: null, stepped, browserHash: hash(browser), program, network },
      ...{ beganAt: at, seenAt: at, endedAt: null },
    })
    .execute();
  return id;
}

/** Who is signed in under a session id; `undefined` where it has ended or never was. */
export async function findSession(
  db: CaseFile,
  id: string,
  { idle, most }: SessionHours,
  at: string,
): Promise<Session | undefined> {
  const idHash = hash(id);
  const session = await cachedRead(db, `session ${idHash}`, () =>
    db
      .selectFrom('siteSession')
      .select(['address', 'language', 'cooperations', 'people', 'stepped', 'beganAt', 'seenAt'])
      .where('idHash', '=', idHash)
      .where('endedAt', 'is', null)
      .executeTakeFirst(),
  );
  if (!session) return undefined;
  const unseen = Date.parse(at) - Date.parse(session.seenAt);
  if (unseen >= idle * HOUR_MS || at >= after(session.beganAt, most * HOUR_MS)) return undefined;
  if (unseen >= SEEN_MS)
    await db.updateTable('siteSession').set({ seenAt: at }).where('idHash', '=', idHash).execute();
  const { address, language, cooperations, people, stepped, beganAt } = session;
  return { address, language, cooperations, people, stepped, beganAt };
}

/** Whether somebody has been signed in under an address in a browser, by its secret. */
export const wasIn = async (
  db: CaseFile | CaseFileTransaction,
  address: string,
  browser: string,
): Promise<boolean> =>
  (await db
    .selectFrom('siteSession')
    .select('idHash')
    .where('browserHash', '=', hash(browser))
    .where('address', '=', address)
    .executeTakeFirst()) !== undefined;

/** Keeps in a session who of those who share its address is at the keyboard, in one cooperation. */
export const chooseSelf = (
  db: CaseFile,
  id: string,
  { cooperation, id: person }: Pick<PersonRow, 'cooperation' | 'id'>,
): Promise<unknown> =>
  db
    .updateTable('siteSession')
    .set({ people: sql<string>`people || ${json({ [cooperation]: person })}::jsonb` })
    .where('idHash', '=', hash(id))
    .where('endedAt', 'is', null)
    .execute();

export type OpenSession = {
  /** SHA-256 of its id, by which it is ended. */
  key: string;
  program: string | null;
  network: string;
  beganAt: string;
  seenAt: string;
  cooperations: readonly string[] | null;
};

/**
 * What a session was opened for: by a link, which may be somebody else's by now, cooperations, and it sees and ends nothing
 * that others were opened for; by a code all (`null`).
 */
type Reach = Session['cooperations'];
const openedWithin = (opened: Reach) =>
  opened === null ? sql<boolean>`true` : sql<boolean>`cooperations <@ ${json(opened)}::jsonb`;

/** The sessions of an address that are not over, as far as one of them may see them, the one last seen first. */
export async function openSessions(
  db: CaseFile,
  { address, cooperations }: { address: string; cooperations: Reach },
  { idle, most }: SessionHours,
  at: string,
): Promise<OpenSession[]> {
  return db
    .selectFrom('siteSession')
    .select(['idHash as key', 'program', 'network', 'beganAt', 'seenAt', 'cooperations'])
    .where('address', '=', plainAddress(address))
    .where(openedWithin(cooperations))
    .where('endedAt', 'is', null)
    .where('seenAt', '>', after(at, -idle * HOUR_MS))
    .where('beganAt', '>', after(at, -most * HOUR_MS))
    .orderBy('seenAt', 'desc')
    .execute();
}

/** Ends one of an address's sessions, by its key, as far as another of them may. */
export async function endSessionOf(
  db: CaseFile,
  { address, cooperations }: { address: string; cooperations: Reach },
  key: string,
  at: string,
): Promise<void> {
  await db
    .updateTable('siteSession')
    .set({ endedAt: at })
    .where('idHash', '=', key)
    .where('address', '=', address)
    .where(openedWithin(cooperations))
    .where('endedAt', 'is', null)
    .execute();
}

/** Ends the sessions that links to some cooperations opened, and those links that were not used. */
export async function endByLinks(
  db: CaseFile,
  { address, cooperations }: { address: string; cooperations: readonly string[] },
  at: string,
): Promise<void> {
  await db
    .updateTable('accessLink')
    .set({ endedAt: at })
    .where('address', '=', address)
    .where('cooperation', 'in', cooperations)
    .where('usedAt', 'is', null)
    .where('endedAt', 'is', null)
    .execute();
  await db
    .updateTable('siteSession')
    .set({ endedAt: at })
    .where('address', '=', address)
    .where(openedWithin(cooperations))
    .where('endedAt', 'is', null)
    .execute();
}

export async function endSession(db: CaseFile, id: string, at: string): Promise<void> {
  await db
    .updateTable('siteSession')
    .set({ endedAt: at })
    .where('idHash', '=', hash(id))
    .where('endedAt', 'is', null)
    .execute();
}

/**
 * Ends all that lets somebody in under an address, on all devices: its sessions, links that were not used, codes, the
 * address of its calendar, and whose it is at the provider of an institution. Returns how many sessions there were.
 */
export async function endAccess(db: CaseFile, given: string, at: string): Promise<number> {
  const address = plainAddress(given);
  await db
    .updateTable('accessLink')
    .set({ endedAt: at })
    .where('address', '=', address)
    .where('usedAt', 'is', null)
    .where('endedAt', 'is', null)
    .execute();
  await db
    .updateTable('signInCode')
    .set({ usedAt: at })
    .where('address', '=', address)
    .where('usedAt', 'is', null)
    .execute();
  await db.deleteFrom('calendarFeed').where('address', '=', address).execute();
  await db.deleteFrom('draft').where('address', '=', address).execute();
  await sql`delete from waiting_file using person where person.cooperation = waiting_file.cooperation
    and person.id = waiting_file.by and lower(person.email) = ${address}`.execute(db);
  await db.deleteFrom('providerSubject').where('address', '=', address).execute();
  const ended = await db
    .updateTable('siteSession')
    .set({ endedAt: at })
    .where('address', '=', address)
    .where('endedAt', 'is', null)
    .returning('idHash')
    .execute();
  return ended.length;
}

/** Whether somebody takes part in a cooperation under an address: whoever goes may have shared it. */
export const isHeld = async (db: CaseFile, address: string, cooperation: string): Promise<boolean> =>
  (await peopleAt(db, address)).some((one) => one.cooperation === cooperation);

/**
 * Ends what lets an address into one cooperation: its links, and sessions that were opened by one. Where the address has
 * no part in anything else, all ends that it has.
 */
export async function endAccessTo(
  db: CaseFile,
  given: string,
  cooperation: string,
  at: string,
): Promise<void> {
  const address = plainAddress(given);
  // Whoever shares the mailbox still comes in by it; a link to somebody who went is dead.
  const people = await peopleAt(db, address);
  if (people.some((one) => one.cooperation === cooperation)) return;
  const staff = await db
    .selectFrom('staff')
    .select('address')
    .where('address', '=', address)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  if (people.length === 0 && !staff) {
    await endAccess(db, address, at);
    return;
  }
  await db
    .updateTable('accessLink')
    .set({ endedAt: at })
    .where('address', '=', address)
    .where('cooperation', '=', cooperation)
    .where('usedAt', 'is', null)
    .where('endedAt', 'is', null)
    .execute();
  const opened = await db
    .selectFrom('siteSession')
    .select(['idHash', 'cooperations'])
    .where('address', '=', address)
    .where('endedAt', 'is', null)
    .execute();
  for (const { idHash, cooperations } of opened) {
    if (!cooperations?.includes(cooperation)) continue;
    const left = cooperations.filter((one) => one !== cooperation);
    await db
      .updateTable('siteSession')
      .set(left.length > 0 ? { cooperations: json(left) } : { endedAt: at })
      .where('idHash', '=', idHash)
      .execute();
  }
}

export async function chooseLanguage(db: CaseFile, id: string, language: Language): Promise<void> {
  await db.updateTable('siteSession').set({ language }).where('idHash', '=', hash(id)).execute();
}

/** Everyone who has an address and takes part in a cooperation now, the newest cooperation first. */
export const peopleAt = (db: CaseFile, address: string): Promise<Addressee[]> =>
  cachedRead(db, `people ${plainAddress(address)}`, () =>
    db
      .selectFrom('person')
      .innerJoin('cooperation', 'cooperation.id', 'person.cooperation')
      .selectAll('person')
      .where(sql`lower(person.email)`, '=', plainAddress(address))
      .where('person.active', '=', true)
      .$narrowType<{ email: NotNull }>()
      .orderBy('cooperation.callYear', 'desc')
      .orderBy('cooperation.callNumber', 'desc')
      .orderBy('cooperation.id')
      .orderBy('person.position')
      .orderBy('person.id')
      .execute(),
  );

/** Notes that an address came to a cooperation, and says when it came before (a visit is over after an hour). */
export async function noteVisit(
  db: CaseFile,
  cooperation: string,
  address: string,
  at: string,
): Promise<string | null> {
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
