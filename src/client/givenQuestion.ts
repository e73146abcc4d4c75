import { z } from 'zod';
import { recordedFor } from '../domain/door.ts';
import { numberInTurn } from '../domain/programme/numbering.ts';

/** A question as a person puts it, to a ministry by its code. */
export const givenQuestion = z.strictObject({
  by: z.string().max(80),
  to: z.string().max(80),
  text: z.string(),
  recorded: recordedFor.optional(),
  session: numberInTurn.positive().optional(),
});
export type GivenQuestion = z.infer<typeof givenQuestion>;
