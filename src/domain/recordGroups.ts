import type { CaseView, RecordKind } from './caseView.ts';

/** What the record's entries are of, by which they are looked for. */
export const RECORD_GROUPS = [
  ...(['requests', 'programme', 'sessions', 'exchange', 'results'] as const),
  ...(['talk', 'people', 'mails', 'course'] as const),
] as const;
export type RecordGroup = (typeof RECORD_GROUPS)[number];

const GROUP_OF: Readonly<Record<RecordKind, RecordGroup>> = {
  'cooperation-filed': 'course',
  'cooperation-followed-up': 'results',
  'request-opened': 'requests',
  'answer-received': 'requests',
  'answer-refused': 'requests',
  'answer-taken-back': 'requests',
  'answer-annulled': 'requests',
  'request-closed': 'requests',
  'request-lapsed': 'requests',
  'request-extended': 'requests',
  'request-reassigned': 'requests',
  'request-waived': 'requests',
  'request-handed-over': 'requests',
  'programme-made': 'programme',
  'programme-issued': 'programme',
  'programme-amended': 'programme',
  'meeting-convened': 'programme',
  'meeting-recorded': 'programme',
  'meeting-set': 'programme',
  'meeting-changed': 'programme',
  'meeting-cancelled': 'programme',
  'meeting-corrected': 'programme',
  'date-fixed': 'sessions',
  'invitation-sent': 'sessions',
  'agenda-sent': 'sessions',
  'session-recorded': 'sessions',
  'minutes-sent': 'sessions',
  'minutes-corrected': 'sessions',
  'window-ran-out': 'sessions',
  'session-changed': 'sessions',
  'session-added': 'sessions',
  'session-cancelled': 'sessions',
  'question-asked': 'exchange',
  'question-answered': 'exchange',
  'document-added': 'exchange',
  'document-withheld': 'exchange',
  'document-released': 'exchange',
  'consultant-named': 'results',
  'sheet-published': 'results',
  'commitments-recorded': 'results',
  'commitments-told': 'results',
  'commitment-added': 'results',
  'commitment-corrected': 'results',
  'certificates-given': 'results',
  'certificate-withdrawn': 'results',
  'consent-stated': 'results',
  'communication-written': 'talk',
  'enquiry-made': 'talk',
  'enquiry-answered': 'talk',
  'mail-received': 'talk',
  'comment-made': 'talk',
  'absence-noted': 'people',
  'absence-ended': 'people',
  'person-replaced': 'people',
  'person-corrected': 'people',
  'person-joined': 'people',
  'person-left': 'people',
  'focal-point-named': 'people',
  'guest-added': 'people',
  'guests-named': 'people',
  'guest-withdrawn': 'people',
  'mail-sent': 'mails',
  'mail-refused': 'mails',
  'mail-sent-again': 'mails',
  'workflow-ended': 'course',
  'cooperation-rebuilt': 'course',
  'cooperation-paused': 'course',
  'cooperation-resumed': 'course',
  'cooperation-cancelled': 'course',
  'cooperation-closed': 'course',
};

/** What is looked for; whatever is left out may be anything. */
export type RecordFilter = { group?: RecordGroup | undefined; person?: string | undefined };

/** Whether an entry is of a group, and done by, sent to or about somebody. */
export function isLookedFor(
  { kind, person, data }: Pick<CaseView['record'][number], 'kind' | 'person' | 'data'>,
  looked: RecordFilter,
): boolean {
  if (looked.group !== undefined && GROUP_OF[kind] !== looked.group) return false;
  if (looked.person === undefined || person === looked.person) return true;
  const about = (data ?? {}) as Partial<Record<'person' | 'to' | 'by' | 'guest' | 'guests', unknown>>;
  return [about.person, about.to, about.by, about.guest, about.guests].flat().includes(looked.person);
}
