import { type Letter, when } from '../../words/blocks.ts';
import { dayOf, momentOf, ownMomentOf } from '../../words/dates/dates.ts';
import type { MeetingHeading } from '../../words/lines.ts';
import { joiningFacts, reasonBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';
import { introduced } from '../introduction.ts';
import type { Introduction } from '../notice.ts';

/** To the coordination meeting; the first one introduces the cooperation. */
export type ConvocationFacts = {
  meeting: MeetingHeading;
  introduction?: Introduction;
  /** Where the reader was convened before, as of a session. */
  change?: {
    kind: 'moved' | 'details' | 'cancelled' | 'withdrawn' | 'undated';
    previousStartsAt?: string;
    reason?: string;
  };
};

/** To the coordination meeting: what the cooperation is, when one meets and how; later its new date, or that it is off. */

export function convocation({ meeting, introduction, change }: ConvocationFacts, context: Context): Letter {
  const { language, clock, pairing, cooperation } = context;
  const say = speaker('mail.convocation', language);
  const { startsAt, link, place } = meeting;
  const kind = change?.kind ?? 'none';
  const out = kind === 'cancelled' || kind === 'withdrawn' || kind === 'undated';
  const lead = say(change?.kind ?? (introduction ? 'lead' : 'leadAgain'), {
    pairing,
    subject: cooperation.subject,
    previous: change?.previousStartsAt ? dayOf(change.previousStartsAt, clock) : 'none',
  });
  return letter(context, {
    subject: say('subject', { change: kind, pairing, when: ownMomentOf(startsAt, clock) }),
    preview: lead,
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'facts', rows: meetingFacts(out ? { startsAt, endsAt: meeting.endsAt } : meeting, context) },
      ...reasonBlocks(change?.reason, context),
      ...when(!out && !link && !place, { block: 'paragraph', text: say('noLink') }),
      {
        block: 'paragraph',
        text: out
          ? say(kind === 'withdrawn' ? 'calendarWithdrawn' : 'calendarCancelled')
          : say('calendar', { updated: change ? 'yes' : 'no' }),
      },
      ...when(kind === 'cancelled', { block: 'paragraph', text: say('without') }),
      ...(introduction ? introduced(introduction, context) : []),
    ],
  });
}

export const meetingFacts = (meeting: MeetingHeading, context: Context) => [
  {
    label: speaker('mail.parts', context.language)('when'),
    value: momentOf(meeting.startsAt, context.clock, meeting.endsAt),
  },
  ...joiningFacts(meeting, context),
];
