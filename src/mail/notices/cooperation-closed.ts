import type { AtTheEnd, Brief } from '../../domain/brief.ts';
import { type Letter, when } from '../../words/blocks.ts';
import { endBlocks } from '../../words/brief.ts';
import { dayOf } from '../../words/dates/dates.ts';
import type { DocumentLine } from '../../words/lines.ts';
import { joined } from '../../words/lists.ts';
import { documentBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, capacityOf, letter } from '../frame.ts';

/**
 * `atTheEnd`: what was closed without an answer, of what concerns the reader, and what goes on; `followUps`: when the
 * ministries are asked what came of it; `commitments`: whether commitments are asked about; `certificate`: whether the reader
 * has one; `survey`: whether they are asked what they think of it; `paper`: whether the sealed case file is on the site.
 */
export type CooperationClosedFacts = {
  documents: DocumentLine[];
  atTheEnd?: Brief['atTheEnd'];
  /** What the reader answers for. */
  party?: string;
  followUps?: readonly string[];
  commitments?: boolean;
  certificate?: boolean;
  survey?: boolean;
  paper?: boolean;
};

/** The final report has been accepted, and with it the cooperation is concluded. */

export function cooperationClosed(
  {
    documents,
    atTheEnd = [],
    party = '',
    followUps = [],
    commitments,
    certificate,
    survey,
    paper,
  }: CooperationClosedFacts,
  context: Context,
): Letter {
  const say = speaker('mail.cooperation-closed', context.language);
  const who = capacityOf(context);
  const owes = (how: AtTheEnd) => atTheEnd.some((one) => one.how === how && one.owing.includes(party));
  const reader = { ...context, institutions: context.cooperation.institutions };
  const values = { pairing: context.pairing, subject: context.cooperation.subject };
  return letter(context, {
    subject: say('subject', values),
    preview: say('lead', values),
    blocks: [
      { block: 'paragraph', text: say('lead', values) },
      { block: 'paragraph', text: say('thanks') },
      ...endBlocks({ atTheEnd, closed: true }, reader),
      ...when(owes('closes'), { block: 'paragraph', text: say('notAwaited', { who }) }),
      ...when(owes('continues'), { block: 'paragraph', text: say('stillAwaited', { who }) }),
      ...when(followUps.length > 0, {
        block: 'paragraph',
        text: say('followUp', {
          days: joined([...new Set(followUps.map((at) => dayOf(at, context.clock)))], context.language),
        }),
      }),
      ...when(commitments, { block: 'paragraph', text: say('commitments') }),
      ...when(certificate, { block: 'paragraph', text: say('certificate') }),
      ...when(paper, { block: 'paragraph', text: say('paper') }),
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
