import { CHANGE_KINDS, CHANGES, type ChangeRecord } from './change.ts';
import type { RecordGroup } from './recordGroups.ts';

/** Everything that can stand in the record, beside changes that were made, and with what it is looked for. */
const ENTRIES = {
  'cooperation-filed': 'course',
  'request-opened': 'requests',
  'answer-received': 'requests',
  'answer-refused': 'requests',
  'answer-taken-back': 'requests',
  'request-closed': 'requests',
  'request-lapsed': 'requests',
  'programme-made': 'programme',
  'programme-issued': 'programme',
  'meeting-convened': 'programme',
  'meeting-recorded': 'programme',
  'meeting-set': 'programme',
  'date-fixed': 'sessions',
  'invitation-sent': 'sessions',
  'agenda-sent': 'sessions',
  'session-recorded': 'sessions',
  'commitments-recorded': 'results',
  'commitments-told': 'results',
  'minutes-sent': 'sessions',
  'question-asked': 'exchange',
  'question-answered': 'exchange',
  'document-added': 'exchange',
  'consultant-named': 'results',
  'sheet-published': 'results',
  'window-ran-out': 'sessions',
  'mail-sent': 'mails',
  'mail-refused': 'mails',
  'mail-sent-again': 'mails',
  'communication-written': 'talk',
  'enquiry-made': 'talk',
  'enquiry-answered': 'talk',
  'mail-received': 'talk',
  'comment-made': 'talk',
  'workflow-ended': 'course',
  'certificates-given': 'results',
  'certificate-withdrawn': 'results',
  'consent-stated': 'results',
  'paper-sealed': 'results',
  'paper-signed': 'results',
  'cooperation-rebuilt': 'course',
  'cooperation-closed': 'course',
  'cooperation-followed-up': 'results',
} as const satisfies Readonly<Record<string, RecordGroup>>;

export type RecordKind = keyof typeof ENTRIES | ChangeRecord;

const GROUP_OF = {
  ...ENTRIES,
  ...Object.fromEntries(CHANGE_KINDS.map((kind) => [CHANGES[kind].recorded, CHANGES[kind].group])),
} as Readonly<Record<RecordKind, RecordGroup>>;

export const RECORD_KINDS = Object.keys(GROUP_OF) as [RecordKind, ...RecordKind[]];

/** What is looked for; whatever is left out may be anything. */
export type RecordFilter = { group?: RecordGroup | undefined; person?: string | undefined };

/** Whether an entry is of a group, and done by, sent to or about somebody. */
export function isLookedFor(
  { kind, person, data }: { kind: RecordKind; person: string | null; data: unknown },
  looked: RecordFilter,
): boolean {
  if (looked.group !== undefined && GROUP_OF[kind] !== looked.group) return false;
  if (looked.person === undefined || person === looked.person) return true;
  const about = (data ?? {}) as Partial<Record<'person' | 'to' | 'by' | 'guest' | 'guests', unknown>>;
  return [about.person, about.to, about.by, about.guest, about.guests].flat().includes(looked.person);
}
