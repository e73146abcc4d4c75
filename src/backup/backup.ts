import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { migrations, openCaseFile } from '../casefile/database/database.ts';
import { diskStore } from '../documents/disk.ts';
import { type DocumentStore, NotStored } from '../documents/store.ts';
import { clientOf } from '../postgres-server/client.ts';
import { namesIn, synced } from '../process/folders.ts';
import { BackupRefused, type Manifest, partsIn } from './manifest.ts';
import { copyOut, namedBytes, tablesOf } from './tables.ts';

export type BackupSource = {
  /** `postgres://…` */
  database: string;
  documents: DocumentStore;
  /** Files to be kept with it, by the name they are kept under; one that is not there is left out. */
  keys: Readonly<Record<string, string>>;
};

/**
 * Writes a backup of a system, which may run meanwhile: the case file as it was at one instant, all bytes that it
 * names, and the keys. It appears in `folder`, which must be empty or not there, when all of it is on the disk; where
 * `stopping` is given before, nothing of it stays.
 *
 * @throws BackupRefused `PlaceTaken`; what the database or the disk says
 */
export async function takeBackup(
  { database, documents, keys }: BackupSource,
  folder: string,
  { version, now, stopping }: { version: string; now: () => Date; stopping?: AbortSignal | undefined },
): Promise<Manifest> {
  const target = path.resolve(folder);
  await assertEmpty(target);
  await mkdir(path.dirname(target), { recursive: true });
  const aside = await mkdtemp(`${target}.part-`);
  try {
    const parts = partsIn(aside);
    for (const name of ['tables', 'keys']) await mkdir(path.join(aside, name));
    const { named, ...rows } = await writeTables(database, parts.table, { now, stopping });
    const bytes = await copyBytes(named, documents, diskStore(parts.documents), stopping);
    const kept: string[] = [];
    for (const [name, file] of Object.entries(keys))
      await copyFile(file, parts.key(name)).then(
        () => kept.push(name),
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
        },
      );
    const manifest: Manifest = { version, ...rows, ...bytes, keys: kept };
    await writeFile(parts.manifest, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    await flushed(aside);
    // An empty folder gives way.
    await rename(aside, target);
    await synced(path.dirname(target));
    return manifest;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** All tables as they are in one snapshot, and the bytes that they name. */
async function writeTables(
  database: string,
  fileOf: (table: string) => string,
  { now, stopping }: { now: () => Date; stopping: AbortSignal | undefined },
): Promise<Pick<Manifest, 'takenAt' | 'migration' | 'tables'> & { named: string[] }> {
  const caseFile = openCaseFile(database, { connections: 2 });
  const { executed } = await migrations(caseFile).finally(() => caseFile.destroy());
  const client = clientOf(database);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read, read only');
    // The snapshot is taken by the first statement.
    const found = await tablesOf(client);
    const takenAt = now().toISOString();
    const tables = [];
    for (const table of found) {
      stopping?.throwIfAborted();
      tables.push(await copyOut(client, table, createWriteStream(fileOf(table.name), { mode: 0o600 })));
    }
    const named = await namedBytes(client);
    await client.query('commit');
    return { takenAt, migration: executed.at(-1) ?? '', tables, named };
  } finally {
    await client.end().catch(() => {});
  }
}

/** Bytes are stored before a row names them and stay for good: all that a snapshot names is there. */
async function copyBytes(
  named: readonly string[],
  from: DocumentStore,
  to: DocumentStore,
  stopping: AbortSignal | undefined,
): Promise<Pick<Manifest, 'documents' | 'missing'>> {
  const [documents, missing]: [string[], string[]] = [[], []];
  for (const sha256 of named) {
    stopping?.throwIfAborted();
    const source = await from.get(sha256).catch((error: unknown) => {
      if (error instanceof NotStored) return undefined;
      throw error;
    });
    // Bytes that have gone bad are as good as none.
    const stored = source && (await to.put(source));
    (stored?.sha256 === sha256 ? documents : missing).push(sha256);
  }
  return { documents, missing };
}

/**
 * @param ours names that may be in it
 * @throws BackupRefused `PlaceTaken`
 */
export async function assertEmpty(folder: string, ours: readonly string[] = []): Promise<void> {
  const there = await namesIn(folder);
  if (there.some((name) => !ours.includes(name)))
    throw new BackupRefused({ code: 'PlaceTaken', place: folder });
}

/** Everything under a folder is on the disk. */
async function flushed(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    await synced(path.join(entry.parentPath, entry.name));
  await synced(folder);
}
