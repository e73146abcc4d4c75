import { cameTooMany, keepIncoming, mailAt } from '../src/casefile/mails/incomingMails.ts';
import { noteMailboxLook } from '../src/casefile/mails/mailboxLook.ts';
import { MINUTE_MS } from '../src/domain/dates/durations.ts';
import { MOST_MAIL_BYTES, ownAddressesIn } from '../src/domain/mails/incomingMail.ts';
import { type Lying, MailboxUnavailable, type OpenMailbox } from '../src/mail/imap.ts';
import type { Outside } from './context.ts';
import type { MailCollection } from './index.ts';

/**
 * What lies in the mailbox of replies is kept, as what comes over SMTP is, and only then put where the mails go that were
 * taken. So whatever ends a look in the middle, the next takes the same mails again, and what is kept already is kept
 * once. No number of the server's is remembered from one look to the next.
 */

/** Heads that are asked for at once. */
const BATCH = 50;
/** A look ends after this time, and the next goes on; its activity is given longer. */
const LOOK_MS = 4 * MINUTE_MS;
/** The most that a mail's size may be in the case file. */
const MOST_SIZE = 2 ** 31 - 1;

export type Collecting = Pick<Outside, 'caseFile' | 'documents' | 'sender' | 'now'> & {
  open: () => Promise<OpenMailbox>;
  /** Hears why a mail was left where it was. */
  failed: (why: string) => void;
};

/** @throws {MailboxUnavailable}, and whatever the case file says, where there is nothing to be had from the mailbox now */
export async function lookIntoMailbox(outside: Collecting): Promise<MailCollection> {
  const { caseFile, now } = outside;
  try {
    const mailbox = await outside.open();
    try {
      const found = await collected(outside, mailbox);
      const aside = await mailbox.aside();
      await noteMailboxLook(caseFile, { at: now(), why: null, leftThere: found.leftThere, aside });
      return found;
    } finally {
      await mailbox.close();
    }
  } catch (error) {
    const why = error instanceof MailboxUnavailable ? error.code : 'failed';
    await noteMailboxLook(caseFile, { at: now(), why });
    throw error;
  }
}

async function collected(outside: Collecting, mailbox: OpenMailbox): Promise<MailCollection> {
  const ends = Date.now() + LOOK_MS;
  const found: MailCollection = { taken: 0, aside: 0, later: 0, leftThere: 0 };
  const uids = await mailbox.list();
  for (let at = 0; at < uids.length && Date.now() < ends; at += BATCH) {
    for (const lying of await mailbox.heads(uids.slice(at, at + BATCH))) {
      try {
        found[await dealtWith(outside, mailbox, lying)] += 1;
      } catch (error) {
        // One that cannot be read, or kept, holds up no other.
        if (!mailbox.usable()) throw error;
        outside.failed(error instanceof MailboxUnavailable ? error.code : (error as Error).name);
        found.leftThere += 1;
      }
    }
  }
  return found;
}

/** What became of one mail. */
async function dealtWith(
  { caseFile, documents, sender, now }: Collecting,
  mailbox: OpenMailbox,
  { uid, size, head }: Lying,
): Promise<keyof MailCollection> {
  const text = head.toString('latin1');
  const about = sender.replies === undefined ? [] : ownAddressesIn(text, sender.replies);
  const recipients = await Promise.all(
    about.map(async (own) => ({ purpose: own.purpose, mail: await mailAt(caseFile, own) })),
  );
  const known = recipients.flatMap(({ mail, purpose }) => (mail ? [{ mail, purpose }] : []));
  if (known.length === 0) return (await mailbox.move(uid, 'aside')) ? 'aside' : 'leftThere';
  for (const { mail } of known) if (await cameTooMany(caseFile, mail.address, now())) return 'later';

  const whole = size > MOST_MAIL_BYTES ? undefined : await mailbox.bytes(uid, MOST_MAIL_BYTES + 1);
  if (whole === undefined && size <= MOST_MAIL_BYTES) return 'leftThere';
  // Some servers say another size than it has.
  const isWhole = whole !== undefined && whole.length <= MOST_MAIL_BYTES;
  const bytes = isWhole ? whole : head;
  const { sha256 } = await documents.put(oneChunk(bytes));
  for (const { mail, purpose } of known)
    await keepIncoming(caseFile, {
      ...{ cooperation: mail.cooperation, mail: mail.key, purpose, sha256, cameAt: now() },
      size: isWhole ? bytes.length : Math.min(Math.max(size, MOST_MAIL_BYTES + 1), MOST_SIZE),
      nullSender: /^return-path:\s*<\s*>/im.test(text),
    });
  if (!(await mailbox.move(uid, isWhole ? 'done' : 'aside'))) return 'leftThere';
  return isWhole ? 'taken' : 'aside';
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
