import type { Answer, Subject, TakeBack } from './answer.ts';
import type { Ending, Lapse } from './endings.ts';
import { decisionsOf, enclosuresOf, kinds, type RequestKind, ruleOf } from './kinds/index.ts';
import { isWritten, type RanOut } from './kinds/kind.ts';
import { FOLLOW_UP } from './methodology.ts';
import type { Refusal } from './refusal.ts';

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
  windowRanOut?: RanOut | null;
  /** Parties whose answer the Secretariat does without. Left out where there are none. */
  waived?: readonly string[];
  /** Another writes the same text in turn, so that this one may be done without. */
  spared?: boolean;
  /** Left out while it is waited on, or once all have answered. */
  lapsed?: Lapse;
  answers: readonly ReceivedAnswer[];
  /** How many answers each party has taken back, or corrected. Left out where there are none. */
  takenBack?: Readonly<Record<string, number>>;
};

/**
 * Where a request stands, by the case file: whoever asks for it once more goes on from there. The same type is what a
 * workflow holds of it.
 */
export type Standing = {
  request: RequestState;
  /** The number of the session, question or version it concerns; of a document that was handed in, its version. */
  item?: number | undefined;
  /** Those asked have been written to. */
  told: boolean;
  /** Instants of the reminders still ahead (ISO 8601, UTC), in their order. */
  reminders: readonly string[];
  /** How many have gone out. */
  reminded: number;
  /** After this instant nobody is asked any more. */
  until?: string | undefined;
  /** Answers to the request before it that stand, where it is asked anew of those alone whose answer was annulled. */
  kept?: readonly ReceivedAnswer[];
  /** Answers that were taken back, of which their party has not been told yet. */
  untold?: readonly Pick<TakeBack, 'party' | 'revision'>[];
};

/** The part of a request's id that names its workflow: `session-2`. */
export const scopeOf = ({ id }: { id: string }): string => id.slice(0, id.indexOf('/'));

/** Whether it is asked after the acceptance of the report, when all else of its cooperation is over. */
export const isOfFollowUp = (request: { id: string }): boolean => scopeOf(request) === FOLLOW_UP;

/** Whether it is asked for a corrected sheet, in the place of one that was published. */
export const isOfSheetCorrection = (request: { id: string }): boolean => /^sheet-\d+$/.test(scopeOf(request));

/** Whether a request goes on when its cooperation is over: its workflow is not one of the steps. */
export const outlivesCooperation = (request: { id: string }): boolean =>
  isOfFollowUp(request) || isOfSheetCorrection(request);

/** An answer with the instant it was accepted at. */
export type ReceivedAnswer = Answer & { at: string };

export const owing = ({
  of,
  answers,
  waived = [],
}: Pick<RequestState, 'of' | 'waived'> & { answers: readonly { party: string }[] }): string[] =>
  of.filter((party) => !waived.includes(party) && !answers.some((answer) => answer.party === party));

/** Everyone has answered. A request for changes by one does not spare the others: each may want its own. */
export const settled = (state: RequestState): boolean => owing(state).length === 0;

export const changesAsked = (state: RequestState): boolean =>
  state.answers.some(({ decision }) => decision === 'changes');

/** The slots that nobody who marked them said "no" to. */
export const suiting = (slots: readonly string[], answers: readonly ReceivedAnswer[]): string[] =>
  slots.filter((slot) =>
    answers.every((answer) => answer.decision !== 'marks' || answer.marks[slot] !== 'no'),
  );

/** How a request ended, or `undefined` while somebody is waited on. */
export function endingOf(
  state: Pick<RequestState, 'of' | 'answers' | 'waived' | 'lapsed'>,
): Ending | undefined {
  if (state.lapsed) return state.lapsed;
  if (owing(state).length > 0) return undefined;
  return state.of.some((party) => !state.answers.some((answer) => answer.party === party))
    ? 'waived'
    : 'answered';
}

/** Why this answer cannot be taken, or `null`. Refusing changes nothing. */
export function refuse(state: RequestState, answer: Answer): Refusal | null {
  const { id: request } = state;
  const { party } = answer;
  if (!state.of.includes(party)) return { code: 'NotAsked', request, party, of: [...state.of] };
  if (!answer.by.startsWith(`${party}-`) && answer.by !== party)
    return { code: 'NotOfParty', person: answer.by, party };
  const next = nextRevision(state, party);
  const earlier = state.answers.find((one) => one.party === party);
  if (earlier && answer.revision !== next) {
    const { by, at, decision } = earlier;
    return { code: 'AlreadyAnswered', request, party, by, at, decision };
  }
  const how = endingOf(state);
  if (how) return earlier ? { code: 'AnswerUsed', request, how } : { code: 'RequestClosed', request, how };
  if (answer.revision !== undefined && answer.revision !== next)
    return { code: 'AnswerNotStanding', request, party, revision: answer.revision };
  const { ref, hash } = state.subject;
  if (answer.subject !== hash)
    return { code: 'SubjectSuperseded', request, seen: answer.subject, now: hash, ref };
  return refuseDecision(state, answer);
}

function refuseDecision(state: RequestState, answer: Answer): Refusal | null {
  const { id: request, kind } = state;
  const { decision } = answer;
  const rule = ruleOf(kind, decision, state);
  if (!rule) return { code: 'DecisionNotTaken', request, kind, decision, takes: decisionsOf(kind, state) };
  const { needs, takes = [] } = rule;
  const written = 'content' in answer && answer.content !== undefined;
  if (needs && isWritten(needs) && !written)
    return needs === 'reason'
      ? { code: 'ReasonMissing', request }
      : { code: 'ContentMissing', request, kind, needs };
  if (written && !enclosuresOf(rule).some(isWritten)) return { code: 'Malformed', path: 'content' };
  if (decision === 'done' && answer.documents && !takes.includes('documents'))
    return {
      ...{ code: 'EnclosureNotTaken', request, decision },
      enclosure: 'documents',
      takes: enclosuresOf(rule),
    };
  if (decision === 'approve' && answer.publish !== undefined && !takes.includes('publish'))
    return {
      ...{ code: 'EnclosureNotTaken', request, decision },
      enclosure: 'publish',
      takes: enclosuresOf(rule),
    };
  if (decision === 'marks') {
    const slots = [...(state.slots ?? [])];
    const unknown = Object.keys(answer.marks).find((slot) => !slots.includes(slot));
    if (unknown) return { code: 'UnknownSlot', request, slot: unknown, slots };
    const missing = slots.filter((slot) => !(slot in answer.marks));
    if (missing.length > 0) return { code: 'MarkMissing', request, slots: missing };
  }
  if (decision === 'date' && state.within) {
    const { startsAt } = answer;
    const { from, to } = state.within;
    const starts = Date.parse(startsAt);
    if (starts < Date.parse(from) || starts > Date.parse(to))
      return { code: 'DateOutsideWindow', request, startsAt, from, to };
  }
  return null;
}

/** The number that the next answer of a party has: one more than that which stands, and which it corrects. */
export const nextRevision = ({ answers, takenBack = {} }: RequestState, party: string): number =>
  (takenBack[party] ?? 0) + (answers.some((one) => one.party === party) ? 2 : 1);

/** The state with this answer taken, in the place of the one that it corrects. Call {@link refuse} first. */
export function take(state: RequestState, answer: Answer, at: string): RequestState {
  const { party } = answer;
  const corrects = state.answers.some((one) => one.party === party);
  const before = corrects ? withoutAnswer(state, party) : state;
  return { ...before, answers: [...before.answers, { ...answer, at }] };
}

/**
 * Why an answer cannot be taken back, or `null`: as long as somebody else owes theirs nothing has come of it. Refusing
 * changes nothing.
 */
export function refuseTakeBack(state: RequestState, { party, by, revision }: TakeBack): Refusal | null {
  const { id: request } = state;
  if (!state.of.includes(party)) return { code: 'NotAsked', request, party, of: [...state.of] };
  if (!by.startsWith(`${party}-`)) return { code: 'NotOfParty', person: by, party };
  const stands = state.answers.some((one) => one.party === party);
  if (!stands || revision !== nextRevision(state, party) - 1)
    return { code: 'AnswerNotStanding', request, party, revision };
  const how = endingOf(state);
  return how ? { code: 'AnswerUsed', request, how } : null;
}

/** The state without a party's answer, which stands. Call {@link refuseTakeBack} first. */
export const withoutAnswer = (state: RequestState, party: string): RequestState => ({
  ...state,
  answers: state.answers.filter((one) => one.party !== party),
  takenBack: { ...state.takenBack, [party]: (state.takenBack?.[party] ?? 0) + 1 },
});

/** A change of one request, as its state needs to know it. */
export type RequestChange =
  | { change: 'extend'; dueAt: string }
  | { change: 'reassign'; from: string; to: string }
  | { change: 'waive'; party: string };

/** Why this change cannot be made at an instant (ISO 8601, UTC), or `null`. Refusing changes nothing. */
export function refuseChange(state: RequestState, change: RequestChange, now: string): Refusal | null {
  const { id: request, kind, dueAt } = state;
  const how = endingOf(state);
  if (how) return { code: 'RequestClosed', request, how };
  const waiting = owing(state);
  const owes = (party: string): Refusal | null =>
    waiting.includes(party) ? null : { code: 'NotOwing', request, party, owing: waiting };
  switch (change.change) {
    case 'extend':
      if (Date.parse(change.dueAt) <= Date.parse(now)) return { code: 'DatePast', at: change.dueAt };
      if (Date.parse(change.dueAt) <= Date.parse(dueAt))
        return { code: 'DateNotLater', at: change.dueAt, dueAt };
      return null;
    case 'reassign':
      if (state.of.includes(change.to)) return { code: 'AlreadyAsked', request, party: change.to };
      return owes(change.from);
    case 'waive': {
      const { party } = change;
      const notOwing = owes(party);
      if (notOwing) return notOwing;
      const { waivable } = kinds[kind];
      if (waivable === 'none') return { code: 'NotWaivable', request, kind };
      const others = state.of.filter((one) => one !== party && !state.waived?.includes(one));
      return waivable === 'others' && others.length === 0 && !state.spared
        ? { code: 'LastToAnswer', request, party }
        : null;
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
