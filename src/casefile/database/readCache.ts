import { sql } from 'kysely';
import type { CaseFile } from './database.ts';

/** What was read of the case file, kept in memory for as long as nobody writes to the database. */

type Cache = {
  snapshot: string;
  reads: Map<string, Promise<unknown>>;
  /** Ends with the question for the snapshot that is under way. */
  asking: Promise<unknown>;
  /** The one that follows it, shared by all who come meanwhile. */
  next?: Promise<string> | undefined;
};
const FILES = new WeakMap<CaseFile, Cache>();

/** A cooperation is some 200 KB. */
const MOST = 200;

/**
 * Gives what `read` gave under this key, unless a transaction has ended since, whoever's it was: PostgreSQL's snapshot,
 * which costs one small query, changes with each that wrote something. So nobody is shown what is no longer so, and
 * another database on the same server that is written to all the time only makes this as slow as reading anew. What is
 * kept is shared and therefore frozen.
 */
export async function cachedRead<T>(db: CaseFile, key: string, read: () => Promise<T>): Promise<T> {
  // Its snapshot does not tell of what it has written itself.
  if (db.isTransaction) return read();
  const file: Cache = FILES.get(db) ?? { snapshot: '', reads: new Map(), asking: Promise.resolve() };
  FILES.set(db, file);
  const snapshot = await snapshotOf(db, file);
  if (file.snapshot !== snapshot) {
    file.snapshot = snapshot;
    file.reads = new Map();
  }
  const { reads } = file;
  const known = reads.get(key);
  if (known) return known as Promise<T>;
  const [oldest] = reads.keys();
  if (reads.size >= MOST && oldest !== undefined) reads.delete(oldest);
  const reading = read().then(frozen);
  reads.set(key, reading);
  // What failed is read again; whoever waits for it is told.
  reading.catch(() => reads.delete(key));
  return reading;
}

/** A snapshot that is taken after it is asked for here. */
function snapshotOf(db: CaseFile, file: Cache): Promise<string> {
  file.next ??= file.asking.then(() => {
    file.next = undefined;
    const asked = sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(db);
    file.asking = asked.catch(() => {});
    return asked.then(({ rows }) => rows[0]?.snapshot ?? '');
  });
  return file.next;
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
