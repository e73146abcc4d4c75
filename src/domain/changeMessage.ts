import { optional, ordinal, type Shape, text } from './guard.ts';

/** A change as it travels in the `change` Update: its number in the case file, which has all the rest. */
export type ChangeMessage = {
  change: number;
  /** Its kind, by which a workflow knows what it has to do about it. */
  kind: string;
  /** Of one that goes to the workflow of its request. */
  request?: string | undefined;
};
export const changeMessage: Shape<ChangeMessage> = {
  change: ordinal,
  kind: text(40),
  request: optional(text(200)),
};
