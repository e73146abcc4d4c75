import type { Kind } from './kind.ts';

/** The Secretariat records what the coordination meeting agreed on. */
export const confirmCoordination = {
  step: 'coordination',
  about: 'meeting',
  decisions: { done: { needs: 'minutes' } },
  due: { days: 2, after: 'meeting' },
  waivable: 'none',
  form: 'minutes',
  encloses: [],
  follows: {},
  effect: 'none',
} as const satisfies Kind;
