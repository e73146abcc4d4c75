import { type Kysely, sql } from 'kysely';

/** Who comes to the cooperation site, by what link, and until when. Secrets are kept as their SHA-256 alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table access_link (
      token_hash text primary key,
      code_hash text not null,
      address text not null,
      cooperation text references cooperation (id),
      person text,
      path text not null,
      made_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz,
      wrong_codes integer not null default 0
    )`,
    sql`create index access_link_address on access_link (address, made_at)`,
    sql`create table site_session (
      id_hash text primary key,
      address text not null,
      language text,
      began_at timestamptz not null,
      expires_at timestamptz not null,
      ended_at timestamptz
    )`,
    sql`create index site_session_address on site_session (address)`,
    sql`create index person_address on person (lower(email))`,
    // Entries of one cooperation in their order: without it all records there are would be read.
    sql`create index record_of_cooperation on record (cooperation, seq)`,
    sql`create table visit (
      cooperation text not null references cooperation (id),
      address text not null,
      at timestamptz not null,
      before timestamptz,
      primary key (cooperation, address)
    )`,
  ];
  for (const statement of statements) await statement.execute(db);
}
