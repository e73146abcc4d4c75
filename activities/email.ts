import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ApplicationFailure } from '@temporalio/common';
import { mintLink } from '../src/casefile/access/access.ts';
import type { Addressee, CooperationRow, MailRow, PersonRow } from '../src/casefile/database/schema.ts';
import { withheldAmong } from '../src/casefile/documents.ts';
import { holdMail } from '../src/casefile/mails/digests.ts';
import { newAddressToken } from '../src/casefile/mails/incomingMails.ts';
import {
  findMail,
  firstReplyToken,
  forgetMail,
  hasMails,
  hasNewerInvitation,
  isOvertaken,
  noteAttempt,
  noteHandedOver,
  prepareMail,
  refusesEverybody,
  unreachedBecause,
  withdrawMail,
} from '../src/casefile/mails/mails.ts';
import { isAgain } from '../src/casefile/mails/resendings.ts';
import { findPerson, type Officer, officerFor } from '../src/casefile/people.ts';
import { readAll } from '../src/documents/store.ts';
import { isBefore } from '../src/domain/dates/dates.ts';
import { ownAddress } from '../src/domain/mails/incomingMail.ts';
import { oneAtATime } from '../src/domain/oneAtATime.ts';
import { hasAddress } from '../src/domain/people/address.ts';
import { personsAmong } from '../src/domain/people/samePerson.ts';
import { composeMail, requestIn } from '../src/mail/compose.ts';
import { headingOf, readerOf } from '../src/mail/headings.ts';
import { type Invitation, iCalendarOf } from '../src/mail/iCalendar.ts';
import { buildMessage } from '../src/mail/message.ts';
import type { Attachment } from '../src/mail/notice.ts';
import type { Notice } from '../src/mail/notices/index.ts';
import { messageIdOf, threadRootOf } from '../src/mail/thread.ts';
import { MailRefused, MailUnavailable } from '../src/mail/transport.ts';
import { withoutWithheld } from '../src/mail/withheld.ts';
import { stateName } from '../src/words/names/states.ts';
import { speaker } from '../src/words/speaker.ts';
import type { Outside } from './context.ts';
import { waitsForDigest } from './digestWaits.ts';
import type { NotifyResult } from './index.ts';
import { introductionIn } from './introduction.ts';

type Appointment = Omit<Invitation, 'organizer' | 'attendee'>;

/** One thing that a mail tells. */
export type Parcel = {
  notice: (person: PersonRow) => Notice;
  request?: string;
  /** The session that its calendar object is of. */
  session?: number;
  attachments?: Attachment[];
  /** Where not everyone gets the same. */
  attachmentsFor?: (person: PersonRow) => Promise<Attachment[]>;
  calendar?: (person: PersonRow) => Appointment;
  /** Whether it still concerns a person, just before it goes out to them. */
  stillFor?: (person: PersonRow) => Promise<boolean>;
  /** Goes to people who are replaced too: it is what tells them so. */
  evenReplaced?: boolean;
};

export type Delivery = Parcel & {
  cooperation: CooperationRow;
  /** Names the occasion: the same key is the same mail, whoever asks for it and however often. */
  key: string;
  to: PersonRow[];
  /** The key of the mail that this one follows in its thread. */
  follows?: string;
  /** Calendar objects of other sessions that its notice tells of, each in a file to open. */
  further?: (person: PersonRow) => { session: number; appointment: Appointment }[];
  /** What falls together with it for each of those it goes to, and comes in the same mail. */
  beside?: Parcel[];
  /** Where it was held up: the instant (ISO 8601) before which it does not go to a person. */
  notBefore?: (person: PersonRow) => string | undefined;
};

/**
 * Writes to each person once. A mail is composed and kept before it is sent for the first time, so that every
 * attempt sends the same bytes under the same Message-ID, and is noted as sent right after: only a mail that was
 * under way when the worker, the database or the mail server died can arrive twice. One refused for good (SMTP 5xx)
 * is noted for staff and not tried again, unless the server refuses everybody; the others go out all the same. Nothing
 * goes to somebody who has been replaced meanwhile.
 *
 * @throws ApplicationFailure `MailUnavailable`, to be retried, when some could not be sent now
 */
export async function deliver(outside: Outside, delivery: Delivery): Promise<NotifyResult> {
  const states: MailState[] = [];
  const later: string[] = [];
  for (const person of eachOnce(delivery.to)) {
    const notBefore = delivery.notBefore?.(person);
    let told: Parcel[] = [];
    const state = await deliverTo(outside, {
      cooperation: delivery.cooperation.id,
      person: person.id,
      key: mailKey(delivery.cooperation.id, delivery.key, person.id),
      session: delivery.session,
      mayWait: true,
      notBefore,
      concerned: async ({ active }) => {
        told = await toldTo(outside, delivery, person);
        return told.some(({ evenReplaced }) => active || evenReplaced);
      },
      isPast: ({ beside }) =>
        beside.length > 0 && delivery.beside !== undefined && told.length <= beside.length,
      prepare: (addressee, key) => prepare(outside, delivery, told, addressee, key),
    });
    states.push(state);
    if (state === 'later' && notBefore) later.push(notBefore);
  }
  const were = (state: MailState) => states.filter((one) => one === state).length;
  if (states.some(isUnsent)) throw unavailable(states);
  const notified = states.length - were('refused') - were('withdrawn') - were('later');
  const [first] = later.sort();
  return { notified, refused: were('refused'), ...(were('later') > 0 && first && { later: first }) };
}

/** What a mail tells a person, the first of it before all: what does not concern them any more is left out. */
async function toldTo({ caseFile }: Outside, delivery: Delivery, person: PersonRow): Promise<Parcel[]> {
  const { cooperation, beside } = delivery;
  const told: Parcel[] = [];
  for (const one of [delivery, ...(beside ?? [])]) {
    if (!(await (one.stillFor?.(person) ?? true))) continue;
    const sequence = one.calendar?.(person).sequence;
    const { session } = one;
    const of = { cooperation: cooperation.id, person: person.id };
    if (beside && session !== undefined && sequence !== undefined)
      if (await isOvertaken(caseFile, { ...of, session, sequence })) continue;
    told.push(one);
  }
  return told;
}

/**
 * Whoever has several parts under one address, such as an officer who is the consultant, gets one mail; whoever has no
 * address, none.
 */
const eachOnce = (people: readonly PersonRow[]): Addressee[] =>
  [...Map.groupBy(people.filter(hasAddress), ({ email }) => email.toLowerCase()).values()]
    .flatMap(personsAmong)
    .flatMap(([first]) => first ?? [])
    .sort((a, b) => people.indexOf(a) - people.indexOf(b));

/**
 * How a mail stands. `unanswered`: handed over a second time, and the line was gone before the server said whether it has it.
 * `later`: it was held up, and goes out on the next working morning of its reader.
 */
export type MailState = MailRow['state'] | 'unanswered' | 'later';
export const isUnsent = (state: MailState): boolean => state === 'pending' || state === 'unanswered';

/** How long nothing is sent after a mail that may have arrived: each other try may be a copy. */
const AFTER_UNANSWERED = '30 minutes';

/** What is to be retried. */
export const unavailable = (states: readonly MailState[]): ApplicationFailure =>
  ApplicationFailure.create({
    message: `${states.filter(isUnsent).length} of ${states.length} mails could not be sent yet`,
    type: 'MailUnavailable',
    ...(states.includes('unanswered') && { nextRetryDelay: AFTER_UNANSWERED }),
  });

/** One mail to one person. */
export type OneDelivery = {
  cooperation: string;
  person: string;
  key: string;
  /** The session that its calendar object is of. */
  session?: number | undefined;
  /** Whether an officer's digest may have it in place of a mail. */
  mayWait?: boolean;
  /** The instant (ISO 8601) before which it does not go out. */
  notBefore?: string | undefined;
  /** Whether it is for this person still. */
  concerned: (addressee: PersonRow) => Promise<boolean>;
  /** Whether some of what it tells is over, so that it is composed anew where it surely did not go out. */
  isPast?: (mail: MailRow) => boolean;
  /** Composes and keeps it, before it is sent for the first time. */
  prepare: (addressee: Addressee, key: string) => Promise<MailRow>;
};

/** Sends one mail, unless that is done already, and says how it stands then. */
export async function deliverTo(outside: Outside, delivery: OneDelivery): Promise<MailState> {
  const { cooperation, person, key, session, concerned, prepare } = delivery;
  // Whatever has become of what they ask for meanwhile.
  const { unnoted } = sendingOf(outside);
  for (const [taken, { mail, response }] of unnoted) {
    unnoted.delete(taken);
    await noteTaken(outside, mail, response);
  }
  const line = session === undefined ? key : `${cooperation}|${session}|${person}`;
  return sentOnce(outside, key, line, async () => {
    const { caseFile } = outside;
    let standing = await findMail(caseFile, key);
    const addressee = await findPerson(caseFile, cooperation, person);
    if (standing && standing.state !== 'pending') return standing.state;
    if (!addressee || !hasAddress(addressee) || !(await concerned(addressee)))
      return withdraw(outside, standing);
    if (delivery.notBefore && isBefore(outside.now(), delivery.notBefore)) return 'later';
    if (standing && !standing.handedOver && delivery.isPast?.(standing)) {
      await forgetMail(caseFile, key);
      standing = undefined;
    }
    const mail = standing ?? (await prepare(addressee, key));
    // Nobody's calendar goes back to what was before.
    if (await hasNewerInvitation(caseFile, mail)) return withdraw(outside, mail);
    if (
      delivery.mayWait &&
      (await waitsForDigest(outside, mail, addressee)) &&
      (await holdMail(caseFile, mail.key))
    )
      return 'held';
    return attempt(outside, mail, addressee);
  });
}

/** What nobody needs any more is not sent, and does not stand in the ledger as if it were to be. */
async function withdraw({ caseFile }: Outside, mail: MailRow | undefined): Promise<MailRow['state']> {
  if (mail) await withdrawMail(caseFile, mail.key);
  return 'withdrawn';
}

type Sending = Promise<MailState>;

/** What this process is about. */
type UnderWay = {
  mails: Map<string, Sending>;
  /** Has those of one line go out one after another. */
  inTurn: ReturnType<typeof oneAtATime>;
  /**
   * Mails that a server has taken, with what it said, where the case file was away at that moment: it is noted before
   * the next mail goes out, and none of them is sent again or taken for one that nobody got.
   */
  unnoted: Map<string, { mail: MailRow; response: string }>;
};
const SENDING = new WeakMap<Outside, UnderWay>();

function sendingOf(outside: Outside): UnderWay {
  const sending = SENDING.get(outside) ?? { mails: new Map(), inTurn: oneAtATime(), unnoted: new Map() };
  SENDING.set(outside, sending);
  return sending;
}

/**
 * Temporal may ask for an activity again while an earlier attempt is still at work here: after a long pause of the
 * machine, or when its workflow continues as new. Both then share what is under way. Mails of one `line` go out one
 * after another: those about a session to one person's calendar, which must not be overtaken.
 */
function sentOnce(outside: Outside, key: string, line: string, send: () => Sending): Sending {
  const { mails, inTurn } = sendingOf(outside);
  const standing = mails.get(key);
  if (standing) return standing;
  const begun = inTurn(send, line).finally(() => mails.delete(key));
  mails.set(key, begun);
  return begun;
}

export const mailKey = (cooperation: string, occasion: string, person: string): string =>
  `${cooperation}|${occasion}|${person}`;

async function prepare(
  outside: Outside,
  delivery: Delivery,
  told: readonly Parcel[],
  person: Addressee,
  key: string,
): Promise<MailRow> {
  const { sender, caseFile, documents, site, now } = outside;
  const { cooperation, follows } = delivery;
  const officer = await officerFor(caseFile, person, now());
  // Their first mail says how their data are dealt with.
  const isFirst = site && !(await hasMails(caseFile, cooperation.id, person.id));
  const reader = readerOf(cooperation, person);
  const at = now();
  const parts: Part[] = [];
  for (const one of told) parts.push(await partOf(one, person));
  const [first, ...others] = parts;
  if (!first) throw new Error(`${key} tells nothing any more`);
  const introduction = await introductionIn(caseFile, cooperation, person, first.notice.notice);
  const heading = {
    ...headingOf(cooperation),
    officer,
    ...(introduction && { introduction }),
    ...(isFirst && { privacyUrl: `${site.url}/privacy` }),
  };
  const request = parts.find((one) => one.request !== undefined)?.request;
  // What is asked for has its own way to the site each.
  const asks = parts.some(({ notice }) => requestIn(notice));
  const mail = composeMail(
    first.notice,
    reader,
    heading,
    at,
    !asks || requestIn(first.notice) ? await linkFor(outside, first, person, at) : undefined,
    await Promise.all(
      others.map(async (one) => ({
        notice: one.notice,
        ...(requestIn(one.notice) && { link: await linkFor(outside, one, person, at) }),
      })),
    ),
  );
  const replyToken = sender.replies === undefined ? null : newAddressToken();
  const { from, replyTo } = fromOf(outside, cooperation, reader.language, officer, replyToken);
  const further = delivery.further?.(person) ?? [];
  const [event, ...files] = [...parts.flatMap(({ inCalendar = [] }) => inCalendar), ...further];
  const organizer = event ? await organizerOf(outside, cooperation, person, from, replyToken) : from;
  const inCalendar = (appointment: Appointment): string =>
    iCalendarOf({
      ...appointment,
      organizer,
      attendee: { name: reader.name, email: reader.email },
    });
  const messageId = messageIdOf(key, sender.domain);
  const raw = await buildMessage({
    mail,
    from,
    replyTo,
    to: { name: reader.name, email: reader.email },
    messageId,
    references: [
      threadRootOf(cooperation.id, sender.domain),
      ...(follows ? [messageIdOf(mailKey(cooperation.id, follows, person.id), sender.domain)] : []),
    ],
    date: new Date(at),
    attachments: [
      ...eachFileOnce(parts.flatMap(({ attachments }) => attachments)),
      ...files.map(({ session, appointment }) => ({
        fileName: `invite-${session}.ics`,
        mediaType: 'application/ics',
        content: Buffer.from(inCalendar(appointment)),
      })),
    ],
    headers: {
      'X-RIAL-Cooperation': cooperation.id,
      ...(request && { 'X-RIAL-Request': `${cooperation.id}/${request}` }),
    },
    ...(event && {
      calendar: { method: event.appointment.method, content: inCalendar(event.appointment) },
    }),
  });
  const { sha256 } = await documents.put(Readable.from([raw]));
  return prepareMail(caseFile, {
    key,
    cooperation: cooperation.id,
    notice: first.notice.notice,
    request: request ?? null,
    person: person.id,
    address: reader.email,
    subject: mail.subject,
    messageId,
    sha256,
    session: first.inCalendar?.session ?? null,
    sequence: first.inCalendar?.appointment.sequence ?? null,
    method: event?.appointment.method ?? null,
    beside: [
      ...others.map((one) => ({
        notice: one.notice.notice,
        ...(one.request !== undefined && { request: one.request }),
        ...(one.inCalendar && besideOf(one.inCalendar)),
      })),
      ...further.map((one) => ({ notice: first.notice.notice, ...besideOf(one) })),
    ],
    replyToken,
    preparedAt: at,
  });
}

const besideOf = ({ session, appointment: { sequence } }: InCalendarOf) => ({ session, sequence });

/** One thing that a mail tells its reader, with all that goes with it. */
type Part = {
  notice: Notice;
  request?: string | undefined;
  attachments: Attachment[];
  inCalendar?: InCalendarOf | undefined;
};
type InCalendarOf = { session: number; appointment: Appointment };

async function partOf(
  { notice: noticeFor, session, calendar, ...told }: Parcel,
  person: Addressee,
): Promise<Part> {
  const notice = noticeFor(person);
  const appointment = calendar?.(person);
  return {
    notice,
    request: told.request ?? requestIn(notice)?.brief.id,
    attachments: [...(told.attachments ?? []), ...((await told.attachmentsFor?.(person)) ?? [])],
    ...(appointment && session !== undefined && { inCalendar: { session, appointment } }),
  };
}

/** What several things that are told have in common goes along once; other files may have the same name. */
const eachFileOnce = (files: readonly Attachment[]): Attachment[] => [
  ...new Map(
    files.map((file) => {
      const sha256 = createHash('sha256').update(file.content).digest('hex');
      return [`${sha256} ${file.fileName}`, file];
    }),
  ).values(),
];

/** A way to the site for one reader and one mail; none to somebody whose part is over. */
async function linkFor(
  { site, caseFile }: Outside,
  { notice, request }: Pick<Part, 'notice' | 'request'>,
  person: Addressee,
  at: string,
): Promise<string | undefined> {
  if (!site || !person.active) return undefined;
  const { id, cooperation, email: address } = person;
  const token = await mintLink(
    caseFile,
    { address, cooperation, person: id, path: pathOf(notice, person, request) },
    at,
  );
  return `${site.url}/r/${token}`;
}

/** Where a mail leads on the site: to what is asked, to the session it is about, to what was written, or else to the cooperation. */
function pathOf(
  notice: Notice,
  { cooperation, role, session }: PersonRow,
  request: string | undefined,
): string {
  const whole = `/c/${cooperation}`;
  // A guest sees one session, and nothing else.
  if (role === 'guest') return `${whole}/sessions/${session}`;
  if (isBeside(notice)) return `${whole}/communications`;
  const asked = notice.notice === 'answer-by-mail' ? request : requestIn(notice)?.brief.id;
  if (asked !== undefined) return `${whole}/requests/${asked}`;
  if ('meeting' in notice) return `${whole}/meeting`;
  if (notice.notice === 'paper-signed') return `${whole}/paper`;
  if (notice.notice === 'cooperation-closed' && notice.survey) return `${whole}/survey`;
  return 'session' in notice && notice.session ? `${whole}/sessions/${notice.session.number}` : whole;
}

/** It is of what is written beside the process. */
const isBeside = ({ notice }: Notice): boolean => BESIDE.includes(notice);
const BESIDE: readonly Notice['notice'][] = [
  ...([
    'communication',
    'enquiry',
    'enquiry-answered',
    'mail-receipt',
    'mail-unfiled',
    'mail-bounced',
  ] as const),
];

async function attempt(outside: Outside, mail: MailRow, { language }: Addressee): Promise<MailState> {
  const { caseFile, documents, mail: transport, sender, now } = outside;
  const unreached = isAgain(mail.key) ? undefined : await unreachedBecause(caseFile, mail.address);
  if (unreached !== undefined) {
    await noteAttempt(caseFile, mail, 'refused', unreached, now());
    return 'refused';
  }
  const kept = await readAll(documents, mail.sha256);
  // What was withheld while it could not be sent does not go out.
  const raw = await withoutWithheld(kept, await withheldAmong(caseFile, mail.cooperation), language);
  await noteHandedOver(caseFile, mail.key);
  try {
    const { response } = await transport.send({
      from: envelopeSender(sender, mail),
      to: mail.address,
      raw,
    });
    return await noteTaken(outside, mail, response);
  } catch (error) {
    if (error instanceof MailRefused) {
      if (isServers(error) && (await refusesEverybody(caseFile, mail))) {
        await noteAttempt(caseFile, mail, 'pending', error.response, now());
        return 'pending';
      }
      await noteAttempt(caseFile, mail, 'refused', error.response, now());
      return 'refused';
    }
    if (!(error instanceof MailUnavailable)) throw error;
    await noteAttempt(caseFile, mail, 'pending', error.detail, now(), error.unanswered);
    // Once may be a line that was cut, or a server that was started anew.
    return error.unanswered && mail.attempts > 0 ? 'unanswered' : 'pending';
  }
}

async function noteTaken(outside: Outside, mail: MailRow, response: string): Promise<'sent'> {
  try {
    await noteAttempt(outside.caseFile, mail, 'sent', response, outside.now());
  } catch (error) {
    sendingOf(outside).unnoted.set(mail.key, { mail, response });
    throw error;
  }
  return 'sent';
}

/** Neither an address that is none nor a mail that is too large: those are refused by every server. */
const isServers = ({ code }: MailRefused): boolean => code !== 0 && code !== 552;

/**
 * Who a cooperation's mails are from, in their reader's language, and whom a reply reaches: the case itself by the mail's
 * own address, where such are taken, else the officer.
 */
export function fromOf(
  { sender }: Outside,
  cooperation: CooperationRow,
  language: PersonRow['language'],
  officer: Officer | undefined,
  replyToken: string | null,
) {
  const name = senderName(cooperation, language);
  return {
    from: { name, email: cooperationAddress(sender.address, cooperation.id) },
    replyTo:
      sender.replies !== undefined && replyToken !== null
        ? { name, email: ownAddress(sender.replies, 'reply', replyToken) }
        : (officer ?? { name, email: sender.replyTo }),
  };
}

/**
 * Whom somebody's calendar answers: us, where mail is taken. It is the same address in each of their invitations, since
 * calendars take changes from their organizer alone.
 */
async function organizerOf(
  { sender: { replies }, caseFile }: Outside,
  cooperation: CooperationRow,
  person: Addressee,
  from: { name: string; email: string },
  replyToken: string | null,
): Promise<Invitation['organizer']> {
  if (replies === undefined) return from;
  const token = (await firstReplyToken(caseFile, cooperation.id, person.id)) ?? replyToken;
  if (token === null) return from;
  return { name: from.name, email: ownAddress(replies, 'reply', token), sentBy: from.email };
}

/** Where it is told what becomes of a mail: to us, where mail is taken. */
const envelopeSender = (
  { address, replies }: Outside['sender'],
  { cooperation, bounceToken }: MailRow,
): string =>
  replies !== undefined && bounceToken !== null
    ? ownAddress(replies, 'bounce', bounceToken)
    : cooperationAddress(address, cooperation);

/** `coop+14-per-chl@…`: tells a reader's mail program one cooperation from another. */
const cooperationAddress = (address: string, cooperation: string): string =>
  address.replace('@', `+${cooperation}@`);

function senderName({ programme }: CooperationRow, language: PersonRow['language']): string {
  const countries = programme.institutions
    .filter(({ role }) => role !== 'secretariat')
    .map(({ country }) => stateName(country, language));
  return speaker('mail.frame', language)('sender', { countries: [...new Set(countries)].join('–') });
}
