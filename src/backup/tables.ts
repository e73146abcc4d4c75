import { createHash } from 'node:crypto';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';

/**
 * Tables as PostgreSQL's own COPY writes them: text that every version reads, a line a row, without `pg_dump`. Each
 * is written in the order of its key, so that the same rows are the same bytes.
 */

export const tableContent = z.strictObject({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.int(),
  /** SHA-256 of the bytes. */
  sha256: z.string(),
});
export type TableContent = z.infer<typeof tableContent>;

type Table = Pick<TableContent, 'name' | 'columns'> & { key: string[] };

/** Those of the database, each after all it refers to. How far the schema has come stands elsewhere. */
export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table & { refers: string[] }>(`
    select c.relname as name,
      array(
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum
      ) as columns,
      array(
        select a.attname::text from pg_index i
        cross join lateral unnest(i.indkey) with ordinality as k (attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary order by k.place
      ) as key,
      array(
        select distinct f.relname::text from pg_constraint r join pg_class f on f.oid = r.confrelid
        where r.conrelid = c.oid and r.contype = 'f' and r.confrelid <> c.oid
      ) as refers
    from pg_class c
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname not like 'kysely\\_%'
    order by c.relname`);
  const ordered: Table[] = [];
  const left = new Map(rows.map((row) => [row.name, row]));
  while (left.size > 0) {
    const next = [...left.values()].find(({ refers }) => refers.every((name) => !left.has(name)));
    if (!next) throw new Error(`tables refer to each other in a circle: ${[...left.keys()].join(', ')}`);
    left.delete(next.name);
    ordered.push({ name: next.name, columns: next.columns, key: next.key });
  }
  return ordered;
}

/** Writes a table's rows to where they are wanted, and says what they are. */
export async function copyOut(
  client: pg.ClientBase,
  { name, columns, key }: Table,
  target: Writable,
): Promise<TableContent> {
  const hash = createHash('sha256');
  let rows = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      // A line feed within a value is written as two other characters.
      for (const byte of chunk) if (byte === 0x0a) rows++;
      done(null, chunk);
    },
  });
  const source = client.query(
    copyTo(`copy (select ${list(columns)} from ${quoted(name)} order by ${list(key)}) to stdout`),
  );
  await pipeline(source, counted, target);
  return { name, columns, rows, sha256: hash.digest('hex') };
}

/** What a table's rows are, written nowhere. */
export const contentOf = (client: pg.ClientBase, table: Table): Promise<TableContent> =>
  copyOut(client, table, new Writable({ write: (_chunk, _encoding, done) => done() }));

/** Whether a table has any row. */
export async function holdsRows(client: pg.ClientBase, { name }: Pick<Table, 'name'>): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(
    `select exists (select 1 from ${quoted(name)}) as any`,
  );
  return rows[0]?.any === true;
}

/** Reads rows into a table that has none, and lets what numbers new ones go on after them. */
export async function copyIn(
  client: pg.ClientBase,
  { name, columns }: Pick<TableContent, 'name' | 'columns'>,
  source: NodeJS.ReadableStream,
): Promise<void> {
  await pipeline(source, client.query(copyFrom(`copy ${quoted(name)} (${list(columns)}) from stdin`)));
  for (const column of columns) {
    const { rows } = await client.query<{ sequence: string | null }>(
      'select pg_get_serial_sequence($1, $2) as sequence',
      [quoted(name), column],
    );
    const sequence = rows[0]?.sequence;
    if (sequence)
      await client.query(
        `select setval($1, coalesce(max(${quoted(column)}), 0) + 1, false) from ${quoted(name)}`,
        [sequence],
      );
  }
}

/** All hashes of stored bytes that any row names: columns that end in `sha256`. */
export async function namedBytes(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ table: string; column: string }>(`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = current_schema() and column_name ~ 'sha256$' order by 1, 2`);
  if (rows.length === 0) return [];
  const all = rows.map(({ table, column }) => `select ${quoted(column)} as sha256 from ${quoted(table)}`);
  const named = await client.query<{ sha256: string }>(`${all.join(' union ')} order by 1`);
  return named.rows.map(({ sha256 }) => sha256);
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const list = (names: readonly string[]): string => names.map(quoted).join(', ');
