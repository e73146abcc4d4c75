import { execFile } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { identify } from '../process/processIdentity.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { PostgresServerError } from './error.ts';

/** The folder of a database: made, given to its user, and reached. */

/** The database, and the role that it belongs to. */
export const NAME = 'rial';
/** The role of those who read and write in it. */
const ACCOUNT = 'rial_site';
const SOCKET = '.s.PGSQL.5432';
/** What `sockaddr_un` holds, with its end: 108 bytes on Linux, 104 elsewhere. */
const LONGEST_SOCKET = 103;

/** No locale of the machine is needed, and what is sorted is sorted everywhere alike. */
const INITDB = [
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--auth=peer',
  `--username=${NAME}`,
  '--no-instructions',
];

/**
 * How a program is run in the folder: as its user, from within, and with nothing of this process's settings, which hold
 * passwords. Another user may have no way to the folder (a clone under /root), so they get it from root as where they
 * are.
 */
export const within = (folder: string, { other }: Account) => ({
  dataArgs: ['-D', other ? '/proc/self/cwd' : '.'],
  options: { cwd: folder, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' }, ...other },
});

/** Makes it beside its place first: one that was cut short is begun anew. */
export async function makeDatabase(
  folder: string,
  account: Account,
  { initdb }: Binaries,
  durable: boolean,
): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new PostgresServerError(
      `${folder} has something else in it than a database: move it, or choose another folder (--data).`,
    );
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  own(unfinished, account);
  const { dataArgs, options } = within(unfinished, account);
  try {
    await promisify(execFile)(initdb, [...dataArgs, ...INITDB, ...(durable ? [] : ['--no-sync'])], options);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new PostgresServerError(
      `The database could not be made in ${folder}: ${(stderr || message).trim()}`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
}

/** Root gives a folder to the server's user; who is not root cannot. */
export function assertOurs(folder: string, { name, other }: Account): void {
  if (other || !existsSync(folder) || statSync(folder).uid === process.getuid?.()) return;
  throw new PostgresServerError(
    `The database in ${folder} belongs to another user than ${name}: the system was started as that one, or as root, before. Start it as then, or give the data folder to ${name} (chown -R).`,
  );
}

export function assertVersion(folder: string, { major }: Binaries): void {
  const made = Number(readFileSync(path.join(folder, 'PG_VERSION'), 'utf8'));
  if (made === major) return;
  throw new PostgresServerError(
    `The database in ${folder} is of PostgreSQL ${made}, and this version brings ${major}. Take a backup with the version of this program that made it (rial backup DIR), restore it with this one into another data folder (rial restore DIR --data NEW), and start with --data NEW.`,
  );
}

/**
 * Gives the folder to the server's user and nobody else, and says who may come by the socket: whom the kernel knows as
 * that user, or as root where root runs this.
 */
export function settle(folder: string, account: Account): void {
  const names = [account.name, ...(account.other ? ['root'] : [])];
  const files = {
    'pg_hba.conf': `local all ${NAME},${ACCOUNT} peer map=${NAME}\n`,
    'pg_ident.conf': names
      .flatMap((name) => [NAME, ACCOUNT].map((role) => `${NAME} "${name.replaceAll('"', '""')}" ${role}\n`))
      .join(''),
  };
  try {
    if (account.other && statSync(folder).uid !== account.other.uid) ownAll(folder, account);
    chmodSync(folder, 0o700);
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(folder, name);
      rmSync(`${file}.new`, { force: true });
      writeFileSync(`${file}.new`, content, { mode: 0o600 });
      own(`${file}.new`, account);
      renameSync(`${file}.new`, file);
    }
  } catch (error) {
    throw new PostgresServerError(
      `The database in ${folder} cannot be given to the user ${account.name}: ${(error as Error).message}`,
    );
  }
}

function own(file: string, { other }: Account): void {
  if (other) chownSync(file, other.uid, other.gid);
}

function ownAll(folder: string, account: Account): void {
  const { other } = account;
  if (!other) return;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    lchownSync(path.join(entry.parentPath, entry.name), other.uid, other.gid);
  own(folder, account);
}

/**
 * Postgres takes a lock for held while its process number is somebody's. After a machine or a container began anew
 * that may be anybody: a lock is removed where its process certainly is no server of this folder.
 */
export function removeStaleLock(folder: string): void {
  const lock = path.join(folder, 'postmaster.pid');
  const pid = existsSync(lock) ? Number.parseInt(readFileSync(lock, 'utf8'), 10) : 0;
  if (!(pid > 0)) return;
  const there = identify(pid);
  if (there && /(^|\/)postgres( |:|$)/.test(there.command) && worksIn(pid, folder) !== false) return;
  rmSync(lock, { force: true });
  rmSync(path.join(folder, `${SOCKET}.lock`), { force: true });
}

/** `undefined` where that cannot be told. */
function worksIn(pid: number, folder: string): boolean | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return undefined;
  }
}

const links = new Map<string, string>();

/** Where a client finds the socket: the folder, or a link to it where the path is too long for a socket. */
export function socketHost(folder: string): string {
  if (Buffer.byteLength(path.join(folder, SOCKET)) < LONGEST_SOCKET) return folder;
  // The same after each restart of the server: its clients know it.
  const known = links.get(folder);
  if (known) return known;
  const short = mkdtempSync(path.join(tmpdir(), 'rial-'));
  process.once('exit', () => rmSync(short, { recursive: true, force: true }));
  const host = path.join(short, 'db');
  symlinkSync(folder, host);
  links.set(folder, host);
  return host;
}

/** The same for those who read and write in it, and change no table. */
export const accountUrl = (folder: string): string => urlOf(socketHost(folder), NAME, ACCOUNT);

/** `postgres://…` of the database in a folder, where a server runs for it. */
export const embeddedUrl = (folder: string): string => urlOf(socketHost(folder), NAME);

export const urlOf = (host: string, database: string, user = NAME): string =>
  `postgres:///${database}?${new URLSearchParams({ host, user })}`;
