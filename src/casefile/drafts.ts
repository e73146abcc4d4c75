import { sql } from 'kysely';
import { DAY_MS } from '../domain/dates/durations.ts';
import { plainAddress } from './access/access.ts';
import type { CaseFile } from './database/database.ts';

/**
 * What somebody has written in a form and not sent on yet, as the form would send it: theirs alone, by the form that it
 * stands in. Instants are ISO 8601 in UTC.
 */
export type Draft = { form: string; body: string; keptAt: string };

/** For how many days a draft that nobody goes on with is kept, and how many somebody has: the oldest go first. */
export const DRAFT_DAYS = 90;
const MOST = 50;

/** Keeps what is written, in place of what was kept of the same form. */
export async function keepDraft(
  db: CaseFile,
  given: string,
  { form, body }: Pick<Draft, 'form' | 'body'>,
  at: string,
): Promise<void> {
  const address = plainAddress(given);
  const kept = { body, keptAt: at };
  await db
    .insertInto('draft')
    .values({ address, form, ...kept })
    .onConflict((conflict) => conflict.columns(['address', 'form']).doUpdateSet(kept))
    .execute();
  await db
    .deleteFrom('draft')
    .where('address', '=', address)
    .where('form', 'in', (drafts) =>
      drafts
        .selectFrom('draft')
        .select('form')
        .where('address', '=', address)
        .orderBy('keptAt', 'desc')
        .offset(MOST),
    )
    .execute();
}

/** Deletes what nobody went on with for {@link DRAFT_DAYS}. Returns how many there were. */
export async function forgetDrafts(db: CaseFile, at: string): Promise<number> {
  const from = new Date(Date.parse(at) - DRAFT_DAYS * DAY_MS).toISOString();
  const { numDeletedRows } = await db.deleteFrom('draft').where('keptAt', '<', from).executeTakeFirst();
  return Number(numDeletedRows);
}

/** What was kept of a form. */
export const draftOf = (db: CaseFile, address: string, form: string): Promise<Draft | undefined> =>
  db
    .selectFrom('draft')
    .select(['form', 'body', 'keptAt'])
    .where('address', '=', plainAddress(address))
    .where('form', '=', form)
    .executeTakeFirst();

/** All that somebody has, the newest first. */
export const draftsOf = (db: CaseFile, address: string): Promise<Draft[]> =>
  db
    .selectFrom('draft')
    .select(['form', 'body', 'keptAt'])
    .where('address', '=', plainAddress(address))
    .orderBy('keptAt', 'desc')
    .execute();

/** Of those the ones whose form begins so. */
export const draftsUnder = (db: CaseFile, address: string, beginning: string): Promise<Draft[]> =>
  db
    .selectFrom('draft')
    .select(['form', 'body', 'keptAt'])
    .where('address', '=', plainAddress(address))
    .where(sql<boolean>`starts_with(form, ${beginning})`)
    .execute();

/** It was sent on, or is not wanted any more. */
export const dropDraft = (db: CaseFile, address: string, form: string): Promise<unknown> =>
  db.deleteFrom('draft').where('address', '=', plainAddress(address)).where('form', '=', form).execute();
