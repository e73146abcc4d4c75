import { CONSULTANT } from '../methodology.ts';
import type { Institution, Programme } from '../programme/programme.ts';

/** An institution of a cooperation as one that can be asked: what it is called, and where its clock and holidays are. */
type AskedInstitution = Omit<Institution, 'id' | 'timezone'> & {
  /** The institution's id in the programme file. */
  code: string;
  /** IANA zone of its capital. */
  timeZone: string;
};
type AskedConsultant = Pick<AskedInstitution, 'code' | 'country' | 'timeZone'> & {
  role: 'consultant';
};

/** Who can be asked: an institution of the cooperation, or its consultant. Holds nobody's name. */
export type Party = AskedInstitution | AskedConsultant;

/** The Secretariat: every programme has one. */
export function secretariatAmong<Of extends { role: Party['role'] }>(institutions: readonly Of[]): Of {
  const found = institutions.find(({ role }) => role === 'secretariat');
  if (!found) throw new Error('a programme without a Secretariat');
  return found;
}

/** The countries of a side, in the file's order: ISO 3166 letters. */
export const countriesOf = (
  { institutions }: { institutions: readonly Pick<Party, 'role' | 'country'>[] },
  role: Party['role'],
): string[] => institutions.filter((institution) => institution.role === role).map(({ country }) => country);

/** The parties of a programme, in the file's order, the consultant last. */
export function partiesOf(file: Programme): Party[] {
  const institutions = file.institutions.map(
    ({ id, timezone, ...institution }): AskedInstitution => ({
      code: id,
      ...institution,
      timeZone: timezone,
    }),
  );
  const secretariat = secretariatAmong(institutions);
  return [
    ...institutions,
    {
      code: CONSULTANT,
      role: 'consultant',
      country: secretariat.country,
      timeZone: file.systematization.consultant?.timezone ?? secretariat.timeZone,
    },
  ];
}
