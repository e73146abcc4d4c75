import { type RawBuilder, sql } from 'kysely';
import { type Experience, SHEETS_A_PAGE } from '../../domain/results/library.ts';
import type { CaseFile } from '../database/database.ts';
import { cachedRead } from '../database/readCache.ts';
import { experiences, isAvailable } from './library.ts';

/**
 * Published sheets that anybody may read: those in the library of which every ministry of their cooperation says so, about
 * the very version that was published. It is looked up each time, so that one that is taken back is gone at once.
 */

/**
 * Every ministry said yes last, with its approval or after it; `s` is a sheet with its hash, `c` its cooperation.
 * `before`: as it was at an instant.
 */
const isReadOutside = (before: RawBuilder<unknown> = sql`'infinity'::timestamptz`) => sql`not exists (
  select 1 from jsonb_array_elements(c.programme->'institutions') as i
  where i->>'role' <> 'secretariat' and coalesce((
    select said.publish from (
      select k.publish, 1 as later, k.number from sheet_consent k
      where k.cooperation = s.cooperation and k.party = i->>'id' and k.sha256 = s.sha256 and k.at < ${before}
      union all
      select a.data->>'publish', 0, 0 from answer a
      join request r on r.cooperation = a.cooperation and r.id = a.request
      where a.cooperation = s.cooperation and a.party = i->>'id' and a.withdrawn_at is null
        and a.at < ${before} and a.data->>'publish' is not null and r.kind = 'review-sheet' and r.subject_hash = s.sha256
    ) said order by said.later desc, said.number desc limit 1
  ), 'no') <> 'yes'
)`;

/** A page of them, those published last first, with how many there are. */
export const openSheets = (
  db: CaseFile,
  page: number,
): Promise<{ total: number; pages: number; sheets: Experience[] }> =>
  cachedRead(db, `open sheets ${page}`, async () => {
    const { rows } = await sql<{
      cooperation: string;
    }>`select s.cooperation from library_sheet s join cooperation c on c.id = s.cooperation
      where ${isReadOutside()} and ${isAvailable}
      order by s.published_at desc, s.cooperation`.execute(db);
    const shown = rows.slice((page - 1) * SHEETS_A_PAGE, page * SHEETS_A_PAGE);
    const ids = shown.map(({ cooperation }) => cooperation);
    return {
      total: rows.length,
      pages: Math.max(1, Math.ceil(rows.length / SHEETS_A_PAGE)),
      sheets: await experiences(db, ids, () => []),
    };
  });

/** Whether anybody may read the published sheet of a cooperation. */
export async function isOpenSheet(db: CaseFile, cooperation: string): Promise<boolean> {
  const { rows } = await sql`select 1 from library_sheet s join cooperation c on c.id = s.cooperation
    where s.cooperation = ${cooperation} and ${isReadOutside()} and ${isAvailable}`.execute(db);
  return rows.length > 0;
}

/**
 * When the sheet of a cooperation that anybody could read until then was withdrawn, the last time; nothing where none was. Its
 * readers outside are told so, also where the version after it is not for them.
 */
export async function openUntil(db: CaseFile, cooperation: string): Promise<string | undefined> {
  const { rows } = await sql<{ at: string }>`select s.withheld->>'at' as at
    from (
      select v.cooperation, v.sha256, v.withheld from record r
      join document_version v on v.cooperation = r.cooperation and v.document = 'sheet'
        and v.version = (r.data->>'version')::int and v.withheld is not null
      where r.kind = 'sheet-published' and r.cooperation = ${cooperation}
    ) s join cooperation c on c.id = s.cooperation
    where ${isReadOutside(sql`(s.withheld->>'at')::timestamptz`)}
    order by 1 desc limit 1`.execute(db);
  return rows[0]?.at;
}
