import type { Logger } from 'pino';
import type { SessionHours } from '../casefile/access/access.ts';
import type { SecurityLog } from '../casefile/access/securityLog.ts';
import type { CaseFile } from '../casefile/database/database.ts';
import type { Cooperations, Workflows } from '../client/index.ts';
import type { DocumentStore } from '../documents/store.ts';
import type { HealthCheck } from '../domain/health.ts';
import type { Language } from '../domain/language.ts';
import type { Invitation } from '../domain/people/staff.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { BundleSource } from '../export/bundle.ts';
import type { Rehearse } from '../rehearsal/apart.ts';
import type { Provider } from './signing-in/provider.ts';

/** What the cooperation site works with. */
export type SiteOutside = {
  caseFile: CaseFile;
  documents: DocumentStore;
  cooperations: Cooperations;
  workflows: Workflows;
  log: Logger;
  securityLog: SecurityLog;
  now: () => string;
  /** The origin people reach it at, such as `https://cooperacion.oas.example`. Links are built from it alone. */
  url: string;
  /** How many reverse proxies stand in front, whose word on who asked is taken; none where it is left out. */
  proxies?: number | undefined;
  /** The Word document that a draft is begun with. */
  startingDocument: (
    cooperation: string,
    kind: 'sheet' | 'report',
  ) => Promise<{ docx: Uint8Array; fileName: string }>;
  /** The PDF of a programme that is not started yet, as its first version would print it. */
  programmePdf: (programme: Programme) => Promise<Uint8Array>;
  /** With it codes to sign in are kept. It is not in the database. */
  signInKey: string;
  /** Seals the PDF of a bundle. */
  seal: BundleSource['seal'];
  /**
   * Staff and observers take a second step when they sign in; they do not where it is left out. Or everybody does: then a
   * secret in an address lets nobody in either, that of a link or of a calendar.
   */
  secondFactor?: boolean | 'everybody' | undefined;
  sessionHours: SessionHours;
  /** The provider at which people of an institution may sign in. */
  provider?: Provider | undefined;
  /** Sends somebody the code that they asked for. Never rejects: the page says the same either way. */
  sendSignIn: (mail: SignInMail) => Promise<void>;
  /** Does something that no answer waits for, nor can be told from how long an answer takes. */
  afterwards: (work: () => Promise<void>) => void;
  /** Writes to whoever is let in as staff or observer. Never rejects. */
  sendInvitation: (mail: Invitation) => Promise<void>;
  /** What was found ill some seconds ago: told at once, and looked at anew beside. */
  ill?: () => readonly HealthCheck[];
  /** The Temporal UI, at the namespace of the cooperations: `http://127.0.0.1:8233/namespaces/default`. */
  temporalUiUrl?: string | undefined;
  /** What the privacy notice says of how long things are kept: `years` after a cooperation is closed. */
  kept: { years?: number | undefined; securityDays: number };
  /** Where the Secretariat reads what people write to it: the address that mails are answered to. */
  contact?: string | undefined;
  /** The mailbox of a system that keeps its mails to itself. */
  mailboxUrl?: string | undefined;
  /** Rehearses a programme before it is started, in a process of its own; where it cannot, pages name the command. */
  rehearse?: Rehearse | undefined;
};

export type SignInMail = {
  to: string;
  name: string;
  language: Language;
  code: string;
  /** Whether the address is anybody's. A mail to one that is not is made all the same, and not sent. */
  known: boolean;
};
