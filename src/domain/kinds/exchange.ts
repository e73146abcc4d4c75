import type { Kind } from './kind.ts';

/** A ministry sends the documents it considers relevant, or says that there are none. */
export const sendDocuments = {
  step: 'documents',
  about: 'exchange',
  decisions: { done: { takes: ['documents'] } },
  due: { days: 3, before: 'session' },
  deadline: 'sendDocuments',
  waivable: 'any',
  form: 'documents',
  brings: 'answer',
  encloses: [],
  follows: {},
  effect: 'none',
} as const satisfies Kind;

/** A ministry answers a question that another put. */
export const answerQuestion = {
  step: 'documents',
  about: 'question',
  decisions: { done: { needs: 'text', takes: ['documents'] } },
  due: { days: 2, before: 'session' },
  deadline: 'answerQuestion',
  waivable: 'any',
  form: 'question',
  brings: 'answer',
  encloses: [],
  follows: {},
  effect: 'answers-question',
} as const satisfies Kind;

/** What the activity that opens a request fails with, where the case file has no such question to this party. */
export const QUESTION_UNKNOWN = 'QuestionUnknown';
