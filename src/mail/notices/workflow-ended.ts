import type { Letter } from '../../words/blocks.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** To staff: the cooperation's workflow was ended in Temporal, and nothing goes on until it is rebuilt. */

export function workflowEnded(
  { was }: Extract<Notice, { notice: 'workflow-ended' }>,
  context: Context,
): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker('mail.workflow-ended', language);
  const lead = say('lead', { pairing, subject: cooperation.subject, was });
  return letter(context, {
    subject: say('subject', { pairing }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'paragraph', text: say('meanwhile') },
      { block: 'paragraph', text: say('todo', { cooperation: cooperation.id }) },
    ],
  });
}
