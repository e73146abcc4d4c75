import { z } from 'zod';
import { MARKS } from '../domain/answer.ts';
import { instantOf } from '../domain/dates.ts';
import { decisionsOf, kinds, REQUEST_KINDS } from '../domain/kinds/index.ts';
import { AGAIN, type Again, DECISIONS, ITEMS } from '../domain/kinds/kind.ts';
import { STEPS } from '../domain/methodology.ts';
import { secretariatOf } from '../domain/plan.ts';
import { difference } from '../domain/programmeDifferences.ts';
import { LAPSES, scopeOf } from '../domain/request.ts';
import type { DocumentEntry } from './documents.ts';
import { owingOf } from './requests.ts';
import type { CaseRows } from './rows.ts';
import type { RequestRow } from './schema.ts';
import { stepOf } from './steps.ts';

/**
 * What a request asks: of whom, about what, why, and why again; with which reasons, files and dates; which answers are
 * possible; and how it stands. Mail, page, terminal and rehearsal say it from this one value, each in its reader's
 * language. Instants are ISO 8601 in UTC, parties and persons are codes, texts are as people wrote them.
 */

const instant = z.iso.datetime();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const ROLES_OF_DOCUMENTS = ['subject', 'previous', 'sheet'] as const;

export const brief = z.strictObject({
  id: z.string(),
  kind: z.enum(REQUEST_KINDS),
  round: z.int(),
  /** The number of the session, question or version it concerns. */
  item: z.int().nullable(),
  step: z.enum(STEPS),
  subject: z.strictObject({ ref: z.string(), hash }),
  asked: z.array(z.strictObject({ party: z.string(), label: z.string(), timeZone: z.string() })),
  owing: z.array(z.string()),
  /** Parties whose answer the Secretariat does without. */
  waived: z.array(z.string()),
  /** Passed from one person to a colleague, by hand or because the first is away. */
  handedOver: z.array(z.strictObject({ from: z.string(), to: z.string(), absent: z.boolean() })),
  /** Asked of another party in place of one. */
  reassigned: z.array(z.strictObject({ from: z.string(), to: z.string(), reason: z.string(), at: instant })),
  /** Given more time; `from` is when it was due before. */
  extended: z.array(z.strictObject({ from: instant.nullable(), reason: z.string(), at: instant })),
  /** Every reminder has gone out: it is for the Secretariat to extend, reassign or waive. */
  forSecretariat: z.boolean(),
  /** The answers that are possible, in the order in which they are offered. */
  decisions: z.array(z.enum(DECISIONS)),
  openedAt: instant,
  dueAt: instant,
  /** Somebody is late; never while the cooperation is paused. */
  overdue: z.boolean(),
  closedAt: instant.nullable(),
  state: z.enum(['open', 'answered', 'waived', 'lapsed']),
  lapse: z.enum(LAPSES).nullable(),
  /** How the cooperation stands that it is part of. */
  cooperation: z.enum(['running', 'paused', 'closed', 'cancelled']),

  /** Why it is asked once more; `null` the first time. */
  again: z.enum(AGAIN).nullable(),
  /** What was written when the one before was sent back, was not held, or was corrected. */
  reasons: z.array(z.strictObject({ party: z.string(), by: z.string().nullable(), text: z.string() })),
  /** The Secretariat has to find a date by itself: the window is over, or none of its dates suited. */
  windowRanOut: z.enum(['time', 'no-dates']).nullable(),
  /** What went wrong, for staff. */
  trouble: z.string().nullable(),

  /** The coordination meeting that is to be recorded. */
  meeting: z.strictObject({ startsAt: instant, endsAt: instant, timeZone: z.string() }).nullable(),
  question: z
    .strictObject({
      number: z.int(),
      from: z.string(),
      by: z.string(),
      session: z.int().nullable(),
      text: z.string(),
    })
    .nullable(),
  /** The version of the programme that it is about, and what that changes of the one before. */
  programme: z
    .strictObject({ version: z.int(), previous: z.int().nullable(), differences: z.array(difference) })
    .nullable(),
  /** The sessions whose contents or date it is about. */
  sessions: z.array(
    z.strictObject({
      number: z.int(),
      contents: z.string(),
      startsAt: instant.nullable(),
      endsAt: instant.nullable(),
      window: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
      timeZone: z.string(),
    }),
  ),
  /** For a date: the slots that can be marked or chosen, and how they were marked. */
  slots: z.array(
    z.strictObject({
      id: z.string(),
      startsAt: instant,
      endsAt: instant,
      marks: z.array(z.strictObject({ party: z.string(), mark: z.enum(MARKS) })),
    }),
  ),
  /** Documents that belong to it: what is reviewed, the version that was sent back, the published sheet. */
  documents: z.array(
    z.strictObject({
      role: z.enum(ROLES_OF_DOCUMENTS),
      document: z.string(),
      version: z.int(),
      kind: z.enum(['shared', 'sheet', 'report', 'answer']),
      title: z.string(),
      fileName: z.string(),
      mediaType: z.string(),
      size: z.int(),
      sha256: hash,
      party: z.string(),
      at: instant,
    }),
  ),
  /** The document it can be begun with, where none has been handed in yet. */
  template: z.enum(['sheet', 'report']).nullable(),
});
export type Brief = z.infer<typeof brief>;

/** What a request asks and how it stands at an instant (ISO 8601, UTC). */
export function briefOf(row: RequestRow, rows: CaseRows, now: string): Brief {
  const { cooperation, plan } = { cooperation: rows.cooperation, plan: rows.cooperation.plan };
  const answers = rows.answers.filter(({ request }) => request === row.id);
  const isPast = (at: string) => Date.parse(at) < Date.parse(now);
  const standing = cooperationStands(cooperation);
  // While a cooperation is paused no period runs, and nobody is late.
  const running = row.closedAt === null && standing === 'running';
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
      const { label, timeZone } = plan.parties.find((one) => one.code === code) ?? {
        label: code,
        timeZone: 'UTC',
      };
      return { party: code, label, timeZone };
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
    forSecretariat: running && row.reminders.every(isPast),
    decisions: decisionsOf(row.kind, row),
    openedAt: row.openedAt,
    dueAt: row.dueAt,
    overdue: running && isPast(row.dueAt),
    closedAt: row.closedAt,
    state: row.closedAt === null ? 'open' : row.lapse ? 'lapsed' : answers.length > 0 ? 'answered' : 'waived',
    lapse: row.lapse,
    cooperation: standing,
    ...whyAgain(row, rows),
    windowRanOut: row.windowRanOut,
    trouble: row.trouble,
    ...matterOf(row, rows),
  };
}

function cooperationStands({
  closedAt,
  cancelledAt,
  pausedAt,
}: CaseRows['cooperation']): Brief['cooperation'] {
  if (cancelledAt) return 'cancelled';
  if (closedAt) return 'closed';
  return pausedAt ? 'paused' : 'running';
}

/** When it was due before it was extended at an instant. */
function dueBefore({ id }: RequestRow, { record }: CaseRows, at: string): string | null {
  const entry = record.find(
    ({ kind, data, at: then }) => kind === 'request-extended' && data.request === id && then === at,
  );
  const due = entry?.data.previousDue;
  return typeof due === 'string' ? due : null;
}

/** Whether what became of the request before is what this one follows. */
const FOLLOWED: Readonly<Record<Again, (before: RequestRow, rows: CaseRows) => boolean>> = {
  'changes-asked': (before, rows) => decided(before, rows, 'changes').length > 0,
  corrected: () => true,
  'none-suited': ({ lapse }) => lapse === null,
  'not-held': (before, rows) => decided(before, rows, 'not-held').length > 0,
  'other-dates': (before, rows) => decided(before, rows, 'changes').length > 0,
};

const decided = ({ id }: RequestRow, { answers }: CaseRows, decision: string) =>
  answers.filter((answer) => answer.request === id && answer.decision === decision);

/** Why it is asked once more, and what people wrote to that end. */
function whyAgain(row: RequestRow, rows: CaseRows): Pick<Brief, 'again' | 'reasons'> {
  const { follows, about } = kinds[row.kind];
  const before = rows.requests
    .filter(
      (one) =>
        one.id !== row.id &&
        follows[one.kind] !== undefined &&
        scopeOf(one) === scopeOf(row) &&
        one.closedAt !== null &&
        Date.parse(one.closedAt) <= Date.parse(row.openedAt),
    )
    .sort((a, b) => Date.parse(a.closedAt ?? '') - Date.parse(b.closedAt ?? ''))
    .at(-1);
  const expected = before && follows[before.kind];
  const follow = before && expected && FOLLOWED[expected](before, rows) ? expected : null;
  const corrections = about === 'programme' ? correctionsOf(row, before, rows) : [];
  const decisions = follow === 'not-held' ? 'not-held' : 'changes';
  return {
    again: follow ?? (corrections.length > 0 ? 'corrected' : null),
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

const reasonIn = (hash: string | null, { contents }: CaseRows): string | undefined => {
  const value = contents.find((one) => one.hash === hash)?.value;
  return value && 'reason' in value ? value.reason : undefined;
};

/** Why the Secretariat corrected the programme since the version before. */
function correctionsOf(row: RequestRow, before: RequestRow | undefined, rows: CaseRows): Brief['reasons'] {
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

type MatterOf = Pick<
  Brief,
  'meeting' | 'question' | 'programme' | 'sessions' | 'slots' | 'documents' | 'template'
>;

/** What its reader needs before their eyes. */
function matterOf(row: RequestRow, rows: CaseRows): MatterOf {
  const { about, poll } = kinds[row.kind];
  const { questions, sessions, proposals, requests, answers, cooperation } = rows;
  const { date, starts, timezone } = cooperation.programme.coordination;
  const question = questions.find(({ number }) => ITEMS[about] === 'question' && number === row.item);
  const concerned = sessions.filter(({ number, cancelledAt }) =>
    ITEMS[about] === 'session' ? number === row.item : about === 'programme' && cancelledAt === null,
  );
  const proposal = proposals.find(
    ({ session, round }) => about === 'dates' && session === row.item && round === row.round,
  );
  const polled = requests.find(
    ({ kind, item, round }) => kind === poll && item === row.item && round === row.round,
  );
  const marks = answers.filter(({ request }) => request === polled?.id);
  return {
    meeting:
      about === 'meeting'
        ? {
            startsAt: instantOf(date, starts, timezone),
            endsAt: cooperation.plan.coordinationEndsAt,
            timeZone: timezone,
          }
        : null,
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
    sessions: concerned.map(({ number, contents, startsAt, endsAt, windowFrom, windowTo, timeZone }) => ({
      ...{ number, contents, startsAt, endsAt, timeZone },
      window: windowFrom && windowTo ? { from: windowFrom, to: windowTo } : null,
    })),
    slots: (proposal?.slots ?? []).map((slot) => ({
      ...slot,
      marks: marks.flatMap(({ party, data }) => {
        const mark = data.marks?.[slot.id];
        return mark ? [{ party, mark }] : [];
      }),
    })),
    ...documentsIn(row, rows),
  };
}

function programmeOf({ subjectHash }: RequestRow, { versions }: CaseRows): Brief['programme'] {
  const at = versions.findIndex(({ hash }) => hash === subjectHash);
  const version = versions[at];
  if (!version) return null;
  return {
    version: version.version,
    previous: versions[at - 1]?.version ?? null,
    differences: version.differences,
  };
}

function documentsIn(row: RequestRow, { documents }: CaseRows): Pick<Brief, 'documents' | 'template'> {
  const { about, brings, encloses } = kinds[row.kind];
  const drafted = brings === 'sheet' || brings === 'report' ? brings : undefined;
  const until = Date.parse(row.closedAt ?? row.openedAt);
  const subject = encloses.includes('subject')
    ? documents.findLast(({ kind, sha256 }) => kind === about && sha256 === row.subjectHash)
    : undefined;
  // What was sent back, where it is not what is asked about.
  const previous =
    drafted && !subject && row.round > 1
      ? documents.findLast(({ kind, at }) => kind === drafted && Date.parse(at) <= Date.parse(row.openedAt))
      : undefined;
  const sheet =
    encloses.includes('sheet') && row.round === 1
      ? documents.findLast(({ kind, at }) => kind === 'sheet' && Date.parse(at) <= until)
      : undefined;
  const begun = documents.some(({ kind }) => kind === drafted);
  return {
    documents: [
      ...(subject ? [documentOf('subject', subject)] : []),
      ...(previous ? [documentOf('previous', previous)] : []),
      ...(sheet ? [documentOf('sheet', sheet)] : []),
    ],
    template: drafted && encloses.includes('template') && row.round === 1 && !begun ? drafted : null,
  };
}

const documentOf = (
  role: (typeof ROLES_OF_DOCUMENTS)[number],
  entry: DocumentEntry,
): Brief['documents'][number] => ({
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
});
