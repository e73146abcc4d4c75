import { sql } from 'kysely';
import type { Programme } from '../../domain/programme/programme.ts';
import { refused } from '../../domain/refusal.ts';
import { type CalledCooperation, type CallReport, callReportOf } from '../../domain/results/callReport.ts';
import { expectedChanges } from '../../domain/results/expectedChanges.ts';
import type { CaseFile } from '../database/database.ts';
import { sessionsOf } from '../sessions.ts';
import { reportedOf } from './reportData.ts';
import { standingSheets } from './sheets.ts';
import { surveysOf } from './survey.ts';

/** The report of a call, as the case file stands: some queries however many cooperations it has. */

/** @throws Refused `CallUnknown` */
export async function reportOfCall(db: CaseFile, call: string, now: string): Promise<CallReport> {
  const number = /^\d{1,6}$/.test(call) ? Number(call) : undefined;
  const found =
    number === undefined
      ? []
      : await db
          .selectFrom('cooperation')
          .select(['id', 'callYear', 'programme', 'filedAt', 'closedAt', 'cancelledAt', 'pausedAt'])
          .select('followedUpAt')
          .where('callNumber', '=', number)
          .orderBy('callYear')
          .orderBy('id')
          .execute();
  if (number === undefined || found.length === 0)
    return refused({ code: 'CallUnknown', call: call.slice(0, 60), calls: await callsOf(db) });
  const ids = found.map(({ id }) => id);
  const [sessions, counted, waits, told, surveys, reported] = await Promise.all([
    sessionsOf(db, ids),
    countedIn(db, ids),
    waitsIn(db, ids, now),
    toldIn(db, ids),
    surveysOf(db, ids),
    reportedOf(db, ids),
  ]);
  return callReportOf(
    number,
    found.map(({ id, callYear, programme, ...times }): CalledCooperation => {
      const whole = programme as Programme;
      const { subject, institutions, objectives } = whole;
      const {
        documents = 0,
        questions = 0,
        answered = 0,
        sheets = 0,
        commitments = 0,
        kept = 0,
      } = counted.find((one) => one.id === id) ?? {};
      return {
        ...{ id, year: callYear, subject, institutions, documents, questions, answered, sheets },
        ...{ commitments, kept, survey: surveys(id), ...reported(id) },
        ...times,
        objectives: objectives.items.map(({ title, text }) => title ?? text),
        sessions: sessions
          .filter((one) => one.cooperation === id && one.recordedAt && !one.cancelledAt)
          .map(({ hours, attendance }) => ({ hours, attendance: attendance ?? [] })),
        expected: expectedChanges(whole),
        told: told.filter(({ cooperation }) => cooperation === id),
        waits: waits.filter(({ cooperation }) => cooperation === id),
      };
    }),
  );
}

/** The calls that there are, the newest first. */
const callsOf = async (db: CaseFile): Promise<number[]> =>
  (
    await db
      .selectFrom('cooperation')
      .select('callNumber')
      .distinct()
      .orderBy('callNumber', 'desc')
      .limit(20)
      .execute()
  ).map(({ callNumber }) => callNumber);

type CountRow = { id: string } & Pick<
  CalledCooperation,
  'documents' | 'questions' | 'answered' | 'sheets' | 'commitments' | 'kept'
>;

async function countedIn(db: CaseFile, ids: readonly string[]): Promise<CountRow[]> {
  const { rows } = await sql<CountRow>`
    select c.id,
      (select count(*)::int from document d where d.cooperation = c.id and d.kind not in ('sheet', 'report')
        and exists (select 1 from document_version v
          where v.cooperation = c.id and v.document = d.id and v.withheld is null)) as documents,
      (select count(*)::int from question q where q.cooperation = c.id) as questions,
      (select count(*)::int from question q where q.cooperation = c.id and q.answered_at is not null) as answered,
      (select count(*)::int from ${standingSheets} s where s.cooperation = c.id and s.withheld is null) as sheets,
      (select count(*)::int from commitment m where m.cooperation = c.id and m.withdrawn_at is null) as commitments,
      (select count(*)::int from commitment m where m.cooperation = c.id and m.withdrawn_at is null
        and m.outcome = 'kept') as kept
    from cooperation c where c.id = any(${ids})
  `.execute(db);
  return rows;
}

type ToldRow = CalledCooperation['told'][number] & { cooperation: string };

/** What the ministries told came of their cooperations, in the order in which they were asked. */
async function toldIn(db: CaseFile, ids: readonly string[]): Promise<ToldRow[]> {
  const { rows } = await sql<ToldRow>`
    select r.cooperation, r.item as months, a.party, content.value -> 'came' as came, content.value ->> 'text' as text,
      content.value -> 'objectives' as objectives
    from request r
    join answer a on a.cooperation = r.cooperation and a.request = r.id and a.withdrawn_at is null
    join content on content.cooperation = a.cooperation and content.hash = a.content
    where r.kind = 'tell-outcomes' and r.cooperation = any(${ids})
    order by r.cooperation, r.item, a.at
  `.execute(db);
  return rows;
}

type Wait = CalledCooperation['waits'][number] & { cooperation: string };

/** Each answer that was asked for before the cooperation ended: until it came, or the request closed, or now. */
async function waitsIn(db: CaseFile, ids: readonly string[], now: string): Promise<Wait[]> {
  const { rows } = await sql<Wait>`
    select r.cooperation, asked.party, r.opened_at as "from",
      least(coalesce(a.at, r.closed_at, ${now}::timestamptz), coalesce(c.closed_at, ${now}::timestamptz)) as "to"
    from request r
    join cooperation c on c.id = r.cooperation
    cross join lateral jsonb_array_elements_text(r.parties) asked (party)
    left join answer a on a.cooperation = r.cooperation and a.request = r.id and a.party = asked.party
      and a.withdrawn_at is null
    where r.cooperation = any(${ids}) and (c.closed_at is null or r.opened_at < c.closed_at)
  `.execute(db);
  return rows;
}
