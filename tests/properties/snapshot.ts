import { sql } from 'kysely';
import type { CaseFile } from '../../src/casefile/database/database.ts';

/** What the case file holds of one cooperation, as far as the invariants read it. */
export type Snapshot = Awaited<ReturnType<typeof snapshotOf>>;

export async function snapshotOf(db: CaseFile, id: string) {
  return {
    person: await db.selectFrom('person').selectAll().where('cooperation', '=', id).orderBy('id').execute(),
    session: await db
      .selectFrom('session')
      .selectAll()
      .where('cooperation', '=', id)
      .orderBy('number')
      .execute(),
    programmeVersion: await db
      .selectFrom('programmeVersion')
      .selectAll()
      .where('cooperation', '=', id)
      .orderBy('version')
      .execute(),
    request: await db.selectFrom('request').selectAll().where('cooperation', '=', id).orderBy('id').execute(),
    change: await db
      .selectFrom('change')
      .selectAll()
      .where('cooperation', '=', id)
      .orderBy('number')
      .execute(),
    answer: await db
      .selectFrom('answer')
      .selectAll()
      .where('cooperation', '=', id)
      .orderBy('request')
      .orderBy('party')
      .execute(),
    mail: await db
      .selectFrom('mail')
      .selectAll()
      .where('cooperation', '=', id)
      .orderBy('preparedAt')
      .orderBy('key')
      .execute(),
    record: await db.selectFrom('record').selectAll().where('cooperation', '=', id).orderBy('seq').execute(),
  };
}

const TABLES = [
  'person',
  'session',
  'slot_proposal',
  'programme_version',
  'request',
  'change',
  'hand_over',
  'absence',
  'invitation',
  'content',
  'answer',
  'question',
  'document',
  'document_version',
  'mail',
  'record',
];

/** A hash of each table's rows of one cooperation: equal where nothing at all has changed. */
export async function digestOf(db: CaseFile, id: string): Promise<Map<string, string>> {
  const digests = ['cooperation', ...TABLES].map(
    (
      table,
    ) => sql`select ${sql.lit(table)} as name, md5(string_agg(row::text, ' ' order by row::text)) as hash
      from ${sql.table(table)} as row where ${sql.ref(table === 'cooperation' ? 'id' : 'cooperation')} = ${id}`,
  );
  const { rows } = await sql<{ name: string; hash: string }>`${sql.join(digests, sql` union all `)}`.execute(
    db,
  );
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}
