import ICAL from 'ical.js';
import type { Attachment, Email } from 'postal-mime';
import type { Attending, ReadCalendar } from '../domain/mails/calendarReply.ts';
import { LONGEST_LINE } from '../domain/programme/programme.ts';

/** What a calendar answers to an invitation, as Outlook, Google, Apple and others send it: in the mail, or as a file of it. */

/** Larger than any such answer is. */
const MOST_BYTES = 256 * 1024;

const ATTENDING: Readonly<Record<string, Attending>> = {
  ACCEPTED: 'accepted',
  DECLINED: 'declined',
  TENTATIVE: 'tentative',
};

export function calendarIn(mail: Email, from: string | null): ReadCalendar | null {
  for (const file of mail.attachments.filter(isCalendar)) {
    const found = read(file, from);
    if (found) return found;
  }
  return null;
}

const isCalendar = ({ mimeType, filename }: Attachment): boolean =>
  /^(text\/(x-v)?calendar|application\/(ics|x-ics|calendar))$/i.test(mimeType) ||
  /\.ics$/i.test(filename ?? '');

function read({ content, method: stated }: Attachment, from: string | null): ReadCalendar | null {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as Uint8Array);
  if (bytes.byteLength > MOST_BYTES) return null;
  try {
    const calendar = new ICAL.Component(
      ICAL.parse(
        bytes
          .toString('utf8')
          .replace(/^\uFEFF/, '')
          .trim(),
      ),
    );
    const method = String(calendar.getFirstPropertyValue('method') ?? stated ?? '').toLowerCase();
    const event = calendar.getFirstSubcomponent('vevent');
    if (!event || (method !== 'reply' && method !== 'counter')) return null;
    const uid = event.getFirstPropertyValue('uid');
    if (typeof uid !== 'string') return null;
    const attendee = ownAttendee(event, from);
    const partstat = String(attendee?.getFirstParameter('partstat') ?? '').toUpperCase();
    const attending = ATTENDING[partstat] ?? null;
    // What is handed on to somebody else, or put off, is a mail like any.
    if (method === 'reply' && attending === null) return null;
    const startsAt = instant(event, 'dtstart');
    return {
      ...{ method, uid: uid.trim(), sequence: sequenceOf(event) },
      attendee: attendee ? addressOf(attendee) : null,
      attending,
      stamp: instant(event, 'dtstamp'),
      comment: commentOf(event, attendee),
      proposed: method === 'counter' && startsAt ? { startsAt, endsAt: instant(event, 'dtend') } : null,
    };
  } catch {
    // It is a file like any, then, and whoever reads the mail sees it.
    return null;
  }
}

/** An answer names whoever gives it; some name all who are invited. */
function ownAttendee(event: ICAL.Component, from: string | null): ICAL.Property | undefined {
  const all = event.getAllProperties('attendee');
  return all.find((one) => addressOf(one) === from) ?? all[0];
}

const addressOf = (attendee: ICAL.Property): string =>
  String(attendee.getFirstValue() ?? '')
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase();

/** Left out it is 0 (RFC 5545). */
function sequenceOf(event: ICAL.Component): number {
  const sequence = Number(event.getFirstPropertyValue('sequence') ?? 0);
  return Number.isSafeInteger(sequence) && sequence >= 0 && sequence < 1_000_000 ? sequence : 0;
}

function instant(event: ICAL.Component, name: string): string | null {
  const value = event.getFirstPropertyValue(name);
  if (!(value instanceof ICAL.Time)) return null;
  const date = value.toJSDate();
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Google and Exchange put it with the attendee. */
const commentOf = (event: ICAL.Component, attendee: ICAL.Property | undefined): string =>
  [
    ...event.getAllProperties('comment').map((one) => String(one.getFirstValue() ?? '')),
    String(attendee?.getFirstParameter('x-response-comment') ?? ''),
  ]
    .map((text) => text.trim())
    .filter((text, index, all) => text !== '' && all.indexOf(text) === index)
    .join('\n')
    .slice(0, LONGEST_LINE)
    .toWellFormed();
