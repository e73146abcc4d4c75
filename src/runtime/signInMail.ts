import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { CODE_MINUTES } from '../casefile/signInCodes.ts';
import { buildMessage } from '../mail/message.ts';
import { composeSignIn } from '../mail/signIn.ts';
import { messageIdOf } from '../mail/thread.ts';
import type { Transport } from '../mail/transport.ts';
import type { Config } from '../process/config.ts';
import type { SignInMail } from '../site/outside.ts';

/** Sends the code that somebody asked for on the site. What goes wrong is logged, without the address. */
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
  async ({ to, name, language, code, known }: SignInMail): Promise<void> => {
    try {
      const at = now();
      const raw = await buildMessage({
        mail: composeSignIn({ name, code, minutes: CODE_MINUTES }, language),
        from: { name: 'RIAL', email: sender.address },
        replyTo: { name: 'RIAL', email: sender.replyTo },
        to: { name, email: to },
        messageId: messageIdOf(`sign-in|${randomUUID()}`, sender.domain),
        references: [],
        date: new Date(at),
        attachments: [],
      });
      if (known) await transport.send({ from: sender.address, to, raw });
    } catch (error) {
      // What a mail server says names the address; the message of the error does not.
      const why = error instanceof Error ? error.message : 'unknown';
      log.error({ error: why }, 'a code to sign in could not be sent');
    }
  };
