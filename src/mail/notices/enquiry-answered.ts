import type { Letter } from '../../words/blocks.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** `enquiry`: what was asked. */
export type EnquiryAnsweredFacts = { text: string; enquiry: string; by?: string };

/** To whoever asked the Secretariat: its answer, with what was asked. */

export function enquiryAnswered({ by, text, enquiry }: EnquiryAnsweredFacts, context: Context): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.enquiry-answered', language);
  return letter(context, {
    subject: say('subject', { pairing }),
    preview: text,
    blocks: [
      { block: 'paragraph', text: say('lead') },
      { block: 'quote', text: enquiry },
      { block: 'paragraph', text: say('answer') },
      { block: 'paragraph', text },
      ...(by ? [{ block: 'paragraph' as const, text: say('by', { name: by }) }] : []),
    ],
  });
}
