import ical, {
  type ICalCalendar,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { Temporal as Dates } from 'temporal-polyfill';
import type { CaseFile } from '../../casefile/database/database.ts';
import type { CaseView } from '../../domain/caseView.ts';
import { vtimezone } from '../../domain/dates/vtimezone.ts';
import { coordinationUid, sessionUid } from '../../domain/ids.ts';
import { COORDINATION_MEETING } from '../../domain/methodology.ts';
import type { Programme } from '../../domain/programme/programme.ts';
import type { Clock } from '../../words/dates/dates.ts';
import { sessionTitle, stepLabel } from '../../words/labels.ts';
import { clean, followable, oneLine } from '../../words/plainText.ts';
import type { Session } from './sessions.ts';

/**
 * The entry of a session, or of the coordination meeting, for a calendar, to download. It is the one that the invitation
 * put there (same UID and SEQUENCE), so that later changes by mail find it; nobody is asked to reply, so it has no METHOD
 * and no attendee.
 */

type CalendarFileOf = { id: string; programme: Programme; clock: Clock };

/** @returns nothing where no invitation has gone out, or there is no date */
export async function calendarFile(
  db: CaseFile,
  of: CalendarFileOf & { session: Session },
): Promise<string | undefined> {
  const entry = await sessionEntry(db, of);
  return entry && entryFile(entry);
}

/** @returns nothing where no invitation has gone out, or there is no date */
export async function sessionEntry(
  db: CaseFile,
  { id, programme, session, clock }: CalendarFileOf & { session: Session },
): Promise<Entry | undefined> {
  const { number, startsAt, endsAt, contents } = session;
  if (!startsAt || !endsAt || session.sequence < 0) return undefined;
  // The first invitation brings other sessions, too.
  const domain = await invitingDomain(db, id);
  if (!domain) return undefined;
  return {
    ...{ ...session, startsAt, endsAt, now: clock.now, description: contents },
    uid: sessionUid(id, number, domain),
    summary: `${sessionTitle(number, clock.language)} · ${programme.subject}`,
  };
}

/** @returns nothing where nobody has been convened */
export async function meetingFile(
  db: CaseFile,
  of: CalendarFileOf & { meeting: CaseView['meeting'] },
): Promise<string | undefined> {
  const entry = await meetingEntry(db, of);
  return entry && entryFile(entry);
}

/** @returns nothing where nobody has been convened */
export async function meetingEntry(
  db: CaseFile,
  { id, programme, meeting, clock }: CalendarFileOf & { meeting: CaseView['meeting'] },
): Promise<Entry | undefined> {
  const domain = await invitingDomain(db, id, COORDINATION_MEETING);
  if (!domain) return undefined;
  return {
    ...{ ...meeting, now: clock.now, description: programme.title },
    uid: coordinationUid(id, domain),
    summary: `${stepLabel('coordination', clock.language)} · ${programme.subject}`,
  };
}

/** What stands in a calendar, from when to when; a period that ends takes nobody's time. */
export type Entry = Pick<CaseView['meeting'], 'startsAt' | 'endsAt' | 'timeZone' | 'place' | 'link'> & {
  uid: string;
  /** Of an invitation: the one that was sent last. */
  sequence?: number;
  summary: string;
  description: string;
  /** When this was so: DTSTAMP. */
  now: string;
  isPeriod?: boolean;
};

/** Some entries as iCalendar (RFC 5545). With a name it is one to subscribe to, which is fetched again every hour. */
export function calendarText(entries: readonly Entry[], name?: string): string {
  const inZone = Map.groupBy(entries, ({ timeZone }) => timeZone);
  const calendar = ical({
    prodId: { company: 'OAS', product: 'RIAL', language: 'ES' },
    ...(name !== undefined && { name: oneLine(name), ttl: 60 * 60 }),
    // The zone is named on the event; on the calendar it would take the Z from DTSTAMP, which is in UTC.
    timezone: {
      name: null,
      generator: (zone) => {
        const theirs = inZone.get(zone) ?? [];
        const [first = ''] = theirs.map(({ startsAt }) => startsAt).sort();
        const last =
          theirs
            .map(({ endsAt }) => endsAt)
            .sort()
            .at(-1) ?? first;
        return vtimezone(zone, first, last);
      },
    },
  });
  for (const entry of entries) addTo(calendar, entry);
  return `${calendar.toString()}\r\n`;
}

const entryFile = (entry: Entry): string => calendarText([entry]);

function addTo(calendar: ICalCalendar, entry: Entry): void {
  const { startsAt, endsAt, timeZone, sequence, place, isPeriod } = entry;
  const link = entry.link && followable(entry.link) ? entry.link : undefined;
  const description = clean(entry.description).trim();
  calendar.createEvent({
    id: entry.uid,
    ...(sequence !== undefined && { sequence }),
    stamp: new Date(entry.now),
    start: Dates.Instant.from(startsAt).toZonedDateTimeISO(timeZone),
    end: Dates.Instant.from(endsAt).toZonedDateTimeISO(timeZone),
    timezone: timeZone,
    summary: oneLine(entry.summary),
    description: link ? `${description}\n\n${link}` : description,
    location: oneLine(place ?? '') || (isPeriod ? null : (link ?? null)),
    status: ICalEventStatus.CONFIRMED,
    busystatus: isPeriod ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    ...(isPeriod && { transparency: ICalEventTransparency.TRANSPARENT }),
  });
}

/** The domain that invitations to a session, or to the coordination meeting, have in their UID: that of the mails they went out with. */
async function invitingDomain(
  db: CaseFile,
  cooperation: string,
  session?: number,
): Promise<string | undefined> {
  const mail = await db
    .selectFrom('mail')
    .select('messageId')
    .where('cooperation', '=', cooperation)
    .where('method', '=', 'REQUEST')
    .$if(session !== undefined, (mails) => mails.where('session', '=', session as number))
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return /@([^@>]+)>$/.exec(mail?.messageId ?? '')?.[1];
}
