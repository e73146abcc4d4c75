import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { oneLine } from '../words/plainText.ts';
import type { Attachment, Mail } from './notice.ts';

export type MailAddress = { name?: string; email: string };

/** Everything a message is made of. */
export type Message = {
  mail: Mail;
  from: MailAddress;
  replyTo?: MailAddress;
  to: MailAddress;
  /** In angle brackets; see `thread.ts`. */
  messageId: string;
  /** Message-IDs of the thread, oldest first; the last one is replied to. */
  references: readonly string[];
  /** When it is written: the Date header. */
  date: Date;
  attachments: readonly Attachment[];
  /** An appointment, shown by clients as one to accept, and attached for those that do not. */
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string };
  /** Further headers, such as `X-RIAL-Request`. */
  headers?: Readonly<Record<string, string>>;
};

const address = ({ name, email }: MailAddress) => ({ name: oneLine(name ?? ''), address: email });

/** A boundary that nobody who writes a part of the message can foresee, and that the same message has again. */
function boundaryOf({ mail, messageId, attachments, calendar }: Message): string {
  const hash = createHash('sha256').update(JSON.stringify([messageId, mail, calendar ?? null]));
  for (const { fileName, content } of attachments) hash.update(`\n${fileName}\n`).update(content);
  return hash.digest('hex').slice(0, 32);
}

/**
 * The message as it goes over the wire (RFC 5322): text, HTML and appointment as alternatives, files beside
 * them. The same message gives the same bytes.
 *
 * `Auto-Submitted` (RFC 3834) and its Exchange counterpart keep out-of-office replies away; bounces still come.
 */
export async function buildMessage(message: Message): Promise<Buffer> {
  const { mail, from, replyTo, to, messageId, references, date, attachments, calendar } = message;
  const headers = Object.entries(message.headers ?? {}).map(([key, value]) => ({
    key,
    value: oneLine(value),
  }));
  const composer = new MailComposer({
    from: address(from),
    to: address(to),
    ...(replyTo && { replyTo: address(replyTo) }),
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    messageId,
    date,
    ...(references.length > 0 && {
      references: [...references],
      inReplyTo: references.at(-1) as string,
    }),
    ...(calendar && {
      icalEvent: { method: calendar.method, content: calendar.content, filename: 'invite.ics' },
    }),
    attachments: attachments.map(({ fileName, mediaType, content }) => ({
      filename: oneLine(fileName),
      contentType: oneLine(mediaType),
      contentDisposition: 'attachment',
      content: Buffer.from(content),
    })),
    headers: [
      { key: 'Auto-Submitted', value: 'auto-generated' },
      { key: 'X-Auto-Response-Suppress', value: 'OOF, AutoReply' },
      ...headers,
    ],
    baseBoundary: boundaryOf(message),
    boundaryPrefix: '--rial',
    // Parts are given, never fetched: a path or URL in what people wrote must not be read.
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  });
  return composer.compile().build();
}
