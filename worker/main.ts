import { NativeConnection, Runtime } from '@temporalio/worker';
import { createActivities } from '../activities/create.ts';
import manifest from '../package.json' with { type: 'json' };
import { openCaseFile } from '../src/casefile/database.ts';
import { diskStore } from '../src/documents/disk.ts';
import { createTransport } from '../src/mail/transport.ts';
import { configFrom, smtpFrom } from '../src/process/config.ts';
import { logTo, temporalLogger } from '../src/process/log.ts';
import { bundleWorkflows, createWorker } from './worker.ts';

/**
 * A worker by itself, beside those that `npm start` runs: for a Temporal cluster, a Postgres and a mail server that
 * stand elsewhere. It reads the same variables, and shares the document folder.
 */
const config = configFrom(process.argv.slice(2));
const { temporal, database, smtp } = config;
if (!temporal.address || !database || !smtp.url || !config.urlGiven) {
  console.error(
    'A worker by itself needs --temporal-address, --database-url, --smtp-url, and for the links in mails --url; `npm start` runs one with all the rest.',
  );
  process.exit(2);
}

const log = logTo('rial-worker');
Runtime.install({ logger: temporalLogger(log) });
const caseFile = openCaseFile(database, { connections: config.databaseConnections });
const transport = createTransport(smtpFrom(smtp.url));
const [connection, workflowBundle] = await Promise.all([
  NativeConnection.connect({ address: temporal.address }),
  bundleWorkflows(),
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
log.info({ temporal: temporal.address, namespace: temporal.namespace }, 'the worker runs');
// Ends on SIGINT and SIGTERM, which the Temporal runtime turns into a shutdown that hands work back.
await worker.run();
transport.close();
await Promise.all([connection.close(), caseFile.destroy()]);
log.info('the worker has stopped');
