import { isDeepStrictEqual } from 'node:util';
import type { Answer, Subject, TakeBack, Withdrawal } from '../domain/answer.ts';
import { isOfProgramme } from '../domain/change.ts';
import {
  type Commitment,
  type Content,
  committed as committedShape,
  type WithReport,
} from '../domain/content.ts';
import { dateIn } from '../domain/dates/dates.ts';
import type { Door, OutsideAnswers } from '../domain/door.ts';
import type { Lapse } from '../domain/endings.ts';
import { kinds, type RequestKind } from '../domain/kinds/index.ts';
import { anyDateFrom } from '../domain/methodology.ts';
import { meetingTimes } from '../domain/programme/planOf.ts';
import type { Refusal } from '../domain/refusal.ts';
import {
  endingOf,
  type ReceivedAnswer,
  type RequestState,
  refuseTakeBack,
  type Standing,
} from '../domain/request.ts';
import { APPLIED_EFFECTS } from './answerEffects.ts';
import { unseenChanges } from './changes/since.ts';
import { readContent } from './contents.ts';
import { programmeIn } from './cooperations.ts';
import {
  type CaseFile,
  type CaseFileTransaction,
  changing,
  json,
  listed,
  type OneOrMore,
} from './database/database.ts';
import type { AnswerRow, PersonRow, RequestRow, Slot } from './database/schema.ts';
import { doorOf } from './doors.ts';
import { hashOf } from './filing.ts';
import { absenceOn, absencesOf, handOversOf } from './handOvers.ts';
import { withdrawMails } from './mails/mails.ts';
import { nothingNew } from './nothingNew.ts';
import { findPerson } from './people.ts';
import { addToRecord, type Entry } from './record.ts';
import { noteAsked, recordCommitments, withdrawCommitments } from './results/commitments.ts';
import { slotsOf } from './sessions.ts';
import { enterHandedIn } from './waitingFiles.ts';

export type NewRequest = {
  cooperation: string;
  id: string;
  kind: RequestKind;
  round: number;
  item: number | null;
  parties: string[];
  subject: Subject;
  trouble: string | null;
  windowRanOut?: RequestRow['windowRanOut'];
  until?: string | null;
  /** The request that it takes the place of. */
  renews?: string | null;
  openedAt: string;
  dueAt: string;
  reminders: string[];
  /** The numbers of the commitments that it asks about. */
  commitments?: readonly number[] | undefined;
};

/** Enters a request; one that is there already stays as it was first entered, and is returned. */
export async function enterRequest(db: CaseFile, request: NewRequest): Promise<RequestRow> {
  return changing(db, request.cooperation, async (tx) => {
    const { commitments = [], ...entered } = request;
    const { row, entry } = await fileRequest(tx, entered);
    await addToRecord(tx, entry);
    if (Date.parse(row.openedAt) === Date.parse(request.openedAt)) await noteAsked(tx, row, commitments);
    return row;
  });
}

/** The same within a transaction; returns what the record has of it. */
export async function fileRequest(
  tx: CaseFile,
  request: Omit<NewRequest, 'commitments'>,
): Promise<{ row: RequestRow; entry: Entry }> {
  const { cooperation, id, subject, parties, reminders, ...rest } = request;
  await tx
    .insertInto('request')
    .values({
      ...rest,
      cooperation,
      id,
      subjectRef: subject.ref,
      subjectHash: subject.hash,
      parties: json(parties),
      reminders: json(reminders),
      waived: json([]),
      closedAt: null,
      outcome: null,
      lapse: null,
    })
    .onConflict((conflict) => conflict.columns(['cooperation', 'id']).doNothing())
    .execute();
  return {
    row: (await findRequest(tx, cooperation, id)) as RequestRow,
    entry: {
      cooperation,
      key: `request-opened:${id}`,
      at: request.openedAt,
      kind: 'request-opened',
      data: { request: id, kind: request.kind, parties, due: request.dueAt, subject },
    },
  };
}

export const findRequest = (db: CaseFile, cooperation: string, id: string): Promise<RequestRow | undefined> =>
  db
    .selectFrom('request')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('id', '=', id)
    .executeTakeFirst();

/** The answers that stand. */
export const answersTo = async (
  db: CaseFile,
  cooperation: OneOrMore,
  request?: string,
): Promise<AnswerRow[]> => (await everyAnswerTo(db, cooperation, request)).filter(isStanding);

/** Those, too, that were taken back or corrected. */
export const everyAnswerTo = (
  db: CaseFile,
  cooperation: OneOrMore,
  request?: string,
): Promise<AnswerRow[]> => {
  const answers = db
    .selectFrom('answer')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('at')
    .orderBy('revision');
  return (request ? answers.where('request', '=', request) : answers).execute();
};

export const isStanding = ({ withdrawnAt }: Pick<AnswerRow, 'withdrawnAt'>): boolean => withdrawnAt === null;

/** The parties that still owe an answer. */
export const owingOf = (
  { parties, waived }: Pick<RequestRow, 'parties' | 'waived'>,
  answers: readonly Pick<AnswerRow, 'party'>[],
): string[] =>
  parties.filter((party) => !waived.includes(party) && !answers.some((answer) => answer.party === party));

/** What came of a request once nobody owes an answer any more. */
const outcomeOf = (answers: readonly Pick<AnswerRow, 'decision'>[]): string =>
  answers.some(({ decision }) => decision === 'changes') ? 'changes' : (answers.at(-1)?.decision ?? 'waived');

/** The request that stands in the place of one in which an answer was annulled; that one itself where there is none. */
export async function standingInPlace(db: CaseFile, row: RequestRow): Promise<RequestRow> {
  const next = await db
    .selectFrom('request')
    .selectAll()
    .where('cooperation', '=', row.cooperation)
    .where('renews', '=', row.id)
    .executeTakeFirst();
  return next ? standingInPlace(db, next) : row;
}

/** The answers that stand of the requests in whose place one is asked anew. */
async function keptFor(
  db: CaseFile,
  { cooperation, renews }: Pick<RequestRow, 'cooperation' | 'renews'>,
): Promise<AnswerRow[]> {
  const before = renews ? await findRequest(db, cooperation, renews) : undefined;
  return before ? [...(await keptFor(db, before)), ...(await answersTo(db, cooperation, before.id))] : [];
}

const received = (
  { request, party, by, decision, content, data: { inPlaceOf: _, ...data }, at, revision }: AnswerRow,
  subject: string,
): ReceivedAnswer =>
  ({
    ...{ request, subject, party, by, decision },
    ...(content && { content }),
    ...data,
    ...(revision > 1 && { revision }),
    at,
  }) as ReceivedAnswer;

/** A request as its workflow has it, from the case file. */
export async function requestState(db: CaseFile, row: RequestRow): Promise<RequestState> {
  const { cooperation, id, kind, item, round, waived, openedAt, windowRanOut } = row;
  const proposal =
    kinds[kind].about === 'dates' && item !== null ? await slotsOf(db, cooperation, item, round) : undefined;
  const every = await everyAnswerTo(db, cooperation, id);
  const takenBack = countsOf(every.filter((one) => !isStanding(one)).map(({ party }) => party));
  const answers = every.filter(isStanding).map((one) => received(one, row.subjectHash));
  // Of what had passed when it was entered, any day since the parties first met.
  const { from, to } = anyDateFrom(openedAt);
  const anyDate = { from: windowRanOut === 'entered' ? await firstMeetingOf(db, cooperation) : from, to };
  return {
    id,
    kind,
    of: row.parties,
    subject: { ref: row.subjectRef, hash: row.subjectHash },
    openedAt,
    dueAt: row.dueAt,
    ...(waived.length > 0 && { waived }),
    ...(row.windowRanOut && { windowRanOut: row.windowRanOut }),
    ...(row.lapse && { lapsed: row.lapse }),
    answers,
    // Another date, of no poll, lies ahead.
    ...(kinds[kind].about !== 'dates' && kinds[kind].decisions.date && { within: anyDate }),
    ...(Object.keys(takenBack).length > 0 && { takenBack }),
    ...(proposal && {
      slots: slotsAhead(row, proposal.slots).map((slot) => slot.id),
      ...(kinds[kind].decisions.date && {
        within: windowRanOut ? anyDate : { from: proposal.opensAt, to: proposal.closesAt },
      }),
    }),
  };
}

/** When the coordination meeting was to be held by the programme. */
const firstMeetingOf = async (db: CaseFile, id: string): Promise<string> =>
  meetingTimes(await programmeIn(db, id)).startsAt;

const countsOf = (codes: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(codes, (code) => code)].map(([code, { length }]) => [code, length] as const),
  );

/** Of the dates that a poll proposed, those that may still be set when the Secretariat is asked for one that lies ahead. */
export const slotsAhead = (
  { kind, windowRanOut, openedAt }: Pick<RequestRow, 'kind' | 'windowRanOut' | 'openedAt'>,
  slots: readonly Slot[],
): Slot[] => {
  const ahead = slots.filter(({ startsAt }) => Date.parse(startsAt) > Date.parse(openedAt));
  // All past where its poll did not run out: it is a demonstration.
  return kinds[kind].decisions.date && (windowRanOut || ahead.length > 0) ? ahead : [...slots];
};

/** Where a request stands, for a workflow to go on from. */
export async function standingOf(db: CaseFile, row: RequestRow): Promise<Standing> {
  const { item, told, reminded, remindedUntil, until } = row;
  const untold = (await everyAnswerTo(db, row.cooperation, row.id)).flatMap(
    ({ party, revision, withdrawnHow, withdrawnTold }) =>
      withdrawnHow === 'taken-back' && !withdrawnTold ? [{ party, revision }] : [],
  );
  const kept = (await keptFor(db, row)).map((one) => received(one, row.subjectHash));
  return {
    request: await requestState(db, row),
    ...(kept.length > 0 && { kept }),
    told,
    reminders: row.reminders.filter((at) => !remindedUntil || Date.parse(at) > Date.parse(remindedUntil)),
    reminded,
    ...(item !== null && { item }),
    ...(until && { until }),
    ...(untold.length > 0 && row.closedAt === null && { untold }),
  };
}

/** Those asked have been written to. */
/** What the Secretariat was first asked about sessions that had passed when the cooperation was entered, in their order. */
export const openedAfterTheFact = (db: CaseFile, cooperation: string): Promise<RequestRow[]> =>
  db
    .selectFrom('request')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('windowRanOut', '=', 'entered')
    .orderBy('item')
    .execute();

export const noteTold = (db: CaseFile, cooperation: string, id: string): Promise<unknown> =>
  db
    .updateTable('request')
    .set({ told: true })
    .where('cooperation', '=', cooperation)
    .where('id', '=', id)
    .execute();

/** A reminder, by its number, has gone out: the one that was planned for an instant, and what was missed before it. */
export const noteReminded = (
  db: CaseFile,
  cooperation: string,
  id: string,
  { number, at }: { number: number; at: string },
): Promise<unknown> =>
  db
    .updateTable('request')
    .set({ reminded: number, remindedUntil: at })
    .where('cooperation', '=', cooperation)
    .where('id', '=', id)
    .where('reminded', '<', number)
    .execute();

/** What has been changed of a programme since whoever revised it looked. */
export const unseenIn = async (
  db: CaseFile,
  cooperation: string,
  content: Content | undefined,
): Promise<Refusal | undefined> =>
  content && 'programme' in content && content.seen !== undefined
    ? unseenChanges(db, cooperation, content.seen, ({ change }) => isOfProgramme(change))
    : undefined;

/**
 * Records an answer that its workflow accepted, with all it changes here, in one transaction: once.
 * Refuses one by somebody who is not in the cooperation or no longer answers for the party.
 */
export async function recordAnswer(
  db: CaseFile,
  cooperation: string,
  answer: Answer,
  at: string,
  outside: OutsideAnswers = 'take',
): Promise<Refusal | null> {
  return changing(db, cooperation, async (tx) => {
    const given = (await everyAnswerTo(tx, cooperation, answer.request)).filter(
      ({ party }) => party === answer.party,
    );
    const standing = given.find(isStanding);
    const revision = given.length + 1;
    const said = saidIn(answer);
    const contentHash = ('content' in answer && answer.content) || null;
    if (standing) {
      const { inPlaceOf: _, ...before } = standing.data as Record<string, unknown>;
      const same =
        standing.by === answer.by &&
        standing.decision === answer.decision &&
        standing.content === contentHash &&
        isDeepStrictEqual(before, said);
      // Recorded already, by a workflow that could not finish: what it changed has been changed, and maybe again since.
      if (same) return null;
    }
    const person = await answererOf(tx, cooperation, answer);
    if ('code' in person) return person;
    if (standing && answer.revision !== revision) {
      const { request, by, party, decision } = standing;
      return { code: 'AlreadyAnswered', request, party, by, at: standing.at, decision };
    }
    if (answer.revision !== undefined && answer.revision !== revision) {
      const { request, party } = answer;
      return { code: 'AnswerNotStanding', request, party, revision: answer.revision };
    }
    const request = await findRequest(tx, cooperation, answer.request);
    if (!request) return { code: 'RequestUnknown', request: answer.request };
    // Overtaken by a change of the request.
    if (request.closedAt) {
      const how = endingOf(await requestState(tx, request)) ?? 'answered';
      const { id } = request;
      return standing
        ? { code: 'AnswerUsed', request: id, how }
        : { code: 'RequestClosed', request: id, how };
    }
    if (!request.parties.includes(answer.party))
      return { code: 'NotAsked', request: request.id, party: answer.party, of: request.parties };
    const past = await pastDate(tx, request, answer, at);
    if (past) return past;
    const content = contentHash ? await readContent(tx, cooperation, contentHash) : undefined;
    if (contentHash && !content) return { code: 'ContentUnknown', content: contentHash };
    const { recorded } = answer;
    if (recorded && !(await readContent(tx, cooperation, recorded.how)))
      return { code: 'ContentUnknown', content: recorded.how };
    const committed = await committedWith(tx, cooperation, answer);
    if (committed && 'code' in committed) return committed;
    const unseen = await unseenIn(tx, cooperation, content);
    if (unseen) return unseen;
    const door = await doorFor(tx, cooperation, answer, { decision: answer.decision, outside, at });
    if ('code' in door) return door;

    // Whoever sees no question is not asked it: what is nothing new is not taken from a Signal.
    const question =
      content && contentHash && (await nothingNew(tx, request, { hash: contentHash, value: content }));
    if (question && !answer.confirmed) return question;
    const nowhere = await enterHandedIn(tx, request, answer, at);
    if (nowhere) return nowhere;

    const inPlaceOf = await inWhosePlace(tx, request, person, at);
    const data = { ...said, ...(inPlaceOf && { inPlaceOf }) };
    if (standing) await withdraw(tx, standing, { by: answer.by, how: 'corrected', at });
    await tx
      .insertInto('answer')
      .values({
        cooperation,
        request: request.id,
        party: answer.party,
        by: answer.by,
        decision: answer.decision,
        content: contentHash,
        data: json(data),
        door: json(door),
        at,
        revision,
        withdrawnAt: null,
        withdrawnBy: null,
        withdrawnHow: null,
      })
      .onConflict((conflict) => conflict.columns(['cooperation', 'request', 'party', 'revision']).doNothing())
      .execute();
    const answers = await answersTo(tx, cooperation, request.id);
    const closed = await closeIfSettled(tx, request, answers, at);
    const { party, by, decision } = answer;
    const entries: Entry[] = [
      {
        cooperation,
        key: answerKey(request.id, party, revision),
        at,
        kind: 'answer-received',
        party,
        person: by,
        data: {
          request: request.id,
          kind: request.kind,
          decision,
          subject: answer.subject,
          ...data,
          door,
          ...(revision > 1 && { revision }),
          ...(standing && { corrects: standing.decision }),
        },
      },
    ];
    await addToRecord(tx, [...entries, ...closed]);
    await APPLIED_EFFECTS[kinds[request.kind].effect](tx, { request, answer, content, at });
    if (committed?.commitments) await recordCommitted(tx, cooperation, answer, committed.commitments, at);
    return null;
  });
}

/** They are those of the report from now on. */
const recordCommitted = (
  tx: CaseFileTransaction,
  cooperation: string,
  { request, party, by: person, revision = 1 }: Answer,
  commitments: Commitment[],
  at: string,
): Promise<void> =>
  recordCommitments(
    tx,
    {
      ...{ cooperation, origin: 'final-report', party, person, at },
      key: `commitments:${answerKey(request, party, revision)}`,
    },
    commitments,
  );

/** What came with a report beside its file, where its answer says so. */
async function committedWith(
  tx: CaseFile,
  cooperation: string,
  answer: Answer,
): Promise<WithReport | Extract<Refusal, { code: 'ContentUnknown' }> | undefined> {
  const hash = answer.decision === 'submit' ? answer.commitments : undefined;
  if (hash === undefined) return undefined;
  const written = await readContent(tx, cooperation, hash);
  return committedShape.safeParse(written).data ?? { code: 'ContentUnknown', content: hash };
}

/**
 * By which door an answer came, or is taken back; where this installation takes none from outside, the refusal, which is on
 * record.
 */
async function doorFor(
  tx: CaseFileTransaction,
  cooperation: string,
  sent: Answer | TakeBack,
  { decision, outside, at }: { decision: string; outside: OutsideAnswers; at: string },
): Promise<Door | Refusal> {
  const door = await doorOf(tx, cooperation, sent);
  if (door.door !== 'outside' || outside === 'take') return door;
  const { request, party, by: person } = sent;
  const refusal: Refusal = { code: 'OutsideRefused', request };
  await addToRecord(tx, {
    ...{ cooperation, at, kind: 'answer-refused', party, person },
    key: `answer-refused:${request}:${hashOf({ ...sent, decision })}`,
    data: { request, decision, code: refusal.code },
  });
  return refusal;
}

const answerKey = (request: string, party: string, revision: number): string =>
  `answer:${request}:${party}${revision > 1 ? `:${revision}` : ''}`;

/** An answer does not stand any more; it is kept, with who withdrew it and how. */
async function withdraw(
  tx: CaseFileTransaction,
  { cooperation, request, party, revision, data }: AnswerRow,
  { by, how, at }: { by: string; how: Withdrawal; at: string },
): Promise<void> {
  // One in its place says what of it stands.
  const hash = how === 'corrected' ? undefined : data.commitments;
  const written = hash && (await readContent(tx, cooperation, hash));
  if (written && committedShape.safeParse(written).data?.commitments)
    await withdrawCommitments(tx, { cooperation, origin: 'final-report', at });
  await tx
    .updateTable('answer')
    .set({ withdrawnAt: at, withdrawnBy: by, withdrawnHow: how })
    .where('cooperation', '=', cooperation)
    .where('request', '=', request)
    .where('party', '=', party)
    .where('revision', '=', revision)
    .execute();
}

/** The Secretariat annuls answers: they are kept, and do not stand any more. */
export async function annulAnswers(
  tx: CaseFileTransaction,
  answers: readonly AnswerRow[],
  { by, at }: { by: string; at: string },
): Promise<void> {
  for (const answer of answers) await withdraw(tx, answer, { by, how: 'annulled', at });
}

/** A request that was answered is closed as annulled: asked anew, it is another. */
export const closeAsAnnulled = (tx: CaseFileTransaction, { cooperation, id }: RequestRow): Promise<unknown> =>
  tx
    .updateTable('request')
    .set({ outcome: 'lapsed', lapse: 'annulled' })
    .where('cooperation', '=', cooperation)
    .where('id', '=', id)
    .execute();

/** Records that an answer was taken back, once; as long as the request is open. */
export async function takeAnswerBack(
  db: CaseFile,
  cooperation: string,
  given: TakeBack,
  at: string,
  outside: OutsideAnswers = 'take',
): Promise<Refusal | null> {
  return changing(db, cooperation, async (tx) => {
    const { request: id, party, by, revision } = given;
    const answer = (await everyAnswerTo(tx, cooperation, id)).find(
      (one) => one.party === party && one.revision === revision,
    );
    // Recorded already, by a workflow that could not finish.
    if (answer?.withdrawnHow === 'taken-back' && answer.withdrawnBy === by) return null;
    const person = await answererOf(tx, cooperation, given);
    if ('code' in person) return person;
    const request = await findRequest(tx, cooperation, id);
    if (!request) return { code: 'RequestUnknown', request: id };
    const refusal = refuseTakeBack(await requestState(tx, request), given);
    if (refusal || !answer) return refusal;
    const { recorded } = given;
    if (recorded && !(await readContent(tx, cooperation, recorded.how)))
      return { code: 'ContentUnknown', content: recorded.how };
    const door = await doorFor(tx, cooperation, given, { decision: answer.decision, outside, at });
    if ('code' in door) return door;
    await withdraw(tx, answer, { by, how: 'taken-back', at });
    await addToRecord(tx, {
      ...{ cooperation, key: `answer-taken-back:${id}:${party}:${revision}`, at },
      ...{ kind: 'answer-taken-back', party, person: by },
      data: {
        request: id,
        kind: request.kind,
        decision: answer.decision,
        given: answer.by,
        revision,
        ...(recorded && { recorded }),
        door,
      },
    });
    return null;
  });
}

/** Those who answer for a party have been told that it owes an answer again. */
export const noteTakenBackTold = (
  db: CaseFile,
  cooperation: string,
  { request, party, revision }: Pick<TakeBack, 'request' | 'party' | 'revision'>,
): Promise<unknown> =>
  db
    .updateTable('answer')
    .set({ withdrawnTold: true })
    .where('cooperation', '=', cooperation)
    .where('request', '=', request)
    .where('party', '=', party)
    .where('revision', '=', revision)
    .execute();

/** What an answer says besides its decision and its content. */
const saidIn = (answer: Answer) => ({
  ...(answer.decision === 'marks' && { marks: answer.marks }),
  ...(answer.decision === 'date' && { startsAt: answer.startsAt }),
  ...(answer.decision === 'approve' && answer.publish && { publish: answer.publish }),
  ...(answer.decision === 'done' && answer.documents && { documents: answer.documents }),
  ...(answer.recorded && { recorded: answer.recorded }),
  ...(answer.confirmed && { confirmed: true }),
  ...(answer.decision === 'submit' && answer.commitments && { commitments: answer.commitments }),
});

/** Who gives an answer or takes it back, or why they cannot. */
async function answererOf(
  tx: CaseFile,
  cooperation: string,
  { by, party }: Pick<Answer, 'by' | 'party'>,
): Promise<PersonRow | Refusal> {
  const person = await findPerson(tx, cooperation, by);
  if (!person) return { code: 'PersonUnknown', person: by };
  if (!person.active) return { code: 'PersonLeft', person: person.id };
  if (person.role === 'guest') return { code: 'IsGuest', person: person.id, why: 'answers' };
  return person.party === party ? person : { code: 'NotOfParty', person: person.id, party };
}

/** A date that has passed is not set any more, but for a session whose days had passed when it was entered. */
async function pastDate(
  tx: CaseFileTransaction,
  { cooperation, kind, item, round, openedAt, windowRanOut }: RequestRow,
  answer: Answer,
  at: string,
): Promise<Refusal | null> {
  if (answer.decision !== 'date' || Date.parse(answer.startsAt) > Date.parse(at)) return null;
  if (windowRanOut === 'entered') return null;
  const proposal =
    kinds[kind].about === 'dates' && item !== null && !windowRanOut
      ? await slotsOf(tx, cooperation, item, round)
      : undefined;
  const afterTheFact = proposal && Date.parse(proposal.closesAt) <= Date.parse(openedAt);
  return afterTheFact ? null : { code: 'DatePast', at: answer.startsAt };
}

/** The requests that were answered in the time (ms) before the last answer there is. */
export async function lastAnswered(
  db: CaseFile,
  withinMs: number,
): Promise<{ cooperation: string; request: string }[]> {
  const last = await db.selectFrom('answer').select('at').orderBy('at', 'desc').limit(1).executeTakeFirst();
  if (!last) return [];
  return db
    .selectFrom('answer')
    .select(['cooperation', 'request'])
    .distinct()
    .where('at', '>=', new Date(Date.parse(last.at) - withinMs).toISOString())
    .execute();
}

/** Closes a request when nobody owes an answer any more; returns what the record has of it. */
export async function closeIfSettled(
  tx: CaseFileTransaction,
  request: RequestRow,
  answers: readonly AnswerRow[],
  at: string,
): Promise<Entry[]> {
  if (owingOf(request, answers).length > 0) return [];
  const { cooperation, id, kind } = request;
  const outcome = outcomeOf([...(await keptFor(tx, request)), ...answers]);
  await close(tx, cooperation, [id], { outcome, lapse: null }, at);
  return [
    {
      cooperation,
      key: `request-closed:${id}`,
      at,
      kind: 'request-closed',
      data: { request: id, kind, outcome },
    },
  ];
}

/** What could not be sent yet of a closed request is not sent any more. */
async function close(
  tx: CaseFileTransaction,
  cooperation: string,
  requests: readonly string[],
  how: Pick<RequestRow, 'outcome' | 'lapse'>,
  at: string,
): Promise<void> {
  if (requests.length === 0) return;
  await tx
    .updateTable('request')
    .set({ closedAt: at, ...how })
    .where('cooperation', '=', cooperation)
    .where('id', 'in', [...requests])
    .where('closedAt', 'is', null)
    .execute();
  for (const request of requests) await withdrawMails(tx, cooperation, request);
}

/** The colleague who passed this request to the one who answers it, or is away now. */
async function inWhosePlace(
  tx: CaseFileTransaction,
  { cooperation, id }: RequestRow,
  by: PersonRow,
  at: string,
): Promise<string | undefined> {
  const passed = (await handOversOf(tx, cooperation, id)).filter(({ toPerson }) => toPerson === by.id);
  const absences = await absencesOf(tx, cooperation);
  const standing = await Promise.all(
    passed.map(async ({ fromPerson, absent }) => {
      const from = absent ? await findPerson(tx, cooperation, fromPerson) : undefined;
      return !absent || (from && absenceOn(absences, from, dateIn(at, from.timeZone))) ? [fromPerson] : [];
    }),
  );
  return standing.flat().at(-1);
}

/** Closes requests nobody answered, with the reason. */
export async function lapseRequests(
  db: CaseFile,
  cooperation: string,
  requests: string[],
  because: Lapse,
  at: string,
): Promise<void> {
  await changing(db, cooperation, async (tx) => {
    await addToRecord(tx, await lapse(tx, cooperation, requests, because, at));
  });
}

/** The same within a transaction; returns what the record has of it. */
export async function lapse(
  tx: CaseFileTransaction,
  cooperation: string,
  requests: readonly string[],
  because: Lapse,
  at: string,
): Promise<Entry[]> {
  await close(tx, cooperation, requests, { outcome: 'lapsed', lapse: because }, at);
  return requests.map((request) => ({
    cooperation,
    key: `request-lapsed:${request}`,
    at,
    kind: 'request-lapsed',
    data: { request, because },
  }));
}
