import type { ChangeOf } from '../../domain/change.ts';
import type { ListedGuest } from '../../domain/content.ts';
import { partsOfPerson } from '../../domain/ids.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import { isSameName } from '../../domain/people/samePerson.ts';
import { refused } from '../../domain/refusal.ts';
import type { NewPerson, PersonRow, SessionRow } from '../database/schema.ts';
import { addressee } from '../filing.ts';
import { withdrawMailsTo } from '../mails/mails.ts';
import { everyoneOf, invitedTo, staffOf } from '../people.ts';
import { endOwnAccess, freeAddress, isSameAddress, nextId } from './comings.ts';
import {
  type ChangeOutcome,
  entryOf,
  inProgramme,
  inviting,
  isAfter,
  isInvitedAhead,
  type Makers,
  type Making,
  personIn,
  telling,
} from './making.ts';
import { standingSession } from './sessions.ts';

/** Changes of a session's guests: whom the Secretariat invites, and whom an institution names and withdraws itself. */

async function addGuest(making: Making, what: ChangeOf<'add-guest'>): Promise<ChangeOutcome> {
  const session = await standingSession(making, what.session);
  const { invitedBy, ...guest } = what.guest;
  const [added] = await welcomed(making, session, invitedBy, [guest]);
  return {
    ...(await inSession(making, session, added ? [added] : [], 'named')),
    entries: [entryOf(making, 'guest-added', { guest: added?.id, session: session.number, invitedBy })],
  };
}

/** Several at once, whom those who are not among them hear of once. */
async function nameGuests(making: Making, what: ChangeOf<'name-guests'>): Promise<ChangeOutcome> {
  const { invitedBy } = what;
  ofOwn(making, invitedBy);
  const session = await standingSession(making, what.session);
  if (session.endsAt && !isAfter(session.endsAt, making.at))
    return refused({ code: 'SessionOver', session: session.number });
  const named = await welcomed(making, session, invitedBy, what.guests);
  return {
    ...(await inSession(making, session, named, 'named')),
    entries: [
      entryOf(making, 'guests-named', {
        guests: named.map(({ id }) => id),
        ...{ session: session.number, invitedBy },
      }),
    ],
  };
}

async function withdrawGuest(making: Making, { person }: ChangeOf<'withdraw-guest'>): Promise<ChangeOutcome> {
  const { tx, cooperation } = making;
  const guest = await personIn(making, person);
  if (guest.role !== 'guest' || guest.session === null) return refused({ code: 'NotGuest', person });
  ofOwn(making, guest.party);
  const session = await standingSession(making, guest.session);
  await tx
    .updateTable('person')
    .set({ active: false })
    .where('cooperation', '=', cooperation.id)
    .where('id', '=', guest.id)
    .execute();
  await withdrawMailsTo(tx, cooperation.id, guest.id);
  await endOwnAccess(making, guest);
  return {
    ...(await inSession(making, session, [guest], 'withdrawn')),
    entries: [entryOf(making, 'guest-withdrawn', { guest: guest.id, session: session.number })],
  };
}

/** The Secretariat invites whomever; anybody else, guests of their own institution. @throws Refused `NotOfParty` */
function ofOwn({ by }: Making, party: string): void {
  if (by && by.role !== 'staff' && by.party !== party) refused({ code: 'NotOfParty', person: by.id, party });
}

/** Enters people as guests of a session. @throws Refused `PartyUnknown`, `GuestInvited`, `AddressTaken` */
async function welcomed(
  making: Making,
  { number }: SessionRow,
  invitedBy: string,
  guests: readonly ListedGuest[],
): Promise<PersonRow[]> {
  const { tx, cooperation } = making;
  const { institutions } = cooperation.programme;
  const institution = institutions.find(({ id }) => id === invitedBy);
  if (!institution)
    return refused({
      ...{ code: 'PartyUnknown', party: invitedBy },
      parties: institutions.map(({ id }) => id),
    });
  const added: PersonRow[] = [];
  for (const guest of guests) {
    const invited = await invitedTo(tx, cooperation.id, number);
    const listed = (await everyoneOf(tx, cooperation.id)).filter(
      (one) => one.active && one.email === null && one.session === number && one.party === invitedBy,
    );
    const holder =
      invited.find((one) => isSameAddress(one, guest) && isSameName(one.name, guest.name)) ??
      listed.find((one) => guest.email === undefined && isSameName(one.name, guest.name));
    if (holder) return refused({ code: 'GuestInvited', person: holder.id, session: number });
    await freeAddress(making, { ...guest, party: invitedBy });
    const id = await nextId(making, `guest-${number}`);
    const person: NewPerson = {
      ...addressee(guest, cooperation.programme, institution.timezone),
      ...{ cooperation: cooperation.id, id, party: invitedBy, role: 'guest' },
      ...{ focalPoint: false, session: number },
      position: 1000 * number + (partsOfPerson(id).number ?? 1) - 1,
    };
    await tx.insertInto('person').values(person).execute();
    added.push(await personIn(making, id));
  }
  return added;
}

/**
 * Who hears of guests who come or go: they themselves where the session has been invited to, and the delegations with the
 * programme's next version. As long as there is no programme to renew, the Secretariat hears of what others do.
 */
async function inSession(
  making: Making,
  session: SessionRow,
  guests: readonly PersonRow[],
  how: 'named' | 'withdrawn',
): Promise<Omit<ChangeOutcome, 'entries'>> {
  const { tx, cooperation, at, by } = making;
  // A mailbox that somebody else is invited under keeps the session in its calendar.
  const others = how === 'withdrawn' ? await invitedTo(tx, cooperation.id, session.number) : [];
  const concerned = guests.filter((guest) => !others.some((one) => isSameAddress(one, guest)));
  const calendar = await inviting(making, session, isInvitedAhead(session, at) ? concerned : [], {
    ...(how === 'named' ? { method: 'REQUEST', kind: 'new' } : { method: 'CANCEL', kind: 'withdrawn' }),
  });
  const revised = await inProgramme(making, ['guests'], { session: session.number });
  const theirs = by !== undefined && by.role !== 'staff' && revised.told.length === 0;
  const secretariat: Telling[] = telling(theirs ? await staffOf(tx, cooperation.id) : [], {
    ...{ notice: 'guests-named', session: session.number, how },
    guests: guests.map(({ id }) => id),
  });
  return { ...revised, told: [...calendar, ...revised.told, ...secretariat] };
}

export const guestChanges = {
  'add-guest': addGuest,
  'name-guests': nameGuests,
  'withdraw-guest': withdrawGuest,
} satisfies Partial<Makers>;
