import { type Kysely, sql } from 'kysely';

/** Whoever takes part may have a second step, too, and is not staff. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table second_factor drop constraint second_factor_address_fkey`.execute(db);
}
