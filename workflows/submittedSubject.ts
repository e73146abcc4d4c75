import type { Subject } from '../src/domain/answer.ts';
import type { RequestOutcome } from './desk/heldRequest.ts';

/** The subject that the next request is about: the document that was just handed in, by its content; none where nobody did. */
export function submittedSubject({ answers }: RequestOutcome, ref: string): Subject | undefined {
  const hash = answers.flatMap((answer) => (answer.decision === 'submit' ? [answer.content] : [])).at(-1);
  return hash === undefined ? undefined : { ref, hash };
}
