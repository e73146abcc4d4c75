import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Outside } from '../activities/context.ts';
import { sendDigests } from '../activities/digests.ts';
import type { Reconciling } from '../activities/index.ts';
import { sendLeftMails, tellEnded } from '../activities/reconciling.ts';
import type { Cooperations, Workflows } from '../src/client/index.ts';
import { LEAST_RETENTION_DAYS } from '../src/domain/disagreement.ts';
import { TASK_QUEUE } from '../workflows/messages.ts';
import type { reconcile } from '../workflows/reconcile.ts';

/** The case file held against Temporal, and the digests of officers: when a worker starts, and every hour. */

const SCHEDULE = 'rial-reconcile';

/** Has it done every hour, however many workers there are, and once now. */
export async function keepSchedule({ schedule }: Client): Promise<void> {
  const hourly = {
    spec: { intervals: [{ every: '1 hour' as const }] },
    action: {
      type: 'startWorkflow' as const,
      ...{ workflowType: 'reconcile', workflowId: 'reconcile', taskQueue: TASK_QUEUE, args: [] as [] },
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10 minutes' as const },
  };
  try {
    await schedule.create<typeof reconcile>({
      scheduleId: SCHEDULE,
      ...hourly,
      state: { triggerImmediately: true },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = schedule.getHandle(SCHEDULE);
    // Whoever paused it had a reason.
    await handle.update<typeof reconcile>(({ state }) => ({ ...hourly, state }));
    await handle.trigger(ScheduleOverlapPolicy.SKIP);
  }
}

export const reconcilingActivities = (
  cooperations: Pick<Cooperations, 'reconcile'>,
  outside: Outside,
  log: Logger,
): Reconciling => ({
  async reconcile() {
    const found = await cooperations.reconcile(
      {
        sendLeft: (cooperation) => sendLeftMails(outside, cooperation),
        tellEnded: (ended) => tellEnded(outside, ended),
      },
      (disagreement, error) =>
        log.warn(
          { disagreement, err: error },
          'case file and Temporal disagree, and it could not be mended now',
        ),
    );
    await sendDigests(outside);
    return found;
  },
});

/** Says so where the namespace forgets too soon what has ended. */
export async function warnOfRetention(
  workflows: Pick<Workflows, 'retentionDays'>,
  log: Logger,
): Promise<void> {
  const days = await workflows.retentionDays();
  if (days < LEAST_RETENTION_DAYS)
    log.warn(
      { days, least: LEAST_RETENTION_DAYS },
      'the retention of the Temporal namespace is short: a workflow that was ended and forgotten looks like one that was lost',
    );
}
