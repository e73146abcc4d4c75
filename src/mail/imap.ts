import { ImapFlow } from 'imapflow';

/** The mailbox that replies come to, over IMAP. */

/** Where it is, and how it is reached. */
export type ImapPlace = {
  host: string;
  port: number;
  /** From the first byte; asked for before anything is said; or none, on this machine alone. */
  tls: 'immediate' | 'starttls' | 'none';
  user: string;
  password: string;
  /** Where mails come, where those go that were taken, and those that somebody has to see to. */
  folders: Folders;
  /** How long the server may keep silent. */
  silenceMs?: number;
};
export type Folders = { from: string; done: string; aside: string };

/** A mail as it lies there. `size`: in bytes, as the server says; `head`: all its header lines. */
export type Lying = { uid: number; size: number; head: Buffer };

/** What is asked of it. Numbers of mails hold as long as it is open. */
export type OpenMailbox = {
  /** The numbers of all that lie where mails come, in their order. */
  list(): Promise<number[]>;
  /** Those of them that still lie there. */
  heads(uids: readonly number[]): Promise<Lying[]>;
  /** Its bytes as far as `most`; `undefined` where the server does not give them. */
  bytes(uid: number, most: number): Promise<Buffer | undefined>;
  /** @returns whether it lies there now */
  move(uid: number, to: 'done' | 'aside'): Promise<boolean>;
  /** How many lie aside. */
  aside(): Promise<number>;
  /** Whether the line is still there. */
  usable(): boolean;
  close(): Promise<void>;
};

/** The mailbox cannot be looked into. Its message is a code, and names neither a person nor what the server said. */
export class MailboxUnavailable extends Error {
  override name = 'MailboxUnavailable';
  readonly code: string;
  constructor(error: unknown) {
    const code = codeOf(error);
    super(code);
    this.code = code;
  }
}

/** As the mail server's own check has it: `EAUTH` where we are not let in. */
function codeOf(error: unknown): string {
  const { code, authenticationFailed, tlsFailed } = error as {
    code?: unknown;
    authenticationFailed?: boolean;
    tlsFailed?: boolean;
  };
  if (authenticationFailed) return 'EAUTH';
  if (tlsFailed) return 'ETLS';
  return typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? code : 'failed';
}

const CONNECT_MS = 30_000;
const SILENCE_MS = 60_000;
/** No answer that is waited for is longer: a mail as large as is taken, and its head once more. */
const MOST_ANSWER = 48 * 1024 * 1024;

/** @throws {MailboxUnavailable} */
export async function openMailbox(place: ImapPlace): Promise<OpenMailbox> {
  const { host, port, tls, user, password, folders, silenceMs = SILENCE_MS } = place;
  const client = new ImapFlow({
    ...{ host, port, secure: tls === 'immediate', auth: { user, pass: password } },
    ...(tls !== 'immediate' && { doSTARTTLS: tls === 'starttls' }),
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: silenceMs },
    ...{ maxLiteralSize: MOST_ANSWER, maxLineLength: MOST_ANSWER, maxResponseSize: 2 * MOST_ANSWER },
    ...{ disableAutoIdle: true, disableCompression: true, logger: false, clientInfo: { name: 'RIAL' } },
  });
  // What ends the line ends the command that is under way; nobody else hears of it.
  client.on('error', () => {});
  try {
    await client.connect();
    const there = new Set((await client.list()).map(({ path }) => path));
    for (const folder of [folders.done, folders.aside])
      if (!there.has(folder)) await client.mailboxCreate(folder);
    await client.mailboxOpen(folders.from);
  } catch (error) {
    client.close();
    throw new MailboxUnavailable(error);
  }
  return withCodes(over(client, folders));
}

const over = (client: ImapFlow, folders: Folders): OpenMailbox => ({
  list: async () =>
    ((await client.search({ deleted: false }, { uid: true })) || []).toSorted((a, b) => a - b),
  heads: async (uids) =>
    (await client.fetchAll(uids.join(','), { uid: true, size: true, headers: true }, { uid: true })).map(
      ({ uid, size, headers }) => ({ uid, size: size ?? 0, head: headers ?? Buffer.alloc(0) }),
    ),
  bytes: async (uid, most) => {
    const asked = { uid: true, source: { start: 0, maxLength: most } };
    return ((await client.fetchOne(String(uid), asked, { uid: true })) || undefined)?.source;
  },
  move: async (uid, to) => Boolean(await client.messageMove(String(uid), folders[to], { uid: true })),
  aside: async () => {
    const status = await client.status(folders.aside, { messages: true });
    return (status || undefined)?.messages ?? 0;
  },
  usable: () => client.usable,
  close: async () => {
    await client.logout().catch(() => {});
    client.close();
  },
});

/** What fails says why by a code alone. */
function withCodes(mailbox: OpenMailbox): OpenMailbox {
  const coded =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      work(...args).catch((error: unknown) => {
        throw new MailboxUnavailable(error);
      });
  const { list, heads, bytes, move, aside } = mailbox;
  return {
    ...mailbox,
    ...{
      list: coded(list),
      heads: coded(heads),
      bytes: coded(bytes),
      move: coded(move),
      aside: coded(aside),
    },
  };
}
