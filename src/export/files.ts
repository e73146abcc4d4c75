import { posix } from 'node:path';
import type { CaseView } from '../domain/caseView.ts';
import { isHad } from '../domain/document.ts';
import { closingFiles } from '../domain/results/closingPaper.ts';

/** What a whole case is exported as: `case.json`, and the files that it names. */

/** A file by its name in the view; a history is named by its scope and has no hash. */
export type ExportFile = { file: string; sha256: string } | { file: string; scope: string };

/** A name that has no place in an export. */
export class UnsafeFile extends Error {
  override name = 'UnsafeFile';
  readonly file: string;
  constructor(file: string) {
    super(`${JSON.stringify(file)} has no place in an export`);
    this.file = file;
  }
}

export const FOLDERS = ['mail', 'documents', 'certificates', 'paper', 'histories'] as const;

/** `case.json`, as it is written everywhere. */
export const caseText = (view: CaseView): string => `${JSON.stringify(view, null, 2)}\n`;

/** Every file the view names, each once. @throws UnsafeFile */
export function filesOf(view: CaseView): ExportFile[] {
  const stored = [
    ...view.certificates.map(({ file, sha256 }) => ({
      file,
      sha256,
      folder: 'certificates',
      ending: '.pdf',
    })),
    ...closingFiles(view).map(({ file, sha256 }) => ({ file, sha256, folder: 'paper', ending: '.pdf' })),
    ...view.mails.map(({ file, sha256 }) => ({ file, sha256, folder: 'mail', ending: '.eml' })),
    ...[
      ...view.documents.filter(isHad),
      ...view.programmeVersions.flatMap(({ pdf, docx }) => [pdf, docx]),
    ].map(({ file, sha256 }) => ({ file, sha256, folder: 'documents', ending: '' })),
  ];
  const histories = view.workflows.map(({ file }) => ({
    file,
    scope: posix.basename(file, '.json'),
    folder: 'histories',
    ending: '.json',
  }));
  const wanted: ExportFile[] = [];
  const seen = new Map<string, string>();
  for (const { folder, ending, ...one } of [...stored, ...histories]) {
    if (!isSafe(one.file, folder, ending)) throw new UnsafeFile(one.file);
    // Two names that differ in case alone are one file on many systems.
    const key = one.file.normalize('NFC').toLowerCase();
    const bytes = 'sha256' in one ? one.sha256 : one.scope;
    if (!seen.has(key)) {
      seen.set(key, bytes);
      wanted.push(one);
    } else if (seen.get(key) !== bytes) throw new UnsafeFile(one.file);
  }
  return wanted;
}

export const isMail = ({ file }: ExportFile): boolean => file.startsWith('mail/');
export const isDocument = ({ file }: ExportFile): boolean => file.startsWith('documents/');

/** Whether a name is that of a file right in its folder, on any system. */
function isSafe(file: string, folder: string, ending: string): boolean {
  const name = file.slice(folder.length + 1);
  return (
    file.startsWith(`${folder}/`) &&
    name.endsWith(ending) &&
    name.length > ending.length &&
    !/[\p{Cc}\p{Cf}<>:"|?*/\\]|^[.\s]|[.\s]$/u.test(name) &&
    !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name)
  );
}
