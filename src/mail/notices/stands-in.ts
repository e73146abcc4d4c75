import type { Letter } from '../../words/blocks.ts';
import { periodOf } from '../../words/dates/dates.ts';
import type { RequestLine } from '../../words/lines.ts';
import { requestBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** To the colleague who answers while somebody is away; to that one, where `standIn` says who does. Dates, both included. */
export type StandsInFacts = {
  absent: string;
  from: string;
  to: string;
  requests: RequestLine[];
  standIn?: string;
  /** The colleague is not away, or not any more. */
  over?: true;
};

/** To the colleague who answers while somebody is away: for whom, from when to when, and what is asked now; and to that one. */

export function standsIn(
  { absent, from, to, requests, over, standIn }: StandsInFacts,
  context: Context,
): Letter {
  const { language, clock, pairing, beside } = context;
  const say = speaker('mail.stands-in', language);
  const period = periodOf({ from, to }, clock);
  if (standIn !== undefined) {
    const own = say(over ? 'ownOver' : 'own', { standIn, pairing });
    return letter(context, {
      subject: say(over ? 'ownOverSubject' : 'ownSubject', { period }),
      preview: own,
      blocks: [
        { block: 'paragraph', text: own },
        { block: 'facts', rows: [{ label: say(over ? 'noted' : 'period'), value: period }] },
        ...(over
          ? requestBlocks(requests, context)
          : [{ block: 'paragraph', text: say('ownBack') } as const]),
      ],
    });
  }
  if (over) {
    const ended = say('over', { absent, pairing });
    return letter(context, {
      subject: say('overSubject', { absent, period }),
      preview: ended,
      blocks: [
        { block: 'paragraph', text: ended },
        { block: 'facts', rows: [{ label: say('noted'), value: period }] },
        { block: 'paragraph', text: say('overRequests', { count: requests.length, absent }) },
        ...requestBlocks(requests, context),
      ],
    });
  }
  const lead = say('lead', { absent, pairing });
  return letter(context, {
    subject: say('subject', { absent, period }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'facts', rows: [{ label: say('period'), value: period }] },
      {
        block: 'paragraph',
        text: beside?.asked
          ? say('asked', { count: beside.asked })
          : say('pending', { count: requests.length }),
      },
      ...requestBlocks(requests, context),
    ],
    closing: [{ block: 'paragraph', text: say('otherwise') }],
  });
}
