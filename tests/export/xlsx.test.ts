import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { xlsxOf } from '../../src/export/xlsx.ts';

const partsOf = async (bytes: Buffer) => {
  const zip = await JSZip.loadAsync(bytes, { checkCRC32: true });
  const text = (name: string) => zip.file(name)?.async('string') ?? '';
  return { sheet: await text('xl/worksheets/sheet1.xml'), strings: await text('xl/sharedStrings.xml'), zip };
};

describe('a table for Excel', () => {
  it('has text as text, numbers as numbers, and a cell left empty for nothing', async () => {
    const bytes = await xlsxOf(
      ['Número', 'Nombre'],
      [
        [1, 'Ana "Paz" & <hija>'],
        [null, ''],
      ],
    );
    const { sheet, strings } = await partsOf(bytes);
    expect(strings).toContain('Ana "Paz" &amp; &lt;hija&gt;');
    expect(sheet).toMatch(/<c r="A2"[^>]*><v>1<\/v><\/c>/);
    expect(sheet).toMatch(/<c r="B2"[^>]*t="s"/);
    expect(sheet).not.toMatch(/r="[AB]3"/);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', "=cmd|'/c calc'!A0", '＝1'])(
    '%j is text, and no formula',
    async (given) => {
      const { sheet, strings } = await partsOf(await xlsxOf(['x'], [[given]]));
      expect(sheet).not.toContain('<f');
      expect(sheet).toMatch(/<c r="A2"[^>]*t="s"/);
      expect(strings).toContain(given.trim().replaceAll("'", '&apos;').slice(0, 3));
    },
  );

  it('takes what XML cannot hold, and what is too long for a cell', async () => {
    const bytes = await xlsxOf(['x'], [['a\u0001b\ud800c\u000b'], ['x'.repeat(40_000)]]);
    const { strings } = await partsOf(bytes);
    expect(strings).toMatch(/>a b\ufffd?c </);
    expect(/x{1000,}/.exec(strings)?.[0]).toHaveLength(32_767);
  });
});
