import { STEPS } from '../../domain/methodology.ts';
import { type Block, type Letter, when } from '../../words/blocks.ts';
import { colonIn } from '../../words/colon.ts';
import { dayOf, momentOf, ownMomentOf } from '../../words/dates/dates.ts';
import { stepLabel } from '../../words/labels.ts';
import type { MeetingHeading } from '../../words/lines.ts';
import { joined } from '../../words/lists.ts';
import { type NamedParty, nameOf } from '../../words/names/parties.ts';
import { joiningFacts, reasonBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

/** To the coordination meeting; the first one introduces the cooperation. */
export type ConvocationFacts = {
  meeting: MeetingHeading;
  introduction?: {
    objectives: { title?: string | undefined; text: string }[];
    delegations: { institution: NamedParty; people: { name: string; post: string | null }[] }[];
  };
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

/** Who cooperates, what for, and in which steps. */
function introduced(
  { objectives, delegations }: NonNullable<ConvocationFacts['introduction']>,
  { language }: Context,
): Block[] {
  const say = speaker('mail.convocation', language);
  return [
    { block: 'heading', text: say('who') },
    {
      block: 'list',
      items: delegations.map(({ institution, people }) => ({
        text: nameOf(institution, language),
        ...(people.length > 0 && {
          note: joined(
            people.map(({ name, post }) => (post ? `${name} (${post})` : name)),
            language,
          ),
        }),
      })),
    },
    { block: 'heading', text: say('objectives') },
    {
      block: 'list',
      items: objectives.map(({ title, text }) => ({ text: title ? title + colonIn(language) + text : text })),
    },
    { block: 'heading', text: say('steps') },
    {
      block: 'list',
      numbered: true,
      items: STEPS.map((step) => ({ text: stepLabel(step, language) + colonIn(language) + say(step) })),
    },
    { block: 'paragraph', text: say('silence') },
  ];
}
