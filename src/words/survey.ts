import type { Language } from '../domain/language.ts';
import {
  SURVEY_GROUP,
  SURVEY_QUESTIONS,
  SURVEY_SCALE,
  type SurveyQuestion,
  type SurveyTotals,
} from '../domain/results/survey.ts';
import { speaker } from './speaker.ts';

/** What delegates answered to the survey, as pages, papers and the terminal say it. */

/** How many answered, and of how many it is shown what. */
export function surveyLead({ answered, shown }: SurveyTotals, language: Language): string {
  const say = speaker('site.survey', language);
  const group = String(SURVEY_GROUP);
  return [
    say('answered', { count: answered }),
    ...(shown === answered
      ? []
      : [shown === 0 ? say('tooFew', { group }) : say('someShown', { group, shown: String(shown) })]),
  ].join(' ');
}

/** How often each grade was given, a row for each question. */
export function surveyTable({ counts }: SurveyTotals, language: Language) {
  const say = speaker('site.survey', language);
  const grades = SURVEY_SCALE.map((grade) => say(`grade${grade}`));
  return {
    caption: say('table'),
    heads: [say('question'), ...grades],
    grades,
    rows: SURVEY_QUESTIONS.map((of: SurveyQuestion) => ({
      of,
      question: say(of),
      counts: SURVEY_SCALE.map((_, at) => counts[of]?.[at] ?? 0),
    })),
  };
}
