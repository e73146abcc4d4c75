import type { Kind } from './kind.ts';

/** The Secretariat names who writes the systematization sheet. */
export const nameConsultant = {
  step: 'systematization',
  about: 'consultant',
  decisions: { done: { needs: 'person' } },
  due: { days: 5, from: 'asked' },
  deadline: 'nameConsultant',
  waivable: 'none',
  form: 'person',
  encloses: [],
  follows: {},
  effect: 'names-consultant',
} as const satisfies Kind;

/** The consultant writes a version of the sheet. */
export const draftSheet = {
  step: 'systematization',
  about: 'sheet',
  decisions: { submit: { needs: 'document' } },
  due: { days: 15, from: 'asked' },
  deadline: 'draftSheet',
  waivable: 'none',
  form: 'draft',
  brings: 'sheet',
  encloses: ['template'],
  follows: { 'review-sheet': 'changes-asked' },
  effect: 'none',
} as const satisfies Kind;

/** Both ministries review it; who approves may say whether people outside may read it. */
export const reviewSheet = {
  step: 'systematization',
  about: 'sheet',
  decisions: { approve: { takes: ['publish'], byMail: true }, changes: { needs: 'reason' } },
  due: { days: 10, from: 'asked' },
  deadline: 'reviewSheet',
  waivable: 'others',
  asks: 'ministries',
  form: 'review',
  encloses: ['subject'],
  follows: { 'review-sheet': 'changes-asked' },
  effect: 'none',
  ends: 'approve',
} as const satisfies Kind;
