import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WordPrinter } from '../domain/results/wordPaper.ts';
import { childPrinter } from './childPrinter.ts';

/**
 * The tagged PDF of a Word file that people wrote, made by LibreOffice in a process of its own: with limits of time,
 * processor, memory and disk, a home of its own that is gone afterwards, and nothing of this one's environment.
 */

// Next to this file, and of the same kind: .ts in a checkout, .js where it was compiled.
const HERE = fileURLToPath(import.meta.url);
const SCRIPT = path.join(path.dirname(HERE), `wordPdfChild${path.extname(HERE)}`);
/** Longer than the process itself gives LibreOffice, which it ends with all that it began. */
const LONGEST_MS = 150_000;

/** What the process reads; the Word file in base64. */
export type WordOrder = { program: string; docx: string; title: string };

/** @param program the path of LibreOffice's program, such as `/usr/bin/soffice` */
export function wordPrinterApart(program: string): WordPrinter {
  const print = childPrinter(SCRIPT, LONGEST_MS, 'a Word file could not be set as PDF');
  return async ({ docx, title }) => {
    const order: WordOrder = { program, docx: Buffer.from(docx).toString('base64'), title };
    return new Uint8Array(await print(order));
  };
}
