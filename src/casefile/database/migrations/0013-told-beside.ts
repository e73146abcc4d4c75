import { type Kysely, sql } from 'kysely';

/** What a mail tells beside what it is about; nothing of those that were made before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table mail add column beside jsonb not null default '[]'`.execute(db);
}
