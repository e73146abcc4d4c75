import type { ChangeOf } from '../../domain/change.ts';
import { addWorkingDays, dateIn, instantOf, workingDaysBetween } from '../../domain/dates/dates.ts';
import { OFFICE_CLOSES } from '../../domain/dates/deadlines.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import type { Party } from '../../domain/people/party.ts';
import { refused } from '../../domain/refusal.ts';
import { openRequestsOf } from '../cooperations.ts';
import { json } from '../database/database.ts';
import { meetingOf } from '../meetings.ts';
import { participantsOf } from '../people.ts';
import { answersTo, lapse, owingOf } from '../requests.ts';
import { sessionsOf } from '../sessions.ts';
import { dropWaiting } from '../waitingFiles.ts';
import {
  type ChangeOutcome,
  entryOf,
  isInvitedAhead,
  latest,
  type Makers,
  type Making,
  partiesWith,
  telling,
} from './making.ts';
import { CALLED_OFF, convening, isConvenedAhead } from './meeting.ts';
import { remindersAhead } from './requests.ts';
import { cancelling, cancelRow } from './sessions.ts';

/** Changes of the whole cooperation: paused, resumed, cancelled. */

async function pause(making: Making, _what: ChangeOf<'pause'>): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  if (cooperation.pausedAt) return refused({ code: 'Paused', since: cooperation.pausedAt });
  await tx.updateTable('cooperation').set({ pausedAt: at }).where('id', '=', cooperation.id).execute();
  return {
    told: telling(await participantsOf(tx, cooperation.id), { notice: 'paused' }),
    programmeChanges: [],
    entries: [entryOf(making, 'cooperation-paused', {})],
  };
}

async function resume(making: Making, _what: ChangeOf<'resume'>): Promise<ChangeOutcome> {
  const { tx, cooperation } = making;
  const { pausedAt } = cooperation;
  if (!pausedAt) return refused({ code: 'NotPaused' });
  await tx.updateTable('cooperation').set({ pausedAt: null }).where('id', '=', cooperation.id).execute();
  const moved: { request: string; due: string }[] = [];
  for (const row of await openRequestsOf(tx, cooperation.id)) {
    const owed = owingOf(row, await answersTo(tx, cooperation.id, row.id));
    const [capital] = partiesWith(making, owed);
    if (!capital) continue;
    const dueAt = dueAfterPause(row.dueAt, latest([pausedAt, row.openedAt]), making.at, capital);
    const reminders = remindersAhead(making, { openedAt: row.openedAt, dueAt }, owed);
    await tx
      .updateTable('request')
      .set({ dueAt, reminders: json(reminders) })
      .where('cooperation', '=', cooperation.id)
      .where('id', '=', row.id)
      .execute();
    moved.push({ request: row.id, due: dueAt });
  }
  return {
    told: telling(await participantsOf(tx, cooperation.id), { notice: 'resumed' }),
    programmeChanges: [],
    entries: [entryOf(making, 'cooperation-resumed', { pausedAt, requests: moved })],
  };
}

/**
 * A due date after a pause: as many working days later as the pause took, and the next working day at the earliest. A
 * pause within a day moves only what is due before that.
 */
function dueAfterPause(dueAt: string, from: string, to: string, party: Party): string {
  const { timeZone } = party;
  const closing = (date: string) => instantOf(date, OFFICE_CLOSES, timeZone);
  const taken = workingDaysBetween(dateIn(from, timeZone), dateIn(to, timeZone), party);
  const moved = taken === 0 ? dueAt : closing(addWorkingDays(dateIn(dueAt, timeZone), taken, party));
  return latest([moved, closing(addWorkingDays(dateIn(to, timeZone), 1, party))]);
}

async function cancel(making: Making, _what: ChangeOf<'cancel'>): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  const open = (await openRequestsOf(tx, cooperation.id)).map(({ id }) => id);
  const lapsed = await lapse(tx, cooperation.id, open, 'cooperation-cancelled', at);
  const told: Telling[] = [];
  const sessions = (await sessionsOf(tx, cooperation.id)).filter(
    ({ recordedAt, cancelledAt }) => recordedAt === null && cancelledAt === null,
  );
  for (const session of sessions) {
    await cancelRow(making, session.number);
    if (isInvitedAhead(session, at)) told.push(...(await cancelling(making, session)));
  }
  const meets = isConvenedAhead(await meetingOf(tx, cooperation.id), at);
  told.push(...(await convening(making, meets ? 'convened' : 'nobody', CALLED_OFF)));
  await tx
    .updateTable('cooperation')
    .set({ cancelledAt: at, closedAt: at, pausedAt: null })
    .where('id', '=', cooperation.id)
    .execute();
  await dropWaiting(tx, cooperation.id);
  const everyone = telling(await participantsOf(tx, cooperation.id), { notice: 'cooperation-cancelled' });
  return {
    told: [...everyone, ...told],
    programmeChanges: [],
    entries: [
      ...lapsed,
      entryOf(making, 'cooperation-cancelled', {
        sessions: sessions.map(({ number }) => number),
        requests: open,
      }),
    ],
  };
}

/** Nothing changes in a cooperation that is over, but that somebody is put out of it. @throws Refused `CooperationOver` */
export function refuseOver({ id, closedAt, cancelledAt }: Making['cooperation']): void {
  const over = { code: 'CooperationOver', cooperation: id } as const;
  if (cancelledAt) refused({ ...over, how: 'cancelled', at: cancelledAt });
  if (closedAt) refused({ ...over, how: 'accepted', at: closedAt });
}

export const cooperationChanges = {
  pause,
  resume,
  cancel,
} satisfies Partial<Makers>;
