import type { Brief } from '../domain/brief.ts';
import type { Attendee } from '../domain/content.ts';
import type { ReminderLevel } from '../domain/dates/deadlines.ts';
import { documentVersionId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Step } from '../domain/methodology.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { BriefFile } from '../words/brief.ts';
import type { SessionHeading } from '../words/lines.ts';
import type { NamedParty, NameOrParty } from '../words/names/parties.ts';

/** What mails have in common: whom they go to, of which cooperation, and what several of them say. */

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
  /** To whoever hears of it for the first time. */
  introduction?: Introduction | undefined;
  /** Where the reader finds how their personal data are dealt with. */
  privacyUrl?: string | undefined;
};

/** The cooperation, to whoever is written to for the first time: who cooperates, what for, in which steps, and what is expected of them. */
export type Introduction = {
  /** In what capacity the reader takes part. */
  who: 'ministry' | 'secretariat' | 'consultant' | 'observer' | 'guest';
  objectives: { title?: string | undefined; text: string }[];
  delegations: { institution: NamedParty; people: { name: string; post: string | null }[] }[];
  /** The steps that are under way. */
  current: Step[];
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
  /** Whether words in reply to the mail are an approval. */
  byMail?: true;
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
  /** The programme has been approved. `waived`: whose approval was done without. */
  programme?: { version: number; waived?: NamedParty[] };
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

export type Attachment = { fileName: string; mediaType: string; content: Uint8Array };

/** A mail in one reader's language. `text` and `html` say the same. */
export type Mail = { subject: string; text: string; html: string };
