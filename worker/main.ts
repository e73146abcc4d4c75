import path from 'node:path';
import { NativeConnection, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { createActivities } from '../activities/create.ts';
import manifest from '../package.json' with { type: 'json' };
import { openCaseFile } from '../src/casefile/database.ts';
import { diskStore } from '../src/documents/disk.ts';
import { createTransport } from '../src/mail/transport.ts';
import { configFrom, smtpFrom } from '../src/process/config.ts';
import { logTo, temporalLogger } from '../src/process/log.ts';
import { endWithSupervisor, ready, supervised } from '../src/process/supervised.ts';
import { bundleWorkflows, createWorker } from './worker.ts';

/**
 * The worker: the one that `npm start` runs, or one by itself for a Temporal cluster, a Postgres and a mail server that
 * stand elsewhere. It reads the same variables, and shares the document folder.
 */
endWithSupervisor();
const config = configFrom(process.argv.slice(2));
const { temporal, database, smtp } = config;
if (!temporal.address || !database || !smtp.url || !config.urlGiven) {
  console.error(
    'A worker by itself needs --temporal-address, --database-url, --smtp-url, and for the links in mails --url; `npm start` runs one with all the rest.',
  );
  process.exit(2);
}

const log = logTo(
  'rial-worker',
  supervised()
    ? pino.destination({ dest: path.join(config.data, 'logs', 'rial.log'), sync: true })
    : undefined,
);
Runtime.install({
  logger: temporalLogger(log),
  telemetryOptions: { logging: { forward: {}, filter: 'WARN' } },
});
const caseFile = openCaseFile(database, { connections: config.databaseConnections });
const transport = createTransport(smtpFrom(smtp.url));
const [connection, workflowBundle] = await Promise.all([
  NativeConnection.connect({ address: temporal.address }),
  config.workflowBundle ? { codePath: config.workflowBundle } : bundleWorkflows(),
]);
const worker = await createWorker({
  connection,
  namespace: temporal.namespace,
  activities: createActivities({
    caseFile,
    documents: diskStore(`${config.data}/documents`),
    mail: transport,
    sender: config.sender,
    site: { url: config.url },
    now: () => new Date().toISOString(),
  }),
  workflowBundle,
  buildId: manifest.version,
});
if (!supervised()) log.info({ temporal: temporal.address, namespace: temporal.namespace }, 'the worker runs');
const running = worker.run();
ready();
// Ends on SIGINT and SIGTERM, which the Temporal runtime turns into a shutdown that hands work back.
const failure = await running.then(
  () => undefined,
  (error: unknown) => {
    log.error({ err: error }, 'the worker failed');
    return error;
  },
);
transport.close();
await Promise.all([connection.close(), caseFile.destroy()]);
if (!supervised()) log.info('the worker has stopped');
// What runs it still listens.
process.exit(failure ? 1 : 0);
