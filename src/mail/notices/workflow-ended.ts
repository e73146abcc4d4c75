import type { Letter } from '../../words/blocks.ts';
import { scopeTitle } from '../../words/disagreements.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** To staff: the cooperation's workflow, or a step's, was ended in Temporal, and it does not go on until it is rebuilt. */

export function workflowEnded(
  { was, scope = '' }: Extract<Notice, { notice: 'workflow-ended' }>,
  context: Context,
): Letter {
  const { language, pairing, cooperation } = context;
  const say = speaker('mail.workflow-ended', language);
  const step = scopeTitle(scope, language);
  const lead = say('lead', { pairing, subject: cooperation.subject, was, step });
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
