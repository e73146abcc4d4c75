import ical, { ICalEventBusyStatus, ICalEventStatus } from 'ical-generator';
import { Temporal as Dates } from 'temporal-polyfill';
import type { CaseFile } from '../../casefile/database.ts';
import type { Programme } from '../../domain/programme.ts';
import { vtimezone } from '../../domain/vtimezone.ts';
import type { Clock } from '../../words/dates.ts';
import { sessionTitle } from '../../words/labels.ts';
import { clean, followable, oneLine } from '../../words/plainText.ts';
import type { Session } from './sessions.ts';

/**
 * The entry of a session for a calendar, to download. It is the one that the invitation put there (same UID and
 * SEQUENCE), so that later changes by mail find it; nobody is asked to reply, so it has no METHOD and no attendee.
 */

type CalendarFileOf = { id: string; programme: Programme; session: Session; clock: Clock };

/** @returns nothing where no invitation has gone out, or there is no date */
export async function calendarFile(
  db: CaseFile,
  { id, programme, session, clock }: CalendarFileOf,
): Promise<string | undefined> {
  const { number, startsAt, endsAt, timeZone, sequence, contents, place } = session;
  const domain = await invitingDomain(db, id, number);
  if (!startsAt || !endsAt || !domain) return undefined;
  const link = session.link && followable(session.link) ? session.link : undefined;
  const description = clean(contents).trim();
  const calendar = ical({
    prodId: { company: 'OAS', product: 'RIAL', language: 'ES' },
    // The zone is named on the event; on the calendar it would take the Z from DTSTAMP, which is in UTC.
    timezone: { name: null, generator: (zone) => vtimezone(zone, startsAt, endsAt) },
  });
  calendar.createEvent({
    id: `${id}.session-${number}@${domain}`,
    sequence,
    stamp: new Date(clock.now),
    start: Dates.Instant.from(startsAt).toZonedDateTimeISO(timeZone),
    end: Dates.Instant.from(endsAt).toZonedDateTimeISO(timeZone),
    timezone: timeZone,
    summary: `${sessionTitle(number, clock.language)} · ${oneLine(programme.subject)}`,
    description: link ? `${description}\n\n${link}` : description,
    location: oneLine(place ?? '') || link || null,
    status: ICalEventStatus.CONFIRMED,
    busystatus: ICalEventBusyStatus.BUSY,
  });
  return `${calendar.toString()}\r\n`;
}

/** The domain that invitations to a session have in their UID: that of the mails they went out with. */
async function invitingDomain(
  db: CaseFile,
  cooperation: string,
  session: number,
): Promise<string | undefined> {
  const mail = await db
    .selectFrom('mail')
    .select('messageId')
    .where('cooperation', '=', cooperation)
    .where('session', '=', session)
    .where('method', '=', 'REQUEST')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return /@([^>]+)>$/.exec(mail?.messageId ?? '')?.[1];
}
