import { sql } from 'kysely';
import type { Addressees } from '../../domain/communication.ts';
import { dateIn } from '../../domain/dates/dates.ts';
import type { Came } from '../../domain/door.ts';
import { hasAddress } from '../../domain/people/address.ts';
import type { Institution } from '../../domain/programme/programme.ts';
import { mayWrite, type Quotas } from '../access/quotas.ts';
import { openRequestsOf } from '../cooperations.ts';
import { type CaseFile, changing, json, listed, type OneOrMore } from '../database/database.ts';
import type { CommunicationRow, PersonRow } from '../database/schema.ts';
import { hashOf } from '../filing.ts';
import { absenceOn, absencesOf } from '../handOvers.ts';
import { answerersOf, delegationStanding, findPerson, inChargeAmong, participantsOf } from '../people.ts';
import { addToRecord } from '../record.ts';
import { mayBeRepeated } from '../repeats.ts';
import { answersTo, owingOf } from '../requests.ts';

/** What the Secretariat and those who take part write to each other: each under a number, sent once. */

export const communicationsOf = (db: CaseFile, cooperation: OneOrMore): Promise<CommunicationRow[]> =>
  db
    .selectFrom('communication')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('number')
    .execute();

export const findCommunication = (
  db: CaseFile,
  cooperation: string,
  number: number,
): Promise<CommunicationRow | undefined> =>
  db
    .selectFrom('communication')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .executeTakeFirst();

/** Whom something that is addressed so goes to now. */
export async function readersOf(
  db: CaseFile,
  cooperation: string,
  addressed: Addressees,
  now: string,
): Promise<PersonRow[]> {
  switch (addressed.to) {
    case 'person': {
      const person = await findPerson(db, cooperation, addressed.person);
      return person?.active && hasAddress(person) ? [person] : [];
    }
    case 'party':
      return withoutAbsentOfficers(
        db,
        cooperation,
        await answerersOf(db, cooperation, [addressed.party]),
        now,
      );
    case 'everybody':
      return participantsOf(db, cooperation);
    case 'owing':
      return thoseWhoOwe(db, cooperation, now);
  }
}

/** What the Secretariat is asked goes to those of it who are there; to all where nobody is. */
async function withoutAbsentOfficers(
  db: CaseFile,
  cooperation: string,
  people: PersonRow[],
  now: string,
): Promise<PersonRow[]> {
  const absences = await absencesOf(db, cooperation);
  const there = people.filter(
    (one) => one.role !== 'staff' || !absenceOn(absences, one, dateIn(now, one.timeZone)),
  );
  return there.length > 0 ? there : people;
}

/** Those who are in charge of what is open, but for the Secretariat's own people. */
async function thoseWhoOwe(db: CaseFile, cooperation: string, now: string): Promise<PersonRow[]> {
  const found = new Map<string, PersonRow>();
  for (const request of await openRequestsOf(db, cooperation)) {
    const owing = owingOf(request, await answersTo(db, cooperation, request.id));
    const standing = await delegationStanding(db, cooperation, owing);
    const { people } = inChargeAmong(standing, request.id, ({ timeZone }) => dateIn(now, timeZone));
    for (const one of people) if (one.role !== 'staff') found.set(one.id, one);
  }
  return [...found.values()].sort((a, b) => a.position - b.position);
}

export type NewCommunication = Pick<
  CommunicationRow,
  'cooperation' | 'kind' | 'by' | 'party' | 'addressed' | 'subject' | 'text' | 'answers' | 'shared'
> & { mail?: CommunicationRow['mail'] };

/**
 * Enters a communication under the next number, with the people that it goes to. The same by the same person is that
 * one, for a day, and the same mail for good. Where an enquiry has an answer, that one is it, whoever gave it.
 */
export async function addCommunication(
  db: CaseFile,
  given: NewCommunication,
  people: readonly PersonRow[],
  now: string,
  quotas?: Quotas,
  came: Came = {},
): Promise<CommunicationRow> {
  const { cooperation } = given;
  return changing(db, cooperation, async (tx) => {
    const all = await communicationsOf(tx, cooperation);
    const same = all.find((one) => isSame(one, given, now));
    if (same) return same;
    // The Secretariat has no such limit.
    if (quotas && given.kind === 'enquiry')
      await mayWrite(tx, { cooperation, person: given.by }, quotas, now);
    const number = (all.at(-1)?.number ?? 0) + 1;
    await tx
      .insertInto('communication')
      .values({
        ...given,
        number,
        addressed: json(given.addressed),
        mail: given.mail ? json(given.mail) : null,
        people: json(people.map(({ id }) => id)),
        at: now,
        doneAt: null,
      })
      .execute();
    await addToRecord(tx, {
      cooperation,
      key: `communication:${number}`,
      at: now,
      kind: RECORDED[given.kind],
      party: given.party,
      person: (await findPerson(tx, cooperation, given.by))?.id,
      data: { communication: number, ...(given.answers !== null && { answers: given.answers }), ...came },
    });
    return (await findCommunication(tx, cooperation, number)) as CommunicationRow;
  });
}

const RECORDED = {
  written: 'communication-written',
  enquiry: 'enquiry-made',
  answer: 'enquiry-answered',
  received: 'mail-received',
} as const;

function isSame(one: CommunicationRow, given: NewCommunication, now: string): boolean {
  if (given.answers !== null) return one.answers === given.answers;
  if (given.mail) return one.mail?.essence === given.mail.essence;
  return one.mail === null && essence(one) === essence(given) && mayBeRepeated(one.at, now);
}

const essence = ({ kind, by, addressed, subject, text }: NewCommunication): string =>
  hashOf([kind, by, addressed, subject, text]);

/** Everybody it goes to has been written to, or cannot be. */
export async function noteCommunicationDone(
  db: CaseFile,
  cooperation: string,
  number: number,
  now: string,
): Promise<void> {
  await db
    .updateTable('communication')
    .set({ doneAt: now })
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .where('doneAt', 'is', null)
    .execute();
}

/** Those whose mails are still to be sent. */
export const unsentCommunications = (db: CaseFile) =>
  db.selectFrom('communication').where('doneAt', 'is', null).select(['cooperation', 'number']);

/** Whether somebody has to see to it: a mail that is in nobody's name, but for what says that one of ours came back. */
const isUnfiled = sql<boolean>`communication.kind = 'received' and communication.mail->>'unfiled' <> 'bounced'`;

/** Of all cooperations, the mails that are in nobody's name and that nobody has seen to, the oldest first. */
export const unseenMails = (db: CaseFile) =>
  db
    .selectFrom('communication')
    .innerJoin('cooperation', 'cooperation.id', 'communication.cooperation')
    .where(isUnfiled)
    .where('communication.seenToAt', 'is', null)
    .select(['communication.cooperation', 'communication.number', 'communication.mail', 'communication.at'])
    .select(sql<Institution[]>`cooperation.programme->'institutions'`.as('institutions'))
    .orderBy('communication.at')
    .execute();

/**
 * Notes who has seen to a mail that is in nobody's name; whoever was first stands. Returns who, and when; `undefined` where
 * there is no such mail.
 */
export async function noteSeenTo(
  db: CaseFile,
  { cooperation, number, by, at }: { cooperation: string; number: number; by: string; at: string },
): Promise<{ by: string; at: string } | undefined> {
  await db
    .updateTable('communication')
    .set({ seenToBy: by, seenToAt: at })
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .where('seenToAt', 'is', null)
    .where(isUnfiled)
    .execute();
  const { seenToBy, seenToAt } = (await findCommunication(db, cooperation, number)) ?? {};
  return seenToBy && seenToAt ? { by: seenToBy, at: seenToAt } : undefined;
}

/** Of all cooperations, what the Secretariat was asked and has not answered, the oldest first. */
export const unansweredEnquiries = (db: CaseFile) =>
  db
    .selectFrom('communication as enquiry')
    .innerJoin('cooperation', 'cooperation.id', 'enquiry.cooperation')
    .leftJoin('communication as answer', (join) =>
      join
        .onRef('answer.cooperation', '=', 'enquiry.cooperation')
        .onRef('answer.answers', '=', 'enquiry.number'),
    )
    .where('enquiry.kind', '=', 'enquiry')
    .where('answer.number', 'is', null)
    .select(['enquiry.cooperation', 'enquiry.number', 'enquiry.party', 'enquiry.at'])
    .select(sql<Institution[]>`cooperation.programme->'institutions'`.as('institutions'))
    .orderBy('enquiry.at')
    .execute();
