import type { CaseFile } from '../src/casefile/database.ts';
import { type DocumentEntry, documentByHash, documentsOf } from '../src/casefile/documents.ts';
import { programmesOf } from '../src/casefile/programmes.ts';
import type { CooperationRow, ProgrammeVersionRow, RequestRow } from '../src/casefile/schema.ts';
import { readAll } from '../src/documents/store.ts';
import type { Attachment } from '../src/mail/notice.ts';
import { renderReportTemplate } from '../src/publications/report.ts';
import { renderSheetTemplate } from '../src/publications/sheet.ts';
import type { StartingDocument } from '../src/publications/startingDocument.ts';
import type { Outside } from './context.ts';
import { standingOf } from './standing.ts';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** Mail servers refuse large messages; what is larger is on the cooperation's site alone. */
const LARGEST_ATTACHMENT = 8 * 1024 * 1024;

/** The Word document that a sheet or a report is begun with: the cooperation as it stands. */
export async function startingDocument(
  caseFile: CaseFile,
  cooperation: CooperationRow,
  kind: 'sheet' | 'report',
): Promise<StartingDocument> {
  const standing = await standingOf(caseFile, cooperation);
  return kind === 'sheet' ? renderSheetTemplate(standing) : renderReportTemplate(standing);
}

/** What goes with a request: the thing that is asked about, or the document to start from. */
export async function attachmentsFor(
  outside: Outside,
  cooperation: CooperationRow,
  row: RequestRow,
): Promise<Attachment[]> {
  const { caseFile } = outside;
  switch (row.kind) {
    case 'approve-programme':
    case 'revise-programme': {
      const version = (await programmesOf(caseFile, cooperation.id)).find(
        ({ hash }) => hash === row.subjectHash,
      );
      return version ? programmeAttachments(outside, version) : [];
    }
    case 'draft-sheet':
      return row.round === 1 ? [starting(await startingDocument(caseFile, cooperation, 'sheet'))] : [];
    case 'draft-report':
      return row.round === 1
        ? [
            starting(await startingDocument(caseFile, cooperation, 'report')),
            ...(await sheetAttachment(outside, row)),
          ]
        : [];
    case 'complement-report':
      return [
        ...(await documentAttachment(outside, cooperation.id, row.subjectHash)),
        ...(await sheetAttachment(outside, row)),
      ];
    default:
      return documentAttachment(outside, cooperation.id, row.subjectHash);
  }
}

/** The published systematization sheet goes with the first request for the report, to drafters and complementers. */
export const sheetFor = async (
  db: CaseFile,
  { cooperation, kind, round }: RequestRow,
): Promise<DocumentEntry | undefined> =>
  (kind === 'draft-report' || kind === 'complement-report') && round === 1
    ? (await documentsOf(db, cooperation)).findLast((entry) => entry.kind === 'sheet')
    : undefined;

async function sheetAttachment(outside: Outside, row: RequestRow): Promise<Attachment[]> {
  const sheet = await sheetFor(outside.caseFile, row);
  return sheet ? documentAttachment(outside, row.cooperation, sheet.sha256) : [];
}

const starting = ({ docx, fileName }: { docx: Uint8Array; fileName: string }): Attachment => ({
  fileName,
  mediaType: WORD,
  content: docx,
});

/** A programme's version as PDF; staff and drafters have the Word file in the case file. */
export async function programmeAttachments(
  { documents }: Outside,
  version: ProgrammeVersionRow,
): Promise<Attachment[]> {
  const content = await readAll(documents, version.pdfSha256);
  return [{ fileName: version.pdfName, mediaType: 'application/pdf', content }];
}

export const isAttachable = ({ size }: DocumentEntry): boolean => Number(size) <= LARGEST_ATTACHMENT;

/** A document by its bytes, unless it is too large for a mail. */
export async function documentAttachment(
  outside: Outside,
  cooperation: string,
  sha256: string,
): Promise<Attachment[]> {
  const document = await documentByHash(outside.caseFile, cooperation, sha256);
  if (!document || !isAttachable(document)) return [];
  const content = await readAll(outside.documents, sha256);
  return [{ fileName: document.fileName, mediaType: document.mediaType, content }];
}
