import type { Letter } from '../../words/blocks.ts';
import { type NamedParty, nameOf } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, capacityOf, letter } from '../frame.ts';

/** To the person replaced: nothing more is asked of them. */
export type ReplacedFacts = { by: string; institution?: NamedParty };

/** To the person whose place somebody else takes: nothing more is asked of them. */

export function replaced({ by, institution }: ReplacedFacts, context: Context): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.replaced', language);
  // The Secretariat's staff are no delegation.
  const delegation = capacityOf(context) === 'secretariat' ? undefined : institution;
  const ofInstitution = delegation ? nameOf(delegation, language, 'of') : 'none';
  const lead = say('lead', { by, pairing, ofInstitution });
  return letter(context, {
    subject: say('subject', { by, pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'paragraph', text: say('nothing') },
    ],
    closing: [{ block: 'paragraph', text: say('thanks') }],
  });
}
