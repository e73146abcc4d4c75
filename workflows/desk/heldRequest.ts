import type { Answer, TakeBack } from '../../src/domain/answer.ts';
import type { RequestTimes } from '../../src/domain/change.ts';
import type { Lapse } from '../../src/domain/endings.ts';
import {
  owing,
  type ReceivedAnswer,
  type RequestState,
  type Standing,
  settled,
  take,
  withoutAnswer,
} from '../../src/domain/request.ts';

/**
 * A request that is waited on, as its workflow holds it: where it stands, and what is under way about it. It survives
 * continue-as-new as it is. Every change is `(held, event) => held`; nothing here knows the clock or Temporal.
 */
export type HeldRequest = Readonly<
  Standing & {
    /** Parties whose answer is on its way to the case file, which may yet refuse it. */
    unrecorded: readonly string[];
    lapsed?: Lapse;
    /** How often its instants have been planned anew. */
    replanned: number;
    /** Every reminder has gone out: it is for the Secretariat. */
    escalated?: boolean;
  }
>;

/** What became of a request that was asked. */
export type RequestOutcome = {
  /** Codes of the parties that were asked, those too that joined meanwhile. */
  of: readonly string[];
  answers: readonly ReceivedAnswer[];
  /** Somebody answered, and nobody asked for changes. */
  approved: boolean;
  /** Nobody is asked any more: its time ran out, or something made it pointless. The answers are those until then. */
  lapsed?: Lapse;
};

/** A request that was opened, now or by a workflow that is gone. */
export const opened = (standing: Standing): HeldRequest => ({
  ...standing,
  unrecorded: [],
  replanned: 0,
  ...(standing.request.lapsed && { lapsed: standing.request.lapsed }),
  ...(standing.reminded > 0 && standing.reminders.length === 0 && { escalated: true }),
});

/** Everyone has answered, or nobody needs to any more; and the case file has what was answered. */
export const isOver = ({ request, unrecorded, lapsed }: HeldRequest): boolean =>
  (settled(request) || lapsed !== undefined) && unrecorded.length === 0;

/** The request with the answers that the case file has. */
export const recorded = ({ request, unrecorded }: HeldRequest): RequestState => without(request, unrecorded);

/** The request as it is remembered once it is closed. */
export const closed = ({ request, lapsed }: HeldRequest): RequestState => ({
  ...request,
  ...(lapsed && { lapsed }),
});

/** An answer came, and is on its way to the case file. */
export const answering = (held: HeldRequest, answer: Answer, at: string): HeldRequest => ({
  ...held,
  request: take(held.request, answer, at),
  unrecorded: [...held.unrecorded, answer.party],
});

/** The case file has a party's answer. */
export const answered = (held: HeldRequest, party: string): HeldRequest => ({
  ...held,
  unrecorded: held.unrecorded.filter((one) => one !== party),
});

/** An answer is being taken back, and that is on its way to the case file. */
export const takingBack = (held: HeldRequest, { party }: TakeBack): HeldRequest => ({
  ...held,
  request: withoutAnswer(held.request, party),
  unrecorded: [...held.unrecorded, party],
});

/** The Secretariat annulled the answer of a party, which owes one again; others still owe theirs. */
export function annulled(
  held: HeldRequest,
  { party, revision }: Pick<TakeBack, 'party' | 'revision'>,
): HeldRequest {
  const stands = held.request.answers.some((one) => one.party === party && (one.revision ?? 1) === revision);
  return {
    ...held,
    ...(held.kept && { kept: held.kept.filter((one) => one.party !== party) }),
    ...(stands && { request: withoutAnswer(held.request, party) }),
  };
}

/** The case file refused what a party sent: what it had answered before stands, or it still owes an answer. */
export function unanswered(held: HeldRequest, party: string, before: RequestState): HeldRequest {
  const { takenBack: _, ...others } = without(held.request, [party]);
  const stood = before.answers.filter((one) => one.party === party);
  const takenBack = { ...held.request.takenBack, [party]: before.takenBack?.[party] ?? 0 };
  const counted = Object.fromEntries(Object.entries(takenBack).filter(([, count]) => count > 0));
  return {
    ...answered(held, party),
    request: {
      ...others,
      answers: [...stood, ...others.answers],
      ...(Object.keys(counted).length > 0 && { takenBack: counted }),
    },
  };
}

/** Of whom it is asked, by when, and the reminders, as they are after a change. */
export const replanned = (
  held: HeldRequest,
  { dueAt, reminders, of, waived }: RequestTimes,
): HeldRequest => ({
  ...held,
  request: { ...held.request, dueAt, of, ...(waived.length > 0 && { waived }) },
  reminders,
  replanned: held.replanned + 1,
  // Doing without one of several leaves what is past as it was.
  escalated: reminders.length === 0 && held.escalated === true,
});

export const lapsed = (held: HeldRequest, because: Lapse): HeldRequest => ({ ...held, lapsed: because });

/** The next instant at which something is to be done about it unless it is answered, or `undefined`. */
export const wakesAt = ({ reminders, until }: HeldRequest): string | undefined =>
  [...reminders.slice(0, 1), ...(until ? [until] : [])].sort()[0];

/** A reminder that is due: its number, the instants it is for, and those still to come after it. */
export type Reminder = { number: number; since?: string; at?: string; ahead: readonly string[] };

/** The reminder that is due at an instant. Those missed while nothing ran collapse into the last of them. */
export function reminderAt({ reminders, reminded }: HeldRequest, now: string): Reminder {
  const missed = reminders.filter((at) => Date.parse(at) <= Date.parse(now)).length;
  const [since] = reminders;
  const at = reminders[missed - 1];
  return { number: reminded + 1, ahead: reminders.slice(missed), ...(at && since && { since, at }) };
}

/** It has gone out. Where the request was planned anew meanwhile, the new reminders stand. */
export function reminded(held: HeldRequest, reminder: Reminder, plannedBefore: number): HeldRequest {
  const sent = { ...held, reminded: reminder.number };
  if (held.replanned !== plannedBefore) return sent;
  const last = reminder.ahead.length === 0 && !isOver(held);
  return { ...sent, reminders: reminder.ahead, ...(last && { escalated: true }) };
}

export function outcomeOf({ request, kept = [], lapsed }: HeldRequest): RequestOutcome {
  const answers = [...kept, ...request.answers];
  return {
    of: [...new Set([...kept.map(({ party }) => party), ...request.of])],
    answers,
    approved: answers.every(({ decision }) => decision !== 'changes') && !lapsed,
    ...(lapsed && { lapsed }),
  };
}

/** Whether the Secretariat is to decide how it goes on. */
export const waitsOnDecision = ({ request, escalated }: HeldRequest): boolean =>
  escalated === true && owing(request).length > 0;

const without = (request: RequestState, parties: readonly string[]): RequestState => ({
  ...request,
  answers: request.answers.filter(({ party }) => !parties.includes(party)),
});
