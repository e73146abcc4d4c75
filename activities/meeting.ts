import type { CaseFile } from '../src/casefile/database/database.ts';
import type {
  CooperationRow,
  MeetingRow,
  PersonRow,
  RecordRow,
  RequestRow,
} from '../src/casefile/database/schema.ts';
import { mailsOf } from '../src/casefile/mails/mails.ts';
import { meetingOf } from '../src/casefile/meetings.ts';
import { delegationsOf } from '../src/casefile/people.ts';
import { addToRecord, readRecord } from '../src/casefile/record.ts';
import { rowsOf } from '../src/casefile/rows.ts';
import { nextSequence } from '../src/casefile/sessions.ts';
import { coordinationUid } from '../src/domain/ids.ts';
import { COORDINATION_MEETING } from '../src/domain/methodology.ts';
import type { Invitation } from '../src/mail/iCalendar.ts';
import type { Notice } from '../src/mail/notices/index.ts';
import { stepLabel } from '../src/words/labels.ts';
import type { MeetingHeading } from '../src/words/lines.ts';
import type { Outside } from './context.ts';
import { type Delivery, deliver } from './email.ts';
import { cooperationOf } from './headings.ts';
import type { Activities } from './index.ts';
import { introductionOf } from './introduction.ts';

/** The coordination meeting on people's calendars. */
export const meetingActivities = (outside: Outside): Pick<Activities, 'convene'> => ({
  async convene({ cooperation: id }) {
    const { caseFile, now } = outside;
    const meeting = await meetingOf(caseFile, id);
    const { startsAt, endsAt, recordedAt, cancelledAt } = meeting;
    const nobody = { notified: 0, refused: 0, endsAt };
    if (cancelledAt) return { ...nobody, cancelled: true };
    // Nobody is convened to what has begun.
    if (recordedAt || Date.parse(startsAt) <= Date.parse(now())) return nobody;
    // Everyone has been, to this date: by an earlier run, or by whoever moved it.
    const record = await readRecord(caseFile, id);
    const convened = record.filter(({ kind }) => kind === 'meeting-convened');
    if (convened.some((one) => one.data.startsAt === startsAt && !isUndone(one, record))) return nobody;
    const cooperation = await cooperationOf(caseFile, id);
    // What was taken out of the calendars is no date that it was moved from.
    const last = convened.at(-1);
    const isMoved = last !== undefined && !isUndone(last, record);
    // A workflow that was begun anew has not counted the dates; one that was set and annulled was one, too.
    const times = record.filter((one) => one.kind === 'meeting-set' || isUndated(one)).length;
    const sequence = await nextSequence(caseFile, id, COORDINATION_MEETING, `coordination.${times + 1}`);
    const notice = await convocationOf(outside, cooperation, meeting);
    const moved = { kind: 'moved' as const, ...(await whyMoved(caseFile, record, id)) };
    const notified = await deliver(outside, {
      cooperation,
      key: `coordination|convocation|${times}`,
      session: COORDINATION_MEETING,
      to: await delegationsOf(caseFile, id),
      notice: (person) => notice(person, isMoved ? moved : undefined),
      calendar: meetingCalendar(outside, cooperation, meeting, { sequence, method: 'REQUEST' }),
    });
    await noteConvened(outside, meeting, sequence, notified);
    return { ...nobody, ...notified };
  },
});

/** The date that was set stands no more: its answer was annulled. */
const isUndated = ({ kind, data }: RecordRow): boolean =>
  kind === 'answer-annulled' && data.meeting !== undefined;

/** What people were convened to has left their calendars since. */
const isUndone = ({ data }: RecordRow, record: readonly RecordRow[]): boolean =>
  record.some(
    (one) =>
      isUndated(one) &&
      one.data.meeting === data.startsAt &&
      Number(one.data.sequence) >= Number(data.sequence),
  );

/** The date that people were convened to before, and why it was not held then. */
async function whyMoved(db: CaseFile, record: readonly RecordRow[], id: string) {
  const previous = record.findLast(({ kind }) => kind === 'meeting-convened')?.data.startsAt;
  const rows = await rowsOf(db, id);
  const last = rows?.answers.findLast(
    ({ request, decision }) =>
      decision === 'not-held' && kindIn(rows.requests, request) === 'confirm-coordination',
  );
  const content = rows?.contents.find(({ hash }) => hash === last?.content)?.value;
  return {
    ...(typeof previous === 'string' && { previousStartsAt: previous }),
    ...(content && 'reason' in content && { reason: content.reason }),
  };
}

const kindIn = (requests: readonly RequestRow[], id: string) => requests.find((one) => one.id === id)?.kind;

/** Everyone has been convened to the meeting as it stands. */
export const noteConvened = (
  { caseFile, now }: Outside,
  { cooperation, startsAt }: Pick<MeetingRow, 'cooperation' | 'startsAt'>,
  sequence: number,
  data: Record<string, unknown>,
): Promise<void> =>
  addToRecord(caseFile, {
    ...{ cooperation, key: `meeting-convened:${sequence}`, at: now(), kind: 'meeting-convened' },
    data: { sequence, startsAt, ...data },
  });

type Convocation = Extract<Notice, { notice: 'convocation' }>;

/** The meeting as mails name it. */
export const meetingHeading = ({ startsAt, endsAt, link, place }: MeetingRow): MeetingHeading => ({
  ...{ startsAt, endsAt },
  ...(link && { link }),
  ...(place && { place }),
});

/** What a convocation says to each reader: the first one introduces the cooperation to them. */
export async function convocationOf(
  { caseFile }: Outside,
  cooperation: CooperationRow,
  meeting: MeetingRow,
): Promise<(person: PersonRow, change?: Convocation['change']) => Convocation> {
  const introduced = (await mailsOf(caseFile, cooperation.id)).filter(
    ({ notice }) => notice === 'convocation' || notice === 'joined',
  );
  const introduction = await introductionOf(caseFile, cooperation);
  return (person, change) => ({
    ...{ notice: 'convocation', meeting: meetingHeading(meeting) },
    ...(change && { change }),
    ...(!introduced.some((mail) => mail.person === person.id) &&
      change?.kind !== 'cancelled' &&
      change?.kind !== 'withdrawn' &&
      change?.kind !== 'undated' && { introduction: introduction(person) }),
  });
}

/** The meeting as a calendar object, in each reader's language. */
export const meetingCalendar =
  (
    { sender, now }: Outside,
    { id, programme }: CooperationRow,
    { startsAt, endsAt, timeZone, link, place }: MeetingRow,
    { sequence, method }: Pick<Invitation, 'sequence' | 'method'>,
  ): NonNullable<Delivery['calendar']> =>
  ({ language }) => ({
    uid: coordinationUid(id, sender.domain),
    ...{ sequence, method, startsAt, endsAt, timeZone },
    summary: `${stepLabel('coordination', language)} · ${programme.subject}`,
    description: programme.title,
    stamp: now(),
    ...(place && { location: place }),
    ...(link && { url: link }),
  });
