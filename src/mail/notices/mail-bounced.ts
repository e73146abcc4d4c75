import type { Letter } from '../../words/blocks.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** To the Secretariat: a mail to somebody of the case came back, and what is to be done. */

export function mailBounced(
  { name, address, subject }: Extract<Notice, { notice: 'mail-bounced' }>,
  context: Context,
): Letter {
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
