import type { Letter } from './blocks.ts';
import { type Context, contextOf } from './frame.ts';
import { renderHtml } from './html.ts';
import type { CooperationHeading, Mail, Notice, Reader } from './notice.ts';
import { agenda } from './notices/agenda.ts';
import { cooperationClosed } from './notices/cooperation-closed.ts';
import { invitation } from './notices/invitation.ts';
import { news } from './notices/news.ts';
import { programmeIssued } from './notices/programme-issued.ts';
import { reminder } from './notices/reminder.ts';
import { request } from './notices/request.ts';
import { sessionRecorded } from './notices/session-recorded.ts';
import { sheetPublished } from './notices/sheet-published.ts';
import { renderText } from './text.ts';

function laidOut(notice: Notice, context: Context): Letter {
  switch (notice.notice) {
    case 'request':
      return request(notice, context);
    case 'reminder':
      return reminder(notice, context);
    case 'programme-issued':
      return programmeIssued(notice, context);
    case 'invitation':
      return invitation(notice, context);
    case 'agenda':
      return agenda(notice, context);
    case 'session-recorded':
      return sessionRecorded(notice, context);
    case 'news':
      return news(notice, context);
    case 'sheet-published':
      return sheetPublished(notice, context);
    case 'cooperation-closed':
      return cooperationClosed(notice, context);
  }
}

/**
 * A notice as one reader receives it, in their language and on their capital's clock. It depends on its
 * arguments alone: `now` (ISO 8601, UTC) decides how many days are left and whether a year is named.
 */
export function composeMail(
  notice: Notice,
  reader: Reader,
  cooperation: CooperationHeading,
  now: string,
): Mail {
  const letter = laidOut(notice, contextOf(reader, cooperation, now));
  return { subject: letter.subject, text: renderText(letter), html: renderHtml(letter) };
}
