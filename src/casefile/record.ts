import { type CaseFile, json } from './database.ts';
import type { RecordKind, RecordRow } from './schema.ts';

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

/** Adds what happened to the append-only record; an entry that stands there already is left as it is. */
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
  if (values.length > 0)
    await db
      .insertInto('record')
      .values(values)
      .onConflict((conflict) => conflict.columns(['cooperation', 'key']).doNothing())
      .execute();
}

/** The record in the order it was written, after entry `after`. */
export const readRecord = (db: CaseFile, cooperation: string, after = '0'): Promise<RecordRow[]> =>
  db
    .selectFrom('record')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('seq', '>', after)
    .orderBy('seq')
    .execute();
