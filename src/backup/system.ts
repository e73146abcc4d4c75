import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { openDocuments } from '../documents/opening.ts';
import type { DocumentStore } from '../documents/store.ts';
import { clientOf } from '../postgres-server/client.ts';
import { embeddedUrl } from '../postgres-server/folder.ts';
import { startPostgres } from '../postgres-server/server.ts';
import { throwawayPostgres } from '../postgres-server/throwaway.ts';
import { type DataFolder, LOCK, OPENED, openDataFolder, placesIn } from '../process/dataFolder.ts';
import type { S3Place } from '../process/documentsPlace.ts';
import { assertEmpty, takeBackup } from './backup.ts';
import { BackupRefused, type Manifest, readManifest } from './manifest.ts';
import { restoreBackup } from './restore.ts';

/** Backups of a whole system: its data folder, and the database in it or elsewhere. */
export type Installation = {
  data: string;
  /** `postgres://…` of an external one. */
  database?: string | undefined;
  /** The bucket of documents, where they are not in the folder. */
  s3?: S3Place | undefined;
};

/** What of the data folder lets people in, and what seals. */
const keysOf = ({ staffToken, sealKey }: ReturnType<typeof placesIn>) => ({
  'staff-token': staffToken,
  'seal-key': sealKey,
});

/** Takes a backup while the system runs; an embedded database that does not is started for as long as it takes. */
export async function backupOf(
  { data, database, s3 }: Installation,
  folder: string,
  made: { version: string; now: () => Date; stopping?: AbortSignal },
): Promise<Manifest> {
  const places = placesIn(data);
  const documents = await openDocuments({ folder: places.documents, s3 });
  const take = (url: string) => takeBackup({ database: url, documents, keys: keysOf(places) }, folder, made);
  if (database !== undefined) return take(database);
  if (!existsSync(path.join(places.postgres, 'PG_VERSION')))
    throw new BackupRefused({ code: 'NoData', folder: data });
  const running = embeddedUrl(places.postgres);
  if (await answers(running)) return take(running);
  return withFolder(data, (own) => withServer(own, take));
}

/** Puts a backup into an empty data folder, and an empty database where it is elsewhere. */
export async function restoreInto(
  { data, database, s3 }: Installation,
  folder: string,
  stopping?: AbortSignal,
): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const target = path.resolve(data);
  await assertEmpty(target);
  return withFolder(target, async (places) => {
    // Somebody else may have been faster: what is there by now is theirs.
    await assertEmpty(target, OPENED);
    const store = await openDocuments({ folder: places.documents, s3 });
    const restore = (url: string) => {
      const into = { database: url, documents: store, keys: keysOf(places) };
      return restoreBackup(folder, manifest, into, stopping);
    };
    try {
      await (database === undefined ? withServer(places, restore) : restore(database));
      return manifest;
    } catch (error) {
      // It was empty.
      for (const name of await readdir(target))
        if (name !== LOCK) await rm(path.join(target, name), { recursive: true });
      throw error;
    }
  });
}

/** Restores a backup where nothing of it is left, to know that it can be. */
export async function verifyBackup(folder: string, stopping?: AbortSignal): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const server = await throwawayPostgres();
  try {
    const into = { database: server.url, documents: nowhere, keys: {} };
    await restoreBackup(folder, manifest, into, stopping);
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

/** Does something with a data folder that nobody else has meanwhile. */
async function withFolder<T>(data: string, work: (folder: DataFolder) => Promise<T>): Promise<T> {
  const folder = await openDataFolder(data);
  return work(folder).finally(() => folder.release());
}

/** Does something with a data folder's own database. */
async function withServer<T>(
  { postgres, logs, postgresPid }: DataFolder,
  work: (database: string) => Promise<T>,
): Promise<T> {
  const server = await startPostgres({
    folder: postgres,
    log: path.join(logs, 'postgres.log'),
    pidFile: postgresPid,
  });
  return work(server.url).finally(() => server.stop());
}

/** Whether a server is there. */
async function answers(url: string): Promise<boolean> {
  const client = clientOf(url);
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}
