import type { Letter } from '../../words/blocks.ts';
import { inForms, type NamedParty, namesOfParties } from '../../words/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** `waived`: whose approval was done without. */
export type ProgrammeIssuedFacts = { version: number; waived?: NamedParty[] };

/** The programme has been approved, and goes to the delegations. */

export function programmeIssued({ version, waived = [] }: ProgrammeIssuedFacts, context: Context): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.programme-issued', language);
  const parties = inForms((form) => namesOfParties(waived, language, form));
  const values = { version: String(version), pairing, ...parties };
  const lead = say(waived.length > 0 ? 'leadWaived' : 'lead', values);
  return letter(context, {
    subject: say('subject', values),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'paragraph', text: say('thanks') },
    ],
  });
}
