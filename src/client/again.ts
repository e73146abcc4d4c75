import { enterResending, sendableAgain } from '../casefile/resendings.ts';
import { refused } from '../domain/refusal.ts';
import { type CooperationClient, cooperationOf } from './cooperationClient.ts';

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
