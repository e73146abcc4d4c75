/** How requests end. */

/**
 * Why a request was closed though somebody still owed an answer: what it asked was overtaken, the days of the session's
 * window were over, the session or the cooperation was cancelled, or the cooperation was over. Of one that was answered,
 * too: `annulled`, and asked anew.
 */
export const LAPSES = [
  'superseded',
  'window-ran-out',
  'session-cancelled',
  'cooperation-cancelled',
  'cooperation-closed',
  'annulled',
] as const;
export type Lapse = (typeof LAPSES)[number];

/** How a request ended. `waived`: the Secretariat did without the last answers. */
export const ENDINGS = ['answered', 'waived', ...LAPSES] as const;
export type Ending = (typeof ENDINGS)[number];
