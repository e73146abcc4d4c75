import type { Letter } from '../../words/blocks.ts';
import { inForms, namesOfParties } from '../../words/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** The programme has been approved, and goes to the delegations. */

export function programmeIssued(
  { version, waived = [] }: Extract<Notice, { notice: 'programme-issued' }>,
  context: Context,
): Letter {
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
