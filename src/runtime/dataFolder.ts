import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { StartError } from '../process/startError.ts';

/** Where everything is in the folder that is kept. */
export type DataFolder = {
  temporal: string;
  temporalPid: string;
  postgres: string;
  postgresPid: string;
  documents: string;
  /** The workflows as the worker loads them. */
  workflows: string;
  mailbox: string;
  staffToken: string;
  logs: string;
  /** Lets another process have the folder. */
  release(): Promise<void>;
};

/** A lock whose holder was killed is taken over after this long without a sign of life. */
const STALE_MS = 5_000;

/**
 * Opens the folder for this process alone, and lets no other user into it. `onLost` hears when somebody else has taken it,
 * as after a sleep of the machine.
 * @throws StartError when another process has it, or what is in it cannot be used
 */
export async function openDataFolder(folder: string, onLost: () => void): Promise<DataFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await shut(folder);
  if (existsSync(path.join(folder, 'case-file')))
    throw new StartError(
      `${folder} is of an earlier version, whose embedded database this one does not read. Take its cooperations out with the version that made it (rial export), and start this one with another folder (--data).`,
    );
  const release = await lock(folder, {
    stale: STALE_MS,
    update: 1_000,
    // One that was killed leaves its lock behind until it is stale.
    retries: { retries: 14, factor: 1, minTimeout: 500 },
    lockfilePath: path.join(folder, 'in-use'),
    onCompromised: onLost,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ELOCKED') throw error;
    throw new StartError(
      `${folder} is in use by another process; stop that one, or choose another folder (--data)`,
    );
  });
  const at = (...names: string[]) => path.join(folder, ...names);
  await mkdir(at('logs'), { recursive: true });
  return {
    temporal: at('temporal.db'),
    temporalPid: at('temporal.pid'),
    postgres: at('postgres'),
    postgresPid: at('postgres.pid'),
    documents: at('documents'),
    workflows: at('workflows.js'),
    mailbox: at('mailbox'),
    staffToken: at('staff-token'),
    logs: at('logs'),
    release,
  };
}

/** A folder that was there before may be open to everybody: it is shut, unless it is something else's. */
async function shut(folder: string): Promise<void> {
  if (((await stat(folder)).mode & 0o077) === 0) return;
  const there = (await readdir(folder)).filter((name) => name !== 'lost+found');
  const ours = ['staff-token', 'postgres', 'documents', 'logs'].some((name) => there.includes(name));
  if (there.length > 0 && !ours)
    throw new StartError(
      `${folder} has other things in it, which other users can read: choose an empty or a new folder (--data), or let nobody else in (chmod 700).`,
    );
  await chmod(folder, 0o700).catch((error: Error) => {
    throw new StartError(`${folder} cannot be shut to other users: ${error.message}`);
  });
}
