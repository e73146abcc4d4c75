import { type Kysely, sql } from 'kysely';

/** What a change had the workflows do next, as it was foreseen when it was made; null of those that were made before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table change add column follows jsonb`.execute(db);
}
