import { csvOf } from './csv.ts';
import { xlsxOf } from './xlsx.ts';

/** A table to take along, made once, whatever it is written as. */
export type Table = { heads: string[]; rows: (string | number | null)[][] };

export const TABLE_FORMATS = ['csv', 'xlsx'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export const writtenTable = async ({ heads, rows }: Table, format: TableFormat) =>
  format === 'csv' ? Buffer.from(csvOf(heads, rows)) : xlsxOf(heads, rows);
