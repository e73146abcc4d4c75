import { DefaultLogger } from '@temporalio/worker';
import pino, { type DestinationStream, type Logger } from 'pino';

/** The log: codes and what failed, without what people wrote, their addresses, and what lets them in. */

const MAX_CAUSES = 4;
/** What waits for a disk to have room again; more than this is lost. */
const KEPT_CHARACTERS = 1_000_000;

/** A log that writes of an error no more than {@link toldOf} leaves of it. */
export const logTo = (name: string, destination?: DestinationStream): Logger =>
  pino({ name, serializers: { err: (error: unknown) => toldOf(error) } }, destination as DestinationStream);

/**
 * Where a log is written: a file, or the standard output. One that cannot be written to, on a full disk or to a pipe that
 * nobody reads, loses its lines; the standard error output is told, once until it works again.
 */
export function logDestination(file: string | undefined): DestinationStream {
  const destination = pino.destination({ dest: file ?? 1, sync: true, maxLength: KEPT_CHARACTERS });
  let told = false;
  destination.on('error', (error: NodeJS.ErrnoException) => {
    if (!told) console.error(`The log ${file ?? ''} cannot be written: ${error.code ?? error.message}`);
    told = true;
  });
  destination.on('drain', () => {
    told = false;
  });
  return destination;
}

/** Temporal's own messages, in a log of ours. */
export const temporalLogger = (log: Logger): DefaultLogger =>
  new DefaultLogger('WARN', ({ level, message, meta }) => {
    const { error, ...rest } = (meta ?? {}) as { error?: unknown };
    log[level === 'ERROR' ? 'error' : 'warn'](
      { ...rest, ...(error !== undefined && { err: error }) },
      message,
    );
  });

/**
 * What an error is, where it was thrown, and what it says of itself. Databases attach the values of the query to
 * theirs, others the address they were given: none of it is logged.
 */
function toldOf(error: unknown, causes = 0): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack = '', cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: name,
    ...(code !== undefined && { code: withoutAccess(code) }),
    message: quotes(error) ? 'left out: it quotes what was given' : withoutAccess(message),
    // The lines before the first frame are the message once more.
    stack: stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(cause !== undefined && causes < MAX_CAUSES && { cause: toldOf(cause, causes + 1) }),
  };
}

/** Postgres says which value it could not take; a parser, where in the text it stopped. */
const quotes = (error: Error): boolean => error instanceof SyntaxError || 'severity' in error;

/** A message without addresses, what follows a question mark, and whatever is as long as a token. */
const withoutAccess = (message: string): string =>
  message
    .replace(/[^\s<>"']+/g, (word) => (/.@./s.test(word) ? '…' : word))
    .replace(/\?[^\s"']*/g, '?…')
    .replace(/\b[0-9a-f]{40,}\b/gi, '…');
