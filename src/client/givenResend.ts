import { z } from 'zod';

/** Of which cooperations the mails that were refused are to be sent again. */
export const givenResend = z.strictObject({
  cooperations: z
    .array(z.string().max(200))
    .max(10_000)
    .optional()
    .describe('their codes; all, where it is left out'),
  by: z
    .string()
    .max(80)
    .optional()
    .describe('the person who has it done; the Secretariat where it is left out'),
});
export type GivenResend = z.infer<typeof givenResend>;

/** A mail that was refused, and to whom. */
export const refusedMail = z.object({
  cooperation: z.string(),
  person: z.string().describe('the code of whoever it is for'),
  notice: z.string().describe('what it is'),
  messageId: z.string(),
});
export type RefusedMail = z.infer<typeof refusedMail>;
