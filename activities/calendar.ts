import { programmeStands } from '../src/casefile/approval.ts';
import { requestsOf } from '../src/casefile/cooperations.ts';
import type { CaseFile } from '../src/casefile/database.ts';
import { hashOf } from '../src/casefile/filing.ts';
import { mailsOf } from '../src/casefile/mails.ts';
import { delegationsOf, invitedTo } from '../src/casefile/people.ts';
import { noteIssued, programmesOf } from '../src/casefile/programmes.ts';
import { questionsOf } from '../src/casefile/questions.ts';
import { addToRecord, isRecorded, readRecord } from '../src/casefile/record.ts';
import type { CooperationRow, SessionRow } from '../src/casefile/schema.ts';
import {
  keepSlots,
  nextSequence,
  noteAgenda,
  noteSessionDone,
  proposalsOf,
  sessionOf,
  sessionsOf,
} from '../src/casefile/sessions.ts';
import { addWorkingDays, dateIn, instantOf } from '../src/domain/dates.ts';
import { NOTICE_OF_DATE_DAYS } from '../src/domain/methodology.ts';
import { ministriesOf } from '../src/domain/plan.ts';
import { proposeSlots, type Slot, windowInstants } from '../src/domain/slots.ts';
import type { SessionRecord } from '../src/mail/notice.ts';
import { programmeAttachments } from './attachments.ts';
import type { Outside } from './context.ts';
import { latestDueOf } from './dueDates.ts';
import { deliver } from './email.ts';
import { cooperationOf, sessionHeading } from './headings.ts';
import type { Activities, NotifyResult } from './index.ts';
import { agendaAtOf, agendaOf, calendarObject, dated } from './invitations.ts';
import { makeProgramme } from './publications.ts';

type Calendar = Pick<Activities, 'proposeSlots' | 'invite' | 'sendAgenda' | 'announceSession'>;

/** A session that was not held is looked for in these days to come. */
const NEW_WINDOW_DAYS = { from: 7, to: 28 };
const DAY = 24 * 60 * 60 * 1000;

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

const propose: Doing<'proposeSlots'> = async (
  outside,
  { cooperation: id, session: number, round, now: at },
) => {
  const { caseFile } = outside;
  const cooperation = await cooperationOf(caseFile, id);
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
  // Of a window that is under way, what is still ahead; of one that has passed, all of it: the programme is entered
  // after the fact, and its sessions were held on some day. What was proposed before is not proposed again.
  let slots: Slot[] = [];
  for (const notBefore of over ? [undefined] : earliestFor(cooperation, at)) {
    slots = proposeSlots({ window, hours: session.hours, institutions, notBefore, except }).slots;
    if (slots.length > 0) break;
  }
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

const invite: Doing<'invite'> = async (outside, { cooperation: id, session: number, round }) => {
  const { caseFile, now } = outside;
  const cooperation = await cooperationOf(caseFile, id);
  const filed = cooperation.plan.sessions.find((session) => session.number === number)?.date;
  const session = dated(await sessionOf(caseFile, id, number));
  // A date that the programme does not show yet makes its next version, which goes with the invitation.
  // While corrected contents are up for approval, the version that is issued then brings the date.
  const isNew = filed?.startsAt !== session.startsAt && (await programmeStands(caseFile, id)) === 'issued';
  const version = isNew
    ? await makeProgramme(outside, id, `session-${number}.${round}`)
    : (await programmesOf(caseFile, id)).at(-1);
  // So does one that was approved just now, and that nobody has been sent yet.
  const isFirst = !isNew && (await nobodyHasProgramme(caseFile, id));
  const shown = isNew || isFirst ? version : undefined;
  const sequence = await nextSequence(caseFile, id, number, `session-${number}.${round}`);
  // Cancelled while this was on its way: nobody is invited any more.
  const { cancelledAt } = await sessionOf(caseFile, id, number);
  const nobody = { notified: 0, refused: 0, startsAt: session.startsAt, endsAt: session.endsAt };
  if (cancelledAt) return nobody;
  const agendaAt = agendaAtOf(cooperation, session);
  const entry = `invitation-sent:${number}:${sequence}`;
  // Everyone has been: those who came since got theirs as they came.
  if (await isRecorded(caseFile, id, entry))
    return { ...nobody, ...(session.agendaFor !== session.startsAt && { agendaAt }) };
  const byThemselves = (await mailsOf(caseFile, id)).filter(({ notice }) => notice === 'session-recorded');
  const recorded = (await minutesToTell(caseFile, id, number)).filter(
    (one) => !byThemselves.some(({ key }) => key.startsWith(`${id}|session-${one.number}|`)),
  );
  const agendaIsDue = Date.parse(agendaAt) <= Date.parse(now());
  const agenda = await agendaOf(outside, cooperation);
  const people = await invitedTo(caseFile, id, number);
  const notified = await deliver(outside, {
    cooperation,
    key: `session-${number}|invitation|${round - 1}`,
    session: number,
    to: people,
    notice: (person) => ({
      notice: 'invitation',
      session: sessionHeading(session),
      guest: person.role === 'guest',
      ...(round > 1 && { change: { kind: 'moved' } }),
      ...(shown &&
        person.role !== 'guest' && { programmeVersion: shown.version, programmeApproved: isFirst }),
      ...(person.role !== 'guest' && { recorded: recorded.map(sessionRecord) }),
      ...(agendaIsDue && agenda(person)),
    }),
    attachmentsFor: async (person) =>
      shown && person.role !== 'guest' ? programmeAttachments(outside, shown) : [],
    calendar: calendarObject(outside, cooperation, session, { sequence, method: 'REQUEST' }),
  });
  if (shown) await noteIssued(caseFile, id, shown.version, now());
  if (agendaIsDue) await noteAgenda(caseFile, session);
  await addToRecord(caseFile, {
    cooperation: id,
    key: entry,
    at: now(),
    kind: 'invitation-sent',
    data: {
      session: number,
      sequence,
      startsAt: session.startsAt,
      ...notified,
      ...(recorded.length > 0 && { minutes: recorded.map((one) => one.number) }),
    },
  });
  return {
    ...notified,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    ...(!agendaIsDue && { agendaAt }),
  };
};

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
  const agenda = await agendaOf(outside, cooperation);
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
  // The next session's invitation brings the minutes; after the last, and beside one invited already, they go by
  // themselves.
  const next = (await sessionsOf(caseFile, id)).find(
    (one) => one.number > number && !one.cancelledAt && !one.recordedAt,
  );
  const told: NotifyResult = { notified: 0, refused: 0 };
  const left = next && next.sequence < 0;
  for (const session of left ? [] : await minutesToTell(caseFile, id, number + 1)) {
    const { notified, refused } = await deliver(outside, {
      cooperation,
      key: `session-${session.number}|recorded`,
      to: await delegationsOf(caseFile, id),
      notice: () => ({ notice: 'session-recorded', ...sessionRecord(session) }),
    });
    told.notified += notified;
    told.refused += refused;
  }
  await noteSessionDone(caseFile, id, number, now());
  return told;
};

/** Whether the approved programme has been sent to nobody yet: it was left to the first invitation. */
const nobodyHasProgramme = async (db: CaseFile, cooperation: string): Promise<boolean> =>
  !(await mailsOf(db, cooperation)).some(({ notice }) => notice === 'programme-issued') &&
  !(await readRecord(db, cooperation)).some(({ kind }) => kind === 'invitation-sent');

/** The sessions before one whose minutes have not gone to the delegations yet. */
async function minutesToTell(db: CaseFile, cooperation: string, before: number): Promise<SessionRow[]> {
  const told = (await readRecord(db, cooperation)).flatMap(({ kind, data }) =>
    kind === 'invitation-sent' && Array.isArray(data.minutes) ? data.minutes : [],
  );
  return (await sessionsOf(db, cooperation)).filter(
    ({ number, recordedAt }) => number < before && recordedAt !== null && !told.includes(number),
  );
}

const sessionRecord = (session: SessionRow): SessionRecord => ({
  session: sessionHeading(session),
  minutes: session.minutes ?? '',
  attendance: session.attendance ?? [],
  outputs: session.outputs ?? [],
});

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
  const noticed = plan.parties.map(({ timeZone, country }) =>
    instantOf(addWorkingDays(dateIn(dueAt, timeZone), days, country), '00:00', timeZone),
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
  const day = (days: number) => new Date(Date.parse(at) + days * DAY).toISOString().slice(0, 10);
  return { from: day(NEW_WINDOW_DAYS.from), to: day(NEW_WINDOW_DAYS.to) };
}
