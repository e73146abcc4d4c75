import type { Letter } from '../../words/blocks.ts';
import { joined } from '../../words/lists.ts';
import { type NamedParty, nameOf } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** `names`: in the certificates. */
export type PaperSignedFacts = { party: NamedParty; names: string[] };

/** To the others: an institution signed the sealed case file with a tool of its own. */
export function paperSigned({ party, names }: PaperSignedFacts, context: Context): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.paper-signed', language);
  const lead = say('lead', { TheParty: nameOf(party, language, 'The'), pairing });
  return letter(context, {
    subject: say('subject', { pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'paragraph', text: say('certificate', { names: joined(names, language) }) },
      { block: 'paragraph', text: say('next') },
    ],
  });
}
