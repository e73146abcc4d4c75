import { createHash } from 'node:crypto';
import { PassThrough, pipeline, Readable } from 'node:stream';
import JSZip from 'jszip';
import { type DocumentStore, NotStored, readAll } from '../documents/store.ts';
import { type CaseView, caseView } from '../domain/caseView.ts';
import { caseText, type ExportFile, filesOf, isDocument, isMail } from './files.ts';
import { exportedMail } from './mail.ts';

/** Where a case's bytes come from; a workflow that has not begun, or is no longer kept, has no history. */
export type ExportSource = {
  documents: DocumentStore;
  history: (scope: string) => Promise<string | undefined>;
};

/** A ZIP that every program reads holds four gigabytes; its directory takes room too. */
const MOST_BYTES = 4_000_000_000;
/** The case is more than a ZIP holds. */
export class TooMuch extends Error {
  override name = 'TooMuch';
}

/**
 * A whole case as a ZIP, a piece at a time: no document is held in memory, and one is open at a time. What can fail is
 * tried before: histories are read, and every document is looked for. Where the bytes of one are not those of its
 * SHA-256, the stream fails in the middle, so that nobody takes what arrived for the whole.
 *
 * @throws TooMuch; NotStored; what `history` throws
 */
export async function zippedCase(view: CaseView, source: ExportSource, date: Date): Promise<Readable> {
  const zip = new JSZip();
  zip.file('case.json', caseText(caseView.parse(view)), { date, createFolders: false });
  return zippedFiles(zip, filesOf(view), source, date);
}

/** Every version of every document of a case, in the same way. @throws TooMuch; NotStored */
export const zippedDocuments = async (
  view: CaseView,
  documents: DocumentStore,
  date: Date,
): Promise<Readable> =>
  zippedFiles(
    new JSZip(),
    filesOf(view).filter(isDocument),
    { documents, history: async () => undefined },
    date,
  );

async function zippedFiles(
  zip: JSZip,
  files: readonly ExportFile[],
  { documents, history }: ExportSource,
  date: Date,
): Promise<Readable> {
  const options = { date, createFolders: false };
  const sources: Readable[] = [];
  let total = 0;
  for (const one of files) {
    if ('scope' in one) {
      const text = await history(one.scope);
      if (text !== undefined) zip.file(one.file, text, options);
      continue;
    }
    const size = await documents.size(one.sha256);
    if (size === undefined) throw new NotStored(`the store does not hold ${one.sha256}`);
    total += size;
    if (total > MOST_BYTES) throw new TooMuch(`more than ${MOST_BYTES} bytes`);
    const bytes = Readable.from(isMail(one) ? mailOf(documents, one) : bytesOf(documents, one));
    sources.push(bytes);
    // Documents are packed already, most of them, and large.
    zip.file(one.file, bytes, { ...options, compression: isMail(one) ? 'DEFLATE' : 'STORE' });
  }
  return Readable.from(packed(zip, sources));
}

/** Begins when it is read; whatever it ends by, a reader who went away too, nothing stays open. */
async function* packed(zip: JSZip, sources: readonly Readable[]): AsyncGenerator<Uint8Array> {
  const bytes = new PassThrough();
  // An error of either is thrown where the bytes are read.
  pipeline(zip.generateNodeStream({ streamFiles: true, compression: 'DEFLATE' }), bytes, () => {});
  // JSZip loses an error that comes while it waits for its reader.
  for (const source of sources) source.once('error', (error) => bytes.destroy(error));
  try {
    yield* bytes;
  } finally {
    for (const source of sources) source.destroy();
  }
}

type StoredFile = Extract<ExportFile, { sha256: string }>;

async function* bytesOf(documents: DocumentStore, { file, sha256 }: StoredFile) {
  const hash = createHash('sha256');
  for await (const chunk of await documents.get(sha256)) {
    hash.update(chunk);
    yield chunk as Uint8Array;
  }
  if (hash.digest('hex') !== sha256) throw new Error(`${file} is not what the case file says`);
}

async function* mailOf(documents: DocumentStore, { sha256 }: StoredFile) {
  yield await exportedMail(await readAll(documents, sha256));
}
