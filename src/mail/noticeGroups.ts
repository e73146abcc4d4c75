import type { RecordGroup } from '../domain/recordGroups.ts';
import type { Notice } from './notice.ts';

/** What each notice is of, by which mails are looked for. */
export const GROUP_OF_NOTICE: Readonly<Record<Notice['notice'], Exclude<RecordGroup, 'mails'>>> = {
  request: 'requests',
  reminder: 'requests',
  'deadline-extended': 'requests',
  'request-released': 'requests',
  joined: 'people',
  replaced: 'people',
  left: 'people',
  'people-changed': 'people',
  'stands-in': 'people',
  convocation: 'programme',
  'programme-issued': 'programme',
  'programme-changed': 'programme',
  'window-ran-out': 'sessions',
  invitation: 'sessions',
  agenda: 'sessions',
  'session-recorded': 'sessions',
  news: 'exchange',
  'document-withheld': 'exchange',
  'sheet-published': 'results',
  communication: 'talk',
  enquiry: 'talk',
  'enquiry-answered': 'talk',
  digest: 'course',
  paused: 'course',
  resumed: 'course',
  'workflow-ended': 'course',
  'cooperation-cancelled': 'course',
  'cooperation-closed': 'course',
};
