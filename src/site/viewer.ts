import { findSession, peopleAt } from '../casefile/access/access.ts';
import { staffAt } from '../casefile/access/staff.ts';
import type { CaseFile } from '../casefile/database/database.ts';
import type { PersonRow, StaffRow } from '../casefile/database/schema.ts';
import type { Language } from '../domain/language.ts';
import { personsAmong } from '../domain/people/samePerson.ts';
import type { Actor } from '../domain/securityEvent.ts';
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
  /** Who they are in each cooperation; may be empty for staff and observers, and where several people share the address. */
  people: PersonRow[];
  /** Of cooperations in which several people share the address: all of them, whoever is at the keyboard. */
  mailbox: PersonRow[];
  /** Who said that it is them, by the cooperation. */
  chosen: Readonly<Record<string, string>>;
  /** How the security log names them. */
  actor: Actor | undefined;
  /** Those whose links were used, where no code was: the session opens them alone, and nothing that staff have. */
  cooperations: readonly string[] | null;
  /** Staff or an observer who has not taken the second step: they have nothing of what they may. */
  unstepped: boolean;
  /** When they signed in. */
  beganAt: string;
};

/** Whether an address is the one that somebody is signed in with. */
export const isOf = ({ address }: Pick<Viewer, 'address'>, written: string): boolean =>
  written.toLowerCase() === address;

/** Whether somebody answers for the Secretariat in any cooperation. */
export const isOfficer = ({ people, mailbox }: Pick<Viewer, 'people' | 'mailbox'>): boolean =>
  [...people, ...mailbox].some(({ role }) => role === 'staff');

/** Whether it is still to be asked who is at the keyboard, of those who share the address in a cooperation. */
export const isUnnamed = ({ people, mailbox }: Viewer, id: string): boolean =>
  mailbox.some(({ cooperation }) => cooperation === id) &&
  !people.some(({ cooperation }) => cooperation === id);

/** Whether somebody reads the library: whoever sees all cooperations, or takes part in one and is no guest of a session. */
export const readsLibrary = ({
  role,
  people,
  mailbox,
  cooperations,
  unstepped,
}: Pick<Viewer, 'role' | 'people' | 'mailbox' | 'cooperations' | 'unstepped'>): boolean =>
  !cooperations &&
  !unstepped &&
  (role !== 'participant' || [...people, ...mailbox].some((one) => one.role !== 'guest'));

/** Of whoever has no part in any cooperation: the Secretariat's. */
export const SECRETARIAT_ZONE = 'America/New_York';

/** @returns nobody where the session has ended, or the address belongs to nobody any more */
export async function viewerOf(outside: SiteOutside, session: string): Promise<Viewer | undefined> {
  const { caseFile, now, sessionHours } = outside;
  const found = await findSession(caseFile, session, sessionHours, now());
  if (!found) return undefined;
  const { address, cooperations } = found;
  const [all, listed] = await Promise.all([
    peopleAt(caseFile, address),
    cooperations ? undefined : staffAt(caseFile, address),
  ]);
  // One that began before everybody was asked for it.
  if (outside.secondFactor === 'everybody' && !found.stepped) return undefined;
  const unstepped = listed !== undefined && outside.secondFactor === true && !found.stepped;
  const staff = unstepped ? undefined : listed;
  const opened = cooperations
    ? all.filter((one) => cooperations.includes(one.cooperation) && one.role !== 'staff')
    : all;
  const { people, mailbox } = atKeyboard(opened, found.people);
  const [first = mailbox[0]] = people;
  if (!staff && !first) return undefined;
  return {
    session,
    address,
    name: staff?.name ?? nameOf(people, mailbox) ?? address,
    language: found.language ?? first?.language ?? staff?.language ?? 'es',
    timeZone: first?.timeZone ?? SECRETARIAT_ZONE,
    role: staff?.role ?? 'participant',
    people,
    mailbox,
    chosen: found.people,
    actor: actorOf(address, staff?.role, first ? [first] : []),
    cooperations,
    unstepped,
    beganAt: found.beganAt,
  };
}

/** Whose address it is, in each cooperation; where several people share it, who said that it is them, if anybody has. */
function atKeyboard(
  opened: readonly PersonRow[],
  chosen: Viewer['chosen'],
): Pick<Viewer, 'people' | 'mailbox'> {
  const people: PersonRow[] = [];
  const mailbox: PersonRow[] = [];
  for (const [cooperation, rows] of Map.groupBy(opened, (one) => one.cooperation)) {
    const persons = personsAmong(rows);
    if (persons.length > 1) mailbox.push(...rows);
    const own = persons.find((parts) => parts.some(({ id }) => id === chosen[cooperation]));
    people.push(...(persons.length > 1 ? (own ?? []) : rows));
  }
  return { people, mailbox };
}

/** A mailbox that several people share has no name, before one of them has said who it is. */
const nameOf = (people: readonly PersonRow[], mailbox: readonly PersonRow[]): string | undefined => {
  const those = people.length > 0 ? people : mailbox;
  return people.length > 0 || personsAmong(those).length === 1 ? those[0]?.name : undefined;
};

/** How the security log names the owner of an address who is not signed in yet. */
export async function idInLog(caseFile: CaseFile, address: string): Promise<string> {
  const [staff, people] = await Promise.all([staffAt(caseFile, address), peopleAt(caseFile, address)]);
  return actorOf(address, staff?.role, people)?.id ?? 'nobody';
}

/** Whom the security log names: staff and observers by their address, which is their id, others by their first part. */
export function actorOf(
  address: string,
  role: StaffRow['role'] | undefined,
  [first]: readonly PersonRow[],
): Actor | undefined {
  if (role) return { kind: role, id: address };
  return first && { kind: 'person', id: `${first.cooperation}/${first.id}` };
}
