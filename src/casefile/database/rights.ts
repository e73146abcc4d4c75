import { sql } from 'kysely';
import type { CaseFile } from './database.ts';

/**
 * What the account of site and worker may: read and write rows. The tables, and the triggers by which record and security
 * log only grow, belong to the account that makes them, which is used at the start alone.
 */

/** Tables whose rows are not changed, and what of them may be done beside reading. */
const KEPT: Readonly<Record<string, string>> = {
  record: 'insert',
  // What is as old as the institution says is taken out.
  security_event: 'insert, delete',
  kysely_migration: '',
  kysely_migration_lock: '',
};

/** Makes an account that comes in as the server knows it by itself, where there is none of that name. */
export async function makeAccount(owner: CaseFile, account: string): Promise<void> {
  const known = await sql`select 1 from pg_roles where rolname = ${account}`.execute(owner);
  if (known.rows.length === 0) await sql`create role ${sql.id(account)} login`.execute(owner);
}

/** The account that an address of a database names: before its host, or as a setting. */
export const accountIn = (url: string): string => {
  const { username, searchParams } = new URL(url);
  return decodeURIComponent(username) || (searchParams.get('user') ?? '');
};

/** Gives an account what it needs of the tables that there are, and nothing of what it had of them before. */
export async function giveRights(owner: CaseFile, account: string): Promise<void> {
  const role = sql.id(account);
  await owner.transaction().execute(async (tx) => {
    const { rows } = await sql<{ schema: string; table: string }>`
      select n.nspname as schema, c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname = current_schema() order by 2`.execute(tx);
    const schema = sql.id(rows[0]?.schema ?? 'public');
    await sql`revoke all on all tables in schema ${schema} from ${role}`.execute(tx);
    await sql`revoke create on schema ${schema} from ${role}, public`.execute(tx);
    await sql`grant usage on schema ${schema} to ${role}`.execute(tx);
    for (const { table } of rows) {
      const more = KEPT[table] ?? 'insert, update, delete';
      const rights = sql.raw(more ? `select, ${more}` : 'select');
      await sql`grant ${rights} on ${schema}.${sql.id(table)} to ${role}`.execute(tx);
    }
  });
}
