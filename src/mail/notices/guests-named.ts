import { type Letter, when } from '../../words/blocks.ts';
import { groupName } from '../../words/guestList.ts';
import type { SessionHeading } from '../../words/lines.ts';
import { type NamedParty, nameOf } from '../../words/names/parties.ts';
import { reasonBlocks, sessionFacts } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** To the Secretariat, of the guests that an institution itself named or withdrew. `invited`: they have been told. */
export type GuestsNamedFacts = {
  how: 'named' | 'withdrawn';
  session: SessionHeading;
  by: string;
  institution: NamedParty;
  people: { name: string; count?: number | null; post?: string; email?: string }[];
  invited: boolean;
  reason: string;
};

/** To the Secretariat: whom an institution itself named as guests of a session, or withdrew. */

export function guestsNamed(
  { how, session, by, institution, people, invited, reason }: GuestsNamedFacts,
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
