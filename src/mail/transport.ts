import { PassThrough } from 'node:stream';
import nodemailer from 'nodemailer';

/** Where mail is handed over. */
export type TransportConfig = {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  secure?: boolean;
  user?: string;
  password?: string;
  /** Send nothing unless the connection is encrypted. */
  requireTLS?: boolean;
  /** How long the server may keep silent, and how long one mail may take in all. */
  timeouts?: { silenceMs?: number; mailMs?: number };
};

/** One address, with nothing in it that SMTP would read as more. */
const ADDRESS = /^[^\s<>,;:"\\@]+@[^\s<>,;:"\\@]+$/;

const SILENCE_MS = 30_000;
/** A mail of 30 MB over a slow line; below the time after which its activity would be tried again. */
const MAIL_MS = 180_000;

/**
 * The server will not take this mail for this recipient, now or later. The message names neither the address
 * nor what the server said, so that it may stand where no address may; `response` is for the case file.
 */
export class MailRefused extends Error {
  /** The SMTP reply code; 0 where it was refused before it was sent. */
  readonly code: number;
  readonly response: string;
  constructor(code: number, response: string) {
    super(code ? `the mail server refused the mail with ${code}` : 'the mail cannot be sent to this address');
    this.name = 'MailRefused';
    this.code = code;
    this.response = response;
  }
}

/** Nothing is wrong with the recipient: the server is away, busy, or not set up for us. Worth another try. */
export class MailUnavailable extends Error {
  /** What failed: nodemailer's code, such as `ECONNECTION`, with the SMTP reply code where there is one. */
  readonly code: string;
  /** What the server or the socket said; for logs that hold no addresses, leave it out. */
  readonly detail: string;
  /** Whether the whole message had been handed over: it may have been taken, and every other try may be a copy. */
  readonly unanswered: boolean;
  constructor(code: string, detail: string, unanswered = false) {
    super(`the mail server is unavailable (${code})`);
    this.name = 'MailUnavailable';
    this.code = code;
    this.detail = detail;
    this.unanswered = unanswered;
  }
}

export type Transport = {
  /**
   * Hands a message over.
   * @throws {MailRefused} permanently refused for this recipient
   * @throws {MailUnavailable} not taken, for reasons that are not the recipient's
   */
  send(mail: { from: string; to: string; raw: Buffer }): Promise<{ response: string }>;
  /** Closes the connections; what is under way fails as unavailable. */
  close(): void;
};

type SmtpError = Error & { code?: string; command?: string; response?: string; responseCode?: number };

/** How far a mail has come. */
type Progress = { handedOver: boolean };

/** A reply at RCPT TO that is about us (who may relay, who must log in), though it comes when the recipient is named. */
const aboutSender = ({ responseCode, response = '' }: SmtpError): boolean =>
  responseCode === 530 || /\brelay|authenticat/i.test(response);

/** Whose fault it is that a mail was not taken. */
function classify(error: SmtpError, handedOver: boolean): MailRefused | MailUnavailable {
  const { code = 'UNKNOWN', command, response = '', responseCode = 0, message } = error;
  // 503 is about the order of commands: the same mail goes through on a new connection.
  const permanent = responseCode >= 500 && responseCode < 600 && responseCode !== 503;
  if (permanent && command === 'RCPT TO' && !aboutSender(error))
    return new MailRefused(responseCode, response);
  if (permanent && command === 'DATA') return new MailRefused(responseCode, response);
  // Too large for the server: trying again would never help, and the others' mails may be smaller.
  if (permanent && responseCode === 552) return new MailRefused(responseCode, response);
  if (code === 'EMESSAGE' && command === 'MAIL FROM') return new MailRefused(552, message);
  const unanswered = handedOver && !responseCode;
  return new MailUnavailable(
    responseCode ? `${code} ${responseCode}` : code,
    response || message,
    unanswered,
  );
}

/**
 * Says hello to the mail server, as far as being let in.
 * @throws {MailUnavailable}
 */
export async function greet({ timeouts, ...config }: TransportConfig): Promise<void> {
  const { user, password, ...place } = config;
  const connection = nodemailer.createTransport({
    ...place,
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    ...patience(timeouts?.silenceMs ?? SILENCE_MS),
  });
  await connection
    .verify()
    .catch((error: SmtpError) => {
      throw new MailUnavailable(error.code ?? 'UNKNOWN', error.message);
    })
    .finally(() => connection.close());
}

const patience = (ms: number) => ({
  connectionTimeout: ms,
  greetingTimeout: ms,
  socketTimeout: ms,
  dnsTimeout: ms,
});

/** A pool of SMTP connections to one server. Nothing is read from or written to disk. */
export function createTransport(config: TransportConfig): Transport {
  const { host, port, secure = false, user, password, requireTLS = false, timeouts = {} } = config;
  const { silenceMs = SILENCE_MS, mailMs = MAIL_MS } = timeouts;
  const pool = nodemailer.createTransport({
    pool: true,
    host,
    port,
    secure,
    requireTLS,
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    maxConnections: 4,
    // Once, for a connection that the server had closed meanwhile; whoever calls decides about more.
    maxRequeues: 1,
    ...patience(silenceMs),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Whoever sends a mail knows then that all of it has been handed on.
  pool.use('stream', ({ message, data }, next) => {
    const { progress } = data as { progress?: Progress };
    message.transform(
      () =>
        new PassThrough({
          flush(done) {
            if (progress) progress.handedOver = true;
            done();
          },
        }),
    );
    next();
  });
  // What goes wrong with a mail is told to whoever sends it.
  pool.on('error', () => {});
  return {
    async send({ from, to, raw }) {
      // nodemailer makes an address of almost anything, and would write to whom nobody named.
      if (!ADDRESS.test(to)) throw new MailRefused(0, 'not a mail address');
      const progress: Progress = { handedOver: false };
      try {
        const { response } = await pool.sendMail({
          ...{ progress },
          envelope: { from, to: [to] },
          raw,
          // A server that trickles its replies never falls silent.
          signal: AbortSignal.timeout(mailMs),
        });
        return { response };
      } catch (error) {
        throw classify(error as SmtpError, progress.handedOver);
      }
    },
    close: () => pool.close({ force: true }),
  };
}
