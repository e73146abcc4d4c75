import { type Kysely, sql } from 'kysely';

/** The language of the papers that a Word template is for; null of one for all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table word_template add column language text`.execute(db);
}
