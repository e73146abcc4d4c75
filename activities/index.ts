import type { Answer, Subject, TakeBack } from '../src/domain/answer.ts';
import type { RecordedChange, RequestTimes } from '../src/domain/change.ts';
import type { Lapse } from '../src/domain/endings.ts';
import type { RequestKind } from '../src/domain/kinds/index.ts';
import type { RanOut } from '../src/domain/kinds/kind.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import type { Standing } from '../src/domain/request.ts';
import type { CommitmentAsk, FollowUp } from '../src/domain/results/followUp.ts';
import type { SessionState } from '../src/domain/sessionState.ts';

/**
 * What the workflows ask of the outside world. Each activity may run more than once and has its effect once:
 * everything it writes or sends is keyed by the cooperation, the request and the round. Arguments and results
 * hold ids, codes, instants, counts and hashes; what they stand for is in the case file.
 */
export interface Activities {
  /**
   * Records a request, and works out its due instant and reminders; one that was asked before stands as it does. Nothing
   * is asked, and nothing goes on from what was answered, while the cooperation is paused: `null`. Local.
   */
  openRequest(input: OpenRequest): Promise<Standing | null>;
  /** Writes to those who are asked. */
  tellRequest(input: { cooperation: string; request: string }): Promise<ToldResult>;
  /** Writes again to the parties that still owe an answer. */
  remind(input: Remind): Promise<ToldResult>;
  /** Records an answer, with what it changes in the case file. Local: it writes to the database alone. */
  recordAnswer(input: RecordAnswer): Promise<{ refusal?: Refusal }>;
  /** Records that an answer was taken back. Local. */
  recordTakeBack(input: {
    cooperation: string;
    takeBack: TakeBack;
    at: string;
  }): Promise<{ refusal?: Refusal }>;
  /** Writes to those who answer for a party whose answer was taken back: it owes one again. */
  tellTakenBack(
    input: { cooperation: string } & Pick<TakeBack, 'request' | 'party' | 'revision'>,
  ): Promise<NotifyResult>;
  /** Records that requests were closed without an answer, and why. Local. */
  lapseRequests(input: {
    cooperation: string;
    requests: string[];
    because: Lapse;
    at: string;
  }): Promise<void>;

  /**
   * Convenes the delegations to the coordination meeting, once for each date that was set, where it is still to come; says when it ends, as
   * it now stands, or that it was called off.
   */
  convene(input: { cooperation: string }): Promise<ConvocationResult>;
  /**
   * Makes the version of the programme that a workflow has approved in a round, from the case file as it stands. Where
   * there is one already, of this round or a later one, it is that one, unless it has been corrected since. Nobody is
   * told yet. Where its second language lacks something, none is made before that is asked about.
   */
  draftProgramme(input: {
    cooperation: string;
    scope: string;
    round: number;
  }): Promise<DraftedProgramme | { asks: TranslationAsk; round: number }>;
  /** Sends an approved version to the delegations. */
  issueProgramme(input: { cooperation: string; programme: Subject }): Promise<NotifyResult>;
  /** Slots for a session from the office hours the capitals share. Local: it reads a calendar and writes a row. */
  proposeSlots(input: {
    cooperation: string;
    session: number;
    round: number;
    now: string;
  }): Promise<ProposedSlots>;
  /**
   * Invites delegations and guests to a session on its date; where the date is new, with the programme's next
   * version. The agenda goes with the invitation when it is due already.
   */
  invite(input: { cooperation: string; session: number; round: number }): Promise<InvitationResult>;
  /** Sends a session's agenda, with the questions that are still open. */
  sendAgenda(input: { cooperation: string; session: number; round: number }): Promise<NotifyResult>;
  /** Sends what a session produced to the delegations. */
  announceSession(input: { cooperation: string; session: number }): Promise<NotifyResult>;
  /** Tells the delegations what has arrived since the last news. `at`: when it was gathered (ISO 8601, UTC). */
  announceNews(input: {
    cooperation: string;
    number: number;
    at: string;
    documents: string[];
    questions: number[];
  }): Promise<NotifyResult>;
  /** Publishes the approved systematization sheet. */
  publishSheet(input: { cooperation: string; sheet: Subject; change?: number }): Promise<NotifyResult>;
  /** Closes the case file and tells everyone; says when it is asked what came of it, and whether anything is. */
  closeCooperation(input: {
    cooperation: string;
  }): Promise<NotifyResult & { followUps: FollowUp[]; goesOn: boolean }>;
  /** Who has been asked about commitments, by the rounds, and who is to be next. Local. */
  commitmentsAhead(input: {
    cooperation: string;
  }): Promise<{ asked: { round: number; party: string }[]; ahead: CommitmentAsk[] }>;
  /** Notes that what came of it has been asked for the last time. Local. */
  endFollowUp(input: { cooperation: string; at: string }): Promise<void>;

  /** Makes a change that was put into the case file, or refuses it there. Local: it writes to the database alone. */
  recordChange(input: { cooperation: string; change: number; at: string }): Promise<RecordedChange>;
  /** Tells those concerned of a change, with invitations, cancellations and the programme's next version. */
  tellChange(input: { cooperation: string; change: number }): Promise<NotifyResult>;
  /** Tells the others that a ministry signed the sealed case file; once of each. */
  tellSignature(input: { cooperation: string; number: number }): Promise<NotifyResult>;
  /** Where a session stands whose workflow goes on from what an answer that was annulled has left. Local. */
  sessionStands(input: { cooperation: string; session: number }): Promise<SessionState>;
  /** The due instants and reminders of requests as they stand in the case file. Local. */
  requestTimes(input: { cooperation: string; requests: string[] }): Promise<Record<string, RequestTimes>>;
  /** Records that a session's window gave no date, and tells the delegations and the Secretariat. */
  announceWindowRanOut(input: {
    cooperation: string;
    session: number;
    round: number;
    why: 'time' | 'no-dates';
  }): Promise<NotifyResult>;

  /** Sends what the case file has under this number as a communication to those it goes to. */
  sendCommunication(input: { cooperation: string; number: number }): Promise<NotifyResult>;
  /** Sends a mail again that the case file says to. */
  sendAgain(input: { cooperation: string; number: number }): Promise<NotifyResult>;
}

export type OpenRequest = {
  cooperation: string;
  request: string;
  kind: RequestKind;
  round: number;
  of: string[];
  /** All of the group that is asked for such a thing, by the plan as the workflow had it: who joined since is asked too. */
  group?: string[] | undefined;
  /** The number of the session, question or version it concerns. */
  item?: number | undefined;
  /** What the request is about, where it is known; otherwise the activity names it and its hash. */
  about?: Subject | undefined;
  /** The numbers of the commitments it asks about. */
  commitments?: readonly number[] | undefined;
  /** Why the Secretariat is asked for a date that no poll gave. */
  windowRanOut?: RanOut | undefined;
  /** The kind of activity that failed, for `resolve-trouble`. */
  trouble?: string | undefined;
  /** After this instant nobody is asked any more. */
  until?: string | undefined;
  askedAt: string;
  /** Since when the cooperation is paused, while it is. */
  pausedAt?: string | undefined;
};
export type Remind = {
  cooperation: string;
  request: string;
  number: number;
  owing: string[];
  nextAt?: string;
  /** The instants that were planned since the reminder before: from these it follows whom it addresses. */
  since?: string;
  at?: string;
};
/**
 * `later`: when it is asked for again (ISO 8601, UTC). It was held up, and goes to some in the morning there; or a mail about
 * something else may bring it until then.
 */
export type NotifyResult = { notified: number; refused: number; later?: string };
/** `troubles`: whom mail about the request does not reach, where the Secretariat has not been asked to see to it. */
export type ToldResult = NotifyResult & { troubles?: string[] };
export type RecordAnswer = {
  cooperation: string;
  answer: Answer;
  at: string;
};
export type ProposedSlots = {
  subject: Subject;
  /** Empty where the window has no more dates to propose. */
  slots: string[];
  /** When the last of them has begun; left out where the window was over before it was asked about. */
  until?: string;
};
export type ConvocationResult = NotifyResult & { endsAt: string; cancelled?: boolean };
export type InvitationResult = NotifyResult & { startsAt: string; endsAt: string; agendaAt?: string };

/** What is done beside the cooperations, by a worker that runs for good. */
export interface Reconciling {
  /** Finds in what the case file and Temporal disagree, and mends what it can. */
  reconcile(): Promise<{ found: number; mended: number }>;
}

/** What comes by mail, from the mailbox that it lies in. */
export interface CollectingMails {
  /** Looks into it once, where there is one. */
  collectMails(): Promise<MailCollection>;
}
/**
 * How many mails of a look were taken, were put aside for somebody to see to, come later because there were too many, and
 * could not be taken.
 */
export type MailCollection = { taken: number; aside: number; later: number; leftThere: number };

export type DraftedProgramme = { subject: Subject; version: number; round: number };
/** What is asked about the programme's second language. */
export type TranslationAsk = {
  kind: 'translate-programme' | 'vouch-translation';
  of: string[];
  about: Subject;
  round: number;
};
