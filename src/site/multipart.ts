import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Busboy } from '@fastify/busboy';
import { safeFileName } from '../documents/accept.ts';
import type { Key } from '../words/speaker.ts';
import type { PageContext } from './context.ts';
import { plain } from './form.ts';

/**
 * Forms with files, read as they arrive, and no faster than whoever takes the files; what is counted is what is received,
 * whatever the request says of its length.
 */

export const MAX_FILES = 20;

/** What was sent with a form: what was written, and the files that were chosen. */
export type SentForm = {
  texts: [name: string, value: string][];
  files: SentFile[];
};
/** A file of a form; `came` where it is in the case file, whatever became of the rest: as a document, or waiting for its answer. */
export type SentFile = {
  field: string;
  name: string;
  came?: { document: string; version: number; waiting: boolean };
};

const read = new WeakMap<PageContext['req'], SentForm>();
/** What came with a form with files, as far as it was read. */
export const readOf = (c: PageContext): SentForm | undefined => read.get(c.req);

const MB = 1024 * 1024;
const FIELD_BYTES = MB;
const LIMITS = {
  files: MAX_FILES,
  fields: 100,
  fieldSize: FIELD_BYTES,
  headerPairs: 50,
  headerSize: 32 * 1024,
};

class FormRefused extends Error {
  readonly why: Key<'site.uploads'>;
  constructor(why: Key<'site.uploads'>) {
    super(why);
    this.why = why;
  }
}

/** Whoever reads a form with files. */
export type FormReader = {
  /** The most that a file of it may hold: one byte more is read, so that whoever takes it says that there are too many. */
  fileBytes: number;
  field: (name: string, value: string) => void;
  /** Takes a file; what it leaves unread is passed over. */
  file: (bytes: Readable, fileName: string, sent: SentFile) => Promise<void>;
  tooManyFiles: () => void;
};

/**
 * Reads a form to its end, a file at a time, and keeps what was written in it (`sent`), for whoever has to say that it
 * failed. Returns why it could not be read further, or nothing.
 */
export async function readUpload(
  c: PageContext,
  reader: FormReader,
): Promise<Key<'site.uploads'> | undefined> {
  const body = c.req.raw.body;
  const form = body && formOf(c.req.header('content-type'), reader.fileBytes);
  if (!form) return 'broken';
  const sent: SentForm = { texts: [], files: [] };
  read.set(c.req, sent);
  const unread = new Set<Readable>();
  let characters = 0;
  let failed: unknown;
  let files = Promise.resolve();
  let stopped = false;
  // What is in the parser's hands already is still told of; none of it counts any more.
  const stop = () => {
    stopped = true;
    form.destroy(new FormRefused('tooMuchText'));
  };

  form.on('field', (name, value, _nameCut, valueCut) => {
    characters += name.length + value.length;
    if (valueCut || characters > FIELD_BYTES) stop();
    else if (!stopped) {
      const text = plain(value);
      sent.texts.push([name, text]);
      reader.field(name, text);
    }
  });
  form.on('fieldsLimit', stop);
  form.on('filesLimit', reader.tooManyFiles);
  form.on('file', (field, bytes, fileName) => {
    const file: SentFile = { field, name: fileName && safeFileName(fileName) };
    if (fileName) sent.files.push(file);
    // A form that ends in the middle says so on the file: whoever reads it hears of it, and nobody else has to.
    bytes.on('error', () => {});
    unread.add(bytes);
    files = files.then(async () => {
      // Browsers send a field that nothing was chosen in as a file without a name.
      if (fileName && !stopped && failed === undefined)
        await reader
          .file(Readable.from(bytes.iterator({ destroyOnReturn: false })), fileName, file)
          .catch((error) => {
            failed ??= error;
          });
      unread.delete(bytes);
      bytes.resume();
    });
  });

  let broken: unknown;
  try {
    await pipeline(
      Readable.fromWeb(body as ReadableStream<Uint8Array>),
      limitedTo(MAX_FILES * reader.fileBytes + 2 * MB),
      form,
    );
  } catch (error) {
    broken = error;
    for (const bytes of unread) bytes.destroy(new FormRefused('broken'));
  }
  await files;
  if (failed !== undefined && !(failed instanceof Error && broken)) throw failed;
  if (broken instanceof FormRefused) return broken.why;
  return broken || failed ? 'broken' : undefined;
}

const limitedTo = (most: number) =>
  async function* limited(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.byteLength;
      if (size > most) throw new FormRefused('tooManyFiles');
      yield chunk;
    }
  };

function formOf(type: string | undefined, fileBytes: number) {
  try {
    return new Busboy({
      headers: { 'content-type': type ?? '' } as IncomingHttpHeaders & { 'content-type': string },
      limits: { ...LIMITS, fileSize: fileBytes + 1 },
    });
  } catch {
    // Neither of the kinds of form there are, or without a boundary.
    return undefined;
  }
}
