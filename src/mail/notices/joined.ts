import type { Letter } from '../../words/blocks.ts';
import { nameOf } from '../../words/parties.ts';
import { requestBlocks, sessionBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, capacityOf, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** To somebody who comes into a cooperation under way: in what capacity, what is asked, what lies ahead. */

export function joined(
  { institution, observer, shared, replaces, requests, sessions }: Extract<Notice, { notice: 'joined' }>,
  context: Context,
): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker('mail.joined', language);
  const lead = say('lead', {
    pairing,
    subject: cooperation.subject,
    who: observer ? 'observer' : institution ? capacityOf(context) : 'consultant',
    ofInstitution: institution ? nameOf(institution, language, 'of') : '—',
    replaces: replaces ?? 'none',
  });
  return letter(context, {
    subject: say('subject', { pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      {
        block: 'paragraph',
        text: observer
          ? say('looksOn')
          : `${say('how')} ${say(shared ? 'shared' : 'pending', { count: requests.length })}`,
      },
      ...requestBlocks(requests, context),
      ...sessionBlocks(sessions, context),
      { block: 'paragraph', text: say('mistake') },
    ],
  });
}
