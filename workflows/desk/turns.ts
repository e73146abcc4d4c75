import { isCancellation } from '@temporalio/workflow';

/**
 * One thing after another, in the order they were asked for: for local activities. Of several that are at work at the
 * same time each resolves when it is done, but on replay they resolve together, and what follows from one would no
 * longer come before what follows from the next (temporalio/sdk-python#1881; the core is the same).
 */
export function turns() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

/** Work that goes on beside the rest. It ends when the workflow is cancelled. */
export function aside(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    if (!isCancellation(error)) throw error;
  });
}
