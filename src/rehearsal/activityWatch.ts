import { setTimeout as delay } from 'node:timers/promises';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Activities } from '../../activities/index.ts';
import { RehearsalStuck, STUCK_MS } from './virtualTime.ts';

/** What is under way on a stage: only while something is can the case change. */
export type ActivityWatch = ReturnType<typeof activityWatch>;

/** @param after what happens between the end of an activity and when its workflow hears of it */
export function activityWatch(after: () => Promise<void> = async () => {}) {
  let stirred = 0;
  let underWay = 0;
  const counted =
    (run: (input: unknown) => Promise<unknown>) =>
    async (input: unknown): Promise<unknown> => {
      stirred++;
      underWay++;
      try {
        const result = await run(input);
        await after();
        return result;
      } finally {
        stirred++;
        underWay--;
      }
    };
  return {
    /** A number that changes whenever an activity begins or ends. */
    stirred: () => stirred,
    /** How many activities there are at the moment. */
    underWay: () => underWay,
    watched: (activities: Activities): Activities =>
      Object.fromEntries(
        Object.entries(activities as unknown as Record<string, Parameters<typeof counted>[0]>).map(
          ([name, run]) => [name, counted(run)],
        ),
      ) as unknown as Activities,
  };
}

/**
 * Waits until everything that is under way in these workflows has come to rest; what waits to be tried again counts as
 * nothing. The time-skipping server, unlike the real one, loses its way when an activity completes while a workflow
 * task is at work on a local one, so what people do waits for that.
 */
export function untilIdle(
  client: Client,
  { underWay }: ActivityWatch,
  look: () => Promise<string>,
  signal: AbortSignal | undefined,
) {
  async function isIdle(ids: readonly string[]): Promise<boolean> {
    if (underWay() > 0) return false;
    for (const id of ids) {
      const found = await client.workflow
        .getHandle(id)
        .describe()
        .catch((error: unknown) => {
          if (error instanceof WorkflowNotFoundError) return undefined;
          throw error;
        });
      // One that was terminated keeps what it had under way.
      if (found?.status.name !== 'RUNNING') continue;
      if ((found.raw.pendingActivities ?? []).some(({ attempt }) => (attempt ?? 1) <= 1)) return false;
    }
    return true;
  }

  return async (ids: readonly string[]): Promise<void> => {
    const until = performance.now() + STUCK_MS;
    while (!(await isIdle(ids))) {
      signal?.throwIfAborted();
      if (performance.now() > until) throw new RehearsalStuck(`nothing comes to rest at ${await look()}`);
      await delay(5);
    }
    await look();
  };
}
