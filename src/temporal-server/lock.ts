import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { withProgress } from './run.ts';

/**
 * Runs `work` while no other process on this machine holds `file`'s lock. While it waits it asks `ready`,
 * and takes what that finds instead: usually the other process has just made it.
 *
 * @param options.waiting what to say while it waits
 * @throws the signal's reason, or what `work` throws
 */
export async function withLock<T>(
  file: string,
  options: {
    waiting: string;
    onProgress: (line: string) => void;
    ready: () => Promise<T | undefined>;
    signal?: AbortSignal | undefined;
  },
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  const first = await acquire(file);
  const turn =
    first ??
    (await withProgress(options.waiting, options.onProgress, async () => {
      for (;;) {
        options.signal?.throwIfAborted();
        const found = await options.ready();
        if (found !== undefined) return { found };
        const release = await acquire(file);
        if (release) return release;
        await delay(1000);
      }
    }));
  if (typeof turn === 'object') return turn.found;
  try {
    options.signal?.throwIfAborted();
    return (await options.ready()) ?? (await work());
  } finally {
    // Already gone if the machine slept past the lock's age: what it guards is renamed into place anyway.
    await turn().catch(() => {});
  }
}

async function acquire(file: string): Promise<(() => Promise<void>) | undefined> {
  try {
    return await lockfile.lock(file, {
      realpath: false,
      // A holder that was killed is noticed after this long.
      stale: 20_000,
      update: 5_000,
      onCompromised: () => {},
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
    throw error;
  }
}
