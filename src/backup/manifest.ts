import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { tableContent } from './tables.ts';

/** What a backup holds, written last: a folder without it is none. */
const manifest = z.strictObject({
  /** ISO 8601, UTC: everything in it is as it was at this instant. */
  takenAt: z.iso.datetime(),
  version: z.string(),
  /** The last migration that the database had had. */
  migration: z.string(),
  tables: z.array(tableContent),
  /** Stored bytes by their SHA-256. */
  documents: z.array(z.string()),
  /** Hashes that rows name and the store did not have. */
  missing: z.array(z.string()),
  /** Files of the data folder that let people in. */
  keys: z.array(z.string()),
});
export type Manifest = z.infer<typeof manifest>;

/** Where everything is in a backup's folder. */
export const partsIn = (folder: string) => ({
  manifest: path.join(folder, 'backup.json'),
  table: (name: string) => path.join(folder, 'tables', `${name}.copy`),
  documents: path.join(folder, 'documents'),
  key: (name: string) => path.join(folder, 'keys', name),
});

export type BackupFault =
  /** There is no backup, or it was not finished, or is of a format that is not known. */
  | { code: 'NoBackup'; folder: string }
  /** Made by a later version, whose tables this one does not know. */
  | { code: 'BackupLater'; version: string }
  /** The place to restore into has something in it. */
  | { code: 'PlaceTaken'; place: string }
  | { code: 'DatabaseTaken' }
  /** What is there is not what was written. */
  | { code: 'TableDiffers'; table: string }
  | { code: 'BytesDiffer'; sha256: string }
  | { code: 'KeyMissing'; key: string }
  /** Nothing to take a backup of: no database is there. */
  | { code: 'NoData'; folder: string };

/** A backup that cannot be taken or restored, and why. */
export class BackupRefused extends Error {
  override name = 'BackupRefused';
  readonly fault: BackupFault;
  constructor(fault: BackupFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/** @throws BackupRefused `NoBackup` */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    return manifest.parse(JSON.parse(await readFile(partsIn(folder).manifest, 'utf8')));
  } catch (error) {
    // A folder that may not be read is another matter.
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw error;
    throw new BackupRefused({ code: 'NoBackup', folder });
  }
}
