import type { Letter } from '../../words/blocks.ts';
import { type NamedParty, nameOf } from '../../words/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** A version of a document was sent by mistake; `released`: it can be had again. */
export type DocumentWithheldFacts = { title: string; version: number; party: NamedParty; released: boolean };

/** To the delegations: a version of a document was sent by mistake and cannot be had any more, or can be had again. */
export function documentWithheld(
  { title, version, party, released }: DocumentWithheldFacts,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.document-withheld', language);
  const values = { title, version, ofParty: nameOf(party, language, 'of'), pairing };
  const lead = say(released ? 'released' : 'withheld', values);
  return letter(context, {
    subject: say(released ? 'subjectReleased' : 'subject', { pairing, title }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...(released ? [] : [{ block: 'paragraph', text: say('delete') } as const]),
    ],
  });
}
