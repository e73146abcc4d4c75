import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ImapFlow } from 'imapflow';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../src/documents/memory.ts';
import { MOST_MAIL_BYTES } from '../../src/domain/mails/incomingMail.ts';
import { type ImapPlace, openMailbox } from '../../src/mail/imap.ts';
import { collecting, incoming, mailed, OURS } from '../activities/replyMailbox.ts';
import { setting } from '../casefile/changes/setting.ts';
import { freePorts } from '../support/system.ts';

/** The mailbox of replies over IMAP: a real Dovecot where Debian's is installed (`.ci/debian-dovecot`), and servers that are odd. */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
setting();

const DOVECOT = '/usr/sbin/dovecot';
const FOLDERS = { from: 'INBOX', done: 'RIAL', aside: 'RIAL-aside' };
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const placeAt = (port: number, given: Partial<ImapPlace> = {}): ImapPlace => ({
  ...{ host: '127.0.0.1', port, tls: 'none', user: 'respuestas', password: 'secreta', folders: FOLDERS },
  ...given,
});
const listening = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
const failure = (place: ImapPlace): Promise<string> =>
  openMailbox(place).then(
    () => 'opened',
    (error: Error) => `${error.name}: ${error.message}`,
  );

it('says nothing secret to a server that offers no TLS, where TLS is asked for', async () => {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n');
    socket.on('data', (line) => {
      heard.push(line.toString());
      socket.write(`${line.toString().split(' ')[0]} BAD no\r\n`);
    });
    socket.on('error', () => {});
  });
  const port = await listening(server);
  closing.push(() => server.close());
  expect(await failure(placeAt(port, { tls: 'starttls' }))).toBe('MailboxUnavailable: ETLS');
  expect(heard.join('')).not.toMatch(/secreta|LOGIN|AUTHENTICATE/);
});

it('does not wait for ever for a server that falls silent', async () => {
  const server = createServer((socket) => {
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    socket.on('error', () => {});
    closing.push(() => socket.destroy());
  });
  const port = await listening(server);
  closing.push(() => server.close());
  expect(await failure(placeAt(port, { silenceMs: 200 }))).toMatch(/^MailboxUnavailable: \w+$/);
});

it('says why it cannot be reached by a code alone', async () => {
  const [port] = (await freePorts(1)) as [number];
  expect(await failure(placeAt(port))).toBe('MailboxUnavailable: ECONNREFUSED');
});

describe.runIf(existsSync(DOVECOT))('a real Dovecot', () => {
  let folder: string;
  let dovecot: ChildProcess;
  let [plain, secure] = [0, 0];
  let cert: string;
  let documents: ReturnType<typeof memoryStore>;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rial-dovecot-'));
    [plain, secure] = (await freePorts(2)) as [number, number];
    const made = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    cert = made.cert;
    await writeFile(path.join(folder, 'cert.pem'), made.cert);
    await writeFile(path.join(folder, 'key.pem'), made.private);
    for (const one of ['mail', 'home']) {
      await mkdir(path.join(folder, one));
      await chmod(path.join(folder, one), 0o777);
    }
    await chmod(folder, 0o755);
    await writeFile(path.join(folder, 'dovecot.conf'), configuration());
    dovecot = spawn(DOVECOT, ['-F', '-c', path.join(folder, 'dovecot.conf')], { stdio: 'ignore' });
    await vi.waitFor(async () => (await openMailbox(placeAt(plain))).close(), {
      timeout: 50_000,
      interval: 200,
    });
  });
  afterAll(async () => {
    dovecot?.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    documents = memoryStore();
    await mailed();
    await withClient(async (client) => {
      for (const name of Object.values(FOLDERS)) {
        await client.mailboxOpen(name);
        await client.messageDelete('1:*');
      }
    });
  });

  const configuration = () =>
    [
      'protocols = imap',
      `base_dir = ${folder}/run`,
      `state_dir = ${folder}/run`,
      `log_path = ${folder}/log`,
      'ssl = yes',
      `ssl_cert = <${folder}/cert.pem`,
      `ssl_key = <${folder}/key.pem`,
      'disable_plaintext_auth = no',
      `mail_location = maildir:${folder}/mail`,
      'mail_uid = nobody',
      'mail_gid = nogroup',
      'first_valid_uid = 1',
      'auth_failure_delay = 0',
      'passdb {\n  driver = static\n  args = password=secreta\n}',
      `userdb {\n  driver = static\n  args = uid=nobody gid=nogroup home=${folder}/home\n}`,
      'service imap-login {',
      `  inet_listener imap {\n    address = 127.0.0.1\n    port = ${plain}\n  }`,
      `  inet_listener imaps {\n    address = 127.0.0.1\n    port = ${secure}\n    ssl = yes\n  }`,
      '}',
      'namespace inbox {\n  inbox = yes\n}',
      '',
    ].join('\n');

  async function withClient(work: (client: ImapFlow) => Promise<unknown>): Promise<void> {
    const client = new ImapFlow({
      ...{ host: '127.0.0.1', port: plain, secure: false, doSTARTTLS: false, logger: false },
      auth: { user: 'respuestas', pass: 'secreta' },
    });
    await client.connect();
    await work(client);
    await client.logout();
  }
  const deliver = (raw: string) => withClient((client) => client.append('INBOX', raw));
  /** How many lie in each folder. */
  async function counts(): Promise<number[]> {
    const found: number[] = [];
    await withClient(async (client) => {
      for (const name of Object.values(FOLDERS)) {
        const status = await client.status(name, { messages: true });
        found.push((status || undefined)?.messages ?? -1);
      }
    });
    return found;
  }
  const mail = (to = OURS, text = 'hola') =>
    `To: ${to}\r\nFrom: jorge@mtpe.example\r\nSubject: x\r\n\r\n${text}\r\n`;
  const look = (place = placeAt(plain)) => collecting({ open: () => openMailbox(place), documents }).look();

  it('is looked into: each mail is kept as it is, and put where it belongs', async () => {
    await deliver(mail());
    await deliver(mail('alguien@coop.example'));
    expect(await look()).toEqual({ taken: 1, aside: 1, later: 0, leftThere: 0 });
    const [row] = await incoming();
    expect(await documents.size(row?.sha256 as string)).toBe(mail().length);
    expect(await counts()).toEqual([0, 1, 1]);
    expect(await look()).toEqual({ taken: 0, aside: 0, later: 0, leftThere: 0 });
  });

  it('cut off in the middle of a mail keeps nothing of it, and all of it the next time', async () => {
    await deliver(mail(OURS, 'x'.repeat(400_000)));
    // What stands between lets through the beginning alone.
    const between = createServer((socket) => {
      const behind = connect(plain, '127.0.0.1');
      let passed = 0;
      socket.pipe(behind);
      behind.on('data', (chunk) => {
        passed += chunk.length;
        if (passed < 200_000) socket.write(chunk);
        else for (const one of [socket, behind]) one.destroy();
      });
      for (const one of [socket, behind]) one.on('error', () => {});
    });
    const port = await listening(between);
    closing.push(() => between.close());
    await expect(look(placeAt(port))).rejects.toThrow(/^\w+$/);
    expect([await incoming(), await counts()]).toEqual([[], [1, 0, 0]]);
    expect(await look()).toMatchObject({ taken: 1 });
    expect((await incoming())[0]?.size).toBe(mail(OURS, 'x'.repeat(400_000)).length);
  });

  it('whose numbers are all anew (UIDVALIDITY), and that has again what was taken, files it once', async () => {
    await deliver(mail());
    await look();
    const validities: bigint[] = [];
    const noted = async (client: ImapFlow) =>
      validities.push(
        ((await client.status('INBOX', { uidValidity: true })) || undefined)?.uidValidity ?? 0n,
      );
    await withClient(noted);
    for (const name of ['dovecot-uidlist', 'dovecot-uidvalidity'])
      await rm(path.join(folder, 'mail', name), { force: true });
    for (const name of [
      'dovecot.index',
      'dovecot.index.log',
      'dovecot.index.cache',
      'dovecot.list.index.log',
    ])
      await rm(path.join(folder, 'mail', name), { force: true });
    await deliver(mail());
    await withClient(noted);
    await look();
    expect(await incoming()).toHaveLength(1);
    expect((await counts())[0]).toBe(0);
    expect(validities[1]).not.toBe(validities[0]);
  });

  it('that has a mail of 50 MB keeps its head, and puts it aside', async () => {
    await deliver(mail(OURS, `${'x'.repeat(1022)}\r\n`.repeat(50 * 1024)));
    expect(await look()).toMatchObject({ aside: 1 });
    const [row] = await incoming();
    expect(row?.size).toBeGreaterThan(MOST_MAIL_BYTES);
    expect(await documents.size(row?.sha256 as string)).toBeLessThan(200);
    expect(await counts()).toEqual([0, 0, 1]);
  });

  it('is reached by TLS with a certificate that somebody vouches for, and by no other', async () => {
    const by = (tls: ImapPlace['tls']) =>
      failure(placeAt(tls === 'immediate' ? secure : plain, { host: 'localhost', tls }));
    expect(await by('immediate')).toMatch(/^MailboxUnavailable: \w+$/);
    expect(await by('starttls')).toMatch(/^MailboxUnavailable: \w+$/);
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, cert]);
    closing.push(() => setDefaultCACertificates(before));
    expect([await by('immediate'), await by('starttls')]).toEqual(['opened', 'opened']);
  });

  it('lets nobody in with another password, and what it says of that names nobody', async () => {
    expect(await failure(placeAt(plain, { password: 'otra' }))).toBe('MailboxUnavailable: EAUTH');
    await expect.poll(() => readFile(path.join(folder, 'log'), 'utf8')).toContain('auth failed');
  });
});
