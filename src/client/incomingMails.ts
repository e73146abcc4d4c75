import type { CommunicationRow, IncomingMailRow, MailRow, PersonRow } from '../casefile/database/schema.ts';
import { addCommunication, noteSeenTo } from '../casefile/mails/communications.ts';
import { cameBefore, noteIncoming, waitingMails } from '../casefile/mails/incomingMails.ts';
import { findMail, noteBounced } from '../casefile/mails/mails.ts';
import { everyoneOf, findPerson, staffOf } from '../casefile/people.ts';
import { findRequest } from '../casefile/requests.ts';
import type { ReadCalendar } from '../domain/mails/calendarReply.ts';
import {
  type ByMail,
  type FilingHindrance,
  type IncomingState,
  isUnreachable,
  MOST_MAIL_BYTES,
  type ReadMail,
  type SeenMail,
} from '../domain/mails/incomingMail.ts';
import type { Plan } from '../domain/programme/plan.ts';
import { secretariatOf } from '../domain/programme/plan.ts';
import { Refused, refused } from '../domain/refusal.ts';
import { inspectionHere } from '../inspection/inspection.ts';
import { momentOf } from '../words/dates/dates.ts';
import { speaker } from '../words/speaker.ts';
import { answer } from './answers.ts';
import { noteCalendarReply } from './calendarReplies.ts';
import type { ByToken } from './came.ts';
import { answerEnquiry, authorOf, enquire } from './communications.ts';
import { type CooperationClient, cooperationOf } from './cooperationClient.ts';
import { readAnswer } from './mailAnswers.ts';

/**
 * What comes by mail. It is filed in the name of whoever sent it, where they are of the case; whatever is doubtful goes
 * to the Secretariat in nobody's name, and what a program sent goes nowhere. The whole mail is kept in any case.
 */

/**
 * Somebody of the Secretariat has seen to a mail that is in nobody's name; whoever was first stands. @throws Refused
 * `UnfiledMailUnknown`, `NotSecretariat`
 */
export async function seeToMail(
  client: CooperationClient,
  cooperation: string,
  given: SeenMail,
  token?: ByToken,
): Promise<{ by: string; at: string }> {
  const { caseFile, now } = client;
  const { plan } = await cooperationOf(client, cooperation);
  const by = await authorOf(client, plan, given.by ?? token?.holder ?? undefined);
  const { communication: number } = given;
  const seen = await noteSeenTo(caseFile, { cooperation, number, by, at: now() });
  return seen ?? refused({ code: 'UnfiledMailUnknown', communication: number });
}

/** So many are read one after another before others are looked for. */
const AT_A_TIME = 100;

/**
 * Reads what has come and nobody has read. Returns how many; those that cannot be dealt with now wait, and `failed` hears
 * of each.
 */
export async function fileWaiting(
  client: CooperationClient,
  failed: (error: unknown) => void = () => {},
): Promise<number> {
  let filed = 0;
  for (const row of await waitingMails(client.caseFile, AT_A_TIME)) {
    try {
      await fileIncoming(client, row);
      filed += 1;
    } catch (error) {
      failed(error);
    }
  }
  return filed;
}

type Outcome = { state: IncomingState; communication: number | null };

async function fileIncoming(client: CooperationClient, row: IncomingMailRow): Promise<void> {
  const { caseFile, documents, inspection = inspectionHere } = client;
  const bytes = await documents.get(row.sha256);
  const mail = await inspection.mail({ read: () => bytes });
  const essence = mail?.essence ?? row.sha256;
  const { state, communication } = await outcomeOf(client, row, mail, essence);
  await noteIncoming(caseFile, row.id, { state, essence, communication });
}

async function outcomeOf(
  client: CooperationClient,
  row: IncomingMailRow,
  mail: ReadMail | undefined,
  essence: string,
): Promise<Outcome> {
  const { caseFile } = client;
  const bounced = await bounceOf(client, row, mail, essence);
  if (bounced !== undefined) return { state: 'bounced', communication: bounced };
  // Calendars answer by themselves, and Exchange as nobody.
  const calendar = mail?.automatic === 'loop' ? null : (mail?.calendar ?? null);
  if (!calendar && (row.nullSender || mail?.automatic)) {
    // What mail servers say of a delivery is nobody's absence.
    const isAway =
      mail?.automatic === 'away' && mail.delivery === null && (await isOwnReply(client, row, mail));
    return { state: isAway ? 'away' : 'automatic', communication: null };
  }
  const before = await cameBefore(caseFile, row, essence);
  if (before) return { state: 'again', communication: before.communication };
  const replied = await findMail(caseFile, row.mail);
  const came: Came = { row, replied, byMail: byMailOf(row, mail, essence, replied), text: mail?.text ?? '' };
  if (!mail) return unfiled(client, came, 'unreadable', undefined);
  // Its head alone is here.
  if (row.size > MOST_MAIL_BYTES) return unfiled(client, came, 'oversized', await senderOf(client, came));
  if (calendar?.method === 'reply' && (await noteCalendarReply(client, row, mail)))
    return { state: 'calendar', communication: null };
  const person = await senderOf(client, came);
  const answer = calendar ? undefined : await readAnswer(client, { row, mail, replied }, person);
  if (answer) came.byMail.answer = answer;
  if (!person) return unfiled(client, came, 'stranger', undefined);
  if (person.role === 'guest' || person.role === 'observer') return unfiled(client, came, 'onlooker', person);
  if (answer && !answer.doubt) {
    const { plan } = await cooperationOf(client, row.cooperation);
    const byMail = { ...came.byMail, request: answer.request };
    return { state: 'filed', communication: await received(client, plan, person, byMail, came.text) };
  }
  if (calendar?.method === 'reply') return unfiled(client, came, 'uninvited', person);
  if (calendar)
    return filed(client, { ...came, text: counterText(calendar, mail, person, client.now()) }, person);
  const text = mail.text || (mail.attachments.length > 0 ? (mail.subject ?? '') : '');
  if (text === '') return unfiled(client, came, 'empty', person);
  return filed(client, { ...came, text }, person);
}

/** Whether it is the mailbox of whom our mail was for that says something, and not another that got it from there. */
async function isOwnReply(
  { caseFile }: CooperationClient,
  row: IncomingMailRow,
  { from }: ReadMail,
): Promise<boolean> {
  const sent = await findMail(caseFile, row.mail);
  const person = sent && (await findPerson(caseFile, row.cooperation, sent.person));
  // What names nobody and came to where alone the mail server of that mailbox answers is its own.
  if (from === null) return row.purpose === 'bounce';
  return [sent?.address, person?.email].some((own) => own?.toLowerCase() === from.toLowerCase());
}

/** Another date that somebody proposes in their calendar, in words: for an officer to read. */
const counterText = (
  { proposed, comment, stamp }: ReadCalendar,
  { text, automatic }: ReadMail,
  { language, timeZone }: PersonRow,
  now: string,
): string =>
  [
    speaker('case.attending', language)('counter', {
      when: proposed
        ? momentOf(
            proposed.startsAt,
            { language, timeZone, others: [], now: stamp ?? now },
            proposed.endsAt ?? undefined,
          )
        : 'none',
    }),
    comment || (automatic ? '' : text),
  ]
    .filter(Boolean)
    .join('\n\n');

type Came = { row: IncomingMailRow; replied: MailRow | undefined; byMail: ByMail; text: string };

const byMailOf = (
  { sha256 }: IncomingMailRow,
  mail: ReadMail | undefined,
  essence: string,
  replied?: MailRow,
): ByMail => ({
  ...{ from: mail?.from ?? '', name: mail?.name ?? null, subject: mail?.subject ?? null, sha256, essence },
  attachments: mail?.attachments ?? [],
  shortened: mail?.shortened ?? false,
  ...(replied?.notice === 'mail-receipt' && { toReceipt: true }),
});

/**
 * A mail of ours that came back for good does not reach its reader, and the Secretariat is told; what is only late is
 * nothing of the kind. What says so at the address of replies, which everybody who has had the mail knows, is not believed.
 */
async function bounceOf(
  client: CooperationClient,
  row: IncomingMailRow,
  mail: ReadMail | undefined,
  essence: string,
): Promise<number | undefined> {
  const { caseFile, now } = client;
  if (!mail?.delivery?.failed || row.purpose !== 'bounce') return undefined;
  const { delivery } = mail;
  const sent = await findMail(caseFile, row.mail);
  if (!sent) return undefined;
  await noteBounced(caseFile, row.mail, delivery.status, {
    at: now(),
    forGood: isUnreachable(delivery),
  });
  const { plan } = await cooperationOf(client, row.cooperation);
  const person = await findPerson(caseFile, row.cooperation, sent.person);
  const byMail: ByMail = { ...byMailOf(row, mail, essence), attachments: [], unfiled: 'bounced' };
  return received(client, plan, person, byMail, `${sent.subject} (${delivery.status})`);
}

/** Who of the case sent it: whom the mail was for that it replies to, else anybody who has the address. */
async function senderOf(
  { caseFile }: CooperationClient,
  { row, replied, byMail }: Came,
): Promise<PersonRow | undefined> {
  const people = (await everyoneOf(caseFile, row.cooperation)).filter(
    ({ active, email }) => active && email !== null && email.toLowerCase() === byMail.from,
  );
  return (
    people.find(({ id }) => id === replied?.person) ??
    people.find(({ role }) => role !== 'guest' && role !== 'observer') ??
    people[0]
  );
}

/** An officer's reply to an enquiry answers it, and a reply to a question that; whatever else is written is an enquiry. */
async function filed(client: CooperationClient, came: Came, person: PersonRow): Promise<Outcome> {
  const { row, byMail, text } = came;
  const enquiry = person.role === 'staff' ? enquiryOf(came) : undefined;
  try {
    if (enquiry !== undefined) {
      const answered = { by: person.id, enquiry, text, shared: false };
      const { number } = await answerEnquiry(client, row.cooperation, answered, undefined, byMail);
      return { state: 'filed', communication: number };
    }
  } catch (error) {
    // Somebody was faster, or the number is of something else: it is said all the same.
    if (!isRefusal(error)) throw error;
  }
  const answered = await answerOf(client, came, person);
  if (answered !== undefined) return { state: 'filed', communication: answered };
  try {
    const given = { by: person.id, text };
    const { number } = await enquire(client, row.cooperation, given, undefined, byMail);
    return { state: 'filed', communication: number };
  } catch (error) {
    if (!isRefusal(error) || error.code !== 'QuotaReached') throw error;
    return unfiled(client, came, 'quota', person);
  }
}

/**
 * A reply to a mail that puts a question to the institution of whoever sends it is its answer, as long as that is owed. Of
 * all that is asked this alone is answered in words: it approves nothing.
 */
async function answerOf(
  client: CooperationClient,
  { row, replied, byMail, text }: Came,
  person: PersonRow,
): Promise<number | undefined> {
  const { cooperation } = row;
  const { caseFile } = client;
  const request =
    replied?.request == null ? undefined : await findRequest(caseFile, cooperation, replied.request);
  if (request?.kind !== 'answer-question' || !request.parties.includes(person.party)) return undefined;
  const { id, subjectHash: subject } = request;
  try {
    const given = { request: id, by: person.id, subject, decision: 'done', text } as const;
    await answer(client, cooperation, given, { door: 'mail' });
  } catch (error) {
    // It is answered, or closed: then it is said to the Secretariat.
    if (!isRefusal(error)) throw error;
    return undefined;
  }
  const { plan } = await cooperationOf(client, cooperation);
  return received(client, plan, person, { ...byMail, request: id }, text);
}

/** What stays refused however often it is tried. */
const isRefusal = (error: unknown): error is Refused =>
  error instanceof Refused && error.code !== 'Unavailable' && error.code !== 'InspectionUnavailable';

/** The number of the enquiry that the mail which is replied to tells of. */
function enquiryOf({ replied }: Came): number | undefined {
  const [, number] = /\|communication-(\d+)\|/.exec(replied?.key ?? '') ?? [];
  return replied?.notice === 'enquiry' && number !== undefined ? Number(number) : undefined;
}

async function unfiled(
  client: CooperationClient,
  { row, byMail, text }: Came,
  why: FilingHindrance,
  person: PersonRow | undefined,
): Promise<Outcome> {
  const { plan } = await cooperationOf(client, row.cooperation);
  const number = await received(client, plan, person, { ...byMail, unfiled: why }, text);
  return { state: 'unfiled', communication: number };
}

/** Has the Secretariat see a mail as what it is. */
async function received(
  { caseFile, workflows, now }: CooperationClient,
  plan: Plan,
  person: PersonRow | undefined,
  mail: ByMail,
  text: string,
): Promise<number> {
  const { cooperation } = plan;
  const secretariat = secretariatOf(plan);
  const given: Parameters<typeof addCommunication>[1] = {
    ...{ cooperation, kind: 'received', by: person?.id ?? secretariat, party: person?.party ?? secretariat },
    ...{ addressed: { to: 'party', party: secretariat }, text, answers: null, shared: false },
    subject: mail.subject,
    mail,
  };
  // An answer is told as any is.
  const people = mail.unfiled ? await staffOf(caseFile, cooperation) : [];
  const row: CommunicationRow = await addCommunication(caseFile, given, people, now(), undefined, {
    door: { door: 'mail' },
  });
  if (row.doneAt === null) await workflows.sendCommunication(plan, row.number);
  return row.number;
}
