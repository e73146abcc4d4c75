import type { CaseFile } from './database.ts';
import { addToRecord } from './record.ts';
import type { CooperationRow, RequestRow } from './schema.ts';

export const findCooperation = (db: CaseFile, id: string): Promise<CooperationRow | undefined> =>
  db.selectFrom('cooperation').selectAll().where('id', '=', id).executeTakeFirst();

export const cooperations = (db: CaseFile): Promise<CooperationRow[]> =>
  db.selectFrom('cooperation').selectAll().orderBy('callNumber', 'desc').orderBy('id').execute();

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

export const requestsOf = (db: CaseFile, cooperation: string): Promise<RequestRow[]> =>
  db
    .selectFrom('request')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .orderBy('openedAt')
    .orderBy('id')
    .execute();

export async function closeCaseFile(db: CaseFile, cooperation: string, now: string): Promise<void> {
  await db
    .updateTable('cooperation')
    .set({ closedAt: now })
    .where('id', '=', cooperation)
    .where('closedAt', 'is', null)
    .execute();
  await addToRecord(db, { cooperation, key: 'closed', at: now, kind: 'cooperation-closed' });
}
