import { nearest } from '../domain/programme/spelling.ts';

/**
 * What `npm start` and a worker by itself are told at their start, as data: the flags, what each stands at otherwise, and
 * what it does. `--help`, the parsing, and the table in docs/operations.md are made from it.
 */

type Setting = {
  /** What it does, on one line. */
  what: string;
  /** What else there is to know of it, for the docs. */
  more?: string;
  /** What it stands at where nothing is said: a value of its shape. */
  otherwise?: string;
  /** The same in words, where it follows from something else. */
  follows?: string;
  /** What the docs name its value. */
  value?: string;
};

/** Flags that take a value. Each has a variable too: {@link variableOf}. */
const SETTINGS = {
  data: { what: 'folder of everything that is kept', otherwise: './data' },
  ip: {
    what: 'address that the site, the HTTP API and the mailbox page listen on',
    otherwise: '127.0.0.1',
    more: 'leave it as it is unless a reverse proxy with TLS stands in front',
  },
  port: { what: 'their port', otherwise: '8080' },
  url: {
    what: 'origin that people reach it at',
    follows: 'http://IP:PORT',
    more: 'links in mails begin with it, forms are taken from it alone; behind TLS write `https://…`',
  },
  tls: {
    what: 'file of the key and the certificate (PEM) with which site and API speak TLS by themselves, also to a proxy',
    follows: 'none: plain HTTP, to this machine alone',
    value: 'FILE',
    more: 'for its owner alone, and its group at most; without it --ip is this machine, unless --parts-tls is offered',
  },
  proxies: {
    what: 'how many reverse proxies stand in front',
    otherwise: '0',
    more: 'the address that the outermost of them saw, in `X-Forwarded-For`, is whose tries to sign in are counted',
  },
  staff: {
    what: 'addresses of the first OAS staff, with commas',
    follows: 'nobody',
    more: 'read at the first start alone: they see all cooperations, intervene, and invite others',
  },
  observers: {
    what: 'addresses of the first observers, with commas',
    follows: 'nobody',
    more: 'read at the first start alone: they see everything and decide nothing',
  },
  'session-idle': {
    what: 'hours without a visit after which somebody is signed out',
    otherwise: '8',
    more: 'a working day',
  },
  'session-most': {
    what: 'days after which somebody is signed out in any case',
    otherwise: '7',
  },
  'second-factor': {
    what: 'required, everybody, or off: whether staff and observers, or all who sign in, take a passkey, or an app on their telephone (TOTP), after the code of the mail',
    follows: 'off where --url is this machine, else required',
    more: 'each sets it up at the next sign-in; `rial staff reset` has somebody begin anew who lost what it takes. With `everybody` the link of a mail leads to where a code is asked for and lets nobody in, calendars have no address, and a code of an app holds for its half minute alone ([all of level 2](#signing-in)); Passkeys are of the host in --url',
  },
  'sign-in-key': {
    what: 'file of the key with which codes to sign in, and secrets of the second factor, are kept',
    follows: '<data>/sign-in-key',
    more: 'made at the first start, for its owner alone; it is not in the database nor in a backup; with another one second factors are to be reset',
  },
  'seal-key': {
    what: 'file of the key and the certificate (PEM) with which the PDF of a bundle is sealed',
    follows: '<data>/seal-key',
    more: 'made at the first start, for its owner alone, with a certificate that it signed itself; an institution that has its own puts the private key, its certificate and those above it there. `rial backup` keeps the one in the data folder',
  },
  'timestamp-url': {
    what: 'a time stamp authority (RFC 3161), https://…, that stamps each seal; on this machine http',
    follows: 'none: seals have no time stamp',
    more: 'it is told a hash, and nothing of any case. It is asked at the start and for each bundle, for five seconds at most; while it is away, which the log says, bundles are sealed without a stamp and say so ([bundle.md](bundle.md#the-time-stamp))',
  },
  'oidc-issuer': {
    what: 'issuer of the OpenID Connect provider at which people of an institution may sign in, https://…',
    follows: 'none',
    more: 'with the two below; see [Signing in](#signing-in). While it is away people sign in by code',
  },
  'oidc-client-id': { what: 'the id that the site has there', follows: 'none' },
  'oidc-client-secret-file': {
    what: 'file of the secret that the site has there',
    follows: 'none',
    more: 'readable by its owner, and its group at most: else the start is refused; never the secret itself, for flags can be seen by everybody',
    value: 'FILE',
  },
  'oidc-name': { what: 'what the button to sign in there calls it', follows: 'the host of the issuer' },
  'temporal-port': {
    what: 'port of the embedded Temporal server',
    otherwise: '7233',
    more: 'this machine alone can reach it',
  },
  'temporal-ui-port': {
    what: 'port of the embedded Temporal UI',
    otherwise: '8233',
    more: 'this machine alone can reach it',
  },
  'temporal-address': { what: 'an external Temporal, host:port', follows: 'the embedded one' },
  'temporal-profile': {
    what: 'its profile in temporal.toml: address, namespace, TLS, mTLS, API key',
    follows: 'the default one, where the Temporal is external',
    more: 'as Temporal’s own programs read it, with their `TEMPORAL_…` variables; `none` reads neither',
  },
  'temporal-namespace': { what: 'its namespace', follows: 'the profile’s, else default' },
  'temporal-ui-url': { what: 'origin of its UI, for links on the pages of staff', follows: 'none' },
  'workflow-bundle': {
    what: 'the workflows in one file',
    follows: 'made at the start',
    more: '`node_modules/.bin/node worker/bundle.ts FILE` makes it, and a worker by itself needs no bundler then',
  },
  'database-url': { what: 'an external Postgres, postgres://…', follows: 'the embedded one' },
  'database-owner-url': {
    what: 'the same by the account that makes its tables, at the start alone',
    follows: 'that of --database-url, which makes them',
    more: 'then the account of --database-url is given what site and worker need, and changes no table; see [External parts](#external-parts)',
  },
  documents: {
    what: 'a bucket of an S3 that keeps the bytes of documents and mails, s3://BUCKET or s3://BUCKET/PREFIX',
    follows: '<data>/documents',
    value: 's3://BUCKET',
    more: 'region, credentials and the address of an S3 that is not Amazon’s as Amazon’s own programs read them: `AWS_…` variables (`AWS_ENDPOINT_URL_S3`), profiles, roles. The bucket has to be there; site and worker read the same. What was on disk before is put in by `rial backup` and `rial restore`',
  },
  'database-connections': { what: 'connections to the database at most, of each process', otherwise: '10' },
  'smtp-port': {
    what: 'port of the embedded mailbox',
    otherwise: '2525',
    more: 'this machine alone can reach it',
  },
  'smtp-url': {
    what: 'an external mail server, smtp://user:password@host:587',
    follows: 'the embedded mailbox',
    more: 'STARTTLS; `smtps://…` for TLS from the first byte',
  },
  'smtp-tls': {
    what: 'required, or offered: then mail goes unencrypted to a server that offers no TLS',
    otherwise: 'required',
    more: 'a mail server on this machine needs none',
  },
  'parts-tls': {
    what: 'required, or offered: then a database, a Temporal, a bucket, a scanner or a proxy on another machine may be reached in plain text, and who reads a worker’s metrics',
    otherwise: 'required',
    more: 'a start that would do so is refused; for lines within one safe network, such as that of one cluster. What is on this machine needs none',
  },
  'mail-from': {
    what: 'address that mails come from',
    otherwise: 'coop@rial.example',
    more: "each cooperation's has its id added, `coop+14-per-chl@…`, so the mail server must take such addresses. Do not change its domain while cooperations run: Message-IDs and calendar UIDs end in it, and replies and calendar updates are found by them",
  },
  'mail-reply-to': {
    what: 'address that answers by mail go to where no officer of the cooperation is there',
    follows: 'as --mail-from',
    more: 'a mailbox that the Secretariat reads; every other mail names an officer, and answers go to theirs',
  },
  'mail-in-address': {
    what: 'address that people’s replies by mail come to, such as respuestas@coop.example',
    follows: 'none: they go to the officer',
    more: 'with --mail-in-port or --imap-host; see [Replies by mail](#replies-by-mail). Each mail has one of its own, `respuestas+r…@…`, so its mail server must pass all of them on. A worker reads it too',
  },
  'mail-in-port': {
    what: 'port at which mail for that address is taken over SMTP',
    follows: 'none',
  },
  'mail-in-ip': {
    what: 'address that it is taken at',
    otherwise: '127.0.0.1',
    more: 'the mail server of the institution hands it on to there',
  },
  'mail-in-tls': {
    what: 'file of the key and the certificate (PEM) with which it is taken encrypted, or off: then also from other machines in plain text',
    follows: 'none, and from this machine alone',
    more: 'with a file, nothing is taken before STARTTLS',
    value: 'FILE',
  },
  'mail-answers': {
    what: 'on, or off: whether «De acuerdo» in reply to a mail that asks for an approval is one',
    otherwise: 'off',
    more: 'with --mail-in-address, and for site and workers alike; see [Approvals by mail](#approvals-by-mail). The site then asks the name system for the keys of senders’ domains',
  },
  'imap-host': {
    what: 'IMAP server of the mailbox that mail for --mail-in-address comes to',
    follows: 'none',
    more: 'instead of --mail-in-port, or beside it; see [Replies by mail](#replies-by-mail). Workers look into it',
    value: 'HOST',
  },
  'imap-port': { what: 'its port', otherwise: '993' },
  'imap-tls': {
    what: 'immediate, starttls, or none, which a server on this machine alone may have',
    follows: 'immediate at 993; else starttls, and none on this machine',
    more: 'its certificate is checked; `NODE_EXTRA_CA_CERTS` names the file of an authority of your own',
  },
  'imap-user': { what: 'who signs in there', follows: 'none' },
  'imap-password-file': {
    what: 'file of their password',
    follows: 'none',
    more: 'readable by its owner, and its group at most: else the start is refused; it is read at each look, so that it can be changed',
    value: 'FILE',
  },
  'imap-folder': { what: 'folder that mails come to', otherwise: 'INBOX' },
  'imap-done': {
    what: 'folder that those are moved to that were taken',
    otherwise: 'RIAL',
    more: 'made where there is none; nothing is deleted, and nothing is read there',
  },
  'imap-aside': {
    what: 'folder for those that somebody has to see to: to no reply address, or too large',
    otherwise: 'RIAL-aside',
    more: 'made where there is none; the board says how many lie there',
  },
  'imap-every': { what: 'minutes from one look to the next, 1 to 60', otherwise: '5' },
  operator: {
    what: 'address of whoever runs the system',
    follows: 'nobody',
    more: 'gets one mail when something is ill for half a minute, a reminder a day while it lasts, and one when all has been well for five minutes; straight by the mail server, and when that is back where it was what was ill',
  },
  'operator-language': { what: 'language of those mails: es, en, pt or fr', otherwise: 'es' },
  'start-wait': {
    what: 'seconds that a start waits for an external database or Temporal that is not there yet',
    otherwise: '60',
  },
  'outside-answers': {
    what: 'take, or refuse: what becomes of answers that came as a Signal or an Update from outside',
    otherwise: 'take',
    more: 'they are marked in the record; refused ones stand there too. Site and API are not concerned. A worker reads it',
  },
  'follow-up-month': {
    what: 'seconds that stand for a month until it is asked what came of a cooperation',
    follows: 'months of the calendar, on working mornings',
    more: 'for a demonstration; cooperations that were closed before keep their dates. A worker reads it',
  },
  libreoffice: {
    what: 'path of LibreOffice’s program, such as /usr/bin/soffice, with which the tagged PDF of a published sheet is made from its Word file',
    follows: 'none: a sheet is to be had as the file that was approved',
    more: 'Debian: `libreoffice-writer-nogui`; see [PDF of the sheets](#pdf-of-the-sheets)',
    value: 'FILE',
  },
  clamd: {
    what: 'the malware scanner that each document is looked at by, too: clamd’s host:port, or the path of its socket',
    follows: 'none',
    more: 'while it is away no document is taken; see [Files of people](#files-of-people)',
  },
  'messages-hour': {
    what: 'how many questions, messages and comments one person may write within an hour',
    otherwise: '20',
    more: 'the Secretariat has no such limit',
  },
  'upload-day': {
    what: 'how many GB one person may send as documents within a day',
    otherwise: '2',
  },
  'security-contact': {
    what: 'where to tell of a weakness, mailto:… or https://…, for /.well-known/security.txt',
    follows: 'none',
  },
  'security-log': {
    what: 'file that security events are written to as well, a line of JSON each; - for the standard output',
    follows: 'none',
    more: 'for whoever collects the logs of several systems; the database has them anyway',
    value: 'FILE',
  },
  'security-log-days': {
    what: 'days that security events are kept, 30 at least',
    otherwise: '365',
  },
  'keep-years': {
    what: 'years for which the institution keeps what a cooperation left, from its closing: what the privacy notice says',
    follows: 'the notice says to ask',
    more: 'nothing is deleted by itself',
  },
  'metrics-token': {
    what: 'token, of 32 characters at least, with which another machine reads /metrics',
    follows: 'this machine alone reads it',
    more: 'in the variable, for flags can be seen by everybody',
  },
  'worker-metrics': {
    what: 'address, such as 127.0.0.1:9464, at which a worker serves the metrics of Temporal’s SDK',
    follows: 'none',
  },
  play: {
    what: 'play the cooperation of a programme file with scripted delegates',
    value: 'FILE',
    more: 'they read the embedded mailbox',
  },
} as const satisfies Record<string, Setting>;

export type Flag = keyof typeof SETTINGS;
export const FLAGS = Object.keys(SETTINGS) as Flag[];
export const settingOf = (flag: Flag): Setting => SETTINGS[flag];

/** Flags that take no value, and have no variable. */
export const SWITCHES = {
  exit: 'with --play: stop when it is over; the exit code says how it ended',
  help: 'this',
} as const;

/** Variables that have no flag. */
export const VARIABLES = {
  RIAL_CACHE: 'folder for what is fetched once, the Temporal servers among it (`~/.cache/rial`)',
  TEMPORAL_ADDRESS:
    'an external Temporal; with it `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, `TEMPORAL_TLS_CLIENT_CERT_PATH`, `TEMPORAL_TLS_CLIENT_KEY_PATH`, `TEMPORAL_TLS_SERVER_CA_CERT_PATH`, `TEMPORAL_CONFIG_FILE`, `TEMPORAL_PROFILE` and the others of Temporal’s environment configuration',
  TEMPORAL_CLI_PATH: 'the Temporal CLI to use as the embedded server',
  TEMPORAL_TEST_SERVER_PATH: 'the server of virtual time to use in rehearsals and tests',
} as const;

/** The variable of a flag: `--temporal-port` is `RIAL_TEMPORAL_PORT`. */
export const variableOf = (flag: Flag): string => `RIAL_${flag.toUpperCase().replaceAll('-', '_')}`;

/** What `rial` reads from its environment: the flag that goes before it, and what it stands at otherwise. */
export const CLIENT_VARIABLES = {
  RIAL_URL: { what: 'where the server is', flag: '--url', otherwise: 'http://127.0.0.1:8080' },
  RIAL_TOKEN: { what: 'the token' },
  RIAL_TOKEN_FILE: { what: 'a file of it', flag: '--token-file', otherwise: '<data>/staff-token' },
  RIAL_DATA: { what: 'the data folder', otherwise: './data' },
  RIAL_DATABASE_URL: {
    what: 'the database that `backup` and `restore` go to',
    flag: '--database-url',
    otherwise: 'the embedded one',
  },
  RIAL_LANGUAGE: {
    what: 'es, en, pt or fr',
    flag: '--language',
    otherwise: 'LC_ALL, LC_MESSAGES or LANG; else es',
  },
  NO_COLOR: { what: 'no colours' },
} as const satisfies Record<string, { what: string; flag?: string; otherwise?: string }>;

/** A variable that only looks like a setting, and the one that may have been meant: a slip would pass for a default. */
export function unknownVariable(
  env: NodeJS.ProcessEnv,
): { name: string; meant: string | undefined } | undefined {
  const known = [
    ...FLAGS.map(variableOf),
    ...Object.keys(VARIABLES),
    ...Object.keys(CLIENT_VARIABLES),
    // One process of ours tells it another: `parent.ts`.
    'RIAL_PARENT_PID',
  ];
  const name = Object.keys(env).find((one) => one.startsWith('RIAL_') && !known.includes(one));
  return name === undefined ? undefined : { name, meant: nearest(name, known) };
}

/** What `--help` prints. */
export const USAGE = [
  'npm start -- [flags]',
  '',
  ...FLAGS.map((flag) => {
    const { what, otherwise, follows } = settingOf(flag);
    const stands = otherwise ?? follows;
    return `  --${flag.padEnd(20)} ${what}${stands ? ` (${stands})` : ''}`;
  }),
  ...Object.entries(SWITCHES).map(([flag, what]) => `  --${flag.padEnd(20)} ${what}`),
  '',
  'Each flag that takes a value also has a variable: --temporal-port is RIAL_TEMPORAL_PORT.',
].join('\n');

/** What `npm start` ends with. */
export const START_EXITS = {
  done: {
    code: 0,
    meaning: 'stopped as asked; or with `--play --exit` the report was accepted',
  },
  failed: {
    code: 1,
    meaning: 'a part could not be started or failed, or the play did not end as it should',
  },
  usage: { code: 2, meaning: 'a flag is wrong' },
  interrupted: { code: 130, meaning: 'stopped in the middle of a play' },
} as const;
