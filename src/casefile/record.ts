import { randomBytes } from 'node:crypto';
import type { RecordKind } from '../domain/recordKinds.ts';
import {
  CHAIN_START,
  type ChainedEntry,
  type ChainFault,
  chainedText,
  chainFaults,
  entryHash,
  linkOf,
} from '../evidence/chain.ts';
import {
  type CaseFile,
  changing,
  json,
  listed,
  lockCooperation,
  type OneOrMore,
} from './database/database.ts';
import type { RecordRow } from './database/schema.ts';

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
 * The record is written by one at a time, so that whoever reads on from an entry misses none before it, and each entry
 * is chained to the one before.
 */
export async function addToRecord(db: CaseFile, entries: Entry | Entry[]): Promise<void> {
  // Of two with the same key the first counts.
  const given = new Map<string, Entry>();
  for (const entry of [entries].flat()) if (!given.has(entry.key)) given.set(entry.key, entry);
  const [first] = given.values();
  if (!first) return;
  const { cooperation } = first;
  await changing(db, cooperation, async (tx) => {
    // Whoever began the transaction may not hold it yet.
    await lockCooperation(tx, cooperation);
    const standing = await tx
      .selectFrom('record')
      .select('key')
      .where('cooperation', '=', cooperation)
      .where('key', 'in', [...given.keys()])
      .execute();
    for (const { key } of standing) given.delete(key);
    if (given.size === 0) return;
    let { entries: number, hash: chain } = await recordHead(tx, cooperation);
    const values = [...given.values()].map((entry) => {
      number += 1;
      const row = chained(entry, cooperation, number, chain);
      chain = row.chain;
      return row;
    });
    await tx.insertInto('record').values(values).execute();
  });
}

/** The row of an entry, as the database gives it back. */
function chained(
  { key, at, kind, party, person, data = {} }: Entry,
  cooperation: string,
  number: number,
  before: string,
) {
  const entry = {
    ...{ cooperation, number, key, kind, at: new Date(at).toISOString() },
    ...{ party: party ?? null, person: person ?? null, data: JSON.parse(json(data)) as unknown },
  };
  const salt = randomBytes(32).toString('hex');
  const hash = entryHash(salt, chainedText(entry));
  return { ...entry, data: json(data), salt, hash, chain: linkOf(before, hash) };
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
  recordRows(db, cooperation).where('seq', '>', after).execute();

/** Its entries of some kinds. */
export const recordOfKinds = (
  db: CaseFile,
  cooperation: OneOrMore,
  kinds: readonly RecordKind[],
): Promise<RecordRow[]> => recordRows(db, cooperation).where('kind', 'in', kinds).execute();

const recordRows = (db: CaseFile, cooperation: OneOrMore) =>
  db
    .selectFrom('record')
    .select(['seq', 'cooperation', 'key', 'at', 'kind', 'party', 'person', 'data'])
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('seq');

/** The record as a chain, each entry with the `seq` that its view has. */
export async function readChain(
  db: CaseFile,
  cooperation: string,
): Promise<(Extract<ChainedEntry, { content: string }> & { seq: number })[]> {
  const rows = await db
    .selectFrom('record')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .orderBy('number')
    .execute();
  return rows.map(({ seq, salt, hash, chain, ...row }) => ({
    ...{ seq: Number(seq), number: row.number, salt, content: chainedText(row), hash, chain },
  }));
}

/** How many entries a record has, and the link of the last: by it somebody knows later that nothing before was changed. */
export async function recordHead(
  db: CaseFile,
  cooperation: string,
): Promise<{ entries: number; hash: string }> {
  const last = await db
    .selectFrom('record')
    .select(['number', 'chain'])
    .where('cooperation', '=', cooperation)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { entries: last?.number ?? 0, hash: last?.chain ?? CHAIN_START };
}

/** Where the record of a cooperation is not what was written: nowhere, as long as nobody goes around the database. */
export const recordFaults = async (db: CaseFile, cooperation: string): Promise<ChainFault[]> =>
  chainFaults(await readChain(db, cooperation));
