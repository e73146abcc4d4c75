import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

const SOONEST_MS = 500;
const LATEST_MS = 2_500;

/**
 * Does things some moments after they were asked for, at an instant that nobody can tell beforehand: what they take is
 * not to be seen in how long the answer takes, nor the next one. `done` waits for all that were asked for.
 */
export function afterwards() {
  const waiting = new Set<Promise<void>>();
  return {
    /** `work` does not reject. */
    later(work: () => Promise<void>): void {
      const doing = setTimeout(randomInt(SOONEST_MS, LATEST_MS))
        .then(work)
        .finally(() => waiting.delete(doing));
      waiting.add(doing);
    },
    done: async (): Promise<void> => {
      await Promise.all(waiting);
    },
  };
}
