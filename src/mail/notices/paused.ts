import { type Letter, when } from '../../words/blocks.ts';
import type { SessionHeading } from '../../words/lines.ts';
import { reasonBlocks, sessionBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** `sessions`: those with a date ahead, which stands unless it is changed. */
export type PausedFacts = { reason: string; sessions: SessionHeading[] };

/** The cooperation is paused: periods stand still, sessions with a date stand. */

export function paused({ reason, sessions }: PausedFacts, context: Context): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker('mail.paused', language);
  const values = { pairing, subject: cooperation.subject };
  return letter(context, {
    subject: say('subject', values),
    preview: say('lead', values),
    blocks: [
      { block: 'paragraph', text: say('lead', values) },
      ...reasonBlocks(reason, context),
      { block: 'paragraph', text: `${say('meanwhile')} ${speaker('mail.parts', language)('noAnswer')}` },
      ...when(sessions.length > 0, {
        block: 'paragraph',
        text: say('stand', { count: sessions.length }),
      }),
      ...sessionBlocks(sessions, context, say('sessions')),
    ],
  });
}
