import { type Kysely, sql } from 'kysely';

/** Who of the Secretariat has seen to a mail that is in nobody's name, and when. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table communication
    add column seen_to_by text,
    add column seen_to_at timestamptz,
    add check ((seen_to_by is null) = (seen_to_at is null))`.execute(db);
}
