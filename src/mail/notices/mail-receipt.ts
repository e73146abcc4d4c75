import type { FilingHindrance } from '../../domain/mails/incomingMail.ts';
import { type Letter, when } from '../../words/blocks.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** To whoever wrote to us by mail: what became of it. `reply`: the answer to an enquiry; `answer`: to a request. */
export type MailReceiptFacts = {
  became: 'enquiry' | 'reply' | 'answer' | Exclude<FilingHindrance, 'bounced'>;
  subject: string;
  text: string;
  files: string[];
  shortened: boolean;
};

/** To whoever wrote to us by mail: what we understood, and what becomes of it. */

export function mailReceipt(
  { became, subject, text, files, shortened }: MailReceiptFacts,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.mail-receipt', language);
  const lead = say('lead', { subject: subject || 'none', became });
  return letter(context, {
    subject: say('subject', { pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...when(text !== '', { block: 'quote', text }),
      ...when(files.length > 0, {
        block: 'paragraph',
        text: say('files', { count: files.length, names: files.join(', ') }),
      }),
      ...when(shortened, { block: 'paragraph', text: say('shortened') }),
    ],
  });
}
