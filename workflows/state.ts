import type { SheetCorrection } from '../src/domain/results/sheet.ts';
import type { SessionState } from '../src/domain/sessionState.ts';
import type { ExchangeState } from './documentExchange.ts';
import type { Troubles } from './step.ts';

/**
 * Where a cooperation stands by its case file, for its workflows to go on from when those before are gone. What is asked
 * and answered is not in here: a request that is asked for again is taken up as it stands.
 */
export type CooperationState = {
  /** Since when it is paused (ISO 8601, UTC). */
  pausedAt?: string | undefined;
  /** It has ended, and not everybody has been told of what was changed before. */
  over?: 'accepted' | 'cancelled' | undefined;
  /** It has ended, and what came of it is still to be asked. */
  followedUp?: boolean | undefined;
  /** The workflows that had begun, and those that are through: the last part of their ids. */
  begun: readonly string[];
  done: readonly string[];
  /** What each workflow asked to have mended. */
  troubles: Readonly<Record<string, Troubles>>;
  /** Numbers of the sessions that were cancelled. */
  notHeld: readonly number[];
  /** By their numbers, those that were under way. */
  sessions: Readonly<Record<number, SessionState>>;
  exchange?: ExchangeState | undefined;
  /** Numbers of the changes that are approved, or have to be. */
  approvals: readonly number[];
  /** The corrected sheets that were asked for and are not published yet. */
  sheets?: readonly SheetCorrection[] | undefined;
  /** Numbers of the changes that were made: one that is sent once more is nothing new. */
  made: readonly number[];
  /** Numbers of the changes that not everybody has been told of. */
  untold: readonly number[];
};

/** Of one that begins. */
export const BEGINNING: CooperationState = {
  begun: [],
  done: [],
  troubles: {},
  notHeld: [],
  sessions: {},
  approvals: [],
  made: [],
  untold: [],
};
