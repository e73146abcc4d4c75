import {
  resultsOf,
  SURVEY_GROUP,
  type SurveyAnswer,
  type SurveyResults,
} from '../../domain/results/survey.ts';
import { type CaseFile, changing, json, listed, type OneOrMore } from '../database/database.ts';

/**
 * The survey of a cooperation: who has answered in one row, what was answered in others, in groups of five. Neither says when,
 * and both are put in order, so that nothing tells which answer is whose.
 */

export const hasAnsweredSurvey = async (
  db: CaseFile,
  cooperation: string,
  person: string,
): Promise<boolean> => (await answeredBy(db, cooperation)).includes(person);

const answeredBy = async (db: CaseFile, cooperation: string): Promise<string[]> =>
  (
    await db
      .selectFrom('surveyAnswered')
      .select('persons')
      .where('cooperation', '=', cooperation)
      .executeTakeFirst()
  )?.persons ?? [];

/** Enters what somebody answers; whether it is their first: whoever answers once more changes nothing. */
export const enterSurveyAnswer = (
  db: CaseFile,
  { cooperation, person }: { cooperation: string; person: string },
  { grades, text }: SurveyAnswer,
): Promise<boolean> =>
  changing(db, cooperation, async (tx) => {
    const persons = await answeredBy(tx, cooperation);
    if (persons.includes(person)) return false;
    const answered = json([...persons, person].sort());
    await tx
      .insertInto('surveyAnswered')
      .values({ cooperation, persons: answered })
      .onConflict((conflict) => conflict.column('cooperation').doUpdateSet({ persons: answered }))
      .execute();
    const [last] = (await groupsOf(tx, cooperation)).slice(-1);
    const isFull = !last || last.answers.length >= SURVEY_GROUP;
    const group = (last?.group ?? 0) + (isFull ? 1 : 0);
    const inOrder = [...(isFull ? [] : last.answers), { grades, text }].sort((a, b) =>
      JSON.stringify([a.text, a.grades]).localeCompare(JSON.stringify([b.text, b.grades])),
    );
    const answers = json(inOrder);
    await tx
      .insertInto('surveyGroup')
      .values({ cooperation, group, answers })
      .onConflict((conflict) => conflict.columns(['cooperation', 'group']).doUpdateSet({ answers }))
      .execute();
    return true;
  });

const groupsOf = (db: CaseFile, cooperation: OneOrMore) =>
  db
    .selectFrom('surveyGroup')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('cooperation')
    .orderBy('group')
    .execute();

/** What is shown of a cooperation's survey. */
export const surveyOf = async (db: CaseFile, cooperation: string): Promise<SurveyResults> =>
  resultsOf((await groupsOf(db, cooperation)).map(({ answers }) => answers));

/** The same of several, each for itself. */
export async function surveysOf(
  db: CaseFile,
  cooperations: readonly string[],
): Promise<(cooperation: string) => SurveyResults> {
  const groups = cooperations.length > 0 ? await groupsOf(db, [...cooperations]) : [];
  return (id) =>
    resultsOf(groups.filter(({ cooperation }) => cooperation === id).map(({ answers }) => answers));
}
