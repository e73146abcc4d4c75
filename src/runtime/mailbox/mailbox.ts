import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import PostalMime, { type Address, type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/**
 * The embedded mailbox: an SMTP server that takes mail for anybody and keeps it as files, for a system that is
 * tried out or rehearsed with no mail leaving the machine. It asks for no password, so it listens on this
 * machine alone unless told otherwise.
 */

/** What is known of a mail without opening it. */
export type MailSummary = {
  /** Sorts by arrival. */
  id: string;
  receivedAt: string;
  from: string;
  fromName: string;
  /** The addresses it was delivered to, in lower case. */
  to: string[];
  toName: string;
  subject: string;
  /** As its Date header has it, ISO 8601. */
  date?: string;
  messageId?: string;
  /** What it is about: its `X-RIAL-Request` header. */
  request?: string;
  bytes: number;
};

export type MailFilter = { to?: string; request?: string };
export type StoredMail = { summary: MailSummary; raw: Buffer; parsed: Email };

export type Mailbox = {
  /** The port it listens on, which is a free one where it was asked for 0. */
  port: number;
  /** Oldest first. An address matches in any case of letters. */
  list(filter?: MailFilter): Promise<MailSummary[]>;
  /** One mail, or `undefined` where there is none with this id. */
  read(id: string): Promise<StoredMail | undefined>;
  /** Takes no more mail, and closes the connections. What is stored stays. */
  stop(): Promise<void>;
};

const SIZE_LIMIT = 30 * 1024 * 1024;
/** Headers of our own mails are far smaller; what lies beyond is left out of the summary. */
const HEADER_BYTES = 128 * 1024;
const REQUEST_HEADER = 'x-rial-request';
const ID = /^\d{15}-\d{6}$/;
const INCOMING = '.incoming-';

/** Ids that ascend, whatever the clock of the machine does. */
function idsAfter(last: string | undefined): () => string {
  let [time, count] = last ? (last.split('-').map(Number) as [number, number]) : [0, 0];
  return () => {
    const now = Date.now();
    if (now > time) [time, count] = [now, 0];
    else count += 1;
    return `${String(time).padStart(15, '0')}-${String(count).padStart(6, '0')}`;
  };
}

const fileOf = (dir: string, id: string): string => join(dir, `${id}.eml`);
const addressesOf = (addresses: Address[] = []) =>
  addresses.flatMap((each) => (each.group ? each.group : each.address ? [each] : []));

/** The part of a message before its first empty line. */
async function headerOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const buffer = Buffer.alloc(HEADER_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, HEADER_BYTES, 0);
    const read = buffer.subarray(0, bytesRead);
    const end = read.indexOf('\r\n\r\n');
    return end < 0 ? read : read.subarray(0, end + 4);
  } finally {
    await handle.close();
  }
}

async function summaryOf(dir: string, id: string): Promise<MailSummary> {
  const file = fileOf(dir, id);
  const [header, { size }] = await Promise.all([headerOf(file), stat(file)]);
  const mail = await PostalMime.parse(header);
  const request = mail.headers.find(({ key }) => key === REQUEST_HEADER)?.value;
  // Those we added ourselves on delivery stand before all that the sender wrote.
  const own = mail.headers.slice(1);
  const recipients = own.slice(
    0,
    own.findIndex(({ key }) => key !== 'delivered-to'),
  );
  const [from] = addressesOf(mail.from ? [mail.from] : []);
  const [to] = addressesOf(mail.to);
  return {
    id,
    receivedAt: new Date(Number(id.slice(0, 15))).toISOString(),
    from: from?.address ?? '',
    fromName: from?.name ?? '',
    to: recipients.map(({ value }) => value.trim().toLowerCase()),
    toName: to?.name ?? '',
    subject: mail.subject ?? '',
    ...(mail.date && { date: mail.date }),
    ...(mail.messageId && { messageId: mail.messageId }),
    ...(request && { request: request.trim() }),
    bytes: size,
  };
}

/** The lines a mailbox adds on delivery: the envelope, which no other header has for certain. */
const trace = ({ envelope }: SMTPServerSession): string => {
  const from = envelope.mailFrom ? envelope.mailFrom.address : '';
  const to = envelope.rcptTo.map(({ address }) => `Delivered-To: ${address}\r\n`);
  return `Return-Path: <${from}>\r\n${to.join('')}`.replace(/[^\P{Cc}\r\n]/gu, '');
};

/**
 * Starts the mailbox on the folder `dir`, which is made if it is not there. Mails it held before are there again.
 * One process at a time may use a folder.
 */
export async function startMailbox({
  port,
  ip = '127.0.0.1',
  dir,
}: {
  port: number;
  ip?: string;
  dir: string;
}): Promise<Mailbox> {
  await mkdir(dir, { recursive: true });
  const files = await readdir(dir);
  // What was being received when the process ended was never accepted; the sender will send it again.
  await Promise.all(
    files.filter((file) => file.startsWith(INCOMING)).map((file) => rm(join(dir, file), { force: true })),
  );
  const ids = files
    .filter((file) => file.endsWith('.eml'))
    .map((file) => file.slice(0, -4))
    .filter((id) => ID.test(id))
    .sort();
  const index = new Map<string, MailSummary>();
  for (const id of ids) index.set(id, await summaryOf(dir, id));
  const nextId = idsAfter(ids.at(-1));

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const incoming = join(dir, INCOMING + randomBytes(8).toString('hex'));
    try {
      const file = createWriteStream(incoming);
      file.write(trace(session));
      await pipeline(stream, file);
      if (stream.sizeExceeded)
        throw Object.assign(new Error('the mail is larger than 30 MB'), { responseCode: 552 });
      const id = nextId();
      await rename(incoming, fileOf(dir, id));
      index.set(id, await summaryOf(dir, id));
      return id;
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: SIZE_LIMIT,
    banner: 'RIAL mailbox',
    closeTimeout: 1_000,
    onData(stream, session, callback) {
      receive(stream, session).then(
        (id) => callback(null, `kept as ${id}`),
        (error: Error) => callback(error),
      );
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, ip, () => {
      server.off('error', reject);
      // A client that hangs up in the middle of a mail is its own trouble, not the process's.
      server.on('error', () => {});
      resolve();
    });
  });

  return {
    port: (server.server.address() as AddressInfo).port,
    async list({ to, request } = {}) {
      const address = to?.trim().toLowerCase();
      return [...index.keys()]
        .sort()
        .map((id) => index.get(id) as MailSummary)
        .filter((mail) => address === undefined || mail.to.includes(address))
        .filter((mail) => request === undefined || mail.request === request);
    },
    async read(id) {
      const summary = index.get(id);
      if (!summary) return undefined;
      const raw = await readFile(fileOf(dir, id));
      return { summary, raw, parsed: await PostalMime.parse(raw) };
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
