import { scopeOf, workflowId } from '../../workflows/messages.ts';
import type { CaseView, RequestView } from '../casefile/caseView.ts';
import type { RecordKind } from '../casefile/schema.ts';
import { hoursAfter, instantOf } from '../domain/dates.ts';
import type { Step } from '../domain/methodology.ts';
import { CONSULTANT } from '../domain/programme.ts';
import type { Attempt, Rehearsed } from './rehearse.ts';

/** What happened in a rehearsal, in its order: from the case file's record, its mails and its dates. */

/** Kinds of the record are as there; mails are told one by one, and what the record cannot hold is added. */
export type TimelineKind =
  | Exclude<RecordKind, 'mail-sent' | 'mail-refused'>
  | 'coordination'
  | 'session'
  | 'mail'
  | 'reminder'
  | 'escalation'
  | 'mail-refused'
  | 'mail-unsent'
  | 'due'
  | 'refused'
  | 'waiting';

type Mail = CaseView['mails'][number];
export type Entry = {
  /** To the minute (ISO 8601, UTC): seconds of a rehearsal mean nothing. */
  at: string;
  /** The IANA zone of whom it concerns. */
  timeZone: string;
  /** On that clock: `2021-06-10 10:00 America/New_York`. */
  local: string;
  /** The workflow it belongs to, where it does. */
  workflow: string | null;
  party: string | null;
  person: string | null;
  kind: TimelineKind;
  request?: string;
  session?: number;
  /** What the text is made of. */
  of:
    | { record: CaseView['record'][number] }
    | { mail: Mail }
    | { meeting: { startsAt: string; endsAt: string } }
    | { due: RequestView; owing: string[] }
    | { waiting: RequestView }
    | { attempt: Attempt };
};

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
const LAST: readonly string[] = ['cooperation-closed', 'waiting'];
/** Changes, and whatever else the record may hold, are done by somebody. */
const rankOf = (kind: string): number =>
  LAST.includes(kind) ? 1000 : ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.indexOf('request-closed');

export function timelineOf({ view, from, to, refusals }: Rehearsed): Entry[] {
  const { id, programme } = view;
  const secretariat = programme.institutions.find(({ role }) => role === 'secretariat');
  const zoneOf = (party: string | null | undefined, person?: string | null): string =>
    view.people.find((one) => one.id === person)?.timeZone ??
    programme.institutions.find((one) => one.id === party)?.timezone ??
    (party === CONSULTANT ? view.people.find(({ role }) => role === 'consultant')?.timeZone : undefined) ??
    secretariat?.timezone ??
    'UTC';
  const workflow = (scope: string | undefined) => workflowId(id, scope);
  const ofRequest = (request: string) => ({ request, workflow: workflow(scopeOf(request)) });
  const ofSession = (session: number) => ({ session, workflow: workflow(`session-${session}`) });

  const recorded = view.record.flatMap((record): Draft[] => {
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

  const mails = view.mails.map((mail): Draft => {
    const person = view.people.find((one) => one.id === mail.person);
    const request = view.requests.find((one) => one.id === mail.request);
    const reminder = mail.notice === 'reminder';
    const escalates = reminder && !request?.asked.some(({ party }) => party === person?.party);
    return {
      at: mail.sentAt ?? mail.preparedAt,
      kind:
        mail.state === 'refused'
          ? 'mail-refused'
          : mail.state !== 'sent'
            ? 'mail-unsent'
            : escalates
              ? 'escalation'
              : reminder
                ? 'reminder'
                : 'mail',
      party: person?.party ?? null,
      person: mail.person,
      timeZone: zoneOf(person?.party, mail.person),
      workflow: mail.request ? workflow(scopeOf(mail.request)) : workflow(undefined),
      ...(mail.request && { request: mail.request }),
      of: { mail },
    };
  });

  const dues = view.requests
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

  const refused = refusals.map(
    (attempt): Draft => ({
      at: attempt.at,
      kind: 'refused',
      party: attempt.party ?? view.people.find((one) => one.id === attempt.person)?.party ?? null,
      person: attempt.person,
      timeZone: zoneOf(attempt.party, attempt.person),
      workflow: workflow(undefined),
      ...(attempt.request && ofRequest(attempt.request)),
      of: { attempt },
    }),
  );

  const waiting = view.closedAt
    ? []
    : view.requests
        .filter(({ closedAt }) => closedAt === null)
        .map(
          (request): Draft => ({
            at: to,
            kind: 'waiting',
            party: request.owing.length === 1 ? (request.owing[0] ?? null) : null,
            person: null,
            timeZone: zoneOf(request.owing[0] ?? null),
            ...ofRequest(request.id),
            of: { waiting: request },
          }),
        );

  return [...recorded, ...mails, ...dues, ...meetings(), ...refused, ...waiting]
    .map((draft): Entry => {
      const at = minuteOf(draft.at);
      return { ...draft, at, local: localOf(at, draft.timeZone) };
    })
    .sort(inOrder);

  /** The coordination meeting, and each session at the time that its last invitation gave. */
  function meetings(): Draft[] {
    const { date, starts, timezone, hours = 1 } = programme.coordination;
    const startsAt = instantOf(date, starts, timezone);
    const coordination: Draft = {
      at: startsAt,
      kind: 'coordination',
      party: null,
      person: null,
      timeZone: timezone,
      workflow: workflow('coordination'),
      of: { meeting: { startsAt, endsAt: hoursAfter(startsAt, hours) } },
    };
    const invitations = view.record.flatMap(({ kind, at, data }) => {
      const { session, startsAt, sequence } = (data ?? {}) as Record<string, unknown>;
      return kind === 'invitation-sent' && typeof session === 'number' && typeof startsAt === 'string'
        ? [{ at, session, startsAt, sequence: Number(sequence) }]
        : [];
    });
    const held = invitations
      .filter(
        (one) =>
          one.startsAt <= to &&
          !invitations.some(
            (other) =>
              other.session === one.session && other.sequence > one.sequence && other.at <= one.startsAt,
          ) &&
          !cancelledBefore(one.session, one.startsAt),
      )
      // A change of details invites again to the same time.
      .filter(
        (one, index, all) =>
          all.findLastIndex(
            ({ session, startsAt }) => session === one.session && startsAt === one.startsAt,
          ) === index,
      )
      .flatMap(({ session, startsAt }): Draft[] => {
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
    return [...(startsAt >= from && startsAt <= to ? [coordination] : []), ...held];
  }

  function cancelledBefore(session: number, startsAt: string): boolean {
    return view.record.some(
      ({ kind, at, data }) =>
        /^(session|cooperation)-cancelled$/.test(kind) &&
        at <= startsAt &&
        (kind === ('cooperation-cancelled' as string) || (data as { session?: number })?.session === session),
    );
  }
}

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

function localOf(instant: string, timeZone: string): string {
  const text = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  );
  return `${text} ${timeZone}`;
}

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

/** What it came to for each person and party. */
export type Sums = {
  mails: {
    person: string;
    name: string;
    party: string;
    role: CaseView['people'][number]['role'];
    sent: number;
    reminders: number;
    refused: number;
    unsent: number;
  }[];
  /** Calendar days on which a party was waited on, and of these the ones after a due date. */
  waited: { party: string; label: string; days: number; overdue: number }[];
};

export function sumsOf({ view, to }: Rehearsed): Sums {
  const parties = new Map(view.requests.flatMap(({ asked }) => asked.map((one) => [one.party, one.label])));
  return {
    mails: view.people.map(({ id, name, party, role }) => {
      const own = view.mails.filter(({ person }) => person === id);
      const sent = own.filter(({ state }) => state === 'sent');
      return {
        person: id,
        name,
        party,
        role,
        sent: sent.length,
        reminders: sent.filter(({ notice }) => notice === 'reminder').length,
        refused: own.filter(({ state }) => state === 'refused').length,
        unsent: own.filter(({ state }) => state === 'pending').length,
      };
    }),
    waited: [...parties].map(([party, label]) => {
      const spans = view.requests
        .filter(({ asked }) => asked.some((one) => one.party === party))
        .map((request) => {
          const answered = request.answers.find((answer) => answer.party === party)?.at;
          const end = Date.parse(answered ?? request.closedAt ?? to);
          return { from: Date.parse(request.openedAt), due: Date.parse(request.dueAt), to: end };
        });
      return {
        party,
        label,
        days: daysIn(spans.map(({ from, to }) => [from, to])),
        overdue: daysIn(spans.map(({ due, to }) => [due, to])),
      };
    }),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** How many days several spans cover, each moment counted once; in halves, since minutes mean nothing. */
function daysIn(spans: [number, number][]): number {
  let covered = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [from, to] of spans.filter(([from, to]) => from < to).sort(([a], [b]) => a - b)) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return Math.round((covered / DAY_MS) * 2) / 2;
}
