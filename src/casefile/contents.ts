import type { Content } from '../domain/content.ts';
import { type CaseFile, json } from './database/database.ts';

/** What people wrote, by its hash: the workflows know the hash alone. */

/** What a person wrote, by its hash. */
export const readContent = async (
  db: CaseFile,
  cooperation: string,
  hash: string,
): Promise<Content | undefined> =>
  (
    await db
      .selectFrom('content')
      .select('value')
      .where('cooperation', '=', cooperation)
      .where('hash', '=', hash)
      .executeTakeFirst()
  )?.value;

/** Keeps what a person wrote, before the answer that names it is sent. */
export async function keepContent(
  db: CaseFile,
  cooperation: string,
  hash: string,
  value: Content,
  now: string,
): Promise<void> {
  await db
    .insertInto('content')
    .values({ cooperation, hash, value: json(value), writtenAt: now })
    .onConflict((conflict) => conflict.columns(['cooperation', 'hash']).doNothing())
    .execute();
}
