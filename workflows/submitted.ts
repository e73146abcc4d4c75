import type { Subject } from '../src/domain/answer.ts';
import type { Answered } from './request.ts';

/** The subject that the next request is about: the document that was just handed in, by its content. */
export function submitted({ answers }: Answered, ref: string): Subject {
  const hash =
    answers.flatMap((answer) => (answer.decision === 'submit' ? [answer.content] : [])).at(-1) ?? '';
  return { ref, hash };
}
