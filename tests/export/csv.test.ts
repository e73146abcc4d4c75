import { describe, expect, it } from 'vitest';
import { csvOf } from '../../src/export/csv.ts';

describe('a table as CSV', () => {
  it('has a line for each row, quotes what would part it, and opens with its accents', () => {
    expect(
      csvOf(
        ['Número', 'Nombre'],
        [
          [1, 'Ana "Paz", hija'],
          [null, 'dos\nlíneas'],
        ],
      ),
    ).toBe('\ufeffNúmero,Nombre\r\n1,"Ana ""Paz"", hija"\r\n,"dos\nlíneas"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', "=cmd|'/c calc'!A0", '＝1'])(
    '%j is text, and no formula',
    (given) => {
      const [, cell = ''] = csvOf(['x'], [[given]]).split(/(?<=x)\r\n/);
      expect(cell.replace(/^"/, '')).toMatch(/^'/);
    },
  );

  // Excel of most of our countries parts at semicolons, and takes no quote in the middle of a cell for one.
  it.each(['a;=1+1', 'a; =1+1;b', 'a\n=1+1;b', 'a\r\n@SUM(A1);', 'a;\t-1', 'a;＝1'])(
    '%j has no formula either, parted at semicolons and lines',
    (given) => {
      const table = csvOf(['x', 'y'], [['z', given]]);
      for (const cell of table.split(/[;\r\n\t]/)) expect(cell.trimStart()).not.toMatch(/^[=+\-@＝]/u);
    },
  );
});
