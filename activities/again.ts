import { Readable } from 'node:stream';
import { withNewLink } from '../src/casefile/access/access.ts';
import type { Addressee, MailRow, ResendingRow } from '../src/casefile/database/schema.ts';
import { withheldAmong } from '../src/casefile/documents.ts';
import { newAddressToken } from '../src/casefile/mails/incomingMails.ts';
import { findMail, prepareMail } from '../src/casefile/mails/mails.ts';
import { againKey, findResending } from '../src/casefile/mails/resendings.ts';
import { officerFor } from '../src/casefile/people.ts';
import { addToRecord } from '../src/casefile/record.ts';
import { readAll } from '../src/documents/store.ts';
import { isFarewell } from '../src/domain/mails/notice.ts';
import { againNote, noted, readdressed } from '../src/mail/again.ts';
import { headingOf } from '../src/mail/headings.ts';
import { plainTextOf, rewriteMessage } from '../src/mail/rewrite.ts';
import { messageIdOf, threadRootOf } from '../src/mail/thread.ts';
import { withoutWithheld } from '../src/mail/withheld.ts';
import type { Outside } from './context.ts';
import { deliverTo, fromOf, isUnsent, unavailable } from './email.ts';
import { cooperationOf } from './headings.ts';
import type { Activities } from './index.ts';

/** Mails that staff had sent again. */
export const againActivities = (outside: Outside): Pick<Activities, 'sendAgain'> => ({
  async sendAgain({ cooperation, number }) {
    const { caseFile } = outside;
    const asked = await findResending(caseFile, cooperation, number);
    const first = asked && (await findMail(caseFile, asked.mail));
    if (!asked || !first)
      throw new Error(`the case file has no mail to send again as ${number} of ${cooperation}`);
    const state = await deliverTo(outside, {
      cooperation,
      person: first.person,
      key: againKey(asked, first.person),
      session: first.session ?? undefined,
      concerned: async ({ active }) => active || isFarewell(first),
      prepare: (person, key) => prepareAgain(outside, asked, first, person, key),
    });
    if (isUnsent(state)) throw unavailable([state]);
    return { notified: state === 'sent' ? 1 : 0, refused: state === 'refused' ? 1 : 0 };
  },
});

/**
 * The mail as it was first sent, for the address its reader has now: a message of its own in the same thread, which says
 * that it comes again, and with a link that works. Programs that have a message with the same id show no other.
 */
async function prepareAgain(
  outside: Outside,
  { cooperation: id, number }: ResendingRow,
  first: MailRow,
  person: Addressee,
  key: string,
): Promise<MailRow> {
  const { caseFile, documents, sender, site, now } = outside;
  const cooperation = await cooperationOf(caseFile, id);
  const { language, timeZone, name, email } = person;
  const at = now();
  const kept = await readAll(documents, first.sha256);
  const raw = await withoutWithheld(kept, await withheldAmong(caseFile, id), language);
  const messageId = messageIdOf(key, sender.domain);
  const note = againNote(first.preparedAt, {
    ...{ language, timeZone, now: at },
    others: headingOf(cooperation).timeZones,
  });
  const access = site
    ? await withNewLink(
        caseFile,
        { cooperation: id, person: person.id, text: await plainTextOf(raw) },
        { address: email, url: site.url, at },
      )
    : (text: string) => text;
  const replyToken = sender.replies === undefined ? null : newAddressToken();
  const message = await rewriteMessage(raw, {
    envelope: {
      ...fromOf(outside, cooperation, language, await officerFor(caseFile, person, at), replyToken),
      to: { name, email },
      messageId,
      references: [threadRootOf(id, sender.domain), first.messageId],
      date: new Date(at),
    },
    text: (text, mediaType) =>
      mediaType.startsWith('text/') && mediaType !== 'text/calendar'
        ? noted(access(text), mediaType, note)
        : readdressed(text, { email, stamp: at }),
  });
  const { sha256 } = await documents.put(Readable.from([message]));
  const { notice, request, subject, session, sequence, method, beside } = first;
  // First, so that it is there however this ends: what is prepared is not prepared again.
  await addToRecord(caseFile, {
    cooperation: id,
    key: `mail-sent-again:${number}`,
    at,
    kind: 'mail-sent-again',
    person: person.id,
    // Ids alone, as in all of the record: whose wish it was stands beside it.
    data: { notice, messageId: first.messageId, again: messageId },
  });
  return prepareMail(caseFile, {
    ...{
      key,
      cooperation: id,
      notice,
      request,
      person: person.id,
      address: email,
      subject,
      messageId,
      sha256,
    },
    ...{ session, sequence, method, beside, replyToken, preparedAt: at },
  });
}
