import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { arriving } from './arriving.ts';
import { type DocumentStore, isStoredName, NotStored } from './store.ts';

/** A file of nothing may still be made on a full disk. */
const PROBE_BYTES = 4096;

/** A store in a folder: `ab/ab12…`, each file written aside, flushed to disk and moved into place. */
export function diskStore(folder: string): DocumentStore {
  const place = (sha256: string) => {
    if (!isStoredName(sha256)) throw new NotStored(`"${sha256.slice(0, 80)}" is not a SHA-256`);
    return join(folder, sha256.slice(0, 2), sha256);
  };
  const sizeOf = (sha256: string) =>
    stat(place(sha256)).then(
      ({ size }) => size,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      },
    );
  const incoming = join(folder, 'incoming');

  return {
    put: arriving(incoming, async (file, { sha256 }) => {
      const target = place(sha256);
      await mkdir(dirname(target), { recursive: true });
      await rename(file, target);
    }),
    async get(sha256) {
      if ((await sizeOf(sha256)) === undefined) throw new NotStored(`the store does not hold ${sha256}`);
      return createReadStream(place(sha256));
    },
    async delete(sha256, since) {
      const target = place(sha256);
      const isOld = async (file: string) => (await stat(file)).mtimeMs < since.getTime();
      try {
        if (!(await isOld(target))) return false;
        // Whoever puts it in again from here on makes it anew.
        await mkdir(incoming, { recursive: true });
        const aside = join(incoming, randomUUID());
        await rename(target, aside);
        const wasOld = await isOld(aside);
        if (!wasOld)
          await link(aside, target).catch((error: NodeJS.ErrnoException) => {
            if (error.code !== 'EEXIST') throw error;
          });
        await rm(aside, { force: true });
        return wasOld;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
        throw error;
      }
    },
    size: sizeOf,
    async readable() {
      await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        // Nothing has been put in yet.
        if (error.code !== 'ENOENT') throw error;
      });
    },
    async writable() {
      await mkdir(incoming, { recursive: true });
      const aside = join(incoming, randomUUID());
      try {
        const file = await open(aside, 'wx', 0o600);
        try {
          await file.writeFile(Buffer.alloc(PROBE_BYTES));
          await file.sync();
        } finally {
          await file.close();
        }
      } finally {
        await rm(aside, { force: true });
      }
    },
    async *list() {
      const folders = await opendir(folder).catch(() => []);
      for await (const entry of folders) {
        if (!/^[0-9a-f]{2}$/.test(entry.name)) continue;
        for await (const file of await opendir(join(folder, entry.name))) yield file.name;
      }
    },
  };
}
