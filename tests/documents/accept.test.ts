import { Readable } from 'node:stream';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { acceptName, inspectBytes, safeFileName } from '../../src/documents/accept.ts';
import { Refused } from '../../src/domain/refusal.ts';
import { renderSheetTemplate } from '../../src/publications/sheet.ts';
import { example } from '../support/programme.ts';

const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n', 'latin1');
const EXECUTABLE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);
const inspect = (name: string, content: Uint8Array) => inspectBytes(name, () => Readable.from([content]));

describe('file names', () => {
  it.each([
    ['../../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\Users\\ana\\malla.docx', 'malla.docx'],
    ['nota\u0000.pdf', 'nota.pdf'],
    ['informe\u202Efdp.exe.pdf', 'informefdp.exe.pdf'],
    ['a\r\nSubject: x.pdf', 'aSubject x.pdf'],
    ['..hidden.pdf', 'hidden.pdf'],
    ['Año 2021 – síntesis.pdf', 'Año 2021 – síntesis.pdf'],
  ])('%j is kept as %j', (given, kept) => {
    expect(safeFileName(given)).toBe(kept);
  });

  it('are cut to 120 characters with their ending', () => {
    const cut = safeFileName(`${'ñ'.repeat(4096)}.pdf`);
    expect([...cut]).toHaveLength(120);
    expect(cut.endsWith('.pdf')).toBe(true);
  });

  it.each(['setup.exe', 'macros.docm', 'page.html', 'drawing.svg', 'noending', '.pdf', ''])(
    'refuses %j by its kind',
    (name) => {
      expect(() => acceptName(name)).toThrow(/why="kind"/);
    },
  );
});

describe('bytes held against their name', () => {
  it('takes what is what its name says', async () => {
    await expect(inspect('programa.pdf', PDF)).resolves.toBeUndefined();
    await expect(inspect('nota.txt', Buffer.from('Información pertinente.'))).resolves.toBeUndefined();
    const { docx } = await renderSheetTemplate({
      programme: example(),
      sessions: [],
      people: [],
      documents: [],
      questions: [],
    });
    await expect(inspect('ficha.docx', docx)).resolves.toBeUndefined();
  });

  it('refuses what is not', async () => {
    const zip = await new JSZip().file('virus.exe', EXECUTABLE).generateAsync({ type: 'uint8array' });
    await expect(inspect('informe.pdf', EXECUTABLE)).rejects.toThrow(/disguised/);
    await expect(inspect('informe.docx', zip)).rejects.toThrow(/disguised/);
    await expect(inspect('informe.docx', PDF)).rejects.toThrow(/disguised/);
    await expect(inspect('informe.pdf', Buffer.from('only text'))).rejects.toThrow(/disguised/);
    await expect(inspect('nota.txt', PDF)).rejects.toThrow(/disguised/);
    await expect(inspect('nota.txt', Buffer.from('a\u0000b'))).rejects.toThrow(/disguised/);
    await expect(inspect('vacio.pdf', Buffer.alloc(0))).rejects.toThrow(/empty/);
  });
});

describe('what is inside an Office file', () => {
  const CONTENT_TYPES = (type = 'wordprocessingml.document') =>
    `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`;
  const relationships = (attributes: string) =>
    `<?xml version="1.0"?><Relationships><Relationship Id="r1" ${attributes}/></Relationships>`;
  const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  async function docx(parts: Record<string, string | Uint8Array>, types = CONTENT_TYPES()): Promise<Buffer> {
    const zip = new JSZip().file('[Content_Types].xml', types).file('word/document.xml', '<document/>');
    for (const [name, part] of Object.entries(parts)) zip.file(name, part);
    // The fastest: one of them has 450 MB.
    return zip.generateAsync({
      ...{ type: 'nodebuffer', compression: 'DEFLATE', compressionOptions: { level: 1 } },
    });
  }
  const rels = (attributes: string) => docx({ 'word/_rels/document.xml.rels': relationships(attributes) });

  it('may be text, pictures and links to click', async () => {
    await expect(inspect('a.docx', await docx({ 'word/media/a.png': 'x' }))).resolves.toBeUndefined();
    const link = await rels(`Type="${OFFICE}/hyperlink" Target="https://oas.org" TargetMode="External"`);
    await expect(inspect('a.docx', link)).resolves.toBeUndefined();
    const part = await rels(`Type="${OFFICE}/image" Target="media/a.png"`);
    await expect(inspect('a.docx', part)).resolves.toBeUndefined();
  });

  it.each([
    ['a module', () => docx({ 'word/vbaProject.bin': 'x' })],
    ['a module under another case', () => docx({ 'word/VBAPROJECT.BIN': 'x' })],
    ['controls', () => docx({ 'word/activeX/activeX1.bin': 'x' })],
    [
      'a second content type',
      () =>
        docx(
          {},
          CONTENT_TYPES().replace(
            '</Types>',
            '<Default ContentType="application/vnd.ms-office.vbaProject"/></Types>',
          ),
        ),
    ],
  ])('refuses macros: %s', async (_, made) => {
    await expect(inspect('a.docx', await made())).rejects.toThrow(/macros/);
  });

  it('refuses a DOCM under another ending', async () => {
    const docm = await docx(
      { 'word/vbaProject.bin': 'x' },
      CONTENT_TYPES().replace(
        'vnd.openxmlformats-officedocument.wordprocessingml.document.main',
        'vnd.ms-word.document.macroEnabled.main',
      ),
    );
    await expect(inspect('a.docx', docm)).rejects.toThrow(Refused);
  });

  it.each([
    `Type="${OFFICE}/attachedTemplate" Target="https://evil.example/t.dotm" TargetMode="External"`,
    `Type="${OFFICE}/image" Target="file://evil/share" TargetMode='External'`,
    `Type="${OFFICE}/image" Target="https://evil.example/>" TargetMode = "&#69;xternal"`,
    `Type="${OFFICE}/package" TargetMode="&#x45;xternal" Target="https://evil.example"`,
  ])('refuses what is fetched from elsewhere: %s', async (attributes) => {
    await expect(inspect('a.docx', await rels(attributes))).rejects.toThrow(/external/);
  });

  it('refuses relationships that it cannot read', async () => {
    const utf16 = Buffer.from(relationships('TargetMode="External"'), 'utf16le');
    await expect(inspect('a.docx', await docx({ 'word/_rels/document.xml.rels': utf16 }))).rejects.toThrow(
      /damaged/,
    );
  });

  it('stops at what is really unpacked, whatever the directory says', async () => {
    const bomb = await docx({ 'word/media/a.bin': Buffer.alloc(450 * 1024 * 1024) });
    expect(bomb.byteLength).toBeLessThan(4 * 1024 * 1024);
    // The directory says that it is one byte.
    const directory = bomb.lastIndexOf('word/media/a.bin') - 46;
    bomb.writeUInt32LE(1, directory + 24);
    await expect(inspect('a.docx', bomb)).rejects.toThrow(/bomb/);
    const types = await docx({}, `${CONTENT_TYPES()}${' '.repeat(50 * 1024 * 1024)}`);
    await expect(inspect('a.docx', types)).rejects.toThrow(Refused);
  });

  it('refuses an archive with something before, after or over it', async () => {
    const plain = await docx({});
    const after = Buffer.concat([plain, Buffer.from('<script>')]);
    await expect(inspect('a.docx', after)).rejects.toThrow(Refused);
    const over = await docx({ 'word/a.xml': 'a', 'word/b.xml': 'b' });
    const [a, b] = ['word/a.xml', 'word/b.xml'].map((name) => over.lastIndexOf(name) - 46) as [
      number,
      number,
    ];
    over.writeUInt32LE(over.readUInt32LE(a + 42), b + 42);
    await expect(inspect('a.docx', over)).rejects.toThrow(/damaged/);
  });
});
