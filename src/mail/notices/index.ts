import type { NoticeKind } from '../../domain/mails/notice.ts';
import type { Letter } from '../../words/blocks.ts';
import type { Context } from '../frame.ts';
import { agenda } from './agenda.ts';
import { answerAnnulled } from './answer-annulled.ts';
import { answerByMail } from './answer-by-mail.ts';
import { communication } from './communication.ts';
import { convocation } from './convocation.ts';
import { cooperationCancelled } from './cooperation-cancelled.ts';
import { cooperationClosed } from './cooperation-closed.ts';
import { deadlineExtended } from './deadline-extended.ts';
import { digest } from './digest.ts';
import { documentWithheld } from './document-withheld.ts';
import { enquiry } from './enquiry.ts';
import { enquiryAnswered } from './enquiry-answered.ts';
import { guestsNamed } from './guests-named.ts';
import { invitation } from './invitation.ts';
import { joined } from './joined.ts';
import { left } from './left.ts';
import { mailBounced } from './mail-bounced.ts';
import { mailReceipt } from './mail-receipt.ts';
import { mailUnfiled } from './mail-unfiled.ts';
import { meetingCorrected } from './meeting-corrected.ts';
import { news } from './news.ts';
import { paperSigned } from './paper-signed.ts';
import { paused } from './paused.ts';
import { peopleChanged } from './people-changed.ts';
import { programmeChanged } from './programme-changed.ts';
import { programmeIssued } from './programme-issued.ts';
import { reminder } from './reminder.ts';
import { replaced } from './replaced.ts';
import { request } from './request.ts';
import { requestReleased } from './request-released.ts';
import { resumed } from './resumed.ts';
import { sessionRecorded } from './session-recorded.ts';
import { sheetCorrectionCancelled } from './sheet-correction-cancelled.ts';
import { sheetPublished } from './sheet-published.ts';
import { standsIn } from './stands-in.ts';
import { windowRanOut } from './window-ran-out.ts';
import { workflowEnded } from './workflow-ended.ts';

/** Each notice as a letter: what it takes is what the mail says, as facts. */
const LETTERS = {
  request,
  reminder,
  'deadline-extended': deadlineExtended,
  'request-released': requestReleased,
  'answer-annulled': answerAnnulled,
  joined,
  replaced,
  left,
  'people-changed': peopleChanged,
  'stands-in': standsIn,
  'programme-issued': programmeIssued,
  'programme-changed': programmeChanged,
  'window-ran-out': windowRanOut,
  'document-withheld': documentWithheld,
  paused,
  'workflow-ended': workflowEnded,
  resumed,
  'cooperation-cancelled': cooperationCancelled,
  convocation,
  'meeting-corrected': meetingCorrected,
  invitation,
  agenda,
  'guests-named': guestsNamed,
  'session-recorded': sessionRecorded,
  news,
  'sheet-published': sheetPublished,
  'sheet-correction-cancelled': sheetCorrectionCancelled,
  'cooperation-closed': cooperationClosed,
  'paper-signed': paperSigned,
  communication,
  enquiry,
  'mail-receipt': mailReceipt,
  'answer-by-mail': answerByMail,
  'mail-unfiled': mailUnfiled,
  'mail-bounced': mailBounced,
  digest,
  'enquiry-answered': enquiryAnswered,
} satisfies Readonly<Record<NoticeKind, (facts: never, context: Context) => Letter>>;

/** What a mail says, before it is put in anyone's language. Instants are ISO 8601 in UTC; texts are as people wrote them. */
export type Notice = {
  [N in NoticeKind]: { notice: N } & Parameters<(typeof LETTERS)[N]>[0];
}[NoticeKind];

export const letterOf = (notice: Notice, context: Context): Letter =>
  (LETTERS[notice.notice] as (facts: Notice, context: Context) => Letter)(notice, context);
