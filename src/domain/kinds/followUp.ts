import type { Kind } from './kind.ts';

/** What came of a cooperation, asked of the ministries some months after its report was accepted. */
export const tellOutcomes = {
  step: 'final-report',
  about: 'outcomes',
  decisions: { done: { needs: 'outcomes', takes: ['documents'] } },
  due: { days: 15, from: 'asked' },
  waivable: 'any',
  asks: 'ministries',
  writesTo: 'focal-points',
  form: 'outcomes',
  brings: 'answer',
  encloses: [],
  follows: {},
  effect: 'none',
} as const satisfies Kind;

/** What became of what an institution took upon itself, asked of it once the month is over in which that was due. */
export const tellCommitments = {
  step: 'final-report',
  about: 'commitments',
  decisions: { done: { needs: 'fulfilment', takes: ['documents'] } },
  due: { days: 10, from: 'asked' },
  waivable: 'any',
  writesTo: 'focal-points',
  form: 'fulfilment',
  brings: 'answer',
  encloses: [],
  follows: {},
  effect: 'tells-commitments',
} as const satisfies Kind;
