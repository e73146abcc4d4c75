import {
  altered,
  type Change,
  type GivenChange,
  isMadeWhileFollowedUp,
  outlastsCooperation,
  type ProgrammeChange,
  type RecordedChange,
} from '../../domain/change.ts';
import { dateIn } from '../../domain/dates/dates.ts';
import type { Door } from '../../domain/door.ts';
import type { Follow } from '../../domain/follows.ts';
import type { AddressedTelling, Telling } from '../../domain/mails/notice.ts';
import { hasAddress } from '../../domain/people/address.ts';
import { secretariatAmong } from '../../domain/people/party.ts';
import { type Difference, differencesOfFiles } from '../../domain/programme/programmeDifferences.ts';
import { type Refusal, Refused } from '../../domain/refusal.ts';
import { isFollowedUp } from '../../domain/results/followUp.ts';
import {
  orderWarnings,
  type SessionDays,
  sessionWarnings,
  sharedMailboxes,
  type Warning,
} from '../../domain/warning.ts';
import { openRequestsOf, programmeIn, requestsOf } from '../cooperations.ts';
import {
  type CaseFile,
  type CaseFileTransaction,
  changing,
  json,
  listed,
  lockCooperation,
  type OneOrMore,
} from '../database/database.ts';
import type { ChangeRow, PersonRow, SessionRow } from '../database/schema.ts';
import { hashOf } from '../filing.ts';
import { meetingOf } from '../meetings.ts';
import { everyoneOf } from '../people.ts';
import { standingProgrammesOf } from '../programmes.ts';
import { addToRecord } from '../record.ts';
import { sessionsOf } from '../sessions.ts';
import { amend } from './amendment.ts';
import { annulments } from './annulment.ts';
import { commitmentChanges } from './commitments.ts';
import { cooperationChanges, refuseOver } from './cooperation.ts';
import { documentChanges } from './documents.ts';
import { followsOf, type Stage } from './follows.ts';
import { guestChanges } from './guests.ts';
import { answererIn, type ChangeOutcome, type Makers, type Making, personIn } from './making.ts';
import { meetingChanges } from './meeting.ts';
import { peopleChanges } from './people.ts';
import { requestChanges } from './requests.ts';
import { sessionChanges } from './sessions.ts';
import { sheetChanges } from './sheets.ts';
import { unseenChanges } from './since.ts';

/**
 * Changes of cooperations under way. Each is entered with its reason, and made in one transaction: what it changes,
 * what the record has of it, what its workflow needs to know, and who is told what.
 */

const MAKERS: Makers = {
  ...requestChanges,
  ...annulments,
  ...peopleChanges,
  ...meetingChanges,
  ...sessionChanges,
  ...guestChanges,
  ...documentChanges,
  ...sheetChanges,
  ...commitmentChanges,
  ...cooperationChanges,
  amend,
};

/**
 * Enters a change that somebody asks for, with the door that it came by, and returns its number. The same one, asked for again before it was made or
 * refused, is that change.
 */
export async function enterChange(
  db: CaseFile,
  cooperation: string,
  given: GivenChange,
  now: string,
  door?: Door,
): Promise<number> {
  const { what, reason, by = null, seen = null } = given;
  return changing(db, cooperation, async (tx) => {
    const all = await changesOf(tx, cooperation);
    const same = all.find(
      (one) => one.effects === null && hashOf([one.what, one.reason, one.by]) === hashOf([what, reason, by]),
    );
    if (same) return same.number;
    const number = (all.at(-1)?.number ?? 0) + 1;
    await tx
      .insertInto('change')
      .values({
        cooperation,
        number,
        kind: what.change,
        what: json(what),
        reason,
        by,
        seen,
        door: door ? json(door) : null,
        askedAt: now,
        madeAt: null,
        effects: null,
        told: json([]),
        programmeChanges: json([]),
        follows: null,
      })
      .execute();
    return number;
  });
}

/**
 * Makes a change that was entered, or says why it cannot be made; then nothing has changed. One that was made or refused
 * already is not made again: what it came to is returned.
 */
export async function makeChange(
  db: CaseFile,
  cooperation: string,
  number: number,
  at: string,
): Promise<RecordedChange> {
  try {
    return await db.transaction().execute(async (tx): Promise<RecordedChange> => {
      await lockCooperation(tx, cooperation);
      const change = await changeOf(tx, cooperation, number);
      if (!change) return { refusal: { code: 'ChangeUnknown', change: number } };
      if (change.effects) return change.effects;
      const stage = await stageOf(tx, cooperation);
      const { effects: known, told, programmeChanges, entries } = await make(tx, change, at);
      const follows = followsOf(change.what, stage, await stageOf(tx, cooperation), known);
      const effects = { ...known, tells: told.length > 0 || programmeChanges.length > 0 };
      await tx
        .updateTable('change')
        .set({
          madeAt: at,
          effects: json(effects),
          told: json(told),
          programmeChanges: json(programmeChanges),
          follows: json(follows.map(unnamed)),
        })
        .where('cooperation', '=', cooperation)
        .where('number', '=', number)
        .execute();
      await addToRecord(tx, entries);
      return effects;
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const refused: RecordedChange = { refusal: error.refusal };
    await db
      .updateTable('change')
      .set({ effects: json(refused) })
      .where('cooperation', '=', cooperation)
      .where('number', '=', number)
      .where('effects', 'is', null)
      .execute();
    return refused;
  }
}

/** As it is kept: a person's name stands in one place. */
const unnamed = (one: Follow): Follow => (one.follows === 'leaves' ? { ...one, name: one.person } : one);

/** Everyone whom a change concerns has been told. */
export const noteChangeTold = (
  db: CaseFile,
  cooperation: string,
  number: number,
  now: string,
): Promise<unknown> =>
  db
    .updateTable('change')
    .set({ doneAt: now })
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .where('doneAt', 'is', null)
    .execute();

/**
 * Who is told what of a change, what the programme's next version differs in, whether it is approved again, and what
 * somebody would want to know of the dates and the mailboxes that it sets.
 */
export type ChangeForecast = {
  told: AddressedTelling[];
  programmeChanges: ProgrammeChange[];
  approval: boolean;
  warnings: Warning[];
  /** What the workflows do once it is made. */
  follows: Follow[];
  /** In what the programme file differs; what becomes of sessions and people alone is no part of it. */
  differences: Difference[];
};

/** What a change would come to, and who would be told. Everything is undone; the record is not even touched. */
export async function tryChange(
  db: CaseFile,
  cooperation: string,
  given: GivenChange,
  at: string,
): Promise<{ refusal: Refusal } | ChangeForecast> {
  try {
    return await db.transaction().execute(async (tx) => {
      await lockCooperation(tx, cooperation);
      const number = ((await changesOf(tx, cooperation)).at(-1)?.number ?? 0) + 1;
      const { what, reason, by = null, seen = null } = given;
      const before = await sessionsOf(tx, cooperation);
      const stage = await stageOf(tx, cooperation);
      const file = await programmeIn(tx, cooperation);
      const peopleBefore = await everyoneOf(tx, cooperation);
      const { told, programmeChanges, effects } = await make(
        tx,
        { cooperation, number, what, reason, by, seen, door: null },
        at,
      );
      throw new TrialRollback({
        told: await toldOf(tx, cooperation, told),
        programmeChanges,
        approval: effects?.approval === true,
        warnings: [
          ...(await datesWarnedOf(tx, cooperation, before, at)),
          ...mailboxesWarnedOf(peopleBefore, await everyoneOf(tx, cooperation)),
        ],
        follows: followsOf(what, stage, await stageOf(tx, cooperation), effects),
        differences: differencesOfFiles(file, await programmeIn(tx, cooperation)),
      });
    });
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal };
    if (error instanceof TrialRollback) return error.foreseen;
    throw error;
  }
}

async function stageOf(tx: CaseFileTransaction, cooperation: string): Promise<Stage> {
  const [meeting, sessions, requests, versions] = [
    await meetingOf(tx, cooperation),
    await sessionsOf(tx, cooperation),
    await openRequestsOf(tx, cooperation),
    await standingProgrammesOf(tx, cooperation),
  ];
  return {
    ...{ meeting, sessions, requests, versions },
    asked: await requestsOf(tx, cooperation),
    people: await everyoneOf(tx, cooperation),
    secretariat: secretariatAmong((await programmeIn(tx, cooperation)).institutions).id,
    approved: versions.some(({ issuedAt }) => issuedAt !== null),
  };
}

/** Of the sessions that have another time or window than before, or are new. */
async function datesWarnedOf(
  tx: CaseFileTransaction,
  cooperation: string,
  before: readonly SessionRow[],
  at: string,
): Promise<Warning[]> {
  const programme = await programmeIn(tx, cooperation);
  const whenIn = ({ startsAt, endsAt, windowFrom, windowTo, hours }: SessionRow) => ({
    hours,
    ...(startsAt && endsAt && { times: { startsAt, endsAt } }),
    ...(windowFrom && windowTo && { window: { from: windowFrom, to: windowTo } }),
  });
  const known = new Map(before.map((row) => [row.number, hashOf(whenIn(row))]));
  const rows = await sessionsOf(tx, cooperation);
  const days = rows.map(daysIn);
  const order = (of: readonly SessionDays[]) => of.flatMap((_, index) => orderWarnings(index + 1, of));
  const outOfOrder = new Set(order(before.map(daysIn)).map(hashOf));
  return [
    ...rows
      .filter((row) => row.cancelledAt === null && known.get(row.number) !== hashOf(whenIn(row)))
      .flatMap((row) => sessionWarnings({ number: row.number, ...whenIn(row) }, programme.institutions, at)),
    // Whichever of the two was moved.
    ...order(days).filter((warning) => !outOfOrder.has(hashOf(warning))),
  ];
}

const daysIn = ({ startsAt, timeZone, windowFrom, windowTo, cancelledAt }: SessionRow): SessionDays => {
  if (cancelledAt !== null) return {};
  const date = startsAt === null ? undefined : dateIn(startsAt, timeZone);
  return { first: date ?? windowFrom ?? undefined, last: date ?? windowTo ?? undefined };
};

/** Mailboxes that somebody shares who did not before. */
function mailboxesWarnedOf(before: readonly PersonRow[], after: readonly PersonRow[]): Warning[] {
  const shared = (people: readonly PersonRow[]) => sharedMailboxes(people.filter(({ active }) => active));
  const known = new Set(shared(before).map((one) => hashOf(one)));
  return shared(after).filter((one) => !known.has(hashOf(one)));
}

/** Thrown to undo what was only tried. */
class TrialRollback extends Error {
  readonly foreseen: ChangeForecast;
  constructor(foreseen: ChangeForecast) {
    super('undoes a trial');
    this.foreseen = foreseen;
  }
}

async function make(
  tx: CaseFileTransaction,
  change: Pick<ChangeRow, 'cooperation' | 'number' | 'what' | 'reason' | 'by' | 'seen' | 'door'>,
  at: string,
): Promise<ChangeOutcome> {
  const { number, what, by, door } = change;
  const cooperation = await tx
    .selectFrom('cooperation')
    .selectAll()
    .where('id', '=', change.cooperation)
    .executeTakeFirstOrThrow();
  const goesOn = isFollowedUp(cooperation) && isMadeWhileFollowedUp(what);
  if (!goesOn && !outlastsCooperation(what)) refuseOver(cooperation);
  await refuseUnseen(tx, change);
  const making: Making = { tx, cooperation, number, by: undefined, door, at };
  const asker = by === null ? undefined : await askerIn(making, by, what);
  const maker = MAKERS[what.change] as (making: Making, what: Change) => Promise<ChangeOutcome>;
  const outcome = await maker({ ...making, by: asker }, what);
  const silent = (await everyoneOf(tx, cooperation.id)).filter((one) => !hasAddress(one));
  return { ...outcome, told: outcome.told.filter(({ person }) => !silent.some(({ id }) => id === person)) };
}

/** Who asks for a change: somebody who answers for a party, or whoever is concerned by it alone. */
const askerIn = (making: Making, by: string, what: Change): Promise<PersonRow> =>
  what.change === 'correct-person' && what.person === by ? personIn(making, by) : answererIn(making, by);

/** @throws Refused `ChangedSince` */
async function refuseUnseen(
  tx: CaseFileTransaction,
  { cooperation, number, what, seen }: Pick<ChangeRow, 'cooperation' | 'number' | 'what' | 'seen'>,
): Promise<void> {
  if (seen === null) return;
  const since = await unseenChanges(
    tx,
    cooperation,
    seen,
    (other, its) => its !== number && altered(other) === altered(what),
  );
  if (since) throw new Refused(since);
}

export const changeOf = (db: CaseFile, cooperation: string, number: number): Promise<ChangeRow | undefined> =>
  db
    .selectFrom('change')
    .selectAll()
    .where('cooperation', '=', cooperation)
    .where('number', '=', number)
    .executeTakeFirst();

/** All changes that were entered, made or not, oldest first. */
export const changesOf = (db: CaseFile, cooperation: OneOrMore): Promise<ChangeRow[]> =>
  db
    .selectFrom('change')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('number')
    .execute();

/** Who is told what, by name. */
export async function toldOf(
  db: CaseFile,
  cooperation: string,
  told: readonly Telling[],
): Promise<AddressedTelling[]> {
  const people = await everyoneOf(db, cooperation);
  return told.map((one) => {
    const person = people.find(({ id }) => id === one.person);
    return {
      ...one,
      name: person?.name ?? one.person,
      party: person?.role === 'guest' ? 'guest' : (person?.party ?? ''),
    };
  });
}
