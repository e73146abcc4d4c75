import type { Kind } from './kind.ts';

/** A requesting ministry writes a version of the Final Report, or goes on with what another has written of it. */
export const draftReport = {
  step: 'final-report',
  about: 'report',
  decisions: { submit: { needs: 'document', takes: ['commitments', 'lessons', 'funding'] } },
  due: { days: 20, from: 'asked' },
  deadline: 'draftReport',
  waivable: 'others',
  form: 'draft',
  brings: 'report',
  encloses: ['template', 'subject', 'sheet'],
  carries: 'sheet',
  follows: { 'receive-report': 'changes-asked' },
  effect: 'none',
} as const satisfies Kind;

/** A providing ministry adds to it, or says that there is nothing to add. */
export const complementReport = {
  step: 'final-report',
  about: 'report',
  decisions: {
    submit: { needs: 'document', takes: ['commitments', 'lessons', 'funding'] },
    'nothing-to-add': {},
  },
  due: { days: 10, from: 'asked' },
  deadline: 'complementReport',
  waivable: 'any',
  form: 'complement',
  brings: 'report',
  encloses: ['subject', 'sheet'],
  follows: { 'receive-report': 'changes-asked' },
  effect: 'none',
} as const satisfies Kind;

/** The Secretariat accepts it, or sends it back with its reasons. */
export const receiveReport = {
  step: 'final-report',
  about: 'report',
  decisions: { approve: { called: 'accept' }, changes: { needs: 'reason', called: 'send-back' } },
  due: { days: 10, from: 'asked' },
  deadline: 'receiveReport',
  waivable: 'none',
  form: 'review',
  encloses: ['subject'],
  follows: { 'receive-report': 'changes-asked' },
  effect: 'none',
  ends: 'approve',
} as const satisfies Kind;
