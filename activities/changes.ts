import { ApplicationFailure } from '@temporalio/common';
import { changeOf, makeChange, noteChangeTold } from '../src/casefile/changes/index.ts';
import { openRequestsOf } from '../src/casefile/cooperations.ts';
import type { CaseFile } from '../src/casefile/database.ts';
import { delegationsOf, everyoneOf } from '../src/casefile/people.ts';
import { noteIssued, programmesOf } from '../src/casefile/programmes.ts';
import { addToRecord } from '../src/casefile/record.ts';
import { answersTo, findRequest, owingOf } from '../src/casefile/requests.ts';
import type {
  ChangeRow,
  PersonRow,
  ProgrammeVersionRow,
  RequestRow,
  SessionRow,
} from '../src/casefile/schema.ts';
import { sessionOf, sessionsOf } from '../src/casefile/sessions.ts';
import type { Telling, ToldNotice } from '../src/domain/telling.ts';
import type { Notice } from '../src/mail/notice.ts';
import type { RequestLine } from '../src/words/lines.ts';
import { attachmentsFor, programmeAttachments } from './attachments.ts';
import type { Outside } from './context.ts';
import { type Delivery, deliver } from './email.ts';
import { cooperationOf, partyIn, sessionHeading } from './headings.ts';
import type { Activities, Notified } from './index.ts';
import { agendaAtOf, agendaOf, calendarObject, dated } from './invitations.ts';
import { makeProgramme } from './publications.ts';
import { requestNoticesOf, stillOwed } from './requests.ts';

type Changes = Pick<Activities, 'recordChange' | 'tellChange' | 'requestTimes' | 'announceWindowRanOut'>;

/** Changes of cooperations under way: made, and told to those concerned. */
export function changeActivities(outside: Outside): Changes {
  const { caseFile, now } = outside;

  return {
    recordChange: ({ cooperation, change, at }) => makeChange(caseFile, cooperation, change, at),

    async requestTimes({ cooperation, requests }) {
      const rows = await Promise.all(requests.map((id) => findRequest(caseFile, cooperation, id)));
      return Object.fromEntries(
        rows.flatMap((row) =>
          row
            ? [
                [
                  row.id,
                  { dueAt: row.dueAt, reminders: row.reminders, of: row.parties, waived: row.waived },
                ] as const,
              ]
            : [],
        ),
      );
    },

    async tellChange({ cooperation: id, change: number }) {
      const change = await changeOf(caseFile, id, number);
      if (!change?.madeAt) throw new Error(`the case file has no change ${number} of ${id} that was made`);
      const version =
        change.programmeChanges.length > 0 ? await makeProgramme(outside, id, `change-${number}`) : undefined;
      const teller = await tellerOf(outside, change, version);
      // What one mail cannot be sent for now does not hold up the others.
      const told: Notified = { notified: 0, refused: 0 };
      let unavailable: ApplicationFailure | undefined;
      for (const occasion of occasionsOf(change.told)) {
        try {
          const { notified, refused } = await teller(occasion);
          told.notified += notified;
          told.refused += refused;
        } catch (error) {
          if (!(error instanceof ApplicationFailure)) throw error;
          unavailable = error;
        }
      }
      if (unavailable) throw unavailable;
      if (version) await noteIssued(caseFile, id, version.version, now());
      await noteChangeTold(caseFile, id, number, now());
      return told;
    },

    async announceWindowRanOut({ cooperation: id, session: number, round, why }) {
      const cooperation = await cooperationOf(caseFile, id);
      const session = await sessionOf(caseFile, id, number);
      // The Secretariat is asked when everyone has been told.
      if (await findRequest(caseFile, id, `session-${number}/confirm-date.${round}`))
        return { notified: 0, refused: 0 };
      const poll = await findRequest(caseFile, id, `session-${number}/choose-date.${round}`);
      const silent = poll ? owingOf(poll, await answersTo(caseFile, id, poll.id)) : [];
      await addToRecord(caseFile, {
        cooperation: id,
        key: `window-ran-out:${number}:${round}`,
        at: now(),
        kind: 'window-ran-out',
        data: { session: number, round, why, unanswered: silent },
      });
      return deliver(outside, {
        cooperation,
        key: `session-${number}|window-ran-out|${round}`,
        to: await delegationsOf(caseFile, id),
        notice: () => ({
          notice: 'window-ran-out',
          session: sessionHeading(session),
          why,
          unanswered: silent.map((party) => partyIn(cooperation.programme, party)),
        }),
      });
    },
  };
}

/** Those who are told the same, but for whom it is addressed to. */
type Occasion<N extends ToldNotice = ToldNotice> = {
  about: Extract<Telling['about'], { notice: N }>;
  people: string[];
};

function occasionsOf(told: readonly Telling[]): Occasion[] {
  const occasions = Map.groupBy(told, ({ about }) => JSON.stringify(about));
  return [...occasions.values()].map((tellings) => ({
    about: (tellings[0] as Telling).about,
    people: tellings.map(({ person }) => person),
  }));
}

/** Tells the occasions of one change, from the case file as it now stands. */
async function tellerOf(
  outside: Outside,
  { cooperation: id, number, reason, madeAt, programmeChanges }: ChangeRow,
  version: ProgrammeVersionRow | undefined,
): Promise<(occasion: Occasion) => Promise<Notified>> {
  const { caseFile } = outside;
  const cooperation = await cooperationOf(caseFile, id);
  const { programme } = cooperation;
  const everyone = await everyoneOf(caseFile, id);
  const sessions = await sessionsOf(caseFile, id);
  const owed = await owedIn(caseFile, id);
  const made = madeAt as string;
  const nameOf = (person: string) => everyone.find((one) => one.id === person)?.name;
  const institutionOf = ({ party, role }: PersonRow) =>
    role === 'consultant' ? {} : { institution: partyIn(programme, party) };
  const linesOf = ({ party, role }: PersonRow): RequestLine[] =>
    role === 'guest' ? [] : owed.filter((one) => one.owing.includes(party)).map(({ row }) => lineOf(row));
  /** The sessions that have a date ahead, or will have one. */
  const ahead = sessions.filter(
    ({ recordedAt, cancelledAt, endsAt }) =>
      recordedAt === null &&
      cancelledAt === null &&
      (endsAt === null || Date.parse(endsAt) > Date.parse(made)),
  );
  const datedAhead = ahead.filter(({ startsAt }) => startsAt !== null);
  const session = (n: number) => sessions.find((one) => one.number === n) as SessionRow;

  return async ({ about, people }) => {
    const to = everyone.filter((person) => people.includes(person.id));
    const item = 'request' in about ? about.request : 'session' in about ? String(about.session ?? '') : '';
    const delivery = { cooperation, key: `change-${number}|${about.notice}|${item}`, to };
    const send = (rest: Omit<Delivery, 'cooperation' | 'key' | 'to'> & { to?: PersonRow[] }) =>
      deliver(outside, { ...delivery, ...rest });
    const say = (notice: (person: PersonRow) => Notice, attachments: Delivery['attachments'] = []) =>
      send({ notice, attachments });

    switch (about.notice) {
      case 'request':
      case 'deadline-extended': {
        const row = await requestOf(caseFile, id, about.request);
        // Whoever answered while this was on its way hears nothing.
        const { owing } = owed.find((one) => one.row.id === row.id) ?? { owing: [] };
        const parties = row.closedAt ? [] : owing;
        const notices = await requestNoticesOf(outside, cooperation, row, parties);
        return send({
          to: to.filter(({ party }) => parties.includes(party)),
          stillFor: stillOwed(outside, row),
          request: row.id,
          ...(about.notice === 'deadline-extended' && { follows: `${row.id}|request` }),
          attachments: about.notice === 'request' ? await attachmentsFor(outside, cooperation, row) : [],
          notice: (person) =>
            about.notice === 'deadline-extended'
              ? {
                  notice: 'deadline-extended',
                  previousDueAt: about.previousDueAt,
                  reason,
                  ...notices(person),
                }
              : { notice: 'request', ...notices(person), ...passed(about) },
        });
      }
      case 'request-released': {
        const row = await requestOf(caseFile, id, about.request);
        return send({
          request: row.id,
          follows: `${row.id}|request`,
          notice: () => {
            const other =
              about.to === undefined ? undefined : (nameOf(about.to) ?? partyIn(programme, about.to));
            return {
              notice: 'request-released',
              request: lineOf(row),
              how: about.how,
              reason,
              ...(other && { to: other }),
            };
          },
        });
      }
      case 'joined': {
        const newest = (await programmesOf(caseFile, id)).findLast(({ issuedAt }) => issuedAt !== null);
        const shown = version ?? newest;
        return say(
          (person) => ({
            notice: 'joined',
            ...institutionOf(person),
            ...(about.replaces && { replaces: nameOf(about.replaces) ?? about.replaces }),
            requests: linesOf(person),
            sessions: person.role === 'consultant' ? [] : ahead.map(sessionHeading),
          }),
          shown ? await programmeAttachments(outside, shown) : [],
        );
      }
      case 'replaced':
        return send({
          evenReplaced: true,
          notice: (person) => ({
            notice: 'replaced',
            by: nameOf(about.by) ?? about.by,
            ...institutionOf(person),
          }),
        });
      case 'stands-in':
        return say((person) => ({
          notice: 'stands-in',
          absent: nameOf(about.absent) ?? about.absent,
          from: about.from,
          to: about.to,
          requests: linesOf(person),
        }));
      case 'invitation':
        return invite(about, send);
      case 'programme-changed': {
        if (!version) throw new Error(`change ${number} of ${id} made no version of the programme`);
        return say(
          () => ({
            notice: 'programme-changed',
            version: version.version,
            changes: programmeChanges,
            reason,
            ...(about.session !== undefined && { session: sessionHeading(session(about.session)) }),
          }),
          await programmeAttachments(outside, version),
        );
      }
      case 'paused':
        return say(() => ({ notice: 'paused', reason, sessions: datedAhead.map(sessionHeading) }));
      case 'resumed':
        return say((person) => ({
          notice: 'resumed',
          reason,
          requests: linesOf(person),
          sessions: datedAhead.map(sessionHeading),
        }));
      case 'cooperation-cancelled': {
        const notHeld = sessions.filter(({ cancelledAt }) => cancelledAt === cooperation.cancelledAt);
        return say(() => ({
          notice: 'cooperation-cancelled',
          reason,
          sessions: notHeld.map(sessionHeading),
        }));
      }
    }
  };

  /** Why a request comes to somebody who was not asked at first. Sent again to a corrected address, or to those who joined, it says nothing. */
  function passed({ how, from }: Occasion<'request'>['about']) {
    if (how === 'corrected' || how === 'joined') return {};
    const name = from === undefined ? undefined : (nameOf(from) ?? partyIn(programme, from));
    return { passed: { how, reason, ...(name && { name }) } };
  }

  async function invite(
    { session: n, sequence, method, kind, previousStartsAt }: Occasion<'invitation'>['about'],
    send: (rest: Omit<Delivery, 'cooperation' | 'key' | 'to'>) => Promise<Notified>,
  ): Promise<Notified> {
    const concerned = dated(session(n));
    // Whoever gets the date when the agenda is out already gets the agenda with it.
    const agendaIsDue =
      (kind === 'new' || kind === 'moved') &&
      Date.parse(agendaAtOf(cooperation, concerned)) <= Date.parse(made);
    const agenda = await agendaOf(outside, cooperation);
    const shows = (person: PersonRow) =>
      version && person.role !== 'guest' && (method === 'REQUEST' || kind === 'cancelled')
        ? version
        : undefined;
    const notified = await send({
      session: n,
      evenReplaced: method === 'CANCEL',
      notice: (person) => {
        const printed = shows(person);
        return {
          notice: 'invitation',
          session: sessionHeading(concerned),
          guest: person.role === 'guest',
          ...(printed && { programmeVersion: printed.version }),
          ...(kind !== 'new' && { change: { kind, reason, ...(previousStartsAt && { previousStartsAt }) } }),
          ...(agendaIsDue && agenda(person)),
        };
      },
      attachmentsFor: async (person) => {
        const printed = shows(person);
        return printed ? programmeAttachments(outside, printed) : [];
      },
      calendar: calendarObject(outside, cooperation, concerned, { sequence, method }),
    });
    if (method === 'REQUEST')
      await addToRecord(caseFile, {
        cooperation: id,
        key: `invitation-sent:${n}:${sequence}`,
        at: outside.now(),
        kind: 'invitation-sent',
        data: { session: n, sequence, startsAt: concerned.startsAt, change: number, ...notified },
      });
    return notified;
  }
}

async function requestOf(db: CaseFile, cooperation: string, id: string): Promise<RequestRow> {
  const row = await findRequest(db, cooperation, id);
  if (!row) throw new Error(`the case file has no request ${id} of ${cooperation}`);
  return row;
}

/** The open requests, each with the parties that owe an answer. */
async function owedIn(db: CaseFile, cooperation: string): Promise<{ row: RequestRow; owing: string[] }[]> {
  const answers = await answersTo(db, cooperation);
  return (await openRequestsOf(db, cooperation)).map((row) => ({
    row,
    owing: owingOf(
      row,
      answers.filter(({ request }) => request === row.id),
    ),
  }));
}

const lineOf = ({ kind, item, dueAt }: RequestRow): RequestLine => ({
  kind,
  dueAt,
  ...(item !== null && { n: item }),
});
