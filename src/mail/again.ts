import { type Clock, dayOf } from '../words/dates/dates.ts';
import { speaker } from '../words/speaker.ts';
import { escaped } from './html.ts';

/** What a mail that goes out once more says differently: that it does so, and whose its invitation is. */

/** The sentence at its head. @param firstAt when it was written at first, ISO 8601 in UTC */
export const againNote = (firstAt: string, clock: Clock): string =>
  speaker('mail.again', clock.language)('note', { day: dayOf(firstAt, clock) });

/** A text of the mail with the sentence at its head; calendar objects have none. */
export function noted(text: string, mediaType: string, note: string): string {
  // A sentence a line, as narrow as the rest.
  if (mediaType === 'text/plain') return `${note.replace(/\. (?=\p{Lu})/gu, '.\r\n')}\r\n\r\n${text}`;
  // Below the line that names the network and the cooperation.
  if (mediaType === 'text/html')
    return text.replace('</p>', () => `</p>\r\n<p style="margin:0 0 16px"><em>${escaped(note)}</em></p>`);
  return text;
}

/**
 * A calendar object with another address for whom it is for, and the time it is sent at: a program takes what has the
 * same SEQUENCE and a later DTSTAMP for the same appointment once more.
 */
export function readdressed(text: string, { email, stamp }: { email: string; stamp: string }): string {
  const instant = stamp.replace(/[-:]|\.\d+/g, '');
  return text
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .map((line) => {
      if (line.startsWith('ATTENDEE'))
        return line.replace(/(:mailto:)[^:]*$/i, (_, scheme: string) => scheme + email);
      return line.startsWith('DTSTAMP:') ? `DTSTAMP:${instant}` : line;
    })
    .map(folded)
    .join('\r\n');
}

/** Octets of a line of a calendar object, its end left out (RFC 5545, 3.1). */
const LINE = 75;

function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  for (const character of line) {
    if (Buffer.byteLength(current + character) > LINE) {
      lines.push(current);
      current = ' ';
    }
    current += character;
  }
  return [...lines, current].join('\r\n');
}
