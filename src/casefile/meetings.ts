import { hoursAfter } from '../domain/dates/dates.ts';
import { type CaseFile, type CaseFileTransaction, listed, type OneOrMore } from './database/database.ts';
import type { MeetingRow } from './database/schema.ts';

/** The coordination meetings: of each cooperation one, as it stands now. */

export const meetingsOf = (db: CaseFile, cooperation: OneOrMore): Promise<MeetingRow[]> =>
  db.selectFrom('meeting').selectAll().where('cooperation', 'in', listed(cooperation)).execute();

export const meetingOf = (db: CaseFile, cooperation: string): Promise<MeetingRow> =>
  db.selectFrom('meeting').selectAll().where('cooperation', '=', cooperation).executeTakeFirstOrThrow();

/** iCalendar's SEQUENCE of its convocation: raised to `sequence`, never lowered. */
export async function raiseMeetingSequence(
  db: CaseFile,
  cooperation: string,
  sequence: number,
): Promise<void> {
  await db
    .updateTable('meeting')
    .set({ sequence })
    .where('cooperation', '=', cooperation)
    .where('sequence', '<', sequence)
    .execute();
}

/**
 * Gives it another date (ISO 8601, UTC): what was not held on the one before is ahead again; or the date before, on which
 * it was not held.
 */
export async function moveMeeting(
  tx: CaseFileTransaction,
  { cooperation, hours }: Pick<MeetingRow, 'cooperation' | 'hours'>,
  startsAt: string,
  notHeldAt: string | null = null,
): Promise<void> {
  await tx
    .updateTable('meeting')
    .set({ startsAt, endsAt: hoursAfter(startsAt, hours), notHeldAt })
    .where('cooperation', '=', cooperation)
    .execute();
}
