import { changesOf } from './changes/index.ts';
import { findCooperation, requestsOf } from './cooperations.ts';
import type { CaseFile } from './database.ts';
import { documentsOf } from './documents.ts';
import { absencesOf, handOversOf } from './handOvers.ts';
import { kept } from './kept.ts';
import { mailsOf } from './mails.ts';
import { everyoneOf } from './people.ts';
import { programmesOf } from './programmes.ts';
import { questionsOf } from './questions.ts';
import { readRecord } from './record.ts';
import { answersTo } from './requests.ts';
import { resendingsOf } from './resendings.ts';
import { sessionsOf } from './sessions.ts';

/** All rows of a cooperation, which its view and its briefs are made of. */
export type CaseRows = NonNullable<Awaited<ReturnType<typeof read>>>;

/** The rows as they stand, or `undefined`; they are shared and frozen. */
export const rowsOf = (db: CaseFile, id: string): Promise<CaseRows | undefined> =>
  kept(db, `cooperation ${id}`, () => read(db, id));

async function read(db: CaseFile, id: string) {
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
