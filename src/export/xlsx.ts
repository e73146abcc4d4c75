import writeExcelFile from 'write-excel-file/node';

/**
 * Tables as a workbook of Excel (Office Open XML), so that no cell of them is a formula: text is written as text and numbers
 * as numbers, and there is nothing else.
 */

/** As much as a cell of Excel takes. */
const LONGEST_CELL = 32_767;
/** What XML has no way to write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const cellOf = (value: string | number | null) =>
  value === null || value === ''
    ? null
    : typeof value === 'number'
      ? { type: Number, value }
      : { type: String, value: value.toWellFormed().replaceAll(UNWRITABLE, ' ').slice(0, LONGEST_CELL) };

/** @param heads of the columns, in a row that stays in sight */
export const xlsxOf = (
  heads: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<Buffer> => {
  const columns = heads.map((head, index) => ({
    width: Math.min(60, Math.max(head.length, ...rows.map((row) => String(row[index] ?? '').length)) + 2),
  }));
  const head = heads.map((one) => ({ type: String, value: one, fontWeight: 'bold' as const }));
  const data = [head, ...rows.map((row) => row.map(cellOf))];
  return writeExcelFile(data, { columns, stickyRowsCount: 1 }).toBuffer();
};
