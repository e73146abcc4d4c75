import { OUTCOMES } from '../domain/content.ts';
import type { Language } from '../domain/language.ts';
import {
  CALL_FIGURES,
  CALL_SIDES,
  type CallCooperation,
  type CallReport,
} from '../domain/results/callReport.ts';
import { meanGrade, SURVEY_QUESTIONS } from '../domain/results/survey.ts';
import { CASE_STATES } from '../domain/standing.ts';
import { colonIn } from './colon.ts';
import { numberText } from './dates/clock.ts';
import { sumsText } from './funding.ts';
import { directionOf } from './names/parties.ts';
import { stateName } from './names/states.ts';
import { speaker } from './speaker.ts';

/** The report of a call as the site, the terminal and its tables say it. */

/** How its cooperations stand, what was done, and how long it took. */
export function callFigures(report: CallReport, language: Language) {
  const say = speaker('papers.callReport', language);
  return {
    states: [
      { of: 'all' as const, label: say('asked'), value: report.cooperations.length },
      ...CASE_STATES.map((state) => ({
        of: state,
        label: speaker('labels.states', language)(state),
        value: report.states[state],
      })),
    ],
    outcomes: OUTCOMES.map((of) => ({
      of,
      label: speaker('labels.outcome', language)(of),
      value: report.outcomes[of],
    })),
    outputs: [
      ...CALL_FIGURES.map((figure) => ({ of: figure, label: say(figure), value: report.totals[figure] })),
      ...(report.days === null ? [] : [{ of: 'days' as const, label: say('meanDays'), value: report.days }]),
    ],
  };
}

/** A ministry as a row names it. */
export const callMinistry = (
  { acronym, country }: { acronym: string; country: string },
  language: Language,
) => speaker('papers.callReport', language)('ministry', { acronym, country: stateName(country, language) });

/** What ministries told: which, when, the kinds of results, and their words. */
export function callTold({ told }: Pick<CallReport, 'told'>, language: Language) {
  const say = speaker('papers.callReport', language);
  const named = speaker('labels.outcome', language);
  const seenAs = speaker('labels.changeSeen', language);
  return told.map(({ cooperation, institution, months, came, text, changes }) => ({
    cooperation,
    who: say('told', { institution, months: String(months), id: cooperation }),
    came: came.map((one) => named(one)),
    changes: changes.map(({ change, seen, said }) =>
      [change + colonIn(language) + seenAs(seen), said].filter(Boolean).join('. '),
    ),
    text,
  }));
}

/** Of how many objectives it was told what came of the change that they were to bring; nothing where none says so. */
export function callChanges(
  { changes, expected }: Pick<CallReport, 'changes' | 'expected'>,
  language: Language,
) {
  if (expected === 0) return [];
  const { brought, 'in-part': part, 'not-yet': notYet, not } = changes;
  const told = brought + part + notYet + not;
  return [speaker('papers.callReport', language)('changes', { expected, told, brought, part, notYet, not })];
}

/** The columns of the table by cooperation, after the one that names it, and its rows. */
export function callTable({ cooperations }: Pick<CallReport, 'cooperations'>, language: Language) {
  const say = speaker('papers.callReport', language);
  return {
    /** Of the columns after the first. */
    figures: CALL_FIGURES,
    heads: [
      say('state'),
      ...CALL_FIGURES.map((figure) => say(figure)),
      say('days'),
      ...CALL_SIDES.map((side) => say(`waited-${side}`)),
      say('surveyed'),
      ...SURVEY_QUESTIONS.map((question) => say(`mean-${question}`)),
      say('funding'),
    ],
    rows: cooperations.map((one: CallCooperation) => ({
      ...{ id: one.id, name: directionOf(one.institutions, language), subject: one.subject },
      cells: [
        speaker('labels.state', language)(one.state),
        ...CALL_FIGURES.map((figure) => one[figure]),
        one.days,
        ...CALL_SIDES.map((side) => one.waited[side]),
        one.survey.answered,
        ...SURVEY_QUESTIONS.map((question) => meanGrade(one.survey, question)),
        sumsText(one.funding, language) || null,
      ],
    })),
  };
}

/** Columns of the figures by cooperation, as many in a table as a page has room for. */
export const CALL_COLUMNS = {
  activities: ['sessions', 'hours', 'documents', 'questions', 'answered'],
  results: ['reached', 'sheets', 'reports', 'lessons', 'commitments', 'kept'],
  times: ['state', 'days', ...CALL_SIDES],
  surveys: ['surveyed', ...SURVEY_QUESTIONS],
} as const satisfies Record<string, readonly CallColumn[]>;
export type CallColumn =
  | 'state'
  | 'days'
  | 'surveyed'
  | (typeof SURVEY_QUESTIONS)[number]
  | (typeof CALL_FIGURES)[number]
  | (typeof CALL_SIDES)[number];
export const CALL_GROUPS = Object.keys(CALL_COLUMNS) as (keyof typeof CALL_COLUMNS)[];
/** In the order of `callTable`. */
const ALL: readonly CallColumn[] = [
  'state',
  ...CALL_FIGURES,
  'days',
  ...CALL_SIDES,
  'surveyed',
  ...SURVEY_QUESTIONS,
];

/** The columns of a group, each with where `callTable` has it. */
export const callColumnsOf = (group: keyof typeof CALL_COLUMNS): { column: CallColumn; at: number }[] =>
  CALL_COLUMNS[group].map((column: CallColumn) => ({ column, at: ALL.indexOf(column) }));

/** A figure as its reader writes it, with a comma or a point; what is not known as a dash. */
export const figureText = (value: number | string | null | undefined, language: Language): string =>
  typeof value === 'number' ? numberText(value, language) : (value ?? '–');
