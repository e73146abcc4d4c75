import { type RawBuilder, sql } from 'kysely';
import { readableBy } from '../domain/communication.ts';
import { LANGUAGES } from '../domain/language.ts';
import {
  excerptOf,
  SEARCH_KINDS,
  type SearchHit,
  type SearchKind,
  type SearchResult,
  searchedWords,
} from '../domain/search.ts';
import { STATES, stateName } from '../words/names/states.ts';
import type { CaseFile } from './database/database.ts';
import type { PersonRow } from './database/schema.ts';
import { communicationsOf } from './mails/communications.ts';
import { isAvailable } from './results/library.ts';

/**
 * Search over everything that people read, by indexes of words that PostgreSQL has without any extension (`words_in` of
 * the first migration, `texts_in` of a later one). What is in each index stands there, and here once more.
 */

/** Of each kind so many. */
const MOST = 20;
/** Of communications a reader may be one of few; so many are looked at. */
const MOST_LOOKED_AT = 500;

/** Who searches: whoever sees all cooperations, or somebody by what they take part in. */
export type Searcher = 'all' | readonly PersonRow[];

/** Finds what a reader may see that has all the words. */
export async function search(db: CaseFile, query: string, reader: Searcher): Promise<SearchResult> {
  const words = searchedWords(query);
  // A guest sees one session, and nothing that is searched.
  const parts = reader === 'all' ? 'all' : reader.filter(({ role }) => role !== 'guest');
  if (words.length === 0 || parts.length === 0) return { words, hits: [], more: [], cooperations: [] };
  const ids = parts === 'all' ? undefined : [...new Set(parts.map(({ cooperation }) => cooperation))];
  const found = await Promise.all(
    SEARCH_KINDS.map(async (kind) => {
      const most = kind === 'communication' && ids ? MOST_LOOKED_AT : MOST + 1;
      const rows = await rowsWith(db, kind, words, ids, most);
      return kind === 'communication' && parts !== 'all' ? readable(db, rows, parts) : rows;
    }),
  );
  const hits = found.flatMap((rows, index) =>
    rows.slice(0, MOST).map(({ text, ...row }) => ({
      ...{ kind: SEARCH_KINDS[index] as SearchKind, ...row },
      text: excerptOf(text ?? '', words),
    })),
  );
  const named = [...new Set(hits.map(({ cooperation }) => cooperation))];
  return {
    words,
    hits,
    more: SEARCH_KINDS.filter((_, index) => (found[index]?.length ?? 0) > MOST),
    cooperations: named.length > 0 ? await cooperationsNamed(db, named) : [],
  };
}

type HitRow = Omit<SearchHit, 'kind' | 'text'> & { text: string | null };

async function rowsWith(
  db: CaseFile,
  kind: SearchKind,
  words: readonly string[],
  ids: readonly string[] | undefined,
  most: number,
): Promise<HitRow[]> {
  const all = words.map((word) => `${word}:*`).join(' & ');
  const query = sql`to_tsquery('simple', ${kind === 'cooperation' ? withCountries(words) : all})`;
  const within = (column: RawBuilder<unknown>) => (ids ? sql`${column} = any(${ids}::text[])` : sql`true`);
  const { rows } = await sql<HitRow>`${FOUND[kind](query, within)} limit ${most}`.execute(db);
  return rows;
}

/** The words, each or the country that it begins the name of. */
function withCountries(words: readonly string[]): string {
  const of = (word: string) =>
    Object.keys(STATES).filter((country) =>
      LANGUAGES.some((language) =>
        searchedWords(stateName(country, language)).some((part) => word.length > 2 && part.startsWith(word)),
      ),
    );
  return words
    .map((word) => `(${[`${word}:*`, ...of(word).map((code) => code.toLowerCase())].join(' | ')})`)
    .join(' & ');
}

type Select = (
  query: RawBuilder<unknown>,
  within: (column: RawBuilder<unknown>) => RawBuilder<unknown>,
) => RawBuilder<HitRow>;

/** The newest first; each with the expression of its index. */
const FOUND: Record<SearchKind, Select> = {
  cooperation: (query, within) => sql<HitRow>`
    select id as cooperation, id as ref, null as name, concat_ws(' · ', programme->>'subject', programme->>'title',
      texts_in(programme, '$.description[*]'), programme->'objectives'->>'introduction',
      texts_in(programme, '$.objectives.items[*].*'), programme->'contents'->>'introduction') as text
    from cooperation where ${cooperationWords} @@ ${query} and ${within(sql`id`)}
    order by call_year desc, call_number desc, id`,
  person: (query, within) => sql<HitRow>`
    select cooperation, id as ref, name, concat_ws(' · ', post, email) as text
    from person where words_in(name, post, email) @@ ${query} and active and ${within(sql`cooperation`)}
    order by cooperation desc, position`,
  document: (query, within) => sql<HitRow>`
    with found as (
      select cooperation, id from document where words_in(title) @@ ${query}
      union
      select cooperation, document from document_version where words_in(file_name) @@ ${query} and withheld is null
      union
      select s.cooperation, 'sheet' from library_sheet s where words_in(s.text) @@ ${query} and ${isAvailable}
    )
    select d.cooperation, d.id as ref, d.title as name, concat_ws(' — ', newest.file_name, s.text) as text
    from found join document d using (cooperation, id)
    left join library_sheet s on s.cooperation = d.cooperation and d.id = 'sheet' and ${isAvailable}
    left join lateral (
      select file_name from document_version v
      where v.cooperation = d.cooperation and v.document = d.id and v.withheld is null
      order by version desc limit 1
    ) newest on true
    where ${within(sql`d.cooperation`)} order by d.created_at desc, d.id`,
  question: (query, within) => sql<HitRow>`
    select cooperation, number::text as ref, null as name, concat_ws(' — ', text, answer) as text
    from question where words_in(text, answer) @@ ${query} and ${within(sql`cooperation`)}
    order by asked_at desc, number`,
  minutes: (query, within) => sql<HitRow>`
    select cooperation, ref, null as name, text from (
      select cooperation, number::text as ref, concat_ws(' — ', contents, minutes, texts_in(outputs, '$[*]')) as text,
        recorded_at
      from session where words_in(contents, minutes, texts_in(outputs, '$[*]')) @@ ${query}
      union all
      select cooperation, '0', concat_ws(' — ', minutes, texts_in(outputs, '$[*]')), recorded_at
      from meeting where words_in(minutes, texts_in(outputs, '$[*]')) @@ ${query}
    ) held where ${within(sql`cooperation`)} order by recorded_at desc nulls last, cooperation, ref`,
  commitment: (query, within) => sql<HitRow>`
    select cooperation, number::text as ref, null as name, concat_ws(' — ', what, text) as text
    from commitment where words_in(what, text) @@ ${query} and withdrawn_at is null and ${within(sql`cooperation`)}
    order by due desc, cooperation, number`,
  communication: (query, within) => sql<HitRow>`
    select cooperation, number::text as ref, subject as name, text
    from communication where words_in(subject, text) @@ ${query} and ${within(sql`cooperation`)}
    order by at desc, number`,
};
const cooperationWords = sql`words_in(id, programme->>'subject', programme->>'title',
  jsonb_path_query_array(programme, '$.institutions[*].name')::text,
  jsonb_path_query_array(programme, '$.institutions[*].acronym')::text,
  jsonb_path_query_array(programme, '$.institutions[*] ? (@.role != "secretariat").country')::text,
  texts_in(programme, '$.description[*]'), programme->'objectives'->>'introduction',
  texts_in(programme, '$.objectives.items[*].*'), programme->'contents'->>'introduction')`;

/** Those that somebody may read, of cooperations in which they answer for the Secretariat or take part. */
async function readable(
  db: CaseFile,
  rows: readonly HitRow[],
  parts: readonly PersonRow[],
): Promise<HitRow[]> {
  const ids = [...new Set(rows.map(({ cooperation }) => cooperation))];
  if (ids.length === 0) return [];
  const all = Map.groupBy(await communicationsOf(db, ids), ({ cooperation }) => cooperation);
  const theirs = new Set(
    ids.flatMap((id) =>
      parts
        .filter(({ cooperation }) => cooperation === id)
        .flatMap((person) =>
          readableBy(all.get(id) ?? [], { person: person.id, secretariat: person.role === 'staff' }),
        )
        .map(({ number }) => `${id} ${number}`),
    ),
  );
  return rows.filter(({ cooperation, ref }) => theirs.has(`${cooperation} ${ref}`));
}

const cooperationsNamed = (db: CaseFile, ids: readonly string[]): Promise<SearchResult['cooperations']> =>
  db
    .selectFrom('cooperation')
    .where('id', 'in', ids)
    .select([
      'id',
      sql<string>`programme->>'subject'`.as('subject'),
      sql<SearchResult['cooperations'][number]['institutions']>`programme->'institutions'`.as('institutions'),
    ])
    .execute();
