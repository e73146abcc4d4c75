import type { Letter } from '../../words/blocks.ts';
import type { SessionHeading } from '../../words/lines.ts';
import { reasonBlocks, sessionBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** The cooperation ends before its time. `sessions`: those that are not held therefore. */
export type CooperationCancelledFacts = { reason: string; sessions: SessionHeading[] };

/** The cooperation ends before its time: why, what is not held, and what remains. */

export function cooperationCancelled(
  { reason, sessions }: CooperationCancelledFacts,
  context: Context,
): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker('mail.cooperation-cancelled', language);
  const values = { pairing, subject: cooperation.subject };
  return letter(context, {
    subject: say('subject', values),
    preview: say('lead', values),
    blocks: [
      { block: 'paragraph', text: say('lead', values) },
      ...reasonBlocks(reason, context),
      { block: 'paragraph', text: say('nothing') },
      ...sessionBlocks(sessions, context, say('sessions')),
    ],
    closing: [
      { block: 'paragraph', text: say('record') },
      { block: 'paragraph', text: say('thanks') },
    ],
  });
}
