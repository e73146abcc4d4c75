import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { SecurityLog } from '../casefile/access/securityLog.ts';
import type { CaseFile } from '../casefile/database/database.ts';
import type { MailRow } from '../casefile/database/schema.ts';
import { cameTooMany, keepIncoming, mailAt } from '../casefile/mails/incomingMails.ts';
import { type DocumentStore, TooLarge } from '../documents/store.ts';
import { MINUTE_MS } from '../domain/dates/durations.ts';
import { MOST_ADDRESSED, MOST_MAIL_BYTES, ownAddressIn, type Purpose } from '../domain/mails/incomingMail.ts';
import { networkOf } from '../http/askedFrom.ts';
import { RECOMMENDED } from '../process/encryption.ts';

/**
 * Takes mail for the reply addresses of ours over SMTP. What is taken is kept, on disk and in the case file, before the
 * other side hears so; what becomes of it is seen to afterwards (`src/client/incomingMails.ts`). It relays nothing, and
 * takes nothing for an address that no mail of ours has given.
 */

type Outside = {
  caseFile: CaseFile;
  documents: DocumentStore;
  /** `sender.replies` of the settings. */
  address: string;
  log: Pick<Logger, 'warn' | 'error'>;
  securityLog: Pick<SecurityLog, 'note'>;
  now: () => string;
};
export type Place = {
  port: number;
  ip: string;
  /** With it nothing is taken that is not encrypted. */
  tls?: { key: string; cert: string };
};
export type MailIn = { port: number; stop(): Promise<void> };

/** Connections that are heard at a time, and of one peer: so nobody holds them all. */
const [MOST_CLIENTS, MOST_OF_PEER] = [50, 20];
/** Those that came and are not greeted yet, for a tenth of a second. */
const MOST_PENDING = 1_000;
/** Wrong addresses after which somebody is sent away: they may be guessing. */
const MOST_UNKNOWN = 5;
const SILENCE_MS = 60_000;
/** How long one mail may take, of a line that trickles. */
const MAIL_MS = 10 * MINUTE_MS;

/** What is said to the other side: with 4xx it comes again, with 5xx it tells whoever wrote. */
const said = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

/** Of one connection: who the mail that comes is for, by the token in its address, and how many addresses were wrong. */
type Coming = { recipients: Map<string, { mail: MailRow; purpose: Purpose }>; unknown: number };

/** Begins to take mail. `came` is called after each. */
export async function takeMails(outside: Outside, place: Place, came: () => void): Promise<MailIn> {
  const { log, address } = outside;
  const comings = new Map<string, Coming>();
  const comingOf = ({ id }: SMTPServerSession): Coming => {
    const coming = comings.get(id) ?? { recipients: new Map(), unknown: 0 };
    comings.set(id, coming);
    return coming;
  };
  const { tls } = place;
  const peers = new Map<string, string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...(tls && { ...tls, ...RECOMMENDED, needsUpgrade: false }),
    disableReverseLookup: true,
    size: MOST_MAIL_BYTES,
    // What the machine is called is nobody's business.
    name: address.slice(address.lastIndexOf('@') + 1),
    banner: 'RIAL',
    maxClients: MOST_PENDING,
    socketTimeout: SILENCE_MS,
    closeTimeout: 1_000,
    onConnect({ id, remoteAddress }, callback) {
      const peer = networkOf(remoteAddress.replace(/^::ffff:/i, ''));
      const ofPeer = [...peers.values()].filter((one) => one === peer).length;
      if (peers.size >= MOST_CLIENTS || ofPeer >= MOST_OF_PEER)
        return callback(said(421, '4.7.0 Too many connections, try again in a moment'));
      peers.set(id, peer);
      callback();
    },
    onMailFrom(_address, session, callback) {
      if (tls && !session.secure) return callback(said(530, '5.7.0 Must issue a STARTTLS command first'));
      comingOf(session).recipients.clear();
      callback();
    },
    onRcptTo({ address }, session, callback) {
      recipient(outside, comingOf(session), address, session.remoteAddress).then(
        (objection) => callback(objection),
        (error: unknown) => {
          log.error({ err: error }, 'whom a mail is for could not be looked up');
          callback(said(451, '4.3.0 Try again later'));
        },
      );
    },
    onData(stream, session, callback) {
      kept(outside, comingOf(session), stream, session).then(
        () => {
          callback(null, '2.0.0 Taken');
          came();
        },
        (error: unknown) => {
          // The other side is heard out before it is answered.
          stream.resume();
          const done = () => callback(objectionTo(error, log));
          if (stream.readableEnded || stream.destroyed) done();
          else stream.once('end', done).once('error', done);
        },
      );
    },
    onClose({ id }) {
      comings.delete(id);
      peers.delete(id);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place.port, place.ip, () => {
      server.off('error', reject);
      // Whoever hangs up in the middle of a mail sends it again.
      server.on('error', () => {});
      resolve();
    });
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Notes for whom a mail is; returns what stands against it. */
async function recipient(
  { caseFile, address: ours, securityLog, now }: Outside,
  coming: Coming,
  address: string,
  from: string,
): Promise<Error | null> {
  if (coming.unknown >= MOST_UNKNOWN) return said(421, '4.7.0 Too many unknown addresses');
  const own = ownAddressIn(address, ours);
  const mail = own && (await mailAt(caseFile, own));
  if (!mail) {
    coming.unknown += 1;
    if (coming.unknown === MOST_UNKNOWN)
      await securityLog.note({ code: 'mail-addresses-guessed', tries: MOST_UNKNOWN }, { from });
    return said(550, '5.1.1 No such address');
  }
  if (!coming.recipients.has(own.token) && coming.recipients.size >= MOST_ADDRESSED)
    return said(452, '4.5.3 Too many recipients');
  if (await cameTooMany(caseFile, mail.address, now()))
    return said(451, '4.7.1 Too many messages, try again later');
  coming.recipients.set(own.token, { mail, purpose: own.purpose });
  return null;
}

/** Keeps a mail for each of those that it is for. @throws what stands against it */
async function kept(
  { caseFile, documents, now }: Outside,
  { recipients }: Coming,
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
): Promise<void> {
  const late = setTimeout(() => stream.destroy(new Error('a mail took too long')), MAIL_MS).unref();
  try {
    // What is too large is heard out all the same.
    const bytes = stream.iterator({ destroyOnReturn: false });
    const { sha256, size } = await documents.put(bytes, { limit: MOST_MAIL_BYTES });
    const nullSender = !envelope.mailFrom || envelope.mailFrom.address === '';
    for (const { mail, purpose } of recipients.values()) {
      const { cooperation, key } = mail;
      const came = { cooperation, mail: key, purpose, sha256, size, cameAt: now(), nullSender };
      await keepIncoming(caseFile, came);
    }
  } finally {
    clearTimeout(late);
  }
}

function objectionTo(error: unknown, log: Outside['log']): Error {
  if (error instanceof TooLarge) return said(552, '5.3.4 Message too big');
  // Neither whose it is nor what it says.
  log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'a mail that came could not be kept');
  return said(451, '4.3.0 Try again later');
}

/** How often it is looked for what waits, beside each time that something comes. */
const EVERY_MS = 15_000;

/** Has what came read and filed, one after another. Returns what has it looked for now, and what ends that. */
export function fileMailsAsTheyCome(
  file: (failed: (error: unknown) => void) => Promise<number>,
  log: Pick<Logger, 'warn' | 'error'>,
): { look(): void; stop(): Promise<void> } {
  let under: Promise<void> | undefined;
  let again = false;
  const look = () => {
    if (under) {
      again = true;
      return;
    }
    under = file((error) =>
      log.warn(
        { error: error instanceof Error ? error.name : 'unknown' },
        'a mail that came waits to be filed',
      ),
    )
      .then(
        () => {},
        (error: unknown) => log.error({ err: error }, 'mails that came could not be looked at'),
      )
      .finally(() => {
        under = undefined;
        if (again) {
          again = false;
          look();
        }
      });
  };
  const clock = setInterval(look, EVERY_MS).unref();
  look();
  return {
    look,
    async stop() {
      clearInterval(clock);
      again = false;
      await under;
    },
  };
}
