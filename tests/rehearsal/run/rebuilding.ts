import type { WorkflowHandle } from '@temporalio/client';
import { readRecord } from '../../../src/casefile/record.ts';
import { workflowId } from '../../../src/domain/ids.ts';
import type { Stage } from '../../../src/rehearsal/stage.ts';

/**
 * Ends all workflows of a cooperation after certain entries of its record, counted from 1, between the end of an activity
 * and when its workflow hears of it, and starts them again from the case file.
 */
export function rebuilding(id: string, when: (entry: number) => boolean) {
  let seen = 0;
  let rebuilt = 0;
  let turn: Promise<unknown> = Promise.resolve();
  async function look(stage: Stage): Promise<void> {
    const { caseFile, workflows, cooperations } = stage;
    const record = (await readRecord(caseFile, id)).filter(({ kind }) => kind !== 'cooperation-rebuilt');
    const fresh = Array.from({ length: record.length - seen }, (_, n) => seen + n + 1);
    seen = record.length;
    if (!fresh.some(when) || (await workflows.standing(id)) !== 'running') return;
    await stage.look();
    const counted = await end(stage, id);
    rebuilt += (await cooperations.rebuild({})).length;
    for (let n = 0; n < counted; n++) await stage.environment.connection.testService?.unlockTimeSkipping({});
  }
  return {
    afterActivity: (stage: Stage): Promise<void> => {
      const mine = turn.then(() => look(stage));
      turn = mine.catch(() => {});
      return mine;
    },
    /** How often that was. */
    times: () => rebuilt,
  };
}

/**
 * Ends a cooperation's workflow and its steps, which this server leaves running. The time-skipping server lets no time pass while something is
 * under way, and forgets that what was under way in a workflow that was terminated is so no more: how much that is.
 */
async function end({ environment: { client } }: Stage, id: string): Promise<number> {
  const cooperation = client.workflow.getHandle(workflowId(id));
  await cooperation.terminate();
  const { events } = await cooperation.fetchHistory();
  const steps = (events ?? []).flatMap(
    ({ childWorkflowExecutionStartedEventAttributes: step }) => step?.workflowExecution?.workflowId ?? [],
  );
  let left = await leftIn(cooperation);
  for (const id of steps) {
    const step = client.workflow.getHandle(id);
    if ((await step.describe()).status.name !== 'RUNNING') continue;
    await step.terminate();
    left += await leftIn(step);
  }
  return left;
}

/** `PENDING_ACTIVITY_STATE_STARTED` of Temporal's API. */
const STARTED = 2;

/** How much was under way in a workflow when it was terminated: activities, its task, what it asked of others. */
async function leftIn(workflow: WorkflowHandle): Promise<number> {
  const { raw } = await workflow.describe();
  const { events } = await workflow.fetchHistory();
  const have = (attributes: keyof NonNullable<typeof events>[number]) =>
    (events ?? []).filter((event) => event[attributes]).length;
  const tasks =
    have('workflowTaskScheduledEventAttributes') -
    have('workflowTaskCompletedEventAttributes') -
    have('workflowTaskFailedEventAttributes') -
    have('workflowTaskTimedOutEventAttributes');
  const steps =
    have('startChildWorkflowExecutionInitiatedEventAttributes') -
    have('childWorkflowExecutionStartedEventAttributes');
  const signals =
    have('signalExternalWorkflowExecutionInitiatedEventAttributes') -
    have('externalWorkflowExecutionSignaledEventAttributes') -
    have('signalExternalWorkflowExecutionFailedEventAttributes');
  // What waits to be tried again is not under way; what is being tried again is.
  const activities = (raw.pendingActivities ?? []).filter(
    ({ attempt, state }) => (attempt ?? 1) <= 1 || state === STARTED,
  );
  return tasks + steps + signals + activities.length;
}
