import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { OUTSIDE_ANSWERS, type OutsideAnswers } from '../domain/door.ts';
import { LANGUAGES, type Language } from '../domain/language.ts';
import { LONGEST_LOCAL } from '../domain/mails/incomingMail.ts';
import { email } from '../domain/programme/programme.ts';
import { isThisMachine } from '../domain/thisMachine.ts';
import { placesIn } from './dataFolder.ts';
import { type DocumentsPlace, s3PlaceOf } from './documentsPlace.ts';
import { FLAGS, type Flag, START_EXITS, settingOf, USAGE, unknownVariable, variableOf } from './settings.ts';
import { StartError } from './startError.ts';
import { type TemporalPlace, temporalPlace } from './temporal.ts';

/**
 * What a process is told at its start: flags first, then `RIAL_…` variables, then the embedded defaults.
 * A part that is given an address is used there; one that is not runs inside.
 */
export type Config = {
  /** The folder of everything that is kept. */
  data: string;
  documents: DocumentsPlace;
  /** The HTTP API's address. */
  ip: string;
  port: number;
  /** The origin people reach it at: links in mails begin with it. */
  url: string;
  /** The file of the key and certificate with which the site speaks TLS by itself. */
  tlsFile?: string;
  /** Whether somebody said which: the embedded default is right on this machine alone. */
  urlGiven: boolean;
  /** How many reverse proxies stand in front, each of which adds to `X-Forwarded-For`. */
  proxies: number;
  /** An external Temporal, or the ports of the embedded one. */
  temporal: { external?: TemporalPlace; namespace: string; port: number; uiPort: number; uiUrl?: string };
  /** `postgres://…`, or the embedded one under `data`. */
  database?: string;
  /** The same by the account that its tables belong to, where that is another. */
  databaseOwner?: string;
  /** How many connections to it this process has at most. */
  databaseConnections: number;
  /** An external mail server, or the port of the embedded mailbox. */
  smtp: { url?: string; port: number; tls: SmtpTls };
  /**
   * `replies`: the address that those that people write to us are made of, where they are taken; `answers`: whether a reply
   * can be an approval.
   */
  sender: { address: string; replyTo: string; domain: string; replies?: string; answers?: boolean };
  /** Where mail for `sender.replies` is taken; `tlsFile`: of the key and certificate with which. */
  mailIn?: { ip: string; port: number; tlsFile?: string };
  /** The mailbox that mail for `sender.replies` comes to, which is looked into every so many minutes. */
  imap?: {
    host: string;
    port: number;
    tls: 'immediate' | 'starttls' | 'none';
    user: string;
    passwordFile: string;
    folders: { from: string; done: string; aside: string };
    everyMinutes: number;
  };
  /** Addresses of OAS staff, and of those who look on. */
  staff: string[];
  observers: string[];
  /** How long somebody stays signed in. */
  sessionHours: { idle: number; most: number };
  /** Whether staff and observers take a second step when they sign in, or all do. */
  secondFactor: boolean | 'everybody';
  /** The file of the key of codes. */
  signInKey: string;
  /** The file of the key and certificate of seals. */
  sealKey: string;
  /** The authority that stamps seals. */
  timestampUrl?: string;
  /** The provider at which people of an institution may sign in. */
  oidc?: { issuer: string; clientId: string; clientSecretFile: string; name: string };
  /** Where a worker finds the workflows, bundled beforehand. */
  workflowBundle?: string;
  /** Who hears when the system is ill. */
  operator?: { address: string; language: Language };
  /** How many seconds a start waits for a database or a Temporal that stands elsewhere and is not there yet. */
  startWait: number;
  /** What becomes of answers that neither site nor API sent. */
  outsideAnswers: OutsideAnswers;
  /** How long a month is taken to last (in ms) until it is asked what came of a cooperation. */
  followUpMonthMs?: number;
  /** What one person may write within an hour, and send within a day. */
  quotas: { messagesAnHour: number; bytesADay: number };
  /** Where the malware scanner is. */
  clamd?: { host: string; port: number } | { path: string };
  /** LibreOffice's program. */
  libreoffice?: string;
  /** A `mailto:` or `https:` URI for whoever finds a weakness. */
  securityContact?: string;
  /** Where security events are written beside the database (`-`: the standard output), and how many days it keeps them. */
  securityLog: { file?: string; days: number };
  /** For how many years the institution keeps what a cooperation left, as it says itself. */
  keepYears?: number;
  /** The token for `/metrics`, and where a worker serves those of Temporal's SDK. */
  metrics: { token?: string; worker?: string };
  play?: string;
  exit: boolean;
};

export class ConfigError extends StartError {
  override name = 'ConfigError';
  override readonly code = START_EXITS.usage.code;
}

const text = z.string();
const port = z.coerce.number().int().min(1).max(65_535);
const years = z.coerce.number().int().min(1).max(100);
/** As long as a month of the calendar at most. */
const secondsAsMs = z.coerce
  .number()
  .int()
  .min(1)
  .max(31 * 24 * 60 * 60)
  .transform((seconds) => seconds * 1000);

/** @throws ConfigError with what is wrong */
export function configFrom(args: string[], env: NodeJS.ProcessEnv = process.env): Config {
  const values: Record<string, string | boolean | undefined> = parsed(args);
  const unknown = unknownVariable(env);
  if (unknown)
    throw new ConfigError(`${unknown.name} is no setting${unknown.meant ? `; ${unknown.meant} is one` : ''}`);
  const given = (flag: Flag): string | undefined =>
    (values[flag] as string | undefined) ?? env[variableOf(flag)];
  /** What was said, or what it stands at otherwise; `follows` where that follows from something else. */
  const read = <T>(flag: Flag, shape: z.ZodType<T>, follows?: string): T => {
    const value = given(flag) ?? settingOf(flag).otherwise ?? follows;
    const result = shape.safeParse(value);
    if (result.success) return result.data;
    throw new ConfigError(`--${flag} ${value}: ${settingOf(flag).what}; ${result.error.issues[0]?.message}`);
  };

  const addresses = (flag: 'staff' | 'observers'): string[] =>
    (given(flag) ?? '')
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .filter((one) => one !== '')
      .map((one) => {
        const known = email.safeParse(one);
        if (known.success) return known.data;
        throw new ConfigError(`--${flag} ${one}: ${settingOf(flag).what}; "${one}" is no address`);
      });
  const httpPort = read('port', port);
  const ip = read('ip', text);
  const address = read('mail-from', email);
  const external = temporalPlace(
    {
      address: given('temporal-address'),
      namespace: given('temporal-namespace'),
      profile: given('temporal-profile'),
    },
    env,
  );
  const [temporalUiUrl, smtpUrl, workflowBundle, play] = [
    given('temporal-ui-url'),
    given('smtp-url'),
    given('workflow-bundle'),
    given('play'),
  ];
  const [securityLog, securityContact] = [given('security-log'), given('security-contact')];
  const tlsFile = given('tls');
  const url = originOf(given('url') ?? `${tlsFile ? 'https' : 'http'}://${ip}:${httpPort}`, 'url');
  if (tlsFile && !url.startsWith('https:'))
    throw new ConfigError(`--url ${url}: with --tls it begins with https`);
  const [, domain = ''] = address.split('@');
  const mailIn = mailInOf(given, read);
  const secondFactor = read(
    'second-factor',
    z.enum(['required', 'everybody', 'off']),
    isThisMachine(new URL(url).hostname) ? 'off' : 'required',
  );
  const programs = programsIn(given);
  const databases = databasesIn(given);
  if (read('parts-tls', z.enum(['required', 'offered'])) === 'required')
    refusePlain({
      ip: tlsFile ? undefined : ip,
      workerMetrics: given('worker-metrics'),
      ...{ databases, external, clamd: programs.clamd },
      bucketAt: given('documents') && (env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL),
    });
  return {
    data: path.resolve(read('data', text)),
    documents: documentsIn(given('documents'), read('data', text)),
    ip,
    port: httpPort,
    url,
    urlGiven: given('url') !== undefined,
    ...(tlsFile && { tlsFile: path.resolve(tlsFile) }),
    proxies: read('proxies', z.coerce.number().int().min(0).max(9)),
    temporal: {
      ...(external && { external }),
      ...(temporalUiUrl && { uiUrl: originOf(temporalUiUrl, 'temporal-ui-url') }),
      namespace: external?.namespace ?? read('temporal-namespace', text, 'default'),
      port: read('temporal-port', port),
      uiPort: read('temporal-ui-port', port),
    },
    ...databases,
    // A transaction of the worker may read beside itself.
    databaseConnections: read('database-connections', z.coerce.number().int().min(2).max(1_000)),
    smtp: {
      ...(smtpUrl && { url: smtpUrl }),
      port: read('smtp-port', port),
      tls: read('smtp-tls', z.enum(['required', 'offered'])),
    },
    ...mailIn.listener,
    sender: { ...mailIn.sender, address, replyTo: read('mail-reply-to', email, address), domain },
    staff: addresses('staff'),
    observers: addresses('observers'),
    sessionHours: {
      idle: read('session-idle', z.coerce.number().positive().max(8_760)),
      most: 24 * read('session-most', z.coerce.number().int().min(1).max(365)),
    },
    secondFactor: secondFactor === 'everybody' ? secondFactor : secondFactor === 'required',
    ...keysIn(given, read('data', text)),
    ...oidcIn(given),
    ...(workflowBundle && { workflowBundle: path.resolve(workflowBundle) }),
    ...(given('operator') && {
      operator: {
        address: read('operator', email),
        language: read('operator-language', z.enum(LANGUAGES)),
      },
    }),
    startWait: read('start-wait', z.coerce.number().int().min(0).max(86_400)),
    outsideAnswers: read('outside-answers', z.enum(OUTSIDE_ANSWERS)),
    quotas: quotasIn(read),
    ...programs,
    ...(securityContact && { securityContact: contactOf(securityContact) }),
    securityLog: {
      ...(securityLog && { file: securityLog }),
      days: read('security-log-days', z.coerce.number().int().min(30).max(36_500)),
    },
    ...spansIn(given, read),
    metrics: metricsIn(given),
    ...(play && { play: path.resolve(play) }),
    exit: values.exit === true,
  };
}

/** @throws ConfigError where the token is too short, without the value, which is a secret */
function metricsIn(given: (flag: Flag) => string | undefined): Config['metrics'] {
  const [token, worker] = [given('metrics-token'), given('worker-metrics')];
  if (token !== undefined && token.length < 32)
    throw new ConfigError(`--metrics-token: ${settingOf('metrics-token').what}; it is shorter`);
  return { ...(token !== undefined && { token }), ...(worker && { worker }) };
}

/** @throws ConfigError where it is no bucket */
export function documentsIn(given: string | undefined, data: string): DocumentsPlace {
  const { documents: folder } = placesIn(path.resolve(data));
  if (!given) return { folder };
  const s3 = s3PlaceOf(given);
  if (!s3) throw new ConfigError(`--documents ${given}: ${settingOf('documents').what}`);
  return { folder, s3 };
}

/** Files of keys, those that are told or in the data folder; and who stamps what is sealed with one. */
const keysIn = (given: (flag: Flag) => string | undefined, data: string) => ({
  signInKey: path.resolve(given('sign-in-key') ?? path.join(data, 'sign-in-key')),
  sealKey: path.resolve(given('seal-key') ?? path.join(data, 'seal-key')),
  ...timestampIn(given),
});

/** What looks at files of people, and prints them. */
function programsIn(given: (flag: Flag) => string | undefined): Pick<Config, 'clamd' | 'libreoffice'> {
  const [clamd, libreoffice] = [given('clamd'), given('libreoffice')];
  return {
    ...(clamd && { clamd: scannerAt(clamd) }),
    ...(libreoffice && { libreoffice: path.resolve(libreoffice) }),
  };
}

type Reader = <T>(flag: Flag, shape: z.ZodType<T>) => T;
const quotasIn = (read: Reader): Config['quotas'] => ({
  messagesAnHour: read('messages-hour', z.coerce.number().int().min(1).max(10_000)),
  bytesADay: Math.round(read('upload-day', z.coerce.number().positive().max(10_000)) * 1024 ** 3),
});

/** What counts in years and months, where it is said. */
const spansIn = (given: (flag: Flag) => string | undefined, read: Reader) => ({
  ...(given('keep-years') && { keepYears: read('keep-years', years) }),
  ...(given('follow-up-month') && { followUpMonthMs: read('follow-up-month', secondsAsMs) }),
});

/** What says where replies come to is of no use without the other half, nor the reverse. */
const REPLY_FLAGS = ['mail-in-address', 'mail-in-port', 'mail-in-tls', 'imap-host'] as const;

/**
 * Where replies by mail are taken. @throws ConfigError where half of it is missing, no token fits into the address, or
 * others could read what comes on its way and nobody said that they may
 */
function mailInOf(
  given: (flag: Flag) => string | undefined,
  read: Reader,
): { sender: Pick<Config['sender'], 'replies' | 'answers'>; listener: Pick<Config, 'mailIn' | 'imap'> } {
  const [byListener, byMailbox] = [given('mail-in-port') !== undefined, given('imap-host') !== undefined];
  const imap = imapIn(given, read);
  const answers = read('mail-answers', z.enum(['on', 'off'])) === 'on';
  if (!given('mail-in-address') || !(byListener || byMailbox) || (given('mail-in-tls') && !byListener)) {
    const told = REPLY_FLAGS.find((flag) => given(flag));
    if (told)
      throw new ConfigError(
        `--${told}: --mail-in-address and --mail-in-port, or --imap-host, go together; with one alone replies would go where nobody takes them`,
      );
    if (answers)
      throw new ConfigError(
        '--mail-answers on: it needs --mail-in-address, where no replies are taken without',
      );
    return { sender: {}, listener: {} };
  }
  const replies = read('mail-in-address', email);
  const local = replies.split('@')[0] as string;
  if (local.length > LONGEST_LOCAL || local.includes('+'))
    throw new ConfigError(
      `--mail-in-address ${replies}: what stands before the @ is made longer for each mail, so it has ${LONGEST_LOCAL} characters at most and no +`,
    );
  const sender = { replies, ...(answers && { answers }) };
  return { sender, listener: { ...(byListener && listenerIn(given, read)), ...imap } };
}

/** @throws ConfigError where others could read what comes on its way and nobody said that they may */
function listenerIn(given: (flag: Flag) => string | undefined, read: Reader): Pick<Config, 'mailIn'> {
  const tls = given('mail-in-tls');
  const ip = read('mail-in-ip', text);
  if (!tls && !isThisMachine(ip))
    throw new ConfigError(
      `--mail-in-ip ${ip}: what people write could be read on the way. Say --mail-in-tls FILE with a key and a certificate, or --mail-in-tls off where the line is safe.`,
    );
  const tlsFile = tls && tls !== 'off' ? path.resolve(tls) : undefined;
  return { mailIn: { ip, port: read('mail-in-port', port), ...(tlsFile && { tlsFile }) } };
}

const IMAPS = 993;
const folder = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]+$/u);

/** @throws ConfigError where half of it is missing, or the password or mails would go to another machine in plain text */
function imapIn(given: (flag: Flag) => string | undefined, read: Reader): Pick<Config, 'imap'> {
  const [host, user, file] = [given('imap-host'), given('imap-user'), given('imap-password-file')];
  if (!host && !user && !file) return {};
  if (!host || !user || !file)
    throw new ConfigError('--imap-host, --imap-user and --imap-password-file go together');
  const at = read('imap-port', port);
  const follows = at === IMAPS ? 'immediate' : isThisMachine(host) ? 'none' : 'starttls';
  const tls = given('imap-tls') ? read('imap-tls', z.enum(['immediate', 'starttls', 'none'])) : follows;
  if (tls === 'none' && !isThisMachine(host))
    throw new ConfigError(
      `--imap-tls none: the password and what people write could be read on the way to ${host}. It is for a server on this machine alone.`,
    );
  const folders = {
    from: read('imap-folder', folder),
    done: read('imap-done', folder),
    aside: read('imap-aside', folder),
  };
  if (new Set(Object.values(folders)).size < 3)
    throw new ConfigError('--imap-folder, --imap-done and --imap-aside are three folders');
  return {
    imap: {
      ...{ host, port: at, tls, user, passwordFile: path.resolve(file), folders },
      everyMinutes: read('imap-every', z.coerce.number().int().min(1).max(60)),
    },
  };
}

/** Of Postgres, ways in which nothing goes in plain text. */
const ENCRYPTED = ['require', 'verify-ca', 'verify-full'];

/** @throws ConfigError where the owner of the tables is told of a database that is not named */
function databasesIn(given: (flag: Flag) => string | undefined): Pick<Config, 'database' | 'databaseOwner'> {
  const [database, databaseOwner] = [given('database-url'), given('database-owner-url')];
  if (databaseOwner && !database)
    throw new ConfigError('--database-owner-url is of the database that --database-url names: give both');
  return { ...(database && { database }), ...(databaseOwner && { databaseOwner }) };
}

/** @throws ConfigError where a part on another machine would be reached in plain text */
function refusePlain({
  databases,
  external,
  clamd,
  bucketAt,
  ip,
  workerMetrics,
}: {
  /** Where the site listens in plain text. */
  ip: string | undefined;
  workerMetrics: string | undefined;
  databases: Pick<Config, 'database' | 'databaseOwner'>;
  external: TemporalPlace | undefined;
  clamd: Config['clamd'];
  bucketAt: string | undefined;
}): void {
  const refuse = (what: string, instead: string) => {
    throw new ConfigError(
      `${what}: what goes there could be read on the way. ${instead}, or say --parts-tls offered where the line is safe.`,
    );
  };
  for (const [flag, url] of [
    ['database-url', databases.database],
    ['database-owner-url', databases.databaseOwner],
  ]) {
    if (!url) continue;
    const { hostname, searchParams } = new URL(url);
    const isHere = hostname === '' || isThisMachine(hostname) || searchParams.get('host')?.startsWith('/');
    if (!isHere && !ENCRYPTED.includes(searchParams.get('sslmode') ?? ''))
      refuse(`--${flag}`, 'Add ?sslmode=verify-full to it');
  }
  if (external && !external.options?.tls && !isThisMachine(external.address.replace(/:\d+$/, '')))
    refuse('--temporal-address', 'Give Temporal’s TLS in a profile or its variables');
  if (bucketAt?.startsWith('http:') && !isThisMachine(new URL(bucketAt).hostname))
    refuse('--documents', 'Give AWS_ENDPOINT_URL_S3 with https');
  if (clamd && 'host' in clamd && !isThisMachine(clamd.host))
    refuse('--clamd', 'Have one on this machine, by its socket');
  if (ip !== undefined && !isThisMachine(ip))
    refuse(`--ip ${ip}`, 'Say --tls FILE with a key and a certificate, or have the proxy on this machine');
  if (workerMetrics && !isThisMachine(workerMetrics.replace(/:\d+$/, '')))
    refuse('--worker-metrics', 'Have who reads them on this machine');
}

/** @throws ConfigError where it is no address, or would be asked in plain text */
function timestampIn(given: (flag: Flag) => string | undefined): Pick<Config, 'timestampUrl'> {
  const url = given('timestamp-url');
  if (!url) return {};
  const found = URL.canParse(url) ? new URL(url) : undefined;
  const plain = found?.protocol === 'http:' && isThisMachine(found.hostname);
  // What stands before an @ would be in logs.
  if (!found || found.username || found.password || !(found.protocol === 'https:' || plain))
    throw new ConfigError(`--timestamp-url: ${settingOf('timestamp-url').what}`);
  return { timestampUrl: found.href };
}

/** @throws ConfigError where one is missing, or the issuer would be asked in plain text */
function oidcIn(given: (flag: Flag) => string | undefined): Pick<Config, 'oidc'> {
  const [issuer, clientId, file] = [
    given('oidc-issuer'),
    given('oidc-client-id'),
    given('oidc-client-secret-file'),
  ];
  if (!issuer && !clientId && !file) return {};
  if (!issuer || !clientId || !file)
    throw new ConfigError('--oidc-issuer, --oidc-client-id and --oidc-client-secret-file go together');
  const found = URL.canParse(issuer) ? new URL(issuer) : undefined;
  const plain = found?.protocol === 'http:' && isThisMachine(found.hostname);
  if (!found || found.search || found.hash || !(found.protocol === 'https:' || plain))
    throw new ConfigError(`--oidc-issuer ${issuer}: ${settingOf('oidc-issuer').what}`);
  const name = given('oidc-name') ?? found.host;
  return { oidc: { issuer, clientId, clientSecretFile: path.resolve(file), name } };
}

/** @throws ConfigError where it is neither */
function scannerAt(place: string): NonNullable<Config['clamd']> {
  if (place.startsWith('/')) return { path: place };
  const [, host, number] = /^(.+):(\d{1,5})$/.exec(place) ?? [];
  const read = port.safeParse(number);
  if (host && read.success) return { host: host.replace(/^\[|\]$/g, ''), port: read.data };
  throw new ConfigError(`--clamd ${place}: ${settingOf('clamd').what}`);
}

/** @throws ConfigError where nobody can be reached by it */
function contactOf(uri: string): string {
  if (/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(uri) && URL.canParse(uri)) return uri;
  throw new ConfigError(`--security-contact ${uri}: ${settingOf('security-contact').what}`);
}

/** @throws ConfigError where it is no origin, or more than one */
function originOf(url: string, flag: 'url' | 'temporal-ui-url'): string {
  const found = URL.canParse(url) ? new URL(url) : undefined;
  if (found && /^https?:$/.test(found.protocol) && found.pathname === '/' && !found.search)
    return found.origin;
  throw new ConfigError(
    `--${flag} ${url}: ${settingOf(flag).what}; it is a scheme, a host and perhaps a port, and no path`,
  );
}

function parsed(args: string[]) {
  const text = Object.fromEntries(FLAGS.map((flag) => [flag, { type: 'string' as const }]));
  try {
    return parseArgs({
      args,
      options: { ...text, exit: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new ConfigError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

/** Whether mail leaves this machine only over TLS, or also where the server offers none. */
export type SmtpTls = 'required' | 'offered';

/** A mail server from its URL: `smtp://user:password@host:587`, `smtps://…` for TLS from the first byte. */
export function smtpFrom(
  url: string,
  tls: SmtpTls,
): {
  host: string;
  port: number;
  secure: boolean;
  requireTLS: boolean;
  user?: string;
  password?: string;
} {
  const { protocol, hostname, port, username, password } = URL.canParse(url)
    ? new URL(url)
    : ({} as Partial<URL>);
  if ((protocol !== 'smtp:' && protocol !== 'smtps:') || !hostname)
    throw new ConfigError(
      '--smtp-url is smtp://user:password@host:587, or smtps:// for TLS from the first byte',
    );
  const secure = protocol === 'smtps:';
  return {
    host: hostname,
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && tls === 'required' && !isThisMachine(hostname),
    ...(username && { user: decodeURIComponent(username), password: decodeURIComponent(password ?? '') }),
  };
}
