import { xml } from 'easy-template-x';
import JSZip from 'jszip';
import { getDocumentProxy } from 'unpdf';

/** Reads the documents back the way their readers' programs do. */

export type TextPiece = { text: string; right: number };
export type ReadPdf = {
  /** The text of all pages, in reading order. */
  text: string;
  pages: number;
  pieces: TextPiece[];
  pageWidth: number;
  links: string[];
  marked: boolean;
  /** The tags of the structure tree, in order: `H1`, `P`, `L`, … */
  tags: string[];
  info: Record<string, unknown>;
  xmp: string;
};

type StructNode = { role?: string; children?: StructNode[] };

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  // pdf.js takes the buffer over; the test keeps its own.
  const pdf = await getDocumentProxy(bytes.slice());
  const pieces: TextPiece[] = [];
  const links: string[] = [];
  const tags: string[] = [];
  let pageWidth = 0;
  const walk = (node: StructNode) => {
    if (node.role && node.role !== 'Root') tags.push(node.role);
    node.children?.forEach(walk);
  };
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    pageWidth = page.getViewport({ scale: 1 }).width;
    const { items } = await page.getTextContent({ disableNormalization: true });
    for (const item of items)
      if ('str' in item) pieces.push({ text: item.str, right: Number(item.transform[4]) + item.width });
    for (const annotation of await page.getAnnotations()) if (annotation.url) links.push(annotation.url);
    walk(((await page.getStructTree()) ?? {}) as StructNode);
  }
  const { info, metadata } = await pdf.getMetadata();
  return {
    // The hyphen of a word that goes on in the next line is tagged as one, and so stands alone.
    text: pieces
      .map(({ text }) => text)
      .filter((text) => text.trim() !== '' && text !== '-')
      .join(' '),
    pages: pdf.numPages,
    pieces,
    pageWidth,
    links,
    marked: (await pdf.getMarkInfo())?.Marked === true,
    tags,
    info: info as Record<string, unknown>,
    xmp: String(metadata?.getRaw() ?? ''),
  };
}

export type Paragraph = { style: string; text: string };

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string): string => text.replaceAll(/&(\w+);/g, (all, name) => entities[name] ?? all);
const textOf = (markup: string): string =>
  decoded(
    [...markup.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<w:(br)\/>|<w:(tab)\/>/g)]
      .map(([, text, lineBreak, tab]) => (lineBreak ? '\n' : tab ? '\t' : text))
      .join(''),
  );

/** The paragraphs of a Word document's body, header and footer, and the names and dates of its parts. */
export async function readDocx(bytes: Uint8Array) {
  const zip = await JSZip.loadAsync(bytes);
  const part = async (name: string) => (await zip.file(name)?.async('string')) ?? '';
  const document = await part('word/document.xml');
  // Throws where the document is no XML.
  for (const name of Object.keys(zip.files))
    if (/\.(xml|rels)$/.test(name)) xml.parser.parse(await part(name));
  const paragraphs = [...document.matchAll(/<w:p>.*?<\/w:p>/gs)].map(
    ([markup]): Paragraph => ({
      style: /<w:pStyle w:val="(\w+)"/.exec(markup)?.[1] ?? 'Normal',
      text: textOf(markup),
    }),
  );
  return {
    paragraphs,
    text: paragraphs.map(({ text }) => text).join('\n'),
    document,
    // Its two cells with a tab between them.
    header: textOf((await part('word/header.xml')).replaceAll('</w:tc><w:tc>', '</w:tc><w:tab/><w:tc>')),
    footer: textOf(await part('word/footer.xml')),
    styles: await part('word/styles.xml'),
    core: await part('docProps/core.xml'),
    links: [
      ...(await part('word/_rels/document.xml.rels')).matchAll(/Target="([^"]*)" TargetMode="External"/g),
    ].map(([, target = '']) => decoded(target)),
  };
}

/** A text without white space and hyphenation, for finding it in another that is broken into other lines. */
export const squeezed = (text: string): string => text.normalize('NFKC').replaceAll(/[\s\u00AD]/gu, '');
