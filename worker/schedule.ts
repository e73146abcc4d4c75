import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import type { Duration } from '@temporalio/common';
import { TASK_QUEUE } from '../workflows/messages.ts';

/** What is done again and again by a Schedule of Temporal's, however many workers there are. */

/** Has a workflow that takes nothing started now and every so often, never beside itself. `workflow`: its type, and its id. */
export async function scheduled(
  { schedule }: Client,
  { scheduleId, workflow, every }: { scheduleId: string; workflow: string; every: Duration },
): Promise<void> {
  const kept = {
    spec: { intervals: [{ every }] },
    action: {
      type: 'startWorkflow' as const,
      ...{ workflowType: workflow, workflowId: workflow, taskQueue: TASK_QUEUE, args: [] },
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10 minutes' as const },
  };
  try {
    await schedule.create({ scheduleId, ...kept, state: { triggerImmediately: true } });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = schedule.getHandle(scheduleId);
    // Whoever paused it had a reason.
    await handle.update(({ state }) => ({ ...kept, state }));
    await handle.trigger(ScheduleOverlapPolicy.SKIP);
  }
}

/** Ends one that the settings ask for no more. */
export async function unscheduled({ schedule }: Client, scheduleId: string): Promise<void> {
  try {
    await schedule.getHandle(scheduleId).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
