import { sql } from 'kysely';
import { type SheetStanding, sheetIn } from '../../domain/results/sheet.ts';
import type { CaseFile } from '../database/database.ts';
import { documentsOf } from '../documents.ts';
import { recordOfKinds } from '../record.ts';

/** The sheets of cooperations as they stand: what was published last of each, and whether it was withdrawn. */

/** The same for whoever asks of many: `cooperation`, `version`, `sha256`, `at` it was published, and `withheld`. */
export const standingSheets = sql`(
  select distinct on (r.cooperation) r.cooperation, (r.data->>'version')::int as version,
    r.data->>'sha256' as sha256, r.at, v.withheld
  from record r
  left join document_version v on v.cooperation = r.cooperation and v.document = 'sheet'
    and v.version = (r.data->>'version')::int and v.sha256 = r.data->>'sha256'
  where r.kind = 'sheet-published' order by r.cooperation, r.seq desc
)`;

/** The sheet of one, as `sheetIn` makes it out. */
export const standingSheet = async (db: CaseFile, cooperation: string): Promise<SheetStanding | null> =>
  sheetIn(
    await recordOfKinds(db, cooperation, ['sheet-published']),
    await documentsOf(db, cooperation, ['sheet']),
  );

/** When the sheets of these cooperations were published, and withdrawn since; none of those that never were. */
export async function sheetDatesOf(
  db: CaseFile,
  cooperations: readonly string[],
): Promise<{ cooperation: string; publishedAt: string; withdrawnAt: string | null }[]> {
  const { rows } = await sql<{ cooperation: string; publishedAt: string; withdrawnAt: string | null }>`
    select s.cooperation, s.at as published_at, s.withheld->>'at' as withdrawn_at
    from ${standingSheets} s where s.cooperation = any(${[...cooperations]})`.execute(db);
  return rows;
}
