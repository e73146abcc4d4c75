import type { Kind } from './kind.ts';

/** Technical trouble outlasted its retries: the Secretariat has it mended, in whichever step it is. */
export const resolveTrouble = {
  step: 'any',
  about: 'trouble',
  decisions: { done: {} },
  due: { days: 1, from: 'asked' },
  waivable: 'none',
  form: 'confirmation',
  encloses: [],
  follows: {},
  effect: 'none',
  lasting: 'trouble',
} as const satisfies Kind;
