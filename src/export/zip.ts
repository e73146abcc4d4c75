import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import yazl from 'yazl';
import { safeFileName } from '../documents/accept.ts';
import { type DocumentStore, NotStored } from '../documents/store.ts';
import type { CaseView } from '../domain/caseView.ts';
import { attendedIn, certificateState } from '../domain/results/certifiedAttendance.ts';
import { type ExportFile, filesOf, isDocument } from './files.ts';

/** An entry of a ZIP, opened when its turn comes. */
export type ZipEntry = {
  name: string;
  /** Where it is known; what is larger than four gigabytes has to have it. */
  size?: number;
  /** What is packed already, as most documents are, is only put in. */
  packs: boolean;
  open: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
};

/**
 * A ZIP, a piece at a time: no entry is held in memory, and one is open at a time. Where one fails, the stream fails in
 * the middle, so that nobody takes what arrived for the whole. It may be of any size (ZIP64), and the same entries
 * give the same bytes.
 */
export const zipOf = (entries: readonly ZipEntry[], date: Date): Readable =>
  Readable.from(packed(entries, date), { objectMode: false, highWaterMark: 64 * 1024 });

/** Begins when it is read; whatever it ends by, a reader who went away too, nothing stays open. */
async function* packed(entries: readonly ZipEntry[], date: Date): AsyncGenerator<Uint8Array> {
  const zip = new yazl.ZipFile();
  const bytes = zip.outputStream as Readable;
  let open: Readable | undefined;
  zip.on('error', (error: Error) => bytes.destroy(error));
  for (const { name, size, packs, open: begin } of entries)
    zip.addReadStreamLazy(
      name,
      { mtime: date, compress: packs, mode: 0o100_644, ...(size !== undefined && { size }) },
      (give) => {
        void Promise.resolve()
          .then(begin)
          .then(
            (source) => {
              open = Readable.from(source, { objectMode: false });
              open.once('error', (error) => bytes.destroy(error));
              give(null, open);
            },
            (error: Error) => bytes.destroy(error),
          );
      },
    );
  zip.end();
  try {
    yield* bytes;
  } finally {
    open?.destroy();
    bytes.destroy();
  }
}

/** Every version of every document of a case. @throws NotStored */
export async function zippedDocuments(
  view: CaseView,
  documents: DocumentStore,
  date: Date,
): Promise<Readable> {
  const files = filesOf(view).filter(isDocument).filter(isStored);
  return zipOf(await Promise.all(files.map((one) => storedEntry(one, documents))), date);
}

/** The certificates that stand, each under its number and the name of whoever it is given to. @throws NotStored */
export async function zippedCertificates(
  view: CaseView,
  documents: DocumentStore,
  date: Date,
): Promise<Readable> {
  const attended = attendedIn(view);
  const standing = view.certificates.filter((one) => certificateState(one, attended) === 'valid');
  return zipOf(
    await Promise.all(
      standing.map((one) => storedEntry({ file: certificateFileName(one), sha256: one.sha256 }, documents)),
    ),
    date,
  );
}

/** `0003 Ana Pérez.pdf`: what a certificate is saved as. */
const certificateFileName = ({ number, name }: { number: number; name: string }): string =>
  safeFileName(`${String(number).padStart(4, '0')} ${name.toWellFormed().replaceAll(/[/\\]/g, '-')}.pdf`);

export type StoredFile = Extract<ExportFile, { sha256: string }>;
export const isStored = (file: ExportFile): file is StoredFile => 'sha256' in file;

/**
 * An entry of the store, which is looked for before. Where its bytes are not those of its SHA-256, reading it fails.
 * @throws NotStored
 */
export async function storedEntry(one: StoredFile, documents: DocumentStore): Promise<ZipEntry> {
  const size = await documents.size(one.sha256);
  if (size === undefined) throw new NotStored(`the store does not hold ${one.sha256}`);
  return { name: one.file, size, packs: false, open: () => bytesOf(documents, one) };
}

async function* bytesOf(documents: DocumentStore, { file, sha256 }: StoredFile): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of await documents.get(sha256)) {
    hash.update(chunk);
    yield chunk as Uint8Array;
  }
  if (hash.digest('hex') !== sha256) throw new Error(`${file} is not what the case file says`);
}
