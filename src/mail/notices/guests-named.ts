import { type Letter, when } from '../../words/blocks.ts';
import { groupName } from '../../words/guestList.ts';
import { nameOf } from '../../words/parties.ts';
import { reasonBlocks, sessionFacts } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice } from '../notice.ts';

/** To the Secretariat: whom an institution itself named as guests of a session, or withdrew. */

export function guestsNamed(
  { how, session, by, institution, people, invited, reason }: Extract<Notice, { notice: 'guests-named' }>,
  context: Context,
): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.guests-named', language);
  const values = {
    ...{ how, pairing, by, n: String(session.number), count: people.length },
    theInstitution: nameOf(institution, language, 'The'),
    ofInstitution: nameOf(institution, language, 'of'),
  };
  const lead = say('lead', values);
  return letter(context, {
    subject: say('subject', values),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      {
        block: 'list',
        items: people.map((one) => ({
          text: [groupName(one, language), one.post, one.email].filter(Boolean).join(', '),
        })),
      },
      { block: 'facts', rows: sessionFacts(session, context) },
      ...reasonBlocks(reason, context),
      ...when(
        people.some(({ email }) => email),
        {
          block: 'paragraph',
          text: say(invited ? 'told' : 'toTell', { how }),
        },
      ),
      ...when(how === 'named' && people.some(({ email }) => !email), {
        block: 'paragraph',
        text: say('unwritten', values),
      }),
    ],
  });
}
