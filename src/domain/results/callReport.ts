import { z } from 'zod';
import { type Attendee, CHANGES_SEEN, OUTCOMES, type Outcome, type Outcomes, outcomes } from '../content.ts';
import { DAY_MS } from '../dates/durations.ts';
import { CONSULTANT } from '../methodology.ts';
import { peopleReached, type Reach } from '../people/attendance.ts';
import { programmeShape } from '../programme/programme.ts';
import { CASE_STATES, type CaseState, caseState } from '../standing.ts';
import { type ExpectedChange, toldChanges } from './expectedChanges.ts';
import { sum, totalsIn } from './funding.ts';
import type { ReportData } from './reportData.ts';
import { type SurveyResults, summedResults, surveyTotals } from './survey.ts';

/**
 * What came of a call, made of what each of its cooperations did. A total is the sum of what stands beside the
 * cooperations, so that each figure leads to what it is made of.
 */

export const CALL_SEXES = ['woman', 'man', 'unstated'] as const;
/** On whom it was waited. */
export const CALL_SIDES = ['requesting', 'providing', 'secretariat', 'consultant'] as const;
export type CallSide = (typeof CALL_SIDES)[number];

/** The files that it is written as: papers, and tables of the figures by cooperation. */
export const CALL_PAPERS = ['pdf', 'docx'] as const;
export const CALL_FILES = [...CALL_PAPERS, 'csv', 'xlsx'] as const;
export type CallFile = (typeof CALL_FILES)[number];

const reach = z.object({
  institution: z.string().nullable().describe('as it is called; null where it is not known'),
  woman: z.int(),
  man: z.int(),
  unstated: z.int(),
});
export type CallReach = z.infer<typeof reach>;

const figures = z.object({
  sessions: z.int().describe('held'),
  hours: z.number().describe('of the sessions held'),
  documents: z.int().describe('exchanged: neither sheets nor reports, and none that is withheld'),
  questions: z.int().describe('asked'),
  answered: z.int().describe('of these'),
  reached: z.int().describe('people at the sessions held, each counted once in a cooperation'),
  sheets: z.int().describe('published'),
  reports: z.int().describe('accepted'),
  lessons: z.int().describe('that came with the report'),
  commitments: z.int().describe('taken upon themselves by somebody, and not withdrawn'),
  kept: z.int().describe('of these'),
});
export type CallFigures = z.infer<typeof figures>;
export const CALL_FIGURES = Object.keys(figures.shape) as (keyof CallFigures)[];

/** Where in a cooperation a figure is seen whole, after the address of its page; those that are not listed, on the page itself. */
const SEEN_AT: { readonly [F in keyof CallFigures]?: string } = {
  documents: '/documents',
  questions: '/questions',
  answered: '/questions',
  sheets: '/drafts',
  reports: '/drafts',
  lessons: '#lessons',
  commitments: '#commitments',
  kept: '#commitments',
};
export const figureAt = (cooperation: string, figure: keyof CallFigures): string =>
  `/c/${cooperation}${SEEN_AT[figure] ?? ''}`;

/** The page of a call, and on it the figures by cooperation and what ministries told. */
export const callAt = (call: number, of?: 'cooperations' | 'told'): string =>
  `/calls/${call}${of ? `#${of}` : ''}`;

/** Where cooperations that stand so are listed: on the board, which has a list of one year's call. */
export function callListAt(
  { call, years: [year, ...others] }: Pick<CallReport, 'call' | 'years'>,
  state: CaseState | 'all',
): string {
  if (others.length > 0) return callAt(call, 'cooperations');
  return `/board?call=${call}-${year}${state === 'all' ? '' : `&show=${state}`}`;
}

/** What a ministry told of a cooperation some months after its end. */
const told = z.object({
  cooperation: z.string(),
  months: z.int().describe('after the acceptance, when it was asked'),
  institution: z.string().describe('as it is called'),
  ...outcomes.omit({ objectives: true }).shape,
  changes: z
    .array(
      z.object({
        change: z.string().describe('what an objective was to change'),
        seen: z.enum(CHANGES_SEEN),
        said: z.string(),
      }),
    )
    .describe('of each objective that says what it is to change'),
});
export type CallOutcome = z.infer<typeof told>;

const cooperation = figures.extend({
  id: z.string(),
  year: z.int().describe('of the call, as its programme has it'),
  subject: z.string(),
  institutions: programmeShape.shape.institutions,
  state: z.enum(CASE_STATES),
  startedAt: z.iso.datetime(),
  acceptedAt: z.iso.datetime().nullable().describe('when its report was accepted'),
  days: z.int().nullable().describe('from its start until then'),
  waited: z
    .record(z.enum(CALL_SIDES), z.int())
    .describe('days on which an answer of that side was waited for, several at once counted once'),
  objectives: z.array(z.string()),
  learned: z.array(z.string()).describe('what was learned, as it came with the report'),
  funding: z
    .array(sum)
    .describe('what its institutions put in in money, as it came with the report, by currency'),
  survey: surveyTotals.describe('what its delegates answered to the survey'),
});
export type CallCooperation = z.infer<typeof cooperation>;

const ministry = z.object({ acronym: z.string(), country: z.string(), cooperations: z.int() });

export const callReport = z.object({
  call: z.int(),
  years: z.array(z.int()),
  states: z.record(z.enum(CASE_STATES), z.int()),
  requesting: z.array(ministry),
  providing: z.array(ministry),
  totals: figures,
  funding: z.array(sum).describe('what institutions put in in money, all cooperations together, by currency'),
  days: z.int().nullable().describe('from start to acceptance, the mean of those accepted'),
  reachedBy: z.array(reach),
  outcomes: z
    .record(z.enum(OUTCOMES), z.int())
    .describe(
      'cooperations of which that came, as their ministries told; nothing yet, where nobody told of more',
    ),
  survey: surveyTotals.describe('what delegates answered to the surveys'),
  changes: z
    .record(z.enum(CHANGES_SEEN), z.int())
    .describe('what objectives were to change, by what was told last: by the requesting side, where it told'),
  expected: z.int().describe('objectives that say what they are to change'),
  told: z.array(told),
  cooperations: z.array(cooperation),
});
export type CallReport = z.infer<typeof callReport>;

/** The Secretariat that reports, as its cooperations have it. */
export const callSecretariat = ({ cooperations }: Pick<CallReport, 'cooperations'>) =>
  cooperations.flatMap(({ institutions }) => institutions.filter(({ role }) => role === 'secretariat'));

/** What the case file has of a cooperation, as far as its call is reported. */
export type CalledCooperation = Pick<
  CallCooperation,
  'id' | 'year' | 'subject' | 'institutions' | 'objectives'
> &
  ReportData &
  Pick<CallFigures, 'documents' | 'questions' | 'answered' | 'sheets' | 'commitments' | 'kept'> &
  Parameters<typeof caseState>[0] & {
    filedAt: string;
    /** Those that were held. */
    sessions: readonly { hours: number; attendance: readonly Attendee[] }[];
    /** What its ministries told since its end. */
    told: readonly {
      months: number;
      party: string;
      came: readonly Outcome[];
      text: string;
      objectives: Outcomes['objectives'];
    }[];
    expected: readonly ExpectedChange[];
    survey: SurveyResults;
    /** How long an answer of a party was waited for. */
    waits: readonly { party: string; from: string; to: string }[];
  };

const headsOf = ({ woman, man, unstated }: Pick<Reach, 'woman' | 'man' | 'unstated'>) =>
  woman + man + unstated;
const summed = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((total, one) => total + of(one), 0);

/** The report of a call over its cooperations. */
export function callReportOf(call: number, called: readonly CalledCooperation[]): CallReport {
  const cooperations = called.map(cooperationOf);
  const times = cooperations.flatMap(({ days }) => days ?? []);
  return {
    call,
    years: [...new Set(called.map(({ year }) => year))].sort((a, b) => a - b),
    states: Object.fromEntries(
      CASE_STATES.map((state) => [state, cooperations.filter((one) => one.state === state).length]),
    ) as CallReport['states'],
    requesting: ministriesOf(called, 'requesting'),
    providing: ministriesOf(called, 'providing'),
    totals: Object.fromEntries(
      CALL_FIGURES.map((figure) => [figure, summed(cooperations, (one) => one[figure])]),
    ) as CallFigures,
    funding: totalsIn(cooperations.flatMap(({ funding }) => funding)),
    days: times.length > 0 ? Math.round(summed(times, (one) => one) / times.length) : null,
    reachedBy: reachedBy(called),
    outcomes: Object.fromEntries(
      OUTCOMES.map((one) => [one, called.filter((of) => cameOf(of).includes(one)).length]),
    ) as CallReport['outcomes'],
    survey: surveysIn(called),
    ...changesIn(called),
    told: called.flatMap(toldOf),
    cooperations,
  };
}

const surveysIn = (called: readonly CalledCooperation[]): CallReport['survey'] =>
  totalsOf(summedResults(called.map(({ survey }) => survey)));

const totalsOf = ({ answered, shown, counts }: SurveyResults): CallReport['survey'] => ({
  ...{ answered, shown, counts },
});

function cooperationOf(given: CalledCooperation): CallCooperation {
  const { id, year, subject, institutions, objectives, documents, questions, answered, sheets } = given;
  const { commitments, kept, lessons, funding } = given;
  const { filedAt, closedAt, cancelledAt, sessions } = given;
  const acceptedAt = cancelledAt ? null : closedAt;
  return {
    ...{ id, year, subject, institutions, objectives, documents, questions, answered, sheets, acceptedAt },
    ...{ commitments, kept, lessons: lessons.length, learned: lessons, funding: totalsIn(funding) },
    state: caseState(given),
    startedAt: filedAt,
    days: acceptedAt && Math.round((Date.parse(acceptedAt) - Date.parse(filedAt)) / DAY_MS),
    waited: waitedIn(given),
    sessions: sessions.length,
    hours: summed(sessions, ({ hours }) => hours),
    reached: summed(reachOf(given), headsOf),
    reports: acceptedAt ? 1 : 0,
    survey: totalsOf(given.survey),
  } as CallCooperation;
}

/** What came of it, each kind once; nothing yet is what nobody has told more than. */
function cameOf({ told }: CalledCooperation): Outcome[] {
  const all = [...new Set(told.flatMap(({ came }) => came))];
  const more = all.filter((one) => one !== 'nothing-yet');
  return more.length > 0 ? more : all;
}

/** Of each objective what was told last, by the side that asked for the cooperation where it told. */
function changesIn(called: readonly CalledCooperation[]): Pick<CallReport, 'changes' | 'expected'> {
  const seen = called.flatMap(({ institutions, told, expected }) =>
    expected.flatMap(({ number }) => {
      const of = told.flatMap(
        ({ party, objectives }) =>
          objectives?.flatMap((one) => (one.objective === number ? [{ party, seen: one.seen }] : [])) ?? [],
      );
      const asking = of.filter(({ party }) =>
        institutions.some(({ id, role }) => id === party && role === 'requesting'),
      );
      return (asking.at(-1) ?? of.at(-1))?.seen ?? [];
    }),
  );
  return {
    changes: Object.fromEntries(
      CHANGES_SEEN.map((one) => [one, seen.filter((of) => of === one).length]),
    ) as CallReport['changes'],
    expected: summed(called, ({ expected }) => expected.length),
  };
}

const toldOf = ({ id, institutions, told, expected }: CalledCooperation): CallOutcome[] =>
  told.map(({ party, months, came, text, objectives }) => ({
    ...{ cooperation: id, months, came: [...came], text },
    changes: toldChanges(objectives, expected).map(({ change, seen, said }) => ({ change, seen, said })),
    institution: institutions.find((one) => one.id === party)?.acronym ?? party,
  }));

/** Ids of people are those of one cooperation: whoever is in two is counted in each. */
const reachOf = ({ sessions }: CalledCooperation): Reach[] =>
  peopleReached(sessions.map(({ attendance }) => attendance));

function reachedBy(called: readonly CalledCooperation[]): CallReach[] {
  const found = new Map<string | null, CallReach>();
  for (const one of called)
    for (const { from, woman, man, unstated } of reachOf(one)) {
      const known = one.institutions.find(({ id }) => id === from.party)?.acronym;
      const institution = known ?? from.institution ?? from.party ?? null;
      const before = found.get(institution) ?? { institution, woman: 0, man: 0, unstated: 0 };
      found.set(institution, {
        institution,
        woman: before.woman + woman,
        man: before.man + man,
        unstated: before.unstated + unstated,
      });
    }
  return [...found.values()].sort((a, b) => headsOf(b) - headsOf(a));
}

function ministriesOf(called: readonly CalledCooperation[], role: 'requesting' | 'providing') {
  const all = called.flatMap(({ institutions }) => institutions.filter((one) => one.role === role));
  return [...Map.groupBy(all, ({ country, acronym }) => `${country} ${acronym}`).values()]
    .flatMap(([first, ...others]) =>
      first ? [{ acronym: first.acronym, country: first.country, cooperations: others.length + 1 }] : [],
    )
    .sort((a, b) => b.cooperations - a.cooperations || a.country.localeCompare(b.country));
}

function waitedIn({ institutions, waits }: CalledCooperation): CallCooperation['waited'] {
  const sideOf = (party: string): CallSide | undefined =>
    party === CONSULTANT ? 'consultant' : institutions.find(({ id }) => id === party)?.role;
  return Object.fromEntries(
    CALL_SIDES.map((side) => [side, daysIn(waits.filter(({ party }) => sideOf(party) === side))]),
  ) as CallCooperation['waited'];
}

/** How many days spans of time cover together. */
function daysIn(spans: readonly { from: string; to: string }[]): number {
  let covered = 0;
  let until = Number.NEGATIVE_INFINITY;
  const inTime = spans
    .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }))
    .sort((a, b) => a.from - b.from);
  for (const { from, to } of inTime) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return Math.round(covered / DAY_MS);
}
