import type { Letter } from '../../words/blocks.ts';
import { inForms, namesOfParties } from '../../words/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** The systematization sheet has been approved and is published. */

export function sheetPublished(
  { version, waived = [] }: Extract<Notice, { notice: 'sheet-published' }>,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.sheet-published', language);
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
