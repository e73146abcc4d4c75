import { sql } from 'kysely';
import type { FiledCooperation } from '../domain/disagreement.ts';
import { isFollowedUp } from '../domain/results/followUp.ts';
import type { CaseFile } from './database/database.ts';
import { unsentCommunications } from './mails/communications.ts';
import { unsentAgain } from './mails/resendings.ts';
import { answersTo } from './requests.ts';
import { sheetCorrectionsLeft } from './results/sheets.ts';

/** What is open in the case file, for it to be held against what runs in Temporal: a handful of queries for all of it. */

export async function filedCooperations(db: CaseFile): Promise<FiledCooperation[]> {
  const [cooperations, requests, answers, changes, mails, sheets] = await Promise.all([
    db
      .selectFrom('cooperation')
      .select(['id', 'filedAt', 'closedAt', 'cancelledAt', 'pausedAt', 'followedUpAt'])
      .select((row) =>
        row
          .exists(
            row
              .selectFrom('change')
              .select('number')
              .whereRef('change.cooperation', '=', 'cooperation.id')
              .where('madeAt', 'is not', null)
              .where('doneAt', 'is', null)
              .where(sql<boolean>`(effects->>'tells')::boolean`),
          )
          .as('untold'),
      )
      .orderBy('id')
      .execute(),
    requestsWhere(db).where('closedAt', 'is', null).execute(),
    db
      .selectFrom('answer')
      .innerJoin('request', (join) =>
        join
          .onRef('request.cooperation', '=', 'answer.cooperation')
          .onRef('request.id', '=', 'answer.request'),
      )
      .select(['answer.cooperation', 'answer.request', 'answer.party', 'answer.at'])
      .where('request.closedAt', 'is', null)
      .where('answer.withdrawnAt', 'is', null)
      .execute(),
    db
      .selectFrom('change')
      .select(['cooperation', 'number', 'askedAt'])
      .where('effects', 'is', null)
      .orderBy('number')
      .execute(),
    db.selectFrom('mail').select(['cooperation', 'preparedAt']).where('state', '=', 'pending').execute(),
    sheetCorrectionsLeft(db),
  ]);
  const of = {
    requests: Map.groupBy(requests, ({ cooperation }) => cooperation),
    answers: Map.groupBy(answers, ({ cooperation, request }) => `${cooperation} ${request}`),
    changes: Map.groupBy(changes, ({ cooperation }) => cooperation),
    mails: Map.groupBy(mails, ({ cooperation }) => cooperation),
    sheets: Map.groupBy(sheets, ({ cooperation }) => cooperation),
  };
  return cooperations.map(({ id, filedAt, closedAt, pausedAt, untold, ...followed }) => ({
    id,
    unfinished: closedAt === null || Boolean(untold),
    followedUp: isFollowedUp({ closedAt, ...followed }),
    sheets: of.sheets.get(id) ?? [],
    since: closedAt ?? filedAt,
    paused: pausedAt !== null,
    requests: (of.requests.get(id) ?? []).map(({ parties, ...request }) => ({
      ...request,
      of: parties,
      answers: of.answers.get(`${id} ${request.id}`) ?? [],
    })),
    changes: of.changes.get(id) ?? [],
    mails: of.mails.get(id) ?? [],
  }));
}

/** A request as it is filed, open or not, with its answers; `undefined` where it is not. */
export async function filedRequest(
  db: CaseFile,
  cooperation: string,
  id: string,
): Promise<FiledCooperation['requests'][number] | undefined> {
  const found = await requestsWhere(db)
    .where('cooperation', '=', cooperation)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) return undefined;
  const { parties, ...request } = found;
  return { ...request, of: parties, answers: await answersTo(db, cooperation, id) };
}

const requestsWhere = (db: CaseFile) =>
  db
    .selectFrom('request')
    .select(['cooperation', 'id', 'parties', 'waived', 'openedAt', 'closedAt'])
    .orderBy('id');

/**
 * Ids of the cooperations whose workflows have something left to do: the open ones, and those with news to tell, mails to
 * send or a sheet to correct.
 */
export async function unfinishedIds(db: CaseFile): Promise<string[]> {
  const untold = db
    .selectFrom('change')
    .select('cooperation')
    .where('madeAt', 'is not', null)
    .where('doneAt', 'is', null);
  const sheets = (await sheetCorrectionsLeft(db)).map(({ cooperation }) => cooperation);
  const rows = await db
    .selectFrom('cooperation')
    .select('id')
    .where((row) =>
      row.or([
        row('closedAt', 'is', null),
        row.and([row('cancelledAt', 'is', null), row('followedUpAt', 'is', null)]),
        row('id', 'in', untold),
        ...(sheets.length > 0 ? [row('id', 'in', sheets)] : []),
        row('id', 'in', unsentAgain(db).clearSelect().select('resending.cooperation')),
        row('id', 'in', unsentCommunications(db).clearSelect().select('cooperation')),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
