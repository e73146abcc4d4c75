import { createReadStream } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { migrate, migrations, openCaseFile } from '../casefile/database/database.ts';
import { diskStore } from '../documents/disk.ts';
import { type DocumentStore, NotStored } from '../documents/store.ts';
import { clientOf } from '../postgres-server/client.ts';
import { BackupRefused, type Manifest, partsIn } from './manifest.ts';
import { contentOf, copyIn, holdsRows, tablesOf } from './tables.ts';

export type RestoreTarget = {
  /** `postgres://…` of an empty one. */
  database: string;
  documents: Pick<DocumentStore, 'put'>;
  /** Where keys go, by the name they are kept under; others stay in the backup. */
  keys: Readonly<Record<string, string>>;
};

/**
 * Puts a backup into an empty place, and holds every table and every document against what was written down of it.
 * Where it fails there are no rows, and it can be done again.
 *
 * @param stopping ends it as a failure does
 * @throws BackupRefused `BackupLater`, `DatabaseTaken`, `TableDiffers`, `BytesDiffer`, `KeyMissing`
 */
export async function restoreBackup(
  folder: string,
  manifest: Manifest,
  { database, documents, keys }: RestoreTarget,
  stopping?: AbortSignal,
): Promise<void> {
  const parts = partsIn(folder);
  const store = diskStore(parts.documents);
  for (const sha256 of manifest.documents) {
    stopping?.throwIfAborted();
    const bytes = await store.get(sha256).catch((error: unknown) => {
      if (error instanceof NotStored) throw new BackupRefused({ code: 'BytesDiffer', sha256 });
      throw error;
    });
    const found = await documents.put(bytes);
    if (found.sha256 !== sha256) throw new BackupRefused({ code: 'BytesDiffer', sha256 });
  }
  for (const name of manifest.keys) {
    const file = Object.hasOwn(keys, name) && keys[name];
    if (!file) continue;
    await mkdir(path.dirname(file), { recursive: true });
    await copyFile(parts.key(name), file).catch((error: unknown) => {
      throw isMissing(error) ? new BackupRefused({ code: 'KeyMissing', key: name }) : error;
    });
  }
  await restoreTables(database, manifest, parts.table, stopping);
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function restoreTables(
  database: string,
  { version, migration, tables }: Manifest,
  fileOf: (table: string) => string,
  stopping: AbortSignal | undefined,
): Promise<void> {
  const caseFile = openCaseFile(database, { connections: 2 });
  const client = clientOf(database);
  try {
    const { known, executed } = await migrations(caseFile);
    if (!known.includes(migration)) throw new BackupRefused({ code: 'BackupLater', version });
    await client.connect();
    for (const table of await tablesOf(client))
      if (executed.at(-1) !== migration || (await holdsRows(client, table)))
        throw new BackupRefused({ code: 'DatabaseTaken' });
    // The tables of the version that wrote it; what has come since is added to them afterwards, as at any upgrade.
    await migrate(caseFile, migration);
    await client.query('begin');
    const there = await tablesOf(client);
    for (const table of there) {
      stopping?.throwIfAborted();
      const written = tables.find(({ name }) => name === table.name);
      if (!written) throw new BackupRefused({ code: 'TableDiffers', table: table.name });
      await copyIn(client, written, createReadStream(fileOf(table.name))).catch((error: unknown) => {
        if (error instanceof pg.DatabaseError || isMissing(error))
          throw new BackupRefused({ code: 'TableDiffers', table: table.name });
        throw error;
      });
      const found = await contentOf(client, { ...table, columns: written.columns });
      if (!isDeepStrictEqual(found, written))
        throw new BackupRefused({ code: 'TableDiffers', table: table.name });
    }
    await client.query('commit');
    await migrate(caseFile);
  } finally {
    await client.end().catch(() => {});
    await caseFile.destroy();
  }
}
