import { sql } from 'kysely';
import { DAY_MS } from '../domain/dates/durations.ts';
import type { CaseFile } from './database/database.ts';

/**
 * Bytes of files that waited for an answer and that none has handed in: the database notes which they were as it lets their
 * rows go.
 */

/** For how many days they are kept: whatever was reading them, such as a backup, is done by then. */
const KEPT_DAYS = 7;

/**
 * Deletes those that were let go of some days before an instant and that no row names. What was put in again since stays.
 * Returns how many there were.
 */
export async function collectLetGo(
  db: CaseFile,
  documents: { delete(sha256: string, since: Date): Promise<boolean> },
  at: string,
): Promise<number> {
  const before = new Date(Date.parse(at) - KEPT_DAYS * DAY_MS);
  const gone = await db
    .selectFrom('letGo')
    .select('hash')
    .where('at', '<', before.toISOString())
    .orderBy('hash')
    .execute();
  if (gone.length === 0) return 0;
  const hashes = gone.map(({ hash }) => hash);
  const named = await namedAmong(db, hashes);
  let collected = 0;
  for (const hash of hashes) {
    if (!named.has(hash)) {
      if (!(await documents.delete(hash, before))) continue;
      collected++;
    }
    await db.deleteFrom('letGo').where('hash', '=', hash).where('at', '<', before.toISOString()).execute();
  }
  return collected;
}

/** Of some hashes, those that any row names as bytes that are kept: in columns that end in `sha256`. */
async function namedAmong(db: CaseFile, hashes: readonly string[]): Promise<Set<string>> {
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = current_schema() and column_name ~ 'sha256$'`.execute(db);
  const all = columns.map(
    ({ table, column }) =>
      sql`select ${sql.id(column)} as hash from ${sql.id(table)} where ${sql.id(column)} = any(${[...hashes]})`,
  );
  const { rows } = await sql<{ hash: string }>`${sql.join(all, sql` union `)}`.execute(db);
  return new Set(rows.map(({ hash }) => hash));
}
