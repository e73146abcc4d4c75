import { findSession, peopleAt } from '../casefile/access.ts';
import type { PersonRow } from '../casefile/schema.ts';
import type { Language } from '../domain/language.ts';
import type { SiteOutside } from './outside.ts';

/** Who is looking at a page: the owner of an address, in all the parts they have. */
export type Viewer = {
  /** The session's id, as the cookie has it. */
  session: string;
  /** In lower case. */
  address: string;
  /** As a cooperation has it; the address where none does. */
  name: string;
  language: Language;
  timeZone: string;
  role: 'staff' | 'observer' | 'participant';
  /** Who they are in each cooperation; may be empty for staff and observers. */
  people: PersonRow[];
};

/** Of whoever has no part in any cooperation: the Secretariat's. */
export const SECRETARIAT_ZONE = 'America/New_York';

/** @returns nobody where the session has ended, or the address belongs to nobody any more */
export async function viewerOf(outside: SiteOutside, session: string): Promise<Viewer | undefined> {
  const { caseFile, now } = outside;
  const found = await findSession(caseFile, session, now());
  if (!found) return undefined;
  const { address } = found;
  const people = await peopleAt(caseFile, address);
  const role = roleOf(outside, address, people);
  const [first] = people;
  if (role === 'participant' && !first) return undefined;
  return {
    session,
    address,
    name: first?.name ?? address,
    language: found.language ?? first?.language ?? 'es',
    timeZone: first?.timeZone ?? SECRETARIAT_ZONE,
    role,
    people,
  };
}

/** What the owner of an address may do beside what their people do. */
export function roleOf(
  { staff, observers }: Pick<SiteOutside, 'staff' | 'observers'>,
  address: string,
  people: readonly PersonRow[],
): Viewer['role'] {
  const among = (addresses: readonly string[]) => addresses.some((one) => one.toLowerCase() === address);
  const named = staff.length === 0 && people.some(({ role }) => role === 'staff');
  if (named || among(staff)) return 'staff';
  return among(observers) ? 'observer' : 'participant';
}
