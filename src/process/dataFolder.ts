import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from './startError.ts';

/** Where everything is in the folder that is kept. */
export const placesIn = (folder: string) => ({
  temporal: path.join(folder, 'temporal.db'),
  temporalPid: path.join(folder, 'temporal.pid'),
  postgres: path.join(folder, 'postgres'),
  postgresPid: path.join(folder, 'postgres.pid'),
  documents: path.join(folder, 'documents'),
  /** The workflows as the worker loads them. */
  workflows: path.join(folder, 'workflows.js'),
  mailbox: path.join(folder, 'mailbox'),
  sealKey: path.join(folder, 'seal-key'),
  staffToken: path.join(folder, 'staff-token'),
  logs: path.join(folder, 'logs'),
});

export type DataFolder = ReturnType<typeof placesIn> & {
  /** Lets another process have the folder. */
  release(): void;
};

export const LOCK = 'in-use';
const SQLITE_BUSY = 5;
/** What is in a folder that has been opened and nothing else has been done with. */
export const OPENED = [LOCK, 'logs'];

/**
 * Opens the folder for this process alone, and lets no other user into it. The lock is the operating system's, on a file:
 * a process holds it as long as it lives, however long it stands still, and nobody does once it is gone.
 * @throws StartError when another process has it, or what is in it cannot be used
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await shut(folder);
  if (existsSync(path.join(folder, 'case-file')))
    throw new StartError(
      `${folder} is of an earlier version, whose embedded database this one does not read. Take its cooperations out with the version that made it (rial export), and start this one with another folder (--data).`,
    );
  const release = locked(folder);
  const places = placesIn(folder);
  await mkdir(places.logs, { recursive: true });
  return { ...places, release };
}

/** A folder that was there before may be open to everybody: it is shut, unless it is something else's. */
async function shut(folder: string): Promise<void> {
  const { mode, uid } = await stat(folder);
  const self = process.getuid?.();
  if (self !== undefined && self !== 0 && uid !== self)
    throw new StartError(`${folder} is another user's: choose a folder of this one's (--data).`);
  if ((mode & 0o077) === 0) return;
  const there = (await readdir(folder)).filter((name) => name !== 'lost+found');
  if (there.length > 0 && (mode & 0o022) !== 0)
    throw new StartError(
      `${folder} can be written to by other users, who may have changed what is in it: look it over, then let nobody else in (chmod 700).`,
    );
  const ours = ['staff-token', 'postgres', 'documents', 'logs'].some((name) => there.includes(name));
  if (there.length > 0 && !ours)
    throw new StartError(
      `${folder} has other things in it, which other users can read: choose an empty or a new folder (--data), or let nobody else in (chmod 700).`,
    );
  await chmod(folder, 0o700).catch((error: Error) => {
    throw new StartError(`${folder} cannot be shut to other users: ${error.message}`);
  });
}

/** SQLite has the lock that Node itself lacks; nothing is written to its file. */
function locked(folder: string): () => void {
  const database = new DatabaseSync(path.join(folder, LOCK));
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    throw new StartError(
      `${folder} is in use by another process; stop that one, or choose another folder (--data)`,
    );
  }
  return () => database.close();
}
