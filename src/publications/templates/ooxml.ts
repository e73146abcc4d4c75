import JSZip from 'jszip';

/**
 * The little OOXML that the Word templates are made of. What stands here is the look; staff may as well
 * change it in Word itself, since the templates are ordinary documents with ordinary styles.
 */

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
/** Of the pictures that a template is filled with. */
const WP = 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** The language of the templates; each document's own is set when it is made. */
const TEMPLATE_LANGUAGE = 'es-MX';
/** What stands for its second language. */
export const SECOND = 'zxx';
const INK = '1A1A1A';
const QUIET = '555555';
const ACCENT = '1F3A5F';
const HAIRLINE = '9AA5B1';
const FONT = 'Cambria';
const BOLD = '<w:b/><w:bCs/>';

export type StyleId =
  | 'Logos'
  | 'Title'
  | 'Subtitle'
  | 'Heading1'
  | 'Heading2'
  | 'Heading3'
  | 'BodyText'
  | 'Fact'
  | 'FactQuiet'
  | 'Guidance'
  | 'TableGuidance'
  | 'ListNumber'
  | 'ListContinue'
  | 'Objective'
  | 'ListBullet'
  | 'ListBullet2'
  | 'ListContinue2'
  | 'TableText'
  | 'TableHead'
  | 'TableBlank'
  | 'GuestsLabel'
  | 'Header'
  | 'HeaderRight'
  | 'HeaderRule'
  | 'Footer';

/** Text as XML has it. */
export const xmlEscaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A run of text, which may hold tags. Runs that become a link must have no properties of their own. */
export const textRun = (text: string, properties = ''): string =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${xmlEscaped(text)}</w:t></w:r>`;
export const bold = (text: string): string => textRun(text, BOLD);
/** In the second language of a paper. */
export const second = (text: string, properties = ''): string =>
  textRun(text, `<w:rStyle w:val="SecondLanguage"/>${properties}`);
export const boldSecond = (text: string): string => second(text, BOLD);
const field = (code: string): string =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r>` +
  '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>';

export const paragraph = (style: StyleId, ...runs: string[]): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${runs.map((one) => (one.startsWith('<') ? one : textRun(one))).join('')}</w:p>`;

/** Repeats paragraphs for each entry: the tags stand in the first and last of them, as Word users would write it. */
export function repeated(name: string, ...paragraphs: string[]): string {
  const open = textRun(`{#${name} [loopOver: "paragraph"]}`);
  const close = textRun(`{/${name}}`);
  const opened = paragraphs.map((one, i) => (i === 0 ? one.replace('</w:pPr>', `</w:pPr>${open}`) : one));
  return opened
    .map((one, i) => (i === opened.length - 1 ? one.replace(/<\/w:p>$/, `${close}</w:p>`) : one))
    .join('');
}

type Table = {
  widths: number[];
  head?: string[];
  rows: string[][];
  rowHeads?: boolean;
  /** All but the first column hold figures, which stand at the right. */
  figures?: boolean;
  /** Rows are as high as a signature takes. */
  signed?: boolean;
};

/**
 * A table with a head row that repeats on each page. Widths are in twentieths of a point.
 * Word wants a paragraph after it: follow it with a heading.
 */
export function wordTable({ widths, head, rows, rowHeads, figures, signed }: Table): string {
  const cell = (width: number, shaded: boolean, content: string) =>
    `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${shaded ? '<w:shd w:val="clear" w:color="auto" w:fill="EEF1F5"/>' : ''}</w:tcPr>${content}</w:tc>`;
  const aligned = (column: number, content: string) =>
    figures && column > 0 ? content.replace('</w:pPr>', '<w:jc w:val="right"/></w:pPr>') : content;
  // Heads of narrow columns are smaller, so that their words have room.
  const small = (content: string) =>
    figures ? content.replaceAll('<w:r><w:t', `<w:r><w:rPr>${size(8.5)}</w:rPr><w:t`) : content;
  const row = (cells: string[], isHead: boolean) => {
    const blank = cells.every((text) => text === '');
    return `<w:tr><w:trPr><w:cantSplit/>${isHead ? '<w:tblHeader/>' : signed ? '<w:trHeight w:val="900"/>' : cells.includes('') ? '<w:trHeight w:val="560"/>' : ''}</w:trPr>${cells
      .map((text, i) => {
        const heading = isHead || (rowHeads === true && i === 0);
        const content = paragraph(heading ? 'TableHead' : blank ? 'TableBlank' : 'TableText', text);
        return cell(widths[i] ?? 0, heading, aligned(i, isHead ? small(content) : content));
      })
      .join('')}</w:tr>`;
  };
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="${HAIRLINE}"/>`)
    .join('');
  return (
    `<w:tbl><w:tblPr><w:tblW w:w="${widths.reduce((a, b) => a + b)}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders>` +
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="110" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/><w:right w:w="110" w:type="dxa"/></w:tblCellMar>' +
    `<w:tblLook w:val="0000" w:firstRow="${head ? 1 : 0}" w:lastRow="0" w:firstColumn="${rowHeads ? 1 : 0}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>` +
    `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>` +
    `${head ? row(head, true) : ''}${rows.map((cells) => row(cells, false)).join('')}</w:tbl>`
  );
}

/**
 * Two cells side by side, so that a long subject goes on in the next line instead of running into what stands at the right.
 * Word wants a paragraph after a table; it bears the rule.
 */
function runningHeader([left, right]: [string, string]): string {
  const widths = [TEXT_WIDTH - HEADER_RIGHT, HEADER_RIGHT];
  const cell = (style: StyleId, width: number, text: string) =>
    `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>${paragraph(style, text)}</w:tc>`;
  return (
    `<w:tbl><w:tblPr><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>` +
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>' +
    `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>` +
    `<w:tr>${cell('Header', TEXT_WIDTH - HEADER_RIGHT, left)}${cell('HeaderRight', HEADER_RIGHT, right)}</w:tr></w:tbl>` +
    paragraph('HeaderRule')
  );
}
/** Enough for a cooperation's code and the longest name of a paper. */
const HEADER_RIGHT = 3650;

const color = (value: string): string => `<w:color w:val="${value}"/>`;
const size = (points: number): string => `<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/>`;
const spacing = (before: number, after: number, line = 276): string =>
  `<w:spacing w:before="${before}" w:after="${after}" w:line="${line}" w:lineRule="auto"/>`;
const indent = (left: number, hanging = 0): string =>
  `<w:ind w:left="${left}"${hanging ? ` w:hanging="${hanging}"` : ''}/>`;
const numbered = (numId: number): string =>
  `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${numId}"/></w:numPr>`;

const NUMBERS = { steps: 1, objectives: 2, bullets: 3, innerBullets: 4, headings: 5 } as const;

type Style = {
  id: string;
  name: string;
  basedOn?: string;
  next?: string;
  p?: string;
  r?: string;
  custom?: boolean;
};

function stylesXml(numberedHeadings: boolean): string {
  const heading = (level: number, p: string, r: string): Style => ({
    id: `Heading${level}`,
    name: `heading ${level}`,
    basedOn: 'Normal',
    next: 'BodyText',
    // The order of what stands in pPr is the schema's.
    p: `<w:keepNext/><w:keepLines/>${level === 1 && numberedHeadings ? numbered(NUMBERS.headings) : ''}${p}<w:outlineLvl w:val="${level - 1}"/>`,
    r,
  });
  const rule = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="8" w:color="${HAIRLINE}"/>`;
  const styles: Style[] = [
    { id: 'Normal', name: 'Normal' },
    { id: 'BodyText', name: 'Body Text', basedOn: 'Normal', p: `${spacing(100, 140)}<w:jc w:val="both"/>` },
    {
      id: 'Logos',
      name: 'Logos',
      custom: true,
      basedOn: 'Normal',
      next: 'Title',
      p: `<w:keepNext/>${spacing(0, 400, 240)}<w:jc w:val="center"/>`,
    },
    {
      id: 'Title',
      name: 'Title',
      basedOn: 'Normal',
      next: 'Subtitle',
      p: `<w:keepNext/><w:suppressAutoHyphens/>${spacing(0, 200, 264)}<w:jc w:val="center"/>`,
      r: `${BOLD}${color(ACCENT)}${size(15)}`,
    },
    {
      id: 'Subtitle',
      name: 'Subtitle',
      basedOn: 'Normal',
      next: 'BodyText',
      p: `<w:suppressAutoHyphens/>${spacing(0, 320)}<w:jc w:val="center"/>`,
      r: `${color(QUIET)}<w:spacing w:val="8"/>${size(10.5)}`,
    },
    heading(1, `${spacing(400, 160)}`, `${BOLD}${color(ACCENT)}<w:spacing w:val="12"/>${size(11.5)}`),
    heading(2, `${spacing(260, 100)}`, `${BOLD}${size(10.5)}`),
    heading(3, `${spacing(160, 60)}`, `<w:i/><w:iCs/>${color(ACCENT)}`),
    {
      id: 'Fact',
      name: 'Fact',
      custom: true,
      basedOn: 'Normal',
      p: `<w:pBdr>${rule('top')}${rule('bottom')}</w:pBdr>${spacing(0, 40)}`,
    },
    { id: 'FactQuiet', name: 'Fact Version', custom: true, basedOn: 'Fact', r: color(QUIET) },
    {
      id: 'Guidance',
      name: 'Guidance',
      custom: true,
      basedOn: 'BodyText',
      next: 'BodyText',
      p: '<w:jc w:val="left"/>',
      r: `<w:i/><w:iCs/>${color(QUIET)}`,
    },
    {
      id: 'ListNumber',
      name: 'List Number',
      basedOn: 'BodyText',
      p: `${numbered(NUMBERS.steps)}${indent(425, 425)}`,
    },
    { id: 'ListContinue', name: 'List Continue', basedOn: 'BodyText', p: indent(425) },
    {
      id: 'Objective',
      name: 'Objective',
      custom: true,
      basedOn: 'BodyText',
      p: `${numbered(NUMBERS.objectives)}${indent(425, 425)}`,
    },
    {
      id: 'ListBullet',
      name: 'List Bullet',
      basedOn: 'BodyText',
      p: `${numbered(NUMBERS.bullets)}${spacing(0, 60)}${indent(340, 255)}<w:jc w:val="left"/>`,
    },
    {
      id: 'ListBullet2',
      name: 'List Bullet 2',
      basedOn: 'ListBullet',
      p: `${numbered(NUMBERS.innerBullets)}${indent(765, 255)}`,
    },
    {
      id: 'ListContinue2',
      name: 'List Continue 2',
      basedOn: 'BodyText',
      p: `${spacing(0, 60)}${indent(765)}<w:jc w:val="left"/>`,
    },
    {
      id: 'GuestsLabel',
      name: 'Guests',
      custom: true,
      basedOn: 'BodyText',
      next: 'ListBullet',
      p: `<w:keepNext/>${spacing(100, 60)}`,
      r: '<w:i/><w:iCs/>',
    },
    { id: 'TableText', name: 'Table Text', custom: true, basedOn: 'Normal', p: spacing(0, 0), r: size(10) },
    { id: 'TableGuidance', name: 'Table Guidance', custom: true, basedOn: 'Guidance', p: '<w:keepNext/>' },
    // An empty table to fill in stays on one page.
    { id: 'TableBlank', name: 'Table Blank', custom: true, basedOn: 'TableText', p: '<w:keepNext/>' },
    { id: 'TableHead', name: 'Table Head', custom: true, basedOn: 'TableText', p: '<w:keepNext/>', r: BOLD },
    {
      id: 'Header',
      name: 'header',
      basedOn: 'Normal',
      p: `<w:suppressAutoHyphens/>${spacing(0, 0, 240)}`,
      r: `${color(QUIET)}${size(8.5)}`,
    },
    {
      id: 'HeaderRight',
      name: 'Header Right',
      custom: true,
      basedOn: 'Header',
      p: '<w:jc w:val="right"/>',
    },
    {
      id: 'HeaderRule',
      name: 'Header Rule',
      custom: true,
      basedOn: 'Header',
      p: `<w:pBdr><w:top w:val="single" w:sz="4" w:space="2" w:color="${HAIRLINE}"/></w:pBdr>${spacing(60, 0, 240)}`,
      r: size(2),
    },
    {
      id: 'Footer',
      name: 'footer',
      basedOn: 'Normal',
      p: `${spacing(0, 0, 240)}<w:jc w:val="center"/>`,
      r: `${color(QUIET)}${size(8.5)}`,
    },
  ];
  const xml = styles
    .map(
      ({ id, name, basedOn, next, p, r, custom }) =>
        `<w:style w:type="paragraph"${id === 'Normal' ? ' w:default="1"' : ''}${custom ? ' w:customStyle="1"' : ''} w:styleId="${id}"><w:name w:val="${name}"/>` +
        `${basedOn ? `<w:basedOn w:val="${basedOn}"/>` : ''}${next ? `<w:next w:val="${next}"/>` : ''}<w:qFormat/>` +
        `${p ? `<w:pPr>${p}</w:pPr>` : ''}${r ? `<w:rPr>${r}</w:rPr>` : ''}</w:style>`,
    )
    .join('');
  return (
    `${HEADER}<w:styles xmlns:w="${W}"><w:docDefaults><w:rPrDefault><w:rPr>` +
    `<w:rFonts w:ascii="${FONT}" w:hAnsi="${FONT}" w:eastAsia="${FONT}" w:cs="Times New Roman"/>${color(INK)}${size(11)}` +
    `<w:lang w:val="${TEMPLATE_LANGUAGE}" w:eastAsia="${TEMPLATE_LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>` +
    `<w:pPrDefault><w:pPr>${spacing(0, 0)}</w:pPr></w:pPrDefault></w:docDefaults>${xml}` +
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>' +
    `<w:style w:type="character" w:customStyle="1" w:styleId="SecondLanguage"><w:name w:val="Second Language"/><w:rPr><w:lang w:val="${SECOND}"/></w:rPr></w:style>` +
    `<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr>${color(ACCENT)}<w:u w:val="single"/></w:rPr></w:style>` +
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>' +
    '</w:styles>'
  );
}

function numberingXml(): string {
  const kinds: [
    id: number,
    format: string,
    text: string,
    style: string | null,
    left: number,
    hanging: number,
  ][] = [
    [NUMBERS.steps, 'decimal', '%1.', 'ListNumber', 425, 425],
    [NUMBERS.objectives, 'lowerRoman', '%1)', 'Objective', 425, 425],
    [NUMBERS.bullets, 'bullet', '•', 'ListBullet', 340, 255],
    [NUMBERS.innerBullets, 'bullet', '•', 'ListBullet2', 765, 255],
    [NUMBERS.headings, 'decimal', '%1.', 'Heading1', 425, 425],
  ];
  const abstract = kinds.map(
    ([id, format, text, style, left, hanging]) =>
      `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/>` +
      `${style ? `<w:pStyle w:val="${style}"/>` : ''}<w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr>${indent(left, hanging)}</w:pPr></w:lvl></w:abstractNum>`,
  );
  const numbers = kinds.map(([id]) => `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`);
  return `${HEADER}<w:numbering xmlns:w="${W}">${abstract.join('')}${numbers.join('')}</w:numbering>`;
}

/** US Letter with margins wide enough to print on A4 without scaling, as in the PDF; twentieths of a point. */
const PAGE = { width: 12240, height: 15840, side: 1588, top: 1758, bottom: 1531 };
export const TEXT_WIDTH = PAGE.width - 2 * PAGE.side;

type Template = {
  body: string;
  /** Left and right of the running header. */
  header: [string, string];
  numberedHeadings: boolean;
};

/** A .docx template. The same template gives the same bytes. */
export async function docxTemplate({ body, header, numberedHeadings }: Template): Promise<Uint8Array> {
  const type = (name: string) => `application/vnd.openxmlformats-officedocument.wordprocessingml.${name}+xml`;
  const parts: Record<string, string> = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/word/document.xml" ContentType="${type('document.main')}"/>` +
      ['styles', 'numbering', 'settings', 'footer', 'header']
        .map((part) => `<Override PartName="/word/${part}.xml" ContentType="${type(part)}"/>`)
        .join('') +
      '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${R}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'docProps/core.xml':
      '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${[
      'styles',
      'numbering',
      'settings',
      'header',
      'footer',
    ]
      .map((part, i) => `<Relationship Id="rId${i + 1}" Type="${R}/${part}" Target="${part}.xml"/>`)
      .join('')}</Relationships>`,
    'word/document.xml':
      `<w:document xmlns:w="${W}" xmlns:r="${R}" xmlns:wp="${WP}"><w:body>${body}<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>` +
      `<w:pgSz w:w="${PAGE.width}" w:h="${PAGE.height}"/><w:pgMar w:top="${PAGE.top}" w:right="${PAGE.side}" w:bottom="${PAGE.bottom}" w:left="${PAGE.side}" w:header="850" w:footer="794" w:gutter="0"/></w:sectPr></w:body></w:document>`,
    'word/header.xml': `<w:hdr xmlns:w="${W}" xmlns:r="${R}">${runningHeader(header)}</w:hdr>`,
    'word/footer.xml': `<w:ftr xmlns:w="${W}" xmlns:r="${R}">${paragraph('Footer', '{page} ', field('PAGE'), ' {ofPages} ', field('NUMPAGES'))}</w:ftr>`,
    'word/styles.xml': stylesXml(numberedHeadings),
    'word/numbering.xml': numberingXml(),
    'word/settings.xml': `<w:settings xmlns:w="${W}"><w:autoHyphenation/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="${TEMPLATE_LANGUAGE}"/></w:settings>`,
  };
  const zip = new JSZip();
  for (const [name, content] of Object.entries(parts))
    zip.file(name, content.startsWith('<?xml') ? content : HEADER + content, {
      date: new Date(Date.UTC(2021, 0, 1)),
      createFolders: false,
    });
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
}
