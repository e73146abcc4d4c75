import { type Kysely, sql } from 'kysely';

/** Why a request lapsed, as a code; and what each version of the programme printed, and changed of the one before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table request add column lapse text`.execute(db);
  await sql`alter table programme_version add column printed jsonb`.execute(db);
  await sql`alter table programme_version add column differences jsonb not null default '[]'`.execute(db);
}
