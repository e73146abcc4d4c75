import { type Letter, when } from '../../words/blocks.ts';
import { periodOf } from '../../words/dates/dates.ts';
import type { SessionHeading } from '../../words/lines.ts';
import { type NamedParty, namesOfParties } from '../../words/names/parties.ts';
import { contentsOf } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, capacityOf, letter } from '../frame.ts';

/** The days of a session's window are over, or used up, without a date. `unanswered`: who did not answer. */
export type WindowRanOutFacts = {
  session: SessionHeading;
  why: 'time' | 'no-dates';
  unanswered: NamedParty[];
};

/** A session's days are over, or used up, without a date: what happened, and that another date follows. */

export function windowRanOut({ session, why, unanswered }: WindowRanOutFacts, context: Context): Letter {
  const { language, clock, pairing } = context;
  const say = speaker('mail.window-ran-out', language);
  const lead = say(why, { n: String(session.number), pairing });
  const rows = [
    ...(session.window ? [{ label: say('period'), value: periodOf(session.window, clock) }] : []),
    ...(unanswered.length > 0
      ? [{ label: say('unanswered'), value: namesOfParties(unanswered, language, 'the') }]
      : []),
  ];
  return letter(context, {
    subject: say('subject', {
      session: speaker('mail.parts', language)('sessionOf', { n: String(session.number) }),
      why,
    }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      ...when(rows.length > 0, { block: 'facts', rows }),
      {
        block: 'paragraph',
        text: say(capacityOf(context) === 'secretariat' ? 'nextStaff' : 'next'),
      },
      ...contentsOf(session, context),
    ],
  });
}
