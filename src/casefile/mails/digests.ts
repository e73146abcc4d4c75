import { sql } from 'kysely';
import { peopleAt, plainAddress } from '../access/access.ts';
import { openRequestsOf } from '../cooperations.ts';
import type { CaseFile, CaseFileTransaction } from '../database/database.ts';
import type { Addressee, MailRow, PersonRow, RequestRow } from '../database/schema.ts';
import type { Today } from '../handOvers.ts';
import { inCharge } from '../people.ts';
import { answersTo, owingOf } from '../requests.ts';

/**
 * Officers who get one mail a morning in place of one for each thing: who they are, and the mails that are held for it. Held
 * is what was composed and is not sent by itself; once a digest has it, it is `gathered` there, and never in another.
 */

/** Whether whoever has an address gets a digest. */
export const getsDigest = async (db: CaseFile, address: string): Promise<boolean> =>
  (await db
    .selectFrom('digestSetting')
    .select('address')
    .where('address', '=', plainAddress(address))
    .executeTakeFirst()) !== undefined;

/** In which cooperations somebody is an officer. */
export const officesOf = async (db: CaseFile, address: string): Promise<Addressee[]> =>
  (await peopleAt(db, address)).filter(({ role }) => role === 'staff');

/** Has an officer get a digest from now on, or each mail as it comes. */
export async function setDigest(db: CaseFile, given: string, on: boolean, at: string): Promise<void> {
  const address = plainAddress(given);
  if (on)
    await db
      .insertInto('digestSetting')
      .values({ address, since: at })
      .onConflict((conflict) => conflict.column('address').doNothing())
      .execute();
  else await db.deleteFrom('digestSetting').where('address', '=', address).execute();
}

/** Keeps a mail that was prepared and not sent for the next digest. Whether it is held. */
export async function holdMail(db: CaseFile, key: string): Promise<boolean> {
  const held = await db
    .updateTable('mail')
    .set({ state: 'held' })
    .where('key', '=', key)
    .where('state', '=', 'pending')
    .where('attempts', '=', 0)
    .returning('key')
    .executeTakeFirst();
  return held !== undefined;
}

/** The addresses, as people have them now, for which mails are held; those of whoever takes part no more are withdrawn. */
export async function addressesWithHeld(db: CaseFile): Promise<string[]> {
  await sql`
    update mail set state = 'withdrawn' from person
    where mail.state = 'held' and person.cooperation = mail.cooperation and person.id = mail.person
      and not person.active`.execute(db);
  const { rows } = await sql<{ address: string }>`
    select distinct lower(person.email) as address
    from mail join person on person.cooperation = mail.cooperation and person.id = mail.person
    where mail.state = 'held' order by 1`.execute(db);
  return rows.map(({ address }) => address);
}

/** Does something with the mails that are held for an address, one at a time for each address. */
export const withHeld = <T>(
  db: CaseFile,
  address: string,
  work: (held: MailRow[], tx: CaseFileTransaction) => Promise<T>,
): Promise<T> =>
  db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`digest ${address}`}))`.execute(tx);
    const held = await tx
      .selectFrom('mail')
      .innerJoin('person', (join) =>
        join.onRef('person.cooperation', '=', 'mail.cooperation').onRef('person.id', '=', 'mail.person'),
      )
      .selectAll('mail')
      .where('mail.state', '=', 'held')
      .where(sql`lower(person.email)`, '=', address)
      .orderBy('mail.preparedAt')
      .orderBy('mail.key')
      .forUpdate('mail')
      .execute();
    return work(held, tx);
  });

/** Notes that a digest has these mails. */
export const noteGathered = (db: CaseFile, keys: readonly string[], digest: string): Promise<unknown> =>
  db.updateTable('mail').set({ state: 'gathered', digest }).where('key', 'in', keys).execute();

/** What somebody has been asked for and owes, of one cooperation. */
export async function requestsOwedBy(db: CaseFile, person: PersonRow, today: Today): Promise<RequestRow[]> {
  const owed: RequestRow[] = [];
  for (const request of await openRequestsOf(db, person.cooperation)) {
    const owing = owingOf(request, await answersTo(db, person.cooperation, request.id));
    if (!owing.includes(person.party)) continue;
    const { people } = await inCharge(db, person.cooperation, request.id, [person.party], today);
    if (people.some(({ id }) => id === person.id)) owed.push(request);
  }
  return owed;
}
