import type { RecordKind } from '../domain/caseView.ts';
import { type CaseFile, changing, json, listed, type OneOrMore } from './database.ts';
import type { RecordRow } from './schema.ts';

export type Entry = {
  cooperation: string;
  /** The same for the same event, however often it is written. */
  key: string;
  at: string;
  kind: RecordKind;
  party?: string | undefined;
  person?: string | undefined;
  data?: Record<string, unknown>;
};

/**
 * Adds what happened to the append-only record of one cooperation; an entry that stands there already is left as it is.
 * The record is written by one at a time, so that whoever reads on from an entry misses none before it.
 */
export async function addToRecord(db: CaseFile, entries: Entry | Entry[]): Promise<void> {
  const values = [entries].flat().map(({ cooperation, key, at, kind, party, person, data = {} }) => ({
    cooperation,
    key,
    at,
    kind,
    party: party ?? null,
    person: person ?? null,
    data: json(data),
  }));
  const [first] = values;
  if (!first) return;
  await changing(db, first.cooperation, (tx) =>
    tx
      .insertInto('record')
      .values(values)
      .onConflict((conflict) => conflict.columns(['cooperation', 'key']).doNothing())
      .execute(),
  );
}

/** Whether something is in the record, by its key. */
export const isRecorded = async (db: CaseFile, cooperation: string, key: string): Promise<boolean> =>
  (await db
    .selectFrom('record')
    .select('seq')
    .where('cooperation', '=', cooperation)
    .where('key', '=', key)
    .executeTakeFirst()) !== undefined;

/** The record in the order it was written, after entry `after`. */
export const readRecord = (db: CaseFile, cooperation: OneOrMore, after = '0'): Promise<RecordRow[]> =>
  db
    .selectFrom('record')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .where('seq', '>', after)
    .orderBy('seq')
    .execute();
