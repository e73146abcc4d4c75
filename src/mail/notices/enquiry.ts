import { type Letter, when } from '../../words/blocks.ts';
import { type NamedParty, nameOfParty } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** To the Secretariat, from somebody who takes part. */
export type EnquiryFacts = { by: string; institution: NamedParty; text: string; files?: number };

/** To the Secretariat: somebody who takes part asks it something. */

export function enquiry({ by, institution, text, files }: EnquiryFacts, context: Context): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.enquiry', language);
  const lead = say('lead', { name: by, institution: nameOfParty(institution, language), pairing });
  return letter(context, {
    subject: say('subject', { pairing, name: by }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'quote', text },
      ...when(files !== undefined, { block: 'paragraph', text: say('files', { count: files ?? 0 }) }),
      { block: 'paragraph', text: say('how') },
    ],
  });
}
