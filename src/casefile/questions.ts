import { type CaseFile, lockCooperation } from './database.ts';
import { addToRecord } from './record.ts';
import type { QuestionRow } from './schema.ts';

export type NewQuestion = {
  cooperation: string;
  fromParty: string;
  by: string;
  toParty: string;
  session: number | null;
  text: string;
};

/** Enters a question under the next number; the same question by the same person to the same party is that question. */
export async function addQuestion(db: CaseFile, question: NewQuestion, now: string): Promise<QuestionRow> {
  const { cooperation } = question;
  return db.transaction().execute(async (tx) => {
    await lockCooperation(tx, cooperation);
    const all = await questionsOf(tx, cooperation);
    const same = all.find(
      ({ by, toParty, text }) => by === question.by && toParty === question.toParty && text === question.text,
    );
    if (same) return same;
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
      data: { question: number, to: question.toParty, session: question.session },
    });
    return (await questionsOf(tx, cooperation)).at(-1) as QuestionRow;
  });
}

export const questionsOf = (db: CaseFile, cooperation: string): Promise<QuestionRow[]> =>
  db.selectFrom('question').selectAll().where('cooperation', '=', cooperation).orderBy('number').execute();
