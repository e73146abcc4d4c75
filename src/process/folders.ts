import { open, readdir } from 'node:fs/promises';

/** What is in a folder: nothing where there is none; where a file is in its place, that. */
export const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') return [folder];
    throw error;
  });

/** Flushes a file or a folder: a new name in a folder is sure to be there after a power cut only then. */
export async function synced(file: string): Promise<void> {
  const handle = await open(file, 'r');
  await handle.sync().finally(() => handle.close());
}
