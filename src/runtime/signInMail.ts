import type { Logger } from 'pino';
import { SIGN_IN_MINUTES } from '../casefile/access.ts';
import { buildMessage } from '../mail/message.ts';
import { composeSignIn } from '../mail/signIn.ts';
import { messageIdOf } from '../mail/thread.ts';
import type { Transport } from '../mail/transport.ts';
import type { Config } from '../process/config.ts';
import type { SignInMail } from '../site/outside.ts';

/** Sends the link and the code that somebody asked for on the site. What goes wrong is logged, without the address. */
export const signInSender =
  ({
    transport,
    sender,
    log,
    now,
  }: {
    transport: Transport;
    sender: Config['sender'];
    log: Logger;
    now: () => string;
  }) =>
  async ({ to, name, language, url, code }: SignInMail): Promise<void> => {
    try {
      const at = now();
      const raw = await buildMessage({
        mail: composeSignIn({ name, url, code, minutes: SIGN_IN_MINUTES }, language),
        from: { name: 'RIAL', email: sender.address },
        replyTo: { name: 'RIAL', email: sender.replyTo },
        to: { name, email: to },
        messageId: messageIdOf(`sign-in|${url}`, sender.domain),
        references: [],
        date: new Date(at),
        attachments: [],
      });
      await transport.send({ from: sender.address, to, raw });
    } catch (error) {
      // What a mail server says names the address; the message of the error does not.
      const why = error instanceof Error ? error.message : 'unknown';
      log.error({ error: why }, 'a link to sign in could not be sent');
    }
  };
