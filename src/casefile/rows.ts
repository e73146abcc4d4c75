import { changesOf } from './changes/index.ts';
import { commentsOf } from './comments.ts';
import { findCooperation, requestsOf } from './cooperations.ts';
import type { CaseFile } from './database/database.ts';
import { cachedRead } from './database/readCache.ts';
import type { MailRow } from './database/schema.ts';
import { documentsOf } from './documents.ts';
import { absencesOf, handOversOf } from './handOvers.ts';
import { calendarRepliesOf } from './mails/calendarReplies.ts';
import { communicationsOf } from './mails/communications.ts';
import { awayRepliesOf } from './mails/incomingMails.ts';
import { mailsOf } from './mails/mails.ts';
import { resendingsOf } from './mails/resendings.ts';
import { meetingsOf } from './meetings.ts';
import { everyoneOf } from './people.ts';
import { programmesOf } from './programmes.ts';
import { questionsOf } from './questions.ts';
import { readRecord } from './record.ts';
import { everyAnswerTo, isStanding } from './requests.ts';
import { certificatesOf } from './results/certificates.ts';
import { closingPaperOf } from './results/closingPaper.ts';
import { commitmentsOf } from './results/commitments.ts';
import { laterConsentsOf } from './results/consents.ts';
import { surveyOf } from './results/survey.ts';
import { sessionsOf } from './sessions.ts';

/** The rows of a cooperation, but for its mails, which are most of them. */
export type CaseRows = NonNullable<Awaited<ReturnType<typeof readRows>>>;
/** All of them, as its view has them. */
export type CaseRowsWithMails = CaseRows & { mails: MailRow[] };

/** The rows as they stand, or `undefined`; they are shared and frozen. */
export const rowsOf = (db: CaseFile, id: string): Promise<CaseRowsWithMails | undefined> =>
  cachedRead(db, `cooperation ${id}`, async () => {
    const [rows, mails] = await Promise.all([readRows(db, id), mailsOf(db, id)]);
    return rows && { ...rows, mails };
  });

async function readRows(db: CaseFile, id: string) {
  const [
    cooperation,
    people,
    [meeting],
    sessions,
    versions,
    requests,
    answers,
    questions,
    documents,
    record,
    contents,
    proposals,
    changes,
    absences,
    handOvers,
    resendings,
    communications,
    comments,
    certificates,
    laterConsents,
    commitments,
    calendarReplies,
    survey,
    awayReplies,
    closingPaper,
  ] = await Promise.all([
    findCooperation(db, id),
    everyoneOf(db, id),
    meetingsOf(db, id),
    sessionsOf(db, id),
    programmesOf(db, id),
    requestsOf(db, id),
    everyAnswerTo(db, id),
    questionsOf(db, id),
    documentsOf(db, id),
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
    communicationsOf(db, id),
    commentsOf(db, id),
    certificatesOf(db, id),
    laterConsentsOf(db, id),
    commitmentsOf(db, id),
    calendarRepliesOf(db, id),
    surveyOf(db, id),
    awayRepliesOf(db, id),
    closingPaperOf(db, id),
  ]);
  if (!cooperation || !meeting) return undefined;
  return {
    ...{ cooperation, people, meeting, sessions, versions, requests },
    answers: answers.filter(isStanding),
    withdrawn: answers.filter((one) => !isStanding(one)),
    ...{ questions, documents, record, contents, proposals, changes, absences, handOvers, resendings },
    ...{ communications, comments, certificates, laterConsents, commitments, calendarReplies, awayReplies },
    ...{ survey, closingPaper },
  };
}
