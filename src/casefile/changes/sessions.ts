import type { ChangeOf, ProgrammeChange } from '../../domain/change.ts';
import { dateIn, hoursAfter } from '../../domain/dates/dates.ts';
import { agendaInstant } from '../../domain/dates/deadlines.ts';
import { sessionScopeId } from '../../domain/ids.ts';
import { kinds } from '../../domain/kinds/index.ts';
import { ITEMS } from '../../domain/kinds/kind.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import { isSameName } from '../../domain/people/samePerson.ts';
import type { Plan, SessionOfPlan } from '../../domain/programme/plan.ts';
import { planOf, sessionOpensAt, sessionSettlesAt } from '../../domain/programme/planOf.ts';
import {
  LONGEST_SESSION_HOURS,
  MOST_SESSIONS,
  type Programme,
  programme as programmeRules,
  type SessionPlan,
} from '../../domain/programme/programme.ts';
import { parsedAs } from '../../domain/programme/shapeMistakes.ts';
import { refused } from '../../domain/refusal.ts';
import { scopeOf } from '../../domain/request.ts';
import { openRequestsOf } from '../cooperations.ts';
import { json } from '../database/database.ts';
import type { NewPerson, RequestRow, SessionRow } from '../database/schema.ts';
import { hashOf, peopleOf, sessionRowsOf } from '../filing.ts';
import { delegationsOf, everyoneOf, invitedTo } from '../people.ts';
import { isRecorded } from '../record.ts';
import { lapse } from '../requests.ts';
import { noteAgenda, sessionsOf } from '../sessions.ts';
import { isSameAddress } from './comings.ts';
import { correctCommitments } from './commitments.ts';
import {
  type ChangeOutcome,
  entryOf,
  inProgramme,
  inviting,
  isAfter,
  isInvitedAhead,
  type Makers,
  type Making,
  recordWith,
  secretariatIn,
  telling,
} from './making.ts';
import { supersede } from './superseding.ts';

/** Changes of sessions: another date or place, one more, one less, and what is on record of them. */

/** What asks for a session's date or record is pointless once it has another date. */
const isAboutItsDate = ({ kind }: Pick<RequestRow, 'kind'>): boolean =>
  ITEMS[kinds[kind].about] === 'session';

async function reschedule(making: Making, what: ChangeOf<'reschedule'>): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  const session = await standingSession(making, what.session);
  const { number } = session;
  const startsAt = what.startsAt === undefined ? session.startsAt : instant(what.startsAt);
  const { hours = session.hours, link = session.link, place = session.place } = what;
  if (hours > LONGEST_SESSION_HOURS)
    return refused({ code: 'SessionTooLong', hours, most: LONGEST_SESSION_HOURS });
  const moved = startsAt !== session.startsAt;
  const details = hours !== session.hours || link !== session.link || place !== session.place;
  if (!moved && !details) return refused({ code: 'SessionSame', session: number });
  if (moved && startsAt && !isAfter(startsAt, at)) return refused({ code: 'DatePast', at: startsAt });

  const endsAt = startsAt && hoursAfter(startsAt, hours);
  await tx
    .updateTable('session')
    .set({ startsAt, endsAt, hours, link, place })
    .where('cooperation', '=', cooperation.id)
    .where('number', '=', number)
    .execute();
  const changes: ProgrammeChange[] = [
    ...(moved ? (['session-moved'] as const) : []),
    ...(details ? (['session-details'] as const) : []),
  ];
  const asking = await askingAbout(making, number);
  const entries = [
    entryOf(making, 'session-changed', {
      session: number,
      ...(moved && { startsAt, previousStartsAt: session.startsAt }),
      changes,
    }),
  ];
  const told: Telling[] = [];
  if (moved) {
    // Who hears of a date whose agenda is due already gets it with that.
    if (startsAt && !isAfter(agendaInstant(startsAt, secretariatIn(making)), at))
      await noteAgenda(tx, { cooperation: cooperation.id, number, startsAt });
    const released = await supersede(making, asking);
    told.push(...released.told);
    entries.push(...released.entries);
  }
  const effects = { session: { number, ...timesOf(making, startsAt, endsAt) } };
  // A workflow that is looking for a date goes on with this one, and invites to it with the programme's next version.
  if (asking.some(({ kind }) => kinds[kind].about === 'dates'))
    return { effects, told, programmeChanges: [], entries };

  const invited = session.sequence >= 0;
  // Of what is over, only another date has still to be told.
  if (invited && !moved && !isInvitedAhead(session, at))
    return { effects, told, programmeChanges: [], entries };

  const revised = await inProgramme(making, changes, { session: number });
  // What the programme shows already does not make another version when people are invited.
  if (revised.programmeChanges.length > 0) await planDate(making, number, startsAt, endsAt);
  const invitation = {
    method: 'REQUEST',
    kind: moved ? 'moved' : 'details',
    ...(moved && session.startsAt && { previousStartsAt: session.startsAt }),
  } as const;
  const tellings = invited
    ? await inviting(making, session, await invitedTo(tx, cooperation.id, number), invitation)
    : revised.told;
  return {
    effects: { ...effects, ...revised.effects },
    told: [...told, ...tellings],
    programmeChanges: revised.programmeChanges,
    entries,
  };
}

async function addSession(making: Making, { as: session }: ChangeOf<'add-session'>): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  const { programme } = cooperation;
  const rows = await sessionsOf(tx, cooperation.id);
  const number = rows.length + 1;
  const same = rows.find(
    (row) => row.cancelledAt === null && essence(programme.sessions[row.number - 1]) === essence(session),
  );
  if (same) return refused({ code: 'SessionThere', session: same.number });
  refuseMistaken(programme, session);
  const next: Programme = { ...programme, sessions: [...programme.sessions, session] };
  await freeAddresses(making, next, number);

  const added = planOf(next).sessions.at(-1) as SessionOfPlan;
  const secretariat = secretariatIn(making);
  if (added.date && !isAfter(added.date.startsAt, at))
    return refused({ code: 'DatePast', at: added.date.startsAt });
  if (added.window && added.window.to < dateIn(at, secretariat.timeZone))
    return refused({ code: 'DayPast', day: added.window.to });
  const plan: Plan = { ...cooperation.plan, sessions: [...cooperation.plan.sessions, added] };
  await tx
    .updateTable('cooperation')
    .set({ programme: json(next), plan: json(plan) })
    .where('id', '=', cooperation.id)
    .execute();
  const row = sessionRowsOf(next, plan).at(-1);
  if (row) await tx.insertInto('session').values(row).execute();
  const guests = guestsOf(next, number);
  if (guests.length > 0) await tx.insertInto('person').values(guests).execute();
  const revised = await inProgramme(making, ['session-added'], { session: number });
  return {
    ...revised,
    effects: { added, ...revised.effects },
    entries: [entryOf(making, 'session-added', { session: number })],
  };
}

async function cancelSession(
  making: Making,
  { session: number }: ChangeOf<'cancel-session'>,
): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  const session = await standingSession(making, number);
  const others = (await sessionsOf(tx, cooperation.id)).filter(
    (one) => one.number !== number && one.cancelledAt === null,
  );
  if (others.length === 0) return refused({ code: 'LastSession', session: number });
  await cancelRow(making, number);
  const open = (await openRequestsOf(tx, cooperation.id)).filter(
    (row) => scopeOf(row) === sessionScopeId(number),
  );
  const lapsed = await lapse(
    tx,
    cooperation.id,
    open.map(({ id }) => id),
    'session-cancelled',
    at,
  );
  const revised = await inProgramme(making, ['session-cancelled'], { session: number });
  return {
    effects: { session: { number }, ...revised.effects },
    told: session.sequence >= 0 ? await cancelling(making, session) : revised.told,
    programmeChanges: revised.programmeChanges,
    entries: [entryOf(making, 'session-cancelled', { session: number }), ...lapsed],
  };
}

/** What was recorded first stays with the answer that brought it; corrections stay with their changes. */
async function correctMinutes(making: Making, what: ChangeOf<'correct-minutes'>): Promise<ChangeOutcome> {
  const { tx, cooperation } = making;
  const number = what.session;
  const session = await sessionIn(making, number);
  if (!session.recordedAt) return refused({ code: 'SessionNotRecorded', session: number });
  const corrected = recordWith(session, what);
  const committed = await correctCommitments(
    making,
    { origin: 'session', session: number },
    what.commitments,
  );
  if (!corrected && !committed) return refused({ code: 'MinutesTheSame', session: number });
  if (corrected)
    await tx
      .updateTable('session')
      .set(corrected)
      .where('cooperation', '=', cooperation.id)
      .where('number', '=', number)
      .execute();
  // Those who have not had them get them as they are now.
  const had = await isRecorded(tx, cooperation.id, `minutes-sent:${number}`);
  return {
    told: telling(had ? await delegationsOf(tx, cooperation.id) : [], {
      ...{ notice: 'minutes-corrected', session: number },
    }),
    programmeChanges: [],
    entries: [entryOf(making, 'minutes-corrected', { session: number })],
  };
}

/** Holds the rules of the programme file for one more session. @throws Refused */
function refuseMistaken(programme: Programme, added: SessionPlan): void {
  const { sessions } = programme;
  if (sessions.length >= MOST_SESSIONS) refused({ code: 'TooManySessions', most: MOST_SESSIONS });
  const read = parsedAs(programmeRules, { ...programme, sessions: [...sessions, added] });
  if ('value' in read) return;
  const place = `sessions[${sessions.length}]`;
  const mistake = read.mistakes.find((one) => one.path.startsWith(place));
  if (!mistake) return;
  const path = mistake.path.slice(place.length).replace(/^\./, '');
  // Rules about guests name people; this goes where no names go.
  refused({
    code: 'SessionMistaken',
    path,
    ...(!path.startsWith('guests') && { mistake: { ...mistake, path } }),
  });
}

/** Tells everyone who was invited to a session that it is not held. */
export const cancelling = async (making: Making, session: SessionRow): Promise<Telling[]> =>
  inviting(making, session, await invitedTo(making.tx, making.cooperation.id, session.number), {
    method: 'CANCEL',
    kind: 'cancelled',
  });

export async function cancelRow({ tx, cooperation, at }: Making, number: number): Promise<void> {
  await tx
    .updateTable('session')
    .set({ cancelledAt: at })
    .where('cooperation', '=', cooperation.id)
    .where('number', '=', number)
    .execute();
}

/** @throws Refused `SessionUnknown` */
async function sessionIn({ tx, cooperation }: Making, number: number): Promise<SessionRow> {
  const sessions = await sessionsOf(tx, cooperation.id);
  return (
    sessions.find((one) => one.number === number) ??
    refused({
      ...{ code: 'SessionUnknown', session: number },
      sessions: sessions.map((one) => one.number),
    })
  );
}

/** @throws Refused `SessionUnknown`, `SessionRecorded`, `SessionCancelled` */
export async function standingSession(making: Making, number: number): Promise<SessionRow> {
  const session = await sessionIn(making, number);
  if (session.recordedAt) return refused({ code: 'SessionRecorded', session: number });
  if (session.cancelledAt) return refused({ code: 'SessionCancelled', session: number });
  return session;
}

const askingAbout = async ({ tx, cooperation }: Making, number: number): Promise<RequestRow[]> =>
  (await openRequestsOf(tx, cooperation.id)).filter(
    (request) => request.item === number && isAboutItsDate(request),
  );

/** The times of a session, as its workflow needs them: the agenda's where it is not due yet. */
function timesOf(making: Making, startsAt: string | null, endsAt: string | null) {
  if (!startsAt || !endsAt) return {};
  const agendaAt = agendaInstant(startsAt, secretariatIn(making));
  const opensAt = sessionOpensAt(startsAt, making.cooperation.plan.parties);
  const settlesAt = sessionSettlesAt(startsAt, making.cooperation.plan.parties);
  return { startsAt, endsAt, opensAt, settlesAt, ...(isAfter(agendaAt, making.at) && { agendaAt }) };
}

/** Takes a session's date into the plan, which is what the programme that people have says of it. */
async function planDate(
  { tx, cooperation }: Making,
  number: number,
  startsAt: string | null,
  endsAt: string | null,
): Promise<void> {
  if (!startsAt || !endsAt) return;
  const sessions = cooperation.plan.sessions.map(
    (one): SessionOfPlan =>
      one.number === number ? { number, opensAt: one.opensAt, date: { startsAt, endsAt } } : one,
  );
  await tx
    .updateTable('cooperation')
    .set({ plan: json({ ...cooperation.plan, sessions }) })
    .where('id', '=', cooperation.id)
    .execute();
}

const instant = (text: string): string => new Date(text).toISOString();

/** What makes a session the same as another: its contents and days. */
const essence = (session: Programme['sessions'][number] | undefined): string | undefined =>
  session &&
  hashOf([
    session.contents,
    session.date,
    session.starts,
    session.timezone,
    session.window?.from,
    session.window?.to,
  ]);

const guestsOf = (programme: Programme, number: number): NewPerson[] =>
  peopleOf(programme).filter(({ role, session }) => role === 'guest' && session === number);

/** An address of a new session's guest belongs to nobody of another institution. @throws Refused `AddressTaken` */
async function freeAddresses(
  { tx, cooperation }: Making,
  programme: Programme,
  number: number,
): Promise<void> {
  const people = (await everyoneOf(tx, cooperation.id)).filter(({ active }) => active);
  for (const guest of guestsOf(programme, number)) {
    // Whoever takes part may be a guest as well, but is invited with the delegations already.
    const holder = people.find(
      ({ name, email, party }) =>
        isSameAddress({ email }, guest) && !isSameName(name, guest.name) && party !== guest.party,
    );
    if (holder) refused({ code: 'AddressTaken', holder: holder.id });
  }
}

export const sessionChanges = {
  reschedule,
  'add-session': addSession,
  'cancel-session': cancelSession,
  'correct-minutes': correctMinutes,
} satisfies Partial<Makers>;
