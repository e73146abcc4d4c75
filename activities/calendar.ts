import { programmeStands } from '../src/casefile/approval.ts';
import { requestsOf } from '../src/casefile/cooperations.ts';
import type { CaseFile } from '../src/casefile/database/database.ts';
import type { CooperationRow, SessionRow } from '../src/casefile/database/schema.ts';
import { hashOf } from '../src/casefile/filing.ts';
import { mailsOf } from '../src/casefile/mails/mails.ts';
import { invitedTo } from '../src/casefile/people.ts';
import { noteIssued, standingProgrammesOf } from '../src/casefile/programmes.ts';
import { questionsOf } from '../src/casefile/questions.ts';
import { addToRecord, isRecorded, readRecord } from '../src/casefile/record.ts';
import {
  keepSlots,
  nextSequence,
  noteAgenda,
  noteSessionDone,
  proposalsOf,
  sessionOf,
  sessionsInTurn,
  sessionsOf,
  wasEnteredPast,
  wasMissed,
} from '../src/casefile/sessions.ts';
import { addWorkingDays, dateIn, instantOf } from '../src/domain/dates/dates.ts';
import { DAY_MS } from '../src/domain/dates/durations.ts';
import { proposeSlots, type Slot, windowInstants } from '../src/domain/dates/slots.ts';
import { NOTICE_OF_DATE_DAYS } from '../src/domain/methodology.ts';
import { ministriesOf } from '../src/domain/programme/plan.ts';
import { programmeAttachments } from './attachments.ts';
import type { Outside } from './context.ts';
import { latestDueOf } from './dueDates.ts';
import { deliver } from './email.ts';
import {
  askedWith,
  firstInvitedTo,
  hasFirstInvitation,
  invitedToWith,
  isStillToBegin,
  wasInvitedToWith,
} from './firstInvitation.ts';
import { cooperationOf, sessionHeading } from './headings.ts';
import type { Activities } from './index.ts';
import {
  agendaAtOf,
  agendaOf,
  calendarObject,
  type DatedSession,
  dated,
  materialsAskedOf,
  toInviteOf,
} from './invitations.ts';
import { makeProgramme } from './publications.ts';
import { minutesToTell, noteMinutesSent, sessionRecord, tellMinutes } from './tidings.ts';

type Calendar = Pick<Activities, 'proposeSlots' | 'invite' | 'sendAgenda' | 'announceSession'>;

/** A session that was not held is looked for in these days to come. */
const NEW_WINDOW_DAYS = { from: 7, to: 28 };

/** Sessions on the calendar: slots, invitations, agendas, and what they produced. */
export const calendarActivities = (outside: Outside): Calendar => ({
  proposeSlots: (input) => propose(outside, input),
  invite: (input) => invite(outside, input),
  sendAgenda: (input) => sendAgenda(outside, input),
  announceSession: (input) => announceSession(outside, input),
});

type Doing<K extends keyof Calendar> = (
  outside: Outside,
  ...input: Parameters<Calendar[K]>
) => ReturnType<Calendar[K]>;

const propose: Doing<'proposeSlots'> = async (outside, input) => {
  const { caseFile } = outside;
  const { cooperation: id, session: number, round } = input;
  const cooperation = await cooperationOf(caseFile, id);
  const { slots, opensAt, closesAt, over } = await slotsToPropose(outside, cooperation, input);
  const kept = await keepSlots(caseFile, id, number, round, {
    slots,
    opensAt,
    closesAt,
    hash: hashOf([number, round, slots]),
  });
  return {
    subject: { ref: `session-${number}-slots-${round}`, hash: kept.hash },
    slots: kept.slots.map((slot) => slot.id),
    // The last of them gone, there is nothing left to choose from.
    ...(!over && { until: kept.slots.at(-1)?.startsAt ?? kept.closesAt }),
  };
};

export const invite: Doing<'invite'> = async (outside, { cooperation: id, session: number, round }) => {
  const { caseFile, now } = outside;
  const cooperation = await cooperationOf(caseFile, id);
  const filed = cooperation.plan.sessions.find((session) => session.number === number)?.date;
  const session = dated(await sessionOf(caseFile, id, number));
  const nobody = { notified: 0, refused: 0, startsAt: session.startsAt, endsAt: session.endsAt };
  // Nobody is invited to what is over.
  if (wasMissed(cooperation, session, now())) return nobody;
  // A date that the programme does not show yet makes its next version, which goes with the invitation.
  // While corrected contents are up for approval, the version that is issued then brings the date.
  const isIssued = (await programmeStands(caseFile, id)) === 'issued';
  const isNew = isIssued && filed?.startsAt !== session.startsAt;
  const version = isNew
    ? await makeProgramme(outside, id, `session-${number}.${round}`)
    : (await standingProgrammesOf(caseFile, id)).at(-1);
  // So does one that was approved just now, and that nobody has been sent yet.
  const first = await firstInvitedTo(outside, cooperation);
  const leads = isIssued && first?.number === number;
  // The first invitation brings the others.
  if (isIssued && first && !leads && round === 1 && !isNew)
    await invite(outside, { cooperation: id, session: first.number, round: 1 });
  const comesWith = round === 1 && (await wasInvitedToWith(outside, id, number));
  // One that is invited to before the programme is approved brings none.
  const isFirst =
    isIssued && !isNew && !comesWith && (leads || !first) && (await nobodyHasProgramme(caseFile, id));
  const shown = isNew || isFirst ? version : undefined;
  const sequence = await nextSequence(caseFile, id, number, `session-${number}.${round}`);
  // Cancelled while this was on its way: nobody is invited any more.
  const { cancelledAt } = await sessionOf(caseFile, id, number);
  if (cancelledAt) return nobody;
  const agendaAt = agendaAtOf(cooperation, session);
  const entry = `invitation-sent:${number}:${sequence}`;
  // Everyone has been: those who came since got theirs as they came.
  if (await isRecorded(caseFile, id, entry))
    return { ...nobody, ...(session.agendaFor !== session.startsAt && { agendaAt }) };
  const recorded = await minutesToTell(outside, id, { before: number, way: entry });
  const agendaIsDue = Date.parse(agendaAt) <= Date.parse(now());
  const agenda = await agendaOf(outside, cooperation, number);
  const materials = materialsAskedOf(outside, cooperation, session);
  const toInvite = await toInviteOf(caseFile, id, number);
  const people = (await invitedTo(caseFile, id, number)).filter(({ role }) => !comesWith || role === 'guest');
  const { asked, others } = await besides(outside, cooperation, leads ? session : undefined);
  const records = await Promise.all(recorded.map((one) => sessionRecord(outside, one)));
  const notified = await deliver(outside, {
    cooperation,
    key: `session-${number}|invitation|${round - 1}`,
    session: number,
    to: people,
    notice: (person) => ({
      notice: 'invitation',
      asked: asked(person),
      ...(person.role !== 'guest' && { others: others.map(({ row }) => sessionHeading(row)) }),
      session: sessionHeading(session),
      guest: person.role === 'guest',
      ...(round > 1 && { change: { kind: 'moved' } }),
      ...(shown &&
        person.role !== 'guest' && { programmeVersion: shown.version, programmeApproved: isFirst }),
      ...(person.role !== 'guest' && { recorded: records }),
      ...(agendaIsDue && agenda(person)),
      ...materials(person),
      ...toInvite(person),
    }),
    attachmentsFor: async (person) =>
      shown && person.role !== 'guest' ? programmeAttachments(outside, shown) : [],
    calendar: calendarObject(outside, cooperation, session, { sequence, method: 'REQUEST' }),
    further: (person) =>
      others
        .filter(() => person.role !== 'guest')
        .map(({ row, sequence }) => ({
          session: row.number,
          appointment: calendarObject(outside, cooperation, row, { sequence, method: 'REQUEST' })(person),
        })),
  });
  if (shown) await noteIssued(caseFile, id, shown.version, now());
  if (agendaIsDue) await noteAgenda(caseFile, session);
  await addToRecord(caseFile, {
    cooperation: id,
    key: entry,
    at: now(),
    kind: 'invitation-sent',
    data: {
      ...{ session: number, sequence, startsAt: session.startsAt },
      ...notified,
      ...(others.length > 0 && { others: others.map(({ row }) => row.number) }),
    },
  });
  await noteMinutesSent(outside, recorded);
  return {
    ...notified,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    ...(!agendaIsDue && { agendaAt }),
  };
};

/** What the first invitation, to a session that is still ahead, brings besides: the request for documents, and further sessions. */
async function besides(outside: Outside, cooperation: CooperationRow, lead: DatedSession | undefined) {
  const others: { row: DatedSession; sequence: number }[] = [];
  if (!lead || !isStillToBegin(lead, outside)) return { asked: () => undefined, others };
  for (const row of await invitedToWith(outside, cooperation, lead)) {
    const cause = `session-${row.number}.1`;
    const sequence = await nextSequence(outside.caseFile, cooperation.id, row.number, cause);
    others.push({ row: dated(row), sequence });
  }
  return { asked: await askedWith(outside, cooperation), others };
}

const sendAgenda: Doing<'sendAgenda'> = async (outside, { cooperation: id, session: number, round }) => {
  const { caseFile, now } = outside;
  const cooperation = await cooperationOf(caseFile, id);
  const session = dated(await sessionOf(caseFile, id, number));
  if (session.agendaFor === session.startsAt) return { notified: 0, refused: 0 };
  // The invitation has the contents, and the news have the documents: an agenda goes out for open questions.
  const open = (await questionsOf(caseFile, id)).some(({ answer }) => answer === null);
  if (!open) {
    await noteAgenda(caseFile, session);
    return { notified: 0, refused: 0 };
  }
  const agenda = await agendaOf(outside, cooperation, number);
  const materials = materialsAskedOf(outside, cooperation, session);
  const toInvite = await toInviteOf(caseFile, id, number);
  const notified = await deliver(outside, {
    cooperation,
    key: `session-${number}|agenda|${session.startsAt}`,
    to: await invitedTo(caseFile, id, number),
    follows: `session-${number}|invitation|${round - 1}`,
    notice: (person) => ({
      notice: 'agenda',
      session: sessionHeading(session),
      guest: person.role === 'guest',
      ...agenda(person),
      ...materials(person),
      ...toInvite(person),
    }),
  });
  await addToRecord(caseFile, {
    cooperation: id,
    key: `agenda-sent:${number}:${session.startsAt}`,
    at: now(),
    kind: 'agenda-sent',
    data: { session: number, ...notified },
  });
  await noteAgenda(caseFile, session);
  return notified;
};

const announceSession: Doing<'announceSession'> = async (outside, { cooperation: id, session: number }) => {
  const { caseFile, now } = outside;
  const cooperation = await cooperationOf(caseFile, id);
  const minutes = (await searchFollows(outside, cooperation, number))
    ? []
    : await minutesToTell(outside, id, {
        ...{ before: number + 1, way: `session-${number}|recorded`, announced: number },
      });
  const told = await tellMinutes(outside, cooperation, minutes);
  await noteMinutesSent(outside, minutes);
  await noteSessionDone(caseFile, id, number, now());
  return told;
};

/** The dates that a poll proposes at an instant, in a window that may be over. */
async function slotsToPropose(
  { caseFile }: Outside,
  cooperation: CooperationRow,
  { session: number, round, now: at }: { session: number; round: number; now: string },
): Promise<{ slots: Slot[]; opensAt: string; closesAt: string; over: boolean }> {
  const { id } = cooperation;
  const { plan } = cooperation;
  const session = await sessionOf(caseFile, id, number);
  const except = (await proposalsOf(caseFile, id, number))
    .filter((one) => one.round < round)
    .flatMap((one) => one.slots.map(({ startsAt }) => startsAt));
  const window = windowOf(session, await wasNotHeld(caseFile, id, number), at);
  const institutions = plan.parties.filter(({ role }) => role !== 'consultant');
  const { from: opensAt, to: closesAt } = windowInstants(
    window,
    institutions.map(({ timeZone }) => timeZone),
  );
  const over = Date.parse(closesAt) <= Date.parse(at);
  // Of a window, what is still ahead; of one that had passed when a demonstration was entered, all of it. What was proposed
  // before is not proposed again.
  let slots: Slot[] = [];
  const demonstrated =
    Date.parse(closesAt) <= Date.parse(cooperation.filedAt) && !wasEnteredPast(cooperation, number);
  for (const notBefore of over ? (demonstrated ? [undefined] : []) : earliestFor(cooperation, at)) {
    slots = proposeSlots({ window, hours: session.hours, institutions, notBefore, except }).slots;
    if (slots.length > 0) break;
  }
  return { slots, opensAt, closesAt, over };
}

/**
 * Whether the search for the next date begins with the record of a session: those who are asked for it get the minutes
 * in the same mail.
 */
async function searchFollows(
  outside: Outside,
  cooperation: CooperationRow,
  number: number,
): Promise<boolean> {
  const { caseFile, now } = outside;
  const { id, pausedAt } = cooperation;
  const at = now();
  const [next] = sessionsInTurn(
    (await sessionsOf(caseFile, id)).filter(
      (one) => one.number !== number && !one.cancelledAt && !one.recordedAt,
    ),
    at,
  );
  if (pausedAt || !next || next.number < number || next.startsAt) return false;
  if ((await proposalsOf(caseFile, id, next.number)).length > 0) return false;
  const { slots } = await slotsToPropose(outside, cooperation, { session: next.number, round: 1, now: at });
  return slots.length > 0;
}

/** Whether the approved programme has been sent to nobody yet: it was left to the first invitation. */
const nobodyHasProgramme = async (db: CaseFile, cooperation: string): Promise<boolean> =>
  !(await mailsOf(db, cooperation)).some(({ notice }) => notice === 'programme-issued') &&
  !hasFirstInvitation(await readRecord(db, cooperation));

/** Whether the session had a date on which it was not held. */
const wasNotHeld = async (db: CaseFile, cooperation: string, number: number): Promise<boolean> =>
  (await requestsOf(db, cooperation)).some(
    ({ kind, item, outcome }) => kind === 'record-session' && item === number && outcome === 'not-held',
  );

/**
 * From when on dates are proposed in a poll that opens at an instant, the best first: some working days after the
 * answers are due, so that there is time to confirm and to invite; where a window leaves none, once they are due; at
 * last, whatever is still ahead.
 */
function earliestFor(cooperation: CooperationRow, at: string): string[] {
  const { plan, programme } = cooperation;
  const dueAt = latestDueOf(cooperation, { kind: 'choose-date', of: ministriesOf(plan), askedAt: at });
  const days = programme.deadlines?.noticeOfDate ?? NOTICE_OF_DATE_DAYS;
  const noticed = plan.parties.map((party) =>
    instantOf(addWorkingDays(dateIn(dueAt, party.timeZone), days, party), '00:00', party.timeZone),
  );
  return [noticed.sort().at(-1) as string, dueAt, at];
}

/** The programme's window; days to come when the session was not held and has to be found a new date. */
function windowOf(
  { windowFrom, windowTo }: SessionRow,
  notHeld: boolean,
  at: string,
): { from: string; to: string } {
  if (!notHeld && windowFrom && windowTo) return { from: windowFrom, to: windowTo };
  const day = (days: number) => new Date(Date.parse(at) + days * DAY_MS).toISOString().slice(0, 10);
  return { from: day(NEW_WINDOW_DAYS.from), to: day(NEW_WINDOW_DAYS.to) };
}
