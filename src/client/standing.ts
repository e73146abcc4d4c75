import { opened } from '../../workflows/desk/heldRequest.ts';
import type { ExchangeState } from '../../workflows/documentExchange.ts';
import type { CooperationState } from '../../workflows/state.ts';
import type { Troubles } from '../../workflows/step.ts';
import type { CaseFile } from '../casefile/database/database.ts';
import type { NewsRow, RequestRow } from '../casefile/database/schema.ts';
import { mailTroublesOf } from '../casefile/mails/mailTroubles.ts';
import { newsOf } from '../casefile/mails/news.ts';
import { requestState, standingOf } from '../casefile/requests.ts';
import { type CaseRows, rowsOf } from '../casefile/rows.ts';
import { hadConsequence, sessionStateOf } from '../casefile/sessionState.ts';
import { isShared } from '../domain/document.ts';
import { documentVersionId, sessionScopeId, sheetScopeId } from '../domain/ids.ts';
import { FOLLOW_UP } from '../domain/methodology.ts';
import type { Plan, SessionOfPlan } from '../domain/programme/plan.ts';
import { sessionOpensAt, sessionSettlesAt } from '../domain/programme/planOf.ts';
import { refused } from '../domain/refusal.ts';
import { scopeOf } from '../domain/request.ts';
import { isFollowedUp } from '../domain/results/followUp.ts';
import { correctionsUnderWay } from '../domain/results/sheet.ts';
import { unreachedIn } from '../domain/trouble.ts';

/**
 * Where a cooperation stands by its case file, as its workflows need to know it to go on when those before are gone.
 * While it is paused, what was answered since the pause began has had no consequence yet, and is left out.
 */

/** A long exchange remembers so many of the requests that are closed. */
const CLOSED_KEPT = 100;

/** What its workflows are started with. @throws Refused `CooperationUnknown` */
export async function stateOf(db: CaseFile, id: string): Promise<{ plan: Plan; state: CooperationState }> {
  const rows = (await rowsOf(db, id)) ?? refused({ code: 'CooperationUnknown', cooperation: id });
  const { cooperation, versions, requests, sessions, changes, record } = rows;
  const begun = scopesOf(rows);
  const cancelled = sessions.filter(({ cancelledAt }) => cancelledAt !== null);
  const held = sessions.filter(({ cancelledAt, doneAt }) => cancelledAt === null && doneAt !== null);
  const underWay = sessions.filter(
    (session) =>
      begun.has(sessionScopeId(session.number)) && !cancelled.includes(session) && !held.includes(session),
  );
  const accepted = requests.some(
    (row) => row.kind === 'receive-report' && row.outcome === 'approve' && hadConsequence(row, rows),
  );
  const done = [
    ...(versions.some(({ approvedIn, doneAt }) => approvedIn === 'coordination' && doneAt !== null)
      ? ['coordination']
      : []),
    ...held.map(({ number }) => sessionScopeId(number)),
    ...(record.some(({ kind }) => kind === 'sheet-published') ? ['systematization'] : []),
    ...(accepted ? ['final-report'] : []),
  ];
  const { pausedAt, cancelledAt, closedAt } = cooperation;
  const unasked = await unaskedOf(db, requests);
  return {
    plan: { ...cooperation.plan, sessions: cooperation.plan.sessions.map((one) => planned(one, rows)) },
    state: {
      ...(pausedAt && { pausedAt }),
      ...(closedAt && { over: cancelledAt ? 'cancelled' : 'accepted' }),
      ...(isFollowedUp(cooperation) && { followedUp: true }),
      begun: [...begun],
      done,
      troubles: Object.fromEntries([...begun].map((scope) => [scope, troublesIn(requests, unasked, scope)])),
      notHeld: cancelled.map(({ number }) => number),
      sessions: Object.fromEntries(
        underWay.map((session) => [session.number, sessionStateOf(session, rows)]),
      ),
      ...(begun.has('documents') && { exchange: await exchangeState(db, rows, await newsOf(db, id)) }),
      approvals: approvalsIn(rows),
      sheets: correctionsUnderWay(cooperation, changes, record),
      made: changes.flatMap(({ number, madeAt }) => (madeAt === null ? [] : [number])),
      untold: changes.flatMap(({ number, effects, doneAt }) =>
        effects?.tells && doneAt === null ? [number] : [],
      ),
    },
  };
}

/** Whom the mails of a request do not reach that has been told, by its scope: what is to be told looks for itself. */
async function unaskedOf(db: CaseFile, requests: readonly RequestRow[]): Promise<Map<string, string[]>> {
  const unasked = new Map<string, string[]>();
  for (const row of requests.filter(({ told, closedAt }) => told && closedAt === null)) {
    const known = [...unasked.values()].flat();
    const found = (await mailTroublesOf(db, row)).filter((trouble) => !known.includes(trouble));
    if (found.length > 0) unasked.set(scopeOf(row), [...(unasked.get(scopeOf(row)) ?? []), ...found]);
  }
  return unasked;
}

function troublesIn(
  requests: readonly RequestRow[],
  unasked: ReadonlyMap<string, string[]>,
  scope: string,
): Troubles {
  const troubles = requests.filter((row) => row.kind === 'resolve-trouble' && scopeOf(row) === scope);
  const beside = troubles.filter(({ trouble }) => unreachedIn(trouble) !== undefined);
  const making = troubles.filter((row) => !beside.includes(row)).map(({ round }) => round);
  return {
    asked: troubles.length,
    making: Math.max(0, ...making),
    beside: beside.filter(({ closedAt }) => closedAt === null).map(({ round }) => round),
    unasked: unasked.get(scope) ?? [],
  };
}

/** The workflows that should run, by the last part of their ids. Of one that is over and has nothing left to tell, none. */
export function runningBy(state: CooperationState): string[] {
  const { begun, done, approvals, sheets = [], untold, over, followedUp } = state;
  // A corrected sheet of one that is over stands for itself.
  if (over) return [...(untold.length > 0 ? [''] : []), ...(followedUp ? [FOLLOW_UP] : [])];
  return [
    '',
    ...[
      'coordination',
      ...begun.filter((scope) => !/^(coordination|(?:amendment|sheet)-\d+)$/.test(scope)),
    ].filter((scope) => !done.includes(scope)),
    ...approvals.map((change) => `amendment-${change}`),
    ...sheets.map(({ change }) => sheetScopeId(change)),
  ];
}

/** The workflows that have done something. */
const scopesOf = ({ requests, versions, sessions, proposals }: CaseRows): Set<string> =>
  new Set([
    ...requests.map(scopeOf),
    ...versions.flatMap(({ approvedIn }) => approvedIn ?? []),
    ...proposals.map(({ session }) => sessionScopeId(session)),
    ...sessions.filter(({ sequence }) => sequence >= 0).map(({ number }) => sessionScopeId(number)),
  ]);

/** A session as it is planned now: one that was moved opens in time for its new date. */
function planned(session: SessionOfPlan, { sessions, cooperation }: CaseRows): SessionOfPlan {
  const { number } = session;
  const { startsAt = null, endsAt = null } = sessions.find((row) => row.number === number) ?? {};
  if (!startsAt || !endsAt) return session;
  const { parties } = cooperation.plan;
  return {
    ...{ number, date: { startsAt, endsAt } },
    opensAt: sessionOpensAt(startsAt, parties),
    settlesAt: sessionSettlesAt(startsAt, parties),
    ...(session.past && session.date?.startsAt === startsAt && { past: true }),
  };
}

async function exchangeState(db: CaseFile, rows: CaseRows, news: readonly NewsRow[]): Promise<ExchangeState> {
  const { questions, record } = rows;
  const requests = rows.requests.filter((row) => scopeOf(row) === 'documents');
  const firstAsked = requests.filter(({ renews }) => renews === null);
  const ofQuestion = (number: number) =>
    requests.some((row) => row.kind === 'answer-question' && row.item === number);
  const last = news.at(-1);
  const closed = requests.filter(({ closedAt }) => closedAt !== null).slice(-CLOSED_KEPT);
  const open = requests.filter(({ closedAt }) => closedAt === null);
  return {
    desk: {
      open: (await Promise.all(open.map((row) => standingOf(db, row)))).map(opened),
      closed: await Promise.all(closed.map((row) => requestState(db, row))),
    },
    // Entered and never put: whoever asked it was cut off.
    questions: questions
      .filter(({ number }) => !ofQuestion(number))
      .map(({ number, fromParty: from, toParty: to, session }) => ({
        ...{ number, from, to },
        ...(session !== null && { session }),
      })),
    known: questions.map(({ number }) => number),
    unannounced: unannouncedIn(rows, news),
    news: { sent: last?.number ?? 0, lastAt: last?.at ?? '' },
    ...(last &&
      last.doneAt === null && {
        telling: { number: last.number, at: last.at, documents: last.documents, questions: last.questions },
      }),
    closing: false,
    asked: record.flatMap(({ kind, data }) =>
      kind === 'request-opened' && data.kind === 'send-documents' ? (data.parties as string[]) : [],
    ),
    rounds: firstAsked.filter(({ kind }) => kind === 'send-documents').length,
  };
}

/** What has been shared or answered and not been told, in the order it came. */
function unannouncedIn(
  { documents, questions, answers, requests }: CaseRows,
  news: readonly NewsRow[],
): ExchangeState['unannounced'] {
  const exchanged = new Set(requests.filter((row) => scopeOf(row) === 'documents').map(({ id }) => id));
  const arrived: { at: string; document?: string; question?: number }[] = [
    ...documents.flatMap((one) => (isShared(one) ? [{ at: one.at, document: documentVersionId(one) }] : [])),
    ...answers.flatMap(({ request, data, at }) =>
      exchanged.has(request) ? (data.documents ?? []).map((document) => ({ at, document })) : [],
    ),
    ...questions.flatMap(({ number, answeredAt }) =>
      answeredAt ? [{ at: answeredAt, question: number }] : [],
    ),
  ];
  const told = ({ at, document, question }: (typeof arrived)[number]) =>
    news.some(
      (one) =>
        Date.parse(one.at) >= Date.parse(at) &&
        (document !== undefined ? one.documents.includes(document) : one.questions.includes(question ?? 0)),
    );
  const left = arrived.filter((one) => !told(one)).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return {
    documents: [...new Set(left.flatMap(({ document }) => document ?? []))],
    questions: left.flatMap(({ question }) => question ?? []),
    ...(left[0] && { since: left[0].at }),
  };
}

/** The corrections that are up for approval, or have to be, by the numbers of their changes. */
function approvalsIn({ versions: made, changes }: CaseRows): number[] {
  const versions = made.filter(({ annulledAt }) => annulledAt === null);
  const scopes = new Set(versions.flatMap(({ approvedIn }) => approvedIn ?? []));
  const draftOf = (scope: string) => versions.findLast(({ approvedIn }) => approvedIn === scope);
  const underWay = [...scopes].flatMap((scope) => {
    const [, change] = /^amendment-(\d+)$/.exec(scope) ?? [];
    return change !== undefined && draftOf(scope)?.doneAt === null ? [Number(change)] : [];
  });
  const draft = versions.findLast(({ approvedIn }) => approvedIn !== null);
  // A draft that was not issued yet is replaced where it is approved.
  if (!draft?.issuedAt) return underWay;
  const since = changes.findLast(
    ({ effects, madeAt }) =>
      effects?.approval === true && madeAt !== null && Date.parse(madeAt) > Date.parse(draft.madeAt),
  );
  return since ? [...underWay, since.number] : underWay;
}
