import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from './startError.ts';

export type Waiting = {
  /** How long a start waits. */
  seconds: number;
  /** Hears, once for each, what is waited for. */
  say: (line: string) => void;
  /** Ends the wait with its reason. */
  stopping: AbortSignal;
};

const PAUSE_MS = 500;

/**
 * Tries to reach what a start depends on, until it is there: machines come up in any order.
 *
 * @param what starts a sentence, with its setting: `The database (--database-url)`
 * @param final whether an error says that waiting is of no use: a wrong password
 * @throws StartError when it has not come in time
 */
export async function waitedFor<T>(
  what: string,
  reach: () => Promise<T>,
  { seconds, say, stopping }: Waiting,
  final: (error: unknown) => boolean = () => false,
): Promise<T> {
  const until = performance.now() + 1000 * seconds;
  for (let told = false; ; told = true) {
    try {
      return await reach();
    } catch (error) {
      stopping.throwIfAborted();
      const why = reasonOf(error);
      if (final(error)) throw new StartError(`${what} cannot be used: ${why}`, { cause: error });
      if (performance.now() >= until)
        throw new StartError(`${what} does not answer after ${seconds} s (--start-wait): ${why}`, {
          cause: error,
        });
      if (!told) say(`${what} does not answer yet: ${why}. It is waited for, ${seconds} s at most.`);
      await delay(PAUSE_MS, undefined, { signal: stopping });
    }
  }
}

/** What the innermost error says: those around it say that something could not be reached. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return error instanceof AggregateError && error.message === ''
    ? error.errors.map(reasonOf).join(', ')
    : error.message;
}
