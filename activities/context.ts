import type { CaseFile } from '../src/casefile/database/database.ts';
import type { DocumentStore } from '../src/documents/store.ts';
import type { OutsideAnswers } from '../src/domain/door.ts';
import type { Transport } from '../src/mail/transport.ts';

/** What the activities work with; made once for a worker. */
export type Outside = {
  caseFile: CaseFile;
  documents: DocumentStore;
  mail: Transport;
  sender: Sender;
  /** The cooperation site, which each mail then links to. */
  site?: Site;
  /** What becomes of answers that neither site nor API sent; they are taken where it is left out. */
  outsideAnswers?: OutsideAnswers;
  /** How long a month is taken to last until it is asked what came of a cooperation; the calendar's where it is left out. */
  followUpMonthMs?: number | undefined;
  /** The time, as an ISO instant in UTC: virtual in a rehearsal. */
  now: () => string;
};

/** `url`: the origin people reach it at, such as `https://cooperacion.oas.example`. */
export type Site = { url: string };

export type Sender = {
  /** The address mails come from; each cooperation's is this one with `+<id>` before the at sign. */
  address: string;
  /** Where answers by mail go where no officer of the Secretariat is there to read them. */
  replyTo: string;
  /** The address that the reply addresses of mails are made of; without it replies go to the officer. */
  replies?: string;
  /** Whether a reply can be an approval: then the mail that asks says so. */
  answers?: boolean;
  /** The right side of Message-IDs and calendar UIDs; never changes in the life of an installation. */
  domain: string;
};
