import type {
  AnswerRow,
  IncomingMailRow,
  MailRow,
  PersonRow,
  RequestRow,
} from '../casefile/database/schema.ts';
import { communicationsOf, findCommunication, noteSeenTo } from '../casefile/mails/communications.ts';
import { everyoneOf, findPerson } from '../casefile/people.ts';
import { everyAnswerTo, findRequest, isStanding } from '../casefile/requests.ts';
import { readAll } from '../documents/store.ts';
import { hoursAfter, isBefore } from '../domain/dates/dates.ts';
import type { Door } from '../domain/door.ts';
import { isApprovedByMail } from '../domain/kinds/index.ts';
import {
  isRecordable,
  type MailAnswer,
  type MailDoubt,
  type ReadMail,
  type RecordedMail,
  TAKES_BACK_HOURS,
} from '../domain/mails/incomingMail.ts';
import { saidIn } from '../domain/mails/wordsOfAgreement.ts';
import { personsAmong } from '../domain/people/samePerson.ts';
import { secretariatOf } from '../domain/programme/plan.ts';
import { Refused, refused } from '../domain/refusal.ts';
import { repliesIn, signerOf } from '../incoming/authenticity.ts';
import { momentOf } from '../words/dates/dates.ts';
import { requestLabel } from '../words/labels.ts';
import { speaker } from '../words/speaker.ts';
import { answer, takeBack } from './answers.ts';
import type { ByToken } from './came.ts';
import { answerEnquiry, authorOf } from './communications.ts';
import { type CooperationClient, cooperationOf, type MailAnswers } from './cooperationClient.ts';

/**
 * «De acuerdo», in reply to a mail that asks for an approval. It is one where the words are plain and nothing speaks against
 * it, and then stands as any answer does; whoever gave it is told, and can take it back by a reply, too. Whatever is doubtful
 * is what it was before, a message, with what it was read as beside it for the Secretariat.
 */

/** Mails that ask, and which a reply to can answer. */
const ASKING: readonly string[] = ['request', 'reminder', 'deadline-extended'];

/** A reply that came: how it was read, and the mail of ours that it is to. */
export type Reply = { row: IncomingMailRow; mail: ReadMail; replied: MailRow | undefined };

/**
 * What a reply was read as, of somebody of the cooperation or of nobody known; `undefined` where it is a message. What has no
 * `doubt` is recorded by then, or taken back. @throws Refused where that cannot be done now
 */
export async function readAnswer(
  client: CooperationClient,
  reply: Reply,
  sender: PersonRow | undefined,
): Promise<MailAnswer | undefined> {
  const { mailAnswers, caseFile } = client;
  const { replied, mail, row } = reply;
  // A program gives no approval, nor what somebody or a list has passed on.
  if (!mailAnswers || !replied?.request || mail.automatic || mail.passedOn) return undefined;
  const request = await findRequest(caseFile, row.cooperation, replied.request);
  const reader = await findPerson(caseFile, row.cooperation, replied.person);
  if (!request || !reader || !isApprovedByMail(request.kind)) return undefined;
  const names = [reader.name, ...(sender ? [sender.name] : []), mail.name ?? ''];
  const first = saidIn(mail.text, names);
  const isSame = mail.forms.every((form) => saidIn(form, names) === first);
  const said =
    first === 'approves' && !isSame ? 'unclear' : first === 'declines' && !isSame ? 'other' : first;
  const asked = { ...reply, replied, request, reader, sender, mailAnswers };
  if (replied.notice === 'answer-by-mail') return said === 'declines' ? takenBack(client, asked) : undefined;
  // Of a mail that asks for several things nobody can say which is meant.
  if (replied.beside.some(({ request: other }) => other !== undefined)) return undefined;
  if (!ASKING.includes(replied.notice) || said === 'other' || said === 'declines') return undefined;
  return approved(client, asked, said === 'unclear');
}

type Question = Reply & {
  replied: MailRow;
  request: RequestRow;
  /** Whom the mail was for that it replies to. */
  reader: PersonRow;
  sender: PersonRow | undefined;
  mailAnswers: MailAnswers;
};

async function approved(client: CooperationClient, asked: Question, unclear: boolean): Promise<MailAnswer> {
  const { request, reader, sender } = asked;
  const { cooperation, id, subjectHash: subject } = request;
  const person = sender && request.parties.includes(sender.party) ? sender : reader;
  const read: MailAnswer = { says: 'approves', request: id, subject, person: person.id };
  const doubt =
    (await doubtOfRequest(client, asked, person)) ??
    (unclear ? 'unclear' : undefined) ??
    (await doubtOfMail(client, asked));
  if (doubt) return { ...read, doubt };
  const bytes = await readAll(client.documents, asked.row.sha256);
  if (repliesIn(bytes, asked.mailAnswers.address) > 1) return { ...read, doubt: 'several' };
  const signedBy = await signedFor(client, asked, bytes);
  if (signedBy === undefined) return { ...read, doubt: 'unsigned' };
  try {
    await answer(client, cooperation, { request: id, by: person.id, subject, decision: 'approve' }, BY_MAIL);
  } catch (error) {
    // Somebody was faster.
    if (error instanceof Refused && GONE.includes(error.code)) return { ...read, signedBy, doubt: 'closed' };
    throw error;
  }
  return { ...read, signedBy };
}

const BY_MAIL: Door = { door: 'mail' };
/** What an answer is refused with that will not be taken later, either. */
const GONE: readonly string[] = [
  ...['AlreadyAnswered', 'AnswerUsed', 'RequestClosed', 'RequestUnknown', 'NotUnderWay', 'NotAsked'],
  ...['SubjectSuperseded', 'PersonUnknown', 'PersonLeft', 'NotOfParty'],
];

/** What speaks against an answer to a request by somebody, whoever sent it. */
async function doubtOfRequest(
  { caseFile }: CooperationClient,
  { request, row }: Question,
  { party }: PersonRow,
): Promise<MailDoubt | undefined> {
  const { cooperation, id } = request;
  const { pausedAt } = await cooperationOf({ caseFile }, cooperation);
  const given = (await everyAnswerTo(caseFile, cooperation, id)).filter((one) => one.party === party);
  if (given.length > 0 && !(await isOurs(caseFile, row, id, given))) return 'answered';
  if (request.closedAt && given.length === 0)
    return (await isAskedAnew(caseFile, request)) ? 'superseded' : 'closed';
  return pausedAt ? 'paused' : undefined;
}

/** Whether the answer that stands came by this mail, whose filing did not come to its end. */
async function isOurs(
  caseFile: CooperationClient['caseFile'],
  { cooperation }: IncomingMailRow,
  request: string,
  given: readonly AnswerRow[],
): Promise<boolean> {
  const [only, ...others] = given;
  if (!only || others.length > 0 || !isStanding(only) || only.door?.door !== 'mail') return false;
  const filed = (await communicationsOf(caseFile, cooperation)).some(
    ({ mail }) => mail?.answer?.request === request && mail.answer.person === only.by && !mail.answer.doubt,
  );
  return !filed;
}

/** Whether the same is asked about something else by now. */
async function isAskedAnew(
  db: CooperationClient['caseFile'],
  { cooperation, kind, id, openedAt }: RequestRow,
): Promise<boolean> {
  const later = await db
    .selectFrom('request')
    .select('id')
    .where('cooperation', '=', cooperation)
    .where('kind', '=', kind)
    .where('id', '<>', id)
    .where('openedAt', '>=', openedAt)
    .executeTakeFirst();
  return later !== undefined;
}

/** What speaks against the mail, before it is asked whose it is. */
async function doubtOfMail(
  { caseFile }: CooperationClient,
  { mail, reader, sender, row, request }: Question,
): Promise<MailDoubt | undefined> {
  if (sender?.id !== reader.id) return 'sender';
  const ofMailbox = (await everyoneOf(caseFile, row.cooperation)).filter(
    ({ active, email }) => active && email?.toLowerCase() === mail.from,
  );
  const parties = new Set(ofMailbox.map(({ party }) => party).filter((one) => request.parties.includes(one)));
  if (personsAmong(ofMailbox).length > 1 || parties.size > 1) return 'several';
  return mail.attachments.length > 0 ? 'files' : undefined;
}

async function signedFor(
  { caseFile, now }: CooperationClient,
  { mail, replied, request, mailAnswers: { address, resolve } }: Question,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const { replyToken: token, preparedAt: at } = replied;
  if (token === null || mail.from === null) return undefined;
  const subject = (await isOfOneRequest(caseFile, replied, request)) ? replied.subject : null;
  return signerOf(
    bytes,
    { from: mail.from, subject: mail.subject, repliedTo: { address, token, subject, at } },
    { resolve, now: now() },
  );
}

/** Whether what was sent to the same address with the same subject is about the same request. */
async function isOfOneRequest(
  db: CooperationClient['caseFile'],
  { address, subject, cooperation }: MailRow,
  { id }: RequestRow,
): Promise<boolean> {
  const other = await db
    .selectFrom('mail')
    .select('key')
    .where('address', '=', address)
    .where('subject', '=', subject)
    .where(({ or, eb }) =>
      or([eb('cooperation', '<>', cooperation), eb('request', 'is', null), eb('request', '<>', id)]),
    )
    .executeTakeFirst();
  return other === undefined;
}

/** «No», in reply to what told them how their mail was read: the answer is taken back, as on its page. */
async function takenBack(client: CooperationClient, asked: Question): Promise<MailAnswer | undefined> {
  const { replied, request, sender } = asked;
  const { cooperation } = request;
  const [, number] = /\|receipt-(\d+)\|/.exec(replied.key) ?? [];
  const told = await findCommunication(client.caseFile, cooperation, Number(number ?? 0));
  const before = told?.mail?.answer;
  if (!told || before?.says !== 'approves' || before.doubt) return undefined;
  const { person, subject } = before;
  const given = (await everyAnswerTo(client.caseFile, cooperation, request.id)).find(
    (one) => one.by === person && one.decision === 'approve' && one.door?.door === 'mail',
  );
  const read: MailAnswer = {
    ...{ says: 'declines', request: request.id, subject, person },
    ...(given && { revision: given.revision }),
  };
  if (!given) return { ...read, doubt: 'answered' };
  if (isBefore(hoursAfter(told.at, TAKES_BACK_HOURS), client.now())) return { ...read, doubt: 'late' };
  if (sender?.id !== person) return { ...read, doubt: 'sender' };
  const signedBy = await signedFor(client, asked, await readAll(client.documents, asked.row.sha256));
  if (signedBy === undefined) return { ...read, doubt: 'unsigned' };
  try {
    const { revision } = given;
    await takeBack(client, cooperation, { request: request.id, by: person, revision }, BY_MAIL);
    return { ...read, signedBy };
  } catch (error) {
    // What follows from it has begun, or another stands in its place.
    if (error instanceof Refused && USED.includes(error.code)) return { ...read, signedBy, doubt: 'used' };
    throw error;
  }
}
const USED: readonly string[] = [...GONE, 'AnswerNotStanding'];

/**
 * Somebody of the Secretariat has read an approval in a mail that waits for that, and records it: it is the answer of whoever
 * it is of, with how it came, and they are told. The same again changes nothing. @throws Refused `MailAnswerUnknown` and what
 * {@link answer} is refused with
 */
export async function recordMailAnswer(
  client: CooperationClient,
  cooperation: string,
  given: RecordedMail,
  token?: ByToken,
): Promise<{ request: string; at: string }> {
  const { caseFile, now } = client;
  const { plan, language } = await cooperationOf(client, cooperation);
  const by = await authorOf(client, plan, given.by ?? token?.holder ?? undefined);
  const found = await findCommunication(caseFile, cooperation, given.communication);
  const read = found?.mail?.answer;
  const request = read && (await findRequest(caseFile, cooperation, read.request));
  if (!found?.mail || !isRecordable(read) || !request)
    return refused({ code: 'MailAnswerUnknown', communication: given.communication });
  const { from } = found.mail;
  const { timeZone } = plan.parties.find(({ code }) => code === secretariatOf(plan)) ?? { timeZone: 'UTC' };
  const clock = { language, timeZone, others: [], now: found.at };
  const how = speaker('case.mailAnswers', language)('how', {
    from: from || '—',
    when: momentOf(found.at, clock),
  });
  const recorder = by.includes('@') ? secretariatOf(plan) : by;
  const { at } = await answer(
    client,
    cooperation,
    {
      ...{ request: read.request, by: read.person, subject: read.subject, decision: 'approve' },
      recorded: { by: recorder, how },
    },
    token?.door ?? { door: 'staff', by },
  );
  if (found.kind === 'enquiry') {
    const author = await findPerson(caseFile, cooperation, found.by);
    const inTheirs = author?.language ?? language;
    const what = requestLabel(request, inTheirs);
    const text = speaker('case.mailAnswers', inTheirs)('recorded', { what });
    const given = { enquiry: found.number, text, shared: false, ...(by !== secretariatOf(plan) && { by }) };
    await answerEnquiry(client, cooperation, given, token).catch((error: unknown) => {
      // The Secretariat has said something to it already.
      if (!(error instanceof Refused) || error.code !== 'EnquiryAnswered') throw error;
    });
  } else await noteSeenTo(caseFile, { cooperation, number: found.number, by, at: now() });
  return { request: read.request, at };
}
