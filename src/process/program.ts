import { encryptAsRecommended } from './encryption.ts';
import { START_EXITS } from './settings.ts';
import { StartError } from './startError.ts';

/**
 * Runs a program of ours, and ends the process with the code that it comes to. One that cannot be started says why in a
 * sentence. Neither a closed terminal (SIGHUP) nor an output that nobody takes any more ends it.
 */
export async function program(main: (stopping: AbortSignal) => Promise<number>): Promise<never> {
  encryptAsRecommended();
  process.on('SIGHUP', () => {});
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const stopping = new AbortController();
  // Not once: a signal to the whole group comes twice where the parent sends it on, and the second would kill.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
  const code = await main(stopping.signal).catch((error: unknown) => {
    if (stopping.signal.aborted) return START_EXITS.done.code;
    console.error(error instanceof StartError ? error.message : error);
    return error instanceof StartError ? error.code : START_EXITS.failed.code;
  });
  // Native parts may keep the process alive after everything has been closed.
  process.exit(code);
}

/** Resolves when the signal is given. */
export const givenBy = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
