import { describe, expect, it } from 'vitest';
import { configFrom, smtpFrom } from '../../src/process/config.ts';

it.each([
  ['RIAL_PROT', 'RIAL_PORT'],
  ['RIAL_DATABASE_URI', 'RIAL_DATABASE_URL'],
  ['RIAL_SMTPURL', 'RIAL_SMTP_URL'],
])('%s is no setting, and would pass for a default: it is refused, and %s is named', (name, meant) => {
  expect(() => configFrom([], { [name]: '1' })).toThrow(`${name} is no setting; ${meant} is one`);
});

it('a variable that is like no other is refused too', () => {
  expect(() => configFrom([], { RIAL_ELEPHANT: '1' })).toThrow(/^RIAL_ELEPHANT is no setting$/);
});

it('a token for the metrics that is too short keeps nobody out: it is refused with its setting', () => {
  expect(() => configFrom([], { RIAL_METRICS_TOKEN: 'short' })).toThrow(
    /^--metrics-token: .*32 characters.*shorter$/,
  );
  expect(() => configFrom([], { RIAL_METRICS_TOKEN: '' })).toThrow(/--metrics-token/);
});

it('what rial reads, what other programs read, and what processes tell each other is no mistake', () => {
  const config = configFrom([], { RIAL_PORT: '81', RIAL_TOKEN: 'x', RIAL_PARENT_PID: '1', PORT: '9' });
  expect(config.port).toBe(81);
});

it.each([
  [[], false],
  [['--url', 'http://localhost:8080'], false],
  [['--url', 'https://cooperacion.oas.example'], true],
  [['--url', 'https://cooperacion.oas.example', '--second-factor', 'off'], false],
  [['--second-factor', 'required'], true],
  [['--second-factor', 'everybody'], 'everybody'],
])('a second step is asked of staff elsewhere than on this machine, unless it is said: %j', (args, asked) => {
  expect(configFrom(args, {}).secondFactor).toBe(asked);
});

it('answers from outside are taken or refused, and nothing else', () => {
  expect(configFrom([], {}).outsideAnswers).toBe('take');
  expect(configFrom([], { RIAL_OUTSIDE_ANSWERS: 'refuse' }).outsideAnswers).toBe('refuse');
  expect(() => configFrom(['--outside-answers', 'mark'], {})).toThrow(/--outside-answers mark/);
});

it('takes an authority for time stamps over TLS, and in plain text on this machine alone', () => {
  expect(configFrom([], {}).timestampUrl).toBeUndefined();
  for (const url of ['https://tsa.example/tsr', 'http://127.0.0.1:9000/', 'http://localhost/tsr?a=1'])
    expect(configFrom(['--timestamp-url', url], {}).timestampUrl).toBe(url);
  for (const wrong of [
    'http://tsa.example/tsr',
    'tsa.example',
    'ftp://127.0.0.1/',
    'https://a:b@tsa.example/',
  ])
    expect(() => configFrom([], { RIAL_TIMESTAMP_URL: wrong })).toThrow(/^--timestamp-url: /);
});

it('takes a provider whole, and in plain text on this machine alone', () => {
  const flags = (issuer: string) => [
    ...['--oidc-issuer', issuer, '--oidc-client-id', 'rial'],
    ...['--oidc-client-secret-file', '/run/secret'],
  ];
  expect(configFrom([], {}).oidc).toBeUndefined();
  expect(configFrom(flags('https://id.ministerio.example/realm'), {}).oidc).toEqual({
    ...{ issuer: 'https://id.ministerio.example/realm', clientId: 'rial' },
    ...{ clientSecretFile: '/run/secret', name: 'id.ministerio.example' },
  });
  expect(configFrom(flags('http://127.0.0.1:9000'), {}).oidc?.name).toBe('127.0.0.1:9000');
  for (const wrong of ['http://id.ministerio.example', 'id.ministerio.example', 'https://id.example/?a=1'])
    expect(() => configFrom(flags(wrong), {})).toThrow(/^--oidc-issuer /);
  expect(() => configFrom(['--oidc-client-id', 'rial'], {})).toThrow(/go together/);
});

it.each([
  ['smtp://mail.oas.example', [], true],
  ['smtp://mail.oas.example:25', ['--smtp-tls', 'offered'], false],
  ['smtp://127.0.0.1:1025', [], false],
  ['smtps://mail.oas.example', [], false],
])('mail to %s with %j goes by TLS that is asked for first: %s', (url, args, asked) => {
  const { smtp } = configFrom(['--smtp-url', url, ...args], {});
  const server = smtpFrom(url, smtp.tls);
  expect(server.requireTLS).toBe(asked);
  // TLS from the first byte asks for none later.
  expect(server.secure).toBe(url.startsWith('smtps:'));
});

it('takes approvals by mail where that is said, and replies are taken', () => {
  const replies = ['--mail-in-address', 'respuestas@coop.example', '--mail-in-port', '2526'];
  expect(configFrom(replies, {}).sender).not.toHaveProperty('answers');
  expect(configFrom([...replies, '--mail-answers', 'on'], {}).sender.answers).toBe(true);
  expect(() => configFrom(['--mail-answers', 'on'], {})).toThrow(/needs --mail-in-address/);
  expect(() => configFrom([...replies, '--mail-answers', 'yes'], {})).toThrow(/mail-answers/);
});

it('takes replies by mail where both address and port are told, and from other machines only as somebody said', () => {
  const given = ['--mail-in-address', 'respuestas@coop.example', '--mail-in-port', '2526'];
  expect(configFrom([], {}).mailIn).toBeUndefined();
  expect(configFrom([], {}).sender).not.toHaveProperty('replies');
  const config = configFrom(given, {});
  expect(config.sender.replies).toBe('respuestas@coop.example');
  expect(config.mailIn).toEqual({ ip: '127.0.0.1', port: 2526 });
  for (const half of [given.slice(0, 2), given.slice(2), ['--mail-in-tls', 'off']])
    expect(() => configFrom(half, {})).toThrow(/^--mail-in-.*go together/);
  const outside = [...given, '--mail-in-ip', '0.0.0.0'];
  expect(() => configFrom(outside, {})).toThrow(/could be read on the way.*--mail-in-tls/);
  expect(configFrom([...outside, '--mail-in-tls', 'off'], {}).mailIn).toEqual({ ip: '0.0.0.0', port: 2526 });
  expect(configFrom([...outside, '--mail-in-tls', '/etc/rial/mail.pem'], {}).mailIn?.tlsFile).toBe(
    '/etc/rial/mail.pem',
  );
  const long = `${'r'.repeat(31)}@coop.example`;
  for (const address of ['a+b@coop.example', long])
    expect(() => configFrom(['--mail-in-address', address, ...given.slice(2)], {})).toThrow(/no \+$/);
});

describe('--imap-host', () => {
  const given = (host: string, ...more: string[]) => [
    ...['--mail-in-address', 'respuestas@coop.example', '--imap-host', host, '--imap-user', 'respuestas'],
    ...['--imap-password-file', '/etc/rial/imap', ...more],
  ];

  it('has replies taken from a mailbox, by TLS from the first byte', () => {
    const { imap, mailIn, sender } = configFrom(given('imap.coop.example'), {});
    expect(sender.replies).toBe('respuestas@coop.example');
    expect(mailIn).toBeUndefined();
    expect(imap).toEqual({
      ...{ host: 'imap.coop.example', port: 993, tls: 'immediate', user: 'respuestas' },
      passwordFile: '/etc/rial/imap',
      folders: { from: 'INBOX', done: 'RIAL', aside: 'RIAL-aside' },
      everyMinutes: 5,
    });
    expect(configFrom([...given('imap.coop.example'), '--mail-in-port', '2526'], {}).mailIn?.port).toBe(2526);
  });

  it.each([
    ['imap.coop.example', '143', 'starttls'],
    ['127.0.0.1', '143', 'none'],
    ['localhost', '993', 'immediate'],
  ])('%s at %s is reached by %s', (host, port, tls) => {
    expect(configFrom(given(host, '--imap-port', port), {}).imap?.tls).toBe(tls);
  });

  it('says nothing in plain text to another machine, whatever is told', () => {
    expect(() => configFrom(given('imap.coop.example', '--imap-tls', 'none'), {})).toThrow(/could be read/);
  });

  it('is refused by halves, and with fewer than three folders', () => {
    expect(() => configFrom(given('imap.coop.example').slice(2), {})).toThrow(/^--imap-host: .*go together/);
    expect(() => configFrom(given('imap.coop.example').slice(0, 4), {})).toThrow(/--imap-user.*go together/);
    expect(() => configFrom(given('imap.coop.example', '--imap-done', 'INBOX'), {})).toThrow(/three folders/);
    expect(() => configFrom(given('imap.coop.example', '--imap-every', '0'), {})).toThrow(/--imap-every 0/);
  });
});

describe('--documents', () => {
  const placeOf = (documents?: string) =>
    configFrom(['--data', '/srv/rial', ...(documents === undefined ? [] : ['--documents', documents])], {})
      .documents;

  it('is the folder of the data where nothing is said', () => {
    expect(placeOf()).toEqual({ folder: '/srv/rial/documents' });
  });

  it.each([
    ['s3://rial-documents', { bucket: 'rial-documents', prefix: '' }],
    ['s3://rial-documents/', { bucket: 'rial-documents', prefix: '' }],
    ['s3://oas.rial/prod/2026', { bucket: 'oas.rial', prefix: 'prod/2026/' }],
  ])('%s is a bucket', (url, s3) => {
    expect(placeOf(url)).toEqual({ folder: '/srv/rial/documents', s3 });
  });

  it.each(['/srv/documents', 's3://', 's3://A', 's3://rial/../x', 's3://rial//x', 'https://s3.example/rial'])(
    '%s is none, and is said so',
    (url) => {
      expect(() => placeOf(url)).toThrow(`--documents ${url}: a bucket of an S3`);
    },
  );
});

it('the account that makes the tables is of the database that is named, and comes by a safe line, too', () => {
  const [site, owner] = ['postgres://site@db.example/rial', 'postgres://owner@db.example/rial'];
  const safe = (url: string) => `${url}?sslmode=verify-full`;
  const given = (database: string | undefined, databaseOwner: string) =>
    configFrom([], {
      ...(database !== undefined && { RIAL_DATABASE_URL: database }),
      RIAL_DATABASE_OWNER_URL: databaseOwner,
    });
  expect(given(safe(site), safe(owner))).toMatchObject({ database: safe(site), databaseOwner: safe(owner) });
  expect(() => given(undefined, safe(owner))).toThrow(/give both/);
  expect(() => given(safe(site), owner)).toThrow(/^--database-owner-url: /);
  // A part is told of none.
  expect(given(safe(site), '').databaseOwner).toBeUndefined();
});
