import type { Attendee } from '../content.ts';
import { dateIn } from '../dates/dates.ts';
import type { Language } from '../language.ts';
import { attendeeOf } from '../people/attendance.ts';
import { isSameName, plainName } from '../people/samePerson.ts';
import type { CertificateState, CertificateView, Statement } from './certificate.ts';

/** Who attended which sessions, and what of it certificates state. */

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
