import type { AtTheEnd, Brief, DocumentRole, SessionPast } from '../domain/brief.ts';
import type { Content } from '../domain/content.ts';
import { HOUR_MS } from '../domain/dates/durations.ts';
import { windowInstants } from '../domain/dates/slots.ts';
import { isHad } from '../domain/document.ts';
import { sheetScopeId } from '../domain/ids.ts';
import { decisionsOf, endsCooperation, kinds } from '../domain/kinds/index.ts';
import { type Again, ITEMS } from '../domain/kinds/kind.ts';
import { type Plan, secretariatOf } from '../domain/programme/plan.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { RecordKind } from '../domain/recordKinds.ts';
import { isOfSheetCorrection, outlivesCooperation, scopeOf } from '../domain/request.ts';
import { commitmentsIn } from '../domain/results/commitments.ts';
import { expectedChanges } from '../domain/results/expectedChanges.ts';
import { sheetIn } from '../domain/results/sheet.ts';
import { caseState } from '../domain/standing.ts';
import { unreachedIn } from '../domain/trouble.ts';
import { reportTurns } from '../domain/turns.ts';
import { partyNamed } from '../words/names/parties.ts';
import type {
  AnswerRow,
  ChangeRow,
  CommitmentRow,
  CooperationRow,
  HandOverRow,
  MeetingRow,
  PersonRow,
  QuestionRow,
  RecordRow,
  RequestRow,
  SessionRow,
  SlotProposalRow,
} from './database/schema.ts';
import type { DocumentEntry } from './documents.ts';
import type { PrintedVersionRow } from './programmes.ts';
import { owingOf, slotsAhead } from './requests.ts';
import { wasMissed } from './sessions.ts';
import { stepOf } from './steps.ts';

/** The brief of a request: a function of the case file's rows, and of the present instant. */

/** A request beside the one that a brief is about. */
export type AskedRow = Pick<
  RequestRow,
  'id' | 'kind' | 'round' | 'item' | 'parties' | 'waived' | 'openedAt' | 'closedAt' | 'lapse' | 'renews'
>;

/** What it takes of the rows; of entries of the record, those of `BRIEF_ENTRIES`. */
export type BriefRows = {
  cooperation: Pick<
    CooperationRow,
    'language' | 'filedAt' | 'closedAt' | 'cancelledAt' | 'pausedAt' | 'followedUpAt'
  > & {
    plan: Pick<Plan, 'parties' | 'report' | 'sessions'>;
    programme: Pick<Programme, 'institutions'> & { objectives?: Programme['objectives'] | null };
  };
  meeting: Pick<MeetingRow, 'startsAt' | 'endsAt' | 'timeZone' | 'minutes' | 'recordedAt'>;
  people: readonly Pick<PersonRow, 'id' | 'name'>[];
  sessions: readonly Pick<
    SessionRow,
    | 'number'
    | 'contents'
    | 'hours'
    | 'startsAt'
    | 'endsAt'
    | 'timeZone'
    | 'windowFrom'
    | 'windowTo'
    | 'recordedAt'
    | 'cancelledAt'
  >[];
  versions: readonly Pick<
    PrintedVersionRow,
    'version' | 'hash' | 'madeAt' | 'issuedAt' | 'differences' | 'printedSessions'
  >[];
  requests: readonly AskedRow[];
  answers: readonly Pick<AnswerRow, 'request' | 'party' | 'by' | 'decision' | 'content' | 'data' | 'at'>[];
  commitments: readonly Pick<
    CommitmentRow,
    'number' | 'what' | 'party' | 'person' | 'due' | 'askedRound' | 'withdrawnAt'
  >[];
  questions: readonly Pick<QuestionRow, 'number' | 'fromParty' | 'by' | 'session' | 'text'>[];
  documents: readonly DocumentEntry[];
  record: readonly Pick<RecordRow, 'kind' | 'at' | 'data'>[];
  contents: readonly { hash: string; value: Content }[];
  proposals: readonly Pick<SlotProposalRow, 'session' | 'round' | 'slots'>[];
  changes: readonly Pick<ChangeRow, 'number' | 'kind' | 'what' | 'reason' | 'by' | 'madeAt'>[];
  handOvers: readonly Pick<HandOverRow, 'request' | 'fromPerson' | 'toPerson' | 'absent'>[];
};

/** The kinds of entries that it looks for. */
export const BRIEF_ENTRIES: readonly RecordKind[] = ['request-extended', 'sheet-published'];

/** What a request asks and how it stands at an instant (ISO 8601, UTC). */
export function briefOf(row: RequestRow, rows: BriefRows, now: string): Brief {
  const { cooperation, plan } = { cooperation: rows.cooperation, plan: rows.cooperation.plan };
  const answers = rows.answers.filter(({ request }) => request === row.id);
  const isPast = (at: string) => Date.parse(at) < Date.parse(now);
  const standing = cooperationStands(cooperation, row);
  // While a cooperation is paused no period runs, and nobody is late.
  const running = row.closedAt === null && standing === 'running';
  const line = lineOf(row, rows);
  const about = (of: { what: unknown }): boolean => (of.what as { request?: string }).request === row.id;
  const made = rows.changes.flatMap(({ kind, what, reason, madeAt }) =>
    madeAt && about({ what }) ? [{ kind, what, reason, at: madeAt }] : [],
  );
  return {
    id: row.id,
    kind: row.kind,
    round: row.round,
    item: row.item,
    step: stepOf(row),
    subject: { ref: row.subjectRef, hash: row.subjectHash },
    asked: row.parties.map((code) => {
      const timeZone = plan.parties.find((one) => one.code === code)?.timeZone ?? 'UTC';
      return { party: code, label: partyNamed(cooperation.programme, code, cooperation.language), timeZone };
    }),
    owing: row.closedAt || standing === 'closed' || standing === 'cancelled' ? [] : owingOf(row, answers),
    waived: row.waived,
    handedOver: rows.handOvers
      .filter(({ request }) => request === row.id)
      .map(({ fromPerson, toPerson, absent }) => ({ from: fromPerson, to: toPerson, absent })),
    reassigned: made.flatMap(({ what, reason, at }) =>
      what.change === 'reassign' ? [{ from: what.from, to: what.to, reason, at }] : [],
    ),
    extended: made.flatMap(({ what, reason, at }) =>
      what.change === 'extend' ? [{ from: dueBefore(row, rows, at), reason, at }] : [],
    ),
    annulled: rows.changes.flatMap(({ what, reason, madeAt }) =>
      madeAt && what.change === 'annul' && line.includes(what.request)
        ? [{ party: what.party, reason, at: madeAt }]
        : [],
    ),
    renews: row.renews,
    renewedBy: rows.requests.find(({ renews }) => renews === row.id)?.id ?? null,
    forSecretariat: running && row.reminders.every(isPast),
    decisions: decisionsOf(row.kind, row),
    openedAt: row.openedAt,
    dueAt: row.dueAt,
    overdue: running && isPast(row.dueAt),
    closedAt: row.closedAt,
    state: row.closedAt === null ? 'open' : row.lapse ? 'lapsed' : answers.length > 0 ? 'answered' : 'waived',
    lapse: row.lapse,
    outcome: row.outcome,
    cooperation: standing,
    ...whyAgain(row, rows),
    windowRanOut: row.windowRanOut,
    trouble: row.trouble,
    unreached: unreachedOf(row, rows),
    ...matterOf(row, rows, now),
  };
}

/** A request with those that it takes the place of, by their ids. */
function lineOf({ id, renews }: Pick<RequestRow, 'id' | 'renews'>, rows: BriefRows): string[] {
  const before = rows.requests.find((one) => one.id === renews);
  return [id, ...(before ? lineOf(before, rows) : [])];
}

function unreachedOf({ trouble }: RequestRow, { people }: BriefRows): Brief['unreached'] {
  const unreached = unreachedIn(trouble);
  if (!unreached) return null;
  return {
    party: unreached.party,
    name: people.find(({ id }) => id === unreached.person)?.name ?? null,
  };
}

/** What is asked after the acceptance, or of a corrected sheet, goes on all the same. */
function cooperationStands(
  cooperation: BriefRows['cooperation'],
  row: Pick<RequestRow, 'id'>,
): Brief['cooperation'] {
  const state = caseState(cooperation);
  if (state !== 'closed' && state !== 'followedUp') return state;
  return outlivesCooperation(row) ? 'running' : 'closed';
}

/** When it was due before it was extended at an instant. */
function dueBefore({ id }: RequestRow, { record }: BriefRows, at: string): string | null {
  const entry = record.find(
    ({ kind, data, at: then }) => kind === 'request-extended' && data.request === id && then === at,
  );
  const due = entry?.data.previousDue;
  return typeof due === 'string' ? due : null;
}

/** Whether what became of the request before is what this one follows. */
const FOLLOWED: Readonly<Record<Again, (before: AskedRow, rows: BriefRows) => boolean>> = {
  'changes-asked': (before, rows) => decided(before, rows, 'changes').length > 0,
  corrected: () => true,
  'corrected-sheet': () => true,
  'none-suited': ({ lapse }) => lapse === null,
  'not-held': (before, rows) => decided(before, rows, 'not-held').length > 0,
  'other-dates': (before, rows) => decided(before, rows, 'changes').length > 0,
};

const decided = (row: AskedRow, rows: BriefRows, decision: string) => {
  const line = lineOf(row, rows);
  return rows.answers.filter((answer) => line.includes(answer.request) && answer.decision === decision);
};

/** Why it is asked once more, and what people wrote to that end. */
function whyAgain(row: RequestRow, rows: BriefRows): Pick<Brief, 'again' | 'reasons'> {
  const { follows, about } = kinds[row.kind];
  const before = rows.requests
    .filter(
      (one) =>
        one.id !== row.id &&
        follows[one.kind] !== undefined &&
        scopeOf(one) === scopeOf(row) &&
        one.closedAt !== null &&
        one.lapse !== 'annulled' &&
        Date.parse(one.closedAt) <= Date.parse(row.openedAt),
    )
    .sort((a, b) => Date.parse(a.closedAt ?? '') - Date.parse(b.closedAt ?? ''))
    .at(-1);
  const expected = before && follows[before.kind];
  const follow = before && expected && FOLLOWED[expected](before, rows) ? expected : null;
  const sheet = sheetCorrectionOf(row, rows);
  const corrections = about === 'programme' ? correctionsOf(row, before, rows) : sheet;
  const decisions = follow === 'not-held' ? 'not-held' : 'changes';
  const corrected = sheet.length > 0 ? 'corrected-sheet' : 'corrected';
  return {
    again: follow ?? (corrections.length > 0 ? corrected : null),
    reasons: [
      ...(before && follow
        ? decided(before, rows, decisions).flatMap(({ party, by, content }) => {
            const text = reasonIn(content, rows);
            return text ? [{ party, by, text }] : [];
          })
        : []),
      ...corrections,
    ],
  };
}

const reasonIn = (hash: string | null, { contents }: BriefRows): string | undefined => {
  const value = contents.find((one) => one.hash === hash)?.value;
  return value && 'reason' in value ? value.reason : undefined;
};

/** Why the Secretariat corrected the programme since the version before. */
function correctionsOf(row: RequestRow, before: AskedRow | undefined, rows: BriefRows): Brief['reasons'] {
  const { changes, versions, cooperation } = rows;
  const until = Date.parse(row.openedAt);
  // A programme that had been sent is asked about anew only because it was corrected.
  const sent = versions.some(({ issuedAt }) => issuedAt !== null && Date.parse(issuedAt) <= until);
  if (!before && !sent) return [];
  const [newest] = changes
    .filter(
      ({ kind, madeAt }) =>
        kind === 'amend' &&
        madeAt !== null &&
        Date.parse(madeAt) <= until &&
        (!before || Date.parse(madeAt) > Date.parse(before.openedAt)),
    )
    .slice(-1);
  return newest ? [{ party: secretariatOf(cooperation.plan), by: newest.by, text: newest.reason }] : [];
}

/** Why a corrected sheet was asked for, where this is asked for that. */
function sheetCorrectionOf(row: RequestRow, { changes, cooperation }: BriefRows): Brief['reasons'] {
  if (!isOfSheetCorrection(row) || kinds[row.kind].about !== 'sheet') return [];
  const asked = changes.find(({ number }) => sheetScopeId(number) === scopeOf(row));
  return asked ? [{ party: secretariatOf(cooperation.plan), by: asked.by, text: asked.reason }] : [];
}

type MatterOf = Pick<
  Brief,
  | 'meeting'
  | 'question'
  | 'programme'
  | 'translation'
  | 'commitments'
  | 'objectives'
  | 'sessions'
  | 'slots'
  | 'documents'
  | 'turns'
  | 'atTheEnd'
  | 'template'
>;

/** What its reader needs before their eyes. */
function matterOf(row: RequestRow, rows: BriefRows, now: string): MatterOf {
  const { about, poll } = kinds[row.kind];
  const { questions, proposals, requests, answers } = rows;
  const question = questions.find(({ number }) => ITEMS[about] === 'question' && number === row.item);
  const proposal = proposals.find(
    ({ session, round }) => about === 'dates' && session === row.item && round === row.round,
  );
  // Of one that was asked anew of some, the marks of the others stand.
  const polled = requests.filter(
    ({ kind, item, round }) => kind === poll && item === row.item && round === row.round,
  );
  const marks = answers.filter(({ request }) => polled.some(({ id }) => id === request));
  return {
    meeting: meetingIn(row, rows),
    question: question
      ? {
          number: question.number,
          from: question.fromParty,
          by: question.by,
          session: question.session,
          text: question.text,
        }
      : null,
    programme: about === 'programme' ? programmeOf(row, rows) : null,
    translation: about === 'translation' ? translationIn(row, rows) : null,
    commitments: committedIn(row, rows),
    objectives: about === 'outcomes' ? expectedChanges(rows.cooperation.programme) : [],
    sessions: sessionsIn(row, rows).map((session) => ({
      ...session,
      passed: passedOf(session, rows, row.closedAt ?? now),
    })),
    slots: slotsAhead(row, proposal?.slots ?? []).map((slot) => ({
      ...slot,
      marks: marks.flatMap(({ party, data }) => {
        const mark = data.marks?.[slot.id];
        return mark ? [{ party, mark }] : [];
      }),
    })),
    ...documentsIn(row, rows),
    turns: turnsIn(row, rows),
    atTheEnd: atTheEndIn(row, rows),
  };
}

/** The session that is asked about; or those of a version of the programme, as that has them. */
function sessionsIn(row: RequestRow, rows: BriefRows): Omit<Brief['sessions'][number], 'passed'>[] {
  const { sessions, versions } = rows;
  const { about } = kinds[row.kind];
  const standing = sessions.filter(({ number, cancelledAt }) =>
    ITEMS[about] === 'session' ? number === row.item : about === 'programme' && cancelledAt === null,
  );
  const printed =
    about === 'programme'
      ? versions.find(({ hash }) => hash === row.subjectHash)?.printedSessions
      : undefined;
  if (printed)
    return printed.map(({ number, contents, startsAt = null, endsAt = null, window = null }) => ({
      ...{ number, contents, startsAt, endsAt, window },
      timeZone: sessions.find((one) => one.number === number)?.timeZone ?? 'UTC',
    }));
  return standing.map((session) => ({
    ...{ number: session.number, timeZone: session.timeZone },
    ...(ITEMS[about] === 'session' ? datesWhenAsked(row, session, rows) : datesOf(session)),
    ...plannedWhenAsked(row, session, versions),
  }));
}

/** What a session is about, and its window; of a request that is closed, as the programme had them when that was asked. */
function plannedWhenAsked(
  { closedAt, openedAt }: RequestRow,
  { number, contents, windowFrom, windowTo }: BriefRows['sessions'][number],
  versions: BriefRows['versions'],
) {
  const stands = versions.findLast(
    ({ madeAt, printedSessions }) => printedSessions && Date.parse(madeAt) <= Date.parse(openedAt),
  );
  const then = closedAt === null ? undefined : stands?.printedSessions?.find((one) => one.number === number);
  const { from = windowFrom, to = windowTo } = then?.window ?? {};
  return { contents: then?.contents ?? contents, window: from && to ? { from, to } : null };
}

/** What is behind of a session at an instant. */
function passedOf(
  { number, endsAt, window }: Omit<Brief['sessions'][number], 'passed'>,
  { sessions, cooperation }: BriefRows,
  at: string,
): SessionPast | null {
  const recordedAt = sessions.find((one) => one.number === number)?.recordedAt;
  if (recordedAt && Date.parse(recordedAt) <= Date.parse(at)) return 'held';
  const institutions = cooperation.plan.parties.filter(({ role }) => role !== 'consultant');
  const zones = institutions.map(({ timeZone }) => timeZone);
  const closesAt = endsAt ?? (window && windowInstants(window, zones).to);
  return wasMissed(cooperation, { number, endsAt: closesAt }, at) ? (endsAt ? 'date' : 'window') : null;
}

type SessionOfBrief = Pick<BriefRows['sessions'][number], 'number' | 'startsAt' | 'endsAt' | 'hours'>;
const datesOf = ({ startsAt, endsAt }: SessionOfBrief) => ({ startsAt, endsAt });

/** The date that a session has; of a request that is closed, the one that it had when that was asked. */
function datesWhenAsked(
  { closedAt, openedAt }: RequestRow,
  session: SessionOfBrief,
  { record, cooperation }: BriefRows,
) {
  if (closedAt === null) return datesOf(session);
  const moved = record.filter(
    ({ kind, data }) =>
      data.session === session.number &&
      data.startsAt !== undefined &&
      (kind === 'date-fixed' || kind === 'session-changed' || kind === 'answer-annulled'),
  );
  const isBefore = ({ at }: { at: string }) => Date.parse(at) <= Date.parse(openedAt);
  const last = moved.findLast(isBefore);
  const next = moved.find((one) => !isBefore(one));
  if (!last && !next) return datesOf(session);
  const planned = cooperation.plan.sessions.find(({ number }) => number === session.number)?.date?.startsAt;
  const then = last
    ? last.kind === 'answer-annulled'
      ? null
      : last.data.startsAt
    : next?.kind === 'session-changed'
      ? next.data.previousStartsAt
      : planned;
  if (typeof then !== 'string') return { startsAt: null, endsAt: null };
  return {
    startsAt: then,
    endsAt: new Date(Date.parse(then) + session.hours * HOUR_MS).toISOString(),
  };
}

function committedIn(row: RequestRow, { commitments, people }: BriefRows): Brief['commitments'] {
  if (kinds[row.kind].about !== 'commitments') return [];
  const standing = commitments.filter(({ withdrawnAt }) => withdrawnAt === null);
  return commitmentsIn(standing, row).map(({ number, what, party, person, due }) => ({
    ...{ number, what, party, due },
    name: people.find(({ id }) => id === person)?.name ?? null,
  }));
}

/** The meeting that is asked about, or what it agreed on for the programme that is up for approval after it. */
function meetingIn(row: RequestRow, { meeting, record }: BriefRows): Brief['meeting'] {
  const { about, step } = kinds[row.kind];
  const { startsAt, endsAt, timeZone, minutes, recordedAt } = meeting;
  if (about === 'meeting') {
    const then = meetingWhenClosed(row, record) ?? startsAt;
    const length = Date.parse(endsAt) - Date.parse(startsAt);
    return {
      startsAt: then,
      endsAt: new Date(Date.parse(then) + length).toISOString(),
      timeZone,
      agreed: null,
    };
  }
  const after = about === 'programme' && scopeOf(row) === step && recordedAt !== null;
  return after ? { startsAt, endsAt, timeZone, agreed: minutes } : null;
}

/** The date that it had when a request about it was closed, where it has been moved with that or since. */
function meetingWhenClosed({ closedAt }: RequestRow, record: BriefRows['record']): string | undefined {
  if (closedAt === null) return undefined;
  const moved = record.find(
    ({ kind, at, data }) =>
      (kind === 'meeting-set' || kind === 'meeting-changed') &&
      typeof data.previousStartsAt === 'string' &&
      Date.parse(at) >= Date.parse(closedAt),
  );
  return moved && String(moved.data.previousStartsAt);
}

/** Who has written on the report, who does now, and who will. */
function turnsIn(row: RequestRow, { cooperation, requests, answers, changes }: BriefRows): Brief['turns'] {
  if (kinds[row.kind].about !== 'report') return [];
  const reassigned = changes.flatMap(({ what, madeAt }) =>
    madeAt && what.change === 'reassign' ? [{ request: what.request, from: what.from }] : [],
  );
  const asked = requests.map((one) => ({
    ...one,
    answers: answers.filter(({ request }) => request === one.id),
    replaced: reassigned.filter(({ request }) => request === one.id).map(({ from }) => from),
  }));
  return reportTurns(cooperation.plan, asked, row);
}

/** What else is waited on where the answer to this ends the cooperation, or was closed with the one that did. */
function atTheEndIn(row: RequestRow, { requests, answers }: BriefRows): Brief['atTheEnd'] {
  const ended = row.outcome === kinds[row.kind].ends;
  if (!endsCooperation(row.kind) || (row.closedAt !== null && !ended)) return [];
  return requests
    .filter(
      (one) => scopeOf(one) !== scopeOf(row) && (one.closedAt === null || one.lapse === 'cooperation-closed'),
    )
    .map((one) => ({
      ...{ request: one.id, kind: one.kind, item: one.item, how: endOf(one) },
      owing: owingOf(
        one,
        answers.filter(({ request }) => request === one.id),
      ),
    }));
}

function endOf(one: AskedRow): AtTheEnd {
  if (scopeOf(one) === 'documents') return 'closes';
  return outlivesCooperation(one) ? 'continues' : 'first';
}

function translationIn({ subjectHash }: RequestRow, { contents }: BriefRows): Brief['translation'] {
  const asked = contents.find(({ hash }) => hash === subjectHash)?.value;
  if (!asked || !('paragraphs' in asked)) return null;
  return {
    into: asked.into,
    paragraphs: asked.paragraphs.map(({ part, text, translation = null }, index) => ({
      ...{ number: index + 1, part, text, translation },
    })),
  };
}

function programmeOf({ subjectHash }: RequestRow, { versions }: BriefRows): Brief['programme'] {
  const at = versions.findIndex(({ hash }) => hash === subjectHash);
  const version = versions[at];
  if (!version) return null;
  return {
    version: version.version,
    previous: versions[at - 1]?.version ?? null,
    differences: version.differences,
  };
}

function documentsIn(
  row: RequestRow,
  { documents, requests, record }: BriefRows,
): Pick<Brief, 'documents' | 'template'> {
  const { about, brings, encloses } = kinds[row.kind];
  const drafted = brings === 'sheet' || brings === 'report' ? brings : undefined;
  const subject = encloses.includes('subject')
    ? documents.findLast(({ kind, sha256 }) => kind === about && sha256 === row.subjectHash)
    : undefined;
  // What was sent back, where it is not what is asked about.
  const previous =
    drafted && !subject && (row.round > 1 || row.renews || isOfSheetCorrection(row))
      ? documents.findLast(({ kind, at }) => kind === drafted && Date.parse(at) <= Date.parse(row.openedAt))
      : undefined;
  const sheet =
    encloses.includes('sheet') && isFirstAsked(row, requests)
      ? sheetUntil(row.closedAt, { documents, record })
      : undefined;
  const begun = documents.some((one) => one.kind === drafted && isHad(one));
  return {
    documents: [
      ...(isThere(subject) ? [documentOf('subject', subject)] : []),
      ...(isThere(previous) ? [documentOf('previous', previous)] : []),
      ...(isThere(sheet) ? [documentOf('sheet', sheet)] : []),
    ],
    template: drafted && encloses.includes('template') && !begun ? drafted : null,
  };
}

/** The sheet that is published, or was when the request was closed. */
function sheetUntil(
  closedAt: string | null,
  { documents, record }: Pick<BriefRows, 'documents' | 'record'>,
): DocumentEntry | undefined {
  const before = record.filter(({ at }) => closedAt === null || Date.parse(at) <= Date.parse(closedAt));
  const sheet = sheetIn(before, documents);
  return documents.find(({ kind, sha256 }) => kind === 'sheet' && sha256 === sheet?.sha256);
}

/** Whether nobody who is asked was asked for the same before. */
export const isFirstAsked = (
  { id, kind, parties, openedAt }: Pick<RequestRow, 'id' | 'kind' | 'parties' | 'openedAt'>,
  requests: readonly Pick<RequestRow, 'id' | 'kind' | 'parties' | 'openedAt'>[],
): boolean =>
  !requests.some(
    (one) =>
      one.id !== id &&
      one.kind === kind &&
      Date.parse(one.openedAt) < Date.parse(openedAt) &&
      one.parties.some((party) => parties.includes(party)),
  );

/** What is withheld cannot be had from here either. */
const isThere = (entry: DocumentEntry | undefined): entry is DocumentEntry =>
  entry !== undefined && isHad(entry);

const documentOf = (role: DocumentRole, entry: DocumentEntry): Brief['documents'][number] => ({
  role,
  document: entry.document,
  version: entry.version,
  kind: entry.kind,
  title: entry.title,
  fileName: entry.fileName,
  mediaType: entry.mediaType,
  size: Number(entry.size),
  sha256: entry.sha256,
  party: entry.party,
  at: entry.at,
  changes: role === 'subject' ? entry.changes : null,
});
