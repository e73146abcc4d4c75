import { sql } from 'kysely';
import { isFarewell } from '../../domain/mails/notice.ts';
import { hasAddress } from '../../domain/people/address.ts';
import type { MailFault } from '../../domain/refusal.ts';
import { type CaseFile, changing, listed, type OneOrMore } from '../database/database.ts';
import type { Addressee, MailRow, ResendingRow } from '../database/schema.ts';
import { findPerson } from '../people.ts';
import { hasNewerInvitation } from './mails.ts';

/** Mails that staff had sent again: each once, however often the button was pressed. */

/** What the mail that was sent again has for its key; the first one's is never of this form. */
export const againKey = (
  { cooperation, number }: Pick<ResendingRow, 'cooperation' | 'number'>,
  person: string,
) => `${cooperation}|again-${number}|${person}`;

/** Whether a key is that of a mail that staff had sent again. */
export const isAgain = (key: string): boolean => /\|again-\d+\|/.test(key);

export const resendingsOf = (db: CaseFile, cooperation: OneOrMore): Promise<ResendingRow[]> =>
  db
    .selectFrom('resending')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('number')
    .execute();

export const findResending = (
  db: CaseFile,
  cooperation: string,
  number: number,
): Promise<ResendingRow | undefined> =>
  db
    .selectFrom('resending')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .executeTakeFirst();

/** A mail that may be sent again: to whom now, and which time it would be. */
export type Sendable = { mail: MailRow; person: Addressee; nth: number };

/** Whether a mail, by its Message-ID, may be sent again. */
export async function sendableAgain(
  db: CaseFile,
  cooperation: string,
  messageId: string,
): Promise<Sendable | { refusal: MailFault }> {
  const mail = await db
    .selectFrom('mail')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('messageId', '=', messageId)
    .executeTakeFirst();
  if (!mail) return { refusal: 'unknown' };
  const all = await resendingsOf(db, cooperation);
  if (all.some((one) => againKey(one, mail.person) === mail.key)) return { refusal: 'copy' };
  if (mail.state !== 'sent' && mail.state !== 'refused') return { refusal: 'unsent' };
  const person = await findPerson(db, cooperation, mail.person);
  // What tells somebody that their part is over reaches them after that, too.
  if (!person || !hasAddress(person) || !(person.active || isFarewell(mail))) return { refusal: 'left' };
  if (await hasNewerInvitation(db, mail)) return { refusal: 'outdated' };
  const times = all.filter((one) => one.mail === mail.key);
  const keys = times.map((one) => againKey(one, mail.person));
  const made = await db
    .selectFrom('mail')
    .select('key')
    .where('key', 'in', [...keys, ''])
    .execute();
  // What was asked for and has not begun is asked for again, and not once more.
  const waiting = times.find((one) => !made.some(({ key }) => key === againKey(one, mail.person)));
  return { mail, person, nth: waiting?.nth ?? times.length + 1 };
}

/**
 * Enters that a mail is sent again for the nth time, and returns its number in the cooperation: that of the first who
 * asked, where somebody did before. `undefined` for a time that is not the next.
 */
export async function enterResending(
  db: CaseFile,
  { cooperation, mail, nth, by }: Pick<ResendingRow, 'cooperation' | 'mail' | 'nth' | 'by'>,
  now: string,
): Promise<number | undefined> {
  return changing(db, cooperation, async (tx) => {
    const all = await resendingsOf(tx, cooperation);
    const times = all.filter((one) => one.mail === mail);
    const standing = times.find((one) => one.nth === nth);
    if (standing) return standing.number;
    if (nth !== times.length + 1) return undefined;
    const number = (all.at(-1)?.number ?? 0) + 1;
    await tx.insertInto('resending').values({ cooperation, number, mail, nth, by, askedAt: now }).execute();
    return number;
  });
}

/**
 * The mails that were refused for good and have not been sent since, nor are about to be: of what is no longer asked none,
 * but for the notice that says so.
 */
export async function refusedMails(db: CaseFile, cooperations?: readonly string[]): Promise<MailRow[]> {
  const found = db
    .selectFrom('mail')
    .selectAll('mail')
    .where('mail.state', '=', 'refused')
    .where(sql<boolean>`mail.key not like mail.cooperation || '|again-%'`)
    .where(
      sql<boolean>`not exists (
        select from resending left join mail as again
          on again.key = ${againKeyOf('resending.cooperation', 'resending.number', 'mail.person')}
        where resending.mail = mail.key and (again.state is null or again.state <> 'refused'))`,
    )
    .where(
      sql<boolean>`(mail.notice = 'request-released' or not exists (
        select from request where request.cooperation = mail.cooperation and request.id = mail.request
          and request.closed_at is not null))`,
    )
    .orderBy('mail.preparedAt')
    .orderBy('mail.key');
  return (cooperations ? found.where('mail.cooperation', 'in', [...cooperations, '']) : found).execute();
}

/** Those whose mail is still to be sent. */
export const unsentAgain = (db: CaseFile) =>
  db
    .selectFrom('resending')
    .innerJoin('mail as first', 'first.key', 'resending.mail')
    .leftJoin('mail as again', (join) =>
      join.on('again.key', '=', againKeyOf('resending.cooperation', 'resending.number', 'first.person')),
    )
    .where((row) => row.or([row('again.key', 'is', null), row('again.state', '=', 'pending')]))
    .select(['resending.cooperation', 'resending.number']);

const againKeyOf = (cooperation: string, number: string, person: string) =>
  sql<string>`${sql.ref(cooperation)} || '|again-' || ${sql.ref(number)} || '|' || ${sql.ref(person)}`;
