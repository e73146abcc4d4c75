import { type Kysely, sql } from 'kysely';

/** The sealed case file of a cooperation that is over, and what came of it as ministries signed it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table closing_paper (
    cooperation text primary key references cooperation (id),
    sha256 text not null,
    size bigint not null,
    reading_sha256 text not null,
    reading_size bigint not null,
    stamp text not null,
    made_at timestamptz not null
  )`.execute(db);
  // Each begins with the one before, the first with the paper; `done_at`: the others have been told.
  await sql`create table closing_signature (
    cooperation text not null references closing_paper (cooperation),
    number integer not null,
    party text not null,
    by text not null,
    sha256 text not null,
    size bigint not null,
    signatures jsonb not null,
    recorded jsonb,
    at timestamptz not null,
    done_at timestamptz,
    primary key (cooperation, number)
  )`.execute(db);
}
