import type { CaseFile } from '../database/database.ts';
import type { MailboxLookRow } from '../database/schema.ts';

/** How the last look into the mailbox that replies come to went: for health, metrics and the pages of staff. */

export type MailboxLook = Omit<MailboxLookRow, 'one'>;

/** `undefined` before the first. */
export const lastMailboxLook = (db: CaseFile): Promise<MailboxLook | undefined> =>
  db.selectFrom('mailboxLook').select(['at', 'why', 'leftThere', 'aside']).executeTakeFirst();

/** Of one that failed, what was counted last stands. */
export async function noteMailboxLook(
  db: CaseFile,
  look: Pick<MailboxLook, 'at' | 'why'> & Partial<MailboxLook>,
): Promise<void> {
  await db
    .insertInto('mailboxLook')
    .values({ leftThere: 0, aside: 0, ...look })
    .onConflict((conflict) => conflict.column('one').doUpdateSet(look))
    .execute();
}
