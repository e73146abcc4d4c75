import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';
import { PostgresServerError } from './error.ts';

/** Whom the database server runs as: Postgres refuses to be root. */
export type Account = {
  /** Its name on this machine, by which the server knows who comes. */
  name: string;
  /** Where it is another than this process's: numbers for `spawn` and `chown`. */
  other?: { uid: number; gid: number };
};

/** A user of its own, so that no other service can read the files. */
const SYSTEM_USER = 'rial-postgres';

/**
 * The user of this process; for root a system user, which is made where there is none.
 * @throws PostgresServerError where there is no such user and none can be made
 */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) {
    try {
      return { name: userInfo().username };
    } catch {
      throw new PostgresServerError(
        `The embedded database cannot run as user number ${process.getuid?.()}, which has no name on this machine. Give the user a line in /etc/passwd, or use a database elsewhere (--database-url).`,
      );
    }
  }
  if (process.platform !== 'linux')
    throw new PostgresServerError(
      'The embedded database does not run as root on this system: start as an ordinary user, or use a database elsewhere (--database-url).',
    );
  return { name: SYSTEM_USER, other: idsOf(SYSTEM_USER) ?? madeUser() };
}

function madeUser(): { uid: number; gid: number } {
  const about = ['--system', '--no-create-home', '--home-dir', '/nonexistent'];
  const tries: [string, string[]][] = [
    ['useradd', [...about, '--user-group', '--shell', '/usr/sbin/nologin', SYSTEM_USER]],
    ['adduser', ['-S', '-D', '-H', '-h', '/nonexistent', '-s', '/sbin/nologin', SYSTEM_USER]],
  ];
  const failures: string[] = [];
  for (const [command, args] of tries) {
    try {
      execFileSync(command, args, {
        encoding: 'utf8',
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` },
      });
    } catch (error) {
      failures.push((error as Error).message.trim());
    }
    // Another process may have made it at the same time.
    const ids = idsOf(SYSTEM_USER);
    if (ids) return ids;
  }
  throw new PostgresServerError(
    `Postgres does not run as root, and the system user ${SYSTEM_USER} for it cannot be made here (${failures[0]}). Make it by \`useradd --system ${SYSTEM_USER}\`, start as an ordinary user, or use a database elsewhere (--database-url).`,
  );
}

function idsOf(name: string): { uid: number; gid: number } | undefined {
  const ask = (which: '-u' | '-g') =>
    Number(execFileSync('id', [which, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    return undefined;
  }
}
