import type { CaseView, RequestView } from './caseView.ts';
import type { RecordKind } from './recordKinds.ts';
import type { Refusal } from './refusal.ts';

/**
 * How people behave in a rehearsal of any programme, where no scenario is written for it: all at once; who has the experience
 * late; the ministries never; with changes asked for; with a first session that is not held.
 */
export const REHEARSED_COURSES = ['punctual', 'late', 'silent', 'changes', 'not-held'] as const;
export type RehearsedCourse = (typeof REHEARSED_COURSES)[number];

/** What somebody tried and the cooperation refused. */
export type Attempt = {
  at: string;
  refusal: Refusal;
  party: string | null;
  person: string | null;
  request?: string;
  /** The change that was asked for. */
  change?: string;
};

/** A whole cooperation on virtual time. */
export type RehearsalResult = {
  view: CaseView;
  /** When it began and ended (ISO 8601, UTC). */
  from: string;
  to: string;
  /** `closed` with the accepted report or before its time; `waiting` on answers that never come; `until` the scenario's end. */
  end: 'closed' | 'waiting' | 'until';
  refusals: Attempt[];
};

/** Kinds of the record are as there; mails are told one by one, and what the record cannot hold is added. */
export type TimelineKind =
  | Exclude<RecordKind, 'mail-sent' | 'mail-refused'>
  | 'coordination'
  | 'session'
  | 'mail'
  | 'reminder'
  | 'escalation'
  | 'mail-refused'
  | 'mail-unsent'
  | 'due'
  | 'refused'
  | 'waiting';

type Mail = CaseView['mails'][number];
/** What happened at one time of a rehearsal. */
export type Entry = {
  /** To the minute (ISO 8601, UTC): seconds of a rehearsal mean nothing. */
  at: string;
  /** The IANA zone of whom it concerns. */
  timeZone: string;
  /** On that clock: `2021-06-10 10:00 America/New_York`. */
  local: string;
  /** The workflow it belongs to, where it does. */
  workflow: string | null;
  party: string | null;
  person: string | null;
  kind: TimelineKind;
  request?: string;
  session?: number;
  /** What the text is made of. */
  of:
    | { record: CaseView['record'][number] }
    | { mail: Mail }
    | { meeting: { startsAt: string; endsAt: string } }
    | { due: RequestView; owing: string[] }
    | { waiting: RequestView }
    | { attempt: Attempt };
};

/** A mail as its reader would open it. */
export type RehearsedMail = {
  /** `Name <address>`. */
  from: string;
  to: string;
  /** As its header has it: the time of the rehearsal. */
  date: string;
  html: string;
  attachments: { fileName: string; size: number }[];
};

/** What it came to for each person and party. */
export type Sums = {
  mails: {
    person: string;
    name: string;
    party: string;
    role: CaseView['people'][number]['role'];
    sent: number;
    reminders: number;
    refused: number;
    unsent: number;
  }[];
  /** Calendar days on which a party was waited on, and of these the ones after a due date. */
  waited: { party: string; label: string; days: number; overdue: number }[];
};
