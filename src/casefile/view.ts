import type { Withdrawal } from '../domain/answer.ts';
import type { CaseHead, CaseView, RequestView } from '../domain/caseView.ts';
import { sessionScopeId, sheetScopeId, workflowId } from '../domain/ids.ts';
import { FOLLOW_UP, STEPS } from '../domain/methodology.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { RecordKind } from '../domain/recordKinds.ts';
import { sheetIn } from '../domain/results/sheet.ts';
import { requestLabel } from '../words/labels.ts';
import { directionOf } from '../words/names/parties.ts';
import { type BriefRows, briefOf } from './brief.ts';
import type { CaseFile } from './database/database.ts';
import type { AnswerRow, MeetingRow, ProgrammeVersionRow, RecordRow, RequestRow } from './database/schema.ts';
import { againKey } from './mails/resendings.ts';
import { certificateViewOf } from './results/certificates.ts';
import { closingPaperViewOf } from './results/closingPaper.ts';
import { consentsIn } from './results/consents.ts';
import { type CaseRows, type CaseRowsWithMails, rowsOf } from './rows.ts';
import { stepsOf } from './steps.ts';

type Json = CaseView['record'][number]['data'];

/** Everything the case file holds of a cooperation, or `undefined`. */
export async function viewOf(db: CaseFile, id: string, now: string): Promise<CaseView | undefined> {
  const rows = await rowsOf(db, id);
  return rows && viewAt(rows, now);
}

type HeadRows<P> = {
  cooperation: Pick<
    CaseRows['cooperation'],
    'id' | 'language' | 'filedAt' | 'closedAt' | 'cancelledAt' | 'pausedAt' | 'followUps' | 'followedUpAt'
  > & { programme: P };
  sessions: readonly Pick<CaseRows['sessions'][number], 'recordedAt' | 'cancelledAt'>[];
  requests: readonly Pick<RequestRow, 'id' | 'kind'>[];
  record: readonly Pick<RecordRow, 'kind'>[];
};

/**
 * What a cooperation is, and how far it is.
 * @param rows the requests after the sessions at least, and the record's entries about what was sent and published
 */
export function caseHeadOf<P extends Pick<Programme, 'institutions'>>({
  cooperation,
  sessions,
  requests,
  record,
}: HeadRows<P>): CaseHead<P> {
  const { id, programme, language, filedAt, closedAt, cancelledAt, pausedAt } = cooperation;
  const { followUps, followedUpAt } = cooperation;
  const happened = (kind: RecordKind) => record.some((entry) => entry.kind === kind);
  return {
    id,
    pairing: directionOf(programme.institutions, language),
    ...{ language, filedAt, closedAt, cancelledAt, pausedAt, followUps, followedUpAt, programme },
    steps: stepsOf({
      issued: happened('programme-issued'),
      published: happened('sheet-published'),
      ...{ closedAt, cancelledAt, sessions, requests },
    }),
  };
}

function viewAt(rows: CaseRowsWithMails, now: string): CaseView {
  const { cooperation, people, sessions, versions, requests, questions, documents } = rows;
  const { record, contents, changes, absences, communications } = rows;
  const { id } = cooperation;
  return {
    ...caseHeadOf(rows),
    people: people.map(({ cooperation: _, position: __, ...person }) => person),
    meeting: meetingView(rows.meeting),
    sessions: sessions.map(sessionView),
    programmeVersions: versions.map(versionView),
    requests: requests.map((row) => requestViewOf(row, rows, now)),
    contents: contents.map(({ hash, value }) => ({ hash, value: value as Json })),
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
    sheet: sheetIn(record, documents),
    changes: changes.flatMap(({ number, kind, what, reason, by, madeAt }) =>
      madeAt ? [{ number, kind, what: what as Json, reason, by, madeAt }] : [],
    ),
    communications: communications.map(
      ({ cooperation: _, doneAt: __, mail, seenToBy: by, seenToAt: at, ...communication }) => ({
        ...communication,
        ...(mail && { mail }),
        ...(by && at && { seenTo: { by, at } }),
      }),
    ),
    certificates: rows.certificates.map(certificateViewOf),
    closingPaper: rows.closingPaper ? closingPaperViewOf(rows.closingPaper) : null,
    consents: consentsIn(rows),
    commitments: rows.commitments.map(({ cooperation: _, ...commitment }) => commitment),
    awayReplies: rows.awayReplies.map(({ person, at }) => ({ person, at })),
    calendarReplies: rows.calendarReplies.map(({ cooperation: _, ...reply }) => reply),
    survey: rows.survey,
    comments: rows.comments.map(({ cooperation: _, ...comment }) => comment),
    absences: absences.map(({ person, from, to, standIn }) => ({ person, from, to, standIn })),
    mails: mailViews(rows),
    record: record.map(recordEntryOf),
    workflows: workflowScopes(sessions.length, versions, rows).map((scope) => {
      return { id: workflowId(id, scope), file: `histories/${scope || 'cooperation'}.json` };
    }),
  };
}

type GivenAnswer = Pick<
  AnswerRow,
  'request' | 'party' | 'by' | 'decision' | 'content' | 'data' | 'door' | 'at' | 'revision'
>;
type WithdrawnAnswer = GivenAnswer & Pick<AnswerRow, 'withdrawnAt' | 'withdrawnBy' | 'withdrawnHow'>;

/** A request as it is shown: its brief, and what was answered. */
export function requestViewOf(
  row: RequestRow,
  rows: Omit<BriefRows, 'answers'> & {
    answers: readonly GivenAnswer[];
    withdrawn: readonly WithdrawnAnswer[];
  },
  now: string,
): RequestView {
  const nameOf = (person: string) => rows.people.find(({ id }) => id === person)?.name ?? person;
  const given = ({ party, by, decision, content, data, door, at, revision }: GivenAnswer) => ({
    ...{ party, by, name: nameOf(by), decision, content, door, at },
    ...data,
    ...(revision > 1 && { revision }),
  });
  return {
    ...briefOf(row, rows, now),
    label: requestLabel(row, rows.cooperation.language),
    answers: rows.answers.filter(({ request }) => request === row.id).map(given),
    withdrawn: rows.withdrawn
      .filter(({ request }) => request === row.id)
      .map((answer) => ({
        ...given(answer),
        withdrawn: {
          at: answer.withdrawnAt as string,
          by: answer.withdrawnBy as string,
          how: answer.withdrawnHow as Withdrawal,
        },
      })),
  };
}

function meetingView({ cooperation: _, attendance, outputs, ...meeting }: MeetingRow): CaseView['meeting'] {
  return { ...meeting, attendance: attendance ?? [], outputs: outputs ?? [] };
}

function sessionView(row: CaseRows['sessions'][number]): CaseView['sessions'][number] {
  const { number, contents, hours, startsAt, endsAt, timeZone, windowFrom, windowTo } = row;
  const { link, place, sequence, minutes, attendance, outputs, recordedAt, cancelledAt } = row;
  return {
    ...{ number, contents, hours, startsAt, endsAt, timeZone },
    window: windowFrom && windowTo ? { from: windowFrom, to: windowTo } : null,
    ...{ link, place, sequence, minutes },
    attendance: attendance ?? [],
    outputs: outputs ?? [],
    ...{ recordedAt, cancelledAt },
  };
}

function versionView(row: ProgrammeVersionRow): CaseView['programmeVersions'][number] {
  const { version, cause, madeAt, issuedAt, hash, differences, annulledAt } = row;
  return {
    ...{ version, cause, madeAt, issuedAt, hash },
    pdf: { file: `documents/${row.pdfName}`, sha256: row.pdfSha256 },
    docx: { file: `documents/${row.docxName}`, sha256: row.docxSha256 },
    differences,
    ...(annulledAt && { annulledAt }),
  };
}

/** Each mail with the file that it is in an export, and the times it was sent again. */
function mailViews({ mails, resendings }: CaseRowsWithMails): CaseView['mails'] {
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
  return mails.map(
    (
      {
        cooperation: _,
        key,
        session: __,
        sequence: ___,
        method: ____,
        digest: _____,
        handedOver: ______,
        replyToken: _______,
        bounceToken: ________,
        bouncedAt: _________,
        beside: __________,
        ...mail
      },
      index,
    ) => ({
      ...mail,
      ...sentAgain(key, mail.person),
      file: `mail/${String(index + 1).padStart(4, '0')}-${mail.notice}-${mail.person}.eml`,
    }),
  );
}

/** An entry of the record as it is shown. */
export const recordEntryOf = ({
  seq,
  at,
  kind,
  party,
  person,
  data,
}: RecordRow): CaseView['record'][number] => ({
  ...{ seq: Number(seq), at, kind, party, person },
  data: data as Json,
});

/** The workflows of a cooperation, by the end of their ids; the parent's is empty. */
const workflowScopes = (
  sessions: number,
  versions: readonly ProgrammeVersionRow[],
  {
    cooperation,
    resendings,
    communications,
    changes,
  }: Pick<CaseRows, 'cooperation' | 'resendings' | 'communications' | 'changes'>,
): string[] => [
  '',
  ...STEPS.flatMap((step) => {
    if (step === 'coordination')
      return [...new Set([step, ...versions.flatMap(({ approvedIn }) => approvedIn ?? [])])];
    return step === 'sessions'
      ? Array.from({ length: sessions }, (_, index) => sessionScopeId(index + 1))
      : step;
  }),
  ...(hasFollowUp(cooperation) ? [FOLLOW_UP] : []),
  ...changes.flatMap(({ effects }) => (effects?.sheet ? sheetScopeId(effects.sheet.change) : [])),
  ...resendings.map(({ number }) => `again-${number}`),
  ...communications.map(({ number }) => `communication-${number}`),
];

/** Whether anything was left to be asked when its report was accepted. */
const hasFollowUp = ({
  closedAt,
  cancelledAt,
  followedUpAt,
}: Pick<CaseRows['cooperation'], 'closedAt' | 'cancelledAt' | 'followedUpAt'>): boolean =>
  closedAt !== null && cancelledAt === null && followedUpAt !== closedAt;
