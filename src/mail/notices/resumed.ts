import type { Letter } from '../../words/blocks.ts';
import { reasonBlocks, requestBlocks, sessionBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** The cooperation goes on after a pause: what is asked of the reader, by its new dates. */

export function resumed(
  { reason, requests, sessions }: Extract<Notice, { notice: 'resumed' }>,
  context: Context,
): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker('mail.resumed', language);
  const values = { pairing, subject: cooperation.subject };
  const count = requests.length;
  return letter(context, {
    subject: say('subject', values),
    preview: say('lead', values),
    blocks: [
      { block: 'paragraph', text: say('lead', values) },
      ...reasonBlocks(reason, context),
      { block: 'paragraph', text: count > 0 ? say('pending', { count }) : say('nothing') },
      ...requestBlocks(requests, context),
      ...sessionBlocks(sessions, context),
    ],
  });
}
