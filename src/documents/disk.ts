import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type DocumentStore, NotStored, StoreFull, TooLarge } from './store.ts';

/** A file of nothing may still be made on a full disk. */
const PROBE_BYTES = 4096;
const HASH = /^[0-9a-f]{64}$/;

function fullAs(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
  throw new StoreFull(`no room for more (${code})`, { cause: error });
}

/** What nothing was written to for so long is of no file that still comes: a line is cut after a minute of silence. */
const LEFT_MS = 24 * 3_600_000;

/** Removes what a process that was killed left of files on their way. */
async function clear(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const file = join(incoming, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > LEFT_MS) await rm(file, { force: true });
  }
}

/** A store in a folder: `ab/ab12…`, each file written aside, flushed to disk and moved into place. */
export function diskStore(folder: string): DocumentStore {
  const place = (sha256: string) => {
    if (!HASH.test(sha256)) throw new NotStored(`"${sha256.slice(0, 80)}" is not a SHA-256`);
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
  let cleared: Promise<void> | undefined;

  const put: DocumentStore['put'] = async (bytes, { limit = Number.POSITIVE_INFINITY, inspect } = {}) => {
    await mkdir(incoming, { recursive: true });
    cleared ??= clear(incoming);
    await cleared;
    const aside = join(incoming, randomUUID());
    const file = await open(aside, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of bytes) {
        size += chunk.byteLength;
        if (size > limit) throw new TooLarge(`more than ${limit} bytes`);
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      await file.sync();
      await inspect?.({ file: aside, read: () => createReadStream(aside) });
      const sha256 = hash.digest('hex');
      const target = place(sha256);
      await mkdir(dirname(target), { recursive: true });
      await rename(aside, target);
      return { sha256, size };
    } finally {
      await file.close();
      await rm(aside, { force: true });
    }
  };

  return {
    put: (bytes, options) => put(bytes, options).catch(fullAs),
    async get(sha256) {
      if ((await sizeOf(sha256)) === undefined) throw new NotStored(`the store does not hold ${sha256}`);
      return createReadStream(place(sha256));
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
