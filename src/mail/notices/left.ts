import type { Letter } from '../../words/blocks.ts';
import { type NamedParty, nameOf } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, capacityOf, letter } from '../frame.ts';

/** To a person who takes part no more, and in whose place nobody comes. */
export type LeftFacts = { institution?: NamedParty };

/** To a person who takes part no more, and in whose place nobody comes. */

export function left({ institution }: LeftFacts, context: Context): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker('mail.left', language);
  const farewell = speaker('mail.replaced', language);
  const delegation = capacityOf(context) === 'ministry' ? institution : undefined;
  const ofInstitution = delegation ? nameOf(delegation, language, 'of') : 'none';
  const lead = say('lead', { pairing, subject: cooperation.subject, ofInstitution });
  return letter(context, {
    subject: say('subject', { pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'paragraph', text: farewell('nothing') },
    ],
    closing: [{ block: 'paragraph', text: farewell('thanks') }],
  });
}
