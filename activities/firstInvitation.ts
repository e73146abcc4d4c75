import { setTimeout as pause } from 'node:timers/promises';
import type { CaseFile } from '../src/casefile/database/database.ts';
import type {
  CooperationRow,
  PersonRow,
  RecordRow,
  RequestRow,
  SessionRow,
} from '../src/casefile/database/schema.ts';
import { answerersFor } from '../src/casefile/people.ts';
import { readRecord } from '../src/casefile/record.ts';
import { findRequest } from '../src/casefile/requests.ts';
import { sessionsOf, wasMissed } from '../src/casefile/sessions.ts';
import type { RequestNotice } from '../src/mail/notice.ts';
import type { Outside } from './context.ts';
import { nextReminder, requestNoticesOf, stillOwing } from './requestNotices.ts';

/**
 * When the programme is approved, its delegations are invited to the sessions that have a date, and asked for their
 * documents: the first of these invitations brings the programme and that request, in one mail.
 */

/** The request for documents that goes with the first invitation. */
const ASKED_WITH_IT = 'documents/send-documents.1';

/**
 * The session that is invited to first with the approved programme: the first that has a date, was not missed, and was not
 * invited to before the programme was approved. None once there is such an invitation.
 */
export async function firstInvitedTo(
  { caseFile, now }: Pick<Outside, 'caseFile' | 'now'>,
  cooperation: CooperationRow,
): Promise<SessionRow | undefined> {
  const record = await readRecord(caseFile, cooperation.id);
  if (hasFirstInvitation(record)) return undefined;
  const invited = invitedIn(record);
  return (await sessionsOf(caseFile, cooperation.id)).find(
    (one) =>
      one.cancelledAt === null &&
      one.startsAt !== null &&
      !wasMissed(cooperation, one, now()) &&
      !invited.includes(one.number),
  );
}

/** The sessions that were invited to. */
const invitedIn = (record: readonly Pick<RecordRow, 'kind' | 'data'>[]): unknown[] =>
  record.filter(({ kind }) => kind === 'invitation-sent').map(({ data }) => data.session);

/** Whether an invitation was sent since the programme was issued, by a record in its order. */
export function hasFirstInvitation(record: readonly Pick<RecordRow, 'kind'>[]): boolean {
  const issued = record.findIndex(({ kind }) => kind === 'programme-issued');
  return issued >= 0 && record.slice(issued).some(({ kind }) => kind === 'invitation-sent');
}

/** Whether the delegations have been asked for their documents before. */
export const areDocumentsAsked = async (db: CaseFile, cooperation: string): Promise<boolean> =>
  (await findRequest(db, cooperation, ASKED_WITH_IT)) !== undefined;

export const goesWithFirstInvitation = ({ id }: RequestRow): boolean => id === ASKED_WITH_IT;

/** Documents are asked for, and others invited to, with an invitation to what is still ahead. */
export const isStillToBegin = ({ startsAt }: Pick<SessionRow, 'startsAt'>, { now }: Outside): boolean =>
  startsAt !== null && Date.parse(startsAt) > Date.parse(now());

/**
 * The other sessions whose date stands in the programme that the first invitation brings, and which it invites to, too,
 * but for those that were invited to before.
 */
export async function invitedToWith(
  outside: Outside,
  { id, plan }: CooperationRow,
  { number }: SessionRow,
): Promise<SessionRow[]> {
  const invited = invitedIn(await readRecord(outside.caseFile, id));
  return (await sessionsOf(outside.caseFile, id)).filter(
    (one) =>
      one.number !== number &&
      one.cancelledAt === null &&
      isStillToBegin(one, outside) &&
      !invited.includes(one.number) &&
      plan.sessions.find((session) => session.number === one.number)?.date?.startsAt === one.startsAt,
  );
}

/** Whether a session was invited to with the first invitation. */
export const wasInvitedToWith = async (
  { caseFile }: Outside,
  cooperation: string,
  number: number,
): Promise<boolean> =>
  (await readRecord(caseFile, cooperation)).some(
    ({ kind, data }) =>
      kind === 'invitation-sent' && Array.isArray(data.others) && data.others.includes(number),
  );

/** What an invitation asks its readers for besides; nothing where it asks nobody. */
export async function askedWith(
  outside: Outside,
  cooperation: CooperationRow,
): Promise<(person: PersonRow) => RequestNotice | undefined> {
  const row = await opened(outside, cooperation);
  if (!row || row.told) return () => undefined;
  const { caseFile, now } = outside;
  const owing = await stillOwing(outside, row, row.parties);
  const people = await answerersFor(caseFile, row, owing, now());
  const notices = await requestNoticesOf(outside, row, owing);
  return (person) =>
    people.some(({ id }) => id === person.id)
      ? { ...notices(person), ...nextReminder(cooperation, row, [person.party], now()) }
      : undefined;
}

/** It is opened beside the invitation, by another workflow, which has just begun. */
const OPENED_WITHIN_MS = 5_000;
const LOOKED_EVERY_MS = 50;

async function opened(
  { caseFile }: Outside,
  { id, pausedAt, closedAt }: CooperationRow,
): Promise<RequestRow | undefined> {
  for (let waited = 0; ; waited += LOOKED_EVERY_MS) {
    const row = await findRequest(caseFile, id, ASKED_WITH_IT);
    if (row || pausedAt || closedAt || waited >= OPENED_WITHIN_MS) return row;
    await pause(LOOKED_EVERY_MS);
  }
}
