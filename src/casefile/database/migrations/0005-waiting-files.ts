import { type Kysely, sql } from 'kysely';

/** Files that are nobody's documents until an answer names them; bytes that are handed in again are the same file. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table waiting_file (
    cooperation text not null references cooperation (id),
    document text not null,
    kind text not null,
    party text not null,
    by text not null,
    sha256 text not null,
    size bigint not null,
    media_type text not null,
    file_name text not null,
    title text not null,
    link text,
    changes jsonb,
    came jsonb not null,
    at timestamptz not null,
    primary key (cooperation, document, by, sha256)
  )`.execute(db);
}
