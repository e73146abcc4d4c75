import { createHash } from 'node:crypto';
import { isFirstAsked } from '../src/casefile/brief.ts';
import { requestsOf } from '../src/casefile/cooperations.ts';
import type { CaseFile } from '../src/casefile/database/database.ts';
import type { CooperationRow, ProgrammeVersionRow, RequestRow } from '../src/casefile/database/schema.ts';
import { type DocumentEntry, documentByHash, documentsOf, noteStarting } from '../src/casefile/documents.ts';
import { programmesOf } from '../src/casefile/programmes.ts';
import { logosOf } from '../src/casefile/results/logos.ts';
import { standingSheet } from '../src/casefile/results/sheets.ts';
import { presentTemplate } from '../src/casefile/results/templates.ts';
import { readAll } from '../src/documents/store.ts';
import type { Brief } from '../src/domain/brief.ts';
import { isHad } from '../src/domain/document.ts';
import { kinds } from '../src/domain/kinds/index.ts';
import type { Kind } from '../src/domain/kinds/kind.ts';
import type { Language } from '../src/domain/language.ts';
import type { Programme } from '../src/domain/programme/programme.ts';
import type { Logo } from '../src/domain/results/logo.ts';
import { publishedSheet } from '../src/domain/results/sheet.ts';
import type { TemplateName } from '../src/domain/results/wordTemplate.ts';
import { type Attachment, attachmentId } from '../src/mail/notice.ts';
import { asFiled } from '../src/publications/firstVersion.ts';
import { renderProgramme } from '../src/publications/programme.ts';
import { renderReportTemplate } from '../src/publications/report.ts';
import { renderSheetTemplate } from '../src/publications/sheet.ts';
import type { StartingDocument } from '../src/publications/startingDocument.ts';
import type { Outside } from './context.ts';
import { exchangeStandingOf } from './standing.ts';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** Mail servers refuse large messages; what is larger is on the cooperation's site alone. */
const LARGEST_ATTACHMENT = 8 * 1024 * 1024;

/** The Word document that a sheet or a report is begun with: the cooperation as it stands. */
export async function startingDocument(
  { caseFile, documents, now }: Pick<Outside, 'caseFile' | 'documents' | 'now'>,
  cooperation: CooperationRow,
  kind: 'sheet' | 'report',
): Promise<StartingDocument> {
  const standing = await exchangeStandingOf(caseFile, cooperation);
  const template = await templateIn({ caseFile, documents }, kind, standing.programme.language);
  const render = kind === 'sheet' ? renderSheetTemplate : renderReportTemplate;
  const { institutions } = standing.programme;
  const logos = await logosIn({ caseFile, documents }, institutions);
  const made = await render({ ...standing, logos }, template?.file);
  const sha256 = createHash('sha256').update(made.docx).digest('hex');
  await noteStarting(caseFile, {
    cooperation: cooperation.id,
    kind,
    hash: sha256,
    madeAt: now(),
    template: template?.number ?? null,
  });
  return made;
}

/** The template that staff put in for papers in a language, with its number; nothing where that is the shipped one. */
export async function templateIn(
  { caseFile, documents }: Pick<Outside, 'caseFile' | 'documents'>,
  name: TemplateName,
  language: Language,
): Promise<{ number: number; file: Uint8Array } | undefined> {
  const present = await presentTemplate(caseFile, name, language);
  return present && { number: present.number, file: await readAll(documents, present.sha256) };
}

/** The logos of these institutions, as far as they have one. */
export const logosIn = (
  { caseFile, documents }: Pick<Outside, 'caseFile' | 'documents'>,
  institutions: Programme['institutions'],
): Promise<Logo[]> => logosOf(caseFile, institutions, (sha256) => readAll(documents, sha256));

/** What goes with a request: the thing that is asked about, or the document to start from. */
export async function attachmentsFor(
  outside: Outside,
  cooperation: CooperationRow,
  row: RequestRow,
): Promise<Attachment[]> {
  const files = await Promise.all(
    kinds[row.kind].encloses.map((enclosed) => ENCLOSED[enclosed](outside, cooperation, row)),
  );
  return files.flat();
}

type EnclosedFile = Kind['encloses'][number];
const ENCLOSED: Readonly<
  Record<
    EnclosedFile,
    (outside: Outside, cooperation: CooperationRow, row: RequestRow) => Promise<Attachment[]>
  >
> = {
  programme: async (outside, { id }, { subjectHash }) => {
    const version = (await programmesOf(outside.caseFile, id)).find(({ hash }) => hash === subjectHash);
    return version ? programmeAttachments(outside, version) : [];
  },
  subject: async (outside, { id }, { kind, subjectHash }) => {
    const { about } = kinds[kind];
    return about === 'sheet' || about === 'report'
      ? documentAttachment(outside, await documentByHash(outside.caseFile, id, subjectHash, about))
      : [];
  },
  template: async (outside, cooperation, { kind }) => {
    const { brings } = kinds[kind];
    const begun = (await documentsOf(outside.caseFile, cooperation.id)).some(
      (one) => one.kind === brings && isHad(one),
    );
    return !begun && (brings === 'sheet' || brings === 'report')
      ? [starting(await startingDocument(outside, cooperation, brings))]
      : [];
  },
  sheet: async (outside, _, row) => documentAttachment(outside, await sheetFor(outside.caseFile, row)),
};

/** The published systematization sheet goes with the first request for the report, to drafters and complementers. */
async function sheetFor(db: CaseFile, row: RequestRow): Promise<DocumentEntry | undefined> {
  const { cooperation, kind } = row;
  if (!kinds[kind].encloses.includes('sheet') || !isFirstAsked(row, await requestsOf(db, cooperation)))
    return undefined;
  const sheet = publishedSheet({ sheet: await standingSheet(db, cooperation) });
  return sheet && documentByHash(db, cooperation, sheet.sha256, 'sheet');
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

/** Of what a request encloses, what its mail carries. */
export const attachedIn = ({ kind, programme, documents, template }: Brief): string[] => [
  ...(kinds[kind].encloses.includes('programme') && programme
    ? [attachmentId({ file: 'programme', version: programme.version, format: 'PDF' })]
    : []),
  ...documents
    .filter(({ role, size }) => role !== 'previous' && isAttachable({ size }))
    .map((document) => attachmentId({ file: 'document', document })),
  ...(template ? [attachmentId({ file: 'template', kind: template })] : []),
];

export const isAttachable = ({ size }: { size: number | string }): boolean =>
  Number(size) <= LARGEST_ATTACHMENT;

/** A document's file, unless it is too large for a mail. */
export async function documentAttachment(
  outside: Outside,
  document: DocumentEntry | undefined,
): Promise<Attachment[]> {
  if (!document || !isHad(document) || !isAttachable(document)) return [];
  const content = await readAll(outside.documents, document.sha256);
  return [{ fileName: document.fileName, mediaType: document.mediaType, content }];
}

/** The PDF of a programme that is not started yet, as its first version would print it. */
export const pdfAsFiled = async (
  outside: Pick<Outside, 'caseFile' | 'documents'>,
  programme: Programme,
): Promise<Uint8Array> => {
  const logos = await logosIn(outside, programme.institutions);
  return (await renderProgramme({ ...asFiled(programme), logos })).pdf;
};
