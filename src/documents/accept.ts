import { extname } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { StringDecoder } from 'node:string_decoder';
import { fileTypeFromStream } from 'file-type';
import { type DocumentFault, refused } from '../domain/refusal.ts';
import { officeFault } from './office.ts';
import { pdfFault } from './pdf.ts';
import { endsAsArchive, TAIL_BYTES, watchedForMalware } from './traces.ts';

/**
 * The kinds of document that ministries exchange, by the ending of the name: the media type it is served as, and
 * what the bytes may turn out to be (`null`: text, which has no signature).
 */
const FILE_TYPES: Record<string, { mediaType: string; bytes: string | null }> = {
  '.pdf': { mediaType: 'application/pdf', bytes: 'application/pdf' },
  '.docx': office('wordprocessingml.document'),
  '.xlsx': office('spreadsheetml.sheet'),
  '.pptx': office('presentationml.presentation'),
  '.odt': openDocument('text'),
  '.ods': openDocument('spreadsheet'),
  '.odp': openDocument('presentation'),
  '.png': { mediaType: 'image/png', bytes: 'image/png' },
  '.jpg': { mediaType: 'image/jpeg', bytes: 'image/jpeg' },
  '.jpeg': { mediaType: 'image/jpeg', bytes: 'image/jpeg' },
  '.mp4': { mediaType: 'video/mp4', bytes: 'video/mp4' },
  '.mp3': { mediaType: 'audio/mpeg', bytes: 'audio/mpeg' },
  '.txt': { mediaType: 'text/plain', bytes: null },
  '.csv': { mediaType: 'text/csv', bytes: null },
};

function office(part: string) {
  const mediaType = `application/vnd.openxmlformats-officedocument.${part}`;
  return { mediaType, bytes: mediaType };
}
function openDocument(part: string) {
  const mediaType = `application/vnd.oasis.opendocument.${part}`;
  return { mediaType, bytes: mediaType };
}

export const MAX_DOCUMENT_BYTES = 100 * 1024 * 1024;

const MAX_NAME = 120;
const MAX_ENDING = 20;
/** Names of devices on Windows, whatever ending follows. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)/i;

/**
 * A file name that is safe to keep, show and send: its last part, without control, direction or reserved
 * characters, at most 120 characters with its ending. What Windows takes for a device has a line before it.
 */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .replace(/^[.\s]+|(?<![.\s])[.\s]+$/g, '');
  const whole = RESERVED.test(clean) ? `_${clean}` : clean;
  const ending = extname(whole);
  // What is longer than any ending is none.
  if (ending.length > MAX_ENDING) return [...whole].slice(0, MAX_NAME).join('');
  const stem = [...whole.slice(0, whole.length - ending.length)];
  return `${stem.slice(0, MAX_NAME - ending.length).join('')}${ending}`;
}

const notTaken = (why: DocumentFault): never => refused({ code: 'DocumentRefused', why });

/**
 * Decides by its name whether a document is of an accepted kind.
 * @returns the name to keep and the media type it is served as
 * @throws Refused `DocumentRefused` when the kind is not accepted
 */
export function acceptName(name: string): { fileName: string; mediaType: string } {
  const fileName = safeFileName(name);
  const kind = FILE_TYPES[extname(fileName).toLowerCase()];
  if (!kind) return notTaken('kind');
  return { fileName, mediaType: kind.mediaType };
}

/**
 * Holds what is handed in as a sheet or a report against what is asked for: it is read, printed and gone on with in Word.
 * @throws Refused `DocumentRefused` where it is neither Word nor PDF
 */
export function acceptPaper({ mediaType }: { mediaType: string }): void {
  if (!PAPERS.includes(mediaType)) notTaken('neither-word-nor-pdf');
}
const PAPERS = [FILE_TYPES['.docx']?.mediaType, FILE_TYPES['.pdf']?.mediaType];

/**
 * Holds a document's bytes against its name.
 * @throws Refused `DocumentRefused` when it is empty, not what its name says, or holds what could do harm
 */
export async function inspectBytes(name: string, read: () => Readable): Promise<void> {
  const { fileName } = acceptName(name);
  const expected = FILE_TYPES[extname(fileName).toLowerCase()]?.bytes;
  const head = await firstBytes(read());
  if (head.byteLength === 0) return notTaken('empty');
  const found = await fileTypeFromStream(Readable.toWeb(read()) as ReadableStream<Uint8Array>);
  if (expected === null ? found !== undefined || head.includes(0) : found?.mime !== expected)
    return notTaken('disguised');
  const begins = Buffer.from(head).toString('latin1');
  if (expected === null && (PAGE.test(begins) || SYLK.test(begins))) return notTaken('disguised');
  const isArchive = /officedocument|opendocument/.test(expected ?? '');
  const fault = isArchive ? await officeFault(read) : undefined;
  if (fault) notTaken(fault);
  const isTable = extname(fileName).toLowerCase() === '.csv';
  const tail = await readThrough(read(), isTable ? partings(head).map(beginsFormula) : []);
  // A picture or a text that is an archive, too: what opens it by its end finds another file.
  if (!isArchive && endsAsArchive(tail)) notTaken('disguised');
  const inPdf = expected === 'application/pdf' ? pdfFault(await wholeOf(read())) : undefined;
  if (inPdf) notTaken(inPdf);
}

/** A page of the web, whatever it is called: a browser that guesses runs it. */
const PAGE = /^(\u00ef\u00bb\u00bf)?\s*<(!doctype|!--|html|head|body|script|svg|iframe|\?xml|\?php)/i;

/** A table of another kind, with formulas, which Excel knows by these letters, whatever it is called. */
const SYLK = /^(\u00ef\u00bb\u00bf)?ID;P/;

/** Reads a file through for what is known to do harm wherever it stands. Returns its end. */
async function readThrough(stream: Readable, cells: ((text: string) => boolean)[]): Promise<Buffer> {
  const decoder = new StringDecoder('utf8');
  const isMalware = watchedForMalware();
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (isMalware(chunk)) notTaken('malware');
    if (cells.length > 0) {
      const text = decoder.write(chunk);
      if (cells.some((begins) => begins(text))) notTaken('formula');
    }
    tail = Buffer.concat([tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
  }
  return tail;
}

async function wholeOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What a cell begins a formula with; in the wide letters of East Asia, too, which Excel takes for the others. */
const EQUALS = '=@\uff1d\uff20';
const SIGNS = '+-\uff0b\uff0d';
/** What a number, a date or a telephone number goes on with. */
const NUMBER = /[\d\s.,()/:%-]/;
/** Spaces and what is not seen, which a program may pass over. */
const BLANK = /[\p{Z}\p{Cc}\p{Cf}\ufffd]/u;
/** What programs pass over for certain. */
const PASSED = '\t\r\n\ufeff';

/** Whether a cell begins a formula, in a table whose columns are parted by `parting`; a signed number is none. */
function beginsFormula(parting: string): (text: string) => boolean {
  let at: 'start' | 'signed' | 'in' = 'start';
  let isQuoted = false;
  let isIndented = false;
  return (text) => {
    for (const char of text) {
      // Quotation marks around nothing are nothing: what comes after them begins the cell.
      if (char === '"' && (isQuoted || at === 'start')) isQuoted = !isQuoted;
      else if (!isQuoted && (char === parting || char === '\n' || char === '\r'))
        [at, isIndented] = ['start', false];
      else if (at === 'start' && EQUALS.includes(char)) return true;
      // A list is written with dashes behind a space.
      else if (at === 'start' && SIGNS.includes(char)) at = isIndented ? 'in' : 'signed';
      else if (at === 'start' && BLANK.test(char)) isIndented ||= !PASSED.includes(char);
      else if (at === 'start') at = 'in';
      else if (at === 'signed' && !NUMBER.test(char)) return true;
    }
    return false;
  };
}

/** What parts the columns of a table, as far as programs guess it or its first line says so. */
function partings(head: Uint8Array): string[] {
  const said = /^\ufeff?"?sep=(.)/iu.exec(Buffer.from(head).toString('utf8'))?.[1];
  return [...new Set([',', ';', '\t', '|', ...(said ? [said] : [])])];
}

async function firstBytes(stream: Readable, count = 4096): Promise<Uint8Array> {
  let head = Buffer.alloc(0);
  for await (const chunk of stream) {
    head = Buffer.concat([head, chunk]);
    if (head.byteLength >= count) break;
  }
  return head;
}
