import { lstat, open, opendir } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { BundleFinding } from '../domain/results/bundle.ts';

/** A bundle's files, from a ZIP or from a folder it was unpacked into. Nothing is written, and no link followed. */

export type HeldFile = { size: number; read: () => Promise<Readable> };
export type Archive = {
  /** By their names, parted by `/`. */
  files: Map<string, HeldFile>;
  /** What is wrong with the archive itself. */
  findings: BundleFinding[];
  close: () => Promise<void>;
};

/** More entries, and more that was packed, no bundle has. */
const MOST_FILES = 200_000;
const MOST_UNPACKED = 8 * 2 ** 30;
const MOST_DEPTH = 8;

const SYMLINK = 0o120_000;
const KIND = 0o170_000;

/** Nobody can read it, or it asks for more than is given. */
export class Unreadable extends Error {
  override name = 'Unreadable';
  readonly code: 'unreadable' | 'exhausting';
  constructor(code: 'unreadable' | 'exhausting' = 'unreadable', options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

/** @throws Unreadable */
export async function archiveAt(place: string): Promise<Archive> {
  const found = await lstat(place).catch((cause: unknown) => {
    throw new Unreadable('unreadable', { cause });
  });
  return found.isDirectory() ? folderAt(place) : zipAt(place, found.size);
}

/** Names as one system and another write them. */
const nameOf = (name: string): string => name.normalize('NFC');

async function zipAt(place: string, size: number): Promise<Archive> {
  const options = { autoClose: false, lazyEntries: true, decodeStrings: false };
  const zip = await yauzl.openPromise(place, options).catch((cause: unknown) => {
    throw new Unreadable('unreadable', { cause });
  });
  const files: Archive['files'] = new Map();
  const findings: BundleFinding[] = [];
  const close = async () => zip.close();
  let [packed, unpacked, seen] = [0, 0, 0];
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileNameRaw.toString('utf8');
      packed += entry.compressedSize;
      if (entry.compressionMethod !== 0) unpacked += entry.uncompressedSize;
      // Entries that lie over one another are more than the file.
      if (++seen > MOST_FILES || unpacked > MOST_UNPACKED || packed > size)
        throw new Unreadable('exhausting');
      const fault = entryFault(entry, name, files);
      if (fault) findings.push({ code: fault, file: name });
      else if (!name.endsWith('/'))
        files.set(nameOf(name), {
          size: entry.uncompressedSize,
          read: async () => {
            const { fileName } = await zip.readLocalFileHeaderPromise(entry);
            // A program that reads from the front would call it otherwise.
            if (!fileName.equals(entry.fileNameRaw)) throw new Unreadable();
            return zip.openReadStreamPromise(entry);
          },
        });
    }
  } catch (cause) {
    await close();
    throw cause instanceof Unreadable ? cause : new Unreadable('unreadable', { cause });
  }
  return { files, findings, close };
}

function entryFault(
  entry: yauzl.Entry,
  name: string,
  files: Archive['files'],
): 'name-unsafe' | 'name-link' | 'name-twice' | undefined {
  const isUtf8 = Buffer.from(name, 'utf8').equals(entry.fileNameRaw);
  if (
    !isUtf8 ||
    yauzl.validateFileName(name) !== null ||
    /[\\\p{Cc}]/u.test(name) ||
    !entry.canDecodeFileData()
  )
    return 'name-unsafe';
  if (((entry.externalFileAttributes >>> 16) & KIND) === SYMLINK) return 'name-link';
  return files.has(nameOf(name)) ? 'name-twice' : undefined;
}

async function folderAt(place: string): Promise<Archive> {
  const files: Archive['files'] = new Map();
  const findings: BundleFinding[] = [];
  async function walk(folder: string, depth: number): Promise<void> {
    if (depth > MOST_DEPTH || files.size > MOST_FILES) throw new Unreadable('exhausting');
    for await (const entry of await opendir(path.join(place, folder))) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await walk(name, depth + 1);
      else if (!entry.isFile()) findings.push({ code: 'name-link', file: name });
      else {
        const at = path.join(place, name);
        if (files.has(nameOf(name))) findings.push({ code: 'name-twice', file: name });
        files.set(nameOf(name), {
          size: (await lstat(at)).size,
          read: async () => (await open(at)).createReadStream(),
        });
      }
    }
  }
  await walk('', 0).catch((cause: unknown) => {
    throw cause instanceof Unreadable ? cause : new Unreadable('unreadable', { cause });
  });
  return { files, findings, close: async () => {} };
}
