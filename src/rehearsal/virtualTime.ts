import { setTimeout as delay } from 'node:timers/promises';
import type { createTimeSkippingEnvironment } from '../temporal-server/timeSkipping.ts';

/** Time passed without end: the rehearsal cannot go on. */
export class RehearsalStuck extends Error {
  override name = 'RehearsalStuck';
}

/** A stretch of virtual time takes milliseconds; one that takes this long never ends. */
export const STUCK_MS = 90_000;

type Environment = Awaited<ReturnType<typeof createTimeSkippingEnvironment>>;

/**
 * The clock of a rehearsal, which stands still but for what is let pass. Instants are ISO 8601 in UTC, and those of the
 * year that is rehearsed.
 */
export function virtualTime(
  environment: Environment,
  {
    start,
    rehearsed,
    running,
    signal,
    watch,
  }: {
    start: string;
    /** An instant of the server's clock (ms) in the year that is rehearsed. */
    rehearsed: (serverMs: number) => string;
    /** The worker: no time passes once it has failed. */
    running: Promise<void>;
    signal: AbortSignal | undefined;
    watch: { underWay(): number };
  },
) {
  let at = start;
  const ending = new AbortController();
  let passing: Promise<void> = Promise.resolve();
  const failed = new Promise<never>((_, reject) => running.catch(reject));
  failed.catch(() => {});

  const look = async (): Promise<string> => {
    at = rehearsed(await environment.currentTimeMs());
    return at;
  };

  async function stuck(over: AbortSignal): Promise<never> {
    await delay(STUCK_MS, undefined, { signal: over });
    throw new RehearsalStuck(
      `virtual time stands still at ${await look()}; under way: ${watch.underWay()} activities`,
    );
  }

  async function pass(ms: number): Promise<void> {
    if (ms <= 0) return;
    const over = new AbortController();
    passing = environment.connection.withAbortSignal(ending.signal, () => environment.sleep(ms));
    passing.catch(() => {});
    try {
      await Promise.race([passing, failed, aborted(signal, over.signal), stuck(over.signal)]);
    } finally {
      over.abort();
    }
    await look();
  }

  return {
    /** The rehearsal's time at the last look. */
    now: () => at,
    look,
    /** Lets virtual time (ms) pass, with all that happens in it. */
    pass,
    /** The same, until an instant. */
    passUntil: async (instant: string): Promise<void> => pass(Date.parse(instant) - Date.parse(await look())),
    /** A call that waits for time to pass is given up before its connection is closed. */
    async [Symbol.asyncDispose]() {
      ending.abort();
      await passing.catch(() => {});
    },
  };
}

function aborted(signal: AbortSignal | undefined, done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal?.reason);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true, signal: done });
  });
}
