import { type CaseFile, json } from '../database/database.ts';
import type { NewsRow } from '../database/schema.ts';

/** What has been told to the delegations of documents that arrived and questions that were answered. */

export const newsOf = (db: CaseFile, cooperation: string): Promise<NewsRow[]> =>
  db.selectFrom('news').selectAll().where('cooperation', '=', cooperation).orderBy('number').execute();

/** Enters what is about to be told; what was entered under its number stays. */
export const enterNews = (
  db: CaseFile,
  { documents, questions, ...news }: Omit<NewsRow, 'doneAt'>,
): Promise<unknown> =>
  db
    .insertInto('news')
    .values({ ...news, documents: json(documents), questions: json(questions), doneAt: null })
    .onConflict((conflict) => conflict.columns(['cooperation', 'number']).doNothing())
    .execute();

/** Everyone has been told. */
export const noteNewsTold = (
  db: CaseFile,
  cooperation: string,
  number: number,
  now: string,
): Promise<unknown> =>
  db
    .updateTable('news')
    .set({ doneAt: now })
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .where('doneAt', 'is', null)
    .execute();
