import type { Kind } from './kind.ts';

/** The ministries mark the dates that are proposed for a session. */
export const chooseDate = {
  step: 'sessions',
  about: 'dates',
  decisions: { marks: { needs: 'marks' } },
  due: { days: 5, from: 'asked' },
  deadline: 'chooseDate',
  waivable: 'any',
  asks: 'ministries',
  form: 'marks',
  encloses: [],
  carries: 'minutes',
  follows: { 'choose-date': 'none-suited', 'confirm-date': 'other-dates', 'record-session': 'not-held' },
  poll: 'choose-date',
  effect: 'none',
} as const satisfies Kind;

/** The Secretariat sets one of the dates, or another one in the window, or asks for others to be proposed. */
export const confirmDate = {
  step: 'sessions',
  about: 'dates',
  decisions: {
    date: { needs: 'date' },
    changes: { needs: 'reason', unless: 'window-ran-out', called: 'new-dates' },
  },
  due: { days: 2, from: 'asked' },
  waivable: 'none',
  form: 'date',
  encloses: [],
  follows: {},
  poll: 'choose-date',
  effect: 'fixes-date',
} as const satisfies Kind;

/**
 * The date of a session comes, and its programme is not approved: the Secretariat has it held all the same, or sets
 * another date.
 */
export const settleSession = {
  step: 'sessions',
  about: 'session',
  decisions: { done: { called: 'hold' }, date: { needs: 'date' } },
  due: { days: 2, from: 'asked' },
  waivable: 'none',
  form: 'date',
  encloses: [],
  follows: {},
  effect: 'fixes-date',
  lasting: 'settled',
} as const satisfies Kind;

/** The Secretariat records a session: minutes, attendance and outputs; or that it was not held. */
export const recordSession = {
  step: 'sessions',
  about: 'session',
  decisions: { done: { needs: 'minutes' }, 'not-held': { takes: ['reason'] } },
  due: { days: 3, after: 'session' },
  deadline: 'recordSession',
  waivable: 'none',
  form: 'session',
  encloses: [],
  follows: {},
  effect: 'records-session',
  ends: 'done',
} as const satisfies Kind;
