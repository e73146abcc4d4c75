import { z } from 'zod';

/** Which cooperations are to go on from the case file. */
export const givenRebuild = z.strictObject({
  cooperations: z
    .array(z.string().max(200))
    .max(10_000)
    .optional()
    .describe('their codes; all whose workflows are gone, where it is left out'),
  by: z
    .string()
    .max(80)
    .optional()
    .describe('the person who has it done; the Secretariat where it is left out'),
});
export type GivenRebuild = z.infer<typeof givenRebuild>;

/** A cooperation whose workflows are gone. */
export const lostCooperation = z.object({
  cooperation: z.string(),
  was: z
    .string()
    .describe(
      'how its own workflow ended, as Temporal says (`terminated`); `missing` where it knows of none',
    ),
  workflows: z.array(z.string()).describe('those that go on: the last part of their ids, empty for its own'),
});
export type LostCooperation = z.infer<typeof lostCooperation>;
