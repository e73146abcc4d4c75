import type { FilingHindrance } from '../../domain/mails/incomingMail.ts';
import { type Letter, when } from '../../words/blocks.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** To the Secretariat: a mail that is filed in nobody's name. */
export type MailUnfiledFacts = {
  why: Exclude<FilingHindrance, 'bounced'>;
  from: string;
  subject: string;
  text: string;
};

/** To the Secretariat: a mail came that is filed in nobody's name, and why. */

export function mailUnfiled({ why, from, subject, text }: MailUnfiledFacts, context: Context): Letter {
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
