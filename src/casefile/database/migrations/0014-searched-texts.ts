import { type Kysely, sql } from 'kysely';

/** The search finds what the programme says, the contents and outputs of sessions, commitments, and what published sheets say. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // As JSON they would have their line ends as letters.
    sql`create function texts_in(value jsonb, path jsonpath) returns text language sql immutable parallel safe as
      $$ select string_agg(one #>> '{}', ' ') from jsonb_path_query(value, path) one $$`,
    ...['cooperation_words', 'session_words', 'meeting_words'].map(
      (index) => sql`drop index ${sql.id(index)}`,
    ),
    // What `src/casefile/search.ts` asks, word for word.
    sql`create index cooperation_words on cooperation using gin (words_in(id, programme->>'subject', programme->>'title',
      jsonb_path_query_array(programme, '$.institutions[*].name')::text,
      jsonb_path_query_array(programme, '$.institutions[*].acronym')::text,
      jsonb_path_query_array(programme, '$.institutions[*] ? (@.role != "secretariat").country')::text,
      texts_in(programme, '$.description[*]'), programme->'objectives'->>'introduction',
      texts_in(programme, '$.objectives.items[*].*'), programme->'contents'->>'introduction'))`,
    sql`create index session_words on session using gin (words_in(contents, minutes, texts_in(outputs, '$[*]')))`,
    sql`create index meeting_words on meeting using gin (words_in(minutes, texts_in(outputs, '$[*]')))`,
    sql`create index commitment_words on commitment using gin (words_in(what, text)) where withdrawn_at is null`,
    sql`create index library_sheet_text_words on library_sheet using gin (words_in(text))`,
  ];
  for (const statement of statements) await statement.execute(db);
}
