import { ApplicationFailure } from '@temporalio/common';
import {
  allHandlersFinished,
  CancellationScope,
  type ChildWorkflowHandle,
  condition,
  isCancellation,
  ParentClosePolicy,
  setHandler,
  startChild,
  upsertSearchAttributes,
  type Workflow,
} from '@temporalio/workflow';
import type { HeardChange, RecordedChange } from '../src/domain/change.ts';
import { type ChangeMessage, changeMessage } from '../src/domain/changeMessage.ts';
import { malformed } from '../src/domain/guard.ts';
import { POLL_OPENS_DAYS_BEFORE_WINDOW } from '../src/domain/methodology.ts';
import { institutionsOf, type Plan, type SessionOfPlan } from '../src/domain/plan.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import { directionOf } from '../src/words/parties.ts';
import { amendment } from './coordination.ts';
import { failure } from './desk/answering.ts';
import { aside, turns } from './desk/turns.ts';
import {
  type ChangeMade,
  changeUpdate,
  pauseStep,
  planChanged,
  programmeAmended,
  resumeStep,
  SEARCH_ATTRIBUTES,
  sessionChanged,
  workflowId,
} from './messages.ts';
import { caseFile } from './outside.ts';
import { amendmentScope, type Scope, sessionScope } from './scope.ts';
import { BEGINNING, type CooperationState } from './state.ts';
import type { StepInput } from './step.ts';
import { tellingOf } from './telling.ts';
import { say } from './wording.ts';

/**
 * The course of a cooperation: which of its steps are under way, and what the Secretariat changes about it on the way.
 * A change is made in the case file first; then the steps concerned hear of it, and those people whom it concerns.
 */
export type Course = ReturnType<typeof openCourse>;

type Standing = 'paused' | 'cancelled';

/** A step as a workflow: with the plan as it is when it starts, and what it needs beside. */
type StepWorkflow<More extends object> = (input: More & StepInput) => Promise<void>;

const DAY = 24 * 60 * 60 * 1000;

/** Takes the changes of one cooperation. Call it before anything is awaited: it registers the message handlers. */
export function openCourse(
  filed: Plan,
  { show, state = BEGINNING }: { show: (standing?: Standing) => void; state?: CooperationState | undefined },
) {
  let plan = filed;
  const { cooperation, language } = filed;
  const underWay = new Map<string, { scope: Scope; step: ChildWorkflowHandle<Workflow> }>();
  const starting = new Set<string>();
  const sessions: SessionOfPlan[] = [...plan.sessions];
  const notHeld = new Set(state.notHeld);
  const beside: Promise<unknown>[] = [];
  const steps = new CancellationScope();
  const inTurn = turns();
  let sessionsChanged = 0;
  let pausedAt = state.pausedAt;
  let over = state.over;
  const telling = tellingOf({ cooperation, language });
  let beginAdded: ((session: SessionOfPlan) => void) | undefined;

  function refusalOf(message: ChangeMessage): Refusal | null {
    if (over) return { code: 'CooperationOver', cooperation, how: over };
    const mistaken = malformed(changeMessage, message);
    if (mistaken) return mistaken;
    const { kind, request } = message;
    return request === undefined ? null : { code: 'ChangeElsewhere', change: kind, goesTo: 'request' };
  }

  setHandler(
    changeUpdate,
    async ({ change, kind }: ChangeMessage): Promise<ChangeMade> => {
      const at = new Date().toISOString();
      const made = await inTurn(() =>
        caseFile(say(language, 'changes')).recordChange({ cooperation, change, at }),
      );
      if (made.refusal) throw failure(made.refusal);
      await heard(kind)?.(made);
      if (made.approval) await approve(change);
      if (made.tells) telling.tell(change);
      return { at };
    },
    {
      description:
        'Makes a change of people, sessions or the cooperation; refused at once when it cannot be made.',
      validator: (input) => {
        const refusal = refusalOf(input);
        if (refusal) throw failure(refusal);
      },
    },
  );

  /** What a change that was made means to the steps. */
  const hears: Readonly<Record<HeardChange, (made: RecordedChange) => Promise<void> | void>> = {
    reschedule: ({ session }) => session && sessionIs(session),
    'cancel-session': ({ session }) => {
      if (!session) return;
      notHeld.add(session.number);
      sessionsChanged++;
      return signalStep(sessionScope(session.number).id, (step) =>
        step.signal(sessionChanged, { cancelled: true }),
      );
    },
    'add-session': ({ added }) => {
      if (!added) return;
      sessionsChanged++;
      if (beginAdded) beginAdded(added);
      else sessions.push(added);
    },
    pause: () => {
      pausedAt = new Date().toISOString();
      show('paused');
      return signalAll((step) => step.signal(pauseStep));
    },
    resume: () => {
      pausedAt = undefined;
      show();
      return signalAll((step) => step.signal(resumeStep));
    },
    cancel: () => {
      over = 'cancelled';
      show('cancelled');
      steps.cancel();
    },
    amend,
  };
  const heard = (kind: string) => (Object.hasOwn(hears, kind) ? hears[kind as HeardChange] : undefined);

  /** A session that is not under way yet begins in time for its new date. */
  async function sessionIs({ number, startsAt, endsAt, agendaAt }: NonNullable<RecordedChange['session']>) {
    const index = sessions.findIndex((session) => session.number === number);
    const planned = sessions[index];
    if (planned && startsAt && endsAt)
      sessions[index] = {
        number,
        date: { startsAt, endsAt },
        opensAt: new Date(Date.parse(startsAt) - POLL_OPENS_DAYS_BEFORE_WINDOW * DAY).toISOString(),
      };
    sessionsChanged++;
    await signalStep(sessionScope(number).id, (session) =>
      session.signal(sessionChanged, {
        ...(startsAt && { startsAt }),
        ...(endsAt && { endsAt }),
        ...(agendaAt && { agendaAt }),
      }),
    );
  }

  /** The steps to come have the corrected plan, and those under way hear of it. */
  async function amend({ plan: corrected }: RecordedChange): Promise<void> {
    if (!corrected) return;
    plan = corrected;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.parties, value: institutionsOf(plan) }]);
    await signalAll((step) => step.signal(planChanged, plan));
  }

  /** What the ministries approve is another now: what is up for approval is replaced, or it is approved once more. */
  async function approve(change: number): Promise<void> {
    const approving = [...underWay.values()].find(({ scope }) => scope.approves)?.scope;
    if (approving) return signalStep(approving.id, (step) => step.signal(programmeAmended));
    runBeside(() => run(amendment, amendmentScope(change), { change }));
  }

  async function signalStep(
    scope: string,
    send: (step: ChildWorkflowHandle<Workflow>) => Promise<void>,
  ): Promise<void> {
    // A step that is about to start hears of it when it has.
    if (starting.has(scope)) await condition(() => !starting.has(scope));
    const step = underWay.get(scope)?.step;
    if (!step) return;
    // One that ended at this moment has nothing left to hear.
    await send(step).catch((error: unknown) => {
      if (!(error instanceof ApplicationFailure) && isCancellation(error)) throw error;
    });
  }

  const signalAll = async (send: (step: ChildWorkflowHandle<Workflow>) => Promise<void>): Promise<void> => {
    for (const scope of [...starting, ...underWay.keys()]) await signalStep(scope, send);
  };

  /** Runs a step as a workflow of its own, from its start to its end; one that is through already has nothing to do. */
  async function run<More extends object>(
    workflow: StepWorkflow<More>,
    scope: Scope,
    more: More,
  ): Promise<void> {
    if (!state.done.includes(scope.id)) await (await begin(workflow, scope, more)).result();
  }

  async function begin<More extends object>(
    workflow: StepWorkflow<More>,
    scope: Scope,
    more: More,
  ): Promise<ChildWorkflowHandle<StepWorkflow<More>>> {
    const isNew = !hasBegun(scope);
    while (pausedAt && isNew) await condition(() => !pausedAt);
    starting.add(scope.id);
    const input = { ...more, plan, pausedAt, troubles: state.troubles[scope.id] };
    try {
      const handle = await startChild(workflow, { ...as(plan, scope), args: [input] });
      underWay.set(scope.id, { scope, step: handle as unknown as ChildWorkflowHandle<Workflow> });
      aside(
        handle.result().finally(() => {
          underWay.delete(scope.id);
        }),
      );
      return handle;
    } finally {
      starting.delete(scope.id);
    }
  }

  const hasBegun = (scope: Scope): boolean => state.begun.includes(scope.id);

  /** Work beside the steps in their order, which the cooperation waits for before it ends. */
  function runBeside(work: () => Promise<unknown>): void {
    const going = steps.run(work);
    beside.push(going);
    aside(going);
  }

  return {
    /** The plan as it is now: it may be corrected at any time. */
    plan: () => plan,
    run,
    begin,
    runBeside,
    paused: () => pausedAt !== undefined,
    /** Whether a workflow that is gone had begun with it. */
    hasBegun,
    /** The sessions as they are planned now, those added too, in their order. */
    sessions: () => sessions.filter(({ number }) => !notHeld.has(number)),
    /** Grows with every change of the sessions. */
    sessionsChanged: () => sessionsChanged,
    /** Hears of sessions that are added from now on. */
    onSessionAdded: (begin: (session: SessionOfPlan) => Promise<unknown>): void => {
      beginAdded = (session) => runBeside(() => begin(session));
    },
    /** Takes the steps until they are through, or the cooperation is cancelled. */
    async take(work: () => Promise<void>): Promise<'accepted' | 'cancelled'> {
      for (const change of state.untold) telling.tell(change);
      if (over) return over;
      try {
        await steps.run(async () => {
          for (const change of state.approvals)
            runBeside(() => run(amendment, amendmentScope(change), { change }));
          await work();
          await Promise.all(beside);
        });
      } catch (error) {
        if (over !== 'cancelled' || !isCancellation(error)) throw error;
      }
      over ??= 'accepted';
      return over;
    },
    /** Before the cooperation's workflow returns: all messages dealt with, everyone told. */
    finish: (): Promise<void> =>
      condition(
        () => telling.underWay() === 0 && starting.size === 0 && underWay.size === 0 && allHandlersFinished(),
      ),
  };
}

/** How a step appears in Temporal: its id, its summary, and what the list filters by. */
function as(plan: Plan, scope: Scope) {
  return {
    workflowId: workflowId(plan.cooperation, scope.id),
    parentClosePolicy: ParentClosePolicy.TERMINATE,
    staticSummary: `${scope.title(plan.language)} · ${directionOf(plan.parties, plan.language)}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.cooperation, value: plan.cooperation },
      { key: SEARCH_ATTRIBUTES.step, value: scope.step },
      { key: SEARCH_ATTRIBUTES.call, value: plan.call },
      { key: SEARCH_ATTRIBUTES.parties, value: institutionsOf(plan) },
    ],
  };
}
