import { z } from 'zod';

/**
 * The sealed case file of a cooperation that is over: one PDF, the same for whoever takes part, made once and kept; and what
 * came of it as ministries signed it with tools of their own, one after the other, each a file that begins with the one before.
 */

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.iso.datetime();
const file = z.strictObject({ file: z.string(), sha256: hash, size: z.int() });

/** What came of asking for a time stamp: no authority is configured, it gave one, or it was away or gave none that is good. */
export const STAMPINGS = ['none', 'given', 'away'] as const;
export type Stamping = (typeof STAMPINGS)[number];

/** Who signed after a seal, by their certificate, for which we do not vouch; when, where it is the stamp of an authority. */
const signature = z.strictObject({
  subject: z.string(),
  fingerprint: hash,
  stampedAt: instant.nullable(),
  /** Pages on which its look, or what else came with it, stands over text, or may. */
  covers: z.array(z.int()),
});
export type Signature = z.infer<typeof signature>;

/** Who signed, without authorities that stamped. */
export const signersIn = (signatures: readonly Signature[]): string[] =>
  signatures.flatMap(({ subject, stampedAt }) => (stampedAt === null ? [subject] : []));

export const closingPaperView = z.strictObject({
  ...file.shape,
  madeAt: instant,
  stamp: z.enum(STAMPINGS),
  /** The same to be read, as PDF/UA: without seal and attached file. */
  reading: file,
  /** As it was signed, in that order. */
  signed: z.array(
    z.strictObject({
      ...file.shape,
      number: z.int(),
      /** The institution that put it in, and who of it. */
      party: z.string(),
      by: z.string(),
      at: instant,
      /** Those that it adds to the one before. */
      signatures: z.array(signature),
      /** Who of the Secretariat recorded what came another way, and the hash of how it did. */
      recorded: z.strictObject({ by: z.string(), how: hash }).optional(),
    }),
  ),
});
export type ClosingPaperView = z.infer<typeof closingPaperView>;

/** What a file that is put in is to begin with. */
export const newestPaper = (paper: ClosingPaperView): Pick<ClosingPaperView, 'file' | 'sha256' | 'size'> =>
  paper.signed.at(-1) ?? paper;

/** What of it is asked for: with all signatures, as it was sealed, to be read. */
export const PAPER_FILES = ['newest', 'sealed', 'reading'] as const;
export type PaperFile = (typeof PAPER_FILES)[number];
export const paperFile = (
  paper: ClosingPaperView,
  as: PaperFile,
): Pick<ClosingPaperView, 'file' | 'sha256' | 'size'> =>
  as === 'newest' ? newestPaper(paper) : as === 'sealed' ? paper : paper.reading;

/** All files of it. */
export const closingFiles = ({
  closingPaper: paper,
}: {
  closingPaper: ClosingPaperView | null;
}): Pick<ClosingPaperView, 'file' | 'sha256' | 'size'>[] =>
  paper ? [paper, paper.reading, ...paper.signed] : [];

/** Whether a cooperation has one: it is over, and was not cancelled. */
export const hasClosingPaper = ({
  closedAt,
  cancelledAt,
}: {
  closedAt: string | null;
  cancelledAt: string | null;
}): boolean => closedAt !== null && cancelledAt === null;
