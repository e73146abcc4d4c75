import { openRequestsOf } from '../src/casefile/cooperations.ts';
import type { CaseFile } from '../src/casefile/database/database.ts';
import type {
  ChangeRow,
  CooperationRow,
  PersonRow,
  ProgrammeVersionRow,
  RequestRow,
  SessionRow,
} from '../src/casefile/database/schema.ts';
import { documentsOf } from '../src/casefile/documents.ts';
import { meetingOf } from '../src/casefile/meetings.ts';
import { everyoneOf } from '../src/casefile/people.ts';
import { programmesOf } from '../src/casefile/programmes.ts';
import { addToRecord, readRecord } from '../src/casefile/record.ts';
import { answersTo, findRequest, owingOf, standingOf } from '../src/casefile/requests.ts';
import { standingSheet } from '../src/casefile/results/sheets.ts';
import { sessionsOf } from '../src/casefile/sessions.ts';
import { hoursAfter } from '../src/domain/dates/dates.ts';
import { wasPublished } from '../src/domain/document.ts';
import { documentVersionId } from '../src/domain/ids.ts';
import type { Telling, ToldNotice } from '../src/domain/mails/notice.ts';
import { COORDINATION_MEETING } from '../src/domain/methodology.ts';
import { hasAddress } from '../src/domain/people/address.ts';
import type { Notice } from '../src/mail/notices/index.ts';
import { documentTitle } from '../src/words/brief.ts';
import type { RequestLine } from '../src/words/lines.ts';
import { attachmentsFor, programmeAttachments } from './attachments.ts';
import type { Outside } from './context.ts';
import { type Delivery, deliver } from './email.ts';
import { cooperationOf, namedPartyOf, sessionHeading } from './headings.ts';
import type { NotifyResult } from './index.ts';
import { agendaAtOf, agendaOf, calendarObject, dated, materialsAskedOf, toInviteOf } from './invitations.ts';
import { convocationOf, meetingCalendar, meetingHeading, noteConvened } from './meeting.ts';
import { requestNoticesOf, stillOwed } from './requestNotices.ts';
import { leftBehind, sessionRecord } from './tidings.ts';

/** What each kind of telling of a change is as a mail, from the case file as it now stands. */

/** Those who are told the same in one mail, but for whom it is addressed to: what it is about, and what falls together with it. */
export type Occasion = { about: Telling['about']; beside: Telling['about'][]; people: string[] };

export function occasionsOf(told: readonly Telling[]): Occasion[] {
  const mails = [...Map.groupBy(told, ({ person }) => person)].map(([person, theirs]) => {
    const [about, ...beside] = theirs.map((one) => one.about).toSorted((a, b) => rank(a) - rank(b));
    return { person, about: about as Telling['about'], beside };
  });
  const occasions = Map.groupBy(mails, ({ about, beside }) => JSON.stringify([about, beside]));
  return [...occasions.values()].map((own) => ({
    ...(own[0] as (typeof own)[number]),
    people: own.map(({ person }) => person),
  }));
}

/** Each thing that is told, with the mails that tell it. */
export const thingsTold = (
  occasions: readonly Occasion[],
): { about: Telling['about']; occasions: Occasion[] }[] =>
  [
    ...Map.groupBy(
      occasions.flatMap((occasion) =>
        [occasion.about, ...occasion.beside].map((about) => ({ about, occasion })),
      ),
      ({ about }) => JSON.stringify(about),
    ).values(),
  ].map((own) => ({
    about: (own[0] as (typeof own)[number]).about,
    occasions: own.map(({ occasion }) => occasion),
  }));

/** What one mail is about of several things that it tells, and what comes next in it: who the reader is, and what is asked. */
const rank = ({ notice }: Telling['about']): number => {
  const place = FIRST_TOLD.indexOf(notice);
  return place < 0 ? FIRST_TOLD.length : place;
};
const FIRST_TOLD: readonly ToldNotice[] = [
  ...(['cooperation-cancelled', 'joined', 'replaced', 'left', 'stands-in', 'request'] as const),
  ...(['deadline-extended', 'answer-annulled', 'convocation', 'invitation'] as const),
];

/** A change, and what the case file has around it. */
type Circumstances = {
  outside: Outside;
  cooperation: CooperationRow;
  change: ChangeRow;
  /** The version of the programme that it made. */
  version: ProgrammeVersionRow | undefined;
  everyone: PersonRow[];
  sessions: SessionRow[];
  /** Sessions that have a date ahead, or will have one. */
  ahead: SessionRow[];
  /** The open requests, each with the parties that owe an answer. */
  owed: { row: RequestRow; owing: string[] }[];
};

export async function circumstancesOf(
  outside: Outside,
  change: ChangeRow,
  version: ProgrammeVersionRow | undefined,
): Promise<Circumstances> {
  const { caseFile } = outside;
  const sessions = await sessionsOf(caseFile, change.cooperation);
  const made = Date.parse(change.madeAt as string);
  return {
    ...{ outside, change, version, sessions },
    cooperation: await cooperationOf(caseFile, change.cooperation),
    everyone: await everyoneOf(caseFile, change.cooperation),
    ahead: sessions.filter(
      ({ recordedAt, cancelledAt, endsAt }) =>
        recordedAt === null && cancelledAt === null && (endsAt === null || Date.parse(endsAt) > made),
    ),
    owed: await owedIn(caseFile, change.cooperation),
  };
}

/** Tells one occasion of a change. @throws ApplicationFailure `MailUnavailable`, as {@link deliver} */
export async function tell(at: Circumstances, { about, beside, people }: Occasion): Promise<NotifyResult> {
  const { outside, cooperation, change, everyone } = at;
  const item = 'request' in about ? about.request : 'session' in about ? String(about.session ?? '') : '';
  const to = everyone.filter(({ id }) => people.includes(id));
  const letterOf = (one: Telling['about']) =>
    (LETTERS[one.notice] as Letter<ToldNotice>)(one, at, {
      to,
      beside,
      isFirst: one === [about, ...beside].find(({ notice }) => notice === one.notice),
    });
  return deliver(outside, {
    ...{ cooperation, key: `change-${change.number}|${about.notice}|${item}`, to },
    ...(await letterOf(about)),
    ...(beside.length > 0 && { beside: await Promise.all(beside.map(letterOf)) }),
  });
}

type About<N extends ToldNotice> = Extract<Telling['about'], { notice: N }>;
/** `beside`: what else the mail tells; `isFirst`: nothing of this notice stands in it before. */
type Among = { to: readonly PersonRow[]; beside: readonly Telling['about'][]; isFirst: boolean };
type Letter<N extends ToldNotice> = (
  about: About<N>,
  at: Circumstances,
  among: Among,
) => Promise<Omit<Delivery, 'cooperation' | 'key' | 'to'>>;

const LETTERS: { readonly [N in ToldNotice]: Letter<N> } = {
  request: async (about, at, { isFirst }) => {
    const { letter, notices, row } = await requestLetter(about.request, at);
    return {
      ...letter,
      attachments: await attachmentsFor(at.outside, at.cooperation, row),
      // Why is said once.
      notice: (person) => ({ notice: 'request', ...notices(person), ...(isFirst && passed(about, at)) }),
    };
  },

  'answer-annulled': async ({ request, party, undone }, at) => {
    const row = await requestOf(at, request);
    const followed = await Promise.all(undone.map((id) => requestOf(at, id)));
    const { kept = [] } = await standingOf(at.outside.caseFile, row);
    const standing = [...kept.map((one) => one.party), ...row.parties.filter((one) => one !== party)];
    return {
      notice: (person) => ({
        ...{ notice: 'answer-annulled', request: lineOf(row), party: called(party, at) },
        stands: standing.includes(person.party),
        ...{ undone: followed.map(lineOf), reason: at.change.reason },
      }),
    };
  },

  'deadline-extended': async ({ request, previousDueAt }, at) => {
    const { letter, notices, row } = await requestLetter(request, at);
    const { reason } = at.change;
    return {
      ...letter,
      attachments: await attachmentsFor(at.outside, at.cooperation, row),
      follows: `${request}|request`,
      notice: (person) => ({ notice: 'deadline-extended', previousDueAt, reason, ...notices(person) }),
    };
  },

  'request-released': async ({ request, how, to }, at) => {
    const row = await requestOf(at, request);
    return {
      ...{ request, follows: `${request}|request` },
      notice: () => ({
        ...{ notice: 'request-released', request: lineOf(row), how, reason: at.change.reason },
        ...(to !== undefined && { to: called(to, at) }),
      }),
    };
  },

  joined: async ({ replaces }, at, { beside }) => {
    const issued = await programmesOf(at.outside.caseFile, at.cooperation.id);
    const shown = at.version ?? issued.findLast(({ issuedAt }) => issuedAt !== null);
    return {
      attachments: shown ? await programmeAttachments(at.outside, shown) : [],
      notice: (person) => ({
        ...{ notice: 'joined', ...institutionOf(person, at), requests: linesOf(person, at, beside) },
        ...(replaces && { replaces: nameOf(replaces, at) }),
        ...(replaces && takesFocalPoint(replaces, person, at) && { focalPoint: true }),
        ...(person.role === 'observer' && { observer: true }),
        ...((at.change.kind === 'add-person' || at.change.kind === 'absence') && { shared: true }),
        sessions: person.role === 'consultant' ? [] : notBeside(at.ahead, beside).map(sessionHeading),
      }),
    };
  },

  replaced: async ({ by }, at) => ({
    evenReplaced: true,
    notice: (person) => ({ notice: 'replaced', by: nameOf(by, at), ...institutionOf(person, at) }),
  }),

  left: async (_, at) => ({
    evenReplaced: true,
    notice: (person) => ({ notice: 'left', ...institutionOf(person, at) }),
  }),

  'people-changed': async (about, at) => {
    const { who, by, how } = about;
    const find = (code: string) => at.everyone.find(({ id }) => id === code) as PersonRow;
    const named = find(who);
    const came = how === 'left' ? undefined : find(by ?? who);
    return {
      notice: (person) => {
        const isReader = came?.id === person.id;
        return {
          notice: 'people-changed',
          how: changedFor(how, isReader),
          name: named.name,
          ...(by !== undefined && { by: find(by).name }),
          ...(by !== undefined && takesFocalPoint(who, find(by), at) && { focalPoint: true }),
          as: AS[named.role],
          ...institutionOf(named, at),
          ...(came &&
            !isReader &&
            hasAddress(came) && { contact: { email: came.email, ...(came.post && { post: came.post }) } }),
          requests: isReader ? linesOf(person, at) : [],
        };
      },
    };
  },

  'stands-in': async ({ absent, from, to, over, standIn }, at, { beside }) => ({
    notice: (person) => ({
      ...{ notice: 'stands-in', absent: nameOf(absent, at), from, to },
      requests: linesOf(person, at, beside),
      ...(over && { over: true }),
      ...(standIn !== undefined && { standIn: nameOf(standIn, at) }),
    }),
  }),

  invitation: async ({ session: number, sequence, method, kind, previousStartsAt }, at) => {
    const { outside, cooperation, version, change } = at;
    const stands = sessionIn(at, number);
    const session = dated(kind === 'undated' ? datedAs(stands, previousStartsAt) : stands);
    // Whoever gets the date when the agenda is out already gets the agenda with it.
    const agendaIsDue =
      (kind === 'new' || kind === 'moved') &&
      Date.parse(agendaAtOf(cooperation, session)) <= Date.parse(change.madeAt as string);
    const agenda = await agendaOf(outside, cooperation, number);
    const materials = materialsAskedOf(outside, cooperation, session);
    const toInvite = await toInviteOf(outside.caseFile, cooperation.id, number);
    const shows = ({ role }: PersonRow) =>
      role !== 'guest' && (method === 'REQUEST' || kind === 'cancelled') ? version : undefined;
    return {
      session: number,
      evenReplaced: method === 'CANCEL',
      notice: (person) => {
        const printed = shows(person);
        return {
          notice: 'invitation',
          session: sessionHeading(session),
          guest: person.role === 'guest',
          ...(printed && { programmeVersion: printed.version }),
          ...(kind !== 'new' && {
            change: { kind, reason: change.reason, ...(previousStartsAt && { previousStartsAt }) },
          }),
          ...(agendaIsDue && agenda(person)),
          ...(method === 'REQUEST' && materials(person)),
          ...(kind !== 'new' && toInvite(person)),
        };
      },
      attachmentsFor: async (person) => {
        const printed = shows(person);
        return printed ? programmeAttachments(outside, printed) : [];
      },
      calendar: calendarObject(outside, cooperation, session, { sequence, method }),
    };
  },

  convocation: async ({ sequence, method, kind, previousStartsAt }, at) => {
    const { outside, cooperation, change } = at;
    const stands = await meetingOf(outside.caseFile, cooperation.id);
    // What stands no more is told with the date that it had.
    const meeting =
      kind === 'undated' && previousStartsAt
        ? { ...stands, startsAt: previousStartsAt, endsAt: hoursAfter(previousStartsAt, stands.hours) }
        : stands;
    const notice = await convocationOf(outside, cooperation, meeting);
    const { reason } = change;
    const what = { reason, ...(previousStartsAt && { previousStartsAt }) };
    return {
      session: COORDINATION_MEETING,
      evenReplaced: method === 'CANCEL',
      notice: (person) => notice(person, kind === 'new' ? undefined : { kind, ...what }),
      calendar: meetingCalendar(outside, cooperation, meeting, { sequence, method }),
    };
  },

  'guests-named': async ({ session: number, how, guests }, at) => {
    const session = sessionIn(at, number);
    const named = at.everyone.filter(({ id }) => guests.includes(id));
    const by = at.everyone.find(({ id }) => id === at.change.by);
    return {
      session: number,
      notice: () => ({
        ...{ notice: 'guests-named', how, session: sessionHeading(session), reason: at.change.reason },
        by: by?.name ?? '',
        institution: namedPartyOf(at.cooperation.programme, by?.party ?? ''),
        people: named.map(({ name, post, email, count }) => ({
          name,
          count,
          ...(email && { email }),
          ...(post && { post }),
        })),
        invited: at.change.told.some(
          ({ person, about }) => about.notice === 'invitation' && guests.includes(person),
        ),
      }),
    };
  },

  'minutes-corrected': async ({ session }, at) => {
    const record = await sessionRecord(at.outside, sessionIn(at, session));
    return { notice: () => ({ notice: 'session-recorded', corrected: at.change.reason, ...record }) };
  },

  'meeting-corrected': async (_, { outside, cooperation, change }) => {
    const meeting = await meetingOf(outside.caseFile, cooperation.id);
    const left = await leftBehind(outside, meeting);
    return {
      session: COORDINATION_MEETING,
      notice: () => ({
        ...{ notice: 'meeting-corrected', corrected: change.reason, meeting: meetingHeading(meeting) },
        ...left,
      }),
    };
  },

  'programme-changed': async ({ session }, { change, version, outside, ...at }) => {
    if (!version) throw new Error(`change ${change.number} made no version of the programme`);
    const named = session !== undefined && (change.kind === 'name-guests' || change.kind === 'add-guest');
    const toInvite = named ? await toInviteOf(outside.caseFile, change.cooperation, session) : undefined;
    return {
      attachments: await programmeAttachments(outside, version),
      notice: (person) => ({
        ...{ notice: 'programme-changed', version: version.version, reason: change.reason },
        changes: change.programmeChanges,
        differences: version.differences,
        ...(session !== undefined && { session: sessionHeading(sessionIn(at, session)) }),
        ...toInvite?.(person),
      }),
    };
  },

  'document-withheld': async ({ document, released }, { outside, cooperation, change: { reason } }) => {
    const entries = await documentsOf(outside.caseFile, cooperation.id);
    const entry = entries.find((one) => documentVersionId(one) === document);
    if (!entry) throw new Error(`the case file has no document ${document} of ${cooperation.id}`);
    const published = wasPublished(entry, await readRecord(outside.caseFile, cooperation.id));
    return {
      notice: ({ language }) => ({
        ...{ notice: 'document-withheld', released, version: entry.version },
        ...(published && { published: { reason } }),
        title: documentTitle(entry, { language }),
        party: namedPartyOf(cooperation.programme, entry.party),
      }),
    };
  },

  'sheet-correction-cancelled': async (_, { outside, cooperation, change: { reason } }) => {
    const sheet = await standingSheet(outside.caseFile, cooperation.id);
    if (!sheet) throw new Error(`the case file has no published sheet of ${cooperation.id}`);
    const { version, withdrawn } = sheet;
    return {
      notice: () => ({
        ...{ notice: 'sheet-correction-cancelled', version, withdrawn: withdrawn !== null, reason },
      }),
    };
  },

  paused: async (_, { change: { reason }, ahead }) => ({
    notice: () => ({ notice: 'paused', reason, sessions: datedOf(ahead).map(sessionHeading) }),
  }),

  resumed: async (_, at) => ({
    notice: (person) => ({
      ...{ notice: 'resumed', reason: at.change.reason, requests: linesOf(person, at) },
      sessions: datedOf(at.ahead).map(sessionHeading),
    }),
  }),

  'cooperation-cancelled': async (_, { change: { reason }, cooperation, sessions }, { beside }) => {
    const cancelled = sessions.filter(({ cancelledAt }) => cancelledAt === cooperation.cancelledAt);
    const notHeld = notBeside(cancelled, beside);
    return {
      notice: () => ({ notice: 'cooperation-cancelled', reason, sessions: notHeld.map(sessionHeading) }),
    };
  },
};

/** A session on a date that it does not have any more. */
const datedAs = (session: SessionRow, startsAt = session.startsAt): SessionRow => ({
  ...session,
  startsAt,
  endsAt: startsAt && hoursAfter(startsAt, session.hours),
});

/** What is entered once everybody has been told something. */
export async function noteThingTold(
  about: Telling['about'],
  { outside, cooperation, change, ...at }: Circumstances,
  notified: NotifyResult,
): Promise<void> {
  if (about.notice === 'convocation' && about.method === 'REQUEST' && about.kind !== 'new') {
    const meeting = await meetingOf(outside.caseFile, cooperation.id);
    return noteConvened(outside, meeting, about.sequence, { change: change.number, ...notified });
  }
  if (about.notice !== 'invitation' || about.method !== 'REQUEST') return;
  const { session, sequence } = about;
  const { startsAt } = sessionIn(at, session);
  await addToRecord(outside.caseFile, {
    cooperation: cooperation.id,
    key: `invitation-sent:${session}:${sequence}`,
    at: outside.now(),
    kind: 'invitation-sent',
    data: { session, sequence, startsAt, change: change.number, ...notified },
  });
}

/** A request that is asked anew of some, or has another date. Whoever answered while it was on its way hears nothing. */
async function requestLetter(id: string, at: Circumstances) {
  const row = await requestOf(at, id);
  const parties = row.closedAt ? [] : (at.owed.find((one) => one.row.id === id)?.owing ?? []);
  return {
    row,
    notices: await requestNoticesOf(at.outside, row, parties),
    letter: { stillFor: stillOwed(at.outside, row), request: id },
  };
}

/**
 * Why a request comes to somebody who was not asked at first. Sent again to a corrected address, or to those who joined,
 * it says nothing.
 */
function passed(
  { how, from }: About<'request'>,
  at: Circumstances,
): Pick<Extract<Notice, { notice: 'request' }>, 'passed'> {
  if (how === 'corrected' || how === 'joined') return {};
  // Why somebody goes is not for those who have it from them.
  const reason = at.change.kind === 'remove-person' ? undefined : at.change.reason;
  return {
    passed: {
      how,
      ...(reason !== undefined && { reason }),
      ...(from !== undefined && { name: called(from, at) }),
    },
  };
}

const nameOf = (person: string, { everyone }: Circumstances): string =>
  everyone.find(({ id }) => id === person)?.name ?? person;

/** A person, or else a party, as mails call it. */
const called = (id: string, { everyone, cooperation }: Circumstances) =>
  everyone.find((one) => one.id === id)?.name ?? namedPartyOf(cooperation.programme, id);

const AS = {
  delegate: 'ministry',
  staff: 'secretariat',
  consultant: 'consultant',
  observer: 'observer',
  guest: 'ministry',
} as const satisfies Record<PersonRow['role'], string>;

/** Somebody takes the place of a focal point, and is the one of their institution. */
const takesFocalPoint = (of: string, { focalPoint }: PersonRow, { everyone }: Circumstances): boolean =>
  focalPoint && everyone.find(({ id }) => id === of)?.focalPoint === true;

const changedFor = (how: About<'people-changed'>['how'], isReader: boolean) => {
  if (how === 'focal-point') return isReader ? 'yourFocalPoint' : 'focalPoint';
  return how === 'replaced' && isReader ? 'yourPlace' : how;
};

const institutionOf = ({ party, role }: PersonRow, { cooperation }: Circumstances) =>
  role === 'consultant' || role === 'observer'
    ? {}
    : { institution: namedPartyOf(cooperation.programme, party) };

/** What is asked of somebody's party, but for what the mail asks beside. */
const linesOf = (
  { party, role }: PersonRow,
  { owed }: Circumstances,
  beside: readonly Telling['about'][] = [],
): RequestLine[] =>
  role === 'guest'
    ? []
    : owed
        .filter(({ owing }) => owing.includes(party))
        .filter(({ row }) => !beside.some((one) => one.notice === 'request' && one.request === row.id))
        .map(({ row }) => lineOf(row));

/** Sessions but for those that the mail invites to, or takes out of the calendar. */
const notBeside = (sessions: readonly SessionRow[], beside: readonly Telling['about'][]): SessionRow[] =>
  sessions.filter(
    ({ number }) => !beside.some((one) => one.notice === 'invitation' && one.session === number),
  );

const lineOf = ({ id, kind, item, dueAt }: RequestRow): RequestLine => ({
  id,
  kind,
  dueAt,
  ...(item !== null && { n: item }),
});

const datedOf = (sessions: readonly SessionRow[]) => sessions.filter(({ startsAt }) => startsAt !== null);

const sessionIn = ({ sessions }: Pick<Circumstances, 'sessions'>, number: number): SessionRow =>
  sessions.find((one) => one.number === number) as SessionRow;

async function requestOf({ outside, cooperation }: Circumstances, id: string): Promise<RequestRow> {
  const row = await findRequest(outside.caseFile, cooperation.id, id);
  if (!row) throw new Error(`the case file has no request ${id} of ${cooperation.id}`);
  return row;
}

async function owedIn(db: CaseFile, cooperation: string): Promise<Circumstances['owed']> {
  const answers = await answersTo(db, cooperation);
  return (await openRequestsOf(db, cooperation)).map((row) => ({
    row,
    owing: owingOf(
      row,
      answers.filter(({ request }) => request === row.id),
    ),
  }));
}
