import type { CaseView } from '../domain/caseView.ts';
import { DAY_MS, HOUR_MS } from '../domain/dates/durations.ts';
import { sessionScopeId, sheetScopeId, workflowId } from '../domain/ids.ts';
import { FOLLOW_UP, STEPS } from '../domain/methodology.ts';
import type { Plan } from '../domain/programme/plan.ts';
import { planOf } from '../domain/programme/planOf.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { checkProgrammeFile } from '../domain/programme/programmeFile.ts';
import { Refused } from '../domain/refusal.ts';
import type { Attempt, RehearsalResult } from '../domain/rehearsal.ts';
import { isOfSheetCorrection } from '../domain/request.ts';
import { commitmentsAhead, isFollowedUp } from '../domain/results/followUp.ts';
import { answererOf } from './answering.ts';
import { beginningOf } from './beginning.ts';
import { answerOf, secretariatZone } from './cast.ts';
import { firstOf, tryInto } from './deeds.ts';
import { postRules } from './postRules.ts';
import { instantFrom, type Scenario } from './scenario.ts';
import { openStage, type Stage } from './stage.ts';
import { deedsOf, wishesOf } from './wishes.ts';

/**
 * A whole cooperation on virtual time, in seconds: the real workflows and activities, with people who answer as the
 * scenario says.
 */

export type RehearsalOptions = {
  /** The programme file's text. */
  programme: string;
  scenario?: Scenario | undefined;
  /** The origin of the site that the links of mails would lead to; one of an example where it is left out. */
  siteUrl?: string | undefined;
  /** `postgres://…` of an empty database; without it there is one for as long as the rehearsal lasts. */
  database?: string | undefined;
  /** The text of a file that the scenario names. */
  read?: (file: string) => string;
  /** Hears where the rehearsal is: its instant (ISO 8601, UTC), and the share of the months that has passed. */
  onTime?: (at: string, share: number) => void;
  /** Hears what takes long before it begins, a line at a time. */
  onProgress?: (line: string) => void;
  /** Is given the stage at the end, before it is closed: for what is to be taken from it. */
  atEnd?: ((stage: Stage, rehearsed: RehearsalResult) => Promise<void>) | undefined;
  /** Is given the stage between the end of each activity and when its workflow hears of it. */
  afterActivity?: ((stage: Stage) => Promise<void>) | undefined;
  signal?: AbortSignal | undefined;
};

/** Far less than a working day, so that what is opened meanwhile is seen before it is answered. */
const STEP_MS = 8 * HOUR_MS;
const SHORT_STEP_MS = 30 * 60 * 1000;
/** People act a little after the minute, when what happens by itself at the minute has happened. */
const AFTER_THE_MINUTE_MS = 10_000;

/** @throws TestServerNotFoundError, RehearsalStuck, or the signal's reason */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalResult> {
  const { scenario = {}, siteUrl, database, onProgress, signal } = options;
  const checked = checkProgrammeFile(options.programme);
  if ('mistakes' in checked) throw new Refused({ code: 'ProgrammeMistaken', mistakes: checked.mistakes });
  const { programme } = checked;
  const from =
    scenario.from === undefined
      ? beginningOf(programme)
      : instantFrom(scenario.from, secretariatZone({ programme }));
  const post = postRules(scenario, programme);
  const afterActivity = options.afterActivity && (() => options.afterActivity?.(stage) ?? Promise.resolve());
  const stage: Stage = await openStage({
    start: from,
    post,
    siteUrl,
    database,
    onProgress,
    signal,
    afterActivity,
  });
  try {
    const rehearsed = await toItsEnd(stage, programme, from, options);
    await options.atEnd?.(stage, rehearsed);
    return rehearsed;
  } finally {
    await stage.close();
  }
}

/** Starts the cooperation, and lets time pass and people act until it is over, or waits for good. */
async function toItsEnd(
  stage: Stage,
  programme: Programme,
  from: string,
  options: RehearsalOptions,
): Promise<RehearsalResult> {
  const { scenario = {}, onTime = () => {}, read = () => '', signal } = options;
  const { id, language } = programme;
  const { cooperations, now } = stage;
  const timeZone = secretariatZone({ programme });
  const until = scenario.until === undefined ? undefined : instantFrom(scenario.until, timeZone);
  const plan = planOf(programme);
  const workflows = workflowsOf(programme, scenario);
  const refusals: Attempt[] = [];
  const attempt = tryInto(refusals, now);
  const wished = deedsOf(wishesOf(scenario, { id, language, timeZone, cooperations, attempt, read }));
  const answers = answererOf({
    ...{ scenario, parties: plan.parties, now },
    give: (view, request, { party, person }, role) =>
      attempt({ party, person, request: request.id }, async () => {
        const answer = await answerOf(stage, view, request, person, role);
        await cooperations.answer(
          id,
          { ...answer, ...{ request: request.id, by: person, subject: request.subject.hash } },
          { door: 'site' },
        );
      }),
  });
  await cooperations.start(options.programme);

  let view = await stage.view(id);
  let stirred = -1;
  let movedAt = now();
  const look = async () => {
    if (stirred === stage.stirred()) return;
    await stage.rest(workflows);
    stirred = stage.stirred();
    view = await stage.view(id);
    movedAt = now();
    answers.look(view);
  };
  const ended = (end: RehearsalResult['end'], to: string): RehearsalResult => ({
    view,
    from,
    to,
    end,
    refusals,
  });

  for (;;) {
    signal?.throwIfAborted();
    await look();
    const at = Date.parse(now());
    onTime(now(), shareOf(programme, from, at));
    if (view.closedAt !== null && !(scenario.followUp && isFollowedUp(view)) && !isCorrected(view)) break;
    if (until !== undefined && now() >= until) return ended('until', now());
    const first = firstOf([...wished(view), ...answers.deeds()]);
    const due = first ? Date.parse(first.at) + AFTER_THE_MINUTE_MS : Number.POSITIVE_INFINITY;
    if (first && due <= at) {
      await stage.rest(workflows);
      await first.act(view);
      // Whatever follows from it is under way before time passes on.
      stirred = -1;
      await stage.pass(1_000);
      continue;
    }
    if (!first && at > Date.parse(movedAt) + 2 * DAY_MS) {
      // What waits for good has done so since the last thing that happened.
      const over = lastInstant(plan, view, await stage.requests(id));
      if (at > over + 2 * DAY_MS) return ended('waiting', lastRecorded(view));
    }
    const end = until ? Date.parse(until) : Number.POSITIVE_INFINITY;
    await stage.passUntil(new Date(Math.min(due, at + stepAt(view, scenario, at), end)).toISOString());
  }
  // The last of the workflows ends after the case file is closed.
  await stage.pass(60_000);
  stirred = -1;
  await look();
  return ended('closed', view.followedUpAt ?? view.closedAt ?? now());
}

/** Whether a corrected sheet is waited on, which a cooperation does not wait for. */
const isCorrected = ({ requests }: CaseView): boolean =>
  requests.some((request) => request.closedAt === null && isOfSheetCorrection(request));

/** How long time passes at once (in ms): where a cooperation is closed, until it is asked what came of it. */
function stepAt(view: CaseView, scenario: Scenario, at: number): number {
  const step = stepOf(scenario);
  // What is asked at the instant is given the time to be seen.
  const next = askedAt(view).find((then) => then > at - DAY_MS);
  const waits = view.requests.some(({ closedAt }) => closedAt === null);
  return isFollowedUp(view) && !waits && next !== undefined ? Math.max(step, next - at) : step;
}

/** When it is asked after the acceptance what came of it, and of commitments (in ms). */
const askedAt = (view: Pick<CaseView, 'closedAt' | 'followUps' | 'commitments' | 'programme'>): number[] =>
  [
    ...view.followUps,
    ...(view.closedAt === null
      ? []
      : commitmentsAhead(view.commitments, planOf(view.programme).parties, view.closedAt)),
  ]
    .map(({ at }) => Date.parse(at))
    .sort((a, b) => a - b);

/** The workflows there may be, those of sessions that are added on the way too. */
const workflowsOf = ({ id, sessions }: Programme, { changes = [] }: Scenario): string[] => [
  workflowId(id),
  ...STEPS.flatMap((step) =>
    step === 'sessions'
      ? Array.from({ length: sessions.length + 6 }, (_, n) => workflowId(id, sessionScopeId(n + 1)))
      : workflowId(id, step),
  ),
  workflowId(id, FOLLOW_UP),
  ...changes.map((_, index) => workflowId(id, sheetScopeId(index + 1))),
];

/** How long time passes at once (in ms): less where somebody answers within hours. */
const stepOf = ({ answers }: Scenario): number =>
  answers?.some(({ after }) => after?.includes('hour') || after?.startsWith('0 ')) ? SHORT_STEP_MS : STEP_MS;

/** After this instant (in ms) nothing happens by itself any more. */
function lastInstant(
  plan: Plan,
  view: Pick<
    CaseView,
    'meeting' | 'sessions' | 'requests' | 'followUps' | 'closedAt' | 'commitments' | 'programme'
  >,
  requests: Awaited<ReturnType<Stage['requests']>>,
): number {
  const instants = [
    view.meeting.endsAt,
    ...askedAt(view).map((then) => new Date(then).toISOString()),
    ...plan.sessions.map(({ opensAt }) => opensAt),
    ...view.sessions.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
    // A poll ends with the last date that it proposes.
    ...view.requests.flatMap(({ closedAt, slots }) => (closedAt ? [] : slots.map(({ endsAt }) => endsAt))),
    ...requests.flatMap(({ closedAt, dueAt, reminders }) => (closedAt ? [] : [dueAt, ...reminders])),
  ];
  return Math.max(...instants.map((instant) => (instant ? Date.parse(instant) : 0)));
}

/** When the last thing happened. */
const lastRecorded = ({ record }: CaseView): string =>
  record
    .map(({ at }) => at)
    .sort()
    .at(-1) ?? '';

/** For the progress line alone: how much has passed of the time until two months after the last session. */
function shareOf({ sessions }: Programme, from: string, at: number): number {
  const last = sessions
    .flatMap(({ date, window }) => [date, window?.to].filter((day) => day !== undefined))
    .sort()
    .at(-1);
  const begun = Date.parse(from);
  const end = Math.max(begun + 30 * DAY_MS, Date.parse(last ?? from) + 60 * DAY_MS);
  return Math.min(0.99, (at - begun) / (end - begun));
}
