import type { Kind } from './kind.ts';

/** Both ministries approve a version of the programme, or say what they would change. */
export const approveProgramme = {
  step: 'coordination',
  about: 'programme',
  decisions: { approve: { byMail: true }, changes: { needs: 'reason' } },
  due: { days: 5, from: 'asked' },
  deadline: 'approveProgramme',
  waivable: 'others',
  form: 'review',
  encloses: ['programme'],
  follows: { 'approve-programme': 'changes-asked' },
  effect: 'none',
  ends: 'approve',
} as const satisfies Kind;

/** The Secretariat writes the next version. */
export const reviseProgramme = {
  step: 'coordination',
  about: 'programme',
  decisions: { submit: { needs: 'programme' } },
  due: { days: 5, from: 'asked' },
  waivable: 'none',
  form: 'programme',
  encloses: ['programme'],
  follows: { 'approve-programme': 'changes-asked' },
  effect: 'revises-programme',
} as const satisfies Kind;
