import type { ChangeOf } from '../../domain/change.ts';
import { dateIn } from '../../domain/dates/dates.ts';
import { partsOfPerson, personId } from '../../domain/ids.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import { OBSERVER } from '../../domain/methodology.ts';
import { secretariatAmong } from '../../domain/people/party.ts';
import { isSameName } from '../../domain/people/samePerson.ts';
import { refused } from '../../domain/refusal.ts';
import { isFollowedUp } from '../../domain/results/followUp.ts';
import { endAccess, endAccessTo, isHeld } from '../access/access.ts';
import type { NewPerson, PersonRow, SessionRow } from '../database/schema.ts';
import { addressee } from '../filing.ts';
import { absencesOf, handOversOf } from '../handOvers.ts';
import { wasWrittenTo, withdrawMailsTo } from '../mails/mails.ts';
import { answerersOf, everyoneOf, inCharge, participantsOf } from '../people.ts';
import { dropWaiting } from '../waitingFiles.ts';
import {
  answererIn,
  type ChangeOutcome,
  entryOf,
  invitedAhead,
  inviting,
  type Makers,
  type Making,
  owedBy,
  personIn,
  telling,
} from './making.ts';
import { conveningSome } from './meeting.ts';

/** Who comes and who goes: somebody more, somebody less, another focal point. */

const addPerson = async (making: Making, what: ChangeOf<'add-person'>): Promise<ChangeOutcome> =>
  (await letIn(making, what)).outcome;

/** Has somebody more take part, and says who it is. */
export async function letIn(
  making: Making,
  what: ChangeOf<'add-person'>,
): Promise<{ joined: PersonRow; outcome: ChangeOutcome }> {
  const { tx, cooperation } = making;
  const { party, focalPoint = false } = what;
  const { institutions } = cooperation.programme;
  const institution = institutions.find(({ id }) => id === party);
  if (!institution && party !== OBSERVER)
    return refused({ code: 'PartyUnknown', party, parties: [...institutions.map(({ id }) => id), OBSERVER] });
  // Nobody turns to an observer, nor to whoever cannot be written to.
  if (focalPoint && (!institution || what.person.email === undefined))
    return refused({ code: 'Malformed', path: 'what.focalPoint' });
  const guest = await sameGuest(making, what.person);
  await freeAddress(making, { ...what.person, party }, guest?.id);
  const zone = (institution ?? secretariatAmong(institutions)).timezone;
  const person: NewPerson = {
    ...addressee(what.person, cooperation.programme, zone),
    cooperation: cooperation.id,
    id: await nextId(making, party),
    party,
    role: !institution ? 'observer' : institution.role === 'secretariat' ? 'staff' : 'delegate',
    focalPoint,
    session: null,
    position: await lastPosition(making, party),
  };
  if (guest) await setPerson(making, guest.id, { active: false });
  if (focalPoint) await releaseFocalPoints(making, party);
  await tx.insertInto('person').values(person).execute();

  const joining = await personIn(making, person.id);
  // What a guest has in the calendar stays there.
  const invited = await invitedAnew(making, joining, guest?.session);
  const outcome: ChangeOutcome = {
    told: [
      ...telling([joining], { notice: 'joined' }),
      ...invited,
      ...(await othersTold(making, [joining], { how: 'joined', who: joining.id })),
    ],
    programmeChanges: [],
    entries: [
      entryOf(making, 'person-joined', { person: joining.id, of: party, ...(guest && { guest: guest.id }) }),
    ],
  };
  return { joined: joining, outcome };
}

async function removePerson(making: Making, what: ChangeOf<'remove-person'>): Promise<ChangeOutcome> {
  const person = await personIn(making, what.person);
  const { id, party, role } = person;
  const entries = [entryOf(making, 'person-left', { person: id, of: party })];
  if (making.cooperation.closedAt !== null && !isFollowedUp(making.cooperation)) {
    // Nobody is asked or written to any more.
    await partWith(making, person);
    return { told: [], programmeChanges: [], entries };
  }
  if (role === 'guest') return refused({ code: 'IsGuest', person: id, why: 'removed' });
  const colleagues = await colleaguesOf(making, person);
  const successor = colleagues.find(({ focalPoint }) => focalPoint);
  if (role !== 'observer' && colleagues.length === 0)
    return refused({ code: 'LastOfParty', person: id, party });
  if (role !== 'observer' && !successor)
    return refused({ code: 'FocalPointLeaves', person: id, colleagues: colleagues.map((one) => one.id) });

  const passed = successor ? await passOn(making, person, successor) : [];
  const farewell = await takingLeave(making, person, { notice: 'left' });
  await partWith(making, person);
  return {
    told: [...farewell, ...passed, ...(await othersTold(making, [person], { how: 'left', who: id }))],
    programmeChanges: [],
    entries,
  };
}

async function nameFocalPoint(making: Making, what: ChangeOf<'focal-point'>): Promise<ChangeOutcome> {
  const person = await answererIn(making, what.person);
  refuseUnwritten(person);
  const before = (await colleaguesOf(making, person)).filter(({ focalPoint }) => focalPoint);
  if (person.focalPoint && before.length === 0)
    return refused({ code: 'FocalPointAlready', person: person.id });
  await releaseFocalPoints(making, person.party);
  await setPerson(making, person.id, { focalPoint: true });
  return {
    told: await othersTold(making, [], { how: 'focal-point', who: person.id }),
    programmeChanges: [],
    entries: [entryOf(making, 'focal-point-named', { person: person.id, of: person.party })],
  };
}

/** A person's place is taken by a colleague who is there already, and who hears of it in one mail. */
export async function succeed(
  making: Making,
  old: PersonRow,
  successor: PersonRow,
): Promise<{ told: Telling[] }> {
  const colleagues = await colleaguesOf(making, old);
  if (!colleagues.some(({ id }) => id === successor.id))
    return refused({
      ...{ code: 'NotColleague', person: successor.id, of: old.id },
      colleagues: colleagues.map(({ id }) => id),
    });
  const passed = await passOn(making, old, successor);
  if (old.focalPoint) await setPerson(making, successor.id, { focalPoint: true });
  const farewell = await takingLeave(making, old, { notice: 'replaced', by: successor.id });
  await partWith(making, old);
  return {
    told: [
      ...farewell,
      // What the successor has with the place is listed in the mail about that.
      ...passed.filter(({ about }) => about.notice !== 'request'),
      ...(await othersTold(making, [old], { how: 'replaced', who: old.id, by: successor.id })),
    ],
  };
}

/**
 * What tells somebody that their part is over, and takes what is ahead out of their calendar. Whoever has never been written
 * to hears nothing: of something that they know nothing of, it would be the first that they hear. Asked before what is on
 * its way to them is withdrawn.
 */
export async function takingLeave(
  making: Making,
  person: PersonRow,
  about: Extract<Telling['about'], { notice: 'left' | 'replaced' }>,
): Promise<Telling[]> {
  const { tx, cooperation } = making;
  if (!(await wasWrittenTo(tx, cooperation.id, person.id))) return [];
  return [...telling([person], about), ...(await withdrawn(making, person))];
}

/** Somebody takes part no more: nothing is sent to them, and their ways to the cooperation end. */
export async function partWith(making: Making, { id, email }: PersonRow): Promise<void> {
  const { tx, cooperation, at } = making;
  await setPerson(making, id, { active: false });
  await withdrawMailsTo(tx, cooperation.id, id);
  if (email !== null) await endAccessTo(tx, email, cooperation.id, at);
}

/**
 * What colleagues had handed over to somebody who goes, and the days on which they stand in, pass to a successor. Returns
 * what is told of that: of a request, only to a successor who did not have it anyway.
 */
async function passOn(making: Making, from: PersonRow, to: PersonRow): Promise<Telling[]> {
  const { tx, cooperation, at } = making;
  const of = (request: string) =>
    inCharge(tx, cooperation.id, request, [from.party], ({ timeZone }) => dateIn(at, timeZone));
  const owed = (await owedBy(making, from.party)).map(({ id }) => id);
  const taken: string[] = [];
  for (const request of owed)
    if (!(await of(request)).people.some(({ id }) => id === to.id)) taken.push(request);
  for (const { request, fromPerson } of await handOversOf(tx, cooperation.id)) {
    const row = tx
      .updateTable('handOver')
      .set({ toPerson: to.id })
      .where('cooperation', '=', cooperation.id)
      .where('request', '=', request)
      .where('fromPerson', '=', fromPerson)
      .where('toPerson', '=', from.id);
    if (fromPerson !== to.id) await row.execute();
    // What the successor had handed over comes back.
    else
      await tx
        .deleteFrom('handOver')
        .where('cooperation', '=', cooperation.id)
        .where('request', '=', request)
        .where('fromPerson', '=', to.id)
        .where('toPerson', '=', from.id)
        .execute();
  }
  const standing = await standInsPassedOn(making, from, to);
  await setPerson(making, from.id, { active: false });
  const told: Telling[] = [];
  for (const request of taken)
    if ((await of(request)).people.some(({ id }) => id === to.id))
      told.push(...telling([to], { notice: 'request', request, how: 'replaced', from: from.id }));
  return [...told, ...standing];
}

/** @throws Refused `StandInLeaves` where nobody else is there */
async function standInsPassedOn(making: Making, from: PersonRow, to: PersonRow): Promise<Telling[]> {
  const { tx, cooperation, at } = making;
  const told: Telling[] = [];
  const ahead = (await absencesOf(tx, cooperation.id)).filter(
    ({ standIn, to: until }) => standIn === from.id && until >= dateIn(at, from.timeZone),
  );
  const colleagues = await colleaguesOf(making, from);
  for (const absence of ahead) {
    const others = colleagues.filter(({ id }) => id !== absence.person);
    const standIn = others.find(({ id }) => id === to.id) ?? others[0];
    if (!standIn)
      return refused({
        ...{ code: 'StandInLeaves', person: from.id, absent: absence.person },
        ...{ from: absence.from, to: absence.to },
      });
    await tx
      .updateTable('absence')
      .set({ standIn: standIn.id })
      .where('cooperation', '=', cooperation.id)
      .where('change', '=', absence.change)
      .execute();
    const { person: absent, from: first, to: last } = absence;
    told.push(...telling([standIn], { notice: 'stands-in', absent, from: first, to: last }));
  }
  return told;
}

/** The others who answer for a person's institution. */
export const colleaguesOf = async (
  { tx, cooperation }: Making,
  { id, party }: PersonRow,
): Promise<PersonRow[]> => (await answerersOf(tx, cooperation.id, [party])).filter((one) => one.id !== id);

/** What tells of it those who work with a person: one mail each, to all who take part but those whom it is about. */
export async function othersTold(
  { tx, cooperation }: Making,
  except: readonly PersonRow[],
  about: { how: 'joined' | 'left' | 'replaced' | 'focal-point'; who: string; by?: string },
): Promise<Telling[]> {
  const others = (await participantsOf(tx, cooperation.id)).filter(
    ({ id }) => !except.some((one) => one.id === id),
  );
  return telling(others, { notice: 'people-changed', ...about });
}

/** What has a person who comes in the meeting and the sessions ahead, but for one that is in their calendar. */
export async function invitedAnew(
  making: Making,
  person: PersonRow,
  except?: number | null,
): Promise<Telling[]> {
  const told = await conveningSome(making, [person], 'new');
  for (const session of await invitationsOf(making, person))
    if (session.number !== except)
      told.push(...(await inviting(making, session, [person], { method: 'REQUEST', kind: 'new' })));
  return told;
}

/**
 * What takes the meeting and the sessions ahead out of a person's calendar; but not out of that of somebody who shares it
 * and is invited, too.
 */
async function withdrawn(making: Making, person: PersonRow): Promise<Telling[]> {
  const { tx, cooperation } = making;
  const sharing = (await everyoneOf(tx, cooperation.id)).filter(
    (one) => one.active && one.id !== person.id && isSameAddress(one, person),
  );
  const told = sharing.some(({ role }) => role === 'delegate' || role === 'staff')
    ? []
    : await conveningSome(making, [person], 'withdrawn');
  const theirs = await Promise.all(sharing.map((one) => invitationsOf(making, one)));
  const kept = new Set(theirs.flat().map(({ number }) => number));
  for (const session of (await invitationsOf(making, person)).filter(({ number }) => !kept.has(number)))
    told.push(...(await inviting(making, session, [person], { method: 'CANCEL', kind: 'withdrawn' })));
  return told;
}

/** The sessions ahead that a person has been invited to. */
export async function invitationsOf(making: Making, { role, session }: PersonRow): Promise<SessionRow[]> {
  const ahead = await invitedAhead(making);
  if (role === 'delegate' || role === 'staff') return ahead;
  return ahead.filter(({ number }) => number === session);
}

/** A guest of the same name and address: one person, who now takes part. */
const sameGuest = async (
  { tx, cooperation }: Making,
  { name, email }: { name: string; email?: string | undefined },
): Promise<PersonRow | undefined> =>
  (await everyoneOf(tx, cooperation.id)).find(
    (one) =>
      one.active && one.role === 'guest' && isSameName(one.name, name) && isSameAddress(one, { email }),
  );

/**
 * Those of one institution may share a mailbox, and one person may have several parts: an officer who is the consultant, a
 * guest who takes part. @throws Refused `AddressTaken` where anybody else who takes part has the address
 */
export async function freeAddress(
  { tx, cooperation }: Making,
  { name, email, party }: { name: string; email?: string | null | undefined; party: string },
  except?: string,
): Promise<void> {
  const holder = (await everyoneOf(tx, cooperation.id)).find(
    (one) =>
      one.active &&
      one.id !== except &&
      isSameAddress(one, { email }) &&
      // Of one name, one person: not twice in the same part.
      (isSameName(one.name, name) ? one.party === party && one.role !== 'guest' : one.party !== party),
  );
  if (holder) refused({ code: 'AddressTaken', holder: holder.id });
}

/** @throws Refused `NoAddress` where somebody can be asked for nothing */
export function refuseUnwritten({ id, email }: Pick<PersonRow, 'id' | 'email'>): void {
  if (email === null) refused({ code: 'NoAddress', person: id });
}

/** Whether two have one address; nobody has that of whoever has none. */
export const isSameAddress = (
  a: { email?: string | null | undefined },
  b: { email?: string | null | undefined },
): boolean => Boolean(a.email) && a.email?.toLowerCase() === b.email?.toLowerCase();

/** Ends what lets in whoever has gone, or has another address; whoever shares the mailbox still comes in by it. */
export async function endOwnAccess(
  { tx, cooperation, at }: Making,
  { email }: Pick<PersonRow, 'email'>,
): Promise<void> {
  if (email !== null && !(await isHeld(tx, email, cooperation.id))) await endAccess(tx, email, at);
}

/** The next id of a party's people, or of a session's guests: numbers are never used again. */
export async function nextId({ tx, cooperation }: Making, prefix: string): Promise<string> {
  const numbers = (await everyoneOf(tx, cooperation.id)).flatMap(({ id }) => {
    const { party, number } = partsOfPerson(id);
    return party === prefix && number !== undefined ? [number] : [];
  });
  return personId(prefix, Math.max(0, ...numbers) + 1);
}

/** Where the last of a party stands, and whoever joins it after them; observers after everybody. */
async function lastPosition({ tx, cooperation }: Making, party: string): Promise<number> {
  const own = (await everyoneOf(tx, cooperation.id)).filter(
    (one) => one.party === party && one.role !== 'guest',
  );
  return own.length > 0 ? Math.max(...own.map(({ position }) => position)) : 600;
}

const releaseFocalPoints = ({ tx, cooperation }: Making, party: string): Promise<unknown> =>
  tx
    .updateTable('person')
    .set({ focalPoint: false })
    .where('cooperation', '=', cooperation.id)
    .where('party', '=', party)
    .execute();

export async function setPerson(
  { tx, cooperation }: Making,
  id: string,
  values: Partial<Pick<PersonRow, 'active' | 'focalPoint'>>,
): Promise<void> {
  await tx
    .updateTable('person')
    .set(values)
    .where('cooperation', '=', cooperation.id)
    .where('id', '=', id)
    .execute();
  if (values.active === false) await dropWaiting(tx, cooperation.id, id);
}

export const comings = {
  'add-person': addPerson,
  'remove-person': removePerson,
  'focal-point': nameFocalPoint,
} satisfies Partial<Makers>;
