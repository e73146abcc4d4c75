import type { Letter } from '../../words/blocks.ts';
import { inForms, type NamedParty, namesOfParties } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** `waived`: whose approval was done without; `replaces`: the version that was published before. */
export type SheetPublishedFacts = { version: number; waived?: NamedParty[]; replaces?: number };

/** The systematization sheet has been approved and is published. */

type Publication = Pick<SheetPublishedFacts, 'version' | 'waived'>;

/** That it is published, and attached. */
export function publishedLead({ version, waived = [] }: Publication, { language, pairing }: Context): string {
  const parties = inForms((form) => namesOfParties(waived, language, form));
  return speaker('mail.sheet-published', language)(waived.length > 0 ? 'leadWaived' : 'lead', {
    ...{ version: String(version), pairing },
    ...parties,
  });
}

export function sheetPublished(notice: SheetPublishedFacts, context: Context): Letter {
  const say = speaker('mail.sheet-published', context.language);
  const { replaces } = notice;
  const lead = publishedLead(notice, context);
  return letter(context, {
    subject: say(replaces === undefined ? 'subject' : 'subjectCorrected', { pairing: context.pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...(replaces === undefined
        ? []
        : [{ block: 'paragraph', text: say('replaces', { replaces: String(replaces) }) } as const]),
      { block: 'paragraph', text: say('thanks') },
    ],
  });
}
