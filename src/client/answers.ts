import { createHash } from 'node:crypto';
import { keepContent } from '../casefile/contents.ts';
import type { PersonRow, RequestRow } from '../casefile/database/schema.ts';
import { forgetDoor, noteDoor } from '../casefile/doors.ts';
import { hashOf } from '../casefile/filing.ts';
import { nothingNew } from '../casefile/nothingNew.ts';
import {
  everyAnswerTo,
  findRequest,
  recordAnswer,
  requestState,
  takeAnswerBack,
  unseenIn,
} from '../casefile/requests.ts';
import { type Answer, malformedAnswer } from '../domain/answer.ts';
import type { Door } from '../domain/door.ts';
import { type Enclosure, isWritten } from '../domain/kinds/kind.ts';
import { type RefusalCode, Refused, refused } from '../domain/refusal.ts';
import {
  nextRevision,
  owing,
  type ReceivedAnswer,
  type RequestState,
  refuse,
  refuseTakeBack,
} from '../domain/request.ts';
import { type ByToken, heldAgainstHolder, howRecorded } from './came.ts';
import { type CooperationClient, cooperationOf, personOf } from './cooperationClient.ts';
import { noteDifferences } from './documents.ts';
import {
  type KeptContent,
  keptOf,
  keptWithReport,
  knownDocuments,
  type Reading,
  startOf,
} from './enclosures.ts';
import { type Enclosures, type GivenAnswer, type GivenTakeBack, heldAgainst } from './givenAnswer.ts';

/** Answers a request in a person's name. `door`: how whoever gives it was let in. @throws Refused */
export async function answer(
  client: CooperationClient,
  cooperation: string,
  given: GivenAnswer,
  door: Door = { door: 'outside' },
): Promise<{ at: string; stillOwing: string[] }> {
  const { caseFile, now } = client;
  await cooperationOf(client, cooperation);
  const request = await findRequest(caseFile, cooperation, given.request);
  if (!request) return refused({ code: 'RequestUnknown', request: given.request });
  const by = await personOf(client, cooperation, given.by);
  const state = await requestState(caseFile, request);
  const { message: sent, kept } = await messageOf(client, request, by, given, state);
  const question = await nothingNew(caseFile, request, kept[0]);
  const message = question && given.confirmed ? { ...sent, confirmed: true } : sent;
  // The same answer once more, from a retried click or a lost reply, stands; its workflow may not have heard of it.
  const again = standingIn(state, message);
  if (!again) {
    // What the workflow would refuse is refused here, before anything of it is kept.
    const refusal = refuse(state, message);
    if (refusal) refused(refusal);
    if (question && !given.confirmed) refused(question);
    const unseen = await unseenIn(caseFile, cooperation, kept[0]?.value);
    if (unseen) refused(unseen);
    for (const { hash, value } of kept) await keepContent(caseFile, cooperation, hash, value, now());
    await noteDifferences(client, request, message);
    if (door.door !== 'outside') await noteDoor(caseFile, cooperation, message, door, now());
  }
  try {
    const { at, stillOwing } = await sendAnswer(client, cooperation, message);
    await readBack(client, request, message, at);
    await forgetDoor(caseFile, cooperation, message);
    return { at: again?.at ?? at, stillOwing };
  } catch (error) {
    // What may still be under way keeps its door.
    if (error instanceof Refused && error.code !== 'Unavailable')
      await forgetDoor(caseFile, cooperation, message);
    if (!isPast(error)) throw error;
    // A workflow that has moved on refuses what it took before, in an earlier run perhaps.
    const after = await requestState(
      caseFile,
      (await findRequest(caseFile, cooperation, request.id)) ?? request,
    );
    const taken = standingIn(after, message);
    if (taken) return { at: taken.at, stillOwing: owing(after) };
    // The case file knows how a request ended, also when its workflow is over.
    throw new Refused(refuse(after, message) ?? error.refusal);
  }
}

/**
 * The same by a token of the API. Its holder answers as themselves; for anybody else it has to be said who of the
 * Secretariat records the answer and how it came.
 * @throws Refused `RecordedMissing` and what {@link answer} is refused with
 */
export async function answerByToken(
  client: CooperationClient,
  cooperation: string,
  given: GivenAnswer,
  token: ByToken,
) {
  await heldAgainstHolder(client, cooperation, given, token);
  return answer(client, cooperation, given, token.door);
}

/** Takes an answer back in a person's name, by the same rule. @throws Refused */
export async function takeBackByToken(
  client: CooperationClient,
  cooperation: string,
  given: GivenTakeBack,
  token: ByToken,
) {
  await heldAgainstHolder(client, cooperation, given, token);
  return takeBack(client, cooperation, given, token.door);
}

/**
 * What a workflow says that it took stands in the case file, unless that was put back to a time before: the workflow does
 * not record it again, so it is entered here. @throws Refused
 */
async function readBack(
  { caseFile }: CooperationClient,
  request: RequestRow,
  message: Answer,
  at: string,
): Promise<void> {
  const { cooperation, id } = request;
  const { party, revision = 1 } = message;
  // One that was taken back or corrected since was recorded, too.
  const filed = await everyAnswerTo(caseFile, cooperation, id);
  if (filed.some((one) => one.party === party && one.revision === revision)) return;
  const refusal = await recordAnswer(caseFile, request.cooperation, message, at);
  if (refusal) refused(refusal);
}

/** Sends an answer to the workflow of its request; once, however often the same one is sent. */
export const sendAnswer = (
  { workflows }: Pick<CooperationClient, 'workflows'>,
  cooperation: string,
  message: Answer,
) => {
  const updateId = createHash('sha256').update(JSON.stringify(message)).digest('hex').slice(0, 40);
  return workflows.respond(cooperation, message, updateId);
};

/** The workflow has taken an answer of the party, or has gone on without one. */
const PAST: readonly RefusalCode[] = ['AlreadyAnswered', 'RequestClosed', 'RequestUnknown', 'NotUnderWay'];
const isPast = (error: unknown): error is Refused => error instanceof Refused && PAST.includes(error.code);

const standingIn = ({ answers }: RequestState, message: Answer): ReceivedAnswer | undefined =>
  answers.find(({ at: _, ...earlier }) => hashOf(earlier) === hashOf(message));

/** The answer as it travels: ids, hashes and codes, with what is left in the case file. @throws Refused */
async function messageOf(
  client: CooperationClient,
  request: RequestRow,
  by: PersonRow,
  given: GivenAnswer,
  state: RequestState,
): Promise<{ message: Answer; kept: KeptContent[] }> {
  const { request: _, by: __, subject, recorded, revision, confirmed: ___, seen, ...decided } = given;
  const { decision } = decided;
  const { enclosed, takes, needs } = heldAgainst(request, decided);
  const reading = { client, request, by, seen };
  const content = await contentOf(reading, enclosed, takes);
  if (!content && needs && isWritten(needs)) {
    const { id, kind } = request;
    return needs === 'reason'
      ? refused({ code: 'ReasonMissing', request: id })
      : refused({ code: 'ContentMissing', request: id, kind, needs });
  }
  const how = recorded && (await recordedHow(client, request, recorded));
  const { documents, commitments, lessons, funding, marks, date, publish } = enclosed;
  const committed = await keptWithReport({ commitments, lessons, funding }, reading);
  const message = {
    ...{ request: request.id, subject, party: by.party, by: by.id, decision },
    ...(content && { content: content.hash }),
    ...(documents && { documents: await knownDocuments(client, request.cooperation, documents, by.party) }),
    ...(committed && { commitments: committed.hash }),
    ...(marks && { marks }),
    ...(publish && { publish }),
    ...(date !== undefined && { startsAt: await startOf(reading, date) }),
    ...(how && { recorded: { by: recorded.by, how: how.hash } }),
    ...numbered(state, by.party, revision),
  } as Answer;
  const mistaken = malformedAnswer(message);
  if (mistaken) return refused(mistaken);
  return { message, kept: [content, committed, how].filter((one) => one !== undefined) };
}

/** The number of an answer that is not the first of its party: of the one it is again, or of the next. */
function numbered(state: RequestState, party: string, given: number | undefined): Pick<Answer, 'revision'> {
  const next = nextRevision(state, party);
  const stands = state.answers.some((one) => one.party === party);
  const revision = given ?? (stands ? next - 1 : next);
  return revision > 1 ? { revision } : {};
}

/** Takes the answer of a person's party back, as long as another still owes theirs. @throws Refused */
export async function takeBack(
  client: CooperationClient,
  cooperation: string,
  given: GivenTakeBack,
  door: Door = { door: 'outside' },
): Promise<{ at: string; stillOwing: string[] }> {
  const { caseFile, workflows, now } = client;
  await cooperationOf(client, cooperation);
  const request = await findRequest(caseFile, cooperation, given.request);
  if (!request) return refused({ code: 'RequestUnknown', request: given.request });
  const { party, id: by } = await personOf(client, cooperation, given.by);
  const state = await requestState(caseFile, request);
  const revision = given.revision ?? nextRevision(state, party) - 1;
  if (revision < 1) return refused({ code: 'AnswerNotStanding', request: request.id, party, revision: 1 });
  const how = given.recorded && (await recordedHow(client, request, given.recorded));
  const recorded = how && given.recorded && { by: given.recorded.by, how: how.hash };
  const message = { request: request.id, party, by, revision, ...(recorded && { recorded }) };
  // Once more, from a retried click or a lost reply: it has been taken back.
  const again = (await everyAnswerTo(caseFile, cooperation, request.id)).find(
    (one) => one.party === party && one.revision === revision && one.withdrawnHow === 'taken-back',
  );
  if (again?.withdrawnAt && again.withdrawnBy === by)
    return { at: again.withdrawnAt, stillOwing: owing(state) };
  const refusal = refuseTakeBack(state, message);
  if (refusal) return refused(refusal);
  if (how) await keepContent(caseFile, cooperation, how.hash, how.value, now());
  if (door.door !== 'outside') await noteDoor(caseFile, cooperation, message, door, now());
  const { at, stillOwing } = await workflows.takeBack(cooperation, message);
  // What a workflow says that it took stands in the case file, unless that was put back to a time before.
  const unfiled = await takeAnswerBack(caseFile, cooperation, message, at);
  await forgetDoor(caseFile, cooperation, message);
  if (unfiled) return refused(unfiled);
  return { at, stillOwing };
}

const recordedHow = (
  client: CooperationClient,
  { id, cooperation }: RequestRow,
  recorded: NonNullable<GivenAnswer['recorded']>,
): Promise<KeptContent> => howRecorded(client, cooperation, { ...recorded, request: id });

/** What was written beside the decision: one thing at most. */
async function contentOf(
  reading: Reading,
  enclosed: Enclosures,
  takes: readonly Enclosure[],
): Promise<KeptContent | undefined> {
  const written = takes.find(isWritten);
  return written && keptOf(written, enclosed[written], reading);
}
