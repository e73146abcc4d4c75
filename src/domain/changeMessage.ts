import type { ChangeKind } from './change.ts';
import { oneOf, optional, ordinal, type Shape, text } from './guard.ts';

/** Which workflow a kind of change goes to: the one that waits on its request, or the cooperation's. */
const GO_TO: Readonly<Record<ChangeKind, 'request' | 'cooperation'>> = {
  extend: 'request',
  reassign: 'request',
  waive: 'request',
  'hand-over': 'cooperation',
  absence: 'cooperation',
  replace: 'cooperation',
  'correct-person': 'cooperation',
  reschedule: 'cooperation',
  'add-session': 'cooperation',
  'cancel-session': 'cooperation',
  'add-guest': 'cooperation',
  'withdraw-guest': 'cooperation',
  pause: 'cooperation',
  resume: 'cooperation',
  cancel: 'cooperation',
  amend: 'cooperation',
};
export const CHANGES = Object.keys(GO_TO) as ChangeKind[];
export const isOfRequest = (kind: ChangeKind): boolean => GO_TO[kind] === 'request';

/** A change as it travels in the `change` Update: its number in the case file, which has all the rest. */
export type ChangeMessage = {
  change: number;
  kind: ChangeKind;
  /** For a change of one request. */
  request?: string | undefined;
};
export const changeMessage: Shape<ChangeMessage> = {
  change: ordinal,
  kind: oneOf(CHANGES),
  request: optional(text(200)),
};
