import { decisionsOf } from '../../domain/kinds/index.ts';
import { type Letter, when } from '../../words/blocks.ts';
import { momentOf } from '../../words/dates/dates.ts';
import type { RequestLine } from '../../words/lines.ts';
import { type NameOrParty, nameOf } from '../../words/names/parties.ts';
import { reasonBlocks, requestName } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, capacityOf, letter } from '../frame.ts';

/** Nothing is asked of the reader any more: waived, or asked of another. `to` is that other, as the reader knows it. */
export type RequestReleasedFacts = {
  request: RequestLine;
  /** `superseded`: another change made it pointless, such as a date that was set. */
  how: 'waived' | 'reassigned' | 'handed-over' | 'superseded';
  to?: NameOrParty;
  reason: string;
};

/** A request that the reader need not answer any more. Doing without an answer is never called an approval. */

export function requestReleased(
  { request, how, to, reason }: RequestReleasedFacts,
  context: Context,
): Letter {
  const { language, clock } = context;
  const say = speaker('mail.request-released', language);
  const taken = how === 'reassigned' && typeof to === 'object' && to.role === 'secretariat';
  const lead = say(taken ? 'taken' : how, {
    who: capacityOf(context),
    TheOther: to ? nameOf(to, language, 'The') : say('anotherPerson'),
    toOther: to ? nameOf(to, language, 'to') : say('toAnotherInstitution'),
  });
  const decisions = decisionsOf(request.kind);
  const what = requestName(request, context);
  return letter(context, {
    subject: say('subject', { what }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      {
        block: 'facts',
        rows: [
          { label: speaker('mail.parts', language)('request'), value: what },
          { label: say('wasDue'), value: momentOf(request.dueAt, clock) },
        ],
      },
      ...reasonBlocks(reason, context),
      ...when(how === 'waived' && decisions.includes('approve') && capacityOf(context) === 'ministry', {
        block: 'paragraph',
        text: say('notApproval'),
      }),
      { block: 'paragraph', text: say('close') },
    ],
  });
}
