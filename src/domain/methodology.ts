import type { z } from 'zod';
import type { deadlines } from './programme.ts';

/**
 * The methodology defined by the RIAL/OAS: five steps, and what is asked of whom in each.
 * Everything human in it is a request; this file lists their kinds.
 */

export const STEPS = ['coordination', 'documents', 'sessions', 'systematization', 'final-report'] as const;
export type Step = (typeof STEPS)[number];

/** What an answer may say. */
export const DECISIONS = ['approve', 'changes', 'done', 'not-held', 'submit', 'marks', 'date'] as const;
export type Decision = (typeof DECISIONS)[number];

type Kind = {
  step: Step;
  /** The decisions that this kind of request takes. */
  decisions: readonly Decision[];
  /** The shape of what is written beside the decision and kept in the case file; see `content.ts`. */
  content: 'none' | 'minutes' | 'text' | 'person' | 'programme' | 'document';
  /** Working days at the addressee's, and from when they are counted. */
  due:
    | { days: number; from: 'asked' }
    | { days: number; before: 'session' | 'window' }
    | { days: number; after: 'session' };
  /**
   * Whose answers the Secretariat may do without, giving its reason: of `any` party; of `others`, as long as one party
   * answers; of `none`, since what follows needs the answer.
   */
  waivable: 'any' | 'others' | 'none';
  /** The key under `deadlines` in a programme file that overrides the days. */
  deadline?: keyof z.infer<typeof deadlines>;
};

export const KINDS = {
  'confirm-coordination': {
    step: 'coordination',
    decisions: ['done'],
    content: 'minutes',
    due: { days: 2, after: 'session' },
    waivable: 'none',
  },
  'approve-programme': {
    step: 'coordination',
    decisions: ['approve', 'changes'],
    content: 'none',
    due: { days: 5, from: 'asked' },
    waivable: 'others',
    deadline: 'approveProgramme',
  },
  'revise-programme': {
    step: 'coordination',
    decisions: ['submit'],
    content: 'programme',
    due: { days: 5, from: 'asked' },
    waivable: 'none',
  },
  'send-documents': {
    step: 'documents',
    decisions: ['done'],
    content: 'none',
    due: { days: 3, before: 'session' },
    waivable: 'any',
    deadline: 'sendDocuments',
  },
  'answer-question': {
    step: 'documents',
    decisions: ['done'],
    content: 'text',
    due: { days: 2, before: 'session' },
    waivable: 'any',
    deadline: 'answerQuestion',
  },
  'choose-date': {
    step: 'sessions',
    decisions: ['marks'],
    content: 'none',
    due: { days: 5, from: 'asked' },
    waivable: 'any',
    deadline: 'chooseDate',
  },
  'confirm-date': {
    step: 'sessions',
    // `changes` asks for other dates, with the reason.
    decisions: ['date', 'changes'],
    content: 'none',
    due: { days: 2, from: 'asked' },
    waivable: 'none',
  },
  'record-session': {
    step: 'sessions',
    decisions: ['done', 'not-held'],
    content: 'minutes',
    due: { days: 3, after: 'session' },
    waivable: 'none',
    deadline: 'recordSession',
  },
  'name-consultant': {
    step: 'systematization',
    decisions: ['done'],
    content: 'person',
    due: { days: 5, from: 'asked' },
    waivable: 'none',
    deadline: 'nameConsultant',
  },
  'draft-sheet': {
    step: 'systematization',
    decisions: ['submit'],
    content: 'document',
    due: { days: 15, from: 'asked' },
    waivable: 'none',
    deadline: 'draftSheet',
  },
  'review-sheet': {
    step: 'systematization',
    decisions: ['approve', 'changes'],
    content: 'none',
    due: { days: 10, from: 'asked' },
    waivable: 'others',
    deadline: 'reviewSheet',
  },
  'draft-report': {
    step: 'final-report',
    decisions: ['submit'],
    content: 'document',
    due: { days: 20, from: 'asked' },
    waivable: 'others',
    deadline: 'draftReport',
  },
  'complement-report': {
    step: 'final-report',
    decisions: ['submit'],
    content: 'document',
    due: { days: 10, from: 'asked' },
    waivable: 'any',
    deadline: 'complementReport',
  },
  'receive-report': {
    step: 'final-report',
    decisions: ['approve', 'changes'],
    content: 'none',
    due: { days: 10, from: 'asked' },
    waivable: 'none',
    deadline: 'receiveReport',
  },
  'resolve-trouble': {
    step: 'coordination',
    decisions: ['done'],
    content: 'none',
    due: { days: 1, from: 'asked' },
    waivable: 'none',
  },
} as const satisfies Record<string, Kind>;

export type RequestKind = keyof typeof KINDS;
export const REQUEST_KINDS = Object.keys(KINDS) as [RequestKind, ...RequestKind[]];

/** When the poll over the slots of a window is opened: this many days before the window begins. */
export const POLL_OPENS_DAYS_BEFORE_WINDOW = 28;
/** When the agenda goes out: this many working days before the session. */
export const AGENDA_WORKING_DAYS_BEFORE = 2;

/** How far ahead the Secretariat may set a session's date when no window gave one. */
const ANY_DATE_DAYS = 90;

/** Between which instants (ISO 8601, UTC) the Secretariat may then set it, asked at an instant. */
export const anyDateFrom = (instant: string): { from: string; to: string } => ({
  from: instant,
  to: new Date(Date.parse(instant) + ANY_DATE_DAYS * 24 * 60 * 60 * 1000).toISOString(),
});
