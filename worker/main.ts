import path from 'node:path';
import { Client } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { createActivities } from '../activities/create.ts';
import manifest from '../package.json' with { type: 'json' };
import { openCaseFile, poolUse } from '../src/casefile/database/database.ts';
import { cooperationsOver, patient, workflowsOver } from '../src/client/index.ts';
import { documentsReached } from '../src/documents/opening.ts';
import { createTransport } from '../src/mail/transport.ts';
import { ConfigError, configFrom, smtpFrom } from '../src/process/config.ts';
import { logDestination, logTo, temporalLogger } from '../src/process/log.ts';
import { program } from '../src/process/program.ts';
import { START_EXITS } from '../src/process/settings.ts';
import { endWithSupervisor, ready, supervised } from '../src/process/supervision.ts';
import { waitedFor } from '../src/process/waiting.ts';
import { collectingActivities, keepCollecting, passwordOf } from './collectingMails.ts';
import { tellPoolUse } from './poolMetrics.ts';
import { keepSchedule, reconcilingActivities, warnOfRetention } from './reconciling.ts';
import { bundleWorkflows, createWorker } from './worker.ts';

/**
 * The worker: the one that `npm start` runs, or one by itself for a Temporal cluster, a Postgres and a mail server that
 * stand elsewhere. It reads the same variables, and shares the document folder.
 */
endWithSupervisor();
await program(async (stopping) => {
  const config = configFrom(process.argv.slice(2));
  const { temporal, database, smtp } = config;
  if (!temporal.external || !database || !smtp.url || !config.urlGiven) {
    throw new ConfigError(
      'A worker by itself needs --temporal-address or --temporal-profile, --database-url, --smtp-url, and for the links in mails --url; `npm start` runs one with all the rest.',
    );
  }

  if (config.imap) await passwordOf(config.imap);
  const log = logTo(
    'rial-worker',
    logDestination(supervised() ? path.join(config.data, 'logs', 'rial.log') : undefined),
  );
  Runtime.install({
    logger: temporalLogger(log),
    telemetryOptions: {
      logging: { forward: {}, filter: 'WARN' },
      ...(config.metrics.worker && { metrics: { prometheus: { bindAddress: config.metrics.worker } } }),
    },
  });
  const caseFile = openCaseFile(database, { connections: config.databaseConnections });
  const poolTold = tellPoolUse(Runtime.instance().metricMeter, () => poolUse(caseFile));
  const transport = createTransport(smtpFrom(smtp.url, smtp.tls));
  const { external } = temporal;
  const waiting = { seconds: config.startWait, say: console.error, stopping };
  const [connection, workflowBundle] = await Promise.all([
    waitedFor(external.name, () => NativeConnection.connect(external.options), waiting),
    config.workflowBundle ? { codePath: config.workflowBundle } : bundleWorkflows(),
  ]);
  const documents = await documentsReached(config.documents, waiting);
  const outside = {
    caseFile,
    documents,
    mail: transport,
    sender: config.sender,
    site: { url: config.url },
    outsideAnswers: config.outsideAnswers,
    followUpMonthMs: config.followUpMonthMs,
    now: () => new Date().toISOString(),
  };
  const client = new Client({ connection, namespace: temporal.namespace });
  const workflows = patient(workflowsOver(client), client);
  const cooperations = cooperationsOver({ ...outside, workflows });
  const worker = await createWorker({
    connection,
    namespace: temporal.namespace,
    activities: {
      ...createActivities(outside),
      ...reconcilingActivities(cooperations, outside, log),
      ...collectingActivities(outside, config, log),
    },
    workflowBundle,
    buildId: manifest.version,
  });
  if (!supervised())
    log.info({ temporal: external.address, namespace: temporal.namespace }, 'the worker runs');
  const running = worker.run();
  ready();
  const scheduled = Promise.all([
    keepSchedule(client),
    keepCollecting(client, config),
    warnOfRetention(workflows, log),
  ]).catch((error: unknown) =>
    log.error(
      { err: error },
      'Temporal did not let its schedules or retention be seen to: the case file may not be held against it, and mails not collected',
    ),
  );
  // Ends on SIGINT and SIGTERM, which the Temporal runtime turns into a shutdown that hands work back.
  const failure = await running.then(
    () => undefined,
    (error: unknown) => {
      log.error({ err: error }, 'the worker failed');
      return error;
    },
  );
  await scheduled;
  poolTold();
  transport.close();
  await Promise.all([connection.close(), caseFile.destroy()]);
  if (!supervised()) log.info('the worker has stopped');
  return START_EXITS[failure ? 'failed' : 'done'].code;
});
