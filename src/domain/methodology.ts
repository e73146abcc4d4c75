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
  /** The key under `deadlines` in a programme file that overrides the days. */
  deadline?: keyof z.infer<typeof deadlines>;
};

export const KINDS = {
  'confirm-coordination': {
    step: 'coordination',
    decisions: ['done'],
    content: 'minutes',
    due: { days: 2, after: 'session' },
  },
  'approve-programme': {
    step: 'coordination',
    decisions: ['approve', 'changes'],
    content: 'none',
    due: { days: 5, from: 'asked' },
    deadline: 'approveProgramme',
  },
  'revise-programme': {
    step: 'coordination',
    decisions: ['submit'],
    content: 'programme',
    due: { days: 5, from: 'asked' },
  },
  'send-documents': {
    step: 'documents',
    decisions: ['done'],
    content: 'none',
    due: { days: 3, before: 'session' },
    deadline: 'sendDocuments',
  },
  'answer-question': {
    step: 'documents',
    decisions: ['done'],
    content: 'text',
    due: { days: 2, before: 'session' },
    deadline: 'answerQuestion',
  },
  'choose-date': {
    step: 'sessions',
    decisions: ['marks'],
    content: 'none',
    due: { days: 5, from: 'asked' },
    deadline: 'chooseDate',
  },
  'confirm-date': { step: 'sessions', decisions: ['date'], content: 'none', due: { days: 2, from: 'asked' } },
  'record-session': {
    step: 'sessions',
    decisions: ['done', 'not-held'],
    content: 'minutes',
    due: { days: 3, after: 'session' },
    deadline: 'recordSession',
  },
  'name-consultant': {
    step: 'systematization',
    decisions: ['done'],
    content: 'person',
    due: { days: 5, from: 'asked' },
    deadline: 'nameConsultant',
  },
  'draft-sheet': {
    step: 'systematization',
    decisions: ['submit'],
    content: 'document',
    due: { days: 15, from: 'asked' },
    deadline: 'draftSheet',
  },
  'review-sheet': {
    step: 'systematization',
    decisions: ['approve', 'changes'],
    content: 'none',
    due: { days: 10, from: 'asked' },
    deadline: 'reviewSheet',
  },
  'draft-report': {
    step: 'final-report',
    decisions: ['submit'],
    content: 'document',
    due: { days: 20, from: 'asked' },
    deadline: 'draftReport',
  },
  'complement-report': {
    step: 'final-report',
    decisions: ['submit'],
    content: 'document',
    due: { days: 10, from: 'asked' },
    deadline: 'complementReport',
  },
  'receive-report': {
    step: 'final-report',
    decisions: ['approve', 'changes'],
    content: 'none',
    due: { days: 10, from: 'asked' },
    deadline: 'receiveReport',
  },
  'resolve-trouble': {
    step: 'coordination',
    decisions: ['done'],
    content: 'none',
    due: { days: 1, from: 'asked' },
  },
} as const satisfies Record<string, Kind>;

export type RequestKind = keyof typeof KINDS;
export const REQUEST_KINDS = Object.keys(KINDS) as [RequestKind, ...RequestKind[]];

/** When the poll over the slots of a window is opened: this many days before the window begins. */
export const POLL_OPENS_DAYS_BEFORE_WINDOW = 28;
/** When the agenda goes out: this many working days before the session. */
export const AGENDA_WORKING_DAYS_BEFORE = 2;
