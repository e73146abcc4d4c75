import { randomBytes } from 'node:crypto';
import { HOUR_MS } from '../../domain/dates/durations.ts';
import { type IncomingState, MOST_MAILS_AN_HOUR, type OwnAddress } from '../../domain/mails/incomingMail.ts';
import { type CaseFile, listed, type OneOrMore } from '../database/database.ts';
import type { IncomingMailRow, MailRow } from '../database/schema.ts';

/** Mails that came to the reply addresses of ours: kept before they are taken, then read, each once. */

/**
 * For an address of one mail. That of replies is known to whoever has had the mail; that of bounces to the servers that it
 * went through, and neither tells the other.
 */
export const newAddressToken = (): string => randomBytes(16).toString('hex');

/** The mail of ours that an address is about. */
export const mailAt = (db: CaseFile, { purpose, token }: OwnAddress): Promise<MailRow | undefined> =>
  db
    .selectFrom('mail')
    .selectAll()
    .where(purpose === 'bounce' ? 'bounceToken' : 'replyToken', '=', token)
    .executeTakeFirst();

export type NewIncoming = Pick<
  IncomingMailRow,
  'cooperation' | 'mail' | 'purpose' | 'sha256' | 'size' | 'cameAt' | 'nullSender'
>;

/** Keeps a mail that came. The same bytes to the same address are there already. */
export async function keepIncoming(db: CaseFile, came: NewIncoming): Promise<void> {
  await db
    .insertInto('incomingMail')
    .values({ ...came, state: 'waiting', essence: null, communication: null })
    .onConflict((conflict) => conflict.columns(['mail', 'sha256']).doNothing())
    .execute();
}

/**
 * Whether as many as are taken within an hour came in reply to the mails that one mailbox had, each of which has its own
 * address.
 */
export async function cameTooMany(db: CaseFile, mailbox: string, now: string): Promise<boolean> {
  const { count } = await db
    .selectFrom('incomingMail')
    .innerJoin('mail', 'mail.key', 'incomingMail.mail')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('mail.address', '=', mailbox)
    .where('incomingMail.cameAt', '>', new Date(Date.parse(now) - HOUR_MS).toISOString())
    .executeTakeFirstOrThrow();
  return Number(count) >= MOST_MAILS_AN_HOUR;
}

/** Those that nobody has read yet, in the order in which they came. */
export const waitingMails = (db: CaseFile, most: number): Promise<IncomingMailRow[]> =>
  db
    .selectFrom('incomingMail')
    .selectAll()
    .where('state', '=', 'waiting')
    .orderBy('id')
    .limit(most)
    .execute();

/** What came of one that was read. */
export async function noteIncoming(
  db: CaseFile,
  id: string,
  became: { state: IncomingState; essence: string | null; communication: number | null },
): Promise<void> {
  await db.updateTable('incomingMail').set(became).where('id', '=', id).execute();
}

/** When people's mailboxes answered last that these are away. */
export const awayRepliesOf = (
  db: CaseFile,
  cooperation: OneOrMore,
): Promise<{ cooperation: string; person: string; at: string }[]> =>
  db
    .selectFrom('incomingMail')
    .innerJoin('mail', 'mail.key', 'incomingMail.mail')
    .select(['incomingMail.cooperation', 'mail.person'])
    .select(({ fn }) => fn.max('incomingMail.cameAt').as('at'))
    .where('incomingMail.cooperation', 'in', listed(cooperation))
    .where('incomingMail.state', '=', 'away')
    .groupBy(['incomingMail.cooperation', 'mail.person'])
    .orderBy('incomingMail.cooperation')
    .orderBy('mail.person')
    .execute();

/** Whether another than this one says the same, and was read before it. */
export const cameBefore = async (
  db: CaseFile,
  { id, cooperation }: Pick<IncomingMailRow, 'id' | 'cooperation'>,
  essence: string,
): Promise<{ communication: number | null } | undefined> =>
  db
    .selectFrom('incomingMail')
    .select('communication')
    .where('cooperation', '=', cooperation)
    .where('essence', '=', essence)
    .where('state', 'in', ['filed', 'unfiled', 'calendar'])
    .where('id', '<>', id)
    .executeTakeFirst();
