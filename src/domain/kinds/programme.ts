import type { Kind } from './kind.ts';

/** A party puts paragraphs of the programme into its second language. */
export const translateProgramme = {
  step: 'coordination',
  about: 'translation',
  decisions: { submit: { needs: 'translation' } },
  due: { days: 5, from: 'asked' },
  deadline: 'translateProgramme',
  waivable: 'any',
  form: 'translation',
  encloses: [],
  follows: { 'vouch-translation': 'changes-asked' },
  effect: 'translates-programme',
} as const satisfies Kind;

/** A reader of that language vouches for what they were put into, or says what is wrong in it. */
export const vouchTranslation = {
  step: 'coordination',
  about: 'translation',
  decisions: { approve: { called: 'vouch' }, changes: { needs: 'reason' } },
  due: { days: 3, from: 'asked' },
  deadline: 'vouchTranslation',
  waivable: 'any',
  form: 'review',
  encloses: [],
  follows: { 'vouch-translation': 'changes-asked' },
  effect: 'translates-programme',
} as const satisfies Kind;

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
