import { documentsOf, isExchanged } from '../src/casefile/documents.ts';
import { hashOf } from '../src/casefile/filing.ts';
import { delegationsOf, invitedTo } from '../src/casefile/people.ts';
import { noteIssued, programmesOf } from '../src/casefile/programmes.ts';
import { questionsOf } from '../src/casefile/questions.ts';
import { addToRecord } from '../src/casefile/record.ts';
import type { CooperationRow, PersonRow, SessionRow } from '../src/casefile/schema.ts';
import { keepSlots, raiseSequence, sessionOf } from '../src/casefile/sessions.ts';
import { addWorkingDays, dateIn, instantOf } from '../src/domain/dates.ts';
import { AGENDA_WORKING_DAYS_BEFORE } from '../src/domain/methodology.ts';
import { proposeSlots, windowInstants } from '../src/domain/slots.ts';
import { sessionTitle } from '../src/domain/vocabulary.ts';
import { programmeAttachments } from './attachments.ts';
import type { Outside } from './context.ts';
import { deliver } from './email.ts';
import { cooperationOf, documentLine, questionLine, sessionHeading } from './headings.ts';
import type { Activities } from './index.ts';
import { makeProgramme } from './publications.ts';

type Calendar = Pick<Activities, 'proposeSlots' | 'invite' | 'sendAgenda' | 'announceSession'>;

/** A session that was not held is looked for in these days to come. */
const NEW_WINDOW_DAYS = { from: 7, to: 28 };
const DAY = 24 * 60 * 60 * 1000;

/** Sessions on the calendar: slots, invitations, agendas, and what they produced. */
export function calendarActivities(outside: Outside): Calendar {
  const { caseFile, now, sender } = outside;

  return {
    async proposeSlots({ cooperation: id, session: number, round, now: at }) {
      const { plan } = await cooperationOf(caseFile, id);
      const session = await sessionOf(caseFile, id, number);
      const window = windowOf(session, round, at);
      const institutions = plan.parties.filter(({ role }) => role !== 'consultant');
      // Of a window that is under way, what is still ahead; of one that has passed, all of it: the programme is entered
      // after the fact, and its sessions were held on some day.
      const ahead = proposeSlots({ window, hours: session.hours, institutions, notBefore: at });
      const { slots } =
        ahead.slots.length > 0 ? ahead : proposeSlots({ window, hours: session.hours, institutions });
      const { from: opensAt, to: closesAt } = windowInstants(
        window,
        institutions.map(({ timeZone }) => timeZone),
      );
      const kept = await keepSlots(caseFile, id, number, round, {
        slots,
        opensAt,
        closesAt,
        hash: hashOf([number, round, slots]),
      });
      return {
        subject: { ref: `session-${number}-slots-${round}`, hash: kept.hash },
        slots: kept.slots.map((slot) => slot.id),
        within: { from: kept.opensAt, to: kept.closesAt },
      };
    },

    async invite({ cooperation: id, session: number, round }) {
      const cooperation = await cooperationOf(caseFile, id);
      const filed = cooperation.plan.sessions.find((session) => session.number === number)?.date;
      const session = dated(await sessionOf(caseFile, id, number));
      // A date that the programme does not show yet makes its next version, which goes with the invitation.
      const isNew = filed?.startsAt !== session.startsAt;
      const version = isNew
        ? await makeProgramme(outside, id, `session-${number}.${round}`)
        : (await programmesOf(caseFile, id)).at(-1);
      const sequence = round - 1;
      await raiseSequence(caseFile, id, number, sequence);
      const agendaAt = agendaInstant(session, cooperation);
      const agendaIsDue = Date.parse(agendaAt) <= Date.parse(now());
      const agenda = await agendaOf(cooperation);
      const people = await invitedTo(caseFile, id, number);
      const notified = await deliver(outside, {
        cooperation,
        key: `session-${number}|invitation|${sequence}`,
        to: people,
        notice: (person) => ({
          notice: 'invitation',
          session: sessionHeading(session),
          guest: person.role === 'guest',
          ...(round > 1 && { change: { kind: 'moved' } }),
          ...(isNew && version && person.role !== 'guest' && { programmeVersion: version.version }),
          ...(agendaIsDue && agenda(person)),
        }),
        attachmentsFor: async (person) =>
          isNew && version && person.role !== 'guest' ? programmeAttachments(outside, version) : [],
        calendar: ({ language }) => ({
          uid: `${id}.session-${number}@${sender.domain}`,
          sequence,
          method: 'REQUEST',
          startsAt: session.startsAt,
          endsAt: session.endsAt,
          timeZone: session.timeZone,
          summary: `${sessionTitle(number, language)} · ${cooperation.programme.subject}`,
          description: session.contents,
          stamp: now(),
          ...(session.place && { location: session.place }),
          ...(session.link && { url: session.link }),
        }),
      });
      if (isNew && version) await noteIssued(caseFile, id, version.version, now());
      await addToRecord(caseFile, {
        cooperation: id,
        key: `invitation-sent:${number}:${sequence}`,
        at: now(),
        kind: 'invitation-sent',
        data: { session: number, sequence, startsAt: session.startsAt, ...notified },
      });
      return {
        ...notified,
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        ...(!agendaIsDue && { agendaAt }),
      };
    },

    async sendAgenda({ cooperation: id, session: number, round }) {
      const cooperation = await cooperationOf(caseFile, id);
      const session = dated(await sessionOf(caseFile, id, number));
      const agenda = await agendaOf(cooperation);
      const notified = await deliver(outside, {
        cooperation,
        key: `session-${number}|agenda|${round}`,
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
        key: `agenda-sent:${number}:${round}`,
        at: now(),
        kind: 'agenda-sent',
        data: { session: number, ...notified },
      });
      return notified;
    },

    async announceSession({ cooperation: id, session: number }) {
      const cooperation = await cooperationOf(caseFile, id);
      const session = await sessionOf(caseFile, id, number);
      return deliver(outside, {
        cooperation,
        key: `session-${number}|recorded`,
        to: await delegationsOf(caseFile, id),
        notice: () => ({
          notice: 'session-recorded',
          session: sessionHeading(session),
          minutes: session.minutes ?? '',
          attendance: session.attendance ?? [],
          outputs: session.outputs ?? [],
        }),
      });
    },
  };

  /** The questions still open, which stand on the agenda, and the documents to have read. Guests see neither. */
  async function agendaOf({ id, programme }: CooperationRow) {
    const open = (await questionsOf(caseFile, id)).filter(({ answer }) => answer === null);
    const entries = (await documentsOf(caseFile, id)).filter(isExchanged);
    return ({ role, language }: PersonRow) =>
      role === 'guest'
        ? { questions: [], documents: [] }
        : {
            questions: open.map((question) => questionLine(programme, question, language)),
            documents: entries.map((entry) => documentLine(programme, entry, language)),
          };
  }
}

type Dated = SessionRow & { startsAt: string; endsAt: string };

function dated(session: SessionRow): Dated {
  const { startsAt, endsAt } = session;
  if (!startsAt || !endsAt)
    throw new Error(`session ${session.number} of ${session.cooperation} has no date`);
  return { ...session, startsAt, endsAt };
}

/** The programme's window in the first round; days to come when the session has to be found a new date. */
function windowOf(
  { windowFrom, windowTo }: SessionRow,
  round: number,
  at: string,
): { from: string; to: string } {
  if (round === 1 && windowFrom && windowTo) return { from: windowFrom, to: windowTo };
  const day = (days: number) => new Date(Date.parse(at) + days * DAY).toISOString().slice(0, 10);
  return { from: day(NEW_WINDOW_DAYS.from), to: day(NEW_WINDOW_DAYS.to) };
}

/** 09:00, in the secretariat's capital, some working days before the session. */
function agendaInstant({ startsAt }: Dated, { plan }: CooperationRow): string {
  const { timeZone, country } = plan.parties.find(
    ({ role }) => role === 'secretariat',
  ) as (typeof plan.parties)[number];
  return instantOf(
    addWorkingDays(dateIn(startsAt, timeZone), -AGENDA_WORKING_DAYS_BEFORE, country),
    '09:00',
    timeZone,
  );
}
