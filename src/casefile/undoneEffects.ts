import { kinds } from '../domain/kinds/index.ts';
import type { Effect } from '../domain/kinds/kind.ts';
import { refused } from '../domain/refusal.ts';
import type { CaseFileTransaction } from './database.ts';
import { hashOf } from './filing.ts';
import type { AnswerRow, RequestRow, SessionRow } from './schema.ts';
import { sessionOf } from './sessions.ts';

/** What is undone with an answer that is annulled, by the effect that its kind declares. */

type UndoneAnswer = { request: RequestRow; answer: AnswerRow; at: string };
/** The session that has no date any more, as it was with it. */
type Undone = { undated?: SessionRow };
/** @throws Refused `AnswerLasts` */
type UndoEffect = (tx: CaseFileTransaction, undone: UndoneAnswer) => Promise<Undone>;

const lasts: UndoEffect = async (_, { request: { id, kind } }) =>
  refused({ code: 'AnswerLasts', request: id, why: kinds[kind].lasting ?? 'settled' });

export const UNDONE_EFFECTS: Readonly<Record<Effect, UndoEffect>> = {
  none: async () => ({}),
  'fixes-date': clearDate,
  'records-session': holdAfterAll,
  'answers-question': forgetAnswer,
  'records-meeting': lasts,
  'sets-meeting': lasts,
  'names-consultant': lasts,
  'revises-programme': lasts,
};

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
