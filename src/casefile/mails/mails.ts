import { sql } from 'kysely';
import type { NoticeKind } from '../../domain/mails/notice.ts';
import { type CaseFile, changing, json } from '../database/database.ts';
import type { MailRow } from '../database/schema.ts';
import { addToRecord } from '../record.ts';
import { newAddressToken } from './incomingMails.ts';

type OfInvitation = 'session' | 'sequence' | 'method';
type OfSending = 'state' | 'handedOver' | 'attempts' | 'response' | 'sentAt' | 'digest';
export type PreparedMail = Omit<
  MailRow,
  OfSending | OfInvitation | 'replyToken' | 'bounceToken' | 'bouncedAt' | 'beside'
> &
  Partial<Pick<MailRow, OfInvitation | 'replyToken' | 'beside'>>;

/** What has not gone out, by itself or in a digest. */
const UNSENT = ['pending', 'held'] as const;

/** Enters a mail before it is sent for the first time; one that is there already stays as it was prepared. */
export async function prepareMail(db: CaseFile, { beside = [], ...mail }: PreparedMail): Promise<MailRow> {
  await db
    .insertInto('mail')
    .values({
      ...mail,
      beside: json(beside),
      bounceToken: mail.replyToken ? newAddressToken() : null,
      ...{ state: 'pending', handedOver: false, attempts: 0, response: null, sentAt: null },
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return (await findMail(db, mail.key)) as MailRow;
}

export const findMail = (db: CaseFile, key: string): Promise<MailRow | undefined> =>
  db.selectFrom('mail').selectAll().where('key', '=', key).executeTakeFirst();

/** Notes that a mail is about to be handed over. Where that fails, it is not: it would go out again with each attempt. */
export async function noteHandedOver(db: CaseFile, key: string): Promise<void> {
  await db.updateTable('mail').set({ handedOver: true }).where('key', '=', key).execute();
}

/** What becomes of a mail that nobody needs any more. */
const GIVEN_UP = sql<MailRow['state']>`case when handed_over then 'unconfirmed' else 'withdrawn' end`;

/**
 * Notes how an attempt ended. `refused` is for good, and shown to staff; `pending` is tried again.
 *
 * @param unanswered the server had the whole mail, and did not say whether it took it
 */
export async function noteAttempt(
  db: CaseFile,
  mail: MailRow,
  state: MailRow['state'],
  response: string,
  now: string,
  unanswered = false,
): Promise<void> {
  await changing(db, mail.cooperation, async (tx) => {
    await tx
      .updateTable('mail')
      .set((row) => ({
        // One that was given up while it was under way stays so, and is not on its way any more.
        ...(state !== 'pending'
          ? { state }
          : !unanswered && {
              state: sql<MailRow['state']>`case state when 'unconfirmed' then 'withdrawn' else state end`,
            }),
        handedOver: unanswered,
        response,
        attempts: row('attempts', '+', 1),
        sentAt: state === 'sent' ? now : null,
      }))
      .where('key', '=', mail.key)
      .execute();
    if (state !== 'pending')
      await addToRecord(tx, {
        cooperation: mail.cooperation,
        key: `mail:${mail.key}`,
        at: now,
        kind: state === 'sent' ? 'mail-sent' : 'mail-refused',
        person: mail.person,
        data: {
          notice: mail.notice,
          ...(mail.request && { request: mail.request }),
          messageId: mail.messageId,
        },
      });
  });
}

/** How far back the record is read for mails, and how many people have to be refused for it to be the server's fault. */
const RECENT_ENTRIES = 500;
const PEOPLE_REFUSED = 3;

/**
 * Whether the mail server refuses everybody: several people for good, or with a mail that is kept to be tried again, and
 * nobody's mail was taken since the first of them. Then it is the server's fault, not that of the addresses.
 *
 * @param next somebody whom it has just refused, too, which is not written down yet
 */
export async function refusesEverybody(
  db: CaseFile,
  next?: Pick<MailRow, 'cooperation' | 'person'>,
): Promise<boolean> {
  const { rows } = await sql<{ kind: string; person: string }>`
    select kind, cooperation || ' ' || person as person from record
    where seq > (select coalesce(max(seq), 0) - ${RECENT_ENTRIES} from record) and kind in ('mail-sent', 'mail-refused')
    order by seq desc`.execute(db);
  const sent = rows.findIndex(({ kind }) => kind === 'mail-sent');
  const refused = new Set(rows.slice(0, sent < 0 ? undefined : sent).map(({ person }) => person));
  // One or two addresses that are wrong are no such sign, also where their mails are tried again.
  if (refused.size < PEOPLE_REFUSED - 1) return false;
  if (next) refused.add(`${next.cooperation} ${next.person}`);
  const kept = await sql<{ person: string }>`
    select distinct cooperation || ' ' || person as person from mail
    where state = 'pending' and attempts > 0 and response ~ '^5[0-9][0-9]' limit ${PEOPLE_REFUSED}`.execute(
    db,
  );
  for (const { person } of kept.rows) refused.add(person);
  return refused.size >= PEOPLE_REFUSED;
}

/** Notes that a mail did not arrive that a server had taken. `forGood`: nor will any other to its address. */
export async function noteBounced(
  db: CaseFile,
  key: string,
  response: string,
  { at, forGood }: { at: string; forGood: boolean },
): Promise<void> {
  await db
    .updateTable('mail')
    .set({ state: 'refused', response, ...(forGood && { bouncedAt: at }) })
    .where('key', '=', key)
    .where('bouncedAt', 'is', null)
    .execute();
}

/**
 * What a mail server said, where it is known that no mail reaches an address: the last that came back came back for good,
 * and staff have had none sent there again since.
 */
export async function unreachedBecause(db: CaseFile, address: string): Promise<string | undefined> {
  const { rows } = await sql<{ bounced: boolean; response: string | null }>`
    select bounced_at is not null as bounced, response from mail
    where lower(address) = lower(${address})
      and (bounced_at is not null or (state = 'sent' and key ~ '\\|again-[0-9]+\\|'))
    order by coalesce(bounced_at, sent_at) desc limit 1`.execute(db);
  return rows[0]?.bounced ? (rows[0].response ?? '') : undefined;
}

export const mailsOf = (db: CaseFile, cooperation: string): Promise<MailRow[]> =>
  db
    .selectFrom('mail')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .orderBy('preparedAt')
    .orderBy('key')
    .execute();

/** Whether a person was written to before, or is about to be; by these notices, where they are given. */
export const hasMails = async (
  db: CaseFile,
  cooperation: string,
  person: string,
  notices?: readonly NoticeKind[],
): Promise<boolean> =>
  (await db
    .selectFrom('mail')
    .select('key')
    .where('cooperation', '=', cooperation)
    .where('person', '=', person)
    .$if(notices !== undefined, (mails) => mails.where('notice', 'in', notices ?? []))
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Whether a mail to a person has gone out, or may have: they have heard of the cooperation. */
export const wasWrittenTo = async (db: CaseFile, cooperation: string, person: string): Promise<boolean> =>
  (await db
    .selectFrom('mail')
    .select('key')
    .where('cooperation', '=', cooperation)
    .where('person', '=', person)
    .where((row) => row.or([row('handedOver', '=', true), row('state', 'not in', [...UNSENT, 'withdrawn'])]))
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** The token of the reply address that a person was given first. */
export const firstReplyToken = async (
  db: CaseFile,
  cooperation: string,
  person: string,
): Promise<string | null> => {
  const first = await db
    .selectFrom('mail')
    .select('replyToken')
    .where('cooperation', '=', cooperation)
    .where('person', '=', person)
    .where('replyToken', 'is not', null)
    .orderBy('preparedAt')
    .orderBy('key')
    .limit(1)
    .executeTakeFirst();
  return first?.replyToken ?? null;
};

/** Gives up a mail that was prepared and not sent. */
export async function withdrawMail(db: CaseFile, key: string): Promise<void> {
  await db
    .updateTable('mail')
    .set({ state: GIVEN_UP })
    .where('key', '=', key)
    .where('state', '=', 'pending')
    .execute();
}

/** Forgets a mail that surely did not go out, so that it is composed anew. */
export async function forgetMail(db: CaseFile, key: string): Promise<void> {
  await db
    .deleteFrom('mail')
    .where('key', '=', key)
    .where('state', '=', 'pending')
    .where('handedOver', '=', false)
    .execute();
}

/** A calendar object of somebody's. */
export type InCalendar = { cooperation: string; person: string; session: number; sequence: number };

/** Whether a person has, or is about to get, a calendar object of a session with a higher SEQUENCE than this one has. */
export async function isOvertaken(
  db: CaseFile,
  { cooperation, person, session, sequence }: InCalendar,
): Promise<boolean> {
  const newer = await db
    .selectFrom('mail')
    .select('key')
    .where('cooperation', '=', cooperation)
    .where('person', '=', person)
    .where('state', '<>', 'withdrawn')
    .where((row) =>
      row.or([
        row.and([row('session', '=', session), row('sequence', '>', sequence)]),
        sql<boolean>`exists (
          select from jsonb_array_elements(mail.beside) as one
          where (one->>'session')::int = ${session} and (one->>'sequence')::int > ${sequence}
        )`,
      ]),
    )
    .limit(1)
    .execute();
  return newer.length > 0;
}

/** The same of any calendar object of a mail. */
export async function hasNewerInvitation(
  db: CaseFile,
  { cooperation, person, session, sequence, beside }: MailRow,
): Promise<boolean> {
  for (const one of [{ session, sequence }, ...beside])
    if (
      typeof one.session === 'number' &&
      typeof one.sequence === 'number' &&
      (await isOvertaken(db, { cooperation, person, session: one.session, sequence: one.sequence }))
    )
      return true;
  return false;
}

/** Of mails that tell one thing: those that tell several are composed anew where some of it is over. */
const TELLS_ONE = sql<boolean>`beside = '[]'`;

/**
 * A request that was answered asks nobody any more: what could not be sent yet is not sent, but for the notice that says
 * so, and for the invitation that it came with.
 */
export async function withdrawMails(db: CaseFile, cooperation: string, request: string): Promise<void> {
  await db
    .updateTable('mail')
    .set({ state: GIVEN_UP })
    .where('cooperation', '=', cooperation)
    .where('request', '=', request)
    .where('notice', 'not in', ['request-released', 'invitation', 'answer-by-mail'])
    .where('state', 'in', UNSENT)
    .where(TELLS_ONE)
    .execute();
}

/**
 * The same of all that was on its way to a person, or of one request. What removes a session from their calendar still
 * goes out.
 */
export async function withdrawMailsTo(
  db: CaseFile,
  cooperation: string,
  person: string,
  request?: string,
): Promise<void> {
  const pending = db
    .updateTable('mail')
    .set({ state: GIVEN_UP })
    .where('cooperation', '=', cooperation)
    .where('person', '=', person)
    .where('state', 'in', UNSENT)
    .where((row) => row.or([row('method', 'is', null), row('method', '<>', 'CANCEL')]));
  await (request === undefined
    ? pending
    : pending.where('request', '=', request).where('notice', '<>', 'invitation').where(TELLS_ONE)
  ).execute();
}

/**
 * After a person's address was corrected: what is told again to the new one is not sent to the old, and all else that
 * was on its way is composed anew when it is tried again.
 */
export async function redirectMails(db: CaseFile, cooperation: string, person: string): Promise<void> {
  await db
    .deleteFrom('mail')
    .where('cooperation', '=', cooperation)
    .where('person', '=', person)
    .where('state', 'in', UNSENT)
    .where((row) =>
      row.or([
        row('notice', '=', 'request-released'),
        row('method', '=', 'CANCEL'),
        sql<boolean>`beside <> '[]' and notice not in ('request', 'invitation', 'convocation')`,
        row.and([row('request', 'is', null), row('session', 'is', null)]),
      ]),
    )
    .execute();
  await withdrawMailsTo(db, cooperation, person);
}
