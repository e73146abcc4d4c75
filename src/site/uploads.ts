import type { Readable } from 'node:stream';
import { html } from 'hono/html';
import { type Cooperations, Refused } from '../client/index.ts';
import { MAX_DOCUMENT_BYTES, safeFileName } from '../documents/accept.ts';
import type { DocumentKind } from '../domain/documentKinds.ts';
import type { Language } from '../domain/language.ts';
import { colonIn } from '../words/colon.ts';
import { type Key, speaker } from '../words/speaker.ts';
import type { Html, PageContext } from './context.ts';
import type { Mistake } from './form.ts';
import { MAX_FILES, readUpload, type SentFile } from './multipart.ts';
import { refusedText } from './refusals.ts';
import type { Visit } from './visit.ts';

/**
 * Forms with documents of a cooperation: a file goes to the document store as it arrives. One that an answer hands in waits
 * for that.
 */

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
  /** What has come: a document now, or with the answer. */
  documents: { document: string; version: number; sha256: string; title: string }[];
  /** What is not, and why, in the reader's language; without a name where it is not about one file. */
  refused: { fileName: string; message: string }[];
};

/**
 * The attributes of a form with files, after which it shows how far it has come where script runs (`upload.js`). With
 * `visit`, what has arrived before the line broke is not sent a second time, nor with `answers` what waits for an answer; with
 * `atOnce` there is a button of that name, which chooses files and sends them.
 */
export function uploadAttributes(
  language: Language,
  {
    visit,
    answers,
    atOnce,
  }: {
    visit?: Pick<Visit, 'view' | 'clock'> | undefined;
    answers?: boolean;
    atOnce?: string | undefined;
  } = {},
): Html {
  const say = speaker('site.uploads', language);
  // The script puts the number there.
  const arriving = say('arriving', { percent: '#' });
  const since = visit && new URLSearchParams({ since: visit.clock.now, ...(answers && { waiting: 'yes' }) });
  const arrived = visit
    ? html` data-arrived="/c/${visit.view.id}/documents/arrived?${since?.toString()}"`
    : '';
  return html`method="post" enctype="multipart/form-data" data-upload${arrived}${atOnce ? html` data-at-once="${atOnce}"` : ''} data-sending="${say('sending')}" data-arriving="${arriving}" data-checking="${say('checking')}" data-interrupted="${say('interrupted')}" data-too-large="${say('tooLarge')}"`;
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

  async function take(bytes: Readable, fileName: string, file: SentFile): Promise<void> {
    if (!person || visit.capacity === 'observer') return void refuse('onlooker', safeFileName(fileName));
    const isFirst = upload.documents.length + upload.refused.length === 0;
    const title = isFirst ? fields.get('title')?.[0] : undefined;
    try {
      const version = await cooperations.putDocument(view.id, {
        by: person.id,
        ...{ fileName, title, session, document, bytes },
        kind: typeof kind === 'function' ? kind(fields) : kind,
      });
      const { document: id, version: number, sha256, title: entered, waiting } = version;
      file.came = { document: id, version: number, waiting };
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

/** The files that were refused, as mistakes of the field that they came by. */
export const refusedFiles = ({ refused }: Upload, field: string, language: Language): Mistake[] =>
  refused.map(({ fileName, message }) => ({
    field,
    message: fileName ? fileName + colonIn(language) + message : message,
  }));
