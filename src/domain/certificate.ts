import { z } from 'zod';
import { attendeeOf } from './attendance.ts';
import type { Attendee } from './content.ts';
import { dateIn } from './dates.ts';
import { LANGUAGES, type Language } from './language.ts';
import { numberInTurn } from './numbering.ts';
import { type Programme, written } from './programme.ts';
import { isSameName, plainName } from './samePerson.ts';

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
type Statement = z.infer<typeof statement>;

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

// --- Codes --------------------------------------------------------------------------------------------------------

/** No letter is mistaken for a figure or another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A hundred bits. */
export const CODE_LENGTH = 20;

/** @param random bytes that nobody can foresee, {@link CODE_LENGTH} of them */
export const certificateCode = (random: Uint8Array): string =>
  Array.from(random.subarray(0, CODE_LENGTH), (byte) => ALPHABET[byte % 32]).join('');

/** `K7QX-…`, as it is printed. */
export const codeInGroups = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** The code that somebody typed, with or without hyphens, or one letter for another; nothing where it is none. */
export function codeTyped(typed: string): string | undefined {
  const code = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return code.length === CODE_LENGTH && [...code].every((one) => ALPHABET.includes(one)) ? code : undefined;
}

// --- Who attended -------------------------------------------------------------------------------------------------

/** What a certificate can be given for. */
export type Participation = Statement & Pick<CertificateView, 'persons' | 'language'>;

type AttendedCase = {
  language: Language;
  closedAt: string | null;
  sessions: readonly {
    number: number;
    startsAt: string | null;
    hours: number;
    timeZone: string;
    recordedAt: string | null;
    cancelledAt: string | null;
    attendance: readonly Attendee[];
  }[];
  people: readonly { id: string; name: string; party: string; email: string | null; language: Language }[];
};

/** Whether there is nothing more to attend: all sessions are recorded or cancelled, or the cooperation is over. */
export const areSessionsOver = ({
  closedAt,
  sessions,
}: Pick<AttendedCase, 'closedAt' | 'sessions'>): boolean =>
  closedAt !== null ||
  sessions.every(({ recordedAt, cancelledAt }) => recordedAt !== null || cancelledAt !== null);

/** Who attended which sessions, each once, in the order in which they first come. Groups are nobody by name. */
export function attendedIn({ language, sessions, people }: AttendedCase): Participation[] {
  const all = new Map<string, Participation>();
  for (const session of sessions) {
    if (session.recordedAt === null) continue;
    const { number, hours } = session;
    const date = dateIn(session.startsAt ?? session.recordedAt, session.timeZone);
    for (const one of session.attendance.map(attendeeOf)) {
      if (one.count !== undefined) continue;
      const parts = partsOf(one, people);
      const [person] = parts;
      const from = {
        ...(one.party !== undefined && { party: one.party }),
        ...(one.institution !== undefined && { institution: one.institution }),
      };
      const key = person
        ? `person ${parts.map(({ id }) => id).join()}`
        : `name ${plainName(one.name)}|${one.party ?? ''}|${plainName(one.institution ?? '')}`;
      const known = all.get(key) ?? {
        ...{
          name: person?.name ?? one.name,
          ...(person && !one.party && !one.institution ? { party: person.party } : from),
        },
        ...{ sessions: [], persons: parts.map(({ id }) => id), language: person?.language ?? language },
      };
      all.set(key, known);
      if (!known.sessions.some((other) => other.number === number))
        known.sessions.push({ number, date, hours });
    }
  }
  return [...all.values()];
}

/** All entries that are this person: those of one address and one name; of a name alone, where only one has it. */
function partsOf(
  { person, name, party, institution }: Exclude<Attendee, string>,
  people: AttendedCase['people'],
): AttendedCase['people'][number][] {
  const sameAs = (one: AttendedCase['people'][number]) =>
    people.filter(
      (other) =>
        other.id === one.id ||
        (one.email !== null &&
          other.email?.toLowerCase() === one.email.toLowerCase() &&
          isSameName(other.name, one.name)),
    );
  const own = people.find(({ id }) => id === person);
  if (own) return sameAs(own);
  const [first, ...others] = party || institution ? [] : people.filter((one) => isSameName(one.name, name));
  if (!first) return [];
  const parts = sameAs(first);
  return others.every((one) => parts.includes(one)) ? parts : [];
}

const statementOf = ({ name, party, institution, sessions }: Statement): string =>
  JSON.stringify([
    name,
    party,
    institution,
    sessions.map(({ number, date, hours }) => [number, date, hours]),
  ]);
export const statesTheSame = (a: Statement, b: Statement): boolean => statementOf(a) === statementOf(b);

export function certificateState(
  certificate: Statement & Pick<CertificateView, 'withdrawn'>,
  attended: readonly Participation[],
): CertificateState {
  if (certificate.withdrawn) return certificate.withdrawn.how === 'withdrawn' ? 'withdrawn' : 'corrected';
  return attended.some((one) => statesTheSame(one, certificate)) ? 'valid' : 'corrected';
}

/** To whom certificates are to be given, and which of those that stand state what is no longer so. */
export function certificatesDue<C extends Statement & Pick<CertificateView, 'number' | 'withdrawn'>>(
  attended: readonly Participation[],
  given: readonly C[],
  anew: readonly number[] = [],
): { due: Participation[]; outdated: C[] } {
  const due = attended.filter((one) => {
    const same = given.filter((certificate) => statesTheSame(certificate, one));
    const isKept = ({ number, withdrawn }: C) => withdrawn?.how === 'withdrawn' && !anew.includes(number);
    return !same.some(({ withdrawn }) => withdrawn === null) && !same.some(isKept);
  });
  return {
    due,
    outdated: given.filter(
      (one) => one.withdrawn === null && certificateState(one, attended) === 'corrected',
    ),
  };
}

export const hoursOf = (sessions: readonly CertifiedSession[]): number =>
  sessions.reduce((sum, { hours }) => sum + hours, 0);

// --- On paper -----------------------------------------------------------------------------------------------------

/** What a certificate is printed from. */
export type CertificatePaper = Statement & {
  programme: Programme;
  language: Language;
  code: string;
  /** The day that it is given on. */
  givenOn: string;
};

/** Sets certificates as PDF, in the order in which they are given. */
export type CertificatePrinter = (papers: readonly CertificatePaper[]) => Promise<Uint8Array[]>;
