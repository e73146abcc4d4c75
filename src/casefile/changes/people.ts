import type { ChangeOf } from '../../domain/change.ts';
import { dateIn, dayBefore } from '../../domain/dates/dates.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import { refused } from '../../domain/refusal.ts';
import { owing } from '../../domain/request.ts';
import type { NewPerson, PersonRow, RequestRow } from '../database/schema.ts';
import { addressee } from '../filing.ts';
import { absencesOf, handOversOf, noteHandOver } from '../handOvers.ts';
import { redirectMails, withdrawMailsTo } from '../mails/mails.ts';
import { findPerson } from '../people.ts';
import {
  colleaguesOf,
  comings,
  endOwnAccess,
  freeAddress,
  invitationsOf,
  invitedAnew,
  letIn,
  nextId,
  othersTold,
  refuseUnwritten,
  setPerson,
  succeed,
  takingLeave,
} from './comings.ts';
import {
  answererIn,
  awayNow,
  type ChangeOutcome,
  entryOf,
  handOverOf,
  inviting,
  type Makers,
  type Making,
  owedBy,
  personIn,
  telling,
} from './making.ts';
import { conveningSome } from './meeting.ts';
import { openRequest } from './requests.ts';

/** Changes of people: a request handed over, days away, somebody new, what was wrong of somebody. */

async function handOver(
  making: Making,
  { request, from: fromId, to: toId }: ChangeOf<'hand-over'>,
): Promise<ChangeOutcome> {
  const { tx, cooperation } = making;
  const { row, state } = await openRequest(making, request);
  const from = await answererIn(making, fromId);
  const to = await answererIn(making, toId);
  refuseUnwritten(to);
  if (from.id === to.id) return refused({ code: 'HasItAlready', person: from.id, request });
  if (from.party !== to.party)
    return refused({
      ...{ code: 'NotColleague', person: to.id, of: from.id },
      colleagues: await colleagueIds(making, from),
    });
  if (!(await owedBy(making, from.party)).some(({ id }) => id === request))
    return refused({ code: 'NotOwing', request, party: from.party, owing: owing(state) });
  const away = await awayNow(making, to);
  if (away) return refused({ code: 'Away', person: to.id, from: away.from, to: away.to });
  const standing = await handOversOf(tx, cooperation.id, request);
  if (
    standing.some(
      ({ fromPerson, toPerson, absent }) => !absent && fromPerson === from.id && toPerson === to.id,
    )
  )
    return refused({ code: 'HandedOverAlready', request, from: from.id, to: to.id });

  // Whoever gets it has it, though they may have passed it on before: no request goes round in circles.
  await tx
    .deleteFrom('handOver')
    .where('cooperation', '=', cooperation.id)
    .where('request', '=', request)
    .where('fromPerson', '=', to.id)
    .execute();
  await noteHandOver(tx, handOverOf(making, row, { fromPerson: from.id, toPerson: to.id, absent: false }));
  const about = { notice: 'request', request, how: 'handed-over', from: from.id } as const;
  return {
    told: [
      ...telling([to], about),
      ...(making.by?.id === from.id
        ? []
        : telling([from], { notice: 'request-released', request, how: 'handed-over', to: to.id })),
    ],
    programmeChanges: [],
    entries: [entryOf(making, 'request-handed-over', { request, from: from.id, to: to.id })],
  };
}

async function absence(making: Making, what: ChangeOf<'absence'>): Promise<ChangeOutcome> {
  const { standIn } = what;
  if (typeof standIn === 'string') return absenceWith(making, { ...what, standIn });
  // Only the Secretariat has colleagues who take part in other cooperations.
  const { party, role } = await answererIn(making, what.person);
  if (role !== 'staff') return refused({ code: 'Malformed', path: 'what.standIn' });
  const { joined, outcome } = await letIn(making, { change: 'add-person', party, person: standIn });
  const { told, entries, programmeChanges } = await absenceWith(making, { ...what, standIn: joined.id });
  return {
    told: [...outcome.told, ...told],
    programmeChanges,
    // Of one change the record has several entries, each under its own key.
    entries: [...outcome.entries.map((entry) => ({ ...entry, key: `${entry.key} joined` })), ...entries],
  };
}

async function absenceWith(
  making: Making,
  what: ChangeOf<'absence'> & { standIn: string },
): Promise<ChangeOutcome> {
  const { tx, cooperation, number, at } = making;
  const { from, to } = what;
  const person = await answererIn(making, what.person);
  const named = await findPerson(tx, cooperation.id, what.standIn);
  if (named?.active) refuseUnwritten(named);
  const colleagues = await colleaguesOf(making, person);
  if (colleagues.length === 0)
    return refused({ code: 'NoColleague', person: person.id, party: person.party });
  const standIn = colleagues.find(({ id }) => id === what.standIn);
  if (!standIn)
    return refused({
      ...{ code: 'NotColleague', person: what.standIn, of: person.id },
      colleagues: colleagues.map(({ id }) => id),
    });
  if (from > to) return refused({ code: 'PeriodReversed', from, to });
  const today = dateIn(at, person.timeZone);
  if (to < today) return refused({ code: 'DayPast', day: to });
  const absences = await absencesOf(tx, cooperation.id);
  const overlapping = absences.find((one) => one.person === person.id && one.from <= to && from <= one.to);
  if (overlapping)
    return refused({
      ...{ code: 'AwayAlready', person: person.id },
      ...{ from: overlapping.from, to: overlapping.to },
    });
  const standInAway = absences.find((one) => one.person === standIn.id && one.from <= from && to <= one.to);
  if (standInAway)
    return refused({ code: 'Away', person: standIn.id, from: standInAway.from, to: standInAway.to });

  await tx
    .insertInto('absence')
    .values({ cooperation: cooperation.id, change: number, person: person.id, from, to, standIn: standIn.id })
    .execute();
  const passed = from <= today ? await passedOn(making, person, standIn) : [];
  return {
    told: [
      ...telling([standIn], { notice: 'stands-in', absent: person.id, from, to }),
      ...ofOwn(making, person, { from, to, standIn: standIn.id }),
      ...passed.flatMap(({ id }) =>
        telling([standIn], { notice: 'request', request: id, how: 'absent', from: person.id }),
      ),
    ],
    programmeChanges: [],
    entries: [
      entryOf(making, 'absence-noted', {
        person: person.id,
        from,
        to,
        standIn: standIn.id,
        requests: passed.map(({ id }) => id),
      }),
    ],
  };
}

/** What was not handed over goes back with it; whoever stood in is told. */
async function endAbsence(
  making: Making,
  { person: id, from }: ChangeOf<'end-absence'>,
): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  const person = await answererIn(making, id);
  const today = dateIn(at, person.timeZone);
  const absence = (await absencesOf(tx, cooperation.id)).find(
    (one) => one.person === id && one.from === from && one.to >= today,
  );
  if (!absence) return refused({ code: 'NotAway', person: id, from });
  const kept = { cooperation: cooperation.id, change: absence.change };
  if (from >= today)
    await tx
      .deleteFrom('absence')
      .where('cooperation', '=', kept.cooperation)
      .where('change', '=', kept.change)
      .execute();
  else
    await tx
      .updateTable('absence')
      .set({ to: dayBefore(today) })
      .where('cooperation', '=', kept.cooperation)
      .where('change', '=', kept.change)
      .execute();
  const owed = (await owedBy(making, person.party)).map(({ id: request }) => request);
  if (owed.length > 0)
    await tx
      .deleteFrom('handOver')
      .where('cooperation', '=', cooperation.id)
      .where('fromPerson', '=', id)
      .where('absent', '=', true)
      .where('request', 'in', owed)
      .execute();
  const standIn = await findPerson(tx, cooperation.id, absence.standIn);
  const { to } = absence;
  return {
    told: [
      ...telling(standIn?.active ? [standIn] : [], {
        notice: 'stands-in',
        absent: id,
        from,
        to,
        over: true,
      }),
      ...ofOwn(making, person, { from, to, standIn: absence.standIn, over: true }),
    ],
    programmeChanges: [],
    entries: [entryOf(making, 'absence-ended', { person: id, from, to, standIn: absence.standIn })],
  };
}

/** An absence to whom it is of, where another noted it or ended it. */
const ofOwn = (
  { by }: Making,
  person: PersonRow,
  about: { from: string; to: string; standIn: string; over?: true },
): Telling[] =>
  by?.id === person.id || person.email === null
    ? []
    : telling([person], { notice: 'stands-in', absent: person.id, ...about });

const colleagueIds = async (making: Making, person: PersonRow): Promise<string[]> =>
  (await colleaguesOf(making, person)).map(({ id }) => id);

/** What is asked of a person who is away passes to the stand-in, but for what they had handed over. */
async function passedOn(making: Making, person: PersonRow, standIn: PersonRow): Promise<RequestRow[]> {
  const { tx, cooperation } = making;
  const handedOver = await handOversOf(tx, cooperation.id);
  const passed = (await owedBy(making, person.party)).filter(
    ({ id }) =>
      !handedOver.some(
        ({ request, fromPerson, absent }) => !absent && request === id && fromPerson === person.id,
      ),
  );
  for (const row of passed)
    await noteHandOver(
      tx,
      handOverOf(making, row, { fromPerson: person.id, toPerson: standIn.id, absent: true }),
    );
  return passed;
}

async function replace(making: Making, what: ChangeOf<'replace'>): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  const old = await personIn(making, what.person);
  if (old.role === 'guest') return refused({ code: 'IsGuest', person: old.id, why: 'replaced' });
  if (typeof what.with === 'string') {
    const successor = await answererIn(making, what.with);
    refuseUnwritten(successor);
    const { told } = await succeed(making, old, successor);
    const entries = [entryOf(making, 'person-replaced', { person: old.id, by: successor.id })];
    return { told, programmeChanges: [], entries };
  }
  await freeAddress(making, { ...what.with, party: old.party }, old.id);
  const successor: NewPerson = {
    ...addressee(
      { ...what.with, language: what.with.language ?? old.language },
      cooperation.programme,
      old.timeZone,
    ),
    cooperation: cooperation.id,
    id: await nextId(making, old.party),
    party: old.party,
    role: old.role,
    focalPoint: old.focalPoint,
    session: old.session,
    position: old.position,
  };
  await setPerson(making, old.id, { active: false });
  await tx.insertInto('person').values(successor).execute();
  const owed = await owedBy(making, old.party);
  for (const { id } of owed)
    await tx
      .updateTable('handOver')
      .set({ toPerson: successor.id })
      .where('cooperation', '=', cooperation.id)
      .where('request', '=', id)
      .where('toPerson', '=', old.id)
      .execute();
  await tx
    .updateTable('absence')
    .set({ standIn: successor.id })
    .where('cooperation', '=', cooperation.id)
    .where('standIn', '=', old.id)
    .where('to', '>=', dateIn(at, old.timeZone))
    .execute();
  const joining = await personIn(making, successor.id);
  const farewell = await takingLeave(making, old, { notice: 'replaced', by: joining.id });
  await withdrawMailsTo(tx, cooperation.id, old.id);
  await endOwnAccess(making, old);

  const invited = await invitedAnew(making, joining);
  return {
    told: [
      ...farewell,
      ...telling([joining], { notice: 'joined', replaces: old.id }),
      ...owed.flatMap(({ id }) =>
        telling([joining], { notice: 'request', request: id, how: 'replaced', from: old.id }),
      ),
      ...invited,
      ...(await othersTold(making, [old, joining], { how: 'replaced', who: old.id, by: joining.id })),
    ],
    programmeChanges: [],
    entries: [entryOf(making, 'person-replaced', { person: old.id, by: joining.id })],
  };
}

async function correctPerson(making: Making, what: ChangeOf<'correct-person'>): Promise<ChangeOutcome> {
  const { tx, cooperation } = making;
  const person = await personIn(making, what.person);
  const { name, post, email, language, timezone } = what.as;
  const corrected = {
    ...(name !== undefined && { name }),
    ...(post !== undefined && { post }),
    ...(email !== undefined && { email }),
    ...(language !== undefined && { language }),
    ...(timezone !== undefined && { timeZone: timezone }),
  };
  const changes = (Object.keys(corrected) as (keyof typeof corrected)[]).filter(
    (key) => corrected[key] !== person[key],
  );
  if (changes.length === 0) return refused({ code: 'PersonSame', person: person.id });
  const moved = changes.includes('email');
  if (email !== undefined && moved)
    await freeAddress(making, { party: person.party, name: name ?? person.name, email }, person.id);
  await tx
    .updateTable('person')
    .set(corrected)
    .where('cooperation', '=', cooperation.id)
    .where('id', '=', person.id)
    .execute();

  const told: Telling[] = [];
  if (moved) {
    await redirectMails(tx, cooperation.id, person.id);
    await endOwnAccess(making, person);
    const owed = person.role === 'guest' ? [] : await owedBy(making, person.party);
    for (const { id } of owed)
      told.push(...telling([person], { notice: 'request', request: id, how: 'corrected' }));
    for (const session of await invitationsOf(making, person))
      told.push(...(await inviting(making, session, [person], { method: 'REQUEST', kind: 'new' })));
    told.push(...(await conveningSome(making, [person], 'new')));
  }
  return {
    told,
    programmeChanges: [],
    entries: [entryOf(making, 'person-corrected', { person: person.id, fields: changes })],
  };
}

export const peopleChanges = {
  'hand-over': handOver,
  absence,
  'end-absence': endAbsence,
  replace,
  ...comings,
  'correct-person': correctPerson,
} satisfies Partial<Makers>;
