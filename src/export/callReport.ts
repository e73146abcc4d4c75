import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language } from '../domain/language.ts';
import type { CALL_PAPERS, CallFile, CallReport } from '../domain/results/callReport.ts';
import type { CallPaper } from '../publications/callPaper.ts';
import { childPrinter } from '../publications/childPrinter.ts';
import { callTable } from '../words/callReport.ts';
import { speaker } from '../words/speaker.ts';
import { type Table, writtenTable } from './tables.ts';

/** The report of a call as a file: a paper, or the table by cooperation. */

// Next to this file, and of the same kind: .ts in a checkout, .js where it was compiled.
const HERE = fileURLToPath(import.meta.url);
const SCRIPT = path.join(path.dirname(HERE), `callPaperChild${path.extname(HERE)}`);
/** A call of a thousand cooperations takes some seconds. */
const LONGEST_MS = 120_000;
const paperApart = childPrinter(SCRIPT, LONGEST_MS, 'the report of a call could not be set as a paper');

/** What the process reads. */
export type CallPaperOrder = { paper: CallPaper; format: (typeof CALL_PAPERS)[number] };

/**
 * Papers by a process of their own, so that pages are answered meanwhile.
 * @throws Error where the process fails
 */
export async function callFile(
  { report, language, site, madeAt, logos = [] }: CallPaper,
  format: CallFile,
): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'csv' || format === 'xlsx')
    return new Uint8Array(await writtenTable(callAsTable(report, language), format));
  const order: CallPaperOrder = { paper: { report, language, site, madeAt, logos }, format };
  return new Uint8Array(await paperApart(order));
}

export const callFileName = (call: number, format: CallFile): string => `rial-call-${call}.${format}`;

function callAsTable(report: CallReport, language: Language): Table {
  const say = speaker('papers.callReport', language);
  const { heads, rows } = callTable(report, language);
  return {
    heads: [say('id'), say('cooperation'), say('subject'), ...heads],
    rows: rows.map(({ id, name, subject, cells }) => [id, name, subject, ...cells]),
  };
}
