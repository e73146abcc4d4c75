import type { z } from 'zod';
import { sessionScopeId } from '../domain/ids.ts';
import { requestLabel } from '../words/labels.ts';
import { directionOf } from '../words/parties.ts';
import { briefOf } from './brief.ts';
import { type CaseSummary, type CaseView, type RequestView, summaryOf } from './caseView.ts';
import { cooperations } from './cooperations.ts';
import type { CaseFile } from './database.ts';
import { againKey } from './resendings.ts';
import { type CaseRows, rowsOf } from './rows.ts';
import type { ProgrammeVersionRow, RecordKind, RequestRow, ResendingRow } from './schema.ts';
import { stepsOf } from './steps.ts';

type Json = z.infer<ReturnType<typeof z.json>>;

/** One line of the board for each cooperation, the newest call first. */
export async function summaries(db: CaseFile, now: string): Promise<CaseSummary[]> {
  const all = await cooperations(db);
  const views = await Promise.all(all.map(({ id }) => viewOf(db, id, now)));
  return views.flatMap((view) => (view ? [summaryOf(view)] : []));
}

/** Everything the case file holds of a cooperation, or `undefined`. */
export async function viewOf(db: CaseFile, id: string, now: string): Promise<CaseView | undefined> {
  const rows = await rowsOf(db, id);
  return rows && viewAt(rows, now);
}

function viewAt(rows: CaseRows, now: string): CaseView {
  const { cooperation, people, sessions, versions, requests, answers, questions, documents } = rows;
  const { mails, record, contents, changes, absences, resendings } = rows;
  const { id, programme, language } = cooperation;
  const nameOf = (person: string) => people.find((one) => one.id === person)?.name ?? person;
  const requestView = (row: RequestRow): RequestView => ({
    ...briefOf(row, rows, now),
    label: requestLabel(row, language),
    answers: answers
      .filter(({ request }) => request === row.id)
      .map(({ party, by, decision, content, data, at }) => ({
        ...{ party, by, name: nameOf(by), decision, content, at },
        ...data,
      })),
  });

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
    pairing: directionOf(programme.institutions, language),
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
      ({
        version,
        cause,
        madeAt,
        issuedAt,
        hash,
        pdfName,
        pdfSha256,
        docxName,
        docxSha256,
        differences,
      }) => ({
        version,
        cause,
        madeAt,
        issuedAt,
        hash,
        pdf: { file: `documents/${pdfName}`, sha256: pdfSha256 },
        docx: { file: `documents/${docxName}`, sha256: docxSha256 },
        differences,
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
  ...new Set(['coordination', ...versions.flatMap(({ approvedIn }) => approvedIn ?? [])]),
  'documents',
  ...Array.from({ length: sessions }, (_, index) => sessionScopeId(index + 1)),
  'systematization',
  'final-report',
  ...resendings.map(({ number }) => `again-${number}`),
];
