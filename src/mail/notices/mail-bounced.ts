import type { Letter } from '../../words/blocks.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** To the Secretariat: a mail to somebody came back. `subject`: its own. */
export type MailBouncedFacts = { name: string; address: string; subject: string };

/** To the Secretariat: a mail to somebody of the case came back, and what is to be done. */

export function mailBounced({ name, address, subject }: MailBouncedFacts, context: Context): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.mail-bounced', language);
  const lead = say('lead', { name, address, pairing });
  return letter(context, {
    subject: say('subject', { name, pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'quote', text: subject },
      { block: 'paragraph', text: say('how') },
    ],
  });
}
