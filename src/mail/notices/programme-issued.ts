import type { Letter } from '../../words/blocks.ts';
import { inForms, type NamedParty, namesOfParties } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** `waived`: whose approval was done without. */
export type ProgrammeIssuedFacts = { version: number; waived?: NamedParty[] };

/** The programme has been approved, and goes to the delegations. */

/** The sentence that says so, here and where another mail brings it. */
export function programmeLead({ version, waived = [] }: ProgrammeIssuedFacts, { language }: Context): string {
  const parties = inForms((form) => namesOfParties(waived, language, form));
  return speaker('mail.programme-issued', language)(waived.length > 0 ? 'leadWaived' : 'lead', {
    version: String(version),
    ...parties,
  });
}

export function programmeIssued(facts: ProgrammeIssuedFacts, context: Context): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.programme-issued', language);
  const lead = programmeLead(facts, context);
  return letter(context, {
    subject: say('subject', { version: String(facts.version), pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'paragraph', text: say('thanks') },
    ],
  });
}
