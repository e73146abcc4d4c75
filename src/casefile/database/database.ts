import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import * as caseFile0001 from './migrations/0001-case-file.ts';
import * as secondStepOfAll0002 from './migrations/0002-second-step-of-all.ts';
import * as mailboxLooks0003 from './migrations/0003-mailbox-looks.ts';
import * as mailsSeenTo0004 from './migrations/0004-mails-seen-to.ts';
import * as waitingFiles0005 from './migrations/0005-waiting-files.ts';
import * as standing0006 from './migrations/0006-standing.ts';
import * as bounceAddresses0007 from './migrations/0007-bounce-addresses.ts';
import * as forgottenFiles0008 from './migrations/0008-forgotten-files.ts';
import * as letGo0009 from './migrations/0009-let-go.ts';
import * as changeFollows0010 from './migrations/0010-change-follows.ts';
import * as logos0011 from './migrations/0011-logos.ts';
import * as templateLanguages0012 from './migrations/0012-template-languages.ts';
import * as toldBeside0013 from './migrations/0013-told-beside.ts';
import * as searchedTexts0014 from './migrations/0014-searched-texts.ts';
import * as closingPapers0015 from './migrations/0015-closing-papers.ts';
import { type Pool, type PoolOptions, type PoolUse, poolOf } from './pool.ts';
import type { CaseFileTables } from './schema.ts';

export type CaseFile = Kysely<CaseFileTables>;
export type CaseFileTransaction = Transaction<CaseFileTables>;

const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })];

/**
 * Opens the case file in a Postgres: `postgres://…`. Nothing is asked of it yet; what is asked of one that cannot be
 * used fails with DatabaseUnavailable, within 20 s.
 */
export function openCaseFile(url: string, options?: Partial<PoolOptions>): CaseFile {
  const pool = poolOf(url, options);
  const db = new Kysely<CaseFileTables>({ dialect: new PostgresDialect({ pool }), plugins });
  POOLS.set(db, pool);
  return db;
}
const POOLS = new WeakMap<CaseFile, Pool>();

/** What the connections of a case file do. Throws at one that `openCaseFile` did not open. */
export function poolUse(db: CaseFile): PoolUse {
  const pool = POOLS.get(db);
  if (!pool) throw new Error('this case file was not opened by openCaseFile');
  return pool.use();
}

const migratorOf = (db: CaseFile): Migrator =>
  new Migrator({
    db,
    provider: {
      getMigrations: async () => ({
        '0001-case-file': caseFile0001,
        '0002-second-step-of-all': secondStepOfAll0002,
        '0003-mailbox-looks': mailboxLooks0003,
        '0004-mails-seen-to': mailsSeenTo0004,
        '0005-waiting-files': waitingFiles0005,
        '0006-standing': standing0006,
        '0007-bounce-addresses': bounceAddresses0007,
        '0008-forgotten-files': forgottenFiles0008,
        '0009-let-go': letGo0009,
        '0010-change-follows': changeFollows0010,
        '0011-logos': logos0011,
        '0012-template-languages': templateLanguages0012,
        '0013-told-beside': toldBeside0013,
        '0014-searched-texts': searchedTexts0014,
        '0015-closing-papers': closingPapers0015,
      }),
    },
  });

/**
 * Brings the schema up to date, or to how it was after the migration that is named; safe to call by several processes
 * at once. Throws what the database says.
 */
export async function migrate(db: CaseFile, last?: string): Promise<void> {
  const migrator = migratorOf(db);
  const { error } = await (last === undefined ? migrator.migrateToLatest() : migrator.migrateTo(last));
  if (error) throw error;
}

/** The migrations there are, and those of them that the database has had, in their order. */
export async function migrations(db: CaseFile): Promise<{ known: string[]; executed: string[] }> {
  const all = await migratorOf(db).getMigrations();
  return {
    known: all.map(({ name }) => name),
    executed: all.filter(({ executedAt }) => executedAt !== undefined).map(({ name }) => name),
  };
}

/**
 * Orders everything that changes one cooperation: held until the transaction ends. It comes first in each transaction,
 * so that no two wait for each other. Rows that refer to the cooperation can be added meanwhile by who does not hold it.
 */
export async function lockCooperation(tx: CaseFileTransaction, cooperation: string): Promise<void> {
  await sql`select 1 from cooperation where id = ${cooperation} for no key update`.execute(tx);
}

/** Does something that changes a cooperation, in a transaction of its own where there is none yet. */
export function changing<T>(
  db: CaseFile,
  cooperation: string,
  work: (tx: CaseFileTransaction) => Promise<T>,
): Promise<T> {
  // Whoever began it holds the lock.
  if (isTransaction(db)) return work(db);
  return db.transaction().execute(async (tx) => {
    await lockCooperation(tx, cooperation);
    return work(tx);
  });
}

/**
 * Does something that one process at a time may do, whichever machine it runs on; nothing where another is about it. It
 * holds a connection meanwhile, with which it ends: so what is left to it is to be one thing at a time in this process.
 */
export function alone<T>(
  db: CaseFile,
  what: string,
  work: () => Promise<T>,
): Promise<{ done: T } | undefined> {
  return db.connection().execute(async (held) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_lock(hashtextextended(${what}, 0)) as mine`.execute(held);
    if (!rows[0]?.mine) return undefined;
    try {
      return { done: await work() };
    } finally {
      await sql`select pg_advisory_unlock(hashtextextended(${what}, 0))`.execute(held);
    }
  });
}

const isTransaction = (db: CaseFile): db is CaseFileTransaction => db.isTransaction;

/** One cooperation, or several that are read at once: a query for all of them. */
export type OneOrMore = string | readonly string[];
export const listed = (cooperations: OneOrMore): readonly string[] =>
  typeof cooperations === 'string' ? [cooperations] : cooperations;

/** A value for a JSON column. */
export const json = (value: unknown): string => JSON.stringify(value);
