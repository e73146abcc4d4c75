import { isWaivable } from '../../domain/caseView.ts';
import type { ReminderLevel } from '../../domain/dates/deadlines.ts';
import type { Block, Fact, Item, Letter } from '../../words/blocks.ts';
import { askedIn, briefBlocks, capacityIn, partiesIn, partyIn } from '../../words/brief.ts';
import { dayOf, daysUntil, isWeekend } from '../../words/dates/dates.ts';
import { joined } from '../../words/lists.ts';
import { inForms } from '../../words/names/parties.ts';
import { deadlineFact, onDay } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, capacityOf, letter } from '../frame.ts';
import type { RequestNotice } from '../notice.ts';
import {
  bodyOf,
  briefReaderOf,
  isApproval,
  labelOf,
  mailLeadOf,
  otherwiseSecretariat,
  untilOf,
} from './request.ts';

export type ReminderFacts = {
  number: number;
  /** `delegates` unless said. */
  level?: ReminderLevel;
  /** The parties that still owe an answer, for the focal point and the Secretariat. */
  silent?: string[];
} & RequestNotice;

/**
 * A reminder: the request once more, with how many days are left. It is called overdue from the day after the
 * due day on, and never on the day itself. Where nobody answers it is the focal point who reads of it, and in the
 * end the Secretariat, who has to decide.
 */

export function reminder(notice: ReminderFacts, context: Context): Letter {
  switch (notice.level ?? 'delegates') {
    case 'delegates':
      return toDelegates(notice, context);
    case 'focal-point':
      // The Secretariat's staff and the consultant have none.
      return capacityOf(context) === 'ministry'
        ? toFocalPoint(notice, context)
        : toDelegates(notice, context);
    case 'secretariat':
      return toSecretariat(notice, context);
  }
}

function toDelegates(notice: ReminderFacts, context: Context): Letter {
  const { language, clock } = context;
  const say = speaker('mail.reminder', language);
  const { dueAt } = notice.brief;
  const days = daysUntil(dueAt, clock);
  const overdue = days < 0;
  const day = { day: dayOf(dueAt, clock), weekend: isWeekend(dueAt, clock) ? 'yes' : 'no' };
  const opening = overdue ? say('overdue', day) : say('ahead', { days });
  return letter(context, {
    subject: speaker('mail.request', language)('subject', {
      tag: overdue ? say('tagOverdue', { days: -days }) : say('tag', { days }),
      what: labelOf(notice, context),
      until: untilOf(notice, context),
    }),
    preview: opening,
    blocks: [
      { block: 'paragraph', text: opening },
      { block: 'paragraph', text: mailLeadOf(notice, context) },
      ...bodyOf(notice, context),
    ],
  });
}

/** Whole days since the due day at the reader's; 0 on the day itself and before. */
const daysLate = ({ brief }: ReminderFacts, { clock }: Context): number =>
  Math.max(0, -daysUntil(brief.dueAt, clock));

function toFocalPoint(notice: ReminderFacts, context: Context): Letter {
  const { language } = context;
  const say = speaker('mail.reminder', language);
  const opening = say('focalPoint', {
    institution: partyIn(notice.party, briefReaderOf(notice, context)),
    opened: onDay(notice.brief.openedAt, context),
    due: onDay(notice.brief.dueAt, context),
    late: daysLate(notice, context),
  });
  return letter(context, {
    subject: speaker('mail.request', language)('subject', {
      tag: say('tagFocalPoint'),
      what: labelOf(notice, context),
      until: untilOf(notice, context),
    }),
    preview: opening,
    blocks: [
      { block: 'paragraph', text: `${opening} ${say('focalPointAsked')}` },
      { block: 'paragraph', text: mailLeadOf(notice, context) },
      ...bodyOf(notice, context, { next: otherwiseSecretariat(notice, context) }),
    ],
  });
}

function toSecretariat(notice: ReminderFacts, context: Context): Letter {
  const { language, clock } = context;
  const say = speaker('mail.reminder', language);
  const { brief } = notice;
  const reader = briefReaderOf(notice, context);
  const asked = askedIn(brief);
  const codes = notice.silent ?? asked;
  const own =
    codes.length > 0 && codes.every((one) => capacityIn(one, reader.institutions) === 'secretariat');
  const silent = { own: own ? 'yes' : 'no', ...inForms((form) => partiesIn(codes, reader, form)) };
  const opening = say('silence', {
    ...silent,
    late: daysLate(notice, context),
    due: onDay(brief.dueAt, context),
  });
  const can = ways(notice).map((way) => say(way));
  const decision: Block[] = [
    { block: 'paragraph', text: say('toDecide') },
    { block: 'list', items: can.map((text): Item => ({ text })) },
  ];
  const open = isApproval(notice)
    ? `${say('staysOpen')} ${speaker('mail.request', language)('noApproval')}`
    : say('staysOpen');
  const answered = asked.filter((one) => !codes.includes(one));
  const { matter, dates, enclosed } = briefBlocks(brief, reader);
  const rows: Fact[] = [
    { label: speaker('mail.parts', language)('request'), value: labelOf(notice, context) },
    { label: say('notAnswered'), value: partiesIn(codes, reader, 'the') },
    ...(answered.length > 0 ? [{ label: say('answered'), value: partiesIn(answered, reader, 'the') }] : []),
    deadlineFact(brief.dueAt, context),
    { label: say('opened'), value: dayOf(brief.openedAt, clock) },
    ...(notice.link ? [] : [{ label: speaker('mail.request', language)('code'), value: brief.id }]),
  ];
  return letter(context, {
    subject: speaker('mail.request', language)('subject', {
      tag: say('tagDecision'),
      what: labelOf(notice, context),
      until: say('silentTail', silent),
    }),
    preview: opening,
    blocks: [
      { block: 'paragraph', text: opening },
      ...(own
        ? [
            { block: 'paragraph' as const, text: mailLeadOf(notice, context) },
            ...bodyOf(notice, context, {
              next: `${say('toDecideOwn', { ways: joined(can, language, 'or') })} ${say('staysOpen')}`,
            }),
          ]
        : [
            { block: 'facts' as const, rows },
            ...decision,
            { block: 'paragraph' as const, text: open },
            notice.link
              ? { block: 'button' as const, label: say('button'), url: notice.link }
              : { block: 'paragraph' as const, text: say('record') },
            ...matter,
            ...dates,
            ...enclosed,
          ]),
    ],
  });
}

/** What the Secretariat can do about it. Some requests cannot go without an answer, or not without any. */
function ways({ brief }: ReminderFacts): ('extend' | 'reassign' | 'waive')[] {
  return isWaivable(brief) ? ['extend', 'reassign', 'waive'] : ['extend', 'reassign'];
}
