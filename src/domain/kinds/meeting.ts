import type { Kind } from './kind.ts';

/** The Secretariat records what the coordination meeting agreed on, or that it was not held. */
export const confirmCoordination = {
  step: 'coordination',
  about: 'meeting',
  decisions: { done: { needs: 'minutes' }, 'not-held': { takes: ['reason'] } },
  due: { days: 2, after: 'meeting' },
  waivable: 'none',
  form: 'session',
  encloses: [],
  follows: {},
  effect: 'records-meeting',
} as const satisfies Kind;

/** The Secretariat sets another date for the meeting, which was not held. */
export const setMeeting = {
  step: 'coordination',
  about: 'meeting',
  decisions: { date: { needs: 'date' } },
  due: { days: 2, from: 'asked' },
  waivable: 'none',
  form: 'date',
  encloses: [],
  follows: { 'confirm-coordination': 'not-held' },
  effect: 'sets-meeting',
} as const satisfies Kind;
