import * as base64 from 'nodemailer/lib/base64';
import * as qp from 'nodemailer/lib/qp';
import { buildMessage, type Message } from './message.ts';

/** Who a message is from and for, which it is, what it replies to, and when it was written. */
export type Envelope = Pick<Message, 'from' | 'replyTo' | 'to' | 'messageId' | 'references' | 'date'>;

/** What of a message becomes another. */
export type Rewriting = {
  envelope?: Envelope;
  /** Each text in it, by its media type: `text/plain`, `text/html`, `text/calendar`, `application/ics`. No document. */
  text?: (text: string, mediaType: string) => string;
  /** What stands in the place of a document; nothing where it stays. */
  document?: (bytes: Buffer) => Replacement | undefined;
};

/** A text in the place of a document; `marked` is a header by which it is known. */
type Replacement = { fileName: string; text: string; marked: string };

/**
 * A message that `buildMessage` made, with another envelope or other texts. What stays keeps its bytes: attachments,
 * boundaries, the order of the headers, and every text that is not changed. A text cannot be searched for in the bytes
 * themselves, where it is encoded and its lines are broken anywhere.
 */
export async function rewriteMessage(raw: Buffer, { envelope, ...parts }: Rewriting): Promise<Buffer> {
  // One character a byte, so that nothing is lost whatever the bytes mean.
  const message = partOf(raw.toString('latin1'));
  const fields = envelope ? readdressed(message.fields, await fieldsOf(envelope)) : message.fields;
  return Buffer.from(written(retold({ ...message, fields }, parts)), 'latin1');
}

/** A message's plain text. */
export async function plainTextOf(raw: Buffer): Promise<string> {
  let plain = '';
  const text: Rewriting['text'] = (part, mediaType) => {
    if (mediaType === 'text/plain') plain ||= part;
    return part;
  };
  await rewriteMessage(raw, { text });
  return plain;
}

/** A header with its name and the lines it is folded to, as they stand. */
type Field = { name: string; lines: string };
type Part = { fields: Field[]; body: string };

const BLANK = '\r\n\r\n';

function partOf(text: string): Part {
  // A part without headers begins with the line that ends them.
  const end = text.startsWith('\r\n') ? -2 : text.indexOf(BLANK);
  const [head, body] = end === -1 ? [text, ''] : [text.slice(0, Math.max(0, end)), text.slice(end + 4)];
  const fields = head
    .split(/\r\n(?![ \t])/)
    .filter((lines) => lines !== '')
    .map((lines) => ({ name: lines.slice(0, Math.max(0, lines.indexOf(':'))).toLowerCase(), lines }));
  return { fields, body };
}

const written = ({ fields, body }: Part): string =>
  `${fields.map(({ lines }) => `${lines}\r\n`).join('')}\r\n${body}`;

const fieldValue = ({ fields }: Part, name: string): string =>
  (fields.find((one) => one.name === name)?.lines ?? '')
    .slice(name.length + 1)
    .replace(/\r\n[ \t]/g, ' ')
    .trim();

const ENVELOPE = ['from', 'reply-to', 'to', 'message-id', 'in-reply-to', 'references', 'date'];

/** The envelope's headers, as they are written in every message. */
async function fieldsOf(envelope: Envelope): Promise<Field[]> {
  const whole = await buildMessage({
    ...envelope,
    mail: { subject: '', text: '', html: '' },
    attachments: [],
  });
  return partOf(whole.toString('latin1')).fields.filter(({ name }) => ENVELOPE.includes(name));
}

/** Each of the envelope's headers in the place of the one there was; what there was none of, behind them. */
function readdressed(fields: readonly Field[], envelope: readonly Field[]): Field[] {
  const left = new Map(envelope.map((field) => [field.name, field]));
  const kept = fields.flatMap((field) => {
    if (!ENVELOPE.includes(field.name)) return [field];
    const other = left.get(field.name);
    left.delete(field.name);
    return other ? [other] : [];
  });
  return [...left.values(), ...kept];
}

type Parts = Pick<Rewriting, 'text' | 'document'>;

/** A part with the texts in it told otherwise, and in the parts that it has. */
function retold(part: Part, parts: Parts): Part {
  const type = fieldValue(part, 'content-type');
  const mediaType = (/^[^;\s]+/.exec(type)?.[0] ?? 'text/plain').toLowerCase();
  if (mediaType.startsWith('multipart/')) {
    const boundary = /\bboundary="?([^";]+)"?/i.exec(type)?.[1];
    return boundary ? { ...part, body: retoldParts(part.body, boundary, parts) } : part;
  }
  const isDocument = fieldValue(part, 'content-disposition').toLowerCase().startsWith('attachment');
  const encoding = fieldValue(part, 'content-transfer-encoding').toLowerCase();
  if (mediaType !== 'application/ics' && (isDocument || !mediaType.startsWith('text/')))
    return isDocument && parts.document ? replaced(part, parts.document(bytesIn(part.body, encoding))) : part;
  const { text } = parts;
  if (!text) return part;
  const before = decoded(part.body, encoding);
  const after = text(before, mediaType);
  return after === before
    ? part
    : encoded(part, after, encoding === 'base64' ? 'base64' : 'quoted-printable');
}

/** What stands between the lines of a boundary, each told otherwise; before the first and after the last is nothing. */
function retoldParts(body: string, boundary: string, all: Parts): string {
  const [before = '', ...rest] = `\r\n${body}`.split(`\r\n--${boundary}`);
  const parts = rest.map((one) => {
    const [, line = '', inner = ''] = /^([^\r\n]*\r\n)([\s\S]*)$/.exec(one) ?? [];
    // The last line ends in two hyphens more.
    return one.startsWith('--') || line === '' ? one : line + written(retold(partOf(inner), all));
  });
  return [before, ...parts].join(`\r\n--${boundary}`).slice(2);
}

/** A part in the place of another; its file name is of ASCII. */
function replaced(part: Part, by: Replacement | undefined): Part {
  if (!by) return part;
  const lines = [
    'Content-Type: text/plain; charset=utf-8',
    `Content-Disposition: attachment; filename="${by.fileName}"`,
    by.marked,
  ];
  return encoded(
    { ...part, fields: lines.map((one) => ({ name: nameOf(one), lines: one })) },
    by.text,
    'base64',
  );
}

const nameOf = (line: string): string => line.slice(0, line.indexOf(':')).toLowerCase();

const decoded = (body: string, encoding: string): string => bytesIn(body, encoding).toString('utf8');

function bytesIn(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  const bytes = body
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

function encoded({ fields }: Part, text: string, encoding: 'base64' | 'quoted-printable'): Part {
  const lines = `Content-Transfer-Encoding: ${encoding}`;
  const others = fields.filter(({ name }) => name !== 'content-transfer-encoding');
  const body =
    encoding === 'base64'
      ? base64.wrap(base64.encode(text))
      : qp.wrap(qp.encode(text.replace(/\r?\n/g, '\r\n')));
  return { fields: [...others, { name: 'content-transfer-encoding', lines }], body };
}
