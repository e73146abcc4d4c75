import { sql } from 'kysely';
import type { Disagreement } from '../domain/disagreement.ts';
import { type CaseFile, json } from './database/database.ts';

/** In what the case file and Temporal were last found to disagree, for pages to show it at once. */

export const knownDisagreements = async (db: CaseFile, cooperation?: string): Promise<Disagreement[]> => {
  const all = db.selectFrom('disagreement').select('found').orderBy('since').orderBy('cooperation');
  const rows = await (cooperation === undefined ? all : all.where('cooperation', '=', cooperation)).execute();
  return rows.map(({ found }) => found);
};

/** Keeps what was found now; what no longer holds is gone. */
export async function keepDisagreements(
  db: CaseFile,
  found: readonly Disagreement[],
  now: string,
): Promise<void> {
  const all = json(found);
  await db.transaction().execute(async (tx) => {
    await sql`
      delete from disagreement
      where found not in (select jsonb_array_elements(${all}::jsonb))`.execute(tx);
    await sql`
      insert into disagreement (cooperation, found, since)
      select one->>'cooperation', one, ${now}::timestamptz from jsonb_array_elements(${all}::jsonb) as one
      on conflict do nothing`.execute(tx);
  });
}

/** Its workflows have begun anew: what was found before holds no longer. */
export const forgetDisagreements = (db: CaseFile, cooperation: string): Promise<unknown> =>
  db.deleteFrom('disagreement').where('cooperation', '=', cooperation).execute();
