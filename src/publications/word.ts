import { readFile } from 'node:fs/promises';
import { ScopeData, type TemplateData, TemplateHandler, xml } from 'easy-template-x';
import JSZip from 'jszip';
import type { Language } from '../domain/language.ts';
import type { PaperSize } from '../domain/results/paperSize.ts';
import type { TemplateName } from '../domain/results/wordTemplate.ts';
import { GRAMMAR } from '../words/names/grammar.ts';
import { SECOND } from './templates/ooxml.ts';

/** What Word shows under a document's properties, the language it checks the spelling in, and the sheet it is set on. */
export type WordProperties = {
  title: string;
  subject: string;
  language: Language;
  /** Of what is set in a second one. */
  second?: Language;
  createdOn: string;
  paper: PaperSize;
};

/** Text for a template: strings, and lists of the same for what is repeated. Every name a template has must be given. */
export type WordData = { [name: string]: string | WordLink | WordPicture | readonly WordData[] };
export type WordLink = { _type: 'link'; text: string; target: string };

/** A link for a template. The library writes a link's text into the XML as it is, so it is escaped here. */
export const wordLink = (url: string, text = url): WordLink => ({
  _type: 'link',
  text: xml.parser.encodeValue(text),
  target: url,
});

export type WordPicture = {
  _type: 'image';
  format: 'image/png' | 'image/jpeg';
  source: Buffer;
  altText: string;
  width: number;
  height: number;
};

/** What is told of a picture to who does not see it, and how large it is printed, in millimetres; its bytes in base64. */
export type PlacedPicture = {
  mediaType: WordPicture['format'];
  bytes: string;
  alt: string;
  width: number;
  height: number;
};

/** The library takes pixels, 96 to an inch. It writes the text into the XML as it is, too. */
export const wordPicture = (picture: PlacedPicture): WordPicture => ({
  _type: 'image',
  format: picture.mediaType,
  source: Buffer.from(picture.bytes, 'base64'),
  altText: xml.parser.encodeValue(picture.alt),
  width: (picture.width * 96) / 25.4,
  height: (picture.height * 96) / 25.4,
});

/** Paragraphs as a template repeats them. */
export const asTexts = (paragraphs: readonly string[]): { text: string }[] =>
  paragraphs.map((text) => ({ text }));

/** A name that a template misspells would leave a gap in an official document: it is an error instead. */
const handler = new TemplateHandler({
  scopeDataResolver(scope) {
    const value = ScopeData.defaultResolver(scope);
    if (value === undefined)
      throw new Error(`the Word template names {${scope.strPath.at(-1)}}, which is no data`);
    return value;
  },
});
/** What is shipped: what staff may put their own in place of, and the report of a call. */
type ShippedTemplate = TemplateName | 'call';
const templates = new Map<ShippedTemplate, Promise<Buffer>>();

/**
 * Fills a Word template of this folder, or one that staff put in its place. Whatever the data says is text in the document, tags included.
 * The same data gives the same bytes.
 *
 * @throws Error where the template names something that the data lacks
 */
export async function renderWord(
  template: ShippedTemplate | Uint8Array,
  data: WordData,
  properties: WordProperties,
): Promise<Uint8Array> {
  const file = typeof template === 'string' ? await shippedTemplate(template) : Buffer.from(template);
  const filled = await handler.process(file, data as TemplateData);
  return finished(filled, properties);
}

/** A template of this folder. */
export function shippedTemplate(name: ShippedTemplate): Promise<Buffer> {
  const reading = templates.get(name) ?? readFile(new URL(`./templates/${name}.docx`, import.meta.url));
  templates.set(name, reading);
  return reading;
}

/** Sets language and properties, and packs the parts anew: packed by the library they bear the current time. */
async function finished(docx: Buffer, properties: WordProperties): Promise<Uint8Array> {
  const from = await JSZip.loadAsync(docx);
  const to = new JSZip();
  const date = new Date(`${properties.createdOn}T00:00:00Z`);
  for (const [name, part] of Object.entries(from.files)) {
    if (part.dir) continue;
    to.file(name, await finishedPart(name, part, properties), { date, createFolders: false });
  }
  return to.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}

async function finishedPart(
  name: string,
  part: JSZip.JSZipObject,
  properties: WordProperties,
): Promise<string | Uint8Array> {
  if (name === 'docProps/core.xml') return core(properties);
  if (name === 'word/document.xml') return onPaper(await part.async('string'), properties.paper);
  // Everything else is passed on as it is: staff may have put pictures or fonts into a template.
  if (!/^word\/(styles|settings)\.xml$/.test(name)) return part.async('uint8array');
  const content = await part.async('string');
  const { language, second = language } = properties;
  return content.replaceAll(
    /(<w:(?:lang|themeFontLang)\b[^<>]*?\bw:val=")([^"<>]*)"/g,
    (_, before, of) => `${before}${GRAMMAR[of === SECOND ? second : language].spelling}"`,
  );
}

/** In twentieths of a point, upright. */
const SHEETS: Readonly<Record<PaperSize, { w: number; h: number }>> = {
  letter: { w: 12240, h: 15840 },
  a4: { w: 11906, h: 16838 },
};

/**
 * Sets each section that is on one of the two sheets on the one that is wanted. The margins at its sides make up for the
 * difference, so that lines and tables are as wide as before; a sheet of another size, or on its side, was meant.
 */
export function onPaper(document: string, paper: PaperSize): string {
  const parts = document.split(SECTION_END);
  return parts
    .map((part, at) =>
      at === parts.length - 1
        ? part
        : part.replace(/<w:sectPr\b.*/s, (section) => onSheet(section, SHEETS[paper])),
    )
    .join(SECTION_END);
}

const SECTION_END = '</w:sectPr>';

function onSheet(section: string, to: { w: number; h: number }): string {
  const width = Number(/<w:pgSz\b[^<>]*\bw:w="(\d+)"/.exec(section)?.[1]);
  const height = Number(/<w:pgSz\b[^<>]*\bw:h="(\d+)"/.exec(section)?.[1]);
  const isNear = (sheet: { w: number; h: number }) =>
    Math.abs(sheet.w - width) <= 30 && Math.abs(sheet.h - height) <= 30;
  if (!Object.values(SHEETS).some(isNear) || isNear(to)) return section;
  const aside = Math.round((to.w - width) / 2);
  return section
    .replace(/<w:pgSz\b[^<>]*>/, (size) =>
      size.replace(/\bw:w="\d+"/, `w:w="${to.w}"`).replace(/\bw:h="\d+"/, `w:h="${to.h}"`),
    )
    .replace(/<w:pgMar\b[^<>]*>/, (margins) =>
      margins.replaceAll(
        /\bw:(left|right)="(\d+)"/g,
        (_, side, value) => `w:${side}="${Math.max(0, Number(value) + aside)}"`,
      ),
    );
}

const core = ({ title, subject, language, createdOn }: WordProperties): string => {
  const text = (value: string) => xml.parser.encodeValue(value);
  const at = `${createdOn}T00:00:00Z`;
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${text(title)}</dc:title><dc:subject>${text(subject)}</dc:subject><dc:creator>RIAL</dc:creator><dc:language>${GRAMMAR[language].spelling}</dc:language>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${at}</dcterms:modified></cp:coreProperties>`
  );
};
