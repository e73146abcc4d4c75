import type { Subject } from '../src/domain/answer.ts';
import type { RequestOutcome } from './desk/heldRequest.ts';

/**
 * The subject that the next request is about: the document that was just handed in, by its content; what was there
 * before, where nobody handed one in.
 */
export function submittedSubject({ answers }: RequestOutcome, ref: string, before?: Subject): Subject {
  const hash = answers.flatMap((answer) => (answer.decision === 'submit' ? [answer.content] : [])).at(-1);
  return hash === undefined && before ? before : { ref, hash: hash ?? '' };
}
