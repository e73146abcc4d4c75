import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
} from 'ical-generator';
import { Temporal as Dates } from 'temporal-polyfill';
import { vtimezone } from '../domain/dates/vtimezone.ts';
import { clean, followable, oneLine } from '../words/plainText.ts';

/** An appointment as calendars exchange it (RFC 5545, 5546). */
export type Invitation = {
  /** The same for the life of the session, through every change and its cancellation. */
  uid: string;
  /** Higher with each change. */
  sequence: number;
  method: 'REQUEST' | 'CANCEL';
  /** Instants, ISO 8601 in UTC. */
  startsAt: string;
  endsAt: string;
  /** The IANA zone the date was agreed in. */
  timeZone: string;
  summary: string;
  description: string;
  location?: string | undefined;
  /** Where the session is joined: it stands in URL, in the description, and as the location where there is no other. */
  url?: string | undefined;
  /** `sentBy`: the address that the mail is from, where answers go to another. */
  organizer: { name: string; email: string; sentBy?: string | undefined };
  attendee: { name: string; email: string };
  /** When the invitation was made, ISO 8601 in UTC: DTSTAMP. */
  stamp: string;
};

/** A name within quotes of a calendar property, which has no way to write a quote that all clients read. */
const name = (text: string): string => oneLine(text).replaceAll('"', '’');

const address = (email: string): string => {
  if (!/^[^\s<>,;:"\\]+@[^@\s<>,;:"\\]+$/.test(email)) throw new Error('not a mail address');
  return email;
};

/** ical-generator escapes these as in a text, which in a URI would make them part of the address. */
const uri = (url: string): string =>
  url.replaceAll(';', '%3B').replaceAll(',', '%2C').replaceAll('\\', '%5C');

/**
 * The text of an `.ics` file, lines ended by CRLF and folded at 75 octets. Nothing that is passed in can add a
 * property or a component. It depends on its arguments alone.
 * @throws Error where the uid, an address or a zone is malformed: they come from us, never from a form.
 */
export function iCalendarOf(given: Invitation): string {
  const { uid, sequence, method, startsAt, endsAt, timeZone } = given;
  if (!/^[\w.@-]{1,200}$/.test(uid)) throw new Error('a uid has letters, digits, and . _ - @ alone');
  const link = given.url && followable(given.url) ? given.url : undefined;
  const description = clean(given.description).trim();
  const withLink = link && !description.includes(link) ? `${description}\n\n${link}` : description;
  const location = oneLine(given.location ?? '') || link;
  const cancelled = method === 'CANCEL';

  const calendar = ical({
    method: ICalCalendarMethod[method],
    prodId: { company: 'OAS', product: 'RIAL', language: 'ES' },
    // The zone is named on the event; on the calendar it would take the Z from DTSTAMP, which is in UTC.
    timezone: { name: null, generator: (zone) => vtimezone(zone, startsAt, endsAt) },
  });
  const event = calendar.createEvent({
    id: uid,
    sequence,
    stamp: new Date(given.stamp),
    start: Dates.Instant.from(startsAt).toZonedDateTimeISO(timeZone),
    end: Dates.Instant.from(endsAt).toZonedDateTimeISO(timeZone),
    timezone: timeZone,
    summary: oneLine(given.summary),
    description: withLink.trim(),
    location: location ?? null,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    busystatus: cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    organizer: {
      name: name(given.organizer.name),
      email: address(given.organizer.email),
      ...(given.organizer.sentBy !== undefined && { sentBy: address(given.organizer.sentBy) }),
    },
    ...(link && { url: uri(link) }),
  });
  event.createAttendee({
    name: name(given.attendee.name),
    email: address(given.attendee.email),
    role: ICalAttendeeRole.REQ,
    status: ICalAttendeeStatus.NEEDSACTION,
    rsvp: !cancelled,
  });
  return `${calendar.toString()}\r\n`;
}
