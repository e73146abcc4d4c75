import { sql } from 'kysely';
import type { Institution, Programme } from '../domain/programme/programme.ts';
import type { FollowUp } from '../domain/results/followUp.ts';
import { type CaseFile, json, listed, type OneOrMore } from './database/database.ts';
import type { CooperationRow, RequestRow } from './database/schema.ts';
import { addToRecord } from './record.ts';
import { dropWaiting } from './waitingFiles.ts';

export const findCooperation = (db: CaseFile, id: string): Promise<CooperationRow | undefined> =>
  db.selectFrom('cooperation').selectAll().where('id', '=', id).executeTakeFirst();

/** The programme of a cooperation that there is, as it is now. */
export const programmeIn = async (db: CaseFile, id: string): Promise<Programme> =>
  (await db.selectFrom('cooperation').select('programme').where('id', '=', id).executeTakeFirstOrThrow())
    .programme;

/** As many as are offered to be copied. */
const MOST_COPYABLE = 100;

/** The cooperations that were entered last, as they are called. */
export const newestProgrammes = (db: CaseFile) =>
  db
    .selectFrom('cooperation')
    .select([
      'id',
      sql<string>`programme->>'subject'`.as('subject'),
      sql<Institution[]>`programme->'institutions'`.as('institutions'),
    ])
    .orderBy('filedAt', 'desc')
    .orderBy('id')
    .limit(MOST_COPYABLE)
    .execute();

/** Ids of the cooperations, the newest call first: at most `most`, after the one with the id `after`. */
export async function cooperationIds(
  db: CaseFile,
  after: string | undefined,
  most: number,
): Promise<string[]> {
  const all = db
    .selectFrom('cooperation')
    .select('id')
    // As its index has it.
    .orderBy(sql`-call_year`)
    .orderBy(sql`-call_number`)
    .orderBy('id')
    .limit(most);
  const last =
    after === undefined
      ? undefined
      : await db
          .selectFrom('cooperation')
          .select(['id', 'callYear', 'callNumber'])
          .where('id', '=', after)
          .executeTakeFirst();
  const following = last
    ? all.where(
        sql<boolean>`(-call_year, -call_number, id) > (${-last.callYear}::int, ${-last.callNumber}::int, ${last.id}::text)`,
      )
    : all;
  return (await following.execute()).map(({ id }) => id);
}

/** The requests that are waited on, of one cooperation or of all, the first due first. */
export const openRequestsOf = (db: CaseFile, cooperation?: string): Promise<RequestRow[]> => {
  const open = db
    .selectFrom('request')
    .selectAll()
    .where('closedAt', 'is', null)
    .orderBy('dueAt')
    .orderBy('id');
  return (cooperation ? open.where('cooperation', '=', cooperation) : open).execute();
};

export const requestsOf = (db: CaseFile, cooperation: OneOrMore): Promise<RequestRow[]> =>
  db
    .selectFrom('request')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('openedAt')
    .orderBy('id')
    .execute();

/**
 * Closes a cooperation, and notes when it is asked what came of it, or that nothing is; one that is closed stays as it is.
 */
export async function closeCaseFile(
  db: CaseFile,
  cooperation: string,
  { at, followUps, goesOn }: { at: string; followUps: readonly FollowUp[]; goesOn: boolean },
): Promise<void> {
  await db
    .updateTable('cooperation')
    .set({ closedAt: at, followUps: json(followUps), ...(!goesOn && { followedUpAt: at }) })
    .where('id', '=', cooperation)
    .where('closedAt', 'is', null)
    .execute();
  await dropWaiting(db, cooperation);
  await addToRecord(db, { cooperation, key: 'closed', at, kind: 'cooperation-closed' });
}

/** What came of it has been asked for the last time, and answered or done without. */
export async function endFollowUp(db: CaseFile, cooperation: string, at: string): Promise<void> {
  await db
    .updateTable('cooperation')
    .set({ followedUpAt: at })
    .where('id', '=', cooperation)
    .where('followedUpAt', 'is', null)
    .execute();
  await dropWaiting(db, cooperation);
  await addToRecord(db, { cooperation, key: 'followed-up', at, kind: 'cooperation-followed-up' });
}
