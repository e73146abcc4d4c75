import type { Answer, Refusal, Subject } from './answer.ts';
import { decisionsOf, kinds, type RequestKind, ruleOf } from './kinds/index.ts';
import { isWritten } from './kinds/kind.ts';

/**
 * A request: these parties are asked for this, about this exact thing, by this date.
 * State changes are `(state, event) => state`; nothing here knows the clock, people or Temporal.
 * Instants are ISO 8601 in UTC.
 */
export type RequestState = {
  /** Unique in its cooperation: `session-2/choose-date.1`, the part before the slash being its workflow. */
  id: string;
  kind: RequestKind;
  /** Codes of the parties that must each answer once. */
  of: readonly string[];
  subject: Subject;
  openedAt: string;
  dueAt: string;
  /** Slots that may be marked, or chosen from, where the request is about dates. */
  slots?: readonly string[];
  /** The first and last instant a chosen date may lie between, where the request is about dates. */
  within?: { from: string; to: string };
  /** Why the Secretariat has to find a date by itself. */
  windowRanOut?: 'time' | 'no-dates' | null;
  /** Parties whose answer the Secretariat does without. Left out where there are none. */
  waived?: readonly string[];
  answers: readonly Received[];
};

/**
 * Why a request was closed though somebody still owed an answer: what it asked was overtaken, the days of the session's
 * window were over, the session or the cooperation was cancelled, or the cooperation was over.
 */
export const LAPSES = [
  'superseded',
  'window-ran-out',
  'session-cancelled',
  'cooperation-cancelled',
  'cooperation-closed',
] as const;
export type Lapse = (typeof LAPSES)[number];

/** The part of a request's id that names its workflow: `session-2`. */
export const scopeOf = ({ id }: { id: string }): string => id.slice(0, id.indexOf('/'));

/** An answer with the instant it was accepted at. */
export type Received = Answer & { at: string };

export const owing = ({
  of,
  answers,
  waived = [],
}: Pick<RequestState, 'of' | 'answers' | 'waived'>): string[] =>
  of.filter((party) => !waived.includes(party) && !answers.some((answer) => answer.party === party));

/** Everyone has answered. A request for changes by one does not spare the others: each may want its own. */
export const settled = (state: RequestState): boolean => owing(state).length === 0;

export const changesAsked = (state: RequestState): boolean =>
  state.answers.some(({ decision }) => decision === 'changes');

/** The slots that nobody who marked them said "no" to. */
export const suiting = (slots: readonly string[], answers: readonly Received[]): string[] =>
  slots.filter((slot) =>
    answers.every((answer) => answer.decision !== 'marks' || answer.marks[slot] !== 'no'),
  );

/** Why this answer cannot be taken, or `null`. Refusing changes nothing. */
export function refuse(state: RequestState, answer: Answer): Refusal | null {
  if (!state.of.includes(answer.party))
    return {
      code: 'NotAsked',
      message: `${answer.party} was not asked; the request goes to ${state.of.join(', ')}`,
    };
  if (!answer.by.startsWith(`${answer.party}-`) && answer.by !== answer.party)
    return { code: 'NotOfParty', message: `${answer.by} does not belong to ${answer.party}` };
  const earlier = state.answers.find(({ party }) => party === answer.party);
  if (earlier)
    return {
      code: 'AlreadyAnswered',
      message: `${earlier.by} answered for ${earlier.party} at ${earlier.at} (${earlier.decision})`,
      earlier: { by: earlier.by, party: earlier.party, at: earlier.at, decision: earlier.decision },
    };
  if (answer.subject !== state.subject.hash)
    return {
      code: 'SubjectSuperseded',
      message: `the answer is about ${answer.subject}; what is asked about now is ${state.subject.ref}, ${state.subject.hash}`,
    };
  return refuseDecision(state, answer);
}

function refuseDecision(state: RequestState, answer: Answer): Refusal | null {
  const rule = ruleOf(state.kind, answer.decision, state);
  if (!rule)
    return {
      code: 'DecisionNotTaken',
      message: `${state.kind} takes ${decisionsOf(state.kind, state).join(' or ')}, not ${answer.decision}`,
    };
  const { needs } = rule;
  if (needs && isWritten(needs) && !('content' in answer && answer.content))
    return needs === 'reason'
      ? { code: 'ReasonMissing', message: 'a request for changes needs its reason' }
      : { code: 'ContentMissing', message: `${state.kind} needs the ${needs} that is submitted` };
  if (answer.decision === 'marks') {
    const slots = state.slots ?? [];
    const unknown = Object.keys(answer.marks).find((slot) => !slots.includes(slot));
    if (unknown)
      return { code: 'UnknownSlot', message: `${unknown} is not one of the slots: ${slots.join(', ')}` };
    const missing = slots.find((slot) => !(slot in answer.marks));
    if (missing)
      return {
        code: 'MarkMissing',
        message: `${missing} has no mark; mark every slot yes, if-need-be or no`,
      };
  }
  if (answer.decision === 'date') {
    const { within } = state;
    const starts = Date.parse(answer.startsAt);
    if (within && (starts < Date.parse(within.from) || starts > Date.parse(within.to)))
      return {
        code: 'DateOutsideWindow',
        message: `${answer.startsAt} is outside the window, which is from ${within.from} to ${within.to}`,
      };
  }
  return null;
}

/** The state with this answer taken. Call {@link refuse} first. */
export const take = (state: RequestState, answer: Answer, at: string): RequestState => ({
  ...state,
  answers: [...state.answers, { ...answer, at }],
});

/** A change of one request, as its state needs to know it. */
export type RequestChange =
  | { change: 'extend'; dueAt: string }
  | { change: 'reassign'; from: string; to: string }
  | { change: 'waive'; party: string };

/** Why this change cannot be made at an instant (ISO 8601, UTC), or `null`. Refusing changes nothing. */
export function refuseChange(state: RequestState, change: RequestChange, now: string): Refusal | null {
  const waiting = owing(state);
  if (waiting.length === 0) return { code: 'RequestClosed', message: `${state.id} waits on nobody any more` };
  const owes = (party: string): Refusal | null =>
    waiting.includes(party)
      ? null
      : { code: 'NotOwing', message: `${party} owes no answer here; ${waiting.join(', ')} does` };
  switch (change.change) {
    case 'extend':
      if (Date.parse(change.dueAt) <= Date.parse(now))
        return { code: 'DatePast', message: `${change.dueAt} is past; write a day to come` };
      if (Date.parse(change.dueAt) <= Date.parse(state.dueAt))
        return {
          code: 'DateNotLater',
          message: `${change.dueAt} is no later than the due date there is, ${state.dueAt}`,
        };
      return null;
    case 'reassign':
      if (state.of.includes(change.to))
        return { code: 'AlreadyAsked', message: `${change.to} is asked already` };
      return owes(change.from);
    case 'waive': {
      const { waivable } = kinds[state.kind];
      const others = state.of.filter((party) => party !== change.party && !state.waived?.includes(party));
      if (waivable === 'none' || (waivable === 'others' && others.length === 0))
        return (
          owes(change.party) ?? {
            code: 'NotWaivable',
            message:
              waivable === 'none'
                ? `what follows ${state.kind} needs its answer; extend it or ask another`
                : `nobody else answers ${state.id}; one party has to`,
          }
        );
      return owes(change.party);
    }
  }
}

/** The state with this change made. Call {@link refuseChange} first. */
export function changed(state: RequestState, change: RequestChange): RequestState {
  switch (change.change) {
    case 'extend':
      return { ...state, dueAt: change.dueAt };
    case 'reassign':
      return { ...state, of: state.of.map((party) => (party === change.from ? change.to : party)) };
    case 'waive':
      return { ...state, waived: [...(state.waived ?? []), change.party] };
  }
}
