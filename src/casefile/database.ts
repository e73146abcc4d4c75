import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import * as caseFile0001 from './migrations/0001-case-file.ts';
import * as changes0002 from './migrations/0002-changes.ts';
import * as access0003 from './migrations/0003-access.ts';
import * as resending0004 from './migrations/0004-resending.ts';
import * as briefs0005 from './migrations/0005-briefs.ts';
import type { CaseFileTables } from './schema.ts';

export type CaseFile = Kysely<CaseFileTables>;
export type CaseFileTransaction = Transaction<CaseFileTables>;

const TIMESTAMPTZ = 1184;
const instant = (text: string): string => new Date(text).toISOString();
const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })];

/** Opens the case file in a Postgres: `postgres://…`. */
export function openCaseFile(url: string): CaseFile {
  const types = { getTypeParser: pg.types.getTypeParser } as pg.CustomTypesConfig;
  const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
    oid === TIMESTAMPTZ
      ? instant
      : pg.types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser;
  const pool = new pg.Pool({ connectionString: url, max: 10, types: { getTypeParser } });
  // A connection lost while idle is replaced by the pool; the next query tells if that fails.
  pool.on('error', () => {});
  return new Kysely<CaseFileTables>({ dialect: new PostgresDialect({ pool }), plugins });
}

/** Brings the schema up to date; safe to call by several processes at once. Throws what the database says. */
export async function migrate(db: CaseFile): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: async () => ({
        '0001-case-file': caseFile0001,
        '0002-changes': changes0002,
        '0003-access': access0003,
        '0004-resending': resending0004,
        '0005-briefs': briefs0005,
      }),
    },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** Orders everything that changes one cooperation: held until the transaction ends. */
export async function lockCooperation(tx: CaseFileTransaction, cooperation: string): Promise<void> {
  await sql`select 1 from cooperation where id = ${cooperation} for update`.execute(tx);
}

/** A value for a JSON column. */
export const json = (value: unknown): string => JSON.stringify(value);
