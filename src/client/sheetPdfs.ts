import { Readable } from 'node:stream';
import { putSheetPdf, unprintedSheets } from '../casefile/results/sheetPdfs.ts';
import { readAll } from '../documents/store.ts';
import type { CooperationClient } from './cooperationClient.ts';

/** So many at a time. */
const AT_ONCE = 20;

/**
 * Makes the tagged PDF of each published Word file that lacks one, where there is a program for it. One that comes to
 * nothing is tried again the next times, and then left as it is: nothing waits on it.
 * @returns how many were made
 */
export async function printSheets(
  {
    caseFile,
    documents,
    wordPrinter,
    now,
  }: Pick<CooperationClient, 'caseFile' | 'documents' | 'wordPrinter' | 'now'>,
  log: { warn: (facts: object, text: string) => void },
): Promise<number> {
  if (!wordPrinter) return 0;
  let count = 0;
  for (const sheet of await unprintedSheets(caseFile, AT_ONCE)) {
    try {
      const pdf = await wordPrinter({
        docx: await readAll(documents, sheet.sha256),
        title: sheet.subject,
      });
      const stored = await documents.put(Readable.from([Buffer.from(pdf)]));
      await putSheetPdf(caseFile, sheet, stored, now());
      count++;
    } catch (error) {
      log.warn({ err: error, cooperation: sheet.cooperation }, 'a published sheet could not be set as PDF');
      await putSheetPdf(caseFile, sheet, undefined, now());
    }
  }
  return count;
}
