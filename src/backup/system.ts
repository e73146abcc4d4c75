import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { diskStore } from '../documents/disk.ts';
import type { DocumentStore } from '../documents/store.ts';
import { embeddedUrl } from '../postgres-server/folder.ts';
import { startPostgres } from '../postgres-server/server.ts';
import { throwawayPostgres } from '../postgres-server/throwaway.ts';
import { type DataFolder, openDataFolder, placesIn } from '../process/dataFolder.ts';
import { assertEmpty, takeBackup } from './backup.ts';
import { BackupRefused, type Manifest, readManifest } from './manifest.ts';
import { restoreBackup } from './restore.ts';

/** Backups of a whole system: its data folder, and the database in it or elsewhere. */
export type Installation = {
  data: string;
  /** `postgres://…` of an external one. */
  database?: string | undefined;
};

/** What of the data folder lets people in. */
const keysOf = ({ staffToken }: ReturnType<typeof placesIn>) => ({ 'staff-token': staffToken });

/** Takes a backup while the system runs; an embedded database that does not is started for as long as it takes. */
export async function backupOf(
  { data, database }: Installation,
  folder: string,
  made: { version: string; now: () => Date },
): Promise<Manifest> {
  const places = placesIn(data);
  const take = (url: string) =>
    takeBackup({ database: url, documents: diskStore(places.documents), keys: keysOf(places) }, folder, made);
  if (database !== undefined) return take(database);
  if (!existsSync(path.join(places.postgres, 'PG_VERSION')))
    throw new BackupRefused({ code: 'NoData', folder: data });
  const running = embeddedUrl(places.postgres);
  if (await answers(running)) return take(running);
  return withOwn(data, (url) => take(url));
}

/** Puts a backup into an empty data folder, and an empty database where it is elsewhere. */
export async function restoreInto({ data, database }: Installation, folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  await assertEmpty(data);
  const restore = (url: string, places: ReturnType<typeof placesIn>) =>
    restoreBackup(folder, manifest, {
      database: url,
      documents: diskStore(places.documents),
      keys: keysOf(places),
    });
  try {
    await withOwn(data, (url, places) => restore(url, places), database);
    return manifest;
  } catch (error) {
    // It was empty.
    for (const name of await readdir(data).catch(() => []))
      await rm(path.join(data, name), { recursive: true });
    throw error;
  }
}

/** Restores a backup where nothing of it is left, to know that it can be. */
export async function verifyBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const server = await throwawayPostgres();
  try {
    await restoreBackup(folder, manifest, { database: server.url, documents: nowhere, keys: {} });
    return manifest;
  } finally {
    await server.stop();
  }
}

/** A store that says what it was given, and keeps nothing. */
const nowhere: Pick<DocumentStore, 'put'> = {
  async put(bytes) {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of bytes) {
      hash.update(chunk);
      size += chunk.byteLength;
    }
    return { sha256: hash.digest('hex'), size };
  },
};

/** Does something with a data folder that nobody else has meanwhile, and its own database where there is no other. */
async function withOwn<T>(
  data: string,
  work: (database: string, folder: DataFolder) => Promise<T>,
  database?: string,
): Promise<T> {
  await using opened = new AsyncDisposableStack();
  const folder = opened.adopt(await openDataFolder(data, () => {}), ({ release }) =>
    release().catch(() => {}),
  );
  if (database !== undefined) return await work(database, folder);
  const server = await startPostgres({
    folder: folder.postgres,
    log: path.join(folder.logs, 'postgres.log'),
    pidFile: folder.postgresPid,
  });
  opened.defer(() => server.stop());
  return await work(server.url, folder);
}

/** Whether a server is there. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}
