import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import JSZip from 'jszip';
import { getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { wordPrinterApart } from '../../src/publications/wordPdf.ts';

/** The tagged PDF of a Word file, by a real LibreOffice where Debian's is installed (`.ci/debian-libreoffice`). */
const SOFFICE = '/usr/bin/soffice';
const TEMPLATE = new URL('../../src/publications/templates/sheet.docx', import.meta.url);
const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('rial-word-'));

describe.runIf(existsSync(SOFFICE))('a real LibreOffice', () => {
  it('makes a tagged PDF with headings, title and language, and without who wrote the file', {
    timeout: 180_000,
  }, async () => {
    const zip = await JSZip.loadAsync(await readFile(TEMPLATE));
    zip.file(
      'docProps/core.xml',
      '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Rosa Autora</dc:creator><dc:title>Plantilla</dc:title></cp:coreProperties>',
    );
    const before = left();
    const docx = await zip.generateAsync({ type: 'uint8array' });
    const pdf = await wordPrinterApart(SOFFICE)({ docx, title: 'Escuelas & <oficios>' });
    expect(`${Buffer.from(pdf.subarray(0, 5))}`).toBe('%PDF-');
    expect(Buffer.from(pdf).includes('Rosa Autora')).toBe(false);
    const document = await getDocumentProxy(pdf, { isEvalSupported: false });
    expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
    const { info } = (await document.getMetadata()) as unknown as { info: Record<string, unknown> };
    expect([info.Title, info.Author, info.Language]).toEqual(['Escuelas & <oficios>', undefined, 'es-MX']);
    const tree = JSON.stringify(await (await document.getPage(1)).getStructTree());
    expect(tree).toMatch(/"role":"H1"/);
    expect(left()).toEqual(before);
  });
});

describe('a program that makes no PDF', () => {
  it.each([
    ['is not there', '/nowhere/soffice'],
    ['does nothing', '/bin/true'],
    ['fails', '/bin/false'],
  ])('that %s: it is told, and nothing is left', async (_, program) => {
    const before = left();
    const docx = await readFile(TEMPLATE);
    await expect(wordPrinterApart(program)({ docx, title: 'Ficha' })).rejects.toThrow(
      'a Word file could not be set as PDF',
    );
    expect(left()).toEqual(before);
  });
});
