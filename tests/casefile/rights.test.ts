import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import { giveRights, makeAccount } from '../../src/casefile/database/rights.ts';
import { addToRecord } from '../../src/casefile/record.ts';
import { file, NOW, setting, the } from './changes/setting.ts';

/** What the account of site and worker may do in the database, and what its owner alone. */

setting();

const ACCOUNT = `rial_test_${process.pid}`;
beforeAll(async () => {
  const { db } = the();
  await makeAccount(db, ACCOUNT);
  await makeAccount(db, ACCOUNT);
  await giveRights(db, ACCOUNT);
  // As it is after an update of the program.
  await giveRights(db, ACCOUNT);
});
afterAll(async () => {
  const { db } = the();
  await sql`drop owned by ${sql.id(ACCOUNT)}`.execute(db);
  await sql`drop role ${sql.id(ACCOUNT)}`.execute(db);
});

/** As that account, in one transaction, of which nothing stays. */
class Undone extends Error {}
async function asAccount<T>(work: (tx: CaseFile) => Promise<T>): Promise<T | undefined> {
  let came: T | undefined;
  try {
    await the()
      .db.transaction()
      .execute(async (tx) => {
        await sql`set local role ${sql.id(ACCOUNT)}`.execute(tx);
        came = await work(tx);
        throw new Undone();
      });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return came;
}
const DENIED = { code: '42501' };

it.each([
  ['an entry of the record changed', sql`update record set kind = 'x'`],
  ['one taken out', sql`delete from record`],
  ['all of them', sql`truncate record`],
  ['what keeps them turned off', sql`alter table record disable trigger record_only_grows`],
  ['what keeps them taken away', sql`drop trigger record_is_kept on record`],
  ['what keeps them made another', sql`alter function record_only_grows() rename to x`],
  ['an entry of the security log changed', sql`update security_event set code = 'x'`],
  ['all of them', sql`truncate security_event`],
  ['a table emptied', sql`truncate cooperation cascade`],
  ['a table altered', sql`alter table cooperation add column x text`],
  ['a table dropped', sql`drop table survey_answered`],
  ['a table made', sql`create table x (y text)`],
  ['a function made', sql`create function x() returns int language sql as 'select 1'`],
  ['which migrations there were', sql`delete from kysely_migration`],
  ['rights given on', sql`alter table record owner to ${sql.id(ACCOUNT)}`],
])('%s: not by that account', async (_, statement: RawBuilder<unknown>) => {
  await expect(asAccount((tx) => statement.execute(tx))).rejects.toMatchObject(DENIED);
});

it('young entries of the security log stay, old ones may go', async () => {
  await expect(
    asAccount(async (tx) => {
      await sql`insert into security_event (at, code, data) values (now(), 'x', '{}')`.execute(tx);
      await sql`delete from security_event where at > now() - interval '1 day'`.execute(tx);
    }),
  ).rejects.toThrow('append-only');
  await asAccount((tx) => sql`delete from security_event where at < now() - interval '1 year'`.execute(tx));
});

it('all that site and worker do with rows is allowed', async () => {
  const { rows } = await sql<{ table: string; rights: string[] }>`
    select c.relname as table, array(
      select r from unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) r
      where has_table_privilege(${ACCOUNT}, c.oid, r)
    ) as rights
    from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace`.execute(
    the().db,
  );
  expect(rows.length).toBeGreaterThan(40);
  const kept: Record<string, string[]> = {
    record: ['select', 'insert'],
    security_event: ['select', 'insert', 'delete'],
    kysely_migration: ['select'],
    kysely_migration_lock: ['select'],
  };
  for (const { table, rights } of rows)
    expect([table, rights]).toEqual([table, kept[table] ?? ['select', 'insert', 'update', 'delete']]);
  await file();
  await asAccount(async (tx) => {
    await addToRecord(tx, { cooperation: the().id, key: 'x', at: NOW, kind: 'cooperation-paused' });
    await sql`lock table staff in share row exclusive mode`.execute(tx);
    await sql`update cooperation set paused_at = now()`.execute(tx);
    await sql`set constraints all immediate`.execute(tx);
  });
});
