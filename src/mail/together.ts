import { type Block, when } from '../words/blocks.ts';
import { dayOf, ownMomentOf } from '../words/dates/dates.ts';
import {
  documentBlocks,
  materialsBlocks,
  questionBlocks,
  sessionFacts,
  sessionName,
  toInviteBlocks,
} from '../words/parts.ts';
import { speaker } from '../words/speaker.ts';
import type { Beside, Context } from './frame.ts';
import { meetingFacts } from './notices/convocation.ts';
import { letterOf, type Notice } from './notices/index.ts';

/** What falls together for a reader, told beside what the mail is about: what is asked, and what goes to their calendar. */

type Appointment = Extract<Notice, { notice: 'invitation' | 'convocation' }>;

/** @param own what the mail is about */
export function toldBeside(own: Notice, others: readonly Notice[], context: Context): Beside {
  const { language, clock } = context;
  const say = speaker('mail.together', language);
  // One that was moved says from when, and why.
  const appointments = others.filter(isAppointment).filter((one) => !one.change || isOut(one));
  const out = appointments.filter(isOut);
  const ahead = appointments.filter((one) => !isOut(one));
  const bare: Context = {
    ...context,
    ...{ link: undefined, cooperation: { ...context.cooperation, officer: undefined }, isBeside: true },
    introduction: [],
  };
  const letters = others
    .filter((one) => !appointments.some((each) => each === one))
    .map((one) => ({ notice: one, letter: letterOf(one, bare) }));
  const asking = letters.filter(({ notice }) => notice.notice === 'request');
  const isFirst = !isAppointment(own);
  return {
    asked: asking.length,
    also: [
      ...asking.map(({ letter }) => letter.subject),
      ...ahead.map((one) => {
        const { startsAt } = datesOf(one);
        return say('also', { what: titleOf(one, context), day: startsAt ? dayOf(startsAt, clock) : '—' });
      }),
    ],
    blocks: [
      ...letters.flatMap(({ letter }): Block[] => [
        { block: 'heading', text: letter.subject.replace(TAG, '') },
        ...letter.blocks,
      ]),
      ...when(
        ahead.length > 0,
        { block: 'heading', text: say('invited') },
        { block: 'paragraph', text: say('calendar', { count: ahead.length, first: isFirst ? 'yes' : 'no' }) },
      ),
      ...ahead.flatMap((one) => invitedBlocks(one, context)),
      ...when(
        out.length > 0,
        {
          block: 'paragraph',
          text: say('withdrawn', {
            count: out.length,
            first: isFirst && ahead.length === 0 ? 'yes' : 'no',
          }),
        },
        {
          block: 'list',
          items: out.map((one) => {
            const { startsAt } = datesOf(one);
            return { text: titleOf(one, context), ...(startsAt && { note: ownMomentOf(startsAt, clock) }) };
          }),
        },
      ),
    ],
  };
}

/** "[Acción requerida] ": what a subject begins with. */
const TAG = /^\[[^\]]*\]\s*/;

const isAppointment = (one: Notice): one is Appointment =>
  one.notice === 'invitation' || one.notice === 'convocation';

const isOut = ({ change }: Appointment): boolean =>
  change?.kind === 'cancelled' || change?.kind === 'withdrawn' || change?.kind === 'undated';

const datesOf = (one: Appointment) => (one.notice === 'invitation' ? one.session : one.meeting);

const titleOf = (one: Appointment, { language }: Context): string =>
  one.notice === 'invitation'
    ? sessionName(one.session.number, language)
    : speaker('mail.together', language)('meeting');

/** A session or the meeting with all that an invitation to it says. */
function invitedBlocks(one: Appointment, context: Context): Block[] {
  const heading: Block = { block: 'heading', text: titleOf(one, context) };
  if (one.notice === 'convocation')
    return [heading, { block: 'facts', rows: meetingFacts(one.meeting, context) }];
  const { session, questions = [], documents = [], materialsBy, toInvite } = one;
  return [
    heading,
    { block: 'facts', rows: sessionFacts(session, context) },
    ...when(session.contents.trim(), { block: 'quote', text: session.contents }),
    ...toInviteBlocks(toInvite, 'on', context),
    ...questionBlocks(questions, context),
    ...documentBlocks(documents, context),
    ...materialsBlocks(materialsBy, context),
  ];
}
