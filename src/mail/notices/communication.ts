import type { Letter } from '../../words/blocks.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** What the Secretariat writes of its own accord. `by`: who of it. */
export type CommunicationFacts = { subject: string; text: string; by?: string };

/** What the Secretariat writes beside the process, in its own words. */

export function communication({ subject, text, by }: CommunicationFacts, context: Context): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.communication', language);
  return letter(context, {
    subject: say('subject', { pairing, subject }),
    preview: text,
    blocks: [
      { block: 'paragraph', text },
      { block: 'paragraph', text: by ? say('by', { name: by }) : say('how') },
    ],
  });
}
