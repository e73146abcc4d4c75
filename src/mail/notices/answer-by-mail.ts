import type { MailAnswer } from '../../domain/mails/incomingMail.ts';
import { type Letter, when } from '../../words/blocks.ts';
import { momentOf } from '../../words/dates/dates.ts';
import type { RequestLine } from '../../words/lines.ts';
import { type NamedParty, nameOf } from '../../words/names/parties.ts';
import { requestName } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** How an approval in a mail was read, or what took it back. `settled`: nobody owes an answer to the same any more. */
export type AnswerByMailFacts = {
  says: MailAnswer['says'];
  request: RequestLine;
  institution: NamedParty;
  settled: boolean;
  /** The instant (ISO 8601, UTC) until which a reply takes it back. */
  until: string;
  text: string;
};

/** To whoever approved something by mail, or took that back: what we understood. */
export function answerByMail(
  { says, request, institution, settled, until, text }: AnswerByMailFacts,
  context: Context,
): Letter {
  const { language, clock, pairing } = context;
  const say = speaker('mail.answer-by-mail', language);
  const named = { institution: nameOf(institution, language), what: requestName(request, context) };
  const lead = say(says, named);
  return letter(context, {
    subject: say('subject', { pairing, says }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'quote', text },
      ...when(says === 'approves', {
        block: 'paragraph',
        text: say('ifNot', { until: momentOf(until, clock), settled: settled ? 'yes' : 'no' }),
      }),
    ],
  });
}
