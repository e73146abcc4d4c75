import { sql } from 'kysely';
import type { CaseFile } from '../database/database.ts';

/** The tagged PDF of each published sheet that is a Word file: made beside the process, and again where it is lost. */

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** A file that comes to nothing is tried no more after so many times. */
const MOST_TRIES = 3;

type UnprintedSheet = { cooperation: string; sha256: string; subject: string };

/** Published sheets that lack theirs, those published first before the others. */
export async function unprintedSheets(db: CaseFile, most: number): Promise<UnprintedSheet[]> {
  const { rows } = await sql<UnprintedSheet>`select s.cooperation, s.sha256, s.subject
    from library_sheet s
    join document_version v on v.cooperation = s.cooperation and v.document = 'sheet' and v.version = s.version
    left join sheet_pdf p on p.cooperation = s.cooperation and p.sha256 = s.sha256
    where v.media_type = ${WORD} and v.withheld is null and p.pdf_sha256 is null
      and coalesce(p.tries, 0) < ${MOST_TRIES}
    order by coalesce(p.tries, 0), s.published_at, s.cooperation limit ${most}`.execute(db);
  return rows;
}

/** Notes what came of printing one: its PDF, or nothing. */
export const putSheetPdf = (
  db: CaseFile,
  { cooperation, sha256 }: Pick<UnprintedSheet, 'cooperation' | 'sha256'>,
  pdf: { sha256: string; size: number } | undefined,
  at: string,
): Promise<unknown> =>
  db
    .insertInto('sheetPdf')
    .values({
      ...{ cooperation, sha256, pdfSha256: pdf?.sha256 ?? null, size: pdf?.size ?? 0 },
      ...{ tries: 1, madeAt: at },
    })
    .onConflict((conflict) =>
      conflict.columns(['cooperation', 'sha256']).doUpdateSet(({ ref }) => ({
        pdfSha256: pdf?.sha256 ?? null,
        size: pdf?.size ?? 0,
        tries: sql<number>`${ref('sheetPdf.tries')} + 1`,
        madeAt: at,
      })),
    )
    .execute();

/** The PDF of a published file of a cooperation, by that file's hash; nothing where there is none. */
export async function sheetPdfOf(
  db: CaseFile,
  cooperation: string,
  sha256: string,
): Promise<{ sha256: string; size: number } | undefined> {
  const row = await db
    .selectFrom('sheetPdf')
    .select(['pdfSha256', 'size'])
    .where('cooperation', '=', cooperation)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row?.pdfSha256 ? { sha256: row.pdfSha256, size: Number(row.size) } : undefined;
}
