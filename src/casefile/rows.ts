import type { RecordKind } from '../domain/caseView.ts';
import { certificatesOf } from './certificates.ts';
import { changesOf } from './changes/index.ts';
import { commentsOf } from './comments.ts';
import { commitmentsOf } from './commitments.ts';
import { communicationsOf } from './communications.ts';
import { laterConsentsOf } from './consents.ts';
import { requestsOf } from './cooperations.ts';
import type { CaseFile } from './database.ts';
import { documentsOf } from './documents.ts';
import { absencesOf, handOversOf } from './handOvers.ts';
import { mailsOf } from './mails.ts';
import { meetingsOf } from './meetings.ts';
import { everyoneOf } from './people.ts';
import { programmesOf } from './programmes.ts';
import { questionsOf } from './questions.ts';
import { cachedRead } from './readCache.ts';
import { readRecord, recordOfKinds } from './record.ts';
import { everyAnswerTo, isStanding } from './requests.ts';
import { resendingsOf } from './resendings.ts';
import type { MailRow } from './schema.ts';
import { sessionsOf } from './sessions.ts';

/** The rows of a cooperation that its summary and its briefs are made of. */
export type CaseRows = Awaited<ReturnType<typeof rowsOfAll>>[number];
/** All of them, as its view has them: most are mails. */
export type CaseRowsWithMails = CaseRows & { mails: MailRow[] };

/** The rows as they stand, or `undefined`; they are shared and frozen. */
export const rowsOf = (db: CaseFile, id: string): Promise<CaseRowsWithMails | undefined> =>
  cachedRead(db, `cooperation ${id}`, async () => {
    const [[rows], mails] = await Promise.all([rowsOfAll(db, [id]), mailsOf(db, id)]);
    return rows && { ...rows, mails };
  });

/**
 * Those of one or more, without their mails, in the order of the ids: as many queries as for one. Most of them are the
 * record's, which may be asked for some kinds of entries alone.
 */
export async function rowsOfAll(db: CaseFile, ids: readonly string[], recordKinds?: readonly RecordKind[]) {
  const [
    found,
    people,
    meetings,
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
  ] = await Promise.all([
    db.selectFrom('cooperation').selectAll().where('id', 'in', ids).execute(),
    each(everyoneOf(db, ids)),
    each(meetingsOf(db, ids)),
    each(sessionsOf(db, ids)),
    each(programmesOf(db, ids)),
    each(requestsOf(db, ids)),
    each(everyAnswerTo(db, ids)),
    each(questionsOf(db, ids)),
    each(documentsOf(db, ids)),
    each(recordKinds ? recordOfKinds(db, ids, recordKinds) : readRecord(db, ids)),
    each(
      db
        .selectFrom('content')
        .select(['cooperation', 'hash', 'value'])
        .where('cooperation', 'in', ids)
        .orderBy('writtenAt')
        .orderBy('hash')
        .execute(),
    ),
    each(db.selectFrom('slotProposal').selectAll().where('cooperation', 'in', ids).execute()),
    each(changesOf(db, ids)),
    each(absencesOf(db, ids)),
    each(handOversOf(db, ids)),
    each(resendingsOf(db, ids)),
    each(communicationsOf(db, ids)),
    each(commentsOf(db, ids)),
    each(certificatesOf(db, ids)),
    each(laterConsentsOf(db, ids)),
    each(commitmentsOf(db, ids)),
  ]);
  return ids.flatMap((id) => {
    const cooperation = found.find((one) => one.id === id);
    const [meeting] = meetings(id);
    if (!cooperation || !meeting) return [];
    return [
      {
        ...{ cooperation, meeting, people: people(id), sessions: sessions(id), versions: versions(id) },
        ...{ requests: requests(id), answers: answers(id).filter(isStanding), questions: questions(id) },
        withdrawn: answers(id).filter((one) => !isStanding(one)),
        ...{ documents: documents(id), record: record(id), contents: contents(id) },
        ...{ proposals: proposals(id), changes: changes(id), absences: absences(id) },
        ...{ handOvers: handOvers(id), resendings: resendings(id) },
        ...{ communications: communications(id), comments: comments(id), certificates: certificates(id) },
        laterConsents: laterConsents(id),
        commitments: commitments(id),
      },
    ];
  });
}

/** Rows by their cooperation, in the order they came in. */
async function each<Row extends { cooperation: string }>(
  rows: Promise<Row[]>,
): Promise<(id: string) => Row[]> {
  const own = Map.groupBy(await rows, ({ cooperation }) => cooperation);
  return (id) => own.get(id) ?? [];
}
