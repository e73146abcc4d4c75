import { Readable } from 'node:stream';
import JSZip from 'jszip';
import { expect, test } from 'vitest';
import { wordChanges, wordParagraphs } from '../../src/documents/wordText.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const p = (text: string) => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

async function word(...paragraphs: string[]): Promise<() => Readable> {
  const zip = new JSZip();
  zip.file(
    '[Content_Types].xml',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  );
  zip.file('word/document.xml', `<w:document ${W}><w:body>${paragraphs.join('')}</w:body></w:document>`);
  const bytes = await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
  return () => Readable.from([bytes]);
}

test('a Word file is read paragraph by paragraph, its tracked changes accepted and its fields left out', async () => {
  const read = await word(
    p('La escuela  se financia') + p(' '),
    '<w:p><w:r><w:t>con un </w:t></w:r><w:del><w:r><w:delText>aporte</w:delText></w:r></w:del><w:ins><w:r><w:t>fondo</w:t></w:r></w:ins></w:p>',
    '<w:tbl><w:tr><w:tc><w:p><w:r><w:instrText>PAGE</w:instrText><w:t>Lima &amp; Santiago</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
  );
  expect(await wordParagraphs(read)).toEqual(['La escuela se financia', 'con un fondo', 'Lima & Santiago']);
});

test('what one file changes of another are the paragraphs that went and came', async () => {
  const before = await word(p('Uno'), p('Dos'), p('Tres'));
  const after = await word(p('Uno'), p('Dos y medio'), p('Tres'), p('Cuatro'));
  expect(await wordChanges(before, after)).toEqual({
    removed: ['Dos'],
    added: ['Dos y medio', 'Cuatro'],
    more: 0,
  });
  expect(await wordChanges(before, before)).toEqual({ removed: [], added: [], more: 0 });
});

test('of many, the first are shown, and how many more there are', async () => {
  const before = await word(p('Uno'));
  const after = await word(
    ...Array.from({ length: 50 }, (_, n) => p(`Nuevo ${n} ${'a'.repeat(n === 0 ? 900 : 1)}`)),
  );
  const changes = await wordChanges(before, after);
  expect(changes?.added).toHaveLength(40);
  expect(changes?.added[0]?.length).toBeLessThan(700);
  expect(changes?.more).toBe(10);
});
