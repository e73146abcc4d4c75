import {
  ApplicationFailure,
  type ChildWorkflowHandle,
  condition,
  isCancellation,
  ParentClosePolicy,
  startChild,
  type Workflow,
} from '@temporalio/workflow';
import { workflowId } from '../src/domain/ids.ts';
import { institutionsOf, type Plan } from '../src/domain/programme/plan.ts';
import type { FollowUp } from '../src/domain/results/followUp.ts';
import { directionOf } from '../src/words/names/parties.ts';
import { aside } from './desk/turns.ts';
import { followUp } from './followUp.ts';
import { SEARCH_ATTRIBUTES } from './messages.ts';
import { FOLLOWING_UP, type Scope } from './scope.ts';
import type { CooperationState } from './state.ts';
import type { StepInput } from './step.ts';

/** A step as a workflow: with the plan as it is when it starts, and what it needs beside. */
type StepWorkflow<More extends object> = (input: More & StepInput) => Promise<void>;

type Standing = {
  /** The plan as it is when a step starts. */
  plan: () => Plan;
  /** Since when no step begins (ISO 8601, UTC). */
  pausedAt: () => string | undefined;
  state: CooperationState;
};

/** The steps of a cooperation as workflows of their own. */
export function stepWorkflows({ plan, pausedAt, state }: Standing) {
  const underWay = new Map<string, { scope: Scope; step: ChildWorkflowHandle<Workflow> }>();
  const starting = new Set<string>();

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
    while (pausedAt() && isNew) await condition(() => !pausedAt());
    starting.add(scope.id);
    const input = { ...more, plan: plan(), pausedAt: pausedAt(), troubles: state.troubles[scope.id] };
    try {
      const handle = await startChild(workflow, { ...as(plan(), scope), args: [input] });
      underWay.set(scope.id, { scope, step: handle as unknown as ChildWorkflowHandle<Workflow> });
      const over = handle.result().finally(() => {
        underWay.delete(scope.id);
      });
      // One that is not waited for, and that somebody ended, is for the Secretariat to have rebuilt.
      aside(scope.outlives ? over.catch(() => {}) : over);
      return handle;
    } finally {
      starting.delete(scope.id);
    }
  }

  const hasBegun = (scope: Scope): boolean => state.begun.includes(scope.id);

  return {
    run,
    begin,
    /** Whether a workflow that is gone had begun with it. */
    hasBegun,
    signal: signalStep,
    signalAll,
    underWay: (): Scope[] => [...underWay.values()].map(({ scope }) => scope),
    /** @param outliving whether those are left alone that go on when the cooperation is over */
    areOver: (outliving: boolean): boolean =>
      starting.size === 0 && [...underWay.values()].every(({ scope }) => outliving && scope.outlives),
  };
}

/** Begins what outlives the cooperation's workflow: the ministries are asked later on what came of it. */
export async function beginFollowUp(plan: Plan, times: readonly FollowUp[]): Promise<void> {
  await startChild(followUp, { ...as(plan, FOLLOWING_UP), args: [{ plan, times }] });
}

/** How a step appears in Temporal: its id, its summary, and what the list filters by. */
function as(plan: Plan, scope: Scope) {
  return {
    workflowId: workflowId(plan.cooperation, scope.id),
    parentClosePolicy: scope.outlives ? ParentClosePolicy.ABANDON : ParentClosePolicy.TERMINATE,
    staticSummary: `${scope.title(plan.language)} · ${directionOf(plan.parties, plan.language)}`,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.cooperation, value: plan.cooperation },
      { key: SEARCH_ATTRIBUTES.step, value: scope.step },
      { key: SEARCH_ATTRIBUTES.call, value: plan.call },
      { key: SEARCH_ATTRIBUTES.parties, value: institutionsOf(plan) },
    ],
  };
}
