import type { Addressee, MailRow } from '../src/casefile/database/schema.ts';
import { getsDigest } from '../src/casefile/mails/digests.ts';
import { meetingOf } from '../src/casefile/meetings.ts';
import { findRequest } from '../src/casefile/requests.ts';
import { sessionsOf } from '../src/casefile/sessions.ts';
import { addWorkingDays, dateIn } from '../src/domain/dates/dates.ts';
import { NOTICES, type NoticeKind } from '../src/domain/mails/notice.ts';
import { type Party, secretariatAmong } from '../src/domain/people/party.ts';
import type { Outside } from './context.ts';
import { cooperationOf } from './headings.ts';

/** Which mails to officers wait for the morning. */

/** So near, that what is about it goes out at once. */
const NEAR_DAYS = 2;

/**
 * Whether a mail to an officer is held for their next digest. At once goes what cannot wait: whatever its kind says, what is
 * of a cooperation with a session or meeting within two working days, trouble, and what is due by then, be it first in the
 * mail or beside the rest.
 */
export async function waitsForDigest(
  { caseFile, site, now }: Outside,
  { notice, method, request, beside, cooperation: id }: MailRow,
  person: Addressee,
): Promise<boolean> {
  // Without a site there is nothing that a digest could lead to.
  if (!site || person.role !== 'staff' || method !== null) return false;
  const told = [{ notice, request }, ...beside];
  if (!told.every((one) => NOTICES[one.notice as NoticeKind].waits)) return false;
  if (!(await getsDigest(caseFile, person.email))) return false;
  const until = addWorkingDays(
    dateIn(now(), person.timeZone),
    NEAR_DAYS,
    await secretariatOfCooperation(caseFile, id),
  );
  const isNear = (at: string | null) =>
    at !== null && Date.parse(at) >= Date.parse(now()) && dateIn(at, person.timeZone) <= until;
  const [sessions, meeting] = await Promise.all([sessionsOf(caseFile, id), meetingOf(caseFile, id)]);
  if ([...sessions, meeting].some((one) => !one.cancelledAt && !one.recordedAt && isNear(one.startsAt)))
    return false;
  for (const one of told) {
    const asked = one.request ? await findRequest(caseFile, id, one.request) : undefined;
    if (asked && (asked.kind === 'resolve-trouble' || dateIn(asked.dueAt, person.timeZone) <= until))
      return false;
  }
  return true;
}

/** The Secretariat: by whose working days those of its officers are counted. */
export const secretariatOfCooperation = async (db: Outside['caseFile'], id: string): Promise<Party> =>
  secretariatAmong((await cooperationOf(db, id)).plan.parties);
