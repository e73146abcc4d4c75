import { StartError } from '../process/startError.ts';

/** The embedded database could not be started. The message says why and what to do, with the end of its log. */
export class PostgresServerError extends StartError {
  override readonly name = 'PostgresServerError';
}
