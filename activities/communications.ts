import type { CommunicationRow, CooperationRow, PersonRow } from '../src/casefile/database/schema.ts';
import { findCommunication, noteCommunicationDone } from '../src/casefile/mails/communications.ts';
import { findPerson } from '../src/casefile/people.ts';
import { findRequest } from '../src/casefile/requests.ts';
import { hoursAfter } from '../src/domain/dates/dates.ts';
import { TAKES_BACK_HOURS } from '../src/domain/mails/incomingMail.ts';
import type { Notice } from '../src/mail/notices/index.ts';
import type { Outside } from './context.ts';
import { deliver } from './email.ts';
import { cooperationOf, namedPartyOf } from './headings.ts';
import type { Activities, NotifyResult } from './index.ts';

/** What the Secretariat and those who take part write to each other. */
export const communicationActivities = (outside: Outside): Pick<Activities, 'sendCommunication'> => ({
  async sendCommunication({ cooperation: id, number }) {
    const { caseFile, now } = outside;
    const cooperation = await cooperationOf(caseFile, id);
    const written = await findCommunication(caseFile, id, number);
    if (!written) throw new Error(`the case file has no communication ${number} of ${id}`);
    const people = await Promise.all(written.people.map((person) => findPerson(caseFile, id, person)));
    const enquiry =
      written.answers === null ? undefined : await findCommunication(caseFile, id, written.answers);
    const author = await findPerson(caseFile, id, written.by);
    const sent = await deliver(outside, {
      cooperation,
      key: `communication-${number}`,
      to: people.filter((person) => person !== undefined),
      notice: () => noticeOf(cooperation, written, author, enquiry),
      ...(written.answers !== null && { follows: `communication-${written.answers}` }),
    });
    const receipt = await sendReceipt(outside, cooperation, written, author);
    await noteCommunicationDone(caseFile, id, number, now());
    return { notified: sent.notified + receipt.notified, refused: sent.refused + receipt.refused };
  },
});

/**
 * Tells whoever sent a mail what became of it; nobody whom the cooperation does not know, who may not have sent it, and not
 * what replies to a receipt.
 */
async function sendReceipt(
  outside: Outside,
  cooperation: CooperationRow,
  written: CommunicationRow,
  author: PersonRow | undefined,
): Promise<Pick<NotifyResult, 'notified' | 'refused'>> {
  const { number, kind, text, mail } = written;
  const unfiled = mail?.unfiled;
  if (author && mail?.answer && !mail.answer.doubt) return sendAsRead(outside, cooperation, written, author);
  if (!mail || !author || unfiled === 'bounced' || unfiled === 'uninvited' || mail.toReceipt)
    return { notified: 0, refused: 0 };
  return deliver(outside, {
    cooperation,
    key: `receipt-${number}`,
    to: [author],
    notice: () => ({
      notice: 'mail-receipt',
      became: unfiled ?? (kind === 'received' ? 'answer' : kind === 'answer' ? 'reply' : 'enquiry'),
      subject: mail.subject ?? '',
      text,
      files: mail.attachments.map(({ fileName }) => fileName),
      shortened: mail.shortened,
    }),
  });
}

/** Tells whoever approved by mail, or took that back, how their mail was read; a reply to that can say that it is not so. */
async function sendAsRead(
  outside: Outside,
  cooperation: CooperationRow,
  { number, text, mail, at }: CommunicationRow,
  author: PersonRow,
): Promise<Pick<NotifyResult, 'notified' | 'refused'>> {
  const { says, request: id } = mail?.answer ?? {};
  const request = id === undefined ? undefined : await findRequest(outside.caseFile, cooperation.id, id);
  if (!says || !request) return { notified: 0, refused: 0 };
  const { kind, item, dueAt, closedAt } = request;
  return deliver(outside, {
    cooperation,
    key: `receipt-${number}`,
    to: [author],
    request: request.id,
    notice: () => ({
      ...{ notice: 'answer-by-mail', says, text, settled: closedAt !== null },
      request: { id: request.id, kind, dueAt, ...(item !== null && { n: item }) },
      institution: namedPartyOf(cooperation.programme, author.party),
      until: hoursAfter(at, TAKES_BACK_HOURS),
    }),
  });
}

function noticeOf(
  { programme }: CooperationRow,
  { kind, subject, text, party, mail }: CommunicationRow,
  author: PersonRow | undefined,
  enquiry: CommunicationRow | undefined,
): Notice {
  const by = author && { by: author.name };
  switch (kind) {
    case 'written':
      return { notice: 'communication', subject: subject ?? '', text, ...by };
    case 'enquiry':
      return {
        notice: 'enquiry',
        text,
        by: author?.name ?? '',
        institution: namedPartyOf(programme, party),
        ...(mail && mail.attachments.length > 0 && { files: mail.attachments.length }),
      };
    case 'received':
      if (mail?.unfiled === 'bounced')
        return {
          notice: 'mail-bounced',
          name: author?.name ?? '',
          address: author?.email ?? '',
          subject: text,
        };
      return {
        notice: 'mail-unfiled',
        why: mail?.unfiled ?? 'unreadable',
        from: mail?.from ?? '',
        subject: mail?.subject ?? '',
        text,
      };
    case 'answer':
      return { notice: 'enquiry-answered', text, enquiry: enquiry?.text ?? '', ...by };
  }
}
