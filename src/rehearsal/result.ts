import type { CaseView } from '../casefile/caseView.ts';
import type { Refusal } from '../domain/refusal.ts';

/** What somebody tried and the cooperation refused. */
export type Attempt = {
  at: string;
  refusal: Refusal;
  party: string | null;
  person: string | null;
  request?: string;
  /** The change that was asked for. */
  change?: string;
};

export type Rehearsed = {
  view: CaseView;
  /** When it began and ended (ISO 8601, UTC). */
  from: string;
  to: string;
  /** `closed` with the accepted report or before its time; `waiting` on answers that never come; `until` the scenario's end. */
  end: 'closed' | 'waiting' | 'until';
  refusals: Attempt[];
};
