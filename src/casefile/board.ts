import { sql } from 'kysely';
import type { CaseView } from '../domain/caseView.ts';
import type { RequestKind } from '../domain/kinds/index.ts';
import { awayAmong } from '../domain/mails/awayReply.ts';
import type { Step } from '../domain/methodology.ts';
import { officerToTurnTo } from '../domain/people/officer.ts';
import type { Institution } from '../domain/programme/programme.ts';
import { CASE_STATES, type CaseState, caseState, type MeetingTimes } from '../domain/standing.ts';
import type { CaseFile } from './database/database.ts';
import { absencesOf } from './handOvers.ts';
import { awayRepliesOf } from './mails/incomingMails.ts';
import { owingOf } from './requests.ts';
import { sheetDatesOf } from './results/sheets.ts';
import { KINDS_AFTER_SESSIONS, stepOf, stepsOf } from './steps.ts';

/**
 * What the board of all cooperations shows, and no more: a handful of queries however many there are. How many stand how
 * is counted over all of them, what else is shown is read of those on the page alone.
 */

/** How one cooperation stands: what the board is ordered, counted and filtered by. */
export type Standing = {
  id: string;
  callNumber: number;
  callYear: number;
  state: CaseState;
  /** Somebody is late. */
  overdue: boolean;
  /** Somebody of OAS owes an answer, or every reminder has gone out and it is for OAS to decide. */
  secretariat: boolean;
};

export const SHOWS = ['all', 'overdue', 'secretariat', ...CASE_STATES] as const;
export type Show = (typeof SHOWS)[number];

/** So many stand alike. */
export type StandingCount = Omit<Standing, 'id'> & { count: number };

/** What of them is looked at; all, where it does not say. */
export type StandingFilter = {
  show?: Show;
  call?: Pick<Standing, 'callNumber' | 'callYear'> | undefined;
  from?: number;
  most?: number;
};

/** Whether a filter shows those that stand like this. */
export const isShown = (standing: Omit<StandingCount, 'count'>, show: Show): boolean =>
  show === 'all' || (show === 'overdue' || show === 'secretariat' ? standing[show] : standing.state === show);

type Instants = { openedAt: string; dueAt: string };

/** One party that owes one answer. */
export type OwedAnswer = Instants & {
  request: string;
  kind: RequestKind;
  item: number | null;
  party: string;
  overdue: boolean;
  /** Every reminder has gone out. */
  forSecretariat: boolean;
  /** Whose mailbox answered of late that they are away, of the party that it waits on. */
  away: { name: string; at: string }[];
};

export type BoardSession = Pick<
  CaseView['sessions'][number],
  'number' | 'startsAt' | 'endsAt' | 'window' | 'recordedAt' | 'cancelledAt'
>;

/** A cooperation as the board shows it. */
export type BoardRow = Standing &
  Pick<
    CaseView,
    'language' | 'closedAt' | 'cancelledAt' | 'pausedAt' | 'followUps' | 'followedUpAt' | 'steps'
  > & {
    subject: string;
    institutions: Institution[];
    meeting: MeetingTimes;
    sessions: BoardSession[];
    /** The overdue first, then by the day they are due. */
    owed: OwedAnswer[];
    /** When the sheet was published or withdrawn, or else when what was last asked for it is due. */
    sheet: Milestone | undefined;
    /** The same of the Final Report, which is there once the cooperation is closed. */
    report: Milestone | undefined;
    /** Who is turned to while the first officer is away, and until when (a day). */
    standsIn: { name: string; of: string; until: string } | undefined;
  };
/** `withdrawn`: it was there, and is there no more. */
export type Milestone = { at: string; done: boolean; withdrawn?: true };

/** How many stand how, the newest call first: two narrow rows a cooperation are read, whatever its case file holds. */
export async function standingCounts(db: CaseFile, now: string): Promise<StandingCount[]> {
  const { rows } = await sql<Ends & Omit<StandingCount, 'state'>>`
    select call_year, call_number, closed, cancelled, paused, followed_up, overdue, secretariat, count(*)::int as count
    from ${standingAt(now)}
    group by call_year, call_number, closed, cancelled, paused, followed_up, overdue, secretariat
    order by call_year desc, call_number desc
  `.execute(db);
  return rows.map(withState);
}

/** How each cooperation stands: the newest call first, in it the overdue first and what has ended last. */
export async function standings(
  db: CaseFile,
  now: string,
  { show = 'all', call, from = 0, most }: StandingFilter = {},
): Promise<Standing[]> {
  const { rows } = await sql<Ends & Omit<Standing, 'state'>>`
    select id, call_year, call_number, closed, cancelled, paused, followed_up, overdue, secretariat
    from ${standingAt(now)}
    where ${shownBy(show)}
      and ${call ? sql`call_year = ${call.callYear} and call_number = ${call.callNumber}` : sql`true`}
    order by call_year desc, call_number desc, overdue desc, closed, due_at nulls last, id
    offset ${from} limit ${most ?? null}
  `.execute(db);
  return rows.map(withState);
}

/** Which of a cooperation's ends have come. */
type Ends = Record<'closed' | 'cancelled' | 'paused' | 'followedUp', boolean>;

/** A cooperation's state asks of its instants whether there are any. */
const stateOf = ({ closed, cancelled, paused, followedUp }: Ends): CaseState => {
  const at = (is: boolean) => (is ? 'then' : null);
  return caseState({
    ...{ closedAt: at(closed), cancelledAt: at(cancelled) },
    ...{ pausedAt: at(paused), followedUpAt: at(followedUp) },
  });
};

/** A row with its state in place of the ends that it follows from. */
const withState = <Row extends Ends>({ closed, cancelled, paused, followedUp, ...row }: Row) => ({
  ...row,
  state: stateOf({ closed, cancelled, paused, followedUp }),
});

const BOTH = [false, true];
/** Each way in which the ends of a cooperation may have come. */
const ALL_ENDS: Ends[] = BOTH.flatMap((closed) =>
  BOTH.flatMap((cancelled) =>
    BOTH.flatMap((paused) => BOTH.map((followedUp) => ({ closed, cancelled, paused, followedUp }))),
  ),
);

function shownBy(show: Show) {
  if (show === 'all') return sql`true`;
  if (show === 'overdue' || show === 'secretariat') return sql.ref(show);
  const those = ALL_ENDS.filter((ends) => stateOf(ends) === show).map(
    ({ closed, cancelled, paused, followedUp }) => sql`(${closed}, ${cancelled}, ${paused}, ${followedUp})`,
  );
  return sql`(closed, cancelled, paused, followed_up) in (${sql.join(those)})`;
}

/** All cooperations as they stand at an instant. */
const standingAt = (now: string) => sql`(
  select cooperation as id, call_year, call_number, closed, cancelled, paused, followed_up, due_at,
    not paused and coalesce(due_at < ${now}::timestamptz, false) as overdue,
    secretariat_owes or (not paused and coalesce(reminded_at < ${now}::timestamptz, false)) as secretariat
  from cooperation_standing
) standing`;

/** What the board shows of these cooperations, in their order. */
export async function boardRows(db: CaseFile, shown: readonly Standing[], now: string): Promise<BoardRow[]> {
  if (shown.length === 0) return [];
  const ids = shown.map(({ id }) => id);
  const [
    cooperations,
    meetings,
    sessions,
    requests,
    answers,
    events,
    officers,
    absences,
    people,
    awayReplies,
    sheets,
  ] = await readRows(db, ids);
  const of = {
    sessions: Map.groupBy(sessions, ({ cooperation }) => cooperation),
    requests: Map.groupBy(requests, ({ cooperation }) => cooperation),
    answers: Map.groupBy(answers, ({ cooperation, request }) => `${cooperation} ${request}`),
    events: Map.groupBy(events, ({ cooperation }) => cooperation),
  };
  const standsInAt = (id: string): BoardRow['standsIn'] => {
    const mine = <T extends { cooperation: string }>(all: readonly T[]) =>
      all.filter(({ cooperation }) => cooperation === id);
    const found = officerToTurnTo(mine(officers), mine(absences), now);
    const { name } = found?.officer ?? {};
    return name && found?.absent ? { name, of: found.absent.of.name, until: found.absent.until } : undefined;
  };
  const isPast = (instant: string) => Date.parse(instant) < Date.parse(now);

  return shown.flatMap((standing): BoardRow[] => {
    const cooperation = cooperations.find(({ id }) => id === standing.id);
    const meeting = meetings.find((one) => one.cooperation === standing.id);
    if (!cooperation || !meeting) return [];
    const { closedAt, cancelledAt, pausedAt } = cooperation;
    const asked = of.requests.get(standing.id) ?? [];
    const isOwn = (one: { cooperation: string }) => one.cooperation === standing.id;
    const away = { people: people.filter(isOwn), awayReplies: awayReplies.filter(isOwn) };
    const own = of.sessions.get(standing.id) ?? [];
    const at = (kind: string) => of.events.get(standing.id)?.find((event) => event.kind === kind)?.at;
    const owed = asked
      .filter((request) => request.closedAt === null)
      .flatMap(({ id, kind, item, openedAt, dueAt, reminders, ...request }) =>
        owingOf(request, of.answers.get(`${standing.id} ${id}`) ?? []).map((party) => ({
          ...{ request: id, kind, item, openedAt, dueAt, party },
          overdue: pausedAt === null && isPast(dueAt),
          forSecretariat: pausedAt === null && reminders.every(isPast),
          away: awayAmong(away, party, now),
        })),
      )
      .sort((a, b) => Number(b.overdue) - Number(a.overdue));
    const sheet = sheets.find(isOwn);
    const accepted = closedAt !== null && cancelledAt === null;
    return [
      {
        ...standing,
        ...cooperation,
        meeting,
        steps: stepsOf({
          issued: at('programme-issued') !== undefined,
          published: sheet !== undefined,
          ...{ closedAt, cancelledAt, sessions: own, requests: asked },
        }),
        sessions: own.map(({ cooperation: _, windowFrom, windowTo, ...session }) => ({
          ...session,
          window: windowFrom && windowTo ? { from: windowFrom, to: windowTo } : null,
        })),
        owed,
        sheet: sheetMilestone(sheet, asked),
        standsIn: standsInAt(standing.id),
        report: accepted && closedAt ? { at: closedAt, done: true } : dueIn(asked, 'final-report'),
      },
    ];
  });
}

/** What the case file has of these cooperations that the board shows. */
const readRows = (db: CaseFile, ids: string[]) =>
  Promise.all([
    db
      .selectFrom('cooperation')
      .select(['id', 'language', 'closedAt', 'cancelledAt', 'pausedAt', 'followUps', 'followedUpAt'])
      .select([
        sql<string>`programme->>'subject'`.as('subject'),
        sql<Institution[]>`programme->'institutions'`.as('institutions'),
      ])
      .where('id', 'in', ids)
      .execute(),
    db
      .selectFrom('meeting')
      .select(['cooperation', 'startsAt', 'endsAt', 'recordedAt', 'notHeldAt', 'cancelledAt'])
      .where('cooperation', 'in', ids)
      .execute(),
    db
      .selectFrom('session')
      .select(['cooperation', 'number', 'startsAt', 'endsAt', 'windowFrom', 'windowTo', 'recordedAt'])
      .select('cancelledAt')
      .where('cooperation', 'in', ids)
      .orderBy('number')
      .execute(),
    // What is closed matters to the steps after the sessions alone.
    db
      .selectFrom('request')
      .select(['cooperation', 'id', 'kind', 'item', 'parties', 'waived', 'reminders', 'openedAt', 'dueAt'])
      .select('closedAt')
      .where('cooperation', 'in', ids)
      .where((row) => row.or([row('closedAt', 'is', null), row('kind', 'in', KINDS_AFTER_SESSIONS)]))
      .orderBy('dueAt')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('answer')
      .innerJoin('request', (join) =>
        join
          .onRef('request.cooperation', '=', 'answer.cooperation')
          .onRef('request.id', '=', 'answer.request'),
      )
      .select(['answer.cooperation', 'answer.request', 'answer.party'])
      .where('answer.cooperation', 'in', ids)
      .where('request.closedAt', 'is', null)
      .execute(),
    db
      .selectFrom('record')
      .select(['cooperation', 'kind'])
      .select(({ fn }) => fn.max('at').as('at'))
      .where('cooperation', 'in', ids)
      .where('kind', '=', 'programme-issued')
      .groupBy(['cooperation', 'kind'])
      .execute(),
    db
      .selectFrom('person')
      .select(['cooperation', 'id', 'name', 'timeZone'])
      .where('cooperation', 'in', ids)
      .where('role', '=', 'staff')
      .where('active', '=', true)
      .where('email', 'is not', null)
      .orderBy('position')
      .orderBy('id')
      .execute(),
    absencesOf(db, ids),
    db
      .selectFrom('person')
      .select(['cooperation', 'id', 'party', 'name', 'active'])
      .where('cooperation', 'in', ids)
      .where('active', '=', true)
      .execute(),
    awayRepliesOf(db, ids),
    sheetDatesOf(db, ids),
  ]);

type DueRequest = { id: string; kind: RequestKind; dueAt: string };

/** A sheet that was withdrawn is not there, until its corrected version is. */
const sheetMilestone = (
  sheet: Awaited<ReturnType<typeof sheetDatesOf>>[number] | undefined,
  asked: readonly DueRequest[],
): Milestone | undefined => {
  if (!sheet) return dueIn(asked, 'systematization');
  const { publishedAt, withdrawnAt } = sheet;
  return withdrawnAt ? { at: withdrawnAt, done: false, withdrawn: true } : { at: publishedAt, done: true };
};

/** Until when the last request of a step is to be answered. */
function dueIn(requests: readonly DueRequest[], step: Step): Milestone | undefined {
  const due = requests.filter((request) => stepOf(request) === step).at(-1)?.dueAt;
  return due ? { at: due, done: false } : undefined;
}
