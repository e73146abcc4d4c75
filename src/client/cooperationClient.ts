import type { Quotas } from '../casefile/access/quotas.ts';
import { staffAt } from '../casefile/access/staff.ts';
import { findCooperation } from '../casefile/cooperations.ts';
import type { CaseFile } from '../casefile/database/database.ts';
import type { CooperationRow, PersonRow } from '../casefile/database/schema.ts';
import { findPerson } from '../casefile/people.ts';
import type { DocumentStore } from '../documents/store.ts';
import type { CaseView } from '../domain/caseView.ts';
import { refused } from '../domain/refusal.ts';
import type { CertificatePrinter } from '../domain/results/certificate.ts';
import type { Stamping } from '../domain/results/closingPaper.ts';
import type { WordPrinter } from '../domain/results/wordPaper.ts';
import type { Resolve } from '../incoming/authenticity.ts';
import type { Inspection } from '../inspection/inspection.ts';
import type { Workflows } from './temporal.ts';

/** What everything that people do is done with. */
export type CooperationClient = {
  caseFile: CaseFile;
  documents: DocumentStore;
  workflows: Workflows;
  /** What looks at files that people send; this process itself where it is left out. */
  inspection?: Inspection;
  /** Prints certificates; where it is left out, none are given. */
  certificates?: CertificatePrinter;
  /** Makes the tagged PDF of a Word file; where it is left out, none are made. */
  wordPrinter?: WordPrinter;
  /** Makes the sealed case file of a cooperation that is over, and its copy to be read; where it is left out, none are made. */
  paperMaker?: PaperMaker;
  /** What a person may write and send; without a bound where it is left out. */
  quotas?: Quotas | undefined;
  /**
   * Takes approvals that come by mail: the address that replies go to, and what asks the name system whose mail it is. Where
   * it is left out they are messages.
   */
  mailAnswers?: MailAnswers | undefined;
  /** The present instant (ISO 8601, UTC). */
  now: () => string;
};
export type PaperMaker = (
  view: CaseView,
  now: string,
) => Promise<{ sealed: Uint8Array; reading: Uint8Array; stamp: Stamping }>;
export type MailAnswers = { address: string; resolve: Resolve };

/** @throws Refused `CooperationUnknown` */
export const cooperationOf = async (
  { caseFile }: Pick<CooperationClient, 'caseFile'>,
  id: string,
): Promise<CooperationRow> =>
  (await findCooperation(caseFile, id)) ?? refused({ code: 'CooperationUnknown', cooperation: id });

/** Somebody who takes part now. @throws Refused `PersonUnknown`, `PersonLeft` */
export async function personOf(
  { caseFile }: Pick<CooperationClient, 'caseFile'>,
  cooperation: string,
  id: string,
): Promise<PersonRow> {
  const person = await findPerson(caseFile, cooperation, id);
  if (!person) return refused({ code: 'PersonUnknown', person: id });
  return person.active ? person : refused({ code: 'PersonLeft', person: id });
}

/**
 * Somebody who may ask, comment and send documents: whoever takes part, but not who is invited to a session or looks on.
 * @throws Refused `PersonUnknown`, `PersonLeft`, `IsGuest`, `IsObserver`
 */
export async function writerOf(
  client: Pick<CooperationClient, 'caseFile'>,
  cooperation: string,
  id: string,
): Promise<PersonRow> {
  const person = await personOf(client, cooperation, id);
  if (person.role === 'guest') return refused({ code: 'IsGuest', person: id, why: 'answers' });
  if (person.role === 'observer') return refused({ code: 'IsObserver', person: id });
  return person;
}

/** The address of somebody who is staff, and may be nobody in the cooperation. @throws Refused `PersonUnknown` */
export async function staffAddress(
  { caseFile }: Pick<CooperationClient, 'caseFile'>,
  address: string,
): Promise<string> {
  const staff = await staffAt(caseFile, address);
  return staff?.role === 'staff' ? staff.address : refused({ code: 'PersonUnknown', person: address });
}

/** Before anything is put into the exchange of documents: it is open. @throws Refused `ExchangeNotOpen` */
export async function openExchange(
  { workflows }: Pick<CooperationClient, 'workflows'>,
  cooperation: string,
): Promise<void> {
  const stands = await workflows.exchange(cooperation);
  if (stands !== 'open') refused({ code: 'ExchangeNotOpen', why: stands });
}
