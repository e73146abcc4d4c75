import { type Kysely, sql } from 'kysely';

/**
 * Files that waited for an answer and are forgotten: their bytes are in the store, and count as sent. Kept by the database
 * itself, whoever deletes them; what was handed in is a document, which counts by itself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table forgotten_file (
      number bigint generated always as identity primary key,
      cooperation text not null references cooperation (id),
      by text not null,
      size bigint not null,
      at timestamptz not null
    )`,
    sql`create index forgotten_file_of_sender on forgotten_file (cooperation, by)`,
    sql`create function note_forgotten() returns trigger language plpgsql as $$
      begin
        insert into forgotten_file (cooperation, by, size, at)
          select gone.cooperation, gone."by", gone.size, gone.at from jsonb_populate_record(null::waiting_file, to_jsonb(old)) gone
          where not exists (
            select from document_version v
            where v.cooperation = gone.cooperation and v."by" = gone."by" and v.sha256 = gone.sha256
          );
        return null;
      end $$`,
    sql`create trigger forgotten_file_noted after delete on waiting_file
      for each row execute function note_forgotten()`,
  ];
  for (const statement of statements) await statement.execute(db);
}
