import { Resolver } from 'node:dns/promises';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { Client, Connection } from '@temporalio/client';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import { pdfAsFiled, startingDocument } from '../../activities/attachments.ts';
import { cooperationOf } from '../../activities/headings.ts';
import manifest from '../../package.json' with { type: 'json' };
import { TASK_QUEUE } from '../../workflows/messages.ts';
import { api } from '../api/server.ts';
import { forgetSecurityEvents, type SecurityLog, securityLogOver } from '../casefile/access/securityLog.ts';
import { firstStaff } from '../casefile/access/staff.ts';
import { type CaseFile, openCaseFile, poolUse } from '../casefile/database/database.ts';
import { forgetDrafts } from '../casefile/drafts.ts';
import { collectLetGo } from '../casefile/letGo.ts';
import { forgetWaiting } from '../casefile/waitingFiles.ts';
import type { MailAnswers } from '../client/cooperationClient.ts';
import { type Cooperations, cooperationsOver, patient, workflowsOver } from '../client/index.ts';
import { withRefusalsNoted } from '../client/refusalNotes.ts';
import { documentsReached } from '../documents/opening.ts';
import type { DocumentStore } from '../documents/store.ts';
import { DAY_MS, MINUTE_MS } from '../domain/dates/durations.ts';
import { newSealKey, type Sealer, sealerWith } from '../evidence/sealing.ts';
import { closingPaperMaker } from '../export/closingPaper.ts';
import { healthApp } from '../health/app.ts';
import { checksOf, HEALTH_POOL } from '../health/checks.ts';
import { type Health, healthOf } from '../health/health.ts';
import { metricsApp } from '../health/metrics.ts';
import { operatorWatch, watchHealth } from '../health/operator.ts';
import { securityTextApp } from '../http/securityText.ts';
import { webOf } from '../http/web.ts';
import { inspectionWith } from '../inspection/inspecting.ts';
import { createTransport, greet, type TransportConfig } from '../mail/transport.ts';
import { type Config, ConfigError, configFrom, smtpFrom } from '../process/config.ts';
import { encryptionAt } from '../process/encryption.ts';
import { logDestination, logTo } from '../process/log.ts';
import { givenBy, program } from '../process/program.ts';
import { keyIn, secretGivenIn, secretIn } from '../process/secretFile.ts';
import { START_EXITS } from '../process/settings.ts';
import { StartError } from '../process/startError.ts';
import { endWithSupervisor, ready, supervised } from '../process/supervision.ts';
import { waitedFor } from '../process/waiting.ts';
import { printerApart } from '../publications/certificates.ts';
import { wordPrinterApart } from '../publications/wordPdf.ts';
import { rehearsalsApart } from '../rehearsal/apart.ts';
import { type Provider, providerAt } from '../site/signing-in/provider.ts';
import { site } from '../site/site.ts';
import { afterwards } from './afterwards.ts';
import { keepLibrary } from './libraryKeeping.ts';
import { listening } from './listening.ts';
import { startMailbox } from './mailbox/mailbox.ts';
import { mailboxApp } from './mailbox/page.ts';
import { fileMailsAsTheyCome, takeMails } from './mailIn.ts';
import { refuseUnsafe, setupWay } from './safety.ts';
import { invitationSender, operatorSender, signInSender } from './signInMail.ts';
import { type TimestampAuthority, timestampAuthorityAt } from './timestampAuthority.ts';

/**
 * The site and the HTTP API: those that `npm start` runs, or by themselves for a Temporal cluster and a Postgres that
 * stand elsewhere. The embedded mailbox is here, unless there is a mail server.
 */
endWithSupervisor();
await program(async (stopping) => {
  const config = configFrom(process.argv.slice(2));
  refuseUnsafe(config);
  const { temporal, database, quotas } = config;
  if (!temporal.external || !database) {
    throw new ConfigError(
      'The site by itself needs --temporal-address or --temporal-profile, and --database-url; `npm start` runs it with all the rest.',
    );
  }

  const closing: (() => Promise<unknown>)[] = [];
  const now = () => new Date().toISOString();
  const log = logTo(
    'rial',
    logDestination(supervised() ? path.join(config.data, 'logs', 'rial.log') : undefined),
  );
  const caseFile = openCaseFile(database, { connections: config.databaseConnections });
  closing.push(() => caseFile.destroy());
  // Where it is one of several, whoever runs it has.
  if (!supervised()) await sayFirstOfficersWay(caseFile, config, now());
  const securityLog = securityLogFor(config, { caseFile, now, log });
  const waiting = { seconds: config.startWait, say: console.error, stopping };
  const documents = await documentsReached(config.documents, waiting);
  closing.push(forgetDaily({ caseFile, documents, now, log }, config.securityLog));
  const mailbox = config.smtp.url
    ? undefined
    : await startMailbox({ port: config.smtp.port, dir: path.join(config.data, 'mailbox') });
  if (mailbox) closing.push(() => mailbox.stop());
  const mailServer = mailServerOf(config);
  const transport = createTransport(mailServer);
  closing.push(async () => transport.close());
  const { external } = temporal;
  const connection = await waitedFor(external.name, () => Connection.connect(external.options), waiting);
  closing.push(() => connection.close());
  const client = new Client({ connection, namespace: temporal.namespace });
  const workflows = patient(workflowsOver(client), client);
  const inspection = inspectionWith(config.clamd, log);
  closing.push(() => inspection.stop());
  const { seal, authority } = await sealingOf(config, log);
  const apart = { inspection, quotas, ...printersOf(config, { caseFile, seal }) };
  const cooperations = withRefusalsNoted(
    cooperationsOver({ caseFile, documents, workflows, ...apart, mailAnswers: mailAnswersOf(config), now }),
    (event, who) => securityLog.note(event, { who }),
  );
  const outside = { caseFile, documents, log, securityLog, now };
  closing.push(await takeReplies(outside, config, cooperations.fileMails));
  const rehearsals = rehearsalsApart({ log, siteUrl: config.url });
  closing.push(() => rehearsals.stop(), keepLibrary(fillingOf(cooperations, log), log));

  const watched = openCaseFile(database, HEALTH_POOL);
  closing.push(() => watched.destroy());
  const health = healthOf(
    checksOf({
      caseFile: watched,
      temporal: { connection, namespace: temporal.namespace, taskQueue: TASK_QUEUE },
      ...{ documents, folder: config.data, lookAtAddress: addressLook(config) },
      greetMailServer: () => greet(mailServer),
      ...{ greetScanner: inspection.greetScanner, asksForStamp: authority?.isThere },
      looksEveryMs: config.imap && config.imap.everyMinutes * MINUTE_MS,
    }),
  );
  const server = webOf({ ...config, log });
  server.route('/', forMachines({ config, caseFile, watched, health, now }));
  const machineToken = () => secretIn(path.join(config.data, 'staff-token'), '--data');
  await machineToken();
  const mails = { transport, sender: config.sender, log, now };
  if (config.operator)
    watchHealth(operatorWatch({ health, tell: operatorSender(mails, config.operator), now }));
  const sendInvitation = invitationSender(mails, config.url);
  server.route(
    '/api',
    api({
      ...{ caseFile, documents, cooperations, workflows, log, now, health, securityLog },
      ...{ machineToken, sendInvitation, proxies: config.proxies, seal, url: config.url },
    }),
  );
  const provider = await providerOf(config, log);
  const { later, done } = afterwards();
  closing.push(done);
  if (mailbox) server.route('/mailbox', mailboxApp(mailbox));
  server.route(
    '/',
    site({
      ...{ caseFile, documents, cooperations, workflows, log, now, securityLog },
      url: config.url,
      signInKey: await secretIn(config.signInKey, '--sign-in-key'),
      ...{ seal, secondFactor: config.secondFactor, sessionHours: config.sessionHours, provider },
      afterwards: later,
      ...{ sendSignIn: signInSender(mails), sendInvitation },
      temporalUiUrl: temporal.uiUrl && `${temporal.uiUrl}/namespaces/${temporal.namespace}`,
      ill: () => health.last().flatMap(({ check, ok }) => (ok ? [] : [check])),
      ...{ mailboxUrl: mailbox && '/mailbox', contact: config.sender.replyTo },
      proxies: config.proxies,
      kept: { years: config.keepYears, securityDays: config.securityLog.days },
      programmePdf: (programme) => pdfAsFiled({ caseFile, documents }, programme),
      startingDocument: async (id, kind) =>
        startingDocument({ caseFile, documents, now }, await cooperationOf(caseFile, id), kind),
      rehearse: rehearsals.rehearse,
    }),
  );
  const http = await listening(server, { ...config, ...(await encryptionOf(config)) });
  closing.push(
    () =>
      new Promise((resolve) => {
        http.close(resolve);
        if ('closeAllConnections' in http) http.closeAllConnections();
      }),
  );
  ready();
  await securityLog.note({ code: 'system-started', version: manifest.version }, {});

  const handedIn = cooperations.handInAnswers().then(
    (count) => count > 0 && log.warn({ count }, 'workflows were handed answers that they had not heard of'),
    (error: unknown) => log.error({ err: error }, 'answers could not be handed to their workflows'),
  );
  await givenBy(stopping);
  await handedIn;
  for (const close of closing.reverse()) await close();
  return START_EXITS.done.code;
});

/** What prints papers, in processes of their own. */
function printersOf({ url, libreoffice }: Config, sealing: { caseFile: CaseFile; seal: Sealer }) {
  return {
    certificates: printerApart(url),
    paperMaker: closingPaperMaker(sealing),
    ...(libreoffice !== undefined && { wordPrinter: wordPrinterApart(libreoffice) }),
  };
}

/** Reads what was published into the library, and prints it; seals what is over. @returns how much of it there was */
function fillingOf(
  cooperations: Pick<Cooperations, 'fillLibrary' | 'printSheets' | 'keepClosingPapers'>,
  log: Logger,
): () => Promise<number> {
  return async () =>
    (await cooperations.fillLibrary()) +
    (await cooperations.printSheets(log)) +
    (await cooperations.keepClosingPapers(log));
}

/** The provider of an institution, asked once now: where it is away the log says so, and the site goes on without it. */
async function providerOf({ oidc, url }: Config, log: Logger): Promise<Provider | undefined> {
  if (!oidc) return undefined;
  const { clientSecretFile, ...given } = oidc;
  const clientSecret = await secretGivenIn(clientSecretFile, '--oidc-client-secret-file');
  const provider = providerAt({ ...given, clientSecret }, { url, log });
  await provider.isThere();
  return provider;
}

/** Where mails are handed over: to the server that is named, or the embedded mailbox. */
function mailServerOf({ smtp }: Config): TransportConfig {
  return smtp.url ? smtpFrom(smtp.url, smtp.tls) : { host: '127.0.0.1', port: smtp.port };
}

/** Takes what people reply by mail, where the settings say so, and files what workers collected. Returns what ends that. */
async function takeReplies(
  outside: Omit<Parameters<typeof takeMails>[0], 'address'>,
  { mailIn, sender: { replies: address } }: Config,
  file: (failed: (error: unknown) => void) => Promise<number>,
): Promise<() => Promise<void>> {
  if (address === undefined) return async () => {};
  const filing = fileMailsAsTheyCome(file, outside.log);
  if (!mailIn) return () => filing.stop();
  const { tlsFile, ...place } = mailIn;
  const pem = tlsFile === undefined ? undefined : await secretGivenIn(tlsFile, '--mail-in-tls');
  const taking = await takeMails(
    { ...outside, address },
    { ...place, ...(pem !== undefined && { tls: keyAndCertificate(pem, '--mail-in-tls') }) },
    filing.look,
  );
  return async () => {
    await taking.stop();
    await filing.stop();
  };
}

/** How it is known whose mail an approval is, where such are taken: by what the domains of senders publish. */
function mailAnswersOf({ sender: { replies, answers } }: Config): MailAnswers | undefined {
  if (replies === undefined || !answers) return undefined;
  const names = new Resolver({ timeout: NAMES_MS, tries: 2 });
  return { address: replies, resolve: (name, type) => names.resolve(name, type) };
}
const NAMES_MS = 5_000;

/** Looks at the TLS of where people reach the site, where there is any. */
function addressLook({ url }: Config): (() => Promise<string | undefined>) | undefined {
  return url.startsWith('https:') ? () => encryptionAt(url) : undefined;
}

/** The key and certificate with which the site speaks TLS by itself, where it does. */
async function encryptionOf({ tlsFile }: Config) {
  if (tlsFile === undefined) return {};
  return { pem: keyAndCertificate(await secretGivenIn(tlsFile, '--tls'), '--tls') };
}

/** @throws StartError where one of them is missing, or they are none of each other */
function keyAndCertificate(pem: string, setting: string): { key: string; cert: string } {
  try {
    createSecureContext({ key: pem, cert: pem });
    return { key: pem, cert: pem };
  } catch (error) {
    throw new StartError(
      `${setting} does not name a file of a private key and its certificate in PEM: ${(error as Error).message}`,
    );
  }
}

/** What seals with the key in its file, which is made where there is none; the authority that stamps is asked once now. */
async function sealingOf(
  { sealKey, url, timestampUrl }: Config,
  log: Logger,
): Promise<{ seal: Sealer; authority: TimestampAuthority | undefined }> {
  const pem = await keyIn(sealKey, '--seal-key', () => newSealKey(new URL(url).hostname, new Date()));
  const authority = timestampUrl === undefined ? undefined : timestampAuthorityAt(timestampUrl, log);
  let seal: Sealer;
  try {
    seal = sealerWith(pem, authority);
  } catch (error) {
    throw new StartError(
      `${sealKey} (--seal-key) does not hold a private key and its certificate in PEM: ${(error as Error).message}`,
    );
  }
  // Where it is away the log says so, and what is sealed meanwhile says that it has no stamp.
  await authority?.isThere();
  return { seal, authority };
}

/** On an empty system, says by which link the first officer comes in. */
async function sayFirstOfficersWay(caseFile: CaseFile, config: Config, at: string): Promise<void> {
  const setup = await firstStaff(caseFile, config, at);
  if (setup)
    console.log(
      `Nobody is staff yet. Within the hour the first officer comes in, once, by ${setupWay(config, setup)}`,
    );
}

/** What is kept for some days and no longer is deleted now and once a day. Returns what ends that. */
function forgetDaily(
  {
    caseFile,
    documents,
    now,
    log,
  }: { caseFile: CaseFile; documents: DocumentStore; now: () => string; log: Logger },
  { days }: Config['securityLog'],
): () => Promise<void> {
  const forget = () =>
    Promise.all([
      forgetSecurityEvents(caseFile, days, now()),
      forgetDrafts(caseFile, now()),
      forgetWaiting(caseFile, now()),
      collectLetGo(caseFile, documents, now()),
    ]).catch((error: unknown) => log.error({ err: error }, 'what is old enough could not be deleted'));
  let under = forget();
  const daily = setInterval(() => {
    under = forget();
  }, DAY_MS).unref();
  return async () => {
    clearInterval(daily);
    await under;
  };
}

/** The security log, which is handed on as lines where the settings say so. */
function securityLogFor(
  { securityLog: { file } }: Config,
  given: { caseFile: CaseFile; now: () => string; log: Logger },
): SecurityLog {
  const lines = file === undefined ? undefined : logDestination(file === '-' ? undefined : file);
  return securityLogOver({ ...given, ...(lines && { ship: (line) => void lines.write(`${line}\n`) }) });
}

/** What programs ask for, of those who look after an installation: how it is, its numbers, whom to tell of a hole. */
function forMachines({
  config,
  caseFile,
  watched,
  health,
  now,
}: {
  config: Config;
  caseFile: CaseFile;
  watched: CaseFile;
  health: Health;
  now: () => string;
}): Hono {
  const app = new Hono();
  app.route('/', healthApp({ health, now }));
  app.route('/', securityTextApp({ contact: config.securityContact, url: config.url, now }));
  app.route(
    '/',
    metricsApp({
      caseFile: watched,
      connections: () => poolUse(caseFile),
      health,
      token: config.metrics.token,
    }),
  );
  return app;
}
