import type { Mark } from '../domain/answer.ts';
import type { Language } from '../domain/language.ts';
import type { RequestKind } from '../domain/methodology.ts';

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
  /** Name of the institution that is the secretariat, as the programme gives it. */
  secretariat: { acronym: string; name: string };
};

export type SessionHeading = {
  number: number;
  contents: string;
  startsAt?: string;
  endsAt?: string;
  /** The zone the date was agreed in. */
  timeZone?: string;
  window?: { from: string; to: string };
  link?: string;
  place?: string;
  platform?: string;
};

export type Named = { name: string; post?: string; institution: string };
export type DocumentLine = {
  title: string;
  fileName: string;
  version: number;
  institution?: string;
  /** Whether the mail carries the file itself, which it then says. */
  attached?: boolean;
};
export type QuestionLine = { number: number; text: string; to: string; answer?: string };
export type SlotLine = {
  id: string;
  startsAt: string;
  endsAt: string;
  marks?: { institution: string; mark: Mark }[];
};

/** What a request is about, by its kind. */
export type RequestDetails = {
  /** The session or question it concerns, or the version under review. */
  n?: number;
  sessions?: SessionHeading[];
  slots?: SlotLine[];
  question?: QuestionLine & { from: string };
  /** Why the version before was not approved, one entry for each institution that said so. */
  reasons?: { institution: string; reason: string }[];
  documents?: DocumentLine[];
  coordination?: { startsAt: string; endsAt: string; timeZone: string };
  /** What went wrong, for staff. */
  trouble?: string;
};

export type RequestNotice = {
  request: { id: string; kind: RequestKind; round: number; dueAt: string; openedAt: string };
  details: RequestDetails;
  /** Labels of all institutions asked, such as "MTPE Perú". */
  asked: string[];
  /** Label of the institution the reader answers for. */
  onBehalfOf: string;
  /** Others of the same institution who may answer as well. */
  colleagues: string[];
  /** When the next reminder goes out if nobody answers. */
  nextReminderAt?: string;
  /** Where the reader answers, once there is a page for it; without it, by replying to the mail. */
  link?: string;
};

export type Notice =
  | ({ notice: 'request' } & RequestNotice)
  | ({ notice: 'reminder'; number: number } & RequestNotice)
  | { notice: 'programme-issued'; version: number }
  | {
      notice: 'invitation';
      session: SessionHeading;
      guest: boolean;
      programmeVersion?: number;
      /** Where the reader was invited before, and the session was moved or is not held. */
      change?: { kind: 'moved' | 'cancelled'; previousStartsAt?: string; reason?: string };
      /** The agenda, where the session is so near that it goes with the invitation. */
      questions?: QuestionLine[];
      documents?: DocumentLine[];
    }
  | {
      notice: 'agenda';
      session: SessionHeading;
      guest: boolean;
      questions: QuestionLine[];
      documents: DocumentLine[];
    }
  | {
      notice: 'session-recorded';
      session: SessionHeading;
      minutes: string;
      attendance: string[];
      outputs: string[];
    }
  | { notice: 'news'; documents: DocumentLine[]; questions: QuestionLine[] }
  | { notice: 'sheet-published'; version: number }
  | { notice: 'cooperation-closed'; documents: DocumentLine[] };

export type Attachment = { fileName: string; mediaType: string; content: Uint8Array };

/** A mail in one reader's language. `text` and `html` say the same. */
export type Mail = { subject: string; text: string; html: string };
