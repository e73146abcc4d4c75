import { z } from 'zod';

/** What a change has the workflows do next, beside what is told of it: a closed list of codes with values. */

const session = z.int();
/** Whether both ministries have approved the programme: nobody is invited, or asked for dates, before. */
const approved = z.boolean();

export const follow = z.discriminatedUnion('follows', [
  /** Delegations and guests are invited; `version`: with the programme's next version. */
  z.strictObject({ follows: z.literal('invitation'), session, approved, version: z.boolean() }),
  z.strictObject({ follows: z.literal('date-poll'), session, approved }),
  /** The coordination meeting is not waited for: both ministries are asked for the programme. */
  z.strictObject({ follows: z.literal('approval') }),
  /** The delegations are convened to the coordination meeting. */
  z.strictObject({ follows: z.literal('convocation') }),
  /** No session is left to be held. */
  z.strictObject({ follows: z.literal('systematization') }),
  /** Nobody owes the request any more. */
  z.strictObject({ follows: z.literal('next-step') }),
]);
export type Follow = z.infer<typeof follow>;
