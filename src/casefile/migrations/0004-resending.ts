import { type Kysely, sql } from 'kysely';

/** Mails that staff had sent again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table resending (
    cooperation text not null references cooperation (id),
    number integer not null,
    mail text not null references mail (key),
    nth integer not null,
    by text not null,
    asked_at timestamptz not null,
    primary key (cooperation, number),
    unique (mail, nth)
  )`.execute(db);
}
