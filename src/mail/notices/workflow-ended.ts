import type { Letter } from '../../words/blocks.ts';
import { scopeTitle } from '../../words/disagreements.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** To staff. `was`: how its workflow ended, as Temporal says. */
export type WorkflowEndedFacts = { was: string; scope?: string };

/** To staff: the cooperation's workflow, or a step's, was ended in Temporal, and it does not go on until it is rebuilt. */

export function workflowEnded({ was, scope = '' }: WorkflowEndedFacts, context: Context): Letter {
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
