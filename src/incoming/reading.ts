import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { LONGEST_TEXT } from '../domain/content.ts';
import type { Automatic, ByMail, ReadMail } from '../domain/mails/incomingMail.ts';
import { LONGEST_LINE, written as writtenText } from '../domain/programme/programme.ts';
import { calendarIn } from './calendarReply.ts';
import { deliveryIn } from './delivery.ts';
import { aboveQuoted, ownText, shownText, textOfHtml } from './mailText.ts';

/** Reads a mail that somebody sent, whatever its shape. What it holds of another mail is a file of it. */

/** Deeper and longer heads than any mail of people has. */
const LIMITS = { maxNestingDepth: 50, maxHeadersSize: 512 * 1024, forceRfc822Attachments: true };

/** @throws Error where it is no mail that can be made out */
export async function readMail(raw: Uint8Array): Promise<ReadMail> {
  const mail = await PostalMime.parse(raw, LIMITS);
  const from = mailbox(mail.from);
  const whole = written(mail);
  const { text, cut } = ownText(whole);
  const files = mail.attachments.filter((one) => !isOrnament(one));
  const subject = mail.subject ? line(mail.subject) : null;
  return {
    from: from?.address.toLowerCase() || null,
    name: from?.name ? line(from.name) : null,
    subject: subject || null,
    text: text.slice(0, LONGEST_TEXT).toWellFormed().trim(),
    forms: formsOf(mail),
    shortened: cut || text.length > LONGEST_TEXT,
    automatic: automaticIn(mail),
    passedOn: isPassedOn(mail),
    delivery: deliveryIn(mail, whole),
    calendar: calendarIn(mail, from?.address.toLowerCase() ?? null),
    attachments: files.map(describedFile),
    essence: essenceOf(mail, whole, files),
  };
}

/** One of a mail's files, by its place among those that were read of it. */
export async function mailFile(raw: Uint8Array, index: number): Promise<Uint8Array | undefined> {
  const mail = await PostalMime.parse(raw, LIMITS);
  const found = mail.attachments.filter((one) => !isOrnament(one))[index];
  return found && bytesOf(found);
}

/** A mail has one sender; of several that it names, the first. */
const mailbox = (address: Address | undefined) =>
  address?.group ? address.group[0] : address?.address ? address : undefined;

/** Without what a database or a page would not take. */
const clean = (text: string): string => writtenText.parse(text);
const line = (text: string): string =>
  clean(text)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_LINE)
    .toWellFormed();

function written({ text, html }: Email): string {
  const plain = clean(text ?? '');
  return plain.trim() === '' && html ? clean(textOfHtml(html)) : plain;
}

/** What its reader may have been shown: what mail programs choose among is not for us to choose. */
const formsOf = ({ text, html }: Email): string[] =>
  [text ?? '', html ? shownText(html) : undefined].flatMap((form, index) =>
    form === undefined || (index === 0 && form.trim() === '') ? [] : [signedText(form)],
  );
/** Letters that are shown in another order than they stand in are not read. */
const signedText = (form: string): string =>
  /[\u202d\u202e]/.test(form) ? '' : aboveQuoted(clean(form)).slice(0, LONGEST_TEXT).toWellFormed().trim();

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string'
    ? Buffer.from(content)
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(content);

/** Logos in a signature, and the mail's text once more as an appointment has it. */
const SMALL = 64 * 1024;
function isOrnament(file: Attachment): boolean {
  if (!file.mimeType.startsWith('image/')) return false;
  if (file.related) return true;
  return (
    file.disposition !== 'attachment' && bytesOf(file).byteLength < SMALL && file.contentId !== undefined
  );
}

function describedFile(file: Attachment, index: number): ByMail['attachments'][number] {
  const name = line(file.filename ?? '');
  const bytes = bytesOf(file);
  return {
    fileName: name || `${index + 1}${file.mimeType === 'message/rfc822' ? '.eml' : ''}`,
    mediaType: line(file.mimeType).slice(0, 120),
    size: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** Programs that answer for somebody who is away say so here. */
const AWAY_HEADERS = ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-autoresponse'];
/** As Exchange and others begin the subject, in our languages: what counts where no header says more. */
const AWAY_SUBJECT =
  /^(?:automatic reply|auto-?(?:reply|response)|out of (?:the )?office|respuesta autom[áa]tica|fuera de (?:la )?oficina|resposta autom[áa]tica|aus[êe]ncia tempor[áa]ria|réponse automatique|absence du bureau)(?!\p{L})/iu;

/** Whether a program sent it (RFC 3834, and what came before it), or we ourselves. */
function automaticIn({ headers, subject }: Email): Automatic | null {
  const headerOf = (name: string) =>
    headers
      .find(({ key }) => key === name)
      ?.value.trim()
      .toLowerCase();
  if (headerOf('x-rial-cooperation') !== undefined) return 'loop';
  const submitted = headerOf('auto-submitted');
  // Notices of delivery, of reading, and of what could not be delivered.
  if (/^multipart\/report\b/.test(headerOf('content-type') ?? '')) return 'automatic';
  if (headerOf('x-failed-recipients') !== undefined) return 'automatic';
  const precedence = headerOf('precedence') ?? '';
  if (/^auto-replied\b/.test(submitted ?? '') || /^auto[_-]?reply\b/.test(precedence)) return 'away';
  if (AWAY_HEADERS.some((name) => headerOf(name) !== undefined)) return 'away';
  const isAway = AWAY_SUBJECT.test(subject?.trim() ?? '');
  const isAutomatic =
    (submitted !== undefined && !/^no\b/.test(submitted)) ||
    /^(bulk|junk|list)\b/.test(precedence) ||
    /^<\s*>$/.test(headerOf('return-path') ?? '');
  if (isAutomatic) return isAway ? 'away' : 'automatic';
  return isAway && submitted === undefined ? 'away' : null;
}

/** What lists add, and programs that send another's mail on. */
const PASSED_ON_HEADERS = [
  'list-id',
  'list-post',
  'mailing-list',
  'x-mailing-list',
  'resent-from',
  'resent-to',
];
/** As programs begin the subject of what is forwarded, in our languages. */
const FORWARDED_SUBJECT = /^(?:(?:re|r|res) ?: ?)*(?:fwd?|rv|tr|enc|reenv|i) ?:/i;

const isPassedOn = ({ headers, subject, attachments }: Email): boolean =>
  headers.some(({ key }) => PASSED_ON_HEADERS.includes(key)) ||
  FORWARDED_SUBJECT.test(subject?.trim() ?? '') ||
  attachments.some(({ mimeType }) => mimeType === 'message/rfc822');

/** The same mail is the same whichever way it took, and however often a relay handed it on. */
function essenceOf(
  { messageId, date, from, subject }: Email,
  text: string,
  files: readonly Attachment[],
): string {
  const hash = createHash('sha256');
  const sender = mailbox(from)?.address.toLowerCase();
  hash.update(JSON.stringify([messageId?.trim() ?? [date ?? null], sender ?? null, subject ?? null, text]));
  for (const file of files) hash.update(createHash('sha256').update(bytesOf(file)).digest());
  return hash.digest('hex');
}
