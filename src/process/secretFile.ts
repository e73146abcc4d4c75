import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { synced } from './folders.ts';
import { StartError } from './startError.ts';

/** 32 bytes in base64url are 43 characters; one that somebody chose themselves may be a little shorter. */
const SECRET = /^[\x21-\x7e]{32,}$/;

/**
 * The secret in a file, which is made where there is none: whole or not at all, readable by its owner alone.
 *
 * @param setting where the file's place is told, for the message: `--data`
 * @throws StartError where what is in the file is too short to keep anybody out
 */
export async function secretIn(file: string, setting: string): Promise<string> {
  const there = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return made(file);
  });
  const secret = there.trim();
  if (SECRET.test(secret)) return secret;
  throw new StartError(
    `${file} (in the folder of ${setting}) is empty or too short to keep anybody out; a full disk leaves such a file. Delete it: the next start makes a new one.`,
  );
}

/** Written aside, flushed, and put in place unless another process was faster: theirs stands then. */
async function made(file: string): Promise<string> {
  const aside = `${file}.${process.pid}`;
  try {
    const handle = await open(aside, 'w', 0o600);
    try {
      await handle.writeFile(`${randomBytes(32).toString('base64url')}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(aside, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await synced(path.dirname(file));
  } finally {
    await rm(aside, { force: true });
  }
  return readFile(file, 'utf8');
}
