import type { Letter } from '../../words/blocks.ts';
import { periodOf } from '../../words/dates.ts';
import { requestBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** To the colleague who answers while somebody is away: for whom, from when to when, and what is asked now; and to that one. */

export function standsIn(
  { absent, from, to, requests, over, standIn }: Extract<Notice, { notice: 'stands-in' }>,
  context: Context,
): Letter {
  const { language, clock, pairing } = context;
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
      { block: 'paragraph', text: say('pending', { count: requests.length }) },
      ...requestBlocks(requests, context),
      { block: 'paragraph', text: say('otherwise') },
    ],
  });
}
