import type { Brief } from '../../domain/brief.ts';
import { kinds, type RequestKind } from '../../domain/kinds/index.ts';
import type { Form } from '../../domain/kinds/kind.ts';
import { type Block, type Letter, when } from '../../words/blocks.ts';
import { type BriefReader, briefBlocks, briefTitle, leadOf as sentenceOf } from '../../words/brief.ts';
import { dayOf, daysUntil } from '../../words/dates/dates.ts';
import { joined } from '../../words/lists.ts';
import { nameOf } from '../../words/names/parties.ts';
import { onDay, reasonBlocks } from '../../words/parts.ts';
import { type Key, speaker } from '../../words/speaker.ts';
import { type Context, capacityOf, letter } from '../frame.ts';
import { attachmentId, type PassingOn, type RequestNotice, type Tidings } from '../notice.ts';
import { programmeLead } from './programme-issued.ts';
import { alsoMinutes, minutesBelow, recordsBelow } from './session-recorded.ts';
import { publishedLead } from './sheet-published.ts';

export type RequestFacts = {
  passed?: PassingOn;
  tidings?: Tidings;
  /** The same is asked about other sessions, which nothing else is written of. */
  beside?: Brief[];
} & RequestNotice;

/** A request: what is asked of the reader, in whose name, by when, and what happens otherwise. */

/** Who reads of it, with what goes along. */
export const briefReaderOf = ({ party, attached = [] }: RequestNotice, context: Context): BriefReader => ({
  language: context.language,
  clock: context.clock,
  institutions: context.cooperation.institutions,
  party,
  isAttached: (file) => attached.includes(attachmentId(file)),
});

/** "Aprobar los contenidos del programa (versión 1)". */
export const labelOf = ({ brief }: RequestNotice, context: Context): string => briefTitle(brief, context);

/** What is asked exactly, and in whose name; before it, why it is asked once more. */
export const mailLeadOf = (notice: RequestNotice, context: Context): string =>
  sentenceOf(notice.brief, briefReaderOf(notice, context));

/** What to write in a reply, where the answer is a choice or comes with files. */
const HINTS = {
  minutes: undefined,
  review: 'replyApprove',
  programme: 'replyAttach',
  documents: 'replyAttach',
  question: undefined,
  marks: 'replyMarks',
  date: undefined,
  session: undefined,
  person: undefined,
  draft: 'replyAttach',
  complement: 'replyComplement',
  outcomes: 'replyAttach',
  fulfilment: 'replyAttach',
  translation: undefined,
  confirmation: undefined,
} as const satisfies Record<Form, Key<'mail.request'> | undefined>;

function hintOf(kind: RequestKind) {
  const { form, decisions } = kinds[kind];
  return decisions.approve?.called === 'accept' ? 'replyAccept' : HINTS[form];
}

/** How to answer: one button, or else by replying. */
function answering({ brief, link, byMail }: RequestNotice, context: Context): Block[] {
  const say = speaker('mail.request', context.language);
  const { kind, decisions } = brief;
  const newDates = kinds[kind].decisions.changes?.called === 'new-dates';
  const instead = when(newDates && decisions.includes('changes'), {
    block: 'paragraph',
    text: say('staffNewDates'),
  });
  const inWords = when(byMail && brief.decisions.includes('approve'), {
    block: 'paragraph',
    text: say('replyAgree'),
  });
  if (link) return [...instead, { block: 'button', label: say('button'), url: link }, ...inWords];
  if (capacityOf(context) === 'secretariat')
    return [...instead, { block: 'paragraph', text: say('replyStaff') }];
  const key = hintOf(kind);
  const hint = key ? say(key) : '';
  return [...instead, { block: 'paragraph', text: `${say('reply')} ${hint}`.trim() }, ...inWords];
}

/** Who else may answer. */
function colleaguesOf({ colleagues, link }: RequestNotice, context: Context): Block[] {
  const { language } = context;
  const staff = capacityOf(context) === 'secretariat' ? 'yes' : 'no';
  return when(colleagues.length > 0, {
    block: 'paragraph',
    text: speaker('mail.request', language)(link ? 'colleaguesOnPage' : 'colleagues', {
      staff,
      count: colleagues.length,
      names: joined(colleagues, language, 'or'),
    }),
  });
}

/** Whether an answer may be an approval: then it is said that silence is none. */
export const isApproval = ({ brief }: RequestNotice): boolean => brief.decisions.includes('approve');

const isAhead = (instant: string | undefined, { clock }: Context): instant is string =>
  instant !== undefined && Date.parse(instant) > Date.parse(clock.now);

/** What happens if nobody answers: who hears of it next, and when. */
function otherwise(notice: RequestNotice, context: Context): string {
  const say = speaker('mail.request', context.language);
  const { nextReminderAt, nextReminderLevel = 'delegates' } = notice;
  const who = capacityOf(context);
  if (!isAhead(nextReminderAt, context)) return say('otherwiseOpen', { who });
  const on = onDay(nextReminderAt, context);
  if (nextReminderLevel === 'delegates' || who === 'secretariat') return say('otherwise', { who, on });
  return nextReminderLevel === 'focal-point' && who === 'ministry'
    ? say('otherwiseFocalPoint', { on })
    : say('otherwiseSecretariat', { on, dated: 'yes' });
}

/** The same to a focal point, after whom the Secretariat is told. */
export function otherwiseSecretariat({ nextReminderAt }: RequestNotice, context: Context): string {
  const ahead = isAhead(nextReminderAt, context);
  return speaker('mail.request', context.language)('otherwiseSecretariat', {
    on: ahead ? onDay(nextReminderAt, context) : '—',
    dated: ahead ? 'yes' : 'no',
  });
}

/** `next` says what happens if nobody answers, where that is not what a delegate is told. */
type BodyOptions = {
  next?: string;
  /** Without how it stands, where the mail has said so. */
  told?: boolean;
};

/** All of a request below its first paragraphs, for the request itself and whatever repeats it. */
export function bodyOf(
  notice: RequestNotice,
  context: Context,
  { next = otherwise(notice, context), told = false }: BodyOptions = {},
): Block[] {
  const { brief, link } = notice;
  const say = speaker('mail.request', context.language);
  const { standing, facts, matter, dates, enclosed } = briefBlocks(brief, briefReaderOf(notice, context));
  const code = link ? [] : [{ label: say('code'), value: brief.id }];
  return [
    ...(told ? [] : standing),
    ...when(facts.length + code.length > 0, { block: 'facts', rows: [...facts, ...code] }),
    ...matter,
    ...dates,
    ...answering(notice, context),
    ...colleaguesOf(notice, context),
    { block: 'paragraph', text: isApproval(notice) ? `${next} ${say('noApproval')}` : next },
    ...enclosed,
  ];
}

/** "hasta el viernes 18 de junio": the end of a subject line. */
export function untilOf(
  { brief: { dueAt } }: Pick<RequestNotice, 'brief'>,
  { language, clock }: Context,
): string {
  const days = daysUntil(dueAt, clock);
  const key = days < 0 ? 'wasDue' : days === 0 ? 'untilToday' : 'until';
  return speaker('mail.request', language)(key, { day: dayOf(dueAt, clock) });
}

export function request(notice: RequestFacts, context: Context): Letter {
  const { language, clock } = context;
  const say = speaker('mail.request', language);
  const lead = mailLeadOf(notice, context);
  const { dueAt } = notice.brief;
  const { passed, tidings: { minutes = [], sheet, programme } = {}, beside = [] } = notice;
  const before = passed?.name;
  const isSecretariat = typeof before === 'object' && before.role === 'secretariat';
  const whyYou =
    passed &&
    say(passed.how, {
      name: isSecretariat ? 'secretariat' : before === undefined ? 'none' : nameOf(before, language),
      toName: before === undefined ? '' : nameOf(before, language, 'to'),
      who: capacityOf(context),
    });
  return letter(context, {
    subject: [
      say('subject', {
        tag: say('tag'),
        what: labelOf(notice, context),
        until: untilOf(notice, context),
      }),
      ...(sheet ? [say('alsoSheet')] : []),
      ...(programme ? [say('alsoProgramme')] : []),
      ...alsoMinutes(minutes, context),
      ...(beside.length > 0 ? [say('alsoBeside', { count: beside.length })] : []),
    ].join(' · '),
    preview: whyYou ?? lead,
    blocks: [
      ...when(whyYou, { block: 'paragraph', text: whyYou ?? '' }, ...reasonBlocks(passed?.reason, context)),
      ...(sheet ? [{ block: 'paragraph' as const, text: publishedLead(sheet, context) }] : []),
      ...(programme ? [{ block: 'paragraph' as const, text: programmeLead(programme, context) }] : []),
      { block: 'paragraph', text: lead },
      ...minutesBelow(minutes, context),
      ...when(daysUntil(dueAt, clock) < 0, {
        block: 'paragraph',
        text: speaker('brief.standing', language)('late', { day: dayOf(dueAt, clock) }),
      }),
      ...bodyOf(notice, context, { told: passed !== undefined }),
      ...when(
        beside.length > 0,
        { block: 'paragraph', text: say('beside', { count: beside.length }) },
        {
          block: 'list',
          items: beside.map((one) => ({
            text: briefTitle(one, context),
            note: untilOf({ brief: one }, context),
          })),
        },
      ),
      ...recordsBelow(minutes, context),
    ],
  });
}
