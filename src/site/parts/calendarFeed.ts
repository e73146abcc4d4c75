import { createHash } from 'node:crypto';
import type { CaseFile } from '../../casefile/database/database.ts';
import { cachedRead } from '../../casefile/database/readCache.ts';
import type { PersonRow } from '../../casefile/database/schema.ts';
import { viewOf } from '../../casefile/view.ts';
import { type CaseView, partyZone, type RequestView } from '../../domain/caseView.ts';
import { DAY_MS } from '../../domain/dates/durations.ts';
import { isRunning } from '../../words/brief.ts';
import type { Clock } from '../../words/dates/dates.ts';
import { requestLabel } from '../../words/labels.ts';
import { speaker } from '../../words/speaker.ts';
import { capacityOfPerson } from '../visit.ts';
import { calendarText, type Entry, meetingEntry, sessionEntry } from './calendarFile.ts';
import { turnsOf } from './waiting.ts';

/**
 * What stands in somebody's calendar, of all that they take part in: the sessions they are invited to, the coordination
 * meetings, and until when they are asked for what. Sessions and meetings have the UID of their invitation.
 */

type FeedOf = {
  /** In what they take part now. */
  people: readonly PersonRow[];
  /** The origin of the site, to which what is asked leads. */
  url: string;
  now: string;
};

/** How long a calendar keeps what has ended. */
const KEPT_MS = 180 * DAY_MS;
/** What a period's end is drawn as, which is an instant. */
const PERIOD_MS = 30 * 60 * 1000;

/** The calendar, and by what it is told whether it is still the same. */
export async function calendarFeed(
  db: CaseFile,
  { people, url, now }: FeedOf,
): Promise<{ text: string; etag: string }> {
  const [first] = people;
  const entries = new Map<string, Entry>();
  for (const person of people) {
    const view = await cachedRead(db, `calendar ${person.cooperation} ${now.slice(0, 13)}`, () =>
      viewOf(db, person.cooperation, now),
    );
    if (!view || (view.closedAt && Date.parse(now) - Date.parse(view.closedAt) > KEPT_MS)) continue;
    const clock = { language: person.language, timeZone: person.timeZone, others: [], now };
    for (const one of [
      ...(await invitations(db, { view, person, clock })),
      ...(await periods(db, { view, person, clock }, url)),
    ])
      entries.set(one.uid, one);
  }
  const text = calendarText([...entries.values()], speaker('site.calendar', first?.language ?? 'es')('name'));
  const same = text.replaceAll(/^DTSTAMP:.*\r\n/gm, '');
  return { text, etag: `W/"${createHash('sha256').update(same).digest('hex').slice(0, 32)}"` };
}

type PartOf = { view: CaseView; person: PersonRow; clock: Clock };

/** What somebody has been invited to and that stands: a guest to one session, observers and consultants to nothing. */
async function invitations(db: CaseFile, { view, person, clock }: PartOf): Promise<Entry[]> {
  const { id, programme, meeting } = view;
  const isMember = person.role === 'delegate' || person.role === 'staff';
  // What lies ahead of a cancellation does not take place.
  const takesPlace = ({ startsAt }: { startsAt: string | null }) =>
    startsAt !== null && (!view.cancelledAt || Date.parse(startsAt) < Date.parse(view.cancelledAt));
  const sessions = view.sessions.filter(
    (one) => (isMember || person.session === one.number) && !one.cancelledAt && takesPlace(one),
  );
  const convened = isMember && !meeting.cancelledAt && !meeting.notHeldAt && takesPlace(meeting);
  const entries = [
    convened ? await meetingEntry(db, { id, programme, clock, meeting }) : undefined,
    ...(await Promise.all(sessions.map((session) => sessionEntry(db, { id, programme, clock, session })))),
  ];
  return entries.filter((entry) => entry !== undefined);
}

/** Until when somebody is asked for what, while time runs. */
async function periods(db: CaseFile, { view, person, clock }: PartOf, url: string): Promise<Entry[]> {
  const { yours } = await turnsOf(db, { view, parts: [person], capacity: capacityOfPerson(person), clock });
  const say = speaker('site.calendar', clock.language);
  const entry = (request: RequestView): Entry => {
    const what = requestLabel(request, clock.language);
    return {
      uid: `${view.id}.${request.id.replaceAll('/', '.')}.due@${new URL(url).hostname}`,
      startsAt: new Date(Date.parse(request.dueAt) - PERIOD_MS).toISOString(),
      endsAt: request.dueAt,
      timeZone: partyZone(view, person.party),
      summary: say('due', { what, subject: view.programme.subject }),
      description: what,
      link: `${url}/c/${view.id}/requests/${request.id}`,
      ...{ place: null, now: clock.now, isPeriod: true },
    };
  };
  return yours.filter(isRunning).map(entry);
}
