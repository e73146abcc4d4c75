import type { CaseView } from '../domain/caseView.ts';
import { Refused } from '../domain/refusal.ts';
import type { Attempt } from '../domain/rehearsal.ts';

/** Something that somebody does in a rehearsal, and when (ISO 8601, UTC). */
export type Deed = {
  at: string;
  /** Of the same instant, what has the lower one comes first. */
  order: number;
  act(view: CaseView): Promise<void>;
};

export const firstOf = (deeds: readonly Deed[]): Deed | undefined =>
  [...deeds].sort((a, b) => (a.at === b.at ? a.order - b.order : a.at < b.at ? -1 : 1))[0];

/** Does what somebody wants to do; where it is refused, that is told. */
export type Try = (who: Omit<Attempt, 'at' | 'refusal'>, work: () => Promise<unknown>) => Promise<void>;

/** @param now the rehearsal's time (ISO 8601, UTC) */
export const tryInto =
  (refusals: Attempt[], now: () => string): Try =>
  async (who, work) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refusals.push({ at: now(), refusal: error.refusal, ...who });
    }
  };
