import {
  resultsOf,
  type SealedAnswers,
  SURVEY_GROUP,
  type SurveyAnswer,
  type SurveyResults,
} from '../../domain/results/survey.ts';
import { openedFor, sealedFor } from '../access/sealedText.ts';
import { type CaseFile, changing, json, listed, type OneOrMore } from '../database/database.ts';

/**
 * The survey of a cooperation: who has answered in one row, what was answered in others, in groups of five. Neither says when,
 * and both are put in order, so that nothing tells which answer is whose. A group is encrypted until it is full: what comes
 * between two looks at the database would be somebody's.
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

/**
 * Enters what somebody answers; whether it is their first: whoever answers once more changes nothing.
 * @param key the one that is not in the database
 */
export const enterSurveyAnswer = (
  db: CaseFile,
  key: string,
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
    const waiting = last && waitingIn(last, key);
    const group = (last?.group ?? 0) + (waiting ? 0 : 1);
    const inOrder = [...(waiting ?? []), { grades, text }].sort((a, b) =>
      JSON.stringify([a.text, a.grades]).localeCompare(JSON.stringify([b.text, b.grades])),
    );
    const answers = json(
      inOrder.length >= SURVEY_GROUP
        ? inOrder
        : { count: inOrder.length, sealed: sealedFor(lockOf(key, { cooperation, group }), padded(inOrder)) },
    );
    await tx
      .insertInto('surveyGroup')
      .values({ cooperation, group, answers })
      .onConflict((conflict) => conflict.columns(['cooperation', 'group']).doUpdateSet({ answers }))
      .execute();
    return true;
  });

type Group = { cooperation: string; group: number; answers: SurveyAnswer[] | SealedAnswers };

const lockOf = (key: string, { cooperation, group }: Pick<Group, 'cooperation' | 'group'>) => ({
  ...{ key, use: 'answers to surveys' },
  of: `${cooperation} ${group}`,
});

/** What is in a group that is not full; nothing where it is, or was encrypted with a key that is gone: it stays as it is then. */
function waitingIn(group: Group, key: string): SurveyAnswer[] | undefined {
  if (Array.isArray(group.answers)) return undefined;
  const text = openedFor(lockOf(key, group), group.answers.sealed);
  return text === undefined ? undefined : (JSON.parse(text) as SurveyAnswer[]);
}

/** As long as any: how much was written would tell of whom it is. */
const padded = (answers: readonly SurveyAnswer[]): string => {
  const text = JSON.stringify(answers);
  const bytes = Buffer.byteLength(text);
  return text + ' '.repeat(Math.ceil(bytes / PADDED_BYTES) * PADDED_BYTES - bytes);
};
/** Four texts of the longest in letters of three bytes each, and their grades. */
const PADDED_BYTES = 32 * 1024;

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
  shownOf(await groupsOf(db, cooperation));

/** The same of several, each for itself. */
export async function surveysOf(
  db: CaseFile,
  cooperations: readonly string[],
): Promise<(cooperation: string) => SurveyResults> {
  const groups = cooperations.length > 0 ? await groupsOf(db, [...cooperations]) : [];
  return (id) => shownOf(groups.filter(({ cooperation }) => cooperation === id));
}

const shownOf = (groups: readonly Group[]): SurveyResults =>
  resultsOf(
    groups.flatMap(({ answers }) => (Array.isArray(answers) ? [answers] : [])),
    groups.reduce((sum, { answers }) => sum + (Array.isArray(answers) ? 0 : answers.count), 0),
  );
