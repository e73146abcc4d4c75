import { Readable } from 'node:stream';
import { html } from 'hono/html';
import { safeFileName } from '../documents/accept.ts';
import type { DocumentStore } from '../documents/store.ts';
import type { CaseView } from '../domain/caseView.ts';
import { isHad } from '../domain/document.ts';
import type { Language } from '../domain/language.ts';
import { sizeText } from '../words/dates/clock.ts';
import { speaker } from '../words/speaker.ts';
import type { Html, PageContext } from './context.ts';

/** Files of the case as they leave it: to be saved, never to be run or shown as pages of the site; a PDF in its viewer. */

export type HeldFile = { sha256: string; fileName: string; mediaType: string };
type DocumentView = CaseView['documents'][number];

/** A document's own name: in an export its id and version stand before it. */
export const fileNameOf = ({ file, document, version }: DocumentView): string =>
  file.slice(`documents/${document}-v${version}-`.length);

export const PDF = 'application/pdf';
export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** A file of a programme version: its own name, and the hash of its bytes. */
export const programmeFile = ({ file, sha256 }: { file: string; sha256: string }) => ({
  fileName: file.replace(/^documents\//, ''),
  sha256,
});

/** A version of a document or of the programme, by its hash and its name in a link: equal bytes may be several files. */
export function heldFile(view: CaseView, sha256: string, linkName: string): HeldFile | undefined {
  const held: HeldFile[] = [
    ...view.documents.filter(isHad).map((one) => ({
      sha256: one.sha256,
      fileName: fileNameOf(one),
      mediaType: one.mediaType,
    })),
    ...view.programmeVersions.flatMap(({ pdf, docx }) => [
      { ...programmeFile(pdf), mediaType: PDF },
      { ...programmeFile(docx), mediaType: WORD },
    ]),
  ];
  const equal = held.filter((one) => one.sha256 === sha256);
  return equal.findLast(({ fileName }) => nameInLink(fileName) === linkName) ?? equal.at(-1);
}

/** What is served as what it is; all else, and whatever a browser would run, as bytes. */
const SERVED =
  /^(application\/(pdf|vnd\.(openxmlformats-officedocument|oasis\.opendocument)\.[a-z.]+)|image\/(png|jpeg)|video\/mp4|audio\/mpeg|text\/(plain|csv))$/;

/** Sends a file of the case file, which no browser keeps. */
export async function sendFile(c: PageContext, documents: DocumentStore, file: HeldFile): Promise<Response> {
  const { sha256, fileName, mediaType } = file;
  const looked = mediaType === PDF && c.req.query('look') !== undefined;
  const headers: Record<string, string> = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  };
  const size = await documents.size(sha256);
  const bytes = Readable.toWeb(await documents.get(sha256)) as globalThis.ReadableStream;
  const type = SERVED.test(mediaType) ? mediaType : 'application/octet-stream';
  return c.body(bytes, 200, {
    ...headers,
    'content-type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    'content-disposition': disposition(fileName, looked ? 'inline' : 'attachment'),
    ...(size !== undefined && { 'content-length': String(size) }),
  });
}

/** To be saved, or shown, under a name, as RFC 6266 has it: in ASCII for the oldest browsers, and as it is. */
export function disposition(name: string, as: 'attachment' | 'inline' = 'attachment'): string {
  const safe = safeFileName(name).toWellFormed() || 'documento';
  const plain = safe
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w. -]/g, '_');
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${as}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

const nameInLink = (fileName: string): string => safeFileName(fileName).toWellFormed() || 'documento';

/** Where a file is served. Its name tells files of equal bytes apart. */
export const fileHref = (cooperation: string, { sha256, fileName }: Omit<HeldFile, 'mediaType'>): string =>
  `/c/${cooperation}/files/${sha256}/${encodeURIComponent(nameInLink(fileName))}`;

/** Sends a ZIP a piece at a time. Nothing is read before somebody asks for it: a HEAD never does. */
export const sendZip = (c: PageContext, zip: Readable, fileName: string): Response =>
  c.body(Readable.toWeb(zip, { strategy: { highWaterMark: 0 } }) as globalThis.ReadableStream, 200, {
    'content-type': 'application/zip',
    'content-disposition': disposition(fileName),
    'x-content-type-options': 'nosniff',
  });

/** Sends a Word document that is made when it is asked for. */
export const sendWord = (
  c: PageContext,
  { docx, fileName }: { docx: Uint8Array; fileName: string },
): Response | Promise<Response> =>
  c.body(new Uint8Array(docx), 200, {
    'Content-Type': WORD,
    'Content-Disposition': disposition(fileName),
    'X-Content-Type-Options': 'nosniff',
  });

/** Shows a PDF that is made when it is asked for. */
export const sendPdf = (c: PageContext, pdf: Uint8Array, fileName: string): Response | Promise<Response> =>
  c.body(new Uint8Array(pdf), 200, {
    'Content-Type': PDF,
    'Content-Disposition': disposition(fileName, 'inline'),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
  });

/** "Descargar informe.pdf (1,2 MB)", as a link; beside a PDF one that shows it in the browser. */
export function downloadLink(
  cooperation: string,
  file: { sha256: string; fileName: string; size?: number; mediaType?: string },
  language: Language,
): Html {
  const size = file.size === undefined ? '' : ` (${sizeText(file.size, language)})`;
  const say = speaker('site.downloads', language);
  const href = fileHref(cooperation, file);
  return html`<a class="govuk-link" href="${href}">${say('download')} ${file.fileName}</a>${size}${
    file.mediaType === PDF
      ? html` · <a class="govuk-link" href="${href}?look" target="_blank" rel="noreferrer">${say('look')}<span class="govuk-visually-hidden"> ${file.fileName}</span></a>`
      : ''
  }`;
}
