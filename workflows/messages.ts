import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { type Answer, documentVersion, type TakeBack } from '../src/domain/answer.ts';
import type { ChangeMessage } from '../src/domain/changeMessage.ts';
import { boolean, instant, optional, ordinal, type Shape, text } from '../src/domain/guard.ts';
import type { Plan } from '../src/domain/programme/plan.ts';
import type { RequestState } from '../src/domain/request.ts';

/**
 * Every message and search attribute of the workflows, once.
 *
 * Each message that a delegate sends exists as a Signal, for scripts, the Temporal CLI and other systems, and as
 * an Update of the same name, for those who need a yes or a no at once. One handler serves both: what the
 * Update's validator refuses, the Signal's guard ignores and logs. A change is an Update alone: it can be refused by
 * what the case file holds, and whoever asks for one has to hear that.
 */

export type { Answer } from '../src/domain/answer.ts';

/** What the sender of an accepted answer learns. */
export type AcceptedAnswer = { request: string; at: string; stillOwing: string[] };

export const respond = defineSignal<[Answer]>('respond');
export const respondUpdate = defineUpdate<AcceptedAnswer, [Answer]>('respond');

/** Takes an answer back, as long as somebody else owes theirs. */
export const takeBackSignal = defineSignal<[TakeBack]>('take-back');
export const takeBackUpdate = defineUpdate<AcceptedAnswer, [TakeBack]>('take-back');

/** A question that a party puts to another; its text is in the case file under its number. */
export type Question = { number: number; from: string; to: string; session?: number | undefined };
export const question: Shape<Question> = {
  number: ordinal,
  from: text(80),
  to: text(80),
  session: optional(ordinal),
};
export const askQuestion = defineSignal<[Question]>('ask-question');
export const askQuestionUpdate = defineUpdate<{ request: string }, [Question]>('ask-question');

/** A version of a document that is in the store and the case file, to be made known to the delegations. */
export type SharedDocument = { document: string };
export const sharedDocument: Shape<SharedDocument> = { document: documentVersion };
export const shareDocument = defineSignal<[SharedDocument]>('share-document');

/** Makes a change that stands in the case file: at the request's workflow for its own, else at the cooperation's. */
export type ChangeReceipt = { at: string };
export const changeUpdate = defineUpdate<ChangeReceipt, [ChangeMessage]>('change');

/** From the cooperation to its steps: time stands still, and goes on. */
export const pauseStep = defineSignal('pause');
export const resumeStep = defineSignal('resume');
/** From the cooperation to its steps: the plan as it is after a correction. */
export const planChanged = defineSignal<[Plan]>('plan-changed');
/** From the cooperation to the workflow that has the programme approved: there is a newer one. */
export const programmeAmended = defineSignal('programme-amended');
/** From the cooperation to its coordination meeting: it has another date, or other details, or is called off. */
export type MeetingChange = { cancelled?: boolean | undefined };
export const meetingChange: Shape<MeetingChange> = { cancelled: optional(boolean) };
export const meetingChanged = defineSignal<[MeetingChange]>('meeting-changed');
/** From the cooperation to a session: it has other times, or is not held. */
export type SessionChange = {
  startsAt?: string | undefined;
  endsAt?: string | undefined;
  agendaAt?: string | undefined;
  settlesAt?: string | undefined;
  cancelled?: boolean | undefined;
};
export const sessionChange: Shape<SessionChange> = {
  startsAt: optional(instant),
  endsAt: optional(instant),
  agendaAt: optional(instant),
  settlesAt: optional(instant),
  cancelled: optional(boolean),
};
export const sessionChanged = defineSignal<[SessionChange]>('session-changed');

/** From the cooperation to a session that was begun before: its programme is approved. */
export const programmeApproved = defineSignal('programme-approved');

/** Closes the exchange of documents: the final report has been accepted. */
export const closeExchange = defineSignal('close-exchange');

/** The requests a workflow waits on. */
export const openRequestsQuery = defineQuery<RequestState[]>('open-requests');

/** Registered with the Temporal server at start; none holds anything about a person. */
export const SEARCH_ATTRIBUTES = {
  /** The cooperation's code. */
  cooperation: defineSearchAttributeKey('RialCooperation', SearchAttributeType.KEYWORD),
  /** One of the methodology's steps, `closed`, or, of what comes after that, `follow-up`. */
  step: defineSearchAttributeKey('RialStep', SearchAttributeType.KEYWORD),
  /** The number of the call. */
  call: defineSearchAttributeKey('RialCall', SearchAttributeType.INT),
  /** Codes of the institutions. */
  parties: defineSearchAttributeKey('RialParties', SearchAttributeType.KEYWORD_LIST),
  /** Codes of the parties that owe an answer now. */
  waitingOn: defineSearchAttributeKey('RialWaitingOn', SearchAttributeType.KEYWORD_LIST),
  /** When the first of the answers owed is due. */
  due: defineSearchAttributeKey('RialDue', SearchAttributeType.DATETIME),
} as const;

/** One task queue serves all of it. */
export const TASK_QUEUE = 'rial';
