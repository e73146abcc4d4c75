import { z } from 'zod';
import { LANGUAGES, type Language } from '../language.ts';
import { numberInTurn } from '../programme/numbering.ts';
import { type Programme, written } from '../programme/programme.ts';
import type { Logo } from './logo.ts';

/**
 * Certificates: that somebody attended sessions of a cooperation. Each has a code that tells nothing of anybody and
 * cannot be guessed; whoever is shown a certificate asks by it whether it stands.
 */

/** A session that somebody attended: the day that it was held on, where it was agreed, and its hours. */
const certifiedSession = z.strictObject({ number: z.int(), date: z.string(), hours: z.number() });
export type CertifiedSession = z.infer<typeof certifiedSession>;

/** What a certificate states. */
const statement = z.strictObject({
  name: z.string(),
  /** The institution's code, where it is one of the cooperation. */
  party: z.string().optional(),
  /** The institution, where it is none of the cooperation. */
  institution: z.string().optional(),
  sessions: z.array(certifiedSession),
});
export type Statement = z.infer<typeof statement>;

const WITHDRAWN_HOW = ['withdrawn', 'replaced'] as const;

const instant = z.iso.datetime();
/** A certificate as a case has it. */
export const certificateView = statement.extend({
  number: z.int(),
  /** Without hyphens. */
  code: z.string(),
  /** Ids of the person it is given to, in all their parts; none of who is nobody in the cooperation. */
  persons: z.array(z.string()),
  language: z.enum(LANGUAGES),
  givenAt: instant,
  /** A person's id, the Secretariat's code, or the address of staff who are nobody in the cooperation. */
  givenBy: z.string(),
  /** `replaced` by another, since the attendance was corrected; or `withdrawn` by the Secretariat, which says why. */
  withdrawn: z
    .strictObject({ at: instant, by: z.string(), how: z.enum(WITHDRAWN_HOW), reason: z.string().nullable() })
    .nullable(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  file: z.string(),
});
export type CertificateView = z.infer<typeof certificateView>;

const by = z
  .string()
  .max(254)
  .optional()
  .describe('the person of the Secretariat who does it; the Secretariat itself where it is left out');
export const givenCertificates = z.strictObject({
  by,
  anew: z
    .array(numberInTurn.positive())
    .max(500)
    .optional()
    .describe('numbers of withdrawn certificates, to whose owners one is given all the same'),
});
export type GivenCertificates = z.infer<typeof givenCertificates>;

/** Characters in the reason of a withdrawal. */
export const LONGEST_WITHDRAWAL = 2_000;
export const withdrawnCertificate = z.strictObject({
  by,
  certificate: numberInTurn.positive(),
  reason: written.trim().min(1).max(LONGEST_WITHDRAWAL),
});
export type WithdrawnCertificate = z.infer<typeof withdrawnCertificate>;

/** How a certificate stands: what it states is no longer so where the attendance was corrected since. */
export const CERTIFICATE_STATES = ['valid', 'withdrawn', 'corrected'] as const;
export type CertificateState = (typeof CERTIFICATE_STATES)[number];

/** What is told to whoever asks by a code: what it states, while that stands, and nothing of anybody otherwise. */
export const checkedCertificate = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('unknown') }),
  z.strictObject({ state: z.enum(['withdrawn', 'corrected']), givenOn: z.string() }),
  z.strictObject({
    state: z.literal('valid'),
    givenOn: z.string(),
    name: z.string(),
    institution: z.string().nullable(),
    cooperation: z.strictObject({
      subject: z.string(),
      requesting: z.array(z.string()),
      providing: z.array(z.string()),
      secretariat: z.string(),
    }),
    sessions: z.array(certifiedSession),
  }),
]);
export type CheckedCertificate = z.infer<typeof checkedCertificate>;

export const hoursOf = (sessions: readonly CertifiedSession[]): number =>
  sessions.reduce((sum, { hours }) => sum + hours, 0);

/** What a certificate is printed from. */
export type CertificatePaper = Statement & {
  programme: Programme;
  language: Language;
  code: string;
  /** The day that it is given on. */
  givenOn: string;
};

/** Sets certificates of one cooperation as PDF, in the order in which they are given. */
export type CertificatePrinter = (
  papers: readonly CertificatePaper[],
  logos: readonly Logo[],
) => Promise<Uint8Array[]>;
