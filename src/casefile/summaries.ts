import { sql } from 'kysely';
import { type CaseSummary, summaryOf } from '../domain/caseView.ts';
import type { Plan } from '../domain/programme/plan.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { RecordKind } from '../domain/recordKinds.ts';
import { inOrder } from '../domain/sessionOrder.ts';
import { BRIEF_ENTRIES, type BriefRows } from './brief.ts';
import { cooperationIds } from './cooperations.ts';
import type { CaseFile } from './database/database.ts';
import { documentsOf } from './documents.ts';
import { PRINTED_SESSIONS } from './programmes.ts';
import { recordOfKinds } from './record.ts';
import { isStanding } from './requests.ts';
import { KINDS_AFTER_SESSIONS } from './steps.ts';
import { caseHeadOf, requestViewOf } from './view.ts';

/** The list of cooperations: what it says of each, and no more is read. */

/** What tells how far a cooperation is. */
const HEAD_ENTRIES: readonly RecordKind[] = ['programme-issued', 'sheet-published'];

/**
 * A page of what `rial list` shows, the newest call first: at most `most` cooperations that come after the one with the
 * id `after`. As many queries as for one.
 */
export async function summaries(
  db: CaseFile,
  now: string,
  { after, most }: { after?: string | undefined; most: number },
): Promise<CaseSummary[]> {
  const ids = await cooperationIds(db, after, most);
  if (ids.length === 0) return [];
  const rows = await rowsOf(db, ids);
  return ids.flatMap((id) => {
    const one = rows(id);
    if (!one) return [];
    const views = one.open.map((row) => requestViewOf(row, one, now));
    return [summaryOf(caseHeadOf(one), views)];
  });
}

/** Those of a cooperation by its id; of one in which nothing is waited on, what is said of it and no more. */
async function rowsOf(db: CaseFile, ids: readonly string[]) {
  const waiting = waitingAmong(db, ids);
  const [cooperations, sessions, open, closed, record, details] = await Promise.all([
    db
      .selectFrom('cooperation')
      .select(['id', 'language', 'filedAt', 'closedAt', 'cancelledAt', 'pausedAt'])
      .select(['followUps', 'followedUpAt'])
      .select([
        sql<
          Pick<Programme, 'subject' | 'call' | 'institutions'> &
            Pick<BriefRows['cooperation']['programme'], 'objectives'>
        >`jsonb_build_object(
          'subject', programme->'subject', 'call', programme->'call', 'institutions', programme->'institutions',
          'objectives', case when exists (
            select 1 from request r
            where r.cooperation = cooperation.id and r.kind = 'tell-outcomes' and r.closed_at is null
          ) then programme->'objectives' end
        )`.as('programme'),
        sql<Pick<Plan, 'parties' | 'report' | 'sessions'>>`jsonb_build_object(
          'parties', plan->'parties', 'report', plan->'report', 'sessions', plan->'sessions'
        )`.as('plan'),
      ])
      .where('id', 'in', ids)
      .execute(),
    each(
      db
        .selectFrom('session')
        .select(['cooperation', 'number', 'contents', 'hours', 'startsAt', 'endsAt', 'timeZone'])
        .select(['windowFrom', 'windowTo', 'recordedAt', 'cancelledAt'])
        .where('cooperation', 'in', ids)
        .orderBy('number')
        .execute(),
    ),
    each(
      db
        .selectFrom('request')
        .selectAll()
        .where('cooperation', 'in', ids)
        .where('closedAt', 'is', null)
        .orderBy('openedAt')
        .orderBy('id')
        .execute(),
    ),
    each(
      db
        .selectFrom('request')
        .select(['cooperation', 'id', 'kind', 'round', 'item', 'parties', 'waived', 'openedAt', 'closedAt'])
        .select(['lapse', 'renews'])
        .where('cooperation', 'in', ids)
        .where('closedAt', 'is not', null)
        .where((row) => row.or([row('cooperation', 'in', waiting), row('kind', 'in', KINDS_AFTER_SESSIONS)]))
        .execute(),
    ),
    each(recordOfKinds(db, ids, [...HEAD_ENTRIES, ...BRIEF_ENTRIES])),
    detailsOf(db, ids, waiting),
  ]);
  const [people, meetings, versions, answers, questions, documents, contents, ...more] = details;
  const [proposals, changes, handOvers, commitments] = more;
  return (id: string) => {
    const cooperation = cooperations.find((one) => one.id === id);
    const [meeting] = meetings(id);
    if (!cooperation || !meeting) return undefined;
    return {
      ...{ cooperation, meeting, people: people(id), sessions: sessions(id), versions: versions(id) },
      open: open(id),
      requests: [...closed(id), ...open(id)].sort(
        (a, b) => inOrder(a.openedAt, b.openedAt) || inOrder(a.id, b.id),
      ),
      ...{ answers: answers(id).filter(isStanding), questions: questions(id) },
      withdrawn: answers(id).filter((one) => !isStanding(one)),
      ...{ documents: documents(id), record: record(id), contents: contents(id) },
      ...{ proposals: proposals(id), changes: changes(id), handOvers: handOvers(id) },
      commitments: commitments(id),
    } satisfies BriefRows & Record<'open' | 'withdrawn', unknown>;
  };
}

/** Those in which something is waited on. */
const waitingAmong = (db: CaseFile, ids: readonly string[]) =>
  db
    .selectFrom('request')
    .select('cooperation')
    .where('cooperation', 'in', ids)
    .where('closedAt', 'is', null);

/** What the briefs of those are made of beside the requests. */
const detailsOf = (db: CaseFile, ids: readonly string[], waiting: ReturnType<typeof waitingAmong>) =>
  Promise.all([
    // Whoever answered, took something upon themselves, or mail did not reach.
    each(
      db
        .selectFrom('person')
        .select(['cooperation', 'id', 'name'])
        .where('cooperation', 'in', waiting)
        .where(({ or, exists, selectFrom }) =>
          or([
            exists(
              selectFrom('answer')
                .select('answer.party')
                .whereRef('answer.cooperation', '=', 'person.cooperation')
                .whereRef('answer.by', '=', 'person.id'),
            ),
            exists(
              selectFrom('request')
                .select('request.id')
                .whereRef('request.cooperation', '=', 'person.cooperation')
                .where('request.closedAt', 'is', null)
                .where('request.trouble', 'is not', null),
            ),
            exists(
              selectFrom('commitment')
                .select('commitment.number')
                .whereRef('commitment.cooperation', '=', 'person.cooperation')
                .whereRef('commitment.person', '=', 'person.id'),
            ),
          ]),
        )
        .execute(),
    ),
    each(
      db
        .selectFrom('meeting')
        .select(['cooperation', 'startsAt', 'endsAt', 'timeZone', 'minutes', 'recordedAt'])
        .where('cooperation', 'in', ids)
        .execute(),
    ),
    each(
      db
        .selectFrom('programmeVersion')
        .select(['cooperation', 'version', 'hash', 'madeAt', 'issuedAt', 'differences'])
        .select(PRINTED_SESSIONS)
        .where('cooperation', 'in', waiting)
        .orderBy('version')
        .execute(),
    ),
    each(
      db
        .selectFrom('answer')
        .select(['cooperation', 'request', 'party', 'by', 'decision', 'content', 'data', 'door', 'at'])
        .select(['revision', 'withdrawnAt', 'withdrawnBy', 'withdrawnHow'])
        .where('cooperation', 'in', waiting)
        .orderBy('at')
        .orderBy('revision')
        .execute(),
    ),
    each(
      db
        .selectFrom('question')
        .select(['cooperation', 'number', 'fromParty', 'by', 'session', 'text'])
        .where('cooperation', 'in', waiting)
        .execute(),
    ),
    each(documentsOf(db, ids, ['sheet', 'report'])),
    // Of what was written, the reasons for asking once more.
    each(
      db
        .selectFrom('content')
        .select(['cooperation', 'hash', 'value'])
        .where('cooperation', 'in', waiting)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('answer')
              .select('answer.party')
              .whereRef('answer.cooperation', '=', 'content.cooperation')
              .whereRef('answer.content', '=', 'content.hash')
              .where('answer.decision', 'in', ['changes', 'not-held']),
          ),
        )
        .execute(),
    ),
    each(
      db
        .selectFrom('slotProposal')
        .select(['cooperation', 'session', 'round', 'slots'])
        .where('cooperation', 'in', waiting)
        .execute(),
    ),
    each(
      db
        .selectFrom('change')
        .select(['cooperation', 'number', 'kind', 'what', 'reason', 'by', 'madeAt'])
        .where('cooperation', 'in', waiting)
        .where('kind', 'in', ['reassign', 'extend', 'annul', 'amend', 'correct-sheet'])
        .orderBy('number')
        .execute(),
    ),
    each(
      db
        .selectFrom('handOver')
        .select(['cooperation', 'request', 'fromPerson', 'toPerson', 'absent'])
        .where('cooperation', 'in', waiting)
        .orderBy('at')
        .orderBy('fromPerson')
        .execute(),
    ),
    each(
      db
        .selectFrom('commitment')
        .select(['cooperation', 'number', 'what', 'party', 'person', 'due', 'askedRound', 'withdrawnAt'])
        .where('cooperation', 'in', waiting)
        .execute(),
    ),
  ]);

/** Rows by their cooperation, in the order they came in. */
async function each<Row extends { cooperation: string }>(
  rows: Promise<Row[]>,
): Promise<(id: string) => Row[]> {
  const own = Map.groupBy(await rows, ({ cooperation }) => cooperation);
  return (id) => own.get(id) ?? [];
}
