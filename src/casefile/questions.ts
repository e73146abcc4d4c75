import type { Came } from '../domain/door.ts';
import { mayWrite, type Quotas } from './access/quotas.ts';
import { type CaseFile, changing, listed, type OneOrMore } from './database/database.ts';
import type { QuestionRow } from './database/schema.ts';
import { hashOf } from './filing.ts';
import { addToRecord } from './record.ts';
import { mayBeRepeated } from './repeats.ts';

export type NewQuestion = {
  cooperation: string;
  fromParty: string;
  by: string;
  toParty: string;
  session: number | null;
  text: string;
};

/**
 * Enters a question under the next number. The same one by the same person to the same party is that question, while it
 * is open, and for a day. @throws Refused `QuotaReached`
 */
export async function addQuestion(
  db: CaseFile,
  question: NewQuestion,
  now: string,
  quotas?: Quotas,
  came: Came = {},
): Promise<QuestionRow> {
  const { cooperation } = question;
  return changing(db, cooperation, async (tx) => {
    const all = await questionsOf(tx, cooperation);
    const same = all.find(
      ({ by, toParty, session, text, answer, askedAt }) =>
        hashOf([by, toParty, session, text]) ===
          hashOf([question.by, question.toParty, question.session, question.text]) &&
        (answer === null || mayBeRepeated(askedAt, now)),
    );
    if (same) return same;
    if (quotas) await mayWrite(tx, { cooperation, person: question.by }, quotas, now);
    const number = all.length + 1;
    await tx
      .insertInto('question')
      .values({ ...question, number, askedAt: now, answer: null, answeredBy: null, answeredAt: null })
      .execute();
    await addToRecord(tx, {
      cooperation,
      key: `question-asked:${number}`,
      at: now,
      kind: 'question-asked',
      party: question.fromParty,
      person: question.by,
      data: { question: number, to: question.toParty, session: question.session, ...came },
    });
    return (await questionsOf(tx, cooperation)).at(-1) as QuestionRow;
  });
}

export const questionsOf = (db: CaseFile, cooperation: OneOrMore): Promise<QuestionRow[]> =>
  db
    .selectFrom('question')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('number')
    .execute();
