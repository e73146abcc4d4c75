import type { Effect } from '../domain/kinds/kind.ts';
import { refused } from '../domain/refusal.ts';
import { scopeOf } from '../domain/request.ts';
import { readContent } from './contents.ts';
import { programmeIn } from './cooperations.ts';
import type { CaseFileTransaction } from './database/database.ts';
import type { AnswerRow, MeetingRow, PersonRow, RequestRow, SessionRow } from './database/schema.ts';
import { hashOf } from './filing.ts';
import { meetingOf, moveMeeting } from './meetings.ts';
import { everyoneOf } from './people.ts';
import { annulProgrammes } from './programmes.ts';
import { readRecord } from './record.ts';
import { commitmentsAskedIn, untellCommitments, withdrawCommitments } from './results/commitments.ts';
import { revisePlannedContents, sessionOf } from './sessions.ts';

/** What is undone with an answer that is annulled, by the effect that its kind declares. */

type UndoneAnswer = { request: RequestRow; answer: AnswerRow; at: string };
export type Undone = {
  /** The session that has no date any more, as it was with it. */
  undated?: SessionRow;
  /** The coordination meeting as it was with the date that was set for it, and whether people were convened to that. */
  moved?: MeetingRow & { convened: boolean };
  /** Those who take no part any more. */
  unnamed?: PersonRow[];
};
/** @throws Refused `AnswerLasts` */
type UndoEffect = (tx: CaseFileTransaction, undone: UndoneAnswer) => Promise<Undone>;

export const UNDONE_EFFECTS: Readonly<Record<Effect, UndoEffect>> = {
  none: async () => ({}),
  'fixes-date': clearDate,
  'records-session': holdAfterAll,
  'answers-question': forgetAnswer,
  'records-meeting': forgetMeeting,
  'sets-meeting': moveMeetingBack,
  'names-consultant': async (tx, { request: { cooperation } }) => ({
    unnamed: (await everyoneOf(tx, cooperation)).filter(
      ({ role, active }) => role === 'consultant' && active,
    ),
  }),
  'revises-programme': bringBack,
  'translates-programme': printAnew,
  'tells-commitments': askAboutCommitments,
};

/** What the coordination meeting agreed is asked for again; or it was held after all, on the date that it has still. */
async function forgetMeeting(
  tx: CaseFileTransaction,
  { request, answer, at }: UndoneAnswer,
): Promise<Undone> {
  const { id, cooperation, subjectHash } = request;
  const { startsAt, cancelledAt } = await meetingOf(tx, cooperation);
  const held = answer.decision === 'done';
  if (!held && (cancelledAt !== null || hashOf([startsAt]) !== subjectHash))
    return refused({ code: 'AnswerLasts', request: id, why: 'meeting-moved' });
  await tx
    .updateTable('meeting')
    .set(held ? { minutes: null, attendance: null, outputs: null, recordedAt: null } : { notHeldAt: null })
    .where('cooperation', '=', cooperation)
    .execute();
  if (held) await withdrawCommitments(tx, { cooperation, origin: 'coordination', at });
  // The next version comes after what is recorded then.
  if (held) await annulProgrammes(tx, { cooperation, approvedIn: scopeOf(request), since: answer.at, at });
  return {};
}

/** The meeting has the date again on which it was not held. */
async function moveMeetingBack(
  tx: CaseFileTransaction,
  { request, answer, at }: UndoneAnswer,
): Promise<Undone> {
  const { id, cooperation, openedAt } = request;
  const meeting = await meetingOf(tx, cooperation);
  const set = (await readRecord(tx, cooperation)).find(({ key }) => key === `meeting-set:${id}`);
  const previous = set?.data.previousStartsAt;
  if (
    meeting.cancelledAt !== null ||
    typeof previous !== 'string' ||
    Date.parse(meeting.startsAt) !== Date.parse(answer.data.startsAt ?? '')
  )
    return refused({ code: 'AnswerLasts', request: id, why: 'meeting-moved' });
  if (Date.parse(meeting.startsAt) <= Date.parse(at))
    return refused({ code: 'AnswerLasts', request: id, why: 'meeting-begun' });
  await moveMeeting(tx, meeting, previous, openedAt);
  return { moved: { ...meeting, convened: meeting.sequence > Number(set?.data.sequence) } };
}

/** The programme is what it was before the revision; the versions that it was made in stand no more. */
async function bringBack(tx: CaseFileTransaction, { request, answer, at }: UndoneAnswer): Promise<Undone> {
  const { id, cooperation } = request;
  const written = async (hash: string | null) => {
    const value = hash === null ? undefined : await readContent(tx, cooperation, hash);
    return value && 'programme' in value ? value.programme : undefined;
  };
  const [before, revised] = [await written(answer.before), await written(answer.content)];
  const programme = await programmeIn(tx, cooperation);
  if (!before || hashOf(programme) !== hashOf(revised))
    return refused({ code: 'AnswerLasts', request: id, why: 'programme-since' });
  await revisePlannedContents(tx, cooperation, before);
  await annulProgrammes(tx, { cooperation, approvedIn: scopeOf(request), since: answer.at, at });
  return {};
}

/** The versions that print it stand no more. */
async function printAnew(tx: CaseFileTransaction, { request, answer, at }: UndoneAnswer): Promise<Undone> {
  const { cooperation } = request;
  await annulProgrammes(tx, { cooperation, approvedIn: scopeOf(request), since: answer.at, at });
  return {};
}

/** Nothing has been told of its commitments, but for those that were put off and are asked about in a later request. */
async function askAboutCommitments(tx: CaseFileTransaction, { request }: UndoneAnswer): Promise<Undone> {
  if ((await commitmentsAskedIn(tx, request)).length === 0)
    return refused({ code: 'AnswerLasts', request: request.id, why: 'asked-since' });
  await untellCommitments(tx, request);
  return {};
}

async function clearDate(tx: CaseFileTransaction, { request, answer, at }: UndoneAnswer): Promise<Undone> {
  const { id, cooperation, item } = request;
  const { startsAt } = answer.data;
  if (startsAt === undefined || item === null) return {};
  const session = await sessionOf(tx, cooperation, item);
  if (!session.startsAt || Date.parse(session.startsAt) !== Date.parse(startsAt))
    return refused({ code: 'AnswerLasts', request: id, why: 'date-moved' });
  if (Date.parse(startsAt) <= Date.parse(at))
    return refused({ code: 'AnswerLasts', request: id, why: 'date-begun' });
  await tx
    .updateTable('session')
    .set({ startsAt: null, endsAt: null, agendaFor: null })
    .where('cooperation', '=', cooperation)
    .where('number', '=', item)
    .execute();
  return { undated: session };
}

/** That a session was not held is wrong; it has to have the date still on which it was. */
async function holdAfterAll(tx: CaseFileTransaction, { request }: UndoneAnswer): Promise<Undone> {
  const { id, cooperation, item, subjectHash } = request;
  if (item === null) return {};
  const { startsAt } = await sessionOf(tx, cooperation, item);
  return hashOf([item, startsAt]) === subjectHash
    ? {}
    : refused({ code: 'AnswerLasts', request: id, why: 'date-since' });
}

async function forgetAnswer(tx: CaseFileTransaction, { request }: UndoneAnswer): Promise<Undone> {
  const { cooperation, item } = request;
  if (item !== null)
    await tx
      .updateTable('question')
      .set({ answer: null, answeredBy: null, answeredAt: null })
      .where('cooperation', '=', cooperation)
      .where('number', '=', item)
      .execute();
  return {};
}
