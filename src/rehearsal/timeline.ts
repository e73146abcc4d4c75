import type { CaseView } from '../domain/caseView.ts';
import { dateIn, hoursAfter, timeIn } from '../domain/dates/dates.ts';
import { sessionScopeId, workflowId } from '../domain/ids.ts';
import type { Step } from '../domain/methodology.ts';
import { CONSULTANT } from '../domain/methodology.ts';
import { secretariatAmong } from '../domain/people/party.ts';
import type { Entry, RehearsalResult, TimelineKind } from '../domain/rehearsal.ts';
import { scopeOf } from '../domain/request.ts';

/** What happened in a rehearsal, in its order: from the case file's record, its mails and its dates. */

type Mail = CaseView['mails'][number];
type Draft = Omit<Entry, 'at' | 'local'> & { at: string };

/** What comes first of what is told of the same minute: what is done, then what follows from it. */
const ORDER: readonly string[] = [
  'cooperation-filed',
  'coordination',
  'session',
  'due',
  'reminder',
  'escalation',
  'refused',
  'answer-received',
  'document-added',
  'question-asked',
  'question-answered',
  'consultant-named',
  'request-closed',
  'date-fixed',
  'session-recorded',
  'sheet-published',
  'programme-made',
  'programme-issued',
  'mail',
  'mail-refused',
  'mail-unsent',
];
const LAST: readonly string[] = ['cooperation-closed', 'cooperation-followed-up', 'waiting'];
/** Changes, and whatever else the record may hold, are done by somebody. */
const rankOf = (kind: string): number =>
  LAST.includes(kind) ? 1000 : ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.indexOf('request-closed');

/** What the parts of a timeline are made of: a rehearsal, and where what happened in it belongs. */
type Setting = RehearsalResult & {
  /** The clock of a person, else of a party, else of the Secretariat. */
  zoneOf(party: string | null | undefined, person?: string | null): string;
  workflow(scope?: string): string;
  ofRequest(request: string): { request: string; workflow: string };
  ofSession(session: number): { session: number; workflow: string };
};

function settingOf(rehearsed: RehearsalResult): Setting {
  const { id, programme, people } = rehearsed.view;
  const workflow = (scope?: string) => workflowId(id, scope);
  return {
    ...rehearsed,
    zoneOf: (party, person) =>
      people.find((one) => one.id === person)?.timeZone ??
      programme.institutions.find((one) => one.id === party)?.timezone ??
      (party === CONSULTANT ? people.find(({ role }) => role === 'consultant')?.timeZone : undefined) ??
      secretariatAmong(programme.institutions).timezone,
    workflow,
    ofRequest: (request) => ({ request, workflow: workflow(scopeOf({ id: request })) }),
    ofSession: (session) => ({ session, workflow: workflow(sessionScopeId(session)) }),
  };
}

export function timelineOf(rehearsed: RehearsalResult): Entry[] {
  const setting = settingOf(rehearsed);
  const parts = [records, mails, dues, coordination, sessions, refused, waiting];
  return parts
    .flatMap((part) => part(setting))
    .map((draft): Entry => {
      const at = minuteOf(draft.at);
      return { ...draft, at, local: localOf(at, draft.timeZone) };
    })
    .sort(inOrder);
}

/** Entries of the record; those of mails are told as mails. */
function records({ view, zoneOf, workflow, ofRequest, ofSession }: Setting): Draft[] {
  return view.record.flatMap((record): Draft[] => {
    const { at, kind, party, person } = record;
    if (kind === 'mail-sent' || kind === 'mail-refused') return [];
    const data = (record.data ?? {}) as Record<string, unknown>;
    const parties = Array.isArray(data.parties) ? data.parties.map(String) : [];
    const concerned = party ?? parties[0] ?? null;
    return [
      {
        at,
        kind,
        party: party ?? (parties.length === 1 ? (parties[0] as string) : null),
        person,
        timeZone: zoneOf(concerned, person),
        workflow: workflow(undefined),
        ...(typeof data.request === 'string' && ofRequest(data.request)),
        ...(typeof data.session === 'number' && ofSession(data.session)),
        ...(kind in STEP_OF && { workflow: workflow(STEP_OF[kind]) }),
        of: { record },
      },
    ];
  });
}

function mails({ view, zoneOf, workflow, ofRequest }: Setting): Draft[] {
  return view.mails.map((mail): Draft => {
    const person = view.people.find((one) => one.id === mail.person);
    return {
      at: mail.sentAt ?? mail.preparedAt,
      kind: mailKind(mail, view),
      party: person?.party ?? null,
      person: mail.person,
      timeZone: zoneOf(person?.party, mail.person),
      workflow: workflow(undefined),
      ...(mail.request && ofRequest(mail.request)),
      of: { mail },
    };
  });
}

/** A reminder to somebody who was not asked is how silence goes up. */
function mailKind(
  mail: Pick<Mail, 'state' | 'notice' | 'request' | 'person'>,
  { people, requests }: Pick<CaseView, 'people' | 'requests'>,
): TimelineKind {
  if (mail.state === 'refused') return 'mail-refused';
  if (mail.state !== 'sent') return 'mail-unsent';
  if (mail.notice !== 'reminder') return 'mail';
  const party = people.find(({ id }) => id === mail.person)?.party;
  const request = requests.find(({ id }) => id === mail.request);
  return request?.asked.some((asked) => asked.party === party) ? 'reminder' : 'escalation';
}

/** Due dates that passed with somebody still owing. */
function dues({ view, to, zoneOf, ofRequest }: Setting): Draft[] {
  return view.requests
    .filter(({ dueAt, closedAt }) => dueAt <= to && !(closedAt !== null && closedAt <= dueAt))
    .map((request): Draft => {
      const owing = request.asked.filter(
        ({ party }) =>
          !request.answers.some((answer) => answer.party === party && answer.at <= request.dueAt),
      );
      return {
        at: request.dueAt,
        kind: 'due',
        party: owing.length === 1 ? (owing[0]?.party ?? null) : null,
        person: null,
        timeZone: zoneOf(owing[0]?.party ?? null),
        ...ofRequest(request.id),
        of: { due: request, owing: owing.map(({ party }) => party) },
      };
    });
}

/** The meeting at the time that it was held at, where it lay ahead at the start. */
function coordination({ view, from, to, workflow }: Setting): Draft[] {
  const { startsAt, endsAt, timeZone, cancelledAt, notHeldAt } = view.meeting;
  if (cancelledAt || notHeldAt || startsAt < from || startsAt > to) return [];
  return [
    {
      at: startsAt,
      kind: 'coordination',
      party: null,
      person: null,
      timeZone,
      workflow: workflow('coordination'),
      of: { meeting: { startsAt, endsAt } },
    },
  ];
}

/** Each session at the times that it was held at. */
const sessions = ({ view, to, ofSession }: Setting): Draft[] =>
  heldTimes(view.record, to).flatMap(({ session, startsAt }): Draft[] => {
    const found = view.sessions.find(({ number }) => number === session);
    if (!found) return [];
    return [
      {
        at: startsAt,
        kind: 'session',
        party: null,
        person: null,
        timeZone: found.timeZone,
        ...ofSession(session),
        of: { meeting: { startsAt, endsAt: hoursAfter(startsAt, found.hours) } },
      },
    ];
  });

/** The times up to an instant to which a session was invited, neither moved nor cancelled before they came. */
function heldTimes(record: CaseView['record'], to: string): { session: number; startsAt: string }[] {
  const invitations = record.flatMap(({ kind, at, data }) => {
    const { session, startsAt, sequence } = (data ?? {}) as Record<string, unknown>;
    return kind === 'invitation-sent' && typeof session === 'number' && typeof startsAt === 'string'
      ? [{ at, session, startsAt, sequence: Number(sequence) }]
      : [];
  });
  const moved = ({ session, sequence, startsAt }: (typeof invitations)[number]) =>
    invitations.some((one) => one.session === session && one.sequence > sequence && one.at <= startsAt);
  return (
    invitations
      .filter((one) => one.startsAt <= to && !moved(one) && !cancelledBefore(record, one))
      // A change of details invites again to the same time.
      .filter(
        (one, index, all) =>
          all.findLastIndex(
            ({ session, startsAt }) => session === one.session && startsAt === one.startsAt,
          ) === index,
      )
  );
}

const cancelledBefore = (
  record: CaseView['record'],
  { session, startsAt }: { session: number; startsAt: string },
): boolean =>
  record.some(
    ({ kind, at, data }) =>
      at <= startsAt &&
      (kind === 'cooperation-cancelled' ||
        (kind === 'session-cancelled' && (data as { session?: number } | null)?.session === session)),
  );

const refused = ({ view, refusals, zoneOf, workflow, ofRequest }: Setting): Draft[] =>
  refusals.map((attempt) => ({
    at: attempt.at,
    kind: 'refused',
    party: attempt.party ?? view.people.find((one) => one.id === attempt.person)?.party ?? null,
    person: attempt.person,
    timeZone: zoneOf(attempt.party, attempt.person),
    workflow: workflow(undefined),
    ...(attempt.request && ofRequest(attempt.request)),
    of: { attempt },
  }));

/** What is still asked at the end, in a case that is not closed. */
const waiting = ({ view, to, zoneOf, ofRequest }: Setting): Draft[] =>
  view.requests
    .filter(({ closedAt }) => view.closedAt === null && closedAt === null)
    .map((request) => ({
      at: to,
      kind: 'waiting',
      party: request.owing.length === 1 ? (request.owing[0] ?? null) : null,
      person: null,
      timeZone: zoneOf(request.owing[0] ?? null),
      ...ofRequest(request.id),
      of: { waiting: request },
    }));

/** The workflow that an entry of the record belongs to, where it names neither a request nor a session. */
const STEP_OF: Partial<Record<string, Step>> = {
  'programme-issued': 'coordination',
  'question-asked': 'documents',
  'question-answered': 'documents',
  'document-added': 'documents',
  'consultant-named': 'systematization',
  'sheet-published': 'systematization',
};

const minuteOf = (instant: string): string => `${instant.slice(0, 16)}:00.000Z`;

const localOf = (instant: string, timeZone: string): string =>
  `${dateIn(instant, timeZone)} ${timeIn(instant, timeZone)} ${timeZone}`;

/** The same for each run: what happens within a minute is told in an order of its own. */
function inOrder(a: Entry, b: Entry): number {
  const keys = (entry: Entry) => [
    entry.at,
    String(rankOf(entry.kind)).padStart(4, '0'),
    entry.kind,
    'mail' in entry.of ? entry.of.mail.notice : '',
    entry.request ?? '',
    String(entry.session ?? ''),
    entry.party ?? '',
    entry.person ?? '',
    'record' in entry.of ? JSON.stringify((entry.of.record.data as { version?: number })?.version ?? '') : '',
  ];
  const [left, right] = [keys(a), keys(b)];
  const at = left.findIndex((key, index) => key !== right[index]);
  return at < 0 ? 0 : (left[at] as string) < (right[at] as string) ? -1 : 1;
}
