import type { Logger } from 'pino';
import { DatabaseUnavailable } from '../casefile/database/pool.ts';
import { Refused } from '../client/index.ts';

const EVERY_MS = 30_000;

/**
 * Has the library filled with what was published, now and every half minute, one time after another; also with all of it
 * where it is missing. What cannot be done is tried the next time.
 * @returns ends it, once what is under way is done
 */
export function keepLibrary(
  fill: () => Promise<number>,
  log: Pick<Logger, 'debug' | 'error'>,
): () => Promise<void> {
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  const look = () =>
    fill()
      .then(
        (sheets) => sheets > 0 && log.debug({ sheets }, 'published sheets were put into the library'),
        (error: unknown) => {
          if (error instanceof DatabaseUnavailable || error instanceof Refused) return;
          log.error({ err: error }, 'the library could not be filled');
        },
      )
      .then(() => {
        if (!ended)
          timer = setTimeout(() => {
            looking = look();
          }, EVERY_MS).unref();
      });
  let looking = look();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await looking;
  };
}
