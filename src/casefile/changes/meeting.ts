import type { ChangeOf } from '../../domain/change.ts';
import { hoursAfter } from '../../domain/dates/dates.ts';
import { kinds } from '../../domain/kinds/index.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import { COORDINATION_MEETING } from '../../domain/methodology.ts';
import { refused } from '../../domain/refusal.ts';
import { openRequestsOf } from '../cooperations.ts';
import type { MeetingRow, PersonRow } from '../database/schema.ts';
import { meetingOf } from '../meetings.ts';
import { delegationsOf } from '../people.ts';
import { nextSequence } from '../sessions.ts';
import { correctCommitments } from './commitments.ts';
import {
  type ChangeOutcome,
  entryOf,
  isAfter,
  type Makers,
  type Making,
  recordWith,
  telling,
} from './making.ts';
import { supersede } from './superseding.ts';

/** Changes of the coordination meeting: another date, link or place; called off. */

async function rescheduleMeeting(
  making: Making,
  what: ChangeOf<'reschedule-meeting'>,
): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  const meeting = await standingMeeting(making);
  const startsAt = what.startsAt === undefined ? meeting.startsAt : new Date(what.startsAt).toISOString();
  const { hours = meeting.hours, link = meeting.link, place = meeting.place } = what;
  const moved = startsAt !== meeting.startsAt;
  if (!moved && hours === meeting.hours && link === meeting.link && place === meeting.place)
    return refused({ code: 'MeetingSame' });
  if (moved && !isAfter(startsAt, at)) return refused({ code: 'DatePast', at: startsAt });

  const endsAt = hoursAfter(startsAt, hours);
  await tx
    .updateTable('meeting')
    .set({ startsAt, endsAt, hours, link, place, ...(moved && { notHeldAt: null }) })
    .where('cooperation', '=', cooperation.id)
    .execute();
  // Whatever is asked about the date there was is not asked any more.
  const released = moved ? await supersede(making, await askingAboutIt(making)) : { told: [], entries: [] };
  const again = await convening(making, isConvenedAhead(meeting, at) || moved ? 'convened' : 'nobody', {
    method: 'REQUEST',
    kind: moved ? 'moved' : 'details',
    ...(moved && { previousStartsAt: meeting.startsAt }),
  });
  return {
    effects: { meeting: { endsAt } },
    told: [...released.told, ...again],
    programmeChanges: [],
    entries: [
      entryOf(making, 'meeting-changed', { ...(moved && { startsAt, previousStartsAt: meeting.startsAt }) }),
      ...released.entries,
    ],
  };
}

async function cancelMeeting(making: Making): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  const meeting = await standingMeeting(making);
  await tx
    .updateTable('meeting')
    .set({ cancelledAt: at })
    .where('cooperation', '=', cooperation.id)
    .execute();
  const released = await supersede(making, await askingAboutIt(making));
  const cancelled = await convening(making, 'convened', CALLED_OFF);
  return {
    effects: { meeting: { endsAt: meeting.endsAt } },
    told: [...released.told, ...cancelled],
    programmeChanges: [],
    entries: [entryOf(making, 'meeting-cancelled', {}), ...released.entries],
  };
}

/** What it agreed on, as it was recorded first, stays with the answer that brought it; corrections stay with their changes. */
async function correctMeeting(making: Making, what: ChangeOf<'correct-meeting'>): Promise<ChangeOutcome> {
  const { tx, cooperation } = making;
  const meeting = await meetingOf(tx, cooperation.id);
  const { recordedAt } = meeting;
  if (!recordedAt) return refused({ code: 'MeetingNotRecorded' });
  const corrected = recordWith(meeting, what);
  const committed = await correctCommitments(making, { origin: 'coordination' }, what.commitments);
  if (!corrected && !committed) return refused({ code: 'AgreedTheSame' });
  if (corrected)
    await tx.updateTable('meeting').set(corrected).where('cooperation', '=', cooperation.id).execute();
  // The delegations have it with the programme that they are to approve; until then they get it as it is now.
  const approvals = await tx
    .selectFrom('request')
    .select('openedAt')
    .where('cooperation', '=', cooperation.id)
    .where('kind', '=', 'approve-programme')
    .execute();
  const had = approvals.some(({ openedAt }) => !isAfter(recordedAt, openedAt));
  return {
    told: telling(had ? await delegationsOf(tx, cooperation.id) : [], { notice: 'meeting-corrected' }),
    programmeChanges: [],
    entries: [entryOf(making, 'meeting-corrected', {})],
  };
}

type Convocation = Extract<Telling['about'], { notice: 'convocation' }>;

export const CALLED_OFF = { method: 'CANCEL', kind: 'cancelled' } as const;

/**
 * What goes to people's calendars about the meeting, under the SEQUENCE that this change takes for it: to all who were
 * convened, or to some. Where nobody was, its workflow convenes them.
 */
export async function convening(
  { tx, cooperation, number }: Making,
  to: 'convened' | 'nobody' | readonly PersonRow[],
  about: Pick<Convocation, 'method' | 'kind' | 'previousStartsAt'>,
): Promise<Telling[]> {
  if (to === 'nobody' || (await meetingOf(tx, cooperation.id)).sequence < 0) return [];
  const people = to === 'convened' ? await delegationsOf(tx, cooperation.id) : to;
  if (people.length === 0) return [];
  const sequence = await nextSequence(tx, cooperation.id, COORDINATION_MEETING, `change-${number}`);
  return telling(people, { notice: 'convocation', sequence, ...about });
}

/** People have been convened to it, and it is still to come. */
export const isConvenedAhead = (meeting: MeetingRow, at: string): boolean =>
  meeting.sequence >= 0 &&
  meeting.recordedAt === null &&
  meeting.cancelledAt === null &&
  meeting.notHeldAt === null &&
  isAfter(meeting.endsAt, at);

/**
 * The same to some of a delegation, where a meeting that people were convened to is still to come: `new` to those who
 * come into the cooperation, `withdrawn` to those who leave it.
 */
export async function conveningSome(
  making: Making,
  people: readonly PersonRow[],
  kind: 'new' | 'withdrawn',
): Promise<Telling[]> {
  const ahead = isConvenedAhead(await meetingOf(making.tx, making.cooperation.id), making.at);
  const delegates = people.filter(({ role }) => role === 'delegate' || role === 'staff');
  const method = kind === 'new' ? 'REQUEST' : 'CANCEL';
  return convening(making, ahead ? delegates : 'nobody', { method, kind });
}

/** @throws Refused `MeetingOver` */
async function standingMeeting({ tx, cooperation }: Making): Promise<MeetingRow> {
  const meeting = await meetingOf(tx, cooperation.id);
  if (meeting.recordedAt) return refused({ code: 'MeetingOver', how: 'recorded' });
  if (meeting.cancelledAt) return refused({ code: 'MeetingOver', how: 'cancelled' });
  return meeting;
}

const askingAboutIt = async ({ tx, cooperation }: Making) =>
  (await openRequestsOf(tx, cooperation.id)).filter(({ kind }) => kinds[kind].about === 'meeting');

export const meetingChanges = {
  'reschedule-meeting': rescheduleMeeting,
  'cancel-meeting': cancelMeeting,
  'correct-meeting': correctMeeting,
} satisfies Partial<Makers>;
