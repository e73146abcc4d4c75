import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Busboy } from '@fastify/busboy';
import { html } from 'hono/html';
import { type Cooperations, Refused } from '../client/index.ts';
import { MAX_DOCUMENT_BYTES, safeFileName } from '../documents/accept.ts';
import type { DocumentKind } from '../domain/documentKinds.ts';
import type { Language } from '../domain/language.ts';
import { type Key, speaker } from '../words/speaker.ts';
import type { Html, PageContext } from './context.ts';
import { plain } from './form.ts';
import { refusedText } from './refusals.ts';
import type { Visit } from './visit.ts';

/**
 * Forms with files. A file goes to the document store as it arrives, and arrives no faster than the store takes it;
 * what is counted is what is received, whatever the request says of its length.
 */

export const MAX_FILES = 20;
const MB = 1024 * 1024;
const FIELD_BYTES = MB;
const LIMITS = {
  files: MAX_FILES,
  fields: 100,
  fieldSize: FIELD_BYTES,
  headerPairs: 50,
  headerSize: 32 * 1024,
};

type Target = {
  visit: Visit;
  cooperations: Pick<Cooperations, 'putDocument'>;
  /** What its files are; a form may say so in a field that stands before them. */
  kind: DocumentKind | ((fields: ReadonlyMap<string, readonly string[]>) => DocumentKind);
  /** The session that they are materials of. */
  session?: number | undefined;
  /** The document that a version is added to; each file is a new document where it is left out. */
  document?: string | undefined;
};

export type Upload = {
  /** What stood before the files, in the order of the form. */
  fields: Record<string, string[]>;
  /** What is in the case file now. */
  documents: { document: string; version: number; sha256: string; title: string }[];
  /** What is not, and why, in the reader's language; without a name where it is not about one file. */
  refused: { fileName: string; message: string }[];
};

/**
 * The attributes of a form with files, after which it shows how far it has come where script runs (`upload.js`). With
 * `visit`, what has arrived before the line broke is not sent a second time; with `atOnce` there is a button of that name,
 * which chooses files and sends them.
 */
export function uploadAttributes(
  language: Language,
  { visit, atOnce }: { visit?: Pick<Visit, 'view' | 'clock'> | undefined; atOnce?: string | undefined } = {},
): Html {
  const say = speaker('site.uploads', language);
  // The script puts the number there.
  const arriving = say('arriving', { percent: '#' });
  const since = visit && new URLSearchParams({ since: visit.clock.now });
  const arrived = visit
    ? html` data-arrived="/c/${visit.view.id}/documents/arrived?${since?.toString()}"`
    : '';
  return html`method="post" enctype="multipart/form-data" data-upload${arrived}${atOnce ? html` data-at-once="${atOnce}"` : ''} data-sending="${say('sending')}" data-arriving="${arriving}" data-checking="${say('checking')}" data-interrupted="${say('interrupted')}" data-too-large="${say('tooLarge')}"`;
}

class FormRefused extends Error {
  readonly why: Key<'site.uploads'>;
  constructor(why: Key<'site.uploads'>) {
    super(why);
    this.why = why;
  }
}

/**
 * Takes a form with files in the name of whoever is looking: each file into the store and the case file, one after
 * the other. The first file of a new document has the form's `title`, where that field stands before it; the others
 * are called by their names.
 */
export async function receive(
  c: PageContext,
  { visit, cooperations, kind, session, document }: Target,
): Promise<Upload> {
  const { view, person } = visit;
  const language = c.get('language');
  const say = speaker('site.uploads', language);
  const fields = new Map<string, string[]>();
  const upload: Omit<Upload, 'fields'> = { documents: [], refused: [] };
  const refuse = (why: Key<'site.uploads'>, fileName = '') =>
    upload.refused.push({ fileName, message: say(why, { count: MAX_FILES }) });

  async function take(bytes: Readable, fileName: string): Promise<void> {
    if (!person || visit.capacity === 'observer') return void refuse('onlooker', safeFileName(fileName));
    const isFirst = upload.documents.length + upload.refused.length === 0;
    const title = isFirst ? fields.get('title')?.[0] : undefined;
    try {
      const version = await cooperations.putDocument(view.id, {
        by: person.id,
        ...{ fileName, title, session, document, bytes },
        kind: typeof kind === 'function' ? kind(fields) : kind,
      });
      const { document: id, version: number, sha256, title: entered } = version;
      upload.documents.push({ document: id, version: number, sha256, title: entered });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      upload.refused.push({ fileName: safeFileName(fileName), message: refusedText(error, visit) });
    }
  }

  const failure = await readUpload(c, {
    fileBytes: MAX_DOCUMENT_BYTES,
    field: (name, value) => fields.set(name, [...(fields.get(name) ?? []), value]),
    file: take,
    tooManyFiles: () => refuse('tooManyFiles'),
  });
  if (failure) refuse(failure);
  return { fields: Object.fromEntries(fields), ...upload };
}

/** Whoever reads a form with files. */
export type FormReader = {
  /** The most that a file of it may hold: one byte more is read, so that whoever takes it says that there are too many. */
  fileBytes: number;
  field: (name: string, value: string) => void;
  /** Takes a file; what it leaves unread is passed over. */
  file: (bytes: Readable, fileName: string) => Promise<void>;
  tooManyFiles: () => void;
};

/** Reads a form to its end, a file at a time. Returns why it could not be read further, or nothing. */
export async function readUpload(
  c: PageContext,
  reader: FormReader,
): Promise<Key<'site.uploads'> | undefined> {
  const body = c.req.raw.body;
  const form = body && formOf(c.req.header('content-type'), reader.fileBytes);
  if (!form) return 'broken';
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
    else if (!stopped) reader.field(name, plain(value));
  });
  form.on('fieldsLimit', stop);
  form.on('filesLimit', reader.tooManyFiles);
  form.on('file', (_field, bytes, fileName) => {
    // A form that ends in the middle says so on the file: whoever reads it hears of it, and nobody else has to.
    bytes.on('error', () => {});
    unread.add(bytes);
    files = files.then(async () => {
      // Browsers send a field that nothing was chosen in as a file without a name.
      if (fileName && !stopped && failed === undefined)
        await reader
          .file(Readable.from(bytes.iterator({ destroyOnReturn: false })), fileName)
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
