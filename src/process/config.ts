import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

/**
 * What a process is told at its start: flags first, then `RIAL_…` variables, then the embedded defaults.
 * A part that is given an address is used there; one that is not runs inside.
 */
export type Config = {
  /** The folder of everything that is kept. */
  data: string;
  /** The HTTP API's address. */
  ip: string;
  port: number;
  /** The origin people reach it at: links in mails begin with it. */
  url: string;
  /** Whether somebody said which: the embedded default is right on this machine alone. */
  urlGiven: boolean;
  /** How many reverse proxies stand in front, each of which adds to `X-Forwarded-For`. */
  proxies: number;
  /** An external Temporal, or the ports of the embedded one. */
  temporal: { address?: string; namespace: string; port: number; uiPort: number; uiUrl?: string };
  /** `postgres://…`, or the embedded one under `data`. */
  database?: string;
  /** How many connections to it this process has at most. */
  databaseConnections: number;
  /** An external mail server, or the port of the embedded mailbox. */
  smtp: { url?: string; port: number };
  sender: { address: string; replyTo: string; domain: string };
  /** Addresses of OAS staff, and of those who look on. */
  staff: string[];
  observers: string[];
  /** Where a worker finds the workflows, bundled beforehand. */
  workflowBundle?: string;
  play?: string;
  exit: boolean;
};

export class ConfigError extends Error {
  override name = 'ConfigError';
}

const port = z.coerce.number().int().min(1).max(65_535);
const mail = z.email();

const FLAGS = {
  data: 'folder of everything that is kept (./data)',
  ip: 'address the HTTP API listens on (127.0.0.1)',
  port: 'port of the HTTP API and the mailbox page (8080)',
  url: 'origin that people reach it at (http://127.0.0.1:8080)',
  proxies: 'how many reverse proxies stand in front (0)',
  'temporal-port': 'port of the embedded Temporal server (7233)',
  'temporal-ui-port': 'port of the embedded Temporal UI (8233)',
  'temporal-address': 'an external Temporal, host:port',
  'temporal-namespace': 'its namespace (default)',
  'temporal-ui-url': 'origin of its UI, for links on the pages of staff',
  'database-url': 'an external Postgres, postgres://…',
  'database-connections': 'connections to the database at most, of each process (10)',
  'smtp-port': 'port of the embedded mailbox (2525)',
  'smtp-url': 'an external mail server, smtp://user:password@host:587',
  'mail-from': 'address mails come from',
  'mail-reply-to': 'address answers by mail go to',
  staff: 'addresses of OAS staff, with commas (those whom programmes name as staff)',
  'workflow-bundle': 'the workflows in one file, made by worker/bundle.ts (made at the start)',
  observers: 'addresses that see everything and decide nothing',
  play: 'play the cooperation of a programme file with scripted delegates',
} as const;

/** What `--help` prints. */
export const USAGE = [
  'npm start -- [flags]',
  '',
  ...Object.entries(FLAGS).map(([flag, what]) => `  --${flag.padEnd(20)} ${what}`),
  `  --${'exit'.padEnd(20)} with --play: stop when it is over; the exit code says how it ended`,
  `  --${'help'.padEnd(20)} this`,
  '',
  'Each flag also has a variable: --temporal-port is RIAL_TEMPORAL_PORT.',
].join('\n');

/** @throws ConfigError with what is wrong */
export function configFrom(args: string[], env: NodeJS.ProcessEnv = process.env): Config {
  const values: Record<string, string | boolean | undefined> = parsed(args);
  const given = (flag: keyof typeof FLAGS): string | undefined =>
    (values[flag] as string | undefined) ?? env[`RIAL_${flag.toUpperCase().replaceAll('-', '_')}`];
  const read = <T>(flag: keyof typeof FLAGS, shape: z.ZodType<T>, otherwise: T): T => {
    const value = given(flag);
    if (value === undefined) return otherwise;
    const result = shape.safeParse(value);
    if (result.success) return result.data;
    throw new ConfigError(`--${flag} ${value}: ${FLAGS[flag]}; ${result.error.issues[0]?.message}`);
  };

  const addresses = (flag: 'staff' | 'observers'): string[] =>
    (given(flag) ?? '')
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .filter((one) => one !== '')
      .map((one) => {
        if (mail.safeParse(one).success) return one;
        throw new ConfigError(`--${flag} ${one}: ${FLAGS[flag]}; "${one}" is no address`);
      });
  const httpPort = read('port', port, 8080);
  const ip = given('ip') ?? '127.0.0.1';
  const address = read('mail-from', mail, 'coop@rial.example');
  const [temporalAddress, temporalUiUrl, database, smtpUrl, workflowBundle, play] = [
    given('temporal-address'),
    given('temporal-ui-url'),
    given('database-url'),
    given('smtp-url'),
    given('workflow-bundle'),
    given('play'),
  ];
  return {
    data: path.resolve(given('data') ?? 'data'),
    ip,
    port: httpPort,
    url: originOf(given('url') ?? `http://${ip}:${httpPort}`, 'url'),
    urlGiven: given('url') !== undefined,
    proxies: read('proxies', z.coerce.number().int().min(0).max(9), 0),
    temporal: {
      ...(temporalAddress && { address: temporalAddress }),
      ...(temporalUiUrl && { uiUrl: originOf(temporalUiUrl, 'temporal-ui-url') }),
      namespace: given('temporal-namespace') ?? 'default',
      port: read('temporal-port', port, 7233),
      uiPort: read('temporal-ui-port', port, 8233),
    },
    ...(database && { database }),
    // A transaction of the worker may read beside itself.
    databaseConnections: read('database-connections', z.coerce.number().int().min(2).max(1_000), 10),
    smtp: { ...(smtpUrl && { url: smtpUrl }), port: read('smtp-port', port, 2525) },
    sender: {
      address,
      replyTo: read('mail-reply-to', mail, address),
      domain: address.split('@')[1] as string,
    },
    staff: addresses('staff'),
    observers: addresses('observers'),
    ...(workflowBundle && { workflowBundle: path.resolve(workflowBundle) }),
    ...(play && { play: path.resolve(play) }),
    exit: values.exit === true,
  };
}

/** @throws ConfigError where it is no origin, or more than one */
function originOf(url: string, flag: 'url' | 'temporal-ui-url'): string {
  const found = URL.canParse(url) ? new URL(url) : undefined;
  if (found && /^https?:$/.test(found.protocol) && found.pathname === '/' && !found.search)
    return found.origin;
  throw new ConfigError(
    `--${flag} ${url}: ${FLAGS[flag]}; it is a scheme, a host and perhaps a port, and no path`,
  );
}

function parsed(args: string[]) {
  const text = Object.fromEntries(Object.keys(FLAGS).map((flag) => [flag, { type: 'string' as const }]));
  try {
    return parseArgs({
      args,
      options: { ...text, exit: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new ConfigError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

/** A mail server from its URL: `smtp://user:password@host:587`, `smtps://…` for TLS from the first byte. */
export function smtpFrom(url: string): {
  host: string;
  port: number;
  secure: boolean;
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
    ...(username && { user: decodeURIComponent(username), password: decodeURIComponent(password ?? '') }),
  };
}
