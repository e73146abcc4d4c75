import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { CODE_MINUTES } from '../casefile/access/signInCodes.ts';
import type { Language } from '../domain/language.ts';
import type { Invitation } from '../domain/people/staff.ts';
import type { HealthNews } from '../health/operator.ts';
import { composeHealth } from '../mail/health.ts';
import { buildMessage } from '../mail/message.ts';
import type { Mail } from '../mail/notice.ts';
import { composeSignIn } from '../mail/signIn.ts';
import { composeStaffInvitation } from '../mail/staffInvitation.ts';
import { messageIdOf } from '../mail/thread.ts';
import type { Transport } from '../mail/transport.ts';
import type { Config } from '../process/config.ts';
import type { SignInMail } from '../site/outside.ts';

type Outside = { transport: Transport; sender: Config['sender']; log: Logger; now: () => string };

/** Sends the code that somebody asked for on the site; to an address that nobody has it is made alike, and not sent. */
export const signInSender =
  (outside: Outside) =>
  async ({ to, name, language, code, known }: SignInMail): Promise<void> => {
    const mail = composeSignIn({ name, code, minutes: CODE_MINUTES }, language);
    await sent(outside, { to, name, mail, what: 'a code to sign in' }, known);
  };

/** Writes to whoever was let in as staff or observer. */
export const invitationSender =
  (outside: Outside, url: string) =>
  async (invitation: Invitation): Promise<void> => {
    const { to, name } = invitation;
    await sent(outside, { to, name, mail: composeStaffInvitation(invitation, url), what: 'an invitation' });
  };

/** Writes to whoever runs the system. Returns whether the mail server took it. */
export const operatorSender =
  (outside: Outside, { address, language }: { address: string; language: Language }) =>
  (news: HealthNews): Promise<boolean> => {
    const mail = composeHealth({ ...news, now: outside.now() }, language);
    return sent(outside, { to: address, name: '', mail, what: 'a mail to the operator' });
  };

/** Sends a mail of no cooperation; returns whether it was taken. What goes wrong is logged, without the address. */
async function sent(
  { transport, sender, log, now }: Outside,
  { to, name, mail, what }: { to: string; name: string; mail: Mail; what: string },
  known = true,
): Promise<boolean> {
  try {
    const at = now();
    const raw = await buildMessage({
      mail,
      from: { name: 'RIAL', email: sender.address },
      replyTo: { name: 'RIAL', email: sender.replyTo },
      to: { name, email: to },
      messageId: messageIdOf(`${what}|${randomUUID()}`, sender.domain),
      references: [],
      date: new Date(at),
      attachments: [],
    });
    if (known) await transport.send({ from: sender.address, to, raw });
    return true;
  } catch (error) {
    // What a mail server says names the address; the message of the error does not.
    const why = error instanceof Error ? error.message : 'unknown';
    log.error({ error: why }, `${what} could not be sent`);
    return false;
  }
}
