import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.ts';
import { firstStaff } from '../casefile/access/staff.ts';
import { migrate, openCaseFile } from '../casefile/database/database.ts';
import { isForGood } from '../casefile/database/pool.ts';
import { accountIn, giveRights, makeAccount } from '../casefile/database/rights.ts';
import { accountUrl } from '../postgres-server/folder.ts';
import { startPostgres } from '../postgres-server/server.ts';
import { cacheDir } from '../process/cache.ts';
import type { Config } from '../process/config.ts';
import { type DataFolder, openDataFolder } from '../process/dataFolder.ts';
import { assertPortFree } from '../process/ports.ts';
import { secretIn } from '../process/secretFile.ts';
import { StartError } from '../process/startError.ts';
import { NO_PROFILE, type TemporalPlace } from '../process/temporal.ts';
import { waitedFor } from '../process/waiting.ts';
import { locateTemporalCli } from '../temporal-server/locate.ts';
import { registerSearchAttributes } from '../temporal-server/searchAttributes.ts';
import { startTemporalServer } from '../temporal-server/server.ts';
import { type Part, startPart } from './part.ts';
import { setupWay } from './safety.ts';

/** A running system, with where each of its parts is. */
export type System = {
  apiUrl: string;
  token: string;
  tokenFile: string;
  mailboxUrl?: string;
  /** By what the first officer comes in, once and within the hour; where there is no staff yet. */
  setupWay?: string;
  smtp: string;
  temporalAddress: string;
  temporalUiUrl?: string;
  /** Ends everything in order; what was under way goes on at the next start. */
  stop(): Promise<void>;
};

/** What a start is done with: what it says, and what ends it. */
type Starting = {
  config: Config;
  folder: DataFolder;
  say: (line: string) => void;
  /** Ends what is waited for. */
  stopping: AbortSignal;
  closing: (() => Promise<unknown>)[];
};

/**
 * Starts every part that the configuration does not place elsewhere, and a worker and the site, each in a process of its
 * own: the programs that an installation runs by themselves. One that ends by itself is started again, and takes none
 * along. `args` are the flags that the configuration was read from; `say` hears what takes long; `stopping` ends a start
 * that waits for something.
 */
export async function startSystem(
  config: Config,
  args: readonly string[],
  say: (line: string) => void,
  stopping: AbortSignal,
): Promise<System> {
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    return await assemble({ config, say, stopping, closing }, args, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  given: Omit<Starting, 'folder'>,
  args: readonly string[],
  stop: () => Promise<void>,
): Promise<System> {
  const { config, closing } = given;
  const folder = await openDataFolder(config.data);
  closing.push(async () => folder.release());
  await assertPortFree(config.port, config.ip, 'The HTTP API', '--port');
  if (!config.smtp.url) await assertPortFree(config.smtp.port, '127.0.0.1', 'The mailbox', '--smtp-port');
  const token = await secretIn(folder.staffToken, '--data');
  const starting: Starting = { ...given, folder };

  // The bundle is made while the servers start.
  const bundling = bundled(starting);
  bundling.catch(() => {});
  const temporal = await temporalOf(starting);
  const place = await databaseOf(starting);
  const setup = await prepared(place, starting);
  const workflows = await bundling;

  const smtp = config.smtp.url ?? `smtp://127.0.0.1:${config.smtp.port}`;
  const common = [
    ...withoutOwner(args),
    ...['--data', config.data],
    ...['--url', config.url],
    // The embedded one is reached as it is, whatever is told of others.
    ...(config.temporal.external
      ? []
      : ['--temporal-address', temporal.address, '--temporal-profile', NO_PROFILE]),
    ...(temporal.uiUrl ? ['--temporal-ui-url', temporal.uiUrl] : []),
  ];
  // It may hold a password, and flags can be seen by everybody.
  const env = { RIAL_DATABASE_URL: place.database, RIAL_DATABASE_OWNER_URL: '' };
  // The site first: the embedded mailbox is in it.
  for (const [name, script, flags] of [
    ['The site', './siteMain.ts', []],
    ['The worker', '../../worker/main.ts', ['--smtp-url', smtp, '--workflow-bundle', workflows]],
  ] as const) {
    const file = fileURLToPath(new URL(script, import.meta.url));
    await keptUp(() => startPart(name, file, [...common, ...flags], env), name, starting);
  }

  return {
    apiUrl: config.url,
    token,
    tokenFile: folder.staffToken,
    ...(setup && { setupWay: setupWay(config, setup) }),
    ...(!config.smtp.url && { mailboxUrl: `${config.url}/mailbox` }),
    smtp: new URL(smtp).host,
    temporalAddress: temporal.address,
    ...(temporal.uiUrl && { temporalUiUrl: temporal.uiUrl }),
    stop,
  };
}

/** Flags for a part, which has nothing to do with the tables themselves. */
const withoutOwner = (args: readonly string[]): string[] =>
  args.filter(
    (one, at) => !/^--database-owner-url(=|$)/.test(one) && args[at - 1] !== '--database-owner-url',
  );

/** The workflows in one file: the one that is given, or made by a process of its own: the bundler would stay in memory. */
async function bundled({ config, folder }: Starting): Promise<string> {
  if (config.workflowBundle) return config.workflowBundle;
  const script = fileURLToPath(new URL('../../worker/bundle.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [script, folder.workflows]);
  return folder.workflows;
}

/** A database by the account of site and worker, and by the one that its tables belong to. */
type DatabasePlace = { database: string; owner: string };

async function databaseOf(starting: Starting): Promise<DatabasePlace> {
  const { config, folder } = starting;
  if (config.database) return { database: config.database, owner: config.databaseOwner ?? config.database };
  const owner = await embeddedDatabase(starting);
  return { database: accountUrl(folder.postgres), owner };
}

/**
 * Brings the database up to date; one that stands elsewhere may come a little later. Returns the secret by which the
 * first officer comes in, where there is none yet.
 */
async function prepared(
  { database, owner }: DatabasePlace,
  { config, say, stopping }: Starting,
): Promise<string | undefined> {
  const caseFile = openCaseFile(owner, { connections: 2 });
  try {
    const what = `The database${config.database ? ' (--database-url)' : ''}`;
    await waitedFor(what, () => migrate(caseFile), { seconds: config.startWait, say, stopping }, isForGood);
    const account = accountIn(database);
    if (!config.database) await makeAccount(caseFile, account);
    if (owner !== database) await giveRights(caseFile, account);
    return await firstStaff(caseFile, config, new Date().toISOString());
  } finally {
    await caseFile.destroy();
  }
}

async function temporalOf(starting: Starting): Promise<{ address: string; uiUrl?: string }> {
  const { config, folder, say } = starting;
  const { temporal } = config;
  if (temporal.external) {
    await registered(temporal.external, starting);
    return { address: temporal.external.address, ...(temporal.uiUrl && { uiUrl: temporal.uiUrl }) };
  }
  const cli = await locateTemporalCli({ cacheDir: cacheDir(), onProgress: say });
  const start = () =>
    startTemporalServer({
      cli,
      dbFile: folder.temporal,
      port: temporal.port,
      uiPort: temporal.uiPort,
      namespace: temporal.namespace,
      searchAttributes: Object.values(SEARCH_ATTRIBUTES),
      log: path.join(folder.logs, 'temporal.log'),
      pidFile: folder.temporalPid,
      onProgress: say,
    });
  const server = await keptUp(start, 'The Temporal server', starting);
  return { address: server.address, ...(server.uiUrl && { uiUrl: server.uiUrl }) };
}

/** A cluster may keep its search attributes to its administrators; docs/operations.md has the command for them. */
async function registered(
  { namespace, options, name }: TemporalPlace,
  { config, say, stopping }: Starting,
): Promise<void> {
  const connection = await waitedFor(
    name,
    () => Connection.connect(options),
    { seconds: config.startWait, say, stopping },
    isRejection,
  );
  try {
    await connection.workflowService.describeNamespace({ namespace });
    await registerSearchAttributes(connection, namespace, Object.values(SEARCH_ATTRIBUTES));
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND)
      throw new StartError(`${name} has no namespace ${namespace} (--temporal-namespace).`, { cause: error });
    say(`Temporal does not let this process register its search attributes: ${(error as Error).message}`);
  } finally {
    await connection.close();
  }
}

const [NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED] = [5, 7, 16];

/** Whether Temporal is there and does not let us in: no other answer will come. */
const isRejection = (error: unknown): boolean =>
  [error, error instanceof Error && error.cause].some(
    (one) => isGrpcServiceError(one) && (one.code === PERMISSION_DENIED || one.code === UNAUTHENTICATED),
  );

/** The embedded Postgres; returns where it is. */
async function embeddedDatabase(starting: Starting): Promise<string> {
  const { folder, say } = starting;
  const start = () =>
    startPostgres({
      folder: folder.postgres,
      log: path.join(folder.logs, 'postgres.log'),
      pidFile: folder.postgresPid,
      onProgress: say,
    });
  return (await keptUp(start, 'The database server', starting)).url;
}

/** One that ran for this long is started again at once. */
const SETTLED_MS = 10_000;
const LONGEST_PAUSE_MS = 30_000;

/** Starts a part, and again whenever it ends by itself. Returns the first one. */
async function keptUp<Server extends Part>(
  start: () => Promise<Server>,
  name: string,
  { say, closing }: Starting,
): Promise<Server> {
  const first = await start();
  let part: Part = first;
  const stopping = new AbortController();
  const watch = async (): Promise<void> => {
    let began = performance.now();
    let pause = 0;
    while (!stopping.signal.aborted) {
      await part.exited;
      if (stopping.signal.aborted) return;
      pause = performance.now() - began > SETTLED_MS ? 0 : Math.min(2 * pause + 500, LONGEST_PAUSE_MS);
      say(`${name} ended by itself; it is started again.`);
      await delay(pause, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      began = performance.now();
      part = await start().catch((error: Error): Part => {
        say(error.message);
        return { exited: Promise.resolve(), stop: async () => {} };
      });
    }
  };
  const watching = watch();
  closing.push(async () => {
    stopping.abort();
    await part.stop();
    await watching;
    // One that was being started meanwhile.
    await part.stop();
  });
  return first;
}
