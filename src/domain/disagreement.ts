import { z } from 'zod';
import { MINUTE_MS } from './dates/durations.ts';
import { FOLLOW_UP } from './methodology.ts';
import { owing, type RequestState, scopeOf } from './request.ts';

/**
 * In what the two stores disagree: what is open in the case file, and what runs and waits in Temporal; and where the case
 * file disagrees with itself, since its record is no longer what was written. A closed list of
 * codes with their values; {@link disagreements} finds them from facts, and neither asks nor mends.
 */

const cooperation = z.string();
const was = z.string().describe('how it ended, as Temporal says: `terminated`, `cancelled`, `failed` …');
const run = z.string().describe('the id of the run that ended; empty where Temporal knows none');
const scope = z.string().describe('the last part of the workflow’s id; empty for the cooperation’s own');
const request = z.string();

export const disagreement = z.discriminatedUnion('code', [
  z
    .object({ code: z.literal('workflow-missing'), cooperation })
    .describe('open, and Temporal knows no workflow of it'),
  z
    .object({ code: z.literal('workflow-ended'), cooperation, was, run })
    .describe('open, and its workflow ended all the same'),
  z
    .object({ code: z.literal('step-ended'), cooperation, scope, was, run })
    .describe('the workflow of an open request does not run, and its cooperation’s does'),
  z
    .object({ code: z.literal('workflow-left'), cooperation, scope })
    .describe('a workflow runs whose cooperation is over'),
  z
    .object({ code: z.literal('correction-left'), cooperation, scope })
    .describe('the workflow of a corrected sheet runs, and that was published or called off'),
  z
    .object({ code: z.literal('cooperation-unknown'), cooperation })
    .describe('workflows run of a cooperation that the case file does not have'),
  z
    .object({ code: z.literal('request-unwaited'), cooperation, request })
    .describe('open, and its workflow does not wait on it'),
  z
    .object({ code: z.literal('request-unfiled'), cooperation, request })
    .describe('waited on by its workflow, and not open in the case file'),
  z
    .object({ code: z.literal('answer-unheard'), cooperation, request, party: z.string() })
    .describe('in the case file, and its workflow has not heard of it'),
  z
    .object({ code: z.literal('answer-unfiled'), cooperation, request, party: z.string() })
    .describe('taken by its workflow, and not in the case file'),
  z
    .object({ code: z.literal('change-unmade'), cooperation, change: z.int() })
    .describe('asked for, and neither made nor refused'),
  z
    .object({
      ...{ code: z.literal('tasks-failing'), cooperation, scope },
      why: z.string().describe('`non-deterministic-error` and the like, as Temporal says'),
    })
    .describe('the workflow cannot go on: each attempt of its code fails'),
  z
    .object({ code: z.literal('mails-unsent'), cooperation, mails: z.int().describe('how many') })
    .describe('to be sent, and nothing sends them'),
  z
    .object({
      ...{ code: z.literal('record-altered'), cooperation },
      entry: z
        .int()
        .describe('its number in the record; the first of those that are not as they were written'),
    })
    .describe('somebody changed the record of a cooperation under way in the database itself'),
]);
export type Disagreement = z.infer<typeof disagreement>;
export type DisagreementCode = Disagreement['code'];
export const DISAGREEMENT_CODES = disagreement.options.map(({ shape }) => shape.code.value);

/** A workflow that was ended in Temporal: a step's where there is a `scope`, else the cooperation's own. */
export type EndedWorkflow = { cooperation: string; scope?: string; was: string; run: string };

/** What becomes of a disagreement: it is mended by itself, or somebody has to act. */
export const REMEDIES = ['itself', 'rebuild', 'failing', 'left', 'unknown', 'record'] as const;
type Remedy = (typeof REMEDIES)[number];
const REMEDY_OF: Readonly<Record<DisagreementCode, Remedy>> = {
  'workflow-missing': 'itself',
  'workflow-ended': 'rebuild',
  'step-ended': 'rebuild',
  'workflow-left': 'left',
  'correction-left': 'itself',
  'cooperation-unknown': 'unknown',
  'request-unwaited': 'rebuild',
  'request-unfiled': 'rebuild',
  'answer-unheard': 'itself',
  'answer-unfiled': 'rebuild',
  'change-unmade': 'itself',
  'tasks-failing': 'failing',
  'mails-unsent': 'itself',
  'record-altered': 'record',
};
export const remedyOf = ({ code }: Pick<Disagreement, 'code'>): Remedy => REMEDY_OF[code];

/**
 * Temporal has to keep what has ended for so many days: what it has forgotten cannot be told from what was lost, so that a
 * cooperation that somebody ended while the system stood still over a long holiday would be rebuilt without a word.
 */
export const LEAST_RETENTION_DAYS = 7;

/** What is under way for less than this is no disagreement yet. */
const GRACE_MS = 5 * MINUTE_MS;

type FiledRequest = Pick<RequestState, 'id' | 'of' | 'waived' | 'openedAt'> & {
  answers: readonly { party: string; at: string }[];
  closedAt: string | null;
};

/** What the case file has of a cooperation. */
export type FiledCooperation = {
  id: string;
  /** Its workflow has something left to do: it is open, or not everybody has been told. */
  unfinished: boolean;
  /** It is closed, and what came of it is still to be asked: the workflow of that has something left to do. */
  followedUp: boolean;
  /** It is over, and these workflows of corrected sheets have something left to do, each since when. */
  sheets: readonly { scope: string; since: string }[];
  /** Since when that is so, as far as is known. */
  since: string;
  paused: boolean;
  /** The open ones; those that are closed where a workflow waits on them all the same. */
  requests: readonly FiledRequest[];
  /** Neither made nor refused. */
  changes: readonly { number: number; askedAt: string }[];
  /** To be sent. */
  mails: readonly { preparedAt: string }[];
};

/** What Temporal has of a workflow: its last run. */
export type WorkflowFacts = {
  cooperation: string;
  scope: string;
  /** `running`, `terminated` …; `missing` where it knows none. */
  status: string;
  run?: string | undefined;
  startedAt?: string | undefined;
  closedAt?: string | undefined;
  /** An activity of it is under way, or tried again. */
  atWork: boolean;
  /** Why its tasks fail, while they do. */
  failing?: string | undefined;
  /** Whom it waits on, as Temporal’s list shows it. */
  waitingOn: readonly string[];
  /** What it waits on, where it was asked. */
  requests?: readonly RequestState[] | undefined;
};

const isOfSheet = ({ scope }: Pick<WorkflowFacts, 'scope'>): boolean => /^sheet-\d+$/.test(scope);

const isRunning = ({ status }: Pick<WorkflowFacts, 'status'>): boolean => status === 'running';

/** Everything in which they disagree at an instant. `found` holds at least the workflows that {@link wanted} names. */
export function disagreements(
  filed: readonly FiledCooperation[],
  found: readonly WorkflowFacts[],
  now: string,
): Disagreement[] {
  const workflows = Map.groupBy(found, ({ cooperation }) => cooperation);
  const known = new Set(filed.map(({ id }) => id));
  const isSettled = (...instants: (string | null | undefined)[]): boolean =>
    instants.every((at) => !at || Date.parse(at) <= Date.parse(now) - GRACE_MS);
  const unknown = found.filter(
    (one) => !known.has(one.cooperation) && isRunning(one) && isSettled(one.startedAt),
  );
  return [
    ...filed.flatMap((one) => ofCooperation(one, workflows.get(one.id) ?? [], isSettled)),
    ...[...new Set(unknown.map(({ cooperation }) => cooperation))].map(
      (cooperation): Disagreement => ({ code: 'cooperation-unknown', cooperation }),
    ),
  ];
}

/** The workflows that have to be looked at because of what the case file has. */
export const wanted = (filed: readonly FiledCooperation[]): { cooperation: string; scope: string }[] =>
  filed
    .filter(({ unfinished, followedUp, sheets }) => unfinished || followedUp || sheets.length > 0)
    .flatMap((one) =>
      [
        ...new Set([
          ...bearersOf(one),
          ...one.sheets.map(({ scope }) => scope),
          ...one.requests.map(scopeOf),
        ]),
      ].map((scope) => ({
        cooperation: one.id,
        scope,
      })),
    );

/** The workflows without which the others of a cooperation cannot go on. */
const bearersOf = ({
  unfinished,
  followedUp,
}: Pick<FiledCooperation, 'unfinished' | 'followedUp'>): string[] =>
  // What is to be told of a change is told by the one that is there.
  followedUp ? [FOLLOW_UP] : unfinished ? [''] : [];

/**
 * Whether a running workflow has to be asked what it waits on: by what Temporal's list shows it is not what the case file
 * has. Where there are several requests, or time stands still, the list does not tell.
 */
export function isUnclear(
  workflow: WorkflowFacts,
  { paused, requests, id }: Pick<FiledCooperation, 'paused' | 'requests' | 'id'>,
): boolean {
  if (!isRunning(workflow) || workflow.failing || workflow.cooperation !== id) return false;
  const [one, ...others] = requests.filter((open) => scopeOf(open) === workflow.scope);
  if (!one) return workflow.waitingOn.length > 0;
  const { waitingOn } = workflow;
  const expected = owing(one);
  const beyond = waitingOn.filter((party) => !expected.includes(party));
  // Beside those who owe it, the Secretariat is waited on once every reminder has gone out.
  const tells = beyond.length <= 1 && !beyond.some((party) => one.of.includes(party));
  return paused || others.length > 0 || !tells || expected.some((party) => !waitingOn.includes(party));
}

type Settling = (...instants: (string | null | undefined)[]) => boolean;

function ofCooperation(
  filed: FiledCooperation,
  workflows: readonly WorkflowFacts[],
  isSettled: Settling,
): Disagreement[] {
  const { id: cooperation, unfinished, followedUp, since, requests } = filed;
  const own = workflows.find(({ scope, ...one }) => bearersOf(filed).includes(scope) && !isRunning(one));
  if (own) {
    const { status: was, run = '', closedAt } = own;
    if (!isSettled(since, closedAt)) return [];
    // What else is amiss follows from that.
    return [
      was === 'missing'
        ? { code: 'workflow-missing', cooperation }
        : { code: 'workflow-ended', cooperation, was, run },
    ];
  }
  const running = workflows.filter(isRunning);
  const isAwaited = (scope: string) =>
    (followedUp && scope === FOLLOW_UP) || filed.sheets.some((one) => one.scope === scope);
  const steps = unfinished
    ? []
    : running.filter(({ scope }) => !/^(again|communication)-/.test(scope) && !isAwaited(scope));
  const left = steps.filter(({ atWork }) => !atWork && isSettled(since));
  const { lost, ended } = sheetsGone(filed, workflows, isSettled);
  const ofSteps = workflows
    .filter((one) => !lost.includes(one) && !(left.includes(one) && isOfSheet(one)))
    .flatMap((workflow) => ofStep(workflow, requests, isSettled));
  // The cooperation's own cannot go on from a step that ended: that is not its code's fault.
  const hasEnded = ofSteps.some(({ code }) => code === 'step-ended');
  const failing = running.filter((one) => one.failing && !(hasEnded && one.scope === ''));
  return [
    ...left.map(
      (one): Disagreement => ({
        ...{ cooperation, scope: one.scope },
        code: isOfSheet(one) ? 'correction-left' : 'workflow-left',
      }),
    ),
    ...lost.map((): Disagreement => ({ code: 'workflow-missing', cooperation })),
    ...ended.map(
      ({ scope, status: was, run = '' }): Disagreement => ({
        ...{ code: 'step-ended', cooperation, scope, was, run },
      }),
    ),
    ...ofSteps,
    ...failing.map(
      ({ scope, failing: why = '' }): Disagreement => ({ code: 'tasks-failing', cooperation, scope, why }),
    ),
    ...filed.changes
      .filter(({ askedAt }) => isSettled(askedAt))
      .map(({ number }): Disagreement => ({ code: 'change-unmade', cooperation, change: number })),
    ...mailsUnsent(filed, running, isSettled),
  ];
}

/** The workflows of corrected sheets that do not run: Temporal knows nothing of them, or they ended with no request open. */
function sheetsGone(
  { sheets, requests }: FiledCooperation,
  workflows: readonly WorkflowFacts[],
  isSettled: Settling,
): { lost: WorkflowFacts[]; ended: WorkflowFacts[] } {
  const gone = workflows.filter(
    (one) =>
      !isRunning(one) &&
      sheets.some(({ scope, since }) => scope === one.scope && isSettled(since, one.closedAt)),
  );
  const lost = gone.filter(({ status }) => status === 'missing');
  return {
    lost,
    // Of one whose requests are open it is told with those.
    ended: gone.filter((one) => !lost.includes(one) && !requests.some((open) => scopeOf(open) === one.scope)),
  };
}

/** Mails that are to be sent while no activity of any of its workflows is under way. */
function mailsUnsent(
  { id: cooperation, mails }: FiledCooperation,
  running: readonly WorkflowFacts[],
  isSettled: Settling,
): Disagreement[] {
  const left = mails.filter(({ preparedAt }) => isSettled(preparedAt));
  const busy = running.some(({ atWork, startedAt }) => atWork || !isSettled(startedAt));
  if (left.length === 0 || busy) return [];
  return [{ code: 'mails-unsent', cooperation, mails: left.length }];
}

/** A workflow beside the requests that it should wait on. */
function ofStep(workflow: WorkflowFacts, all: readonly FiledRequest[], isSettled: Settling): Disagreement[] {
  const { cooperation, scope, status: was, run = '', closedAt } = workflow;
  const filed = all.filter((one) => scopeOf(one) === scope);
  if (!isRunning(workflow)) {
    const waiting = filed.some((one) => one.closedAt === null && isSettled(one.openedAt, closedAt));
    return waiting ? [{ code: 'step-ended', cooperation, scope, was, run }] : [];
  }
  const { requests: held, startedAt } = workflow;
  if (!held || !isSettled(startedAt)) return [];
  const unwaited = filed.filter(
    ({ id, openedAt, closedAt }) =>
      closedAt === null && isSettled(openedAt) && !held.some((one) => one.id === id),
  );
  return [
    ...unwaited.map(({ id }): Disagreement => ({ code: 'request-unwaited', cooperation, request: id })),
    ...held.flatMap((one) =>
      ofRequest(
        cooperation,
        one,
        filed.find(({ id }) => id === one.id),
        isSettled,
      ),
    ),
  ];
}

/** A request that a workflow waits on, beside what the case file has of it. */
function ofRequest(
  cooperation: string,
  held: RequestState,
  filed: FiledRequest | undefined,
  isSettled: Settling,
): Disagreement[] {
  const request = held.id;
  const has = (answers: readonly { party: string }[], party: string) =>
    answers.some((one) => one.party === party);
  const unheard = (filed?.answers ?? []).filter(
    ({ party, at }) => isSettled(at) && !has(held.answers, party) && held.of.includes(party),
  );
  const unfiled = held.answers.filter(
    ({ party, at }) => filed && isSettled(at) && !has(filed.answers, party),
  );
  const isFiled = filed && (filed.closedAt === null || unheard.length > 0);
  return [
    ...(!isFiled && isSettled(held.openedAt, filed?.closedAt)
      ? [{ code: 'request-unfiled' as const, cooperation, request }]
      : []),
    ...unheard.map(({ party }): Disagreement => ({ code: 'answer-unheard', cooperation, request, party })),
    ...unfiled.map(({ party }): Disagreement => ({ code: 'answer-unfiled', cooperation, request, party })),
  ];
}
