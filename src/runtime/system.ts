import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ServerType, serve } from '@hono/node-server';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { Hono } from 'hono';
import pino, { type Logger } from 'pino';
import { startingDocument } from '../../activities/attachments.ts';
import { createActivities } from '../../activities/create.ts';
import { cooperationOf } from '../../activities/headings.ts';
import manifest from '../../package.json' with { type: 'json' };
import { bundleWorkflows, createWorker } from '../../worker/worker.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.ts';
import { api } from '../api/server.ts';
import { migrate, openCaseFile } from '../casefile/database.ts';
import { DatabaseUnavailable } from '../casefile/pool.ts';
import { cooperationsOver, workflowsOver } from '../client/index.ts';
import { diskStore } from '../documents/disk.ts';
import { createTransport } from '../mail/transport.ts';
import { startPostgres } from '../postgres-server/server.ts';
import { cacheDir } from '../process/cache.ts';
import { type Config, smtpFrom } from '../process/config.ts';
import { logTo, temporalLogger } from '../process/log.ts';
import { assertPortFree } from '../process/ports.ts';
import { rehearsalsApart } from '../rehearsal/apart.ts';
import { site } from '../site/site.ts';
import { locateTemporalCli } from '../temporal-server/locate.ts';
import { registerSearchAttributes } from '../temporal-server/searchAttributes.ts';
import { startTemporalServer } from '../temporal-server/server.ts';
import { openDataFolder, staffToken } from './dataFolder.ts';
import { startMailbox } from './mailbox/mailbox.ts';
import { mailboxApp } from './mailbox/page.ts';
import { signInSender } from './signInMail.ts';

/** A running system, with where each of its parts is. */
export type System = {
  apiUrl: string;
  token: string;
  tokenFile: string;
  mailboxUrl?: string;
  smtp: string;
  temporalAddress: string;
  temporalUiUrl?: string;
  /** Ends everything in order; what was under way goes on at the next start. */
  stop(): Promise<void>;
  /** Rejects when a part ended that the system cannot do without. */
  failed: Promise<never>;
};

/**
 * Starts every part that the configuration does not place elsewhere. `say` hears what takes long.
 */
export async function startSystem(config: Config, say: (line: string) => void): Promise<System> {
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    return await assemble(config, say, closing, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(
  config: Config,
  say: (line: string) => void,
  closing: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<System> {
  const now = () => new Date().toISOString();
  const folder = await openDataFolder(config.data);
  closing.push(folder.release);
  await assertPortFree(config.port, config.ip, 'The HTTP API', '--port');
  if (!config.smtp.url) await assertPortFree(config.smtp.port, '127.0.0.1', 'The mailbox', '--smtp-port');

  const log = logTo('rial', pino.destination({ dest: path.join(folder.logs, 'rial.log'), sync: true }));
  installRuntime(log);
  const token = await staffToken(folder.staffToken);
  let fail: (reason: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});

  // The bundle is made while the server starts.
  const bundling = bundleWorkflows();
  bundling.catch(() => {});

  const temporal = await temporalOf(config, folder, say, closing, fail);

  const database = config.database ?? (await embeddedDatabase(folder, say, closing, fail));
  const caseFile = openCaseFile(database, { connections: config.databaseConnections });
  closing.push(() => caseFile.destroy());
  await migrate(caseFile).catch((error: Error) => {
    const { message } = error instanceof DatabaseUnavailable ? (error.cause as Error) : error;
    throw new DatabaseUnavailable(
      `The database${config.database ? ' (--database-url)' : ''} cannot be used: ${message}`,
      { cause: error },
    );
  });
  const documents = diskStore(folder.documents);

  const mailbox = config.smtp.url
    ? undefined
    : await startMailbox({ port: config.smtp.port, dir: folder.mailbox });
  if (mailbox) closing.push(() => mailbox.stop());
  const transport = createTransport(
    config.smtp.url ? smtpFrom(config.smtp.url) : { host: '127.0.0.1', port: config.smtp.port },
  );
  closing.push(async () => transport.close());

  const connection = await Connection.connect({ address: temporal.address });
  closing.push(() => connection.close());
  // A cluster may keep its search attributes to its administrators; docs/operations.md has the command for them.
  if (config.temporal.address)
    await registerSearchAttributes(
      connection,
      config.temporal.namespace,
      Object.values(SEARCH_ATTRIBUTES),
    ).catch((error: Error) =>
      say(`Temporal does not let this process register its search attributes: ${error.message}`),
    );
  const workflows = workflowsOver(new Client({ connection, namespace: config.temporal.namespace }));
  const cooperations = cooperationsOver({ caseFile, documents, workflows, now });

  const activities = createActivities({
    ...{ caseFile, documents, mail: transport, sender: config.sender, now },
    site: { url: config.url },
  });
  const workflowBundle = await bundling;
  closing.push(
    await keepWorking(log, async () => {
      const native = await NativeConnection.connect({ address: temporal.address });
      const { namespace } = config.temporal;
      const worker = await createWorker({
        connection: native,
        namespace,
        activities,
        workflowBundle,
        buildId: manifest.version,
      });
      return { worker, native };
    }),
  );

  const rehearsals = rehearsalsApart({ log });
  closing.push(() => rehearsals.stop());
  const server = new Hono();
  server.route('/api', api({ caseFile, documents, cooperations, workflows, token, log, now }));
  if (mailbox) server.route('/mailbox', mailboxApp(mailbox));
  server.route(
    '/',
    site({
      ...{ caseFile, documents, cooperations, workflows, log, now },
      url: config.url,
      staff: config.staff,
      observers: config.observers,
      sendSignIn: signInSender({ transport, sender: config.sender, log, now }),
      temporalUiUrl: temporal.uiUrl && `${temporal.uiUrl}/namespaces/${config.temporal.namespace}`,
      mailboxUrl: mailbox && '/mailbox',
      proxies: config.proxies,
      startingDocument: async (id, kind) =>
        startingDocument(caseFile, await cooperationOf(caseFile, id), kind),
      rehearse: rehearsals.rehearse,
    }),
  );
  const http = await listening(server, config);
  closing.push(
    () =>
      new Promise((resolve) => {
        http.close(resolve);
        if ('closeAllConnections' in http) http.closeAllConnections();
      }),
  );

  const handedIn = cooperations.handInAnswers().then(
    (count) => count > 0 && log.warn({ count }, 'workflows were handed answers that they had not heard of'),
    (error: unknown) => log.error({ err: error }, 'answers could not be handed to their workflows'),
  );
  closing.push(() => handedIn);

  return {
    apiUrl: config.url,
    token,
    tokenFile: folder.staffToken,
    ...(mailbox && { mailboxUrl: `${config.url}/mailbox` }),
    smtp: config.smtp.url ? new URL(config.smtp.url).host : `127.0.0.1:${config.smtp.port}`,
    temporalAddress: temporal.address,
    ...(temporal.uiUrl && { temporalUiUrl: temporal.uiUrl }),
    stop,
    failed,
  };
}

/** Serves the site; people are told that it is ready once it listens. */
const listening = ({ fetch }: Hono, { port, ip }: Config): Promise<ServerType> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: ip }, () => resolve(server));
    server.once('error', reject);
  });

/** Temporal's own messages go to the log, not over what people read. */
function installRuntime(log: Logger): void {
  try {
    Runtime.install({
      logger: temporalLogger(log),
      // Signals are main.ts's to handle, in its own order.
      shutdownSignals: [],
      telemetryOptions: { logging: { forward: {}, filter: 'WARN' } },
    });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'IllegalStateError')) throw error;
  }
}

async function temporalOf(
  { temporal }: Config,
  folder: Awaited<ReturnType<typeof openDataFolder>>,
  say: (line: string) => void,
  closing: (() => Promise<unknown>)[],
  fail: (reason: Error) => void,
): Promise<{ address: string; uiUrl?: string }> {
  if (temporal.address) return { address: temporal.address };
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
  const server = await keptUp(start, 'The Temporal server', say, closing, fail);
  return { address: server.address, ...(server.uiUrl && { uiUrl: server.uiUrl }) };
}

/** The embedded Postgres; returns where it is. */
async function embeddedDatabase(
  folder: Awaited<ReturnType<typeof openDataFolder>>,
  say: (line: string) => void,
  closing: (() => Promise<unknown>)[],
  fail: (reason: Error) => void,
): Promise<string> {
  const start = () =>
    startPostgres({
      folder: folder.postgres,
      log: path.join(folder.logs, 'postgres.log'),
      pidFile: folder.postgresPid,
      onProgress: say,
    });
  return (await keptUp(start, 'The database server', say, closing, fail)).url;
}

/** Starts a server, and again whenever it ends by itself. Returns the first one. */
async function keptUp<Server extends { exited: Promise<unknown>; stop(): Promise<void> }>(
  start: () => Promise<Server>,
  name: string,
  say: (line: string) => void,
  closing: (() => Promise<unknown>)[],
  fail: (reason: Error) => void,
): Promise<Server> {
  const first = await start();
  let server = first;
  let stopping = false;
  const watch = async (): Promise<void> => {
    while (!stopping) {
      await server.exited;
      if (stopping) return;
      say(`${name} ended by itself; it is started again.`);
      server = await start();
    }
  };
  const watching = watch().catch(fail);
  closing.push(async () => {
    stopping = true;
    await server.stop();
    await watching;
    // One that was being started meanwhile.
    await server.stop();
  });
  return first;
}

/** Runs a worker, and another in its place when it fails. Returns what ends it, with its work handed back. */
async function keepWorking(
  log: Logger,
  create: () => Promise<{ worker: Worker; native: NativeConnection }>,
): Promise<() => Promise<void>> {
  let current = await create();
  let stopping = false;
  const running = (async () => {
    while (!stopping) {
      try {
        await current.worker.run();
      } catch (error) {
        log.error({ err: error }, 'the worker failed; another takes its place');
      }
      await current.native.close().catch(() => {});
      while (!stopping) {
        await delay(1_000);
        const next = await create().catch(() => undefined);
        if (next) {
          current = next;
          break;
        }
      }
    }
  })();
  return async () => {
    stopping = true;
    if (current.worker.getState() === 'RUNNING') current.worker.shutdown();
    await running;
  };
}
