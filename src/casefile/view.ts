import type { z } from 'zod';
import { decisionsOf, kinds } from '../domain/kinds/index.ts';
import { institutionLabel, pairing } from '../domain/party.ts';
import { CONSULTANT } from '../domain/programme.ts';
import { requestLabel } from '../words/labels.ts';
import { type CaseSummary, type CaseView, type RequestView, summaryOf } from './caseView.ts';
import { changesOf } from './changes/index.ts';
import { cooperations, findCooperation, requestsOf } from './cooperations.ts';
import type { CaseFile } from './database.ts';
import { documentsOf } from './documents.ts';
import { absencesOf, handOversOf } from './handOvers.ts';
import { kept } from './kept.ts';
import { mailsOf } from './mails.ts';
import { everyoneOf } from './people.ts';
import { programmesOf } from './programmes.ts';
import { questionsOf } from './questions.ts';
import { readRecord } from './record.ts';
import { answersTo, owingOf } from './requests.ts';
import { againKey, resendingsOf } from './resendings.ts';
import type { ProgrammeVersionRow, RecordKind, RequestRow, ResendingRow } from './schema.ts';
import { sessionsOf } from './sessions.ts';
import { stepOf, stepsOf } from './steps.ts';

type Json = z.infer<ReturnType<typeof z.json>>;

/** One line of the board for each cooperation, the newest call first. */
export async function summaries(db: CaseFile, now: string): Promise<CaseSummary[]> {
  const all = await cooperations(db);
  const views = await Promise.all(all.map(({ id }) => viewOf(db, id, now)));
  return views.flatMap((view) => (view ? [summaryOf(view)] : []));
}

/** Everything the case file holds of a cooperation, or `undefined`. */
export async function viewOf(db: CaseFile, id: string, now: string): Promise<CaseView | undefined> {
  const rows = await kept(db, `cooperation ${id}`, () => rowsOf(db, id));
  return rows && viewAt(rows, now);
}

type Rows = NonNullable<Awaited<ReturnType<typeof rowsOf>>>;

async function rowsOf(db: CaseFile, id: string) {
  const cooperation = await findCooperation(db, id);
  if (!cooperation) return undefined;
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
    changes,
    absences,
    handOvers,
    resendings,
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
    changesOf(db, id),
    absencesOf(db, id),
    handOversOf(db, id),
    resendingsOf(db, id),
  ]);
  return {
    ...{ cooperation, people, sessions, versions, requests, answers, questions, documents, mails, record },
    ...{ contents, proposals, changes, absences, handOvers, resendings },
  };
}

function viewAt(rows: Rows, now: string): CaseView {
  const { cooperation, people, sessions, versions, requests, answers, questions, documents } = rows;
  const { mails, record, contents, proposals, changes, absences, handOvers, resendings } = rows;
  const { id, programme, language, plan } = cooperation;
  const nameOf = (person: string) => people.find((one) => one.id === person)?.name ?? person;
  const party = (code: string) => {
    const { label, timeZone } = plan.parties.find((one) => one.code === code) ?? {
      label: code,
      timeZone: 'UTC',
    };
    return { party: code, label, timeZone };
  };

  const isPast = (instant: string) => Date.parse(instant) < Date.parse(now);
  // While a cooperation is paused no period runs, and nobody is late.
  const running = ({ closedAt }: RequestRow) => closedAt === null && cooperation.pausedAt === null;
  const requestView = (row: RequestRow): RequestView => {
    const given = answers.filter(({ request }) => request === row.id);
    const dates = kinds[row.kind].about === 'dates';
    const proposal = proposals.find(
      ({ session, round }) => dates && session === row.item && round === row.round,
    );
    return {
      id: row.id,
      kind: row.kind,
      label: requestLabel(row, language),
      round: row.round,
      item: row.item,
      step: stepOf(row),
      subject: { ref: row.subjectRef, hash: row.subjectHash },
      asked: row.parties.map(party),
      owing: row.closedAt ? [] : owingOf(row, given),
      waived: row.waived,
      handedOver: handOvers
        .filter(({ request }) => request === row.id)
        .map(({ fromPerson, toPerson, absent }) => ({ from: fromPerson, to: toPerson, absent })),
      forSecretariat: running(row) && row.reminders.every((at) => isPast(at)),
      decisions: decisionsOf(row.kind),
      slots: proposal?.slots ?? [],
      openedAt: row.openedAt,
      dueAt: row.dueAt,
      overdue: running(row) && isPast(row.dueAt),
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

  const sentAgain = (key: string, person: string) => {
    const again = resendings
      .filter(({ mail }) => mail === key)
      .map((one) => ({
        by: one.by,
        at: one.askedAt,
        messageId: mails.find((mail) => mail.key === againKey(one, person))?.messageId ?? null,
      }));
    return again.length > 0 ? { again } : {};
  };
  const happened = (kind: RecordKind) => record.some((entry) => entry.kind === kind);
  const { cancelledAt, closedAt } = cooperation;
  return {
    id,
    pairing: pairing(programme),
    language,
    filedAt: cooperation.filedAt,
    closedAt,
    cancelledAt,
    pausedAt: cooperation.pausedAt,
    programme,
    steps: stepsOf({
      issued: happened('programme-issued'),
      published: happened('sheet-published'),
      ...{ closedAt, cancelledAt, sessions, requests },
    }),
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
      cancelledAt: session.cancelledAt,
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
      value: value as Json,
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
    changes: changes.flatMap(({ number, kind, what, reason, by, madeAt }) =>
      madeAt ? [{ number, kind, what: what as Json, reason, by, madeAt }] : [],
    ),
    absences: absences.map(({ person, from, to, standIn }) => ({ person, from, to, standIn })),
    mails: mails.map(({ cooperation: _, key, session: __, sequence: ___, method: ____, ...mail }, index) => ({
      ...mail,
      ...sentAgain(key, mail.person),
      file: `mail/${String(index + 1).padStart(4, '0')}-${mail.notice}-${mail.person}.eml`,
    })),
    record: record.map(({ seq, at, kind, party, person, data }) => ({
      seq: Number(seq),
      at,
      kind,
      party,
      person,
      data: data as Json,
    })),
    workflows: workflowScopes(sessions.length, versions, resendings).map((scope) => {
      const name = scope ? `cooperation/${id}/${scope}` : `cooperation/${id}`;
      return { id: name, file: `histories/${scope || 'cooperation'}.json` };
    }),
  };
}

/** The workflows of a cooperation, by the end of their ids; the parent's is empty. */
const workflowScopes = (
  sessions: number,
  versions: readonly ProgrammeVersionRow[],
  resendings: readonly ResendingRow[],
): string[] => [
  '',
  'coordination',
  ...versions.flatMap(({ cause }) => /^(amendment-\d+)\.1$/.exec(cause)?.[1] ?? []),
  'documents',
  ...Array.from({ length: sessions }, (_, index) => `session-${index + 1}`),
  'systematization',
  'final-report',
  ...resendings.map(({ number }) => `again-${number}`),
];

/** The label of a party in a view: "MTPE Perú". */
export function partyLabel(view: Pick<CaseView, 'programme' | 'language'>, code: string): string {
  const institution = view.programme.institutions.find(({ id }) => id === code);
  return institution ? institutionLabel(institution, view.language) : code === CONSULTANT ? CONSULTANT : code;
}
