import type { Letter } from '../../words/blocks.ts';
import { type NamedParty, nameOf } from '../../words/names/parties.ts';
import { reasonBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** A version of a document was sent by mistake; `released`: it can be had again. */
export type DocumentWithheldFacts = {
  title: string;
  version: number;
  party: NamedParty;
  released: boolean;
  /** It is the sheet that was published, and why it is taken out or is there again. */
  published?: { reason: string };
};

/** To the delegations: a version of a document was sent by mistake and cannot be had any more, or can be had again. */
export function documentWithheld(
  { title, version, party, released, published }: DocumentWithheldFacts,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.document-withheld', language);
  const values = { title, version, ofParty: nameOf(party, language, 'of'), pairing };
  const lead = published
    ? say(released ? 'releasedSheet' : 'withheldSheet', values)
    : say(released ? 'released' : 'withheld', values);
  return letter(context, {
    subject: published
      ? say(released ? 'subjectReleasedSheet' : 'subjectSheet', { pairing })
      : say(released ? 'subjectReleased' : 'subject', { pairing, title }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...(published ? reasonBlocks(published.reason, context) : []),
      ...(released ? [] : [{ block: 'paragraph', text: say('delete') } as const]),
    ],
  });
}
