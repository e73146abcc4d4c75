import { z } from 'zod';
import { recordedFor } from './door.ts';
import { kinds, type RequestKind } from './kinds/index.ts';
import { written } from './programme/programme.ts';

/** What people write beside a document, a draft or a poll: it decides nothing, and nothing waits on it. */

/** Characters of a comment: what is longer is a document. */
export const LONGEST_COMMENT = 5_000;

export const givenComment = z.strictObject({
  by: z.string().max(80).describe('who writes it'),
  about: z
    .string()
    .max(200)
    .describe('a document by its id (`doc-3`, `sheet`, `report`), or a poll by that of its request'),
  text: written.trim().min(1).max(LONGEST_COMMENT),
  recorded: recordedFor.optional(),
});
export type GivenComment = z.infer<typeof givenComment>;

/** Whether a request is one that comments stand beside: dates are looked for. */
export const isPoll = ({ kind }: { kind: RequestKind }): boolean => kinds[kind].form === 'marks';

/** Comments beside one thing, the oldest first. */
export const commentsOn = <C extends { about: string }>(all: readonly C[], about: string): C[] =>
  all.filter((one) => one.about === about);
