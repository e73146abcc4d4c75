import type { z } from 'zod';
import type { deadlines } from '../dates/deadlineShape.ts';
import type { DueRule } from '../dates/deadlines.ts';
import type { Step } from '../methodology.ts';

/**
 * What a kind of request is. Everything that differs between kinds is declared in one of these, or stands in a table
 * over all kinds (or over what is declared here), so that the compiler names what a new one lacks.
 */

/** What an answer may say. */
export const DECISIONS = [
  'approve',
  'changes',
  'done',
  'not-held',
  'submit',
  'nothing-to-add',
  'marks',
  'date',
] as const;
export type Decision = (typeof DECISIONS)[number];

/** What can come with a decision and is written: a hash of it travels with the answer, and it is in the case file. */
export const WRITTEN = [
  'reason',
  'minutes',
  'text',
  'person',
  'outcomes',
  'fulfilment',
  'programme',
  'translation',
  'document',
] as const;
/** All that can come with a decision, by the name it has in an answer that is given. */
export const ENCLOSURES = [
  ...WRITTEN,
  ...(['documents', 'commitments', 'lessons', 'funding', 'marks', 'date', 'publish'] as const),
] as const;
export type Enclosure = (typeof ENCLOSURES)[number];
export type WrittenEnclosure = (typeof WRITTEN)[number];
export const isWritten = (enclosure: Enclosure): enclosure is WrittenEnclosure =>
  (WRITTEN as readonly string[]).includes(enclosure);

/** What a decision is called where a kind has a name of its own for it. */
export const DECISION_NAMES = ['accept', 'send-back', 'new-dates', 'hold', 'vouch'] as const;

/** What comes with one decision: what it cannot do without, and what it may bring besides. Nothing else is taken. */
export type DecisionRule = {
  needs?: Enclosure;
  takes?: readonly Enclosure[];
  /** When it is not taken: there are no other dates to propose. */
  unless?: 'window-ran-out';
  /** What the decision is called where it is chosen, and once it was given; as it is called everywhere unless said. */
  called?: (typeof DECISION_NAMES)[number];
  /** It can be given in words, in reply to the mail that asks: nothing has to come with it, and words for it are plain. */
  byMail?: true;
};

/** What a request is about: what its subject is, and what its reader needs before their eyes. */
export const MATTERS = [
  'meeting',
  'programme',
  'translation',
  'exchange',
  'question',
  'dates',
  'session',
  'consultant',
  'sheet',
  'report',
  'outcomes',
  'commitments',
  'trouble',
] as const;
export type Matter = (typeof MATTERS)[number];

/** What a request's `item` is the number of. */
export const ITEMS: Readonly<Record<Matter, 'session' | 'question' | 'version' | 'months' | 'none'>> = {
  meeting: 'none',
  programme: 'version',
  translation: 'none',
  exchange: 'none',
  question: 'question',
  dates: 'session',
  session: 'session',
  consultant: 'none',
  sheet: 'version',
  report: 'version',
  outcomes: 'months',
  commitments: 'none',
  trouble: 'none',
};

/**
 * Why something is asked once more. `corrected`: the Secretariat corrected what was asked about; `corrected-sheet`: it asked
 * for a sheet in the place of the one that was published.
 */
export const AGAIN = [
  'changes-asked',
  'corrected',
  'corrected-sheet',
  'none-suited',
  'not-held',
  'other-dates',
] as const;
export type Again = (typeof AGAIN)[number];

/** The forms that answers are given in, on the site and by scripted people. */
export const FORM_NAMES = [
  'minutes',
  'review',
  'programme',
  'translation',
  'documents',
  'question',
  'marks',
  'date',
  'session',
  'person',
  'draft',
  'complement',
  'outcomes',
  'fulfilment',
  'confirmation',
] as const;
export type Form = (typeof FORM_NAMES)[number];

/**
 * Why the Secretariat has to find a session's date by itself: its window is over, or has no more dates; or its days had
 * passed when the cooperation was entered, so that nobody was asked about them.
 */
export const RAN_OUT = ['time', 'no-dates', 'entered'] as const;
export type RanOut = (typeof RAN_OUT)[number];

/** Institutions that are asked together. */
export const GROUPS = ['ministries'] as const;
export type Group = (typeof GROUPS)[number];

/** What an answer changes beyond itself. */
export const EFFECTS = [
  'none',
  'fixes-date',
  'records-meeting',
  'sets-meeting',
  'records-session',
  'answers-question',
  'names-consultant',
  'revises-programme',
  'translates-programme',
  'tells-commitments',
] as const;
export type Effect = (typeof EFFECTS)[number];

/**
 * Why the answer to a kind cannot be annulled once it was used, and what is done instead: the session is moved; what went
 * wrong is asked about again.
 */
export const LASTING = ['settled', 'trouble'] as const;

export type Kind<K extends string = string> = {
  /** `any`: that of the workflow which asks. */
  step: Step | 'any';
  about: Matter;
  /** The decisions it takes, in the order in which they are offered. */
  decisions: Readonly<Partial<Record<Decision, DecisionRule>>>;
  /** Working days at the addressee's, and from when they are counted. */
  due: DueRule;
  /** The key under `deadlines` in a programme file that overrides the days. */
  deadline?: keyof z.infer<typeof deadlines>;
  /**
   * Whose answers the Secretariat may do without, giving its reason: of `any` party; of `others`, as long as one party
   * answers; of `none`, since what follows needs the answer.
   */
  waivable: 'any' | 'others' | 'none';
  /** Who is asked, where it is not one party: all of these, those too that join the cooperation while it is open. */
  asks?: Group;
  /** Who of those asked is written to, where it is not everybody; anybody of them may answer. */
  writesTo?: 'focal-points';
  form: Form;
  /** What the files are that come with an answer. */
  brings?: 'answer' | 'sheet' | 'report';
  /**
   * What goes with it to those asked: the programme's version, or the document it is about; the Word file to begin
   * with, in the first round; the published sheet.
   */
  encloses: readonly ('programme' | 'subject' | 'template' | 'sheet')[];
  /** What its mail also tells: the minutes of the sessions before; that the sheet was published, in the first round. */
  carries?: 'minutes' | 'sheet';
  /** The kinds in the same workflow after which it is asked again, and why that is. */
  follows: Readonly<Partial<Record<K, Again>>>;
  /** The kind whose answers are marks on the dates it asks about. */
  poll?: K;
  effect: Effect;
  /** The decision that ends its step; what comes to pass then cannot be undone. */
  ends?: Decision;
  /** Of a kind whose answers cannot be annulled once they were used: why. */
  lasting?: (typeof LASTING)[number];
};
