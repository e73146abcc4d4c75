import { z } from 'zod';

/** By which door an answer came: how whoever gave it was let in, or that nobody of ours let it in. */
export const door = z.discriminatedUnion('door', [
  /** The site, in the person's own session. */
  z.strictObject({ door: z.literal('site') }),
  /** The site, recorded for the person by staff: a person's id, or the address of who is nobody in the cooperation. */
  z.strictObject({ door: z.literal('staff'), by: z.string() }),
  /** The HTTP API, with a token that was made, by its number and name. */
  z.strictObject({ door: z.literal('token'), token: z.int(), name: z.string() }),
  /** The HTTP API, with the token of this machine, as `rial` has it. */
  z.strictObject({ door: z.literal('machine') }),
  /** A mail to the reply address of one that we sent them. */
  z.strictObject({ door: z.literal('mail') }),
  /** A Signal or an Update of Temporal that neither site nor API sent. */
  z.strictObject({ door: z.literal('outside') }),
]);
export type Door = z.infer<typeof door>;

/** What somebody sends for another: who of the Secretariat records it, by id or as its party, and how it came. */
export const recordedFor = z.strictObject({ by: z.string().max(80), how: z.string() });
export type RecordedFor = z.infer<typeof recordedFor>;

/** As it stands in the record of what came over the API: `how` is the hash of what was written. Of the site nothing is. */
export type Came = { door?: Door; recorded?: { by: string; how: string } };

/** What a worker does with answers that come from outside. */
export const OUTSIDE_ANSWERS = ['take', 'refuse'] as const;
export type OutsideAnswers = (typeof OUTSIDE_ANSWERS)[number];
