import { z } from 'zod';

/** What a request is about: a reference that staff can read, and the SHA-256 of its content (64 hex digits). */
export const subject = z.strictObject({ ref: z.string().max(120), hash: z.string().regex(/^[0-9a-f]{64}$/) });
export type Subject = z.infer<typeof subject>;

export const MARKS = ['yes', 'if-need-be', 'no'] as const;
export const mark = z.enum(MARKS);
export type Mark = z.infer<typeof mark>;

const code = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** SHA-256 of what was written beside the decision, which is kept in the case file. */
const content = z.string().regex(/^[0-9a-f]{64}$/);

const given = {
  /** The request's id, such as `coordination/approve-programme.1`. */
  request: z.string().max(200),
  /** The hash of the subject as the person saw it. */
  subject: z.string().regex(/^[0-9a-f]{64}$/),
  /** On whose behalf: a party's code. */
  party: code,
  /** Who answers: a person's id, `<party>-<number>`; never a name. */
  by: code,
  /** Of what did not come by the site: who of the Secretariat typed it in, and the hash of how it came. */
  recorded: z.strictObject({ by: code, how: content }).optional(),
};
/** A version of a document, by the document's id: `doc-3@1`. */
export const documentVersion = z.string().regex(/^[a-z0-9-]{1,100}@[1-9]\d{0,5}$/);

/**
 * An answer to a request, as it travels in the `respond` Signal and Update.
 * It holds ids, hashes, codes and instants alone: what a person wrote is in the case file under `content`.
 */
export const answer = z.discriminatedUnion('decision', [
  z.strictObject({ ...given, decision: z.literal('approve') }),
  z.strictObject({ ...given, decision: z.literal('changes'), content }),
  z.strictObject({
    ...given,
    decision: z.literal('done'),
    content: content.optional(),
    /** Versions of documents that come with the answer: `doc-3@1`. */
    documents: z.array(documentVersion).max(100).optional(),
  }),
  z.strictObject({ ...given, decision: z.literal('not-held'), content: content.optional() }),
  z.strictObject({ ...given, decision: z.literal('submit'), content }),
  z.strictObject({ ...given, decision: z.literal('marks'), marks: z.record(z.string().max(40), mark) }),
  z.strictObject({ ...given, decision: z.literal('date'), startsAt: z.iso.datetime() }),
]);
export type Answer = z.infer<typeof answer>;
