import { type Kysely, sql } from 'kysely';

/** Which bytes the files were that no answer has handed in: deleted some days later, where nothing else names them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // Not called `sha256`: what is so called names bytes that are kept, and backed up.
    sql`create table let_go (
      hash text primary key,
      at timestamptz not null
    )`,
    sql`create function note_let_go() returns trigger language plpgsql as $$
      begin
        insert into let_go (hash, at) values (old.sha256, now()) on conflict (hash) do update set at = excluded.at;
        return null;
      end $$`,
    sql`create trigger let_go_of_waiting_file after delete on waiting_file
      for each row execute function note_let_go()`,
  ];
  for (const statement of statements) await statement.execute(db);
}
