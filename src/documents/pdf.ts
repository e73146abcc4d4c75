import { constants, inflateSync } from 'node:zlib';
import type { DocumentFault } from '../domain/refusal.ts';

/**
 * What a PDF would run, open, fetch or carry. It is not parsed: what one reader takes for a string, a comment or the
 * inside of a stream, another one finds by an offset and takes for an object. So every byte is looked at for the words
 * that such an object cannot do without, wherever they stand, however their letters are written, and once more in what
 * object streams unpack to. In time in proportion to the file.
 */

/** Actions, by the name after `/S`. */
const ACTIONS: Readonly<Record<string, DocumentFault>> = {
  JavaScript: 'active',
  Launch: 'active',
  ImportData: 'active',
  SubmitForm: 'active',
  Rendition: 'active',
  RichMediaExecute: 'active',
  GoTo3DView: 'active',
  Movie: 'active',
  Sound: 'active',
  GoToE: 'embedded',
  GoToR: 'external',
};
/** Words that say it by themselves; each is long enough not to stand in packed bytes by chance. */
const WORDS: Readonly<Record<string, DocumentFault>> = {
  EmbeddedFiles: 'embedded',
  EmbeddedFile: 'embedded',
  FileAttachment: 'embedded',
  AFRelationship: 'embedded',
  RichMedia: 'active',
  RichMediaContent: 'active',
  // A stream whose bytes are elsewhere.
  FFilter: 'external',
};
/** Words that say it where a dictionary or a reference to one follows. */
const ENTRIES: Readonly<Record<string, DocumentFault>> = {
  EF: 'embedded',
  AA: 'active',
  XFA: 'active',
  Encrypt: 'protected',
};
const FOLLOWED = /^(<<|\d+\s+\d+\s+R\b)/;
const REFERENCE = /^(\d{1,9})\s+\d+\s+R\b/;

const MB = 1024 * 1024;
/** Of what all object streams unpack to. */
const MAX_OBJECTS = 100 * MB;
const SLASH = 0x2f;
const HASH = 0x23;
/** No word that is looked for is longer, with each letter written as its number. */
const LONGEST_WORD = 64;
/** Of spaces and comments between two words. */
const LONGEST_GAP = 4_096;

/** @param file all of it */
export function pdfFault(file: Buffer): DocumentFault | undefined {
  const seen: Traces = { opened: new Set(), visits: new Set(), streams: new Map() };
  const fault = faultIn(
    { bytes: file, objectAt: (at) => writtenAt(file, at), streamFrom: streamsOf(file) },
    seen,
  );
  if (fault) return fault;
  let unpacked = 0;
  for (const [start, first] of seen.streams) {
    if (!isPlainlyPacked(file, start)) return 'damaged';
    const objects = objectsAt(file, start, MAX_OBJECTS - unpacked);
    if (typeof objects === 'string') return objects;
    unpacked += objects.byteLength;
    const inside = faultIn(
      { bytes: objects, objectAt: listedAt(objects, first), streamFrom: () => undefined },
      seen,
    );
    if (inside) return inside;
  }
  // It goes to an address when it is opened, and not when somebody clicks.
  return [...seen.opened].some((one) => seen.visits.has(one) || seen.visits.has(UNKNOWN))
    ? 'active'
    : undefined;
}

/** What is put together from several places of a file. */
type Traces = {
  /** Objects that are done when the document is opened, and those that go to an address. */
  opened: Set<number>;
  visits: Set<number>;
  /** Where streams begin that hold objects, and where in each the first object is, as far as it is told. */
  streams: Map<number, number | undefined>;
};
/** The number of an object that has none to be found. */
const UNKNOWN = -1;

/** What is looked through: the file, or what an object stream unpacks to. */
type Text = {
  bytes: Buffer;
  /** The number of the object that stands at a place. */
  objectAt: (at: number) => number;
  /** Where the next stream begins. */
  streamFrom: (at: number) => number | undefined;
};

/** A gap that no program writes, to hide what comes after it. */
class TooFar extends Error {}

function faultIn(text: Text, seen: Traces): DocumentFault | undefined {
  try {
    return firstFault(text, seen);
  } catch (error) {
    if (error instanceof TooFar) return 'damaged';
    throw error;
  }
}

function firstFault(text: Text, seen: Traces): DocumentFault | undefined {
  const { bytes } = text;
  for (let at = bytes.indexOf(SLASH); at >= 0; at = bytes.indexOf(SLASH, at + 1)) {
    const word = wordAt(bytes, at + 1);
    if (!word) continue;
    const { name, end } = word;
    const own = WORDS[name];
    if (own) return own;
    const entry = ENTRIES[name];
    if (entry && (name === 'XFA' ? /^[<[\d]/ : FOLLOWED).test(after(bytes, end, 40))) return entry;
    const told = TOLD[name]?.(text, { at, end, seen });
    if (told) return told;
  }
  return undefined;
}

type Place = { at: number; end: number; seen: Traces };

/** Words of which the next says more. */
const TOLD: Readonly<Record<string, (text: Text, place: Place) => DocumentFault | undefined>> = {
  S({ bytes, objectAt }, { at, end, seen }) {
    const next = after(bytes, end, 2 * LONGEST_WORD);
    // The name of an action elsewhere: nobody writes that but to hide it.
    if (REFERENCE.test(next)) return 'active';
    const kind = next.startsWith('/') ? wordAt(Buffer.from(next, 'latin1'), 1)?.name : undefined;
    if (kind === 'URI') seen.visits.add(objectAt(at));
    return kind === undefined ? undefined : ACTIONS[kind];
  },
  URI({ bytes }, { end }) {
    const next = after(bytes, end, 400);
    if (REFERENCE.test(next)) return 'external';
    if (!/^[(<](?!<)/.test(next)) return undefined;
    return isClicked(textOf(next)) ? undefined : 'external';
  },
  // What plays by a program of its own, or is one.
  Subtype: ({ bytes }, { end }) =>
    /^\/(3D|Movie|Sound|PS)(?![A-Za-z0-9#])/.test(after(bytes, end, 12)) ? 'active' : undefined,
  FS: ({ bytes }, { end }) => (after(bytes, end, 8).startsWith('/URL') ? 'external' : undefined),
  OpenAction({ bytes }, { end, seen }) {
    const next = after(bytes, end, 400);
    const reference = REFERENCE.exec(next);
    if (reference) seen.opened.add(Number(reference[1]));
    // In the dictionary itself: it may only lead to a page.
    else if (next.startsWith('<<') && !/^<<[^<>]*\/S\s*\/(GoTo|Named)\b/.test(next)) return 'active';
    return undefined;
  },
  // The stream whose dictionary this is.
  ObjStm({ streamFrom }, { end, seen }) {
    const start = streamFrom(end);
    if (start !== undefined && !seen.streams.has(start)) seen.streams.set(start, undefined);
    return undefined;
  },
  First({ bytes, streamFrom }, { end, seen }) {
    const next = after(bytes, end, 40);
    const start = REFERENCE.test(next) ? undefined : streamFrom(end);
    const first = /^\d{1,9}/.exec(next)?.[0];
    if (start !== undefined && first) seen.streams.set(start, Number(first));
    return undefined;
  },
};

/** Where streams begin, asked from the first place to the last. */
function streamsOf(bytes: Buffer): (from: number) => number | undefined {
  let keyword = 0;
  return (from) => {
    if (keyword >= 0 && keyword < from) keyword = bytes.indexOf('stream', from);
    if (keyword < 0) return undefined;
    let start = keyword + 'stream'.length;
    if (bytes[start] === 0x0d) start++;
    if (bytes[start] === 0x0a) start++;
    return start;
  };
}

/** A name, its letters read however they are written. `undefined` for one that is longer than any that is looked for. */
function wordAt(bytes: Buffer, from: number): { name: string; end: number } | undefined {
  let name = '';
  let at = from;
  for (; at < bytes.length && at - from < 3 * LONGEST_WORD; at++) {
    const byte = bytes[at] as number;
    if (!isLetter(byte)) return name ? { name, end: at } : undefined;
    if (byte === HASH) {
      const code = Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16);
      if (Number.isNaN(code)) return undefined;
      name += String.fromCharCode(code);
      at += 2;
    } else name += String.fromCharCode(byte);
    if (name.length > LONGEST_WORD) return undefined;
  }
  return name ? { name, end: at } : undefined;
}

const PERCENT = 0x25;
const isSpace = (byte: number | undefined): boolean =>
  byte === 0 || byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 32;
/** What a name goes on with: neither space nor delimiter. */
const isLetter = (byte: number): boolean =>
  byte > 0x20 && byte < 0x7f && !'()<>[]{}/%'.includes(String.fromCharCode(byte));

/** What comes next, without the spaces and comments before it. */
function after(bytes: Buffer, from: number, length: number): string {
  let at = from;
  const most = from + LONGEST_GAP;
  for (;;) {
    while (at < most && isSpace(bytes[at])) at++;
    if (bytes[at] !== PERCENT) break;
    while (at < most && at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
    if (at >= most) break;
  }
  if (at >= most) throw new TooFar();
  return withoutComments(bytes.toString('latin1', at, at + length)).replaceAll('\0', ' ');
}

/** Comments go to the end of their line; one that has no end is none yet. */
const withoutComments = (text: string): string =>
  text
    .split(/(?<=[\r\n])/)
    .map((line) =>
      line.includes('%') && /[\r\n]$/.test(line) ? `${line.slice(0, line.indexOf('%'))} ` : line,
    )
    .join('');

/** A string in parentheses or in hexadecimal digits, as far as its beginning tells. */
function textOf(written: string): string {
  if (written.startsWith('<'))
    return Buffer.from(written.slice(1).replace(/\s/g, '').split('>')[0] ?? '', 'hex').toString('latin1');
  return written
    .slice(1)
    .replace(/\\\r?\n/g, '')
    .replace(/\\([0-7]{1,3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))
    .replace(/\\(.)/g, '$1');
}

/** An address that a reader sees and clicks, or one within the document's own site. */
const isClicked = (address: string): boolean =>
  /^\s*(https?:\/\/|mailto:|tel:)/i.test(address) || !/^\s*([a-z][a-z0-9+.-]*:|\/\/|\\)/i.test(address);

/** The number of the object that a place of the file is in, which stands before it. */
function writtenAt(bytes: Buffer, at: number): number {
  const before = bytes.toString('latin1', Math.max(0, at - LONGEST_GAP), at);
  const head = before.slice(0, before.lastIndexOf('obj')).slice(-40);
  return Number(/(\d{1,9})\s+\d+\s+$/.exec(head)?.[1] ?? UNKNOWN);
}

/** The same in an object stream, which begins with the numbers of its objects and where each is. */
function listedAt(objects: Buffer, first: number | undefined): (at: number) => number {
  if (first === undefined) return () => UNKNOWN;
  const numbers =
    objects
      .toString('latin1', 0, first)
      .match(/\d{1,9}/g)
      ?.map(Number) ?? [];
  const pairs = numbers.flatMap((number, i) =>
    i % 2 === 0 ? [{ number, from: first + (numbers[i + 1] ?? 0) }] : [],
  );
  return (at) => pairs.findLast(({ from }) => from <= at)?.number ?? UNKNOWN;
}

/**
 * Whether the dictionary before a stream says that it is packed by Flate and by nothing else: what is packed twice, or has
 * its bytes set apart (`DecodeParms`), reads otherwise than what is unpacked here. It is read from its end, and has
 * neither strings nor comments, in which it could seem to begin.
 */
function isPlainlyPacked(file: Buffer, start: number): boolean {
  const before = file.toString('latin1', Math.max(0, start - LONGEST_GAP), start);
  const written = before.slice(0, before.lastIndexOf('stream')).trimEnd();
  let depth = 0;
  let at = written.length;
  do {
    const pair = written.slice(at - 2, at);
    if (pair === '>>' || pair === '<<') depth += pair === '>>' ? 1 : -1;
    at -= pair === '>>' || pair === '<<' ? 2 : 1;
  } while (depth > 0 && at > 1);
  const [line = ''] = written
    .slice(0, at)
    .trimEnd()
    .split(/[\r\n]/)
    .slice(-1);
  const dictionary = written
    .slice(at)
    .replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return (
    depth === 0 &&
    /^[^%]*\bobj$/.test(line) &&
    !/[()%]|\/(DecodeParms|DP)\b/.test(dictionary) &&
    dictionary.split(/\/Filter\b/).length === 2 &&
    /\/Filter\s*(\/(FlateDecode|Fl)|\[\s*\/(FlateDecode|Fl)\s*\])\s*(\/|>>)/.test(dictionary)
  );
}

/** What an object stream holds. One that is packed otherwise than by Flate, as none is in practice, cannot be looked into. */
function objectsAt(file: Buffer, start: number, most: number): Buffer | 'damaged' | 'bomb' {
  try {
    const objects = inflateSync(file.subarray(start), {
      // Readers take what there is of one that is cut off.
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: Math.max(1, most),
    });
    // It begins with numbers: those of its objects, and where each is.
    return /^[\s\0]*\d+[\s\0]+\d/.test(objects.toString('latin1', 0, 64)) ? objects : 'damaged';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : 'damaged';
  }
}
