import { sql } from 'kysely';
import {
  correctionsUnderWay,
  type SheetCorrection,
  type SheetStanding,
  sheetIn,
} from '../../domain/results/sheet.ts';
import type { CaseFile } from '../database/database.ts';
import type { CooperationRow } from '../database/schema.ts';
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

/** The corrected sheets that were asked for in a cooperation and are not published yet. */
export const sheetCorrectionsOf = async (
  db: CaseFile,
  { id, cancelledAt }: Pick<CooperationRow, 'id' | 'cancelledAt'>,
): Promise<SheetCorrection[]> =>
  correctionsUnderWay(
    { cancelledAt },
    await db
      .selectFrom('change')
      .select(['madeAt', 'effects'])
      .where('cooperation', '=', id)
      .where('kind', 'in', ['correct-sheet', 'cancel-sheet-correction'])
      .orderBy('number')
      .execute(),
    await recordOfKinds(db, id, ['sheet-published']),
  );

/** The same of all cooperations that are over, with since when each was asked for: nothing else waits on their workflows. */
export async function sheetCorrectionsLeft(
  db: CaseFile,
): Promise<{ cooperation: string; scope: string; since: string }[]> {
  const { rows } = await sql<{ cooperation: string; scope: string; since: string }>`
    select g.cooperation, 'sheet-' || g.number as scope, g.made_at as since
    from change g join cooperation c on c.id = g.cooperation
    where g.kind = 'correct-sheet' and g.made_at is not null and c.closed_at is not null and c.cancelled_at is null
      and not exists (select 1 from record r where r.cooperation = g.cooperation and r.kind = 'sheet-published'
        and r.data->>'change' = g.number::text)
      and not exists (select 1 from change x where x.cooperation = g.cooperation
        and x.effects->>'cancelledSheet' = g.number::text)
    order by g.cooperation, g.number`.execute(db);
  return rows;
}
