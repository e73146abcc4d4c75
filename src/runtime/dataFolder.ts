import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lock } from 'proper-lockfile';

/** Where everything is in the folder that is kept. */
export type DataFolder = {
  temporal: string;
  temporalPid: string;
  caseFile: string;
  documents: string;
  mailbox: string;
  staffToken: string;
  logs: string;
  /** Lets another process have the folder. */
  release(): Promise<void>;
};

export class DataFolderBusy extends Error {
  override name = 'DataFolderBusy';
}

/** A lock whose holder was killed is taken over after this long without a sign of life. */
const STALE_MS = 5_000;

/**
 * Opens the folder for this process alone: two on one embedded database lose rows.
 * @throws DataFolderBusy when another process has it
 */
export async function openDataFolder(folder: string): Promise<DataFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const release = await lock(folder, {
    stale: STALE_MS,
    update: 1_000,
    // One that was killed leaves its lock behind until it is stale.
    retries: { retries: 14, factor: 1, minTimeout: 500 },
    lockfilePath: path.join(folder, 'in-use'),
    onCompromised: (error) => {
      throw error;
    },
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ELOCKED') throw error;
    throw new DataFolderBusy(
      `${folder} is in use by another process; stop that one, or choose another folder (--data)`,
    );
  });
  const at = (...names: string[]) => path.join(folder, ...names);
  await mkdir(at('logs'), { recursive: true });
  return {
    temporal: at('temporal.db'),
    temporalPid: at('temporal.pid'),
    caseFile: at('case-file'),
    documents: at('documents'),
    mailbox: at('mailbox'),
    staffToken: at('staff-token'),
    logs: at('logs'),
    release,
  };
}

/** The staff token, made at the first start, readable by its owner alone. */
export async function staffToken(file: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  try {
    await writeFile(file, `${token}\n`, { mode: 0o600, flag: 'wx' });
    return token;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await readFile(file, 'utf8')).trim();
  }
}
