import { Readable } from 'node:stream';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { acceptName, DocumentRefused, inspectBytes, safeFileName } from '../../src/documents/accept.ts';
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
      expect(() => acceptName(name)).toThrow(DocumentRefused);
    },
  );
});

describe('bytes held against their name', () => {
  it('takes what is what its name says', async () => {
    await expect(inspect('programa.pdf', PDF)).resolves.toBeUndefined();
    await expect(inspect('nota.txt', Buffer.from('Información pertinente.'))).resolves.toBeUndefined();
    const { docx } = await renderSheetTemplate({ programme: example(), sessions: [], people: [] });
    await expect(inspect('ficha.docx', docx)).resolves.toBeUndefined();
  });

  it('refuses what is not, and says what it is', async () => {
    const zip = await new JSZip().file('virus.exe', EXECUTABLE).generateAsync({ type: 'uint8array' });
    await expect(inspect('informe.pdf', EXECUTABLE)).rejects.toThrow(/not what its name says/);
    await expect(inspect('informe.docx', zip)).rejects.toThrow(/application\/zip/);
    await expect(inspect('informe.docx', PDF)).rejects.toThrow(/application\/pdf/);
    await expect(inspect('informe.pdf', Buffer.from('only text'))).rejects.toThrow(/no known kind/);
    await expect(inspect('nota.txt', PDF)).rejects.toThrow(DocumentRefused);
    await expect(inspect('nota.txt', Buffer.from('a\u0000b'))).rejects.toThrow(DocumentRefused);
    await expect(inspect('vacio.pdf', Buffer.alloc(0))).rejects.toThrow(/is empty/);
  });
});
