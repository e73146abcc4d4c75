import type { CommunicationRow, PersonRow } from '../casefile/database/schema.ts';
import { addCommunication, findCommunication, readersOf } from '../casefile/mails/communications.ts';
import { type Officer, officerFor, staffOf } from '../casefile/people.ts';
import type { GivenCommunication, GivenEnquiry, GivenEnquiryAnswer } from '../domain/communication.ts';
import type { Came } from '../domain/door.ts';
import type { ByMail } from '../domain/mails/incomingMail.ts';
import { CONSULTANT } from '../domain/methodology.ts';
import { type Plan, secretariatOf } from '../domain/programme/plan.ts';
import { refused } from '../domain/refusal.ts';
import { type ByToken, cameIn } from './came.ts';
import {
  type CooperationClient,
  cooperationOf,
  personOf,
  staffAddress,
  writerOf,
} from './cooperationClient.ts';

/** What the Secretariat and those who take part write to each other. Nothing waits on it. */

/** Who it goes to, before it is sent. */
export type CommunicationForecast = {
  people: (Pick<PersonRow, 'id' | 'party' | 'name' | 'email' | 'language'> & {
    /** Whom the mail has them turn to. */
    officer?: Officer | undefined;
  })[];
};

/** Whom the Secretariat would write to. @throws Refused */
export async function foreseeCommunication(
  client: CooperationClient,
  cooperation: string,
  given: Pick<GivenCommunication, 'addressed'>,
): Promise<CommunicationForecast> {
  const { plan } = await cooperationOf(client, cooperation);
  const people = await addressees(client, plan, given);
  return {
    people: await Promise.all(
      people.map(async ({ id, party, name, email, language }) => ({
        ...{ id, party, name, email, language },
        officer: await officerFor(client.caseFile, { id, cooperation }, client.now()),
      })),
    ),
  };
}

/** The Secretariat writes: once, however often the same is sent. @throws Refused */
export async function write(
  client: CooperationClient,
  cooperation: string,
  given: GivenCommunication,
  token?: ByToken,
): Promise<{ number: number; people: string[] }> {
  const { plan } = await cooperationOf(client, cooperation);
  const by = await authorOf(client, plan, given.by);
  const people = await addressees(client, plan, given);
  const ids = people.map(({ id }) => id);
  if (given.people && !sameIds(given.people, ids)) refused({ code: 'ReadersChanged', people: ids });
  const { addressed, subject, text } = given;
  return entered(
    client,
    plan,
    { kind: 'written', by, party: secretariatOf(plan), addressed, subject, text },
    people,
    doorIn(token),
  );
}

/** Somebody who takes part asks the Secretariat; `mail`: the one that it came by. @throws Refused */
export async function enquire(
  client: CooperationClient,
  cooperation: string,
  given: GivenEnquiry,
  token?: ByToken,
  mail?: ByMail,
): Promise<{ number: number; people: string[] }> {
  const { plan } = await cooperationOf(client, cooperation);
  const { id: by, party } = await writerOf(client, cooperation, given.by);
  const came = await cameIn(client, cooperation, given, token);
  const people = await staffOf(client.caseFile, cooperation);
  const addressed = { to: 'party', party: secretariatOf(plan) } as const;
  return entered(
    client,
    plan,
    { kind: 'enquiry', by, party, addressed, subject: null, text: given.text, ...(mail && { mail }) },
    people,
    mail ? BY_MAIL : await came(),
  );
}

/** The Secretariat answers what it was asked; `mail`: the one that the answer came by. @throws Refused */
export async function answerEnquiry(
  client: CooperationClient,
  cooperation: string,
  given: GivenEnquiryAnswer,
  token?: ByToken,
  mail?: ByMail,
): Promise<{ number: number; people: string[] }> {
  const { plan } = await cooperationOf(client, cooperation);
  const by = await authorOf(client, plan, given.by);
  const enquiry = await findCommunication(client.caseFile, cooperation, given.enquiry);
  if (enquiry?.kind !== 'enquiry') return refused({ code: 'EnquiryUnknown', enquiry: given.enquiry });
  const addressed = { to: 'person', person: enquiry.by } as const;
  const { text, shared } = given;
  const answer = {
    ...({ kind: 'answer', by, party: secretariatOf(plan), addressed, subject: null } as const),
    ...{ text, shared, answers: enquiry.number, ...(mail && { mail }) },
  };
  return entered(
    client,
    plan,
    answer,
    await readersOf(client.caseFile, cooperation, addressed, client.now()),
    mail ? BY_MAIL : doorIn(token),
  );
}

const BY_MAIL: Came = { door: { door: 'mail' } };

/** What the Secretariat writes over the API is told with its token. */
const doorIn = (token: ByToken | undefined): Came => (token ? { door: token.door } : {});

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join() === [...b].sort().join();

/** @throws Refused `PersonUnknown`, `PersonLeft`, `PartyUnknown`, `NobodyToWriteTo` */
async function addressees(
  client: CooperationClient,
  { cooperation, parties }: Plan,
  { addressed }: Pick<GivenCommunication, 'addressed'>,
): Promise<PersonRow[]> {
  if (addressed.to === 'person') await personOf(client, cooperation, addressed.person);
  const codes = [...parties.map(({ code }) => code), CONSULTANT];
  if (addressed.to === 'party' && !codes.includes(addressed.party))
    refused({ code: 'PartyUnknown', party: addressed.party, parties: codes });
  const people = await readersOf(client.caseFile, cooperation, addressed, client.now());
  return people.length > 0 ? people : refused({ code: 'NobodyToWriteTo' });
}

/**
 * Who writes for the Secretariat: a person of it, or staff who are nobody in the cooperation, by their address.
 * @throws Refused `PersonUnknown`, `PersonLeft`, `NotSecretariat`
 */
export async function authorOf(
  client: CooperationClient,
  plan: Plan,
  by: string | undefined,
): Promise<string> {
  if (by === undefined) return secretariatOf(plan);
  if (by.includes('@')) return staffAddress(client, by);
  const person = await personOf(client, plan.cooperation, by);
  return person.role === 'staff' ? person.id : refused({ code: 'NotSecretariat', person: by });
}

type Composition = Pick<CommunicationRow, 'kind' | 'by' | 'party' | 'addressed' | 'subject' | 'text'> &
  Partial<Pick<CommunicationRow, 'answers' | 'shared' | 'mail'>>;

/** Enters it, and has it sent. @throws Refused `EnquiryAnswered`, `Unavailable` */
async function entered(
  { caseFile, workflows, quotas, now }: CooperationClient,
  plan: Plan,
  written: Composition,
  people: readonly PersonRow[],
  came: Came,
): Promise<{ number: number; people: string[] }> {
  const { cooperation } = plan;
  const given = { answers: null, shared: false, ...written, cooperation };
  const row = await addCommunication(caseFile, given, people, now(), quotas, came);
  if (given.answers !== null && (row.text !== given.text || row.shared !== given.shared))
    refused({ code: 'EnquiryAnswered', enquiry: given.answers, at: row.at });
  if (row.doneAt === null) await workflows.sendCommunication(plan, row.number);
  return { number: row.number, people: row.people };
}
