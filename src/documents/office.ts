import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { DocumentFault } from '../domain/refusal.ts';
import { watchedMarkup } from './officeMarkup.ts';
import { pdfFault } from './pdf.ts';
import { END_BYTES, nestedKind, TAIL_BYTES, watchedForMalware } from './traces.ts';

/**
 * What is inside a Word, Excel, PowerPoint or OpenDocument file, which is a ZIP archive: found by reading it in order,
 * with a bound on what is really unpacked, whatever its directory says. Sizes are in bytes.
 */

class Fault extends Error {
  readonly fault: DocumentFault;
  constructor(fault: DocumentFault) {
    super(fault);
    this.fault = fault;
  }
}

const MB = 1024 * 1024;
const MAX_DIRECTORY = 4 * MB;
const MAX_ENTRIES = 20_000;
const MAX_UNPACKED = 400 * MB;
/** Of the lists of relationships and content types, each; and of all markup, which is read. */
const MAX_LIST = 4 * MB;
const MAX_MARKUP = 100 * MB;
/** Of a file within it that is looked into: the table behind a chart, a picture that is a PDF. */
const MAX_NESTED = 50 * MB;

const END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_BYTES = 30;

type Entry = { name: string; method: number; at: number; packed: number };

/**
 * Looks for macros, for parts that are fetched from elsewhere, and for more than it would be to unpack; what speaks
 * against it, and `undefined` where nothing does. A file within it is looked into, too, and none within that.
 */
export async function officeFault(
  read: () => Readable,
  isNested = false,
): Promise<DocumentFault | undefined> {
  try {
    const entries = await directoryOf(read);
    if (entries.some(({ name }) => OUTSIDE.test(name))) return 'damaged';
    if (entries.some(({ name }) => MACROS.test(name))) return 'macros';
    if (entries.some(({ name }) => OBJECTS.test(name))) return 'embedded';
    await unpack(read, entries, isNested);
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.fault;
    throw error;
  }
}

/** An entry of an archive that nothing speaks against, up to a number of bytes; `undefined` where it has none of that name. */
export async function officeEntry(
  read: () => Readable,
  name: string,
  most: number,
): Promise<Buffer | undefined> {
  const entry = (await directoryOf(read)).find((one) => one.name === name);
  if (!entry) return undefined;
  const reader = sequence(read());
  try {
    await reader.skip(entry.at);
    const header = await reader.take(LOCAL_BYTES);
    await reader.skip(header.readUInt16LE(26) + header.readUInt16LE(28));
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of plain(reader.some(entry.packed), entry.method)) {
      size += chunk.byteLength;
      if (size > most) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    await reader.close();
  }
}

/** A name that leads out of the folder into which somebody unpacks it, or is none. */
const OUTSIDE = /^$|^\/|^[a-z]:|(^|\/)\.\.(\/|$)/i;

/** Visual Basic, the macros of Excel 4, controls, and the modules of OpenDocument (its lists of them may be empty). */
const MACROS =
  /(^|\/)(vbaProject|vbaData)[^/]*$|(^|\/)(macrosheets|activeX)\/|^Scripts\/.*[^/]$|^Basic\/(?!.*script-l[bc]\.xml$).*[^/]$/i;

/** Objects of other programs; the table behind a chart is a file of its own, and no such object. */
const OBJECTS = /(^|\/)oleObject[^/]*$|\/afchunk[^/]*$/i;

/** The archive's directory, in the order in which its entries stand in the file. */
async function directoryOf(read: () => Readable): Promise<Entry[]> {
  let size = 0;
  // Whole pieces, joined once: a file of 100 MB comes in thousands of them.
  const last: Buffer[] = [];
  let held = 0;
  for await (const chunk of read() as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    held += chunk.byteLength;
    last.push(chunk);
    for (let [first] = last; first && held - first.byteLength >= TAIL_BYTES; [first] = last) {
      held -= first.byteLength;
      last.shift();
    }
  }
  const tail = Buffer.concat(last).subarray(-TAIL_BYTES);
  const end = endIn(tail);
  const length = tail.readUInt32LE(end + 12);
  const at = tail.readUInt32LE(end + 16);
  // What comes before or after an archive is another file: a reader that looks for that one finds it.
  if (length > MAX_DIRECTORY || at + length !== size - tail.byteLength + end) throw new Fault('damaged');
  const entries = entriesIn(
    length <= end ? tail.subarray(end - length, end) : await piece(read(), at, length),
  );
  return entries.sort((a, b) => a.at - b.at);
}

async function piece(stream: Readable, at: number, length: number): Promise<Buffer> {
  const reader = sequence(stream);
  await reader.skip(at);
  const bytes = await reader.take(length);
  await reader.close();
  return bytes;
}

function endIn(tail: Buffer): number {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--)
    if (tail.readUInt32LE(at) === END && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.byteLength)
      return at;
  throw new Fault('damaged');
}

function entriesIn(directory: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < directory.byteLength; ) {
    if (at + 46 > directory.byteLength || directory.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new Fault('damaged');
    const flags = directory.readUInt16LE(at + 8);
    const nameLength = directory.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    const method = directory.readUInt16LE(at + 10);
    // Encrypted, or packed in a way that office programs do not use.
    if (flags & 1 || (method !== 0 && method !== 8) || next > directory.byteLength)
      throw new Fault('damaged');
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
      method,
      at: directory.readUInt32LE(at + 42),
      packed: directory.readUInt32LE(at + 20),
    });
    if (entries.length > MAX_ENTRIES) throw new Fault('bomb');
    at = next;
  }
  return entries;
}

/** Unpacks every entry, keeping none, and reads the markup of each. */
async function unpack(open: () => Readable, entries: readonly Entry[], isNested: boolean): Promise<void> {
  const reader = sequence(open());
  let unpacked = 0;
  let read = 0;
  try {
    for (const entry of entries) {
      // Entries that lie over one another unpack to more than there is.
      if (entry.at < reader.position()) throw new Fault('damaged');
      await reader.skip(entry.at - reader.position());
      const header = await reader.take(LOCAL_BYTES);
      if (header.readUInt32LE(0) !== LOCAL_HEADER || header.readUInt16LE(8) !== entry.method)
        throw new Fault('damaged');
      const name = await reader.take(header.readUInt16LE(26));
      if (name.toString('utf8').replaceAll('\\', '/') !== entry.name) throw new Fault('damaged');
      await reader.skip(header.readUInt16LE(28));
      const isList = /\.rels$|^\[Content_Types\]\.xml$/i.test(entry.name);
      let size = 0;
      const markup = MARKUP.test(entry.name) ? watchedMarkup() : undefined;
      const isMalware = watchedForMalware();
      const nested = watchedNested(isNested);
      for await (const chunk of plain(reader.some(entry.packed), entry.method)) {
        unpacked += chunk.byteLength;
        if (markup) [size, read] = [size + chunk.byteLength, read + chunk.byteLength];
        if (unpacked > MAX_UNPACKED || read > MAX_MARKUP || (isList && size > MAX_LIST))
          throw new Fault('bomb');
        if (isMalware(chunk)) throw new Fault('malware');
        nested.write(chunk);
        blame(markup?.write(chunk));
      }
      blame(markup?.end());
      blame(await nested.fault());
    }
  } finally {
    await reader.close();
  }
}

/** Reads an entry for a file that it is: of those that can be looked into nothing may speak against them. */
function watchedNested(isNested: boolean) {
  let kept: Buffer[] = [];
  let size = 0;
  let head: Buffer = Buffer.alloc(0);
  let kind: ReturnType<typeof nestedKind>;
  return {
    write(chunk: Buffer) {
      if (head.byteLength < HEAD_BYTES) {
        head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)]);
        kind = nestedKind(head);
        if (kind === 'other' || (kind && isNested)) throw new Fault('embedded');
      }
      size += chunk.byteLength;
      if (kind && size > MAX_NESTED) throw new Fault('bomb');
      if (kind || head.byteLength < HEAD_BYTES) kept.push(chunk);
      else kept = [];
    },
    async fault(): Promise<DocumentFault | undefined> {
      if (kind === 'pdf') return pdfFault(Buffer.concat(kept));
      return kind === 'archive' ? officeFault(() => Readable.from([Buffer.concat(kept)]), true) : undefined;
    },
  };
}
const HEAD_BYTES = 8;

async function* plain(packed: AsyncIterable<Buffer>, method: number): AsyncGenerator<Buffer> {
  if (method === 0) return yield* packed;
  const inflate = createInflateRaw();
  const feeding = (async () => {
    for await (const chunk of packed)
      if (!inflate.write(chunk))
        await new Promise((resolve) => inflate.once('drain', resolve).once('close', resolve));
    inflate.end();
  })();
  // It is heard of below, or the archive is refused already.
  feeding.catch((error) => inflate.destroy(error));
  try {
    yield* inflate;
    await feeding;
  } catch (error) {
    throw error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
      ? new Fault('damaged')
      : error;
  } finally {
    inflate.destroy();
  }
}

/** Relationships, content types, text, drawings: each may say that something is run or fetched. */
const MARKUP = /\.(xml|rels|vml|svg|rdf)$/i;

function blame(fault: DocumentFault | undefined): void {
  if (fault) throw new Fault(fault);
}

/** A stream read in pieces of a length that is asked for, forward alone. */
function sequence(stream: Readable) {
  const chunks = stream[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let position = 0;
  async function* some(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      if (held.byteLength === 0) {
        const next = await chunks.next();
        if (next.done) throw new Fault('damaged');
        held = next.value as Buffer;
      }
      const piece = held.subarray(0, left);
      held = held.subarray(piece.byteLength);
      left -= piece.byteLength;
      position += piece.byteLength;
      yield piece;
    }
  }
  return {
    some,
    position: () => position,
    async take(length: number): Promise<Buffer> {
      const pieces: Buffer[] = [];
      for await (const piece of some(length)) pieces.push(piece);
      return Buffer.concat(pieces);
    },
    async skip(length: number): Promise<void> {
      for await (const _ of some(length));
    },
    async close(): Promise<void> {
      await chunks.return?.();
    },
  };
}
