import { z } from 'zod';
import { MARKS } from '../domain/answer.ts';
import { LANGUAGES } from '../domain/language.ts';
import { DECISIONS, KINDS, REQUEST_KINDS, STEPS, type Step } from '../domain/methodology.ts';
import { institutionLabel, pairing } from '../domain/party.ts';
import { CONSULTANT, programmeShape } from '../domain/programme.ts';
import { filled, REQUEST_LABELS } from '../domain/vocabulary.ts';
import { cooperations, findCooperation, requestsOf } from './cooperations.ts';
import type { CaseFile } from './database.ts';
import { documentsOf } from './documents.ts';
import { mailsOf } from './mails.ts';
import { everyoneOf } from './people.ts';
import { programmesOf } from './programmes.ts';
import { questionsOf } from './questions.ts';
import { readRecord } from './record.ts';
import { answersTo } from './requests.ts';
import { RECORD_KINDS, type RequestRow } from './schema.ts';
import { sessionsOf } from './sessions.ts';

/**
 * A whole case as it is shown and exported (`case.json`). Instants are ISO 8601 in UTC; hashes are SHA-256 in hex;
 * `file` names are those of an export folder. Its JSON Schema is `docs/case.schema.json`.
 */

const instant = z.iso.datetime();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const optionalText = z.string().nullable();

const requestView = z.strictObject({
  id: z.string(),
  kind: z.enum(REQUEST_KINDS),
  /** In the case's language: "Aprobar los contenidos del programa (versión 1)". */
  label: z.string(),
  round: z.int(),
  step: z.enum(STEPS),
  subject: z.strictObject({ ref: z.string(), hash }),
  asked: z.array(z.strictObject({ party: z.string(), label: z.string(), timeZone: z.string() })),
  owing: z.array(z.string()),
  decisions: z.array(z.enum(DECISIONS)),
  /** For a date: the slots that can be marked or chosen. */
  slots: z.array(z.strictObject({ id: z.string(), startsAt: instant, endsAt: instant })),
  openedAt: instant,
  dueAt: instant,
  overdue: z.boolean(),
  closedAt: instant.nullable(),
  outcome: optionalText,
  trouble: optionalText,
  answers: z.array(
    z.strictObject({
      party: z.string(),
      by: z.string(),
      name: z.string(),
      decision: z.string(),
      content: hash.nullable(),
      marks: z.record(z.string(), z.enum(MARKS)).optional(),
      startsAt: instant.optional(),
      at: instant,
    }),
  ),
});
export type RequestView = z.infer<typeof requestView>;

const stepView = z.strictObject({
  step: z.enum(STEPS),
  state: z.enum(['ahead', 'current', 'done']),
  /** Sessions recorded, and planned. */
  sessions: z.strictObject({ held: z.int(), planned: z.int() }).optional(),
});

export const caseView = z.strictObject({
  id: z.string(),
  pairing: z.string(),
  language: z.enum(LANGUAGES),
  filedAt: instant,
  closedAt: instant.nullable(),
  programme: programmeShape,
  steps: z.array(stepView),
  people: z.array(
    z.strictObject({
      id: z.string(),
      party: z.string(),
      role: z.enum(['delegate', 'staff', 'consultant', 'guest']),
      name: z.string(),
      post: optionalText,
      email: z.string(),
      language: z.enum(LANGUAGES),
      timeZone: z.string(),
      session: z.int().nullable(),
      active: z.boolean(),
    }),
  ),
  sessions: z.array(
    z.strictObject({
      number: z.int(),
      contents: z.string(),
      hours: z.number(),
      startsAt: instant.nullable(),
      endsAt: instant.nullable(),
      timeZone: z.string(),
      window: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
      link: optionalText,
      place: optionalText,
      sequence: z.int(),
      minutes: optionalText,
      attendance: z.array(z.string()),
      outputs: z.array(z.string()),
      recordedAt: instant.nullable(),
    }),
  ),
  programmeVersions: z.array(
    z.strictObject({
      version: z.int(),
      cause: z.string(),
      madeAt: instant,
      issuedAt: instant.nullable(),
      hash,
      pdf: z.strictObject({ file: z.string(), sha256: hash }),
      docx: z.strictObject({ file: z.string(), sha256: hash }),
    }),
  ),
  requests: z.array(requestView),
  contents: z.array(z.strictObject({ hash, value: z.json() })),
  questions: z.array(
    z.strictObject({
      number: z.int(),
      from: z.string(),
      by: z.string(),
      to: z.string(),
      session: z.int().nullable(),
      text: z.string(),
      askedAt: instant,
      answer: optionalText,
      answeredBy: optionalText,
      answeredAt: instant.nullable(),
    }),
  ),
  documents: z.array(
    z.strictObject({
      document: z.string(),
      version: z.int(),
      title: z.string(),
      kind: z.enum(['shared', 'sheet', 'report', 'answer']),
      party: z.string(),
      by: z.string(),
      at: instant,
      size: z.int(),
      mediaType: z.string(),
      sha256: hash,
      file: z.string(),
    }),
  ),
  mails: z.array(
    z.strictObject({
      notice: z.string(),
      request: optionalText,
      person: z.string(),
      address: z.string(),
      subject: z.string(),
      messageId: z.string(),
      state: z.enum(['pending', 'sent', 'refused']),
      attempts: z.int(),
      /** What the mail server said last. */
      response: optionalText,
      preparedAt: instant,
      sentAt: instant.nullable(),
      sha256: hash,
      file: z.string(),
    }),
  ),
  record: z.array(
    z.strictObject({
      seq: z.int(),
      at: instant,
      kind: z.enum(RECORD_KINDS),
      party: optionalText,
      person: optionalText,
      data: z.json(),
    }),
  ),
  /** Ids of the cooperation's workflows, each with its history's file. */
  workflows: z.array(z.strictObject({ id: z.string(), file: z.string() })),
});
export type CaseView = z.infer<typeof caseView>;

const summary = caseView
  .pick({ id: true, pairing: true, language: true, filedAt: true, closedAt: true, steps: true })
  .extend({
    subject: z.string(),
    call: z.strictObject({ number: z.int(), year: z.int() }),
    open: z.array(requestView),
  });
export type CaseSummary = z.infer<typeof summary>;

/** One line of the board for each cooperation, the newest call first. */
export async function summaries(db: CaseFile, now: string): Promise<CaseSummary[]> {
  const all = await cooperations(db);
  const views = await Promise.all(all.map(({ id }) => viewOf(db, id, now)));
  return views.flatMap((view) => (view ? [summaryOf(view)] : []));
}

export const summaryOf = ({
  id,
  pairing,
  language,
  filedAt,
  closedAt,
  steps,
  programme,
  requests,
}: CaseView): CaseSummary => ({
  id,
  pairing,
  language,
  filedAt,
  closedAt,
  steps,
  subject: programme.subject,
  call: programme.call,
  open: requests.filter((request) => request.closedAt === null),
});

/** Everything the case file holds of a cooperation, or `undefined`. */
export async function viewOf(db: CaseFile, id: string, now: string): Promise<CaseView | undefined> {
  const cooperation = await findCooperation(db, id);
  if (!cooperation) return undefined;
  const { programme, language, plan } = cooperation;
  const [
    people,
    sessions,
    versions,
    requests,
    answers,
    questions,
    documents,
    mails,
    record,
    contents,
    proposals,
  ] = await Promise.all([
    everyoneOf(db, id),
    sessionsOf(db, id),
    programmesOf(db, id),
    requestsOf(db, id),
    answersTo(db, id),
    questionsOf(db, id),
    documentsOf(db, id),
    mailsOf(db, id),
    readRecord(db, id),
    db
      .selectFrom('content')
      .select(['hash', 'value'])
      .where('cooperation', '=', id)
      .orderBy('writtenAt')
      .orderBy('hash')
      .execute(),
    db.selectFrom('slotProposal').selectAll().where('cooperation', '=', id).execute(),
  ]);
  const nameOf = (person: string) => people.find((one) => one.id === person)?.name ?? person;
  const party = (code: string) => {
    const { label, timeZone } = plan.parties.find((one) => one.code === code) ?? {
      label: code,
      timeZone: 'UTC',
    };
    return { party: code, label, timeZone };
  };

  const requestView = (row: RequestRow): RequestView => {
    const given = answers.filter(({ request }) => request === row.id);
    const dates = row.kind === 'choose-date' || row.kind === 'confirm-date';
    const proposal = proposals.find(
      ({ session, round }) => dates && session === row.item && round === row.round,
    );
    return {
      id: row.id,
      kind: row.kind,
      label: filled(REQUEST_LABELS[row.kind][language], row.item ?? undefined),
      round: row.round,
      step: stepOf(row),
      subject: { ref: row.subjectRef, hash: row.subjectHash },
      asked: row.parties.map(party),
      owing: row.closedAt ? [] : row.parties.filter((code) => !given.some((answer) => answer.party === code)),
      decisions: [...KINDS[row.kind].decisions],
      slots: proposal?.slots ?? [],
      openedAt: row.openedAt,
      dueAt: row.dueAt,
      overdue: row.closedAt === null && Date.parse(row.dueAt) < Date.parse(now),
      closedAt: row.closedAt,
      outcome: row.outcome,
      trouble: row.trouble,
      answers: given.map(({ party, by, decision, content, data, at }) => ({
        party,
        by,
        name: nameOf(by),
        decision,
        content,
        at,
        ...data,
      })),
    };
  };

  const happened = (kind: (typeof RECORD_KINDS)[number]) => record.some((entry) => entry.kind === kind);
  const held = sessions.filter(({ recordedAt }) => recordedAt !== null).length;
  const done: Record<Step, boolean> = {
    coordination: happened('programme-issued'),
    documents: cooperation.closedAt !== null,
    sessions: held === sessions.length,
    systematization: happened('sheet-published'),
    'final-report': cooperation.closedAt !== null,
  };
  const begun: Record<Step, boolean> = {
    coordination: true,
    documents: done.coordination,
    sessions: done.coordination,
    systematization: requests.some((row) => stepOf(row) === 'systematization'),
    'final-report': requests.some((row) => stepOf(row) === 'final-report'),
  };

  return {
    id,
    pairing: pairing(programme),
    language,
    filedAt: cooperation.filedAt,
    closedAt: cooperation.closedAt,
    programme,
    steps: STEPS.map((step) => ({
      step,
      state: done[step] ? 'done' : begun[step] ? 'current' : 'ahead',
      ...(step === 'sessions' && { sessions: { held, planned: sessions.length } }),
    })),
    people: people.map(({ cooperation: _, focalPoint: __, position: ___, ...person }) => person),
    sessions: sessions.map((session) => ({
      number: session.number,
      contents: session.contents,
      hours: session.hours,
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      timeZone: session.timeZone,
      window:
        session.windowFrom && session.windowTo ? { from: session.windowFrom, to: session.windowTo } : null,
      link: session.link,
      place: session.place,
      sequence: session.sequence,
      minutes: session.minutes,
      attendance: session.attendance ?? [],
      outputs: session.outputs ?? [],
      recordedAt: session.recordedAt,
    })),
    programmeVersions: versions.map(
      ({ version, cause, madeAt, issuedAt, hash, pdfName, pdfSha256, docxName, docxSha256 }) => ({
        version,
        cause,
        madeAt,
        issuedAt,
        hash,
        pdf: { file: `documents/${pdfName}`, sha256: pdfSha256 },
        docx: { file: `documents/${docxName}`, sha256: docxSha256 },
      }),
    ),
    requests: requests.map(requestView),
    contents: contents.map(({ hash, value }) => ({
      hash,
      value: value as z.infer<ReturnType<typeof z.json>>,
    })),
    questions: questions.map(({ cooperation: _, fromParty, toParty, ...question }) => ({
      ...question,
      from: fromParty,
      to: toParty,
    })),
    documents: documents.map(({ cooperation: _, fileName, size, ...document }) => ({
      ...document,
      size: Number(size),
      file: `documents/${document.document}-v${document.version}-${fileName}`,
    })),
    mails: mails.map(({ cooperation: _, key: __, ...mail }, index) => ({
      ...mail,
      file: `mail/${String(index + 1).padStart(4, '0')}-${mail.notice}-${mail.person}.eml`,
    })),
    record: record.map(({ seq, at, kind, party, person, data }) => ({
      seq: Number(seq),
      at,
      kind,
      party,
      person,
      data: data as z.infer<ReturnType<typeof z.json>>,
    })),
    workflows: workflowScopes(sessions.length).map((scope) => {
      const name = scope ? `cooperation/${id}/${scope}` : `cooperation/${id}`;
      return { id: name, file: `histories/${scope || 'cooperation'}.json` };
    }),
  };
}

/** The workflows of a cooperation, by the end of their ids; the parent's is empty. */
const workflowScopes = (sessions: number): string[] => [
  '',
  'coordination',
  'documents',
  ...Array.from({ length: sessions }, (_, index) => `session-${index + 1}`),
  'systematization',
  'final-report',
];

/** A request's step: that of its kind, or, for trouble, of the workflow that has it. */
function stepOf({ id, kind }: RequestRow): Step {
  if (kind !== 'resolve-trouble') return KINDS[kind].step;
  const scope = id.slice(0, id.indexOf('/'));
  return STEPS.find((step) => step === scope) ?? 'sessions';
}

/** The label of a party in a view: "MTPE Perú". */
export function partyLabel(view: Pick<CaseView, 'programme' | 'language'>, code: string): string {
  const institution = view.programme.institutions.find(({ id }) => id === code);
  return institution ? institutionLabel(institution, view.language) : code === CONSULTANT ? CONSULTANT : code;
}
