import { enterResending, refusedMails, sendableAgain } from '../casefile/mails/resendings.ts';
import { secretariatOf } from '../domain/programme/plan.ts';
import { Refused, refused } from '../domain/refusal.ts';
import { type CooperationClient, cooperationOf, personOf } from './cooperationClient.ts';
import type { GivenResend, RefusedMail } from './givenResend.ts';

/** A mail to be sent again, by its Message-ID. */
export type GivenAgain = {
  messageId: string;
  /** Which time it is of this mail, counted from 1. */
  nth: number;
  /** A person's id, or the address of staff who are nobody in the cooperation. */
  by: string;
};

/**
 * Has a mail sent again to the address its reader has now. The same for the same `nth`: a form that is posted twice, or by
 * two people at once, sends one mail.
 * @throws Refused `MailNotSendable`
 */
export async function sendAgain(
  client: CooperationClient,
  cooperation: string,
  { messageId, nth, by }: GivenAgain,
): Promise<{ number: number }> {
  const { caseFile, documents, workflows, now } = client;
  const { plan } = await cooperationOf(client, cooperation);
  const found = await sendableAgain(caseFile, cooperation, messageId);
  if ('refusal' in found) return refused({ code: 'MailNotSendable', why: found.refusal });
  const { mail } = found;
  if ((await documents.size(mail.sha256)) === undefined)
    return refused({ code: 'MailNotSendable', why: 'not-kept' });
  const number = await enterResending(caseFile, { cooperation, mail: mail.key, nth, by }, now());
  if (number === undefined) return refused({ code: 'MailNotSendable', why: 'turn' });
  await workflows.sendAgain(plan, number);
  return { number };
}

/** The mails that were refused and may be sent again. @throws Refused `CooperationUnknown` */
async function refusedOnes(
  client: CooperationClient,
  { cooperations }: Pick<GivenResend, 'cooperations'>,
): Promise<(RefusedMail & { nth: number })[]> {
  const { caseFile } = client;
  for (const id of cooperations ?? []) await cooperationOf(client, id);
  const found: (RefusedMail & { nth: number })[] = [];
  for (const { cooperation, person, notice, messageId } of await refusedMails(caseFile, cooperations)) {
    const sendable = await sendableAgain(caseFile, cooperation, messageId);
    if (!('refusal' in sendable)) found.push({ cooperation, person, notice, messageId, nth: sendable.nth });
  }
  return found;
}

/**
 * Has the mails that were refused sent again, all at once: after the mail server, whose fault it was, has been mended;
 * where it is a dry run, only told which.
 * @throws Refused
 */
export async function resendRefused(
  client: CooperationClient,
  given: GivenResend,
  isDry = false,
): Promise<RefusedMail[]> {
  const sent: RefusedMail[] = [];
  for (const { nth, ...mail } of await refusedOnes(client, given)) {
    const { cooperation, messageId } = mail;
    if (isDry) {
      sent.push(mail);
      continue;
    }
    const { plan } = await cooperationOf(client, cooperation);
    const by =
      given.by === undefined ? secretariatOf(plan) : (await personOf(client, cooperation, given.by)).id;
    try {
      await sendAgain(client, cooperation, { messageId, nth, by });
      sent.push(mail);
    } catch (error) {
      // Somebody else was faster, or it is of no use any more.
      if (!(error instanceof Refused && error.code === 'MailNotSendable')) throw error;
    }
  }
  return sent;
}
