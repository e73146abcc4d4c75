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
