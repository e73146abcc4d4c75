import type { IncomingMailRow } from '../casefile/database/schema.ts';
import { noteReply } from '../casefile/mails/calendarReplies.ts';
import { findMail } from '../casefile/mails/mails.ts';
import { everyoneOf } from '../casefile/people.ts';
import { appointmentOfUid } from '../domain/ids.ts';
import { isInvited } from '../domain/mails/calendarReply.ts';
import type { ReadMail } from '../domain/mails/incomingMail.ts';
import type { CooperationClient } from './cooperationClient.ts';

/** What somebody answers in their calendar is noted, and nobody is written to for it. */

/**
 * Notes the answer that a mail brings.
 * @returns whether it was noted: not where it is to none of the cooperation's invitations, by nobody who is invited, to the
 * invitation of another, or in the name of somebody else
 */
export async function noteCalendarReply(
  { caseFile }: CooperationClient,
  { cooperation, cameAt, mail }: IncomingMailRow,
  { from, text, automatic, calendar }: ReadMail,
): Promise<boolean> {
  if (!calendar?.attending) return false;
  const session = appointmentOfUid(calendar.uid, cooperation);
  if (session === undefined) return false;
  const people = (await everyoneOf(caseFile, cooperation)).filter((one) => isInvited(one, session));
  const has = (address: string | null) => people.find(({ email }) => email?.toLowerCase() === address);
  const person = has(from);
  const { attending, attendee, sequence, stamp } = calendar;
  const other = attendee === null ? undefined : has(attendee);
  if (!person || (other && other.id !== person.id)) return false;
  // The address that it came to is of one person's invitation: with it somebody could else answer for a colleague.
  const invited = await findMail(caseFile, mail);
  if (
    invited?.person !== person.id &&
    people.find(({ id }) => id === invited?.person)?.email !== person.email
  )
    return false;
  await noteReply(caseFile, {
    ...{ cooperation, session, person: person.id, attending, sequence },
    // What their program writes by itself is no comment of theirs.
    comment: calendar.comment || (automatic ? '' : text),
    // A clock that is fast does not outdo what is said later.
    at: stamp !== null && Date.parse(stamp) < Date.parse(cameAt) ? stamp : cameAt,
  });
  return true;
}
