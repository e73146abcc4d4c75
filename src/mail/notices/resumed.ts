import type { Letter } from '../../words/blocks.ts';
import type { RequestLine, SessionHeading } from '../../words/lines.ts';
import { reasonBlocks, requestBlocks, sessionBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** `requests`: what is asked of the reader, with the new due dates. */
export type ResumedFacts = { reason: string; requests: RequestLine[]; sessions: SessionHeading[] };

/** The cooperation goes on after a pause: what is asked of the reader, by its new dates. */

export function resumed({ reason, requests, sessions }: ResumedFacts, context: Context): Letter {
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
