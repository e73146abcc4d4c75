import type { Notice } from './notice.ts';

/** Whether a notice to an officer can wait for the morning's digest, where nothing near makes it urgent. */
export const CAN_WAIT: Readonly<Record<Notice['notice'], boolean>> = {
  request: true,
  reminder: true,
  'deadline-extended': true,
  'request-released': true,
  'answer-annulled': true,
  // Who is no person of the cooperation any more gets no digest of it.
  replaced: false,
  left: false,
  joined: false,
  'people-changed': true,
  'stands-in': true,
  'programme-issued': true,
  'programme-changed': true,
  'window-ran-out': true,
  paused: true,
  resumed: true,
  // Nothing goes on until somebody does something.
  'workflow-ended': false,
  'cooperation-cancelled': true,
  'cooperation-closed': true,
  // What goes to a calendar.
  convocation: false,
  invitation: false,
  'guests-named': true,
  agenda: true,
  'session-recorded': true,
  'meeting-corrected': true,
  news: true,
  'sheet-published': true,
  communication: true,
  enquiry: true,
  'enquiry-answered': true,
  // Who wrote wants to know whether it came.
  'mail-receipt': false,
  'mail-unfiled': true,
  'mail-bounced': true,
  'document-withheld': false,
  digest: false,
};
