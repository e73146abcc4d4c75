import type { Answer, Refusal, Subject } from '../domain/answer.ts';
import type { Content } from '../domain/content.ts';
import type { RequestKind } from '../domain/methodology.ts';
import { type CaseFile, type CaseFileTransaction, json, lockCooperation } from './database.ts';
import { consultantOf } from './filing.ts';
import { withdrawMails } from './mails.ts';
import { findPerson } from './people.ts';
import { addToRecord, type Entry } from './record.ts';
import type { AnswerRow, RequestRow } from './schema.ts';
import { revisePlannedContents } from './sessions.ts';

export type NewRequest = {
  cooperation: string;
  id: string;
  kind: RequestKind;
  round: number;
  item: number | null;
  parties: string[];
  subject: Subject;
  reasons: { party: string; content: string }[];
  trouble: string | null;
  openedAt: string;
  dueAt: string;
  reminders: string[];
};

/** Enters a request; one that is there already stays as it was first entered, and is returned. */
export async function enterRequest(db: CaseFile, request: NewRequest): Promise<RequestRow> {
  const { cooperation, id, subject, parties, reasons, reminders, ...rest } = request;
  await db
    .insertInto('request')
    .values({
      ...rest,
      cooperation,
      id,
      subjectRef: subject.ref,
      subjectHash: subject.hash,
      parties: json(parties),
      reasons: json(reasons),
      reminders: json(reminders),
      closedAt: null,
      outcome: null,
    })
    .onConflict((conflict) => conflict.columns(['cooperation', 'id']).doNothing())
    .execute();
  await addToRecord(db, {
    cooperation,
    key: `request-opened:${id}`,
    at: request.openedAt,
    kind: 'request-opened',
    data: { request: id, kind: request.kind, parties, due: request.dueAt, subject },
  });
  return findRequest(db, cooperation, id) as Promise<RequestRow>;
}

export const findRequest = (db: CaseFile, cooperation: string, id: string): Promise<RequestRow | undefined> =>
  db
    .selectFrom('request')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('id', '=', id)
    .executeTakeFirst();

export const answersTo = (db: CaseFile, cooperation: string, request?: string): Promise<AnswerRow[]> => {
  const answers = db.selectFrom('answer').selectAll().where('cooperation', '=', cooperation).orderBy('at');
  return (request ? answers.where('request', '=', request) : answers).execute();
};

export const readContent = async (
  db: CaseFile,
  cooperation: string,
  hash: string,
): Promise<Content | undefined> =>
  (
    await db
      .selectFrom('content')
      .select('value')
      .where('cooperation', '=', cooperation)
      .where('hash', '=', hash)
      .executeTakeFirst()
  )?.value;

/** Keeps what a person wrote, before the answer that names it is sent. */
export async function keepContent(
  db: CaseFile,
  cooperation: string,
  hash: string,
  value: Content,
  now: string,
): Promise<void> {
  await db
    .insertInto('content')
    .values({ cooperation, hash, value: json(value), writtenAt: now })
    .onConflict((conflict) => conflict.columns(['cooperation', 'hash']).doNothing())
    .execute();
}

/**
 * Records an answer that its workflow accepted, with all it changes here, in one transaction: once.
 * Refuses one by somebody who is not in the cooperation or no longer answers for the party.
 */
export async function recordAnswer(
  db: CaseFile,
  cooperation: string,
  answer: Answer,
  at: string,
): Promise<Refusal | null> {
  return db.transaction().execute(async (tx) => {
    await lockCooperation(tx, cooperation);
    const person = await findPerson(tx, cooperation, answer.by);
    if (!person?.active || person.party !== answer.party || person.role === 'guest')
      return {
        code: 'PersonUnknown',
        message: `${answer.by} does not answer for ${answer.party} in ${cooperation}`,
      };
    const request = await findRequest(tx, cooperation, answer.request);
    if (!request) return { code: 'RequestUnknown', message: `there is no request ${answer.request}` };
    const content =
      'content' in answer && answer.content ? await readContent(tx, cooperation, answer.content) : undefined;
    if ('content' in answer && answer.content && !content)
      return { code: 'ContentMissing', message: `${answer.content} is not in the case file` };

    const data = {
      ...(answer.decision === 'marks' && { marks: answer.marks }),
      ...(answer.decision === 'date' && { startsAt: answer.startsAt }),
      ...(answer.decision === 'done' && answer.documents && { documents: answer.documents }),
    };
    await tx
      .insertInto('answer')
      .values({
        cooperation,
        request: request.id,
        party: answer.party,
        by: answer.by,
        decision: answer.decision,
        content: ('content' in answer && answer.content) || null,
        data: json(data),
        at,
      })
      .onConflict((conflict) => conflict.columns(['cooperation', 'request', 'party']).doNothing())
      .execute();
    const given = await answersTo(tx, cooperation, request.id);
    const settled = request.parties.every((party) => given.some((answer) => answer.party === party));
    const outcome = given.some(({ decision }) => decision === 'changes') ? 'changes' : answer.decision;
    if (settled) await withdrawMails(tx, cooperation, request.id);
    if (settled)
      await tx
        .updateTable('request')
        .set({ closedAt: at, outcome })
        .where('cooperation', '=', cooperation)
        .where('id', '=', request.id)
        .execute();
    const { party, by, decision } = answer;
    const entries: Entry[] = [
      {
        cooperation,
        key: `answer:${request.id}:${party}`,
        at,
        kind: 'answer-received',
        party,
        person: by,
        data: { request: request.id, kind: request.kind, decision, subject: answer.subject, ...data },
      },
    ];
    if (settled)
      entries.push({
        cooperation,
        key: `request-closed:${request.id}`,
        at,
        kind: 'request-closed',
        data: { request: request.id, kind: request.kind, outcome },
      });
    await addToRecord(tx, entries);
    await applyAnswer(tx, request, answer, content, at);
    return null;
  });
}

/** What an answer changes beyond itself: a session's date or minutes, a question's answer, a consultant's name. */
async function applyAnswer(
  tx: CaseFileTransaction,
  request: RequestRow,
  answer: Answer,
  content: Content | undefined,
  at: string,
): Promise<void> {
  const { cooperation, item } = request;
  const entry = { cooperation, at, party: answer.party, person: answer.by };

  if (request.kind === 'confirm-date' && answer.decision === 'date' && item !== null) {
    const { hours } = await tx
      .selectFrom('session')
      .select('hours')
      .where('cooperation', '=', cooperation)
      .where('number', '=', item)
      .executeTakeFirstOrThrow();
    const endsAt = new Date(Date.parse(answer.startsAt) + hours * 3_600_000).toISOString();
    await tx
      .updateTable('session')
      .set({ startsAt: answer.startsAt, endsAt })
      .where('cooperation', '=', cooperation)
      .where('number', '=', item)
      .execute();
    await addToRecord(tx, {
      ...entry,
      key: `date-fixed:${request.id}`,
      kind: 'date-fixed',
      data: { session: item, startsAt: answer.startsAt },
    });
  }
  if (
    request.kind === 'record-session' &&
    answer.decision === 'done' &&
    content &&
    'minutes' in content &&
    item !== null
  ) {
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
      ...entry,
      key: `session-recorded:${item}`,
      kind: 'session-recorded',
      data: { session: item, outputs: content.outputs.length },
    });
  }
  if (request.kind === 'answer-question' && content && 'text' in content && item !== null) {
    await tx
      .updateTable('question')
      .set({ answer: content.text, answeredBy: answer.by, answeredAt: at })
      .where('cooperation', '=', cooperation)
      .where('number', '=', item)
      .execute();
    await addToRecord(tx, {
      ...entry,
      key: `question-answered:${item}`,
      kind: 'question-answered',
      data: { question: item },
    });
  }
  if (request.kind === 'name-consultant' && content && 'email' in content) {
    const { programme } = await tx
      .selectFrom('cooperation')
      .select('programme')
      .where('id', '=', cooperation)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('person')
      .values(consultantOf(content, programme))
      .onConflict((conflict) => conflict.columns(['cooperation', 'id']).doNothing())
      .execute();
    await addToRecord(tx, { ...entry, key: 'consultant-named', kind: 'consultant-named' });
  }
  if (request.kind === 'revise-programme' && content && 'programme' in content)
    await revisePlannedContents(tx, cooperation, content.programme);
}

/** Closes requests nobody answered, with the reason. */
export async function lapseRequests(
  db: CaseFile,
  cooperation: string,
  requests: string[],
  because: string,
  at: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('request')
      .set({ closedAt: at, outcome: `lapsed: ${because}` })
      .where('cooperation', '=', cooperation)
      .where('id', 'in', requests)
      .where('closedAt', 'is', null)
      .execute();
    await addToRecord(
      tx,
      requests.map((request) => ({
        cooperation,
        key: `request-lapsed:${request}`,
        at,
        kind: 'request-lapsed',
        data: { request, because },
      })),
    );
  });
}
