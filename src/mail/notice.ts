import type { Brief } from '../domain/brief.ts';
import type { ProgrammeChange } from '../domain/change.ts';
import type { Attendee } from '../domain/content.ts';
import type { ReminderLevel } from '../domain/deadlines.ts';
import { documentVersionId } from '../domain/ids.ts';
import type { FilingHindrance } from '../domain/incomingMail.ts';
import type { Language } from '../domain/language.ts';
import type { Programme } from '../domain/programme.ts';
import type { Difference } from '../domain/programmeDifferences.ts';
import type { BriefFile } from '../words/brief.ts';
import type {
  DocumentLine,
  MeetingHeading,
  QuestionLine,
  RequestLine,
  SessionHeading,
} from '../words/lines.ts';
import type { NamedParty, NameOrParty } from '../words/parties.ts';

/**
 * What a mail says, before it is put in anyone's language: one entry of {@link Notice} for each occasion
 * on which the product writes to somebody. Instants are ISO 8601 in UTC; texts are as people wrote them.
 */

/** The person a mail goes to. */
export type Reader = {
  name: string;
  email: string;
  language: Language;
  /** IANA zone of the reader's capital. */
  timeZone: string;
  /** ISO 3166 letters and acronym of the reader's institution; absent for consultant and guests. */
  institution?: { acronym: string; country: string; secretariat: boolean };
};

/** The cooperation as every mail names it. */
export type CooperationHeading = {
  id: string;
  subject: string;
  call: { number: number; year: number };
  /** ISO 3166 letters of the countries, requesting first. */
  requesting: string[];
  providing: string[];
  /** The capitals' zones of all institutions, the reader's too; each mail names the ones that matter. */
  timeZones: string[];
  institutions: Programme['institutions'];
  /** Name of the institution that is the secretariat, as the programme gives it. */
  secretariat: { acronym: string; name: string };
  /** Whom the reader turns to, and whom a reply reaches: somebody of the Secretariat who is there now. */
  officer?: { name: string; email: string } | undefined;
  /** Where the reader finds how their personal data are dealt with. */
  privacyUrl?: string | undefined;
};

/** What is on record of a session or of the coordination meeting. */
export type LeftBehind = {
  minutes: string;
  attendance: Attendee[];
  outputs: string[];
  commitments?: readonly AgreedCommitment[];
};
/** What somebody took upon themselves: an institution's code, and the name of the person of it. */
export type AgreedCommitment = { what: string; party: string; name?: string; due: string };

/** What a session left behind. */
export type SessionRecord = { session: SessionHeading } & LeftBehind;

export type RequestNotice = {
  brief: Brief;
  /** The party the reader answers for. */
  party: string;
  /** What goes with it as attachments, by {@link attachmentId}. */
  attached?: string[];
  /** Others of the same institution who may answer as well. */
  colleagues: string[];
  /** When the next reminder goes out if nobody answers, and whom it addresses: `delegates` unless said. */
  nextReminderAt?: string;
  nextReminderLevel?: ReminderLevel;
  /** Where the reader answers, once there is a page for it; without it, by replying to the mail. */
  link?: string;
};

/** Names what a request encloses, to tell whether a mail carries it. */
export function attachmentId(file: BriefFile): string {
  switch (file.file) {
    case 'programme':
      return `programme ${file.version} ${file.format}`;
    case 'document':
      return documentVersionId(file.document);
    case 'template':
      return `template ${file.kind}`;
  }
}

/** What falls together with a request for its reader, and comes in its mail. */
export type Tidings = {
  /** The minutes of sessions before, which its subject names. */
  minutes?: SessionRecord[];
  /** The systematization sheet has been published. `waived`: whose approval was done without. */
  sheet?: { version: number; waived?: NamedParty[] };
};

/**
 * Why a request comes to somebody who was not asked at first, or comes once more. `name` is the person whose place the
 * reader takes; of `taken-back`, who took the answer back.
 */
export type PassingOn = {
  how: 'handed-over' | 'absent' | 'replaced' | 'reassigned' | 'taken-back' | 'annulled';
  name?: NameOrParty;
  reason?: string;
};

/** Guests of the reader's institution who cannot be written to: it invites them itself. */
export type ToInvite = { toInvite?: { name: string; count: number | null }[] };

export type Notice =
  | ({ notice: 'request'; passed?: PassingOn; tidings?: Tidings } & RequestNotice)
  | ({
      notice: 'reminder';
      number: number;
      /** `delegates` unless said. */
      level?: ReminderLevel;
      /** The parties that still owe an answer, for the focal point and the Secretariat. */
      silent?: string[];
    } & RequestNotice)
  /** More time, to those who still owe an answer. */
  | ({ notice: 'deadline-extended'; previousDueAt: string; reason: string } & RequestNotice)
  /** Nothing is asked of the reader any more: waived, or asked of another. `to` is that other, as the reader knows it. */
  | {
      notice: 'request-released';
      request: RequestLine;
      how: 'waived' | 'reassigned' | 'handed-over';
      to?: NameOrParty;
      reason: string;
    }
  /** The Secretariat annulled the answer of another. `undone`: what followed from it. */
  | {
      notice: 'answer-annulled';
      request: RequestLine;
      party: NameOrParty;
      /** What the reader's own institution answered to the same stands. */
      stands: boolean;
      undone: RequestLine[];
      reason: string;
    }
  /** To a new delegate or a whole new institution's: what they come into. */
  | {
      notice: 'joined';
      /** Looks on, and is asked nothing. */
      observer?: true;
      /** The requests are those of colleagues, and come in no mail of their own. */
      shared?: true;
      /** The institution the reader answers for; absent for the consultant. */
      institution?: NamedParty;
      /** The name of the person whose place the reader takes. */
      replaces?: string;
      requests: RequestLine[];
      sessions: SessionHeading[];
    }
  /** To the person replaced: nothing more is asked of them. */
  | { notice: 'replaced'; by: string; institution?: NamedParty }
  /** To a person who takes part no more, and in whose place nobody comes. */
  | { notice: 'left'; institution?: NamedParty }
  /** To those who work with a person who came, went, or is the focal point. */
  | {
      notice: 'people-changed';
      /** `yourPlace`, `yourFocalPoint`: it is the reader who takes the place, or is the focal point. */
      how: 'joined' | 'left' | 'replaced' | 'focalPoint' | 'yourPlace' | 'yourFocalPoint';
      name: string;
      /** Who takes their place. */
      by?: string;
      /** In what capacity that person takes part. */
      as: 'ministry' | 'secretariat' | 'consultant' | 'observer';
      institution?: NamedParty;
      /** How to reach whoever came. */
      contact?: { email: string; post?: string };
      /** What is asked of the institution of a reader who has a new part. */
      requests: RequestLine[];
    }
  /** To the colleague who answers while somebody is away; to that one, where `standIn` says who does. Dates, both included. */
  | {
      notice: 'stands-in';
      absent: string;
      from: string;
      to: string;
      requests: RequestLine[];
      standIn?: string;
      /** The colleague is not away, or not any more. */
      over?: true;
    }
  /** `waived`: whose approval was done without. */
  | { notice: 'programme-issued'; version: number; waived?: NamedParty[] }
  /** A version after the first that needed no approval, with what it changes. */
  | ({
      notice: 'programme-changed';
      version: number;
      changes: ProgrammeChange[];
      /** The same in full, where the version before is known. */
      differences?: Difference[];
      /** The session concerned, as it now stands. */
      session?: SessionHeading;
      reason: string;
    } & ToInvite)
  /** The days of a session's window are over, or used up, without a date. `unanswered`: who did not answer. */
  | { notice: 'window-ran-out'; session: SessionHeading; why: 'time' | 'no-dates'; unanswered: NamedParty[] }
  /** A version of a document was sent by mistake; `released`: it can be had again. */
  | { notice: 'document-withheld'; title: string; version: number; party: NamedParty; released: boolean }
  /** `sessions`: those with a date ahead, which stands unless it is changed. */
  | { notice: 'paused'; reason: string; sessions: SessionHeading[] }
  /** `requests`: what is asked of the reader, with the new due dates. */
  /** To staff. `was`: how its workflow ended, as Temporal says. */
  | { notice: 'workflow-ended'; was: string; scope?: string }
  | { notice: 'resumed'; reason: string; requests: RequestLine[]; sessions: SessionHeading[] }
  /** The cooperation ends before its time. `sessions`: those that are not held therefore. */
  | { notice: 'cooperation-cancelled'; reason: string; sessions: SessionHeading[] }
  /** To the coordination meeting; the first one introduces the cooperation. */
  | {
      notice: 'convocation';
      meeting: MeetingHeading;
      introduction?: {
        objectives: string[];
        delegations: { institution: NamedParty; names: string[] }[];
      };
      /** Where the reader was convened before, as of a session. */
      change?: {
        kind: 'moved' | 'details' | 'cancelled' | 'withdrawn' | 'undated';
        previousStartsAt?: string;
        reason?: string;
      };
    }
  /** `corrected`: why what the coordination meeting agreed does not hold as it was sent before. */
  | ({ notice: 'meeting-corrected'; meeting: MeetingHeading; corrected: string } & LeftBehind)
  | ({
      notice: 'invitation';
      session: SessionHeading;
      guest: boolean;
      /** Until which day its materials are to be there; not to whoever puts none in. */
      materialsBy?: string;
      programmeVersion?: number;
      /** That version has just been approved: this mail is how the delegations learn of it. */
      programmeApproved?: boolean;
      /**
       * Where the reader was invited before: the session was moved, or has another length, link or place (`details`);
       * it is not held (`cancelled`); it is, without the reader (`withdrawn`); its date stands no
       * more (`undated`).
       */
      change?: {
        kind: 'moved' | 'details' | 'cancelled' | 'withdrawn' | 'undated';
        previousStartsAt?: string;
        reason?: string;
      };
      /** What sessions before it left behind, where the reader has not been sent it yet. */
      recorded?: SessionRecord[];
      /** The first invitation of a cooperation asks a ministry for its documents, too. */
      asked?: RequestNotice | undefined;
      /** The sessions that it also invites to: their dates stand in the same programme. */
      others?: SessionHeading[];
      /** The agenda, where the session is so near that it goes with the invitation. */
      questions?: QuestionLine[];
      documents?: DocumentLine[];
    } & ToInvite)
  | ({
      notice: 'agenda';
      session: SessionHeading;
      guest: boolean;
      /** As of an invitation. */
      materialsBy?: string;
      questions: QuestionLine[];
      documents: DocumentLine[];
    } & ToInvite)
  /** To the Secretariat, of the guests that an institution itself named or withdrew. `invited`: they have been told. */
  | {
      notice: 'guests-named';
      how: 'named' | 'withdrawn';
      session: SessionHeading;
      by: string;
      institution: NamedParty;
      people: { name: string; count?: number | null; post?: string; email?: string }[];
      invited: boolean;
      reason: string;
    }
  /** `corrected`: why what was sent before does not hold. */
  | ({ notice: 'session-recorded'; corrected?: string } & SessionRecord)
  | { notice: 'news'; documents: DocumentLine[]; questions: QuestionLine[] }
  /** `waived`: whose approval was done without. */
  | { notice: 'sheet-published'; version: number; waived?: NamedParty[] }
  /** `followUps`: when the ministries are asked what came of it; `certificate`: whether the reader has one. */
  | {
      notice: 'cooperation-closed';
      documents: DocumentLine[];
      followUps?: readonly string[];
      certificate?: boolean;
    }
  /** What the Secretariat writes of its own accord. `by`: who of it. */
  | { notice: 'communication'; subject: string; text: string; by?: string }
  /** To the Secretariat, from somebody who takes part. */
  | { notice: 'enquiry'; by: string; institution: NamedParty; text: string; files?: number }
  /** To whoever wrote to us by mail: what became of it. `reply`: the answer to an enquiry; `answer`: to a request. */
  | {
      notice: 'mail-receipt';
      became: 'enquiry' | 'reply' | 'answer' | Exclude<FilingHindrance, 'bounced'>;
      subject: string;
      text: string;
      files: string[];
      shortened: boolean;
    }
  /** To the Secretariat: a mail that is filed in nobody's name. */
  | {
      notice: 'mail-unfiled';
      why: Exclude<FilingHindrance, 'bounced'>;
      from: string;
      subject: string;
      text: string;
    }
  /** To the Secretariat: a mail to somebody came back. `subject`: its own. */
  | { notice: 'mail-bounced'; name: string; address: string; subject: string }
  /** To an officer, once a morning: what waits on them in their cooperations, and what else was held. */
  | {
      notice: 'digest';
      cooperations: {
        pairing: string;
        subject: string;
        asked: { label: string; dueAt: string; url: string }[];
        others: { subject: string; url: string }[];
      }[];
    }
  /** `enquiry`: what was asked. */
  | { notice: 'enquiry-answered'; text: string; enquiry: string; by?: string };

export type Attachment = { fileName: string; mediaType: string; content: Uint8Array };

/** A mail in one reader's language. `text` and `html` say the same. */
export type Mail = { subject: string; text: string; html: string };
