import { type Letter, when } from '../../words/blocks.ts';
import { dayOf } from '../../words/dates/dates.ts';
import type { DocumentLine } from '../../words/lines.ts';
import { joined } from '../../words/lists.ts';
import { documentBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** `followUps`: when the ministries are asked what came of it; `commitments`: whether commitments are asked about; `certificate`: whether the reader has one; `survey`: whether they are asked what they think of it. */
export type CooperationClosedFacts = {
  documents: DocumentLine[];
  followUps?: readonly string[];
  commitments?: boolean;
  certificate?: boolean;
  survey?: boolean;
};

/** The final report has been accepted, and with it the cooperation is concluded. */

export function cooperationClosed(
  { documents, followUps = [], commitments, certificate, survey }: CooperationClosedFacts,
  context: Context,
): Letter {
  const say = speaker('mail.cooperation-closed', context.language);
  const values = { pairing: context.pairing, subject: context.cooperation.subject };
  return letter(context, {
    subject: say('subject', values),
    preview: say('lead', values),
    blocks: [
      { block: 'paragraph', text: say('lead', values) },
      { block: 'paragraph', text: say('thanks') },
      ...when(followUps.length > 0, {
        block: 'paragraph',
        text: say('followUp', {
          days: joined([...new Set(followUps.map((at) => dayOf(at, context.clock)))], context.language),
        }),
      }),
      ...when(commitments, { block: 'paragraph', text: say('commitments') }),
      ...when(certificate, { block: 'paragraph', text: say('certificate') }),
      ...(survey && context.link
        ? [
            { block: 'paragraph' as const, text: say('survey') },
            { block: 'button' as const, label: say('surveyButton'), url: context.link },
          ]
        : []),
      ...documentBlocks(documents, context, say('documents')),
    ],
  });
}
