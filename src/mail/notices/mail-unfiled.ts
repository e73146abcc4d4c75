import { type Letter, when } from '../../words/blocks.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** To the Secretariat: a mail came that is filed in nobody's name, and why. */

export function mailUnfiled(
  { why, from, subject, text }: Extract<Notice, { notice: 'mail-unfiled' }>,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.mail-unfiled', language);
  const lead = say('lead', { from: from || 'none', subject: subject || 'none', pairing, why });
  return letter(context, {
    subject: say('subject', { pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...when(text !== '', { block: 'quote', text }),
      { block: 'paragraph', text: say('how') },
    ],
  });
}
