import { type Kysely, sql } from 'kysely';

/** How the last look into the mailbox of replies went: one row, none before the first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table mailbox_look (
    one boolean primary key default true check (one),
    at timestamptz not null,
    why text,
    left_there integer not null,
    aside integer not null
  )`.execute(db);
}
