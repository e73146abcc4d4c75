import { sql } from 'kysely';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { Programme } from '../../domain/programme/programme.ts';
import {
  type Experience,
  type LibraryAnswer,
  type LibraryQuestion,
  LONGEST_REQUEST,
  type NearExperience,
  passageOf,
  SHEETS_A_PAGE,
  themeOf,
  wordsWritten,
} from '../../domain/results/library.ts';
import { LONGEST_QUERY } from '../../domain/search.ts';
import type { CaseFile, CaseFileTransaction } from '../database/database.ts';
import { cachedRead } from '../database/readCache.ts';
import type { CaseFileTables } from '../database/schema.ts';
import { standingSheets } from './sheets.ts';

/**
 * The library: published sheets by their words, in the stems of each one's language, without any extension of PostgreSQL.
 * What is in it is made of the record, the documents and the bytes in the store, and can be made anew. A version that is
 * withheld is not in it from that moment on.
 */

/** How sheets are read: counted up where that changes, so that all are read anew. */
const MADE_BY = 1;
/** Of all that have the words so many are ranked by the whole of their text: those that fit best by theme, then the newest. */
const RANKED = 50;
const MOST_THEMES = 15;
/** So many words tell what a request is about, in each language. */
const TELLING_WORDS = 25;
/** A word is too common to tell anything where more of the sheets have it, unless those are few. */
const COMMON = { share: 0.1, sheets: 20 };
const NEAREST = 5;
const SHARED_SHOWN = 6;
/** One word in common says nothing, nor do several of which the request has many more. */
const LEAST_SHARED = 2;
const LEAST_LIKENESS = 0.1;

/** A published sheet that is not in the library yet, or was read in another way. */
export type UnreadSheet = {
  cooperation: string;
  programme: Programme;
  version: number;
  sha256: string;
  mediaType: string;
  size: string;
  publishedAt: string;
};

/** The sheets that the library lacks, and those that it has as they no longer are. */
export async function unreadSheets(db: CaseFile, most: number): Promise<UnreadSheet[]> {
  const { rows } =
    await sql<UnreadSheet>`select p.cooperation, c.programme, v.version, v.sha256, v.media_type, v.size,
    p.at as published_at
    from ${standingSheets} p
    join cooperation c on c.id = p.cooperation
    join document_version v on v.cooperation = p.cooperation and v.document = 'sheet' and v.version = p.version
      and v.sha256 = p.sha256
    left join library_sheet s on s.cooperation = p.cooperation
    where s.cooperation is null or s.sha256 <> p.sha256 or s.version <> p.version or s.made_by <> ${MADE_BY}
    order by p.at, p.cooperation limit ${most}`.execute(db);
  return rows;
}

/** A sheet as it is put into the library: what stands in its place is of an earlier version, or was read otherwise. */
export type ReadSheet = Omit<CaseFileTables['librarySheet'], 'madeBy' | 'themes' | 'year'> & {
  /** What else it is found by, before its text: whose it is, what it was for. */
  about: string;
};

export async function putSheet(db: CaseFile, sheet: ReadSheet): Promise<void> {
  const { cooperation, language, about, themeNames, subject, text, publishedAt, ...rest } = sheet;
  const names = [...new Map(themeNames.map((name) => [themeOf(name), name])).entries()].filter(
    ([one]) => one,
  );
  const year = Number(publishedAt.slice(0, 4));
  const theme = [subject, ...themeNames].join(' ');
  await db.transaction().execute(async (tx) => {
    // One at a time: words are counted over all sheets.
    await sql`select pg_advisory_xact_lock(hashtext('library'))`.execute(tx);
    await countWords(tx, cooperation, -1);
    await sql`insert into library_sheet (cooperation, version, sha256, made_by, language, subject, call_number,
        call_year, year, countries, themes, theme_names, published_at, read, text, head, words)
      select ${cooperation}, ${rest.version}, ${rest.sha256}, ${MADE_BY}, ${language}, ${subject}, ${rest.callNumber},
        ${rest.callYear}, ${year}, ${rest.countries}::text[], ${names.map(([one]) => one)}::text[],
        ${names.map(([, name]) => name)}::text[], ${publishedAt}, ${rest.read}, ${text}, head.stems,
        head.stems || setweight(stems_in(${language}, ${text}), 'D')
      from (select setweight(stems_in(${language}, ${theme}), 'A') || setweight(stems_in(${language}, ${about}), 'B')) head (stems)
      on conflict (cooperation) do update set version = excluded.version, sha256 = excluded.sha256,
        made_by = excluded.made_by, language = excluded.language, subject = excluded.subject,
        call_number = excluded.call_number, call_year = excluded.call_year, year = excluded.year,
        countries = excluded.countries, themes = excluded.themes, theme_names = excluded.theme_names,
        published_at = excluded.published_at, read = excluded.read, text = excluded.text, head = excluded.head,
        words = excluded.words`.execute(tx);
    await countWords(tx, cooperation, 1);
  });
}

/** Counts the words of a sheet that comes, or that goes. */
const countWords = (tx: CaseFileTransaction, cooperation: string, by: 1 | -1) =>
  sql`insert into library_word (language, word, sheets)
    select language, word, ${by} from library_sheet, unnest(tsvector_to_array(words)) word
    where cooperation = ${cooperation} order by language, word
    on conflict (language, word) do update set sheets = library_word.sheets + excluded.sheets`.execute(tx);

/** Has every sheet read anew, by whoever looks for what the library lacks; until then they are found as they are. */
export async function forgetReadings(db: CaseFile): Promise<number> {
  const { numUpdatedRows } = await db.updateTable('librarySheet').set({ madeBy: 0 }).executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Of a sheet that nobody may have any more nothing is found. They are few, and looked up once for each question. */
export const isAvailable = sql`s.cooperation not in (select v.cooperation from document_version v join library_sheet w
  on w.cooperation = v.cooperation and w.version = v.version where v.document = 'sheet' and v.withheld is not null)`;

/** What fits best first, a page of it, with how many there are by country, theme and year of all that fit. */
export function searchLibrary(db: CaseFile, asked: LibraryQuestion): Promise<LibraryAnswer> {
  const q = (asked.q ?? '').slice(0, LONGEST_QUERY).trim();
  const { country = '', theme = '', year = '', page = '' } = asked;
  // What people see first, and again and again.
  return q === ''
    ? cachedRead(db, JSON.stringify(['library', country, theme, year, page]), () => searched(db, asked, q))
    : searched(db, asked, q);
}

async function searched(db: CaseFile, asked: LibraryQuestion, q: string): Promise<LibraryAnswer> {
  const { country, theme, year } = asked;
  const page = Number(asked.page ?? 1);
  const columns = sql`s.cooperation, s.year, s.countries, s.themes, s.theme_names, s.published_at,
    ${country ? sql`s.countries @> array[${country.toUpperCase()}]::text[]` : sql`true`} as of_country,
    ${theme ? sql`s.themes @> array[${themeOf(theme)}]::text[]` : sql`true`} as of_theme,
    ${year ? sql`s.year = ${Number(year)}` : sql`true`} as of_year`;
  const queries = q === '' ? [] : await queriesOf(db, q);
  // Each language by itself, so that the index is asked for the stems of one.
  const ofLanguage = ({
    language,
    query,
  }: LanguageQuery) => sql`select ${columns}, ts_rank(s.head, ${query}::tsquery, 1) as rank
    from library_sheet s where s.language = ${sql.lit(language)}
      and indexed_words(s.words) @@ ${query}::tsquery and ${isAvailable}`;
  const matched =
    queries.length > 0
      ? sql.join(queries.map(ofLanguage), sql` union all `)
      : sql`select ${columns}, 0::real as rank from library_sheet s where ${q === ''} and ${isAvailable}`;
  const wholeRank = sql`case s.language ${sql.join(
    queries.map(
      ({ language, query }) => sql`when ${sql.lit(language)} then ts_rank(s.words, ${query}::tsquery, 1)`,
    ),
    sql` `,
  )} end`;
  const from = (page - 1) * SHEETS_A_PAGE;
  const shown =
    queries.length > 0 && from < RANKED
      ? sql`select s.cooperation, row_number() over (order by ${wholeRank} desc, s.published_at desc, s.cooperation) as place
          from (select cooperation from fitting order by rank desc, published_at desc, cooperation limit ${RANKED}) near
          join library_sheet s using (cooperation)`
      : sql`select cooperation, row_number() over (order by rank desc, published_at desc, cooperation) as place from fitting`;
  type Row = Pick<LibraryAnswer, 'total' | 'countries' | 'themes' | 'years'> & { shown: string[] };
  // How many there would be with another country, theme or year is told beside each: by what the other two leave.
  const { rows } = await sql<Row>`select * from (
    with matched as materialized (
      ${matched}
    ), fitting as materialized (
      select cooperation, published_at, rank from matched where of_country and of_theme and of_year
    )
    select
      (select count(*)::int from fitting) as total,
      (select coalesce(jsonb_agg(to_jsonb(f)), '[]') from (
        select country, count(*)::int as sheets
        from (select unnest(countries) as country from matched where of_theme and of_year) t
        group by 1 order by 2 desc, 1
      ) f) as countries,
      (select coalesce(jsonb_agg(to_jsonb(f)), '[]') from (
        select theme, (
          select theme_names[array_position(themes, top.theme)] from matched where themes @> array[top.theme] limit 1
        ) as name, sheets
        from (
          select theme, count(*)::int as sheets
          from (select unnest(themes) as theme from matched where of_country and of_year) t
          group by 1 order by 2 desc, theme collate "C" limit ${MOST_THEMES}
        ) top
      ) f) as themes,
      (select coalesce(jsonb_agg(to_jsonb(f)), '[]') from (
        select year, count(*)::int as sheets from matched where of_country and of_theme group by 1 order by 1 desc
      ) f) as years,
      (select coalesce(array_agg(cooperation order by place), '{}') from (${shown}) f
        where place > ${from} and place <= ${from + SHEETS_A_PAGE}) as shown
  ) answer`.execute(db);
  const { total = 0, shown: ids = [], countries = [], themes = [], years = [] } = rows[0] ?? {};
  const sheets = await experiences(
    db,
    ids,
    ({ language }) => queries.find((one) => one.language === language)?.stems ?? [],
  );
  const pages = Math.max(1, Math.ceil(total / SHEETS_A_PAGE));
  return { total, page, pages, sheets, countries, themes, years };
}

type LanguageQuery = { language: Language; query: string; stems: string[] };

/** What words ask for in each language: all of their stems. Languages in which they are all too common ask for nothing. */
async function queriesOf(db: CaseFile, words: string): Promise<LanguageQuery[]> {
  const { rows } = await sql<LanguageQuery>`select language, stems_asked(language, ${words})::text as query,
    tsvector_to_array(stems_in(language, ${words})) as stems
    from unnest(${[...LANGUAGES]}::text[]) language`.execute(db);
  return rows.filter(({ query }) => query !== '');
}

/** What is shown of sheets, in the order of their cooperations, each with the passage that has most of its stems. */
export async function experiences(
  db: CaseFile,
  ids: readonly string[],
  stemsFor: (sheet: { cooperation: string; language: Language }) => readonly string[],
): Promise<Experience[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('librarySheet as s')
    .innerJoin('cooperation', 'cooperation.id', 's.cooperation')
    .innerJoin('documentVersion as v', (join) =>
      join
        .onRef('v.cooperation', '=', 's.cooperation')
        .on('v.document', '=', 'sheet')
        .onRef('v.version', '=', 's.version'),
    )
    .where('s.cooperation', 'in', [...ids])
    .where('v.withheld', 'is', null)
    .select(['s.cooperation', 's.subject', 's.callNumber', 's.callYear', 's.language', 's.publishedAt'])
    .select(['s.themeNames', 's.read', 's.text', 'v.sha256', 'v.fileName', 'v.mediaType', 'v.size'])
    .select(sql<Experience['institutions']>`cooperation.programme->'institutions'`.as('institutions'))
    .execute();
  return ids.flatMap((id) => {
    const row = rows.find(({ cooperation }) => cooperation === id);
    if (!row) return [];
    const { cooperation, subject, institutions, language, publishedAt, read } = row;
    return {
      ...{ cooperation, subject, institutions, language, publishedAt, read },
      call: { number: row.callNumber, year: row.callYear },
      themes: row.themeNames,
      file: {
        ...{ sha256: row.sha256, fileName: row.fileName, mediaType: row.mediaType },
        size: Number(row.size),
      },
      passage: passageOf(row.text, stemsFor(row)),
    };
  });
}

/** The published sheet of a cooperation; nothing where it is in no library. */
export const sheetOf = async (db: CaseFile, cooperation: string): Promise<Experience | undefined> =>
  (await experiences(db, [cooperation], () => []))[0];

/** The same as a file. */
export const sheetFile = async (db: CaseFile, cooperation: string): Promise<Experience['file'] | undefined> =>
  (await sheetOf(db, cooperation))?.file;

/**
 * The experiences nearest to what a request says: those that have most of the words which set it apart, each weighed by
 * how few sheets have it. Words are compared in the stems of every language, so that sheets in another one are found by
 * what is spelled alike.
 */
export async function nearestTo(db: CaseFile, request: string): Promise<NearExperience[]> {
  const text = request.slice(0, LONGEST_REQUEST);
  type Row = { cooperation: string; language: Language; likeness: number; words: string[] };
  const { rows } = await sql<Row>`select * from (
    with known as materialized (
      select language, count(*)::real as sheets from library_sheet group by language
    ), asked as materialized (
      select k.language, k.sheets, t.lexeme as word, cardinality(t.positions) as times
      from known k, unnest(stems_in(k.language, ${text})) t where t.lexeme ~ '[a-z]{3}'
    ), weighed as materialized (
      select a.language, a.word, coalesce(w.sheets, 0) > 0 as known,
        (1 + ln(a.times)) * ln((a.sheets + 1) / (coalesce(w.sheets, 0) + 0.5)) as weight
      from asked a left join library_word w using (language, word)
      where coalesce(w.sheets, 0) <= greatest(${COMMON.sheets}::real, a.sheets * ${COMMON.share}::real)
    ), whole as (
      select language, sum(weight) as weight from (
        select *, row_number() over (partition by language order by weight desc, word) as place from weighed
      ) w where place <= ${TELLING_WORDS} group by language
    ), telling as materialized (
      select k.language, k.word, k.weight, whole.weight as most from (
        select *, row_number() over (partition by language order by weight desc, word) as place from weighed where known
      ) k join whole using (language) where place <= ${TELLING_WORDS}
    )
    select s.cooperation, s.language, least(1, sum(t.weight) / max(t.most))::real as likeness,
      array_agg(t.word order by t.weight desc, t.word) as words
    from telling t
    join library_sheet s on indexed_words(s.words) @@ (quote_literal(t.word))::tsquery and s.language = t.language
    where ${isAvailable}
    group by s.cooperation, s.language
    having count(*) >= ${LEAST_SHARED}
    order by 3 desc, s.cooperation limit ${NEAREST}
  ) nearest where likeness >= ${LEAST_LIKENESS}`.execute(db);
  const found = new Map(rows.map((row) => [row.cooperation, row]));
  const sheets = await experiences(
    db,
    rows.map(({ cooperation }) => cooperation),
    ({ cooperation }) => found.get(cooperation)?.words.slice(0, SHARED_SHOWN) ?? [],
  );
  return sheets.map((sheet) => {
    const { words = [], likeness = 0 } = found.get(sheet.cooperation) ?? {};
    return { ...sheet, likeness, shared: wordsWritten(text, words.slice(0, SHARED_SHOWN)) };
  });
}
