import { z } from 'zod';
import { REQUEST_KINDS } from './kinds/index.ts';

/** What a change has the workflows do next, beside what is told of it: a closed list of codes with values. */

const session = z.int();
/** Whether both ministries have approved the programme: nobody is invited, or asked for dates, before. */
const approved = z.boolean();

/** What is asked, of whom, and until when it is owed. */
const asking = {
  request: z.string(),
  kind: z.enum(REQUEST_KINDS),
  item: z.int().nullable(),
  parties: z.array(z.string()),
  due: z.iso.datetime(),
};

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
  /** A corrected sheet is asked of whoever wrote the first, or of the Secretariat, and reviewed by both ministries. */
  z.strictObject({ follows: z.literal('sheet-correction'), party: z.string(), secretariat: z.boolean() }),
  /** Nobody owes the request any more. */
  z.strictObject({ follows: z.literal('next-step') }),
  /** What is owed again, or by others: with the due date that it has then. */
  z.strictObject({ follows: z.literal('asked'), how: z.enum(['anew', 'instead']), ...asking }),
  /** Steps, reminders and news go on. */
  z.strictObject({ follows: z.literal('goes-on') }),
  /** What is open has another due date. */
  z.strictObject({ follows: z.literal('due-moved'), ...asking }),
  /** What was asked after an answer that stands no more: nobody owes it, and what was answered to it counts no more. */
  z.strictObject({
    follows: z.literal('superseded'),
    ...{ request: asking.request, kind: asking.kind, item: asking.item },
  }),
  /** A date stands no more, and leaves the calendars it is in; of the coordination meeting where no session is named. */
  z.strictObject({ follows: z.literal('undated'), session: session.nullable(), startsAt: z.iso.datetime() }),
  /** A version of the programme stands no more. */
  z.strictObject({ follows: z.literal('version-annulled'), version: z.int() }),
  /** Somebody takes part no more. */
  z.strictObject({ follows: z.literal('leaves'), person: z.string(), name: z.string() }),
]);
export type Follow = z.infer<typeof follow>;

/** The parties that are asked for something by what follows: they are written to then, not with the change. */
export const askedBy = (follows: readonly Follow[]): string[] => [
  ...new Set(
    follows.flatMap((one) =>
      one.follows === 'asked' ? one.parties : one.follows === 'sheet-correction' ? [one.party] : [],
    ),
  ),
];
