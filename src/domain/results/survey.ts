import { z } from 'zod';

/**
 * What delegates think of a cooperation once it is over. That somebody answered and what was answered are kept apart, and
 * answers are shown in groups alone: nobody can be told from what comes to be shown.
 */

/** Each is answered on the scale. */
export const SURVEY_QUESTIONS = ['useful', 'expected', 'organised', 'applicable'] as const;
export type SurveyQuestion = (typeof SURVEY_QUESTIONS)[number];
/** From "not at all" to "entirely". */
export const SURVEY_SCALE = [1, 2, 3, 4, 5] as const;
/** So many answers are shown together, and none before there are as many. */
export const SURVEY_GROUP = 5;
/** Characters in the free text. */
export const LONGEST_SURVEY_TEXT = 2000;

const grade = z.union(SURVEY_SCALE.map((one) => z.literal(one)));
export const surveyAnswer = z.strictObject({
  grades: z.record(z.enum(SURVEY_QUESTIONS), grade),
  text: z.string().max(LONGEST_SURVEY_TEXT),
});
export type SurveyAnswer = z.infer<typeof surveyAnswer>;

export const surveyResults = z.strictObject({
  answered: z.int().describe('how many answered'),
  shown: z.int().describe('of how many it is shown what: five, or groups of five'),
  counts: z
    .record(z.enum(SURVEY_QUESTIONS), z.array(z.int()).length(SURVEY_SCALE.length))
    .describe('how often each grade was given, from 1 to 5'),
  texts: z.array(z.string()).describe('what was written, in the order of the alphabet'),
});
export type SurveyResults = z.infer<typeof surveyResults>;

/** The numbers alone, without what was written. */
export const surveyTotals = surveyResults.omit({ texts: true });
export type SurveyTotals = z.infer<typeof surveyTotals>;

/** The mean of a question's grades, to one decimal; `null` where too few answered for any to be shown. */
export function meanGrade({ counts, shown }: SurveyTotals, question: SurveyQuestion): number | null {
  if (shown === 0) return null;
  const sum = (counts[question] ?? []).reduce((all, count, at) => all + count * (at + 1), 0);
  return Math.round((sum / shown) * 10) / 10;
}

/** A group that is not full: how many answers are in it, and they themselves encrypted. */
export type SealedAnswers = { count: number; sealed: string };

/**
 * What is shown of the answers to a survey, in the groups in which they are kept.
 * @param waiting how many are in groups that are not full
 */
export function resultsOf(full: readonly (readonly SurveyAnswer[])[], waiting = 0): SurveyResults {
  const shown = full.flat();
  return {
    answered: shown.length + waiting,
    shown: shown.length,
    counts: countsBy((question) =>
      SURVEY_SCALE.map((one) => shown.filter(({ grades }) => grades[question] === one).length),
    ),
    texts: shown.flatMap(({ text }) => (text === '' ? [] : [text])).sort((a, b) => a.localeCompare(b)),
  };
}

/** Those of several cooperations together. */
export const summedResults = (all: readonly SurveyResults[]): SurveyResults => ({
  answered: all.reduce((sum, { answered }) => sum + answered, 0),
  shown: all.reduce((sum, { shown }) => sum + shown, 0),
  counts: countsBy((question) =>
    SURVEY_SCALE.map((_, at) => all.reduce((sum, { counts }) => sum + (counts[question]?.[at] ?? 0), 0)),
  ),
  texts: all.flatMap(({ texts }) => texts),
});

const countsBy = (of: (question: SurveyQuestion) => number[]): SurveyResults['counts'] =>
  Object.fromEntries(SURVEY_QUESTIONS.map((question) => [question, of(question)])) as SurveyResults['counts'];
