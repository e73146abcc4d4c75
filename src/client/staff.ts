import { endAccess, peopleAt, plainAddress } from '../casefile/access/access.ts';
import { resetFactor, secondFactors } from '../casefile/access/secondFactor.ts';
import { admitStaff, allStaff, removeStaff, staffAt } from '../casefile/access/staff.ts';
import { makeToken, revokeToken } from '../casefile/access/tokens.ts';
import type { CaseFile } from '../casefile/database/database.ts';
import { officesOf, setDigest } from '../casefile/mails/digests.ts';
import type { GivenReset, GivenStaff, GivenToken, Invitation, StaffMember } from '../domain/people/staff.ts';
import { refused } from '../domain/refusal.ts';

/** Who lets whom in as staff or observer and puts whom out, and who makes and revokes tokens. */

export type StaffClient = {
  caseFile: CaseFile;
  now: () => string;
  /** Writes to whoever was let in. Never rejects: they are in either way, and can sign in. */
  sendInvitation: (mail: Invitation) => Promise<void>;
};

/**
 * Lets somebody in, or gives whoever is in another role, and writes to them. `by` is the address of who does; `null` from
 * the terminal, which alone makes an observer of the last of the staff.
 * @throws Refused `StaffAlready`, `StaffUnknown`, `WrittenSince`, `LastStaff`
 */
export async function inviteStaff(
  { caseFile, now, sendInvitation }: StaffClient,
  { name, ...given }: GivenStaff,
  by: string | null,
): Promise<void> {
  const admitted = await admitStaff(
    caseFile,
    { ...given, name: name || null, by },
    { force: by === null },
    now(),
  );
  if ('since' in admitted) return refused({ code: 'WrittenSince', of: 'staff', at: admitted.since });
  if (admitted.outcome === 'unknown') return refused({ code: 'StaffUnknown' });
  if (admitted.outcome === 'last') return refused({ code: 'LastStaff' });
  const { role, name: called, language } = admitted.as;
  if (admitted.outcome === 'already') return refused({ code: 'StaffAlready', role });
  const { address } = given;
  await sendInvitation({ to: address, name: called || address, role, language });
}

/**
 * Puts somebody out, at once. From the terminal (`by` is `null`) also the last of the staff.
 * @throws Refused `StaffUnknown`, `LastStaff`
 */
export async function dismissStaff(
  { caseFile, now }: Pick<StaffClient, 'caseFile' | 'now'>,
  address: string,
  by: string | null,
): Promise<void> {
  const outcome = await removeStaff(caseFile, address, { by, force: by === null }, now());
  if (outcome === 'unknown') refused({ code: 'StaffUnknown' });
  if (outcome === 'last') refused({ code: 'LastStaff' });
}

/**
 * Ends all that lets somebody in under an address, on all devices. `of` is whom the security log names.
 * @throws Refused `AddressUnknown`
 */
export async function endAccessOf(
  { caseFile, now }: Pick<StaffClient, 'caseFile' | 'now'>,
  address: string,
): Promise<{ of: string; sessions: number }> {
  const [staff, [person]] = await Promise.all([staffAt(caseFile, address), peopleAt(caseFile, address)]);
  const of = staff?.address ?? (person && `${person.cooperation}/${person.id}`);
  if (of === undefined) return refused({ code: 'AddressUnknown' });
  return { of, sessions: await endAccess(caseFile, address, now()) };
}

/**
 * Has an officer get one mail a morning, or each as it comes.
 * @throws Refused `AddressUnknown` where nobody of the Secretariat in any cooperation has the address
 */
export async function digestOf(
  { caseFile, now }: Pick<StaffClient, 'caseFile' | 'now'>,
  given: string,
  on: boolean,
): Promise<{ address: string; on: boolean }> {
  const address = plainAddress(given);
  if ((await officesOf(caseFile, address)).length === 0) return refused({ code: 'AddressUnknown' });
  await setDigest(caseFile, address, on, now());
  return { address, on };
}

/**
 * Has somebody set up their second step anew, who lost what it takes, and signs them out. One that staff have set up since
 * stays; of those who take part, on no list of which it stands, the present one is reset.
 * @returns how the security log names them
 * @throws Refused `StaffUnknown`, `WrittenSince`
 */
export async function resetSecondFactor(
  { caseFile, now }: Pick<StaffClient, 'caseFile' | 'now'>,
  { address, seen }: GivenReset,
): Promise<string> {
  const [staff, [person]] = await Promise.all([staffAt(caseFile, address), peopleAt(caseFile, address)]);
  const had = staff ? seen : ((await secondFactors(caseFile)).get(plainAddress(address))?.madeAt ?? null);
  if (!staff && (!person || had === null)) return refused({ code: 'StaffUnknown' });
  const madeAt = await resetFactor(caseFile, address, had);
  if (madeAt !== undefined) return refused({ code: 'WrittenSince', of: 'second-factor', at: madeAt });
  await endAccess(caseFile, address, now());
  return staff ? address : `${person?.cooperation}/${person?.id}`;
}

/** Everybody who is staff or an observer, and since when they have a second step. */
export async function staffMembers(caseFile: CaseFile): Promise<StaffMember[]> {
  const [all, factors] = await Promise.all([allStaff(caseFile), secondFactors(caseFile)]);
  return all.map(({ address, role, name, addedAt, addedBy }) => ({
    ...{ address, role, name, addedAt, addedBy },
    secondFactorAt: factors.get(address)?.madeAt ?? null,
    passkeys: factors.get(address)?.passkeys ?? 0,
  }));
}

/**
 * Makes a token, and tells its secret, once.
 * @throws Refused `StaffUnknown` where nobody who is in has the holder's address
 */
export async function grantToken(
  { caseFile, now }: Pick<StaffClient, 'caseFile' | 'now'>,
  given: GivenToken,
  by: string | null,
) {
  if (given.holder !== undefined && !(await staffAt(caseFile, given.holder)))
    return refused({ code: 'StaffUnknown' });
  return makeToken(caseFile, given, by, now());
}

/** @throws Refused `TokenUnknown` */
export async function withdrawToken(
  { caseFile, now }: Pick<StaffClient, 'caseFile' | 'now'>,
  number: number,
  by: string | null,
): Promise<void> {
  if (!(await revokeToken(caseFile, number, by, now()))) refused({ code: 'TokenUnknown', number });
}
