import type { Readable } from 'node:stream';
import { wordParagraphs } from './wordText.ts';

/** What a sheet or a report says, whether it is a Word file or a PDF. */

const PDF = 'application/pdf';
/** Of a PDF, pages and characters that are read. */
const MOST_PAGES = 300;
const MOST_TEXT = 1_000_000;

/** Its paragraphs in their order; `undefined` where it has no text, such as a scan. */
export async function paperParagraphs(
  mediaType: string,
  read: () => Readable,
): Promise<string[] | undefined> {
  const paragraphs = mediaType === PDF ? await pdfParagraphs(read) : await wordParagraphs(read);
  return paragraphs && paragraphs.length > 0 ? paragraphs : undefined;
}

type PdfText = { str: string; hasEOL: boolean };

async function pdfParagraphs(read: () => Readable): Promise<string[]> {
  // Only where a PDF is read: it is large.
  const { getDocumentProxy } = await import('unpdf');
  const chunks: Uint8Array[] = [];
  for await (const chunk of read()) chunks.push(chunk as Uint8Array);
  const document = await getDocumentProxy(new Uint8Array(Buffer.concat(chunks)), { isEvalSupported: false });
  try {
    let text = '';
    for (let number = 1; number <= Math.min(document.numPages, MOST_PAGES); number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      for (const item of items as Partial<PdfText>[])
        if (item.str !== undefined) text += item.str + (item.hasEOL ? '\n' : '');
      text += '\n';
      page.cleanup();
      if (text.length > MOST_TEXT) break;
    }
    return paragraphsIn(text);
  } finally {
    await document.destroy();
  }
}

/** A line that goes on in the next, which begins with a small letter. */
const BROKEN = /(?<=[\p{L}\p{N},;])[ ]*\n(?=\p{Ll})/gu;

/** Lines of a page as paragraphs: what the printer broke between or within words is put together. */
const paragraphsIn = (text: string): string[] =>
  text
    .replaceAll(/(?<=\p{Ll})-\n(?=\p{Ll})/gu, '')
    .replaceAll(BROKEN, ' ')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean);
