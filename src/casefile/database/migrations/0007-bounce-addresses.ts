import { type Kysely, sql } from 'kysely';

/** What the address has at which it is told what becomes of a mail: another than that of replies, which its readers see. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table mail add column bounce_token text unique`.execute(db);
  // Of those that are still to be sent; what becomes of the others was told to their reply addresses.
  await sql`update mail set bounce_token = replace(gen_random_uuid()::text, '-', '')
    where reply_token is not null`.execute(db);
}
