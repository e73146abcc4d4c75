import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endLeftOver, endProcess, type ServerExit, writePidFile } from '../process/leftOver.ts';
import { endOfServerLog, openServerLog } from '../process/serverLog.ts';
import { type Account, serverAccount } from './account.ts';
import { type Binaries, locatePostgres } from './binaries.ts';
import { clientOf } from './client.ts';
import { PostgresServerError } from './error.ts';
import {
  assertOurs,
  assertVersion,
  makeDatabase,
  NAME,
  removeStaleLock,
  settle,
  socketHost,
  urlOf,
  within,
} from './folder.ts';

export type PostgresServerOptions = {
  /** Where the database is. Made at the first start; nobody but the server's user can read it. */
  folder: string;
  /** The file that the server's messages are appended to. They quote no statement and no value. */
  log: string;
  /** Remembers the process, so that the next start ends a server whose application was killed. */
  pidFile?: string;
  /** `false` for a database that nobody needs after a power failure. Default `true`. */
  durable?: boolean;
  /** Default 60 s. */
  startTimeoutMs?: number;
  /** Hears of what takes long, and of an old server that was ended. */
  onProgress?: (line: string) => void;
};

export type PostgresServer = {
  /** `postgres://…` of the database, by a socket that the server's user and root alone can reach. */
  url: string;
  pid: number;
  /** Ends the server in good order (after 10 s by force) and waits until it is gone. May be called again. */
  stop(): Promise<void>;
  /** Resolves when the server process is gone, whoever ended it. Never rejects. */
  exited: Promise<ServerExit>;
};

/** Fast shutdown; immediate, which the next start mends; and what cannot be refused. */
const END_BY = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const;

/** As an institution's server has it, but for memory: 25 MB when idle. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  // In the folder itself, which lets nobody else in. Relative, so that no path is too long for it.
  unix_socket_directories: '.',
  unix_socket_permissions: '0700',
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  // One process fewer each; nobody replicates from here.
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Errors go to whoever asked; in a log they would quote what people wrote.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};
const NOT_DURABLE: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // Gone before there is anything to clean up; and it writes transactions of its own.
  autovacuum: 'off',
};

/**
 * Starts the embedded Postgres and waits until it answers; at the first start the database is made.
 *
 * The server leads a process group of its own: a Ctrl-C in the terminal reaches this process alone, which calls
 * `stop()` when nobody needs the database any more. It is told to end when this process exits without having done so.
 *
 * @throws PostgresServerError
 */
export async function startPostgres(options: PostgresServerOptions): Promise<PostgresServer> {
  const folder = path.resolve(options.folder);
  const account = serverAccount();
  const binaries = locatePostgres(account);
  for (const file of [folder, options.log, options.pidFile])
    if (file) mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  if (options.pidFile) {
    const inUse = await endLeftOver(options.pidFile, END_BY, 'database server', options.onProgress);
    if (inUse) throw new PostgresServerError(inUse);
  }
  assertOurs(folder, account);
  if (existsSync(path.join(folder, 'PG_VERSION'))) assertVersion(folder, binaries);
  else await makeDatabase(folder, account, binaries, options.durable ?? true);
  settle(folder, account);

  const deadline = Date.now() + (options.startTimeoutMs ?? 60_000);
  for (;;) {
    removeStaleLock(folder);
    try {
      return await started({ ...options, folder }, account, binaries, deadline);
    } catch (error) {
      // Processes of a server that was killed notice it in a moment.
      const lingering = /pre-existing shared memory block/.test((error as Error).message);
      if (!lingering || Date.now() > deadline) throw error;
      await delay(200);
    }
  }
}

async function started(
  options: PostgresServerOptions,
  account: Account,
  { postgres }: Binaries,
  deadline: number,
): Promise<PostgresServer> {
  const { folder, pidFile } = options;
  const child = spawnServer(postgres, options, account);
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // It could not be spawned at all.
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  const { pid } = child;
  if (pid === undefined)
    throw new PostgresServerError(
      `The database server could not be started: ${postgres} cannot be run as ${account.name}.`,
    );
  if (pidFile) writePidFile(pidFile, pid);
  const endOnExit = () => child.kill('SIGINT');
  process.once('exit', endOnExit);
  const host = socketHost(folder);
  void exited.then(() => {
    process.off('exit', endOnExit);
    if (pidFile) rmSync(pidFile, { force: true });
  });
  const stop = async () => {
    await endProcess(
      END_BY,
      (signal) => child.kill(signal),
      () => child.exitCode !== null || child.signalCode !== null,
    );
    await exited;
  };
  try {
    await untilReady(host, options.log, exited, deadline);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(host, NAME), pid, stop, exited };
}

function spawnServer(
  postgres: string,
  { folder, log, durable = true }: PostgresServerOptions,
  account: Account,
): ChildProcess {
  const settings = Object.entries({ ...SETTINGS, ...(durable ? {} : NOT_DURABLE) });
  const { dataArgs, options } = within(folder, account);
  const output = openServerLog(log);
  try {
    return spawn(
      postgres,
      [...dataArgs, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      {
        detached: true,
        stdio: ['ignore', output, output],
        ...options,
      },
    );
  } finally {
    closeSync(output);
  }
}

/** No socket yet, nobody behind it, or still recovering. */
const NOT_YET = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03']);

/** Waits until the server answers, and makes the database in it that is ours. */
async function untilReady(
  host: string,
  log: string,
  exited: Promise<ServerExit>,
  deadline: number,
): Promise<void> {
  let exit: ServerExit | undefined;
  void exited.then((how) => {
    exit = how;
  });
  for (;;) {
    if (exit) {
      const how = exit.signal ? `ended by ${exit.signal}` : `exit code ${exit.code}`;
      throw new PostgresServerError(
        `The database server ended while it started (${how}).${endOfServerLog(log)}`,
      );
    }
    if (Date.now() > deadline)
      throw new PostgresServerError(`The database server did not answer in time.${endOfServerLog(log)}`);
    const failure = await madeOurs(host);
    if (!failure) return;
    if (!NOT_YET.has(failure.code ?? '') && !exit)
      throw new PostgresServerError(
        `The database server cannot be used: ${failure.message}${endOfServerLog(log)}`,
      );
    await delay(20);
  }
}

async function madeOurs(host: string): Promise<(Error & { code?: string }) | undefined> {
  const client = clientOf(urlOf(host, 'postgres'));
  try {
    await client.connect();
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [NAME]);
    if (rowCount === 0) await client.query(`create database ${NAME}`);
    return undefined;
  } catch (error) {
    return error as Error & { code?: string };
  } finally {
    await client.end().catch(() => {});
  }
}
