import { type Letter, when } from '../../words/blocks.ts';
import type { RequestLine } from '../../words/lines.ts';
import { type NameOrParty, nameOf } from '../../words/names/parties.ts';
import { reasonBlocks, requestName } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** The Secretariat annulled the answer of another. `undone`: what followed from it. */
export type AnswerAnnulledFacts = {
  request: RequestLine;
  party: NameOrParty;
  /** What the reader's own institution answered to the same stands. */
  stands: boolean;
  undone: RequestLine[];
  reason: string;
};

/** To those who were written to since: an answer of another was annulled, and what followed from it stands no more. */
export function answerAnnulled(
  { request, party, stands, undone, reason }: AnswerAnnulledFacts,
  context: Context,
): Letter {
  const { language } = context;
  const say = speaker('mail.answer-annulled', language);
  const what = requestName(request, context);
  const lead = say('lead', { ofParty: nameOf(party, language, 'of') });
  return letter(context, {
    subject: say('subject', { what }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      {
        block: 'facts',
        rows: [{ label: speaker('mail.parts', language)('request'), value: what }],
      },
      ...reasonBlocks(reason, context),
      ...when(
        undone.length > 0,
        { block: 'paragraph', text: say('undone') },
        { block: 'list', items: undone.map((one) => ({ text: requestName(one, context) })) },
      ),
      { block: 'paragraph', text: [...(stands ? [say('stands')] : []), say('close')].join(' ') },
    ],
  });
}
