import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToNumber, msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import { endLeftOver, endProcess, type ServerExit, writePidFile } from '../process/leftOver.ts';
import { assertPortFree, isListening, reachableAddress } from '../process/ports.ts';
import { endOfServerLog, openServerLog } from '../process/serverLog.ts';
import { StartError } from '../process/startError.ts';
import { registerSearchAttributes, type SearchAttribute, SearchAttributeError } from './searchAttributes.ts';

export type TemporalServerOptions = {
  /** The Temporal CLI's executable, from `locateTemporalCli`. */
  cli: string;
  /** Where workflows are kept between runs. Without it they end with the server. */
  dbFile?: string;
  port: number;
  /** Without it the Temporal UI is not served. */
  uiPort?: number;
  /** The address that the server and its UI listen on. Default 127.0.0.1: neither asks who you are. */
  ip?: string;
  /** Default `default`. */
  namespace?: string;
  /** What `defineSearchAttributeKey` gives. They are registered where they are missing. */
  searchAttributes: readonly SearchAttribute[];
  /** The file that the server's warnings and errors are appended to. */
  log: string;
  /** Remembers the process, so that the next start ends a server whose application was killed. */
  pidFile?: string;
  /** What moves the two ports, for the message when one is busy. Default `--temporal-port`, `--temporal-ui-port`. */
  flags?: { port: string; uiPort: string };
  /** How long closed workflows stay to be looked at. Default 400 days: longer than any cooperation takes. */
  retentionDays?: number;
  /**
   * `full`, the default: what the server has acknowledged survives a power failure. `normal`: it survives the death
   * of any process, but a power failure may take the last moments; a Signal then takes half to two thirds of the time.
   */
  synchronous?: 'full' | 'normal';
  /** Further `key=value` pairs of Temporal's dynamic configuration. */
  dynamicConfig?: readonly string[];
  /** Default 60 s. */
  startTimeoutMs?: number;
  /** Hears of an old server that was ended. */
  onProgress?: (line: string) => void;
};

export type TemporalServer = {
  /** host:port for clients and workers on this machine. */
  address: string;
  namespace: string;
  uiUrl?: string;
  pid: number;
  /** Ends the server in good order (after 10 s by force) and waits until it is gone. May be called again. */
  stop(): Promise<void>;
  /** Resolves when the server process is gone, whoever ended it. Never rejects. */
  exited: Promise<ServerExit>;
};

/** The server could not be started. The message says why, with the end of its log where that helps. */
class TemporalServerError extends StartError {
  override readonly name = 'TemporalServerError';
}

const END_BY = ['SIGINT', 'SIGKILL'] as const;

/**
 * Starts the Temporal CLI's server and waits until it answers, knows the namespace and its search attributes.
 *
 * The server leads a process group of its own: a Ctrl-C in the terminal reaches this process alone, which drains
 * its worker first and then calls `stop()`. It is killed when this process exits without having done so.
 *
 * @throws StartError
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const ip = options.ip ?? '127.0.0.1';
  const flags = options.flags ?? { port: '--temporal-port', uiPort: '--temporal-ui-port' };
  const dbFile = options.dbFile && path.resolve(options.dbFile);
  if (dbFile && /[?#%]/.test(dbFile)) {
    // The server puts the path into an SQLite URI as it is.
    throw new TemporalServerError(
      `The Temporal server cannot keep its data in ${dbFile}: use a path without ?, # and %.`,
    );
  }

  for (const file of [dbFile, options.log, options.pidFile]) {
    if (file) mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  }
  if (options.pidFile) {
    const inUse = await endLeftOver(options.pidFile, END_BY, 'Temporal server', options.onProgress);
    if (inUse) throw new TemporalServerError(inUse);
  }
  await assertPortFree(options.port, ip, 'The Temporal server', flags.port);
  if (options.uiPort) await assertPortFree(options.uiPort, ip, 'The Temporal UI', flags.uiPort);
  const firstRun = dbFile && prepareDatabase(dbFile);

  const child = spawnServer({ ...options, ip, ...(dbFile && { dbFile }) });
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // It could not be spawned at all.
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  const { pid } = child;
  if (pid === undefined) {
    throw new TemporalServerError(`The Temporal server could not be started: ${options.cli} cannot be run.`);
  }
  if (options.pidFile) writePidFile(options.pidFile, pid);
  const killOnExit = () => {
    child.kill('SIGKILL');
    if (options.pidFile) rmSync(options.pidFile, { force: true });
  };
  process.once('exit', killOnExit);
  void exited.then(() => {
    process.off('exit', killOnExit);
    if (options.pidFile) rmSync(options.pidFile, { force: true });
  });

  const stop = async () => {
    await endProcess(
      END_BY,
      (signal) => child.kill(signal),
      () => child.exitCode !== null || child.signalCode !== null,
    );
    await exited;
  };
  const address = `${bracketed(reachableAddress(ip))}:${options.port}`;
  const namespace = options.namespace ?? 'default';
  try {
    await untilReady({ ...options, ip, namespace, address }, exited);
  } catch (error) {
    await stop();
    throw error;
  }
  if (firstRun) rmSync(firstRun, { force: true });
  return {
    address,
    namespace,
    ...(options.uiPort && { uiUrl: `http://${bracketed(reachableAddress(ip))}:${options.uiPort}` }),
    pid,
    stop,
    exited,
  };
}

function spawnServer(options: TemporalServerOptions & { ip: string }): ChildProcess {
  const args = [
    'server',
    'start-dev',
    '--ip',
    options.ip,
    '--port',
    String(options.port),
    '--log-level',
    'warn',
  ];
  if (options.uiPort) args.push('--ui-port', String(options.uiPort));
  else args.push('--headless');
  if (options.namespace && options.namespace !== 'default') args.push('--namespace', options.namespace);
  if (options.dbFile) {
    args.push('--db-filename', options.dbFile);
    // Without the write-ahead log every commit would write its pages twice.
    args.push('--sqlite-pragma', 'journal_mode=wal');
    args.push('--sqlite-pragma', `synchronous=${options.synchronous ?? 'full'}`);
  }
  // Else each hop of a workflow waits for a rate limiter sized for a cluster of many shards.
  args.push('--dynamic-config-value', 'history.transferProcessorMaxPollRPS=1000');
  // The server does not phone home.
  args.push('--dynamic-config-value', 'frontend.enableServerVersionCheck=false');
  for (const pair of options.dynamicConfig ?? []) args.push('--dynamic-config-value', pair);
  for (const { name, type } of options.searchAttributes) {
    args.push('--search-attribute', `${name}=${type.replaceAll('_', '')}`);
  }
  const log = openServerLog(options.log);
  try {
    return spawn(options.cli, args, { detached: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

async function untilReady(
  options: TemporalServerOptions & { ip: string; namespace: string; address: string },
  exited: Promise<ServerExit>,
): Promise<void> {
  const limitMs = options.startTimeoutMs ?? 60_000;
  const deadline = Date.now() + limitMs;
  let exit: ServerExit | undefined;
  void exited.then((how) => {
    exit = how;
  });
  const assertInTime = () => {
    if (exit) {
      const how = exit.signal ? `ended by ${exit.signal}` : `exit code ${exit.code}`;
      throw new TemporalServerError(
        `The Temporal server ended while it started (${how}).${endOfServerLog(options.log)}`,
      );
    }
    if (Date.now() > deadline) {
      throw new TemporalServerError(
        `The Temporal server did not answer within ${Math.round(limitMs / 1000)} s.${endOfServerLog(options.log)}`,
      );
    }
  };

  // gRPC backs off for a second after a refused connection: knock by TCP, which costs nothing, until one opens.
  for (const port of [options.port, ...(options.uiPort ? [options.uiPort] : [])]) {
    while (!(await isListening(port, options.ip))) {
      assertInTime();
      await delay(50);
    }
  }
  for (;;) {
    assertInTime();
    try {
      const connection = await Connection.connect({ address: options.address, connectTimeout: 5000 });
      try {
        await connection.withDeadline(Date.now() + 10_000, () => settleNamespace(connection, options));
      } finally {
        await connection.close();
      }
      return;
    } catch (error) {
      if (error instanceof TemporalServerError || error instanceof SearchAttributeError) throw error;
      // The port opens before the services behind it are up.
      await delay(100);
    }
  }
}

/** The CLI only heeds `--search-attribute` when it creates the namespace, and fixes retention at one day. */
async function settleNamespace(
  connection: Connection,
  { namespace, searchAttributes, retentionDays = 400 }: TemporalServerOptions & { namespace: string },
): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const retention = config?.workflowExecutionRetentionTtl;
  const wanted = msToNumber(`${retentionDays} days`);
  if (!retention || tsToMs(retention) !== wanted) {
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(wanted) },
    });
  }

  await registerSearchAttributes(connection, namespace, searchAttributes);
}

/**
 * The server creates the tables only if the database file does not exist: killed half way it would never start
 * again. A marker stands beside the file until the first start is done, and whatever the marker finds is removed:
 * no workflow can be in it, as no address was given out. Gives the marker where this is a first run.
 */
function prepareDatabase(dbFile: string): string | undefined {
  const marker = `${dbFile}.incomplete`;
  if (existsSync(dbFile) && !existsSync(marker)) return undefined;
  writeFileSync(marker, '');
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(dbFile + suffix, { force: true });
  return marker;
}

function bracketed(ip: string): string {
  return ip.includes(':') ? `[${ip}]` : ip;
}
