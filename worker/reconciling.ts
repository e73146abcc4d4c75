import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Outside } from '../activities/context.ts';
import { sendDigests } from '../activities/digests.ts';
import type { Reconciling } from '../activities/index.ts';
import { sendLeftMails, tellEnded } from '../activities/reconciling.ts';
import type { Cooperations, Workflows } from '../src/client/index.ts';
import { LEAST_RETENTION_DAYS } from '../src/domain/disagreement.ts';
import { scheduled } from './schedule.ts';

/** The case file held against Temporal, and the digests of officers: when a worker starts, and every hour. */

/** Has it done every hour, however many workers there are, and once now. */
export const keepSchedule = (client: Client): Promise<void> =>
  scheduled(client, { scheduleId: 'rial-reconcile', workflow: 'reconcile', every: '1 hour' });

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
