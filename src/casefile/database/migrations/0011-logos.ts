import { type Kysely, sql } from 'kysely';

/** Logos of institutions, for the head of papers: every one that there was; without a file where it was taken away. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table logo (
    number integer generated always as identity primary key,
    institution text not null,
    sha256 text,
    file_name text,
    media_type text,
    width integer,
    height integer,
    put_at timestamptz not null,
    put_by text
  )`.execute(db);
}
