import { sql } from 'kysely';
import type { CaseFile } from '../database/database.ts';
import type { CalendarReplyRow } from '../database/schema.ts';

/** What people answered to invitations in their calendars: of each and of each appointment the last. */

export const calendarRepliesOf = (db: CaseFile, cooperation: string): Promise<CalendarReplyRow[]> =>
  db
    .selectFrom('calendarReply')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .orderBy('session')
    .orderBy('person')
    .execute();

/** Notes one, unless there is a later one: for a later date, or for the same and given later. */
export async function noteReply(db: CaseFile, reply: CalendarReplyRow): Promise<void> {
  await db
    .insertInto('calendarReply')
    .values(reply)
    .onConflict((conflict) =>
      conflict
        .columns(['cooperation', 'session', 'person'])
        .doUpdateSet(({ ref }) => ({
          attending: ref('excluded.attending'),
          sequence: ref('excluded.sequence'),
          comment: ref('excluded.comment'),
          at: ref('excluded.at'),
        }))
        .where(
          sql<boolean>`(excluded.sequence, excluded.at) >= (calendar_reply.sequence, calendar_reply.at)`,
        ),
    )
    .execute();
}
