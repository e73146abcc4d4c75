import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { synced } from './folders.ts';
import { StartError } from './startError.ts';

/** 32 bytes in base64url are 43 characters; one that somebody chose themselves may be a little shorter. */
const SECRET = /^[\x21-\x7e]{32,}$/;

/**
 * The secret in a file, which is made where there is none: whole or not at all, readable by its owner alone.
 *
 * @param setting where the file's place is told, for the message: `--data`
 * @throws StartError where what is in the file is too short to keep anybody out, or others can read or change it
 */
export async function secretIn(file: string, setting: string): Promise<string> {
  const there = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return made(file, `${randomBytes(32).toString('base64url')}\n`);
  });
  const secret = there.trim();
  if (SECRET.test(secret)) {
    await shutToOthers(file, setting);
    return secret;
  }
  throw new StartError(
    `${file} (in the folder of ${setting}) is empty or too short to keep anybody out; a full disk leaves such a file. Delete it: the next start makes a new one.`,
  );
}

/**
 * The key in a file, of PEM, which is made by `make` where there is none; readable by its owner alone.
 *
 * @param setting what names the file, for the message: `--seal-key`
 * @throws StartError where others can read or change it
 */
export async function keyIn(file: string, setting: string, make: () => Promise<string>): Promise<string> {
  const there = await readFile(file, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return made(file, await make());
  });
  await shutToOthers(file, setting);
  return there;
}

/**
 * The secret that somebody else has made and put into a file: one line, which nobody reads but its owner and, where it was
 * put there for a service, its group.
 *
 * @param setting what names the file, for the message: `--oidc-client-secret-file`
 * @throws StartError where it cannot be read, is empty, or others can read or change it
 */
export async function secretGivenIn(file: string, setting: string): Promise<string> {
  try {
    const secret = (await readFile(file, 'utf8')).trim();
    await shutToOthers(file, setting);
    if (secret !== '') return secret;
  } catch (error) {
    if (error instanceof StartError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartError(`${setting} ${file} cannot be read: ${code ?? message}`);
  }
  throw new StartError(`${setting} ${file} is empty`);
}

async function shutToOthers(file: string, setting: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o027) === 0) return;
  throw new StartError(
    `${file} (${setting}) is a secret that other users of this machine can read or change: let its owner alone have it (chmod 600), or its group read it too (chmod 640).`,
  );
}

/** Written aside, flushed, and put in place unless another process was faster: theirs stands then. */
async function made(file: string, text: string): Promise<string> {
  // One process may make it several times at once, too.
  const aside = `${file}.${randomUUID()}`;
  try {
    const handle = await open(aside, 'w', 0o600);
    try {
      await handle.writeFile(text);
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
