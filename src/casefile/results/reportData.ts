import { sql } from 'kysely';
import type { WithReport } from '../../domain/content.ts';
import { type ReportData, reportedBy } from '../../domain/results/reportData.ts';
import type { CaseFile } from '../database/database.ts';

/** What the Final Reports of these cooperations say as data, by the answers that stand. */
export async function reportedOf(
  db: CaseFile,
  ids: readonly string[],
): Promise<(cooperation: string) => ReportData> {
  const { rows } = await sql<{ cooperation: string; value: WithReport }>`
    select a.cooperation, content.value from answer a
    join content on content.cooperation = a.cooperation and content.hash = a.data ->> 'commitments'
    where a.cooperation = any(${ids}) and a.withdrawn_at is null
    order by a.at
  `.execute(db);
  return (id) => reportedBy(rows.flatMap(({ cooperation, value }) => (cooperation === id ? [value] : [])));
}
