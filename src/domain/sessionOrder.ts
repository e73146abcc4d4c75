/** Which session comes before which by the clock. */

type PlanOfSession = { startsAt: string | null; window: { from: string; to: string } | null };

/**
 * When a session is to be held, as it compares (ISO 8601): on its date, or from the first day of its window. One whose
 * window is over without a date, or that has none, comes last.
 *
 * @param at the present instant
 */
export const beginsAt = ({ startsAt, window }: PlanOfSession, at: string): string =>
  startsAt ?? (window && window.to >= at.slice(0, 10) ? window.from : '9999');

export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
