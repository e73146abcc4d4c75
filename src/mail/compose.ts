import type { Letter } from '../words/blocks.ts';
import { type Context, mailContextOf } from './frame.ts';
import { renderHtml } from './html.ts';
import type { CooperationHeading, Mail, Notice, Reader, RequestNotice } from './notice.ts';
import { agenda } from './notices/agenda.ts';
import { answerAnnulled } from './notices/answer-annulled.ts';
import { communication } from './notices/communication.ts';
import { convocation } from './notices/convocation.ts';
import { cooperationCancelled } from './notices/cooperation-cancelled.ts';
import { cooperationClosed } from './notices/cooperation-closed.ts';
import { deadlineExtended } from './notices/deadline-extended.ts';
import { digest } from './notices/digest.ts';
import { documentWithheld } from './notices/document-withheld.ts';
import { enquiry } from './notices/enquiry.ts';
import { enquiryAnswered } from './notices/enquiry-answered.ts';
import { guestsNamed } from './notices/guests-named.ts';
import { invitation } from './notices/invitation.ts';
import { joined } from './notices/joined.ts';
import { left } from './notices/left.ts';
import { mailBounced } from './notices/mail-bounced.ts';
import { mailReceipt } from './notices/mail-receipt.ts';
import { mailUnfiled } from './notices/mail-unfiled.ts';
import { meetingCorrected } from './notices/meeting-corrected.ts';
import { news } from './notices/news.ts';
import { paused } from './notices/paused.ts';
import { peopleChanged } from './notices/people-changed.ts';
import { programmeChanged } from './notices/programme-changed.ts';
import { programmeIssued } from './notices/programme-issued.ts';
import { reminder } from './notices/reminder.ts';
import { replaced } from './notices/replaced.ts';
import { request } from './notices/request.ts';
import { requestReleased } from './notices/request-released.ts';
import { resumed } from './notices/resumed.ts';
import { sessionRecorded } from './notices/session-recorded.ts';
import { sheetPublished } from './notices/sheet-published.ts';
import { standsIn } from './notices/stands-in.ts';
import { windowRanOut } from './notices/window-ran-out.ts';
import { workflowEnded } from './notices/workflow-ended.ts';
import { renderText } from './text.ts';

function laidOut(notice: Notice, context: Context): Letter {
  switch (notice.notice) {
    case 'request':
      return request(notice, context);
    case 'reminder':
      return reminder(notice, context);
    case 'deadline-extended':
      return deadlineExtended(notice, context);
    case 'request-released':
      return requestReleased(notice, context);
    case 'answer-annulled':
      return answerAnnulled(notice, context);
    case 'joined':
      return joined(notice, context);
    case 'replaced':
      return replaced(notice, context);
    case 'left':
      return left(notice, context);
    case 'people-changed':
      return peopleChanged(notice, context);
    case 'stands-in':
      return standsIn(notice, context);
    case 'programme-issued':
      return programmeIssued(notice, context);
    case 'programme-changed':
      return programmeChanged(notice, context);
    case 'window-ran-out':
      return windowRanOut(notice, context);
    case 'document-withheld':
      return documentWithheld(notice, context);
    case 'paused':
      return paused(notice, context);
    case 'workflow-ended':
      return workflowEnded(notice, context);
    case 'resumed':
      return resumed(notice, context);
    case 'cooperation-cancelled':
      return cooperationCancelled(notice, context);
    case 'convocation':
      return convocation(notice, context);
    case 'invitation':
      return invitation(notice, context);
    case 'meeting-corrected':
      return meetingCorrected(notice, context);
    case 'guests-named':
      return guestsNamed(notice, context);
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
    case 'communication':
      return communication(notice, context);
    case 'enquiry':
      return enquiry(notice, context);
    case 'mail-receipt':
      return mailReceipt(notice, context);
    case 'mail-bounced':
      return mailBounced(notice, context);
    case 'mail-unfiled':
      return mailUnfiled(notice, context);
    case 'digest':
      return digest(notice, context);
    case 'enquiry-answered':
      return enquiryAnswered(notice, context);
  }
}

/** Whether a notice asks for an answer before all. */
const isAsked = (notice: Notice): notice is Extract<Notice, RequestNotice> =>
  notice.notice === 'request' || notice.notice === 'reminder' || notice.notice === 'deadline-extended';

/** What a notice asks for, which its button leads to. */
export function requestIn(notice: Notice): RequestNotice | undefined {
  if (notice.notice === 'invitation') return notice.asked;
  return isAsked(notice) ? notice : undefined;
}

function linked(notice: Notice, link: string): Notice {
  if (notice.notice === 'invitation')
    return notice.asked ? { ...notice, asked: { ...notice.asked, link } } : notice;
  return isAsked(notice) ? { ...notice, link } : notice;
}

/**
 * A notice as one reader receives it, in their language and on their capital's clock. It depends on its
 * arguments alone: `now` (ISO 8601, UTC) decides how many days are left and whether a year is named. With `link` it
 * has that one way to the cooperation site, as the button of a request or else on a line at its end.
 */
export function composeMail(
  notice: Notice,
  reader: Reader,
  cooperation: CooperationHeading,
  now: string,
  link?: string,
): Mail {
  const letter = laidOut(link ? linked(notice, link) : notice, mailContextOf(reader, cooperation, now, link));
  return { subject: letter.subject, text: renderText(letter), html: renderHtml(letter) };
}
