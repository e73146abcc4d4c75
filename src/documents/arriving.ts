import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS } from '../domain/dates/durations.ts';
import { type DocumentStore, type StoreEntry, StoreFull, TooLarge } from './store.ts';

/** Files on their way into a store: written aside in a folder, counted, hashed, flushed to disk and looked at. */

function fullAs(error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
  throw new StoreFull(`no room for more (${code})`, { cause: error });
}

/** What nothing was written to for so long is of no file that still comes: a line is cut after a minute of silence. */
const LEFT_MS = DAY_MS;

/** Removes what a process that was killed left of files on their way. */
async function clear(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const file = join(incoming, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs > LEFT_MS) await rm(file, { force: true });
  }
}

/**
 * The `put` of a store whose files arrive in a folder first.
 *
 * @param keep takes a file that is whole and was let in, by its path, to where it stays; it may move it away
 */
export function arriving(
  incoming: string,
  keep: (file: string, entry: StoreEntry) => Promise<void>,
): DocumentStore['put'] {
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
      const entry = { sha256: hash.digest('hex'), size };
      await keep(aside, entry);
      return entry;
    } finally {
      await file.close();
      await rm(aside, { force: true });
    }
  };
  return (bytes, options) => put(bytes, options).catch(fullAs);
}
