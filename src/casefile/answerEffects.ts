import type { Answer } from '../domain/answer.ts';
import type { Content } from '../domain/content.ts';
import { HOUR_MS } from '../domain/dates/durations.ts';
import { personId } from '../domain/ids.ts';
import type { Effect } from '../domain/kinds/kind.ts';
import { CONSULTANT } from '../domain/methodology.ts';
import { keepContent } from './contents.ts';
import { programmeIn } from './cooperations.ts';
import { type CaseFileTransaction, json } from './database/database.ts';
import type { RequestRow } from './database/schema.ts';
import { consultantOf, hashOf } from './filing.ts';
import { meetingOf, moveMeeting } from './meetings.ts';
import { everyoneOf } from './people.ts';
import { addToRecord } from './record.ts';
import { type CommitmentSource, recordCommitments, recordFulfilment } from './results/commitments.ts';
import { revisePlannedContents } from './sessions.ts';

/** What a recorded answer changes beyond itself, by the effect that its kind declares. */

/** An answer that was recorded, and what it is about, for what it changes beyond itself. */
type RecordedAnswer = {
  request: RequestRow;
  answer: Answer;
  content: Content | undefined;
  at: string;
};
type ApplyEffect = (tx: CaseFileTransaction, recorded: RecordedAnswer) => Promise<void>;

export const APPLIED_EFFECTS: Readonly<Record<Effect, ApplyEffect>> = {
  none: async () => {},
  'fixes-date': fixDate,
  'records-meeting': recordMeeting,
  'sets-meeting': setMeeting,
  'records-session': recordSession,
  'answers-question': answerQuestion,
  'names-consultant': nameConsultant,
  'revises-programme': reviseProgramme,
  'translates-programme': async () => {},
  'tells-commitments': async (tx, recorded) => {
    if (recorded.content && 'fulfilment' in recorded.content)
      await recordFulfilment(tx, recorded, recorded.content.fulfilment);
  },
};

const entryOf = ({ request: { cooperation }, answer, at }: RecordedAnswer) => ({
  cooperation,
  at,
  party: answer.party,
  person: answer.by,
});

/** What is answered anew, since it was annulled, is on record once more. */
const onceMore = (key: string, { id, renews }: RequestRow): string => (renews ? `${key}:${id}` : key);

async function fixDate(tx: CaseFileTransaction, recorded: RecordedAnswer): Promise<void> {
  const { request, answer } = recorded;
  const { cooperation, item } = request;
  if (answer.decision !== 'date' || item === null) return;
  const { startsAt } = answer;
  const { hours } = await tx
    .selectFrom('session')
    .select('hours')
    .where('cooperation', '=', cooperation)
    .where('number', '=', item)
    .executeTakeFirstOrThrow();
  const endsAt = new Date(Date.parse(startsAt) + hours * HOUR_MS).toISOString();
  await tx
    .updateTable('session')
    .set({ startsAt, endsAt })
    .where('cooperation', '=', cooperation)
    .where('number', '=', item)
    .execute();
  await addToRecord(tx, {
    ...entryOf(recorded),
    key: `date-fixed:${request.id}`,
    kind: 'date-fixed',
    data: { session: item, startsAt },
  });
}

/** What the coordination meeting agreed on; or that it was not held. */
async function recordMeeting(tx: CaseFileTransaction, recorded: RecordedAnswer): Promise<void> {
  const { request, answer, content, at } = recorded;
  const { cooperation } = request;
  const meeting = tx.updateTable('meeting').where('cooperation', '=', cooperation);
  if (answer.decision === 'not-held') {
    await meeting.set({ notHeldAt: at }).execute();
    return;
  }
  if (answer.decision !== 'done' || !content || !('minutes' in content)) return;
  const { minutes, attendance, outputs } = content;
  await meeting
    .set({ minutes, attendance: json(attendance), outputs: json(outputs), recordedAt: at })
    .execute();
  const key = onceMore('meeting-recorded', request);
  await addToRecord(tx, { ...entryOf(recorded), key, kind: 'meeting-recorded' });
  await commit(tx, recorded, { origin: 'coordination', session: null });
}

async function setMeeting(tx: CaseFileTransaction, recorded: RecordedAnswer): Promise<void> {
  const { request, answer } = recorded;
  const { cooperation } = request;
  if (answer.decision !== 'date') return;
  const { startsAt } = answer;
  const meeting = await meetingOf(tx, cooperation);
  await moveMeeting(tx, meeting, startsAt);
  await addToRecord(tx, {
    ...entryOf(recorded),
    key: `meeting-set:${request.id}`,
    kind: 'meeting-set',
    data: { startsAt, previousStartsAt: meeting.startsAt, sequence: meeting.sequence },
  });
}

async function recordSession(tx: CaseFileTransaction, recorded: RecordedAnswer): Promise<void> {
  const { request, answer, content, at } = recorded;
  const { cooperation, item } = request;
  if (answer.decision !== 'done' || !content || !('minutes' in content) || item === null) return;
  await tx
    .updateTable('session')
    .set({
      minutes: content.minutes,
      attendance: json(content.attendance),
      outputs: json(content.outputs),
      recordedAt: at,
    })
    .where('cooperation', '=', cooperation)
    .where('number', '=', item)
    .execute();
  await addToRecord(tx, {
    ...entryOf(recorded),
    key: `session-recorded:${item}`,
    kind: 'session-recorded',
    data: { session: item, outputs: content.outputs.length },
  });
  await commit(tx, recorded, { origin: 'session', session: item });
}

/** What the minutes say that somebody took upon themselves. */
async function commit(
  tx: CaseFileTransaction,
  recorded: RecordedAnswer,
  of: Pick<CommitmentSource, 'origin' | 'session'>,
): Promise<void> {
  const { content, request } = recorded;
  if (content && 'minutes' in content)
    await recordCommitments(
      tx,
      { ...entryOf(recorded), ...of, key: `commitments:${request.id}` },
      content.commitments,
    );
}

async function answerQuestion(tx: CaseFileTransaction, recorded: RecordedAnswer): Promise<void> {
  const { request, answer, content, at } = recorded;
  const { cooperation, item } = request;
  if (!content || !('text' in content) || item === null) return;
  await tx
    .updateTable('question')
    .set({ answer: content.text, answeredBy: answer.by, answeredAt: at })
    .where('cooperation', '=', cooperation)
    .where('number', '=', item)
    .execute();
  await addToRecord(tx, {
    ...entryOf(recorded),
    // One that is answered anew is on record once more.
    key: `question-answered:${request.renews ? request.id : item}`,
    kind: 'question-answered',
    data: { question: item },
  });
}

async function nameConsultant(tx: CaseFileTransaction, recorded: RecordedAnswer): Promise<void> {
  const { request, content } = recorded;
  if (!content || !('email' in content)) return;
  const programme = await programmeIn(tx, request.cooperation);
  const before = (await everyoneOf(tx, request.cooperation)).filter(({ role }) => role === 'consultant');
  await tx
    .insertInto('person')
    .values({ ...consultantOf(content, programme), id: personId(CONSULTANT, before.length + 1) })
    .execute();
  const key = onceMore('consultant-named', request);
  await addToRecord(tx, { ...entryOf(recorded), key, kind: 'consultant-named' });
}

/** The texts of the programme are others; those before are kept, for when the revision is annulled. */
async function reviseProgramme(
  tx: CaseFileTransaction,
  { request, answer, content, at }: RecordedAnswer,
): Promise<void> {
  if (!content || !('programme' in content)) return;
  const { cooperation, id } = request;
  const value = { programme: await programmeIn(tx, cooperation) };
  const before = hashOf(value);
  await keepContent(tx, cooperation, before, value, at);
  await tx
    .updateTable('answer')
    .set({ before })
    .where('cooperation', '=', cooperation)
    .where('request', '=', id)
    .where('party', '=', answer.party)
    .where('withdrawnAt', 'is', null)
    .execute();
  await revisePlannedContents(tx, cooperation, content.programme);
}
