import { decisionsOf, kinds, type RequestKind } from '../../domain/kinds/index.ts';
import { dayOf, daysUntil, momentOf, sessionDate } from '../../words/dates.ts';
import { requestLabel } from '../../words/labels.ts';
import { joined } from '../../words/lists.ts';
import { countryNames } from '../../words/pairing.ts';
import { type Key, speaker } from '../../words/speaker.ts';
import { type Block, type Fact, type Letter, when } from '../blocks.ts';
import { type Context, letter } from '../frame.ts';
import type { Notice, RequestNotice, SlotLine } from '../notice.ts';
import {
  capacityOf,
  contentsOf,
  deadlineFact,
  documentBlocks,
  onDay,
  reasonBlocks,
  sessionBlocks,
  sessionName,
} from '../parts.ts';

/** A request: what is asked of the reader, in whose name, by when, and what happens otherwise. */

/** The number in the request's label: of its session or question, else the version under review. */
function numberOf({ request, details }: RequestNotice): string {
  const step = kinds[request.kind].step;
  const known = step === 'sessions' ? details.sessions?.[0]?.number : details.question?.number;
  return String(details.n ?? known ?? request.round);
}

/** "Aprobar los contenidos del programa (versión 1)". */
export const labelOf = (notice: RequestNotice, { language }: Context): string =>
  requestLabel({ kind: notice.request.kind, item: Number(numberOf(notice)) }, language);

/** What is asked exactly, and in whose name; before it, why it is asked once more. */
export function leadOf(notice: RequestNotice, context: Context): string {
  const { language, cooperation } = context;
  const say = speaker('mail.request', language);
  const { newSlots, windowRanOut, question, reasons } = notice.details;
  const lead = say(windowRanOut ? 'windowRanOut' : notice.request.kind, {
    behalf: say('behalf', { who: capacityOf(context), label: notice.onBehalfOf }),
    n: numberOf(notice),
    from: question?.from ?? '—',
    again: reasons?.length ? 'yes' : 'no',
    requesting: countryNames(cooperation.requesting, language),
    providing: countryNames(cooperation.providing, language),
    why: windowRanOut ?? 'none',
  });
  if (!newSlots) return lead;
  return `${say(newSlots.because === 'asked' ? 'newDatesAsked' : newSlots.because)} ${lead}`;
}

/** By when, of whom, about what: the lines that are read first. */
function factsOf(notice: RequestNotice, context: Context): Block {
  const { language, clock } = context;
  const say = speaker('mail.request', language);
  const { request, asked, details, link } = notice;
  const { coordination, sessions } = details;
  // A request about one session shows when that is; the others list their sessions further down.
  const [session] = kinds[request.kind].step === 'sessions' ? (sessions ?? []) : [];
  const rows: Fact[] = [deadlineFact(request.dueAt, context)];
  if (asked.length > 1)
    rows.push({
      label: say('asked'),
      value: say('askedEach', { institutions: joined(asked, language) }),
    });
  if (coordination)
    rows.push({ label: say('meeting'), value: momentOf(coordination.startsAt, clock, coordination.endsAt) });
  if (session)
    rows.push({ label: sessionName(session.number, language), value: sessionDate(session, clock) });
  if (!link) rows.push({ label: say('code'), value: request.id });
  return { block: 'facts', rows };
}

const slotLines = (slots: readonly SlotLine[], { language, clock }: Context): Block => {
  const say = speaker('mail.request', language);
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  const items = slots.map(({ startsAt, endsAt, marks = [] }) => ({
    text: momentOf(startsAt, clock, endsAt),
    ...(marks.length > 0 && {
      note: marks.map(({ institution, mark }) => institution + colon + say(mark)).join(' · '),
    }),
  }));
  return { block: 'list', numbered: true, items };
};

/** What the reader has to have before their eyes to answer. */
export function matter({ details }: RequestNotice, context: Context): Block[] {
  const say = speaker('mail.request', context.language);
  const { question, slots = [], reasons = [], trouble, newSlots } = details;
  return [
    ...reasonBlocks(newSlots?.reason, context),
    ...when(trouble, { block: 'heading', text: say('trouble') }, { block: 'quote', text: trouble ?? '' }),
    ...(question
      ? ([
          { block: 'heading', text: say('question', { n: String(question.number), from: question.from }) },
          { block: 'quote', text: question.text },
        ] satisfies Block[])
      : []),
    ...reasons.flatMap(({ institution, reason }): Block[] => [
      { block: 'heading', text: say('reasons', { institution }) },
      { block: 'quote', text: reason },
    ]),
    ...when(slots.length > 0, { block: 'heading', text: say('slots') }, slotLines(slots, context)),
  ];
}

/** What to write in a reply, where the answer is a choice or comes with files. */
function hintOf(kind: RequestKind): Key<'mail.request'> | undefined {
  const decisions = decisionsOf(kind);
  if (kind === 'receive-report') return 'replyAccept';
  if (decisions.includes('approve')) return 'replyApprove';
  if (decisions.includes('marks')) return 'replyMarks';
  return decisions.includes('submit') || kind === 'send-documents' ? 'replyAttach' : undefined;
}

/** How to answer: one button, or else by replying. */
function answering({ request, details, link }: RequestNotice, context: Context): Block[] {
  const say = speaker('mail.request', context.language);
  const instead = when(request.kind === 'confirm-date' && !details.windowRanOut, {
    block: 'paragraph',
    text: say('staffNewDates'),
  });
  if (link) return [...instead, { block: 'button', label: say('button'), url: link }];
  if (capacityOf(context) === 'secretariat')
    return [...instead, { block: 'paragraph', text: say('replyStaff') }];
  const key = hintOf(request.kind);
  const hint = key ? say(key) : '';
  return [...instead, { block: 'paragraph', text: `${say('reply')} ${hint}`.trim() }];
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
export const isApproval = ({ request }: RequestNotice): boolean => {
  const decisions = decisionsOf(request.kind);
  return decisions.includes('approve');
};

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

/** What may be read at leisure: the contents proposed, the documents concerned. */
function enclosed({ request, details }: RequestNotice, context: Context): Block[] {
  const { language } = context;
  const { sessions = [], documents = [] } = details;
  const step = kinds[request.kind].step;
  const [session] = sessions;
  const listed: Block[] =
    step === 'sessions' && session
      ? contentsOf(session, context)
      : sessionBlocks(
          sessions,
          context,
          step === 'coordination' ? speaker('mail.request', language)('sessions') : undefined,
        );
  return [...documentBlocks(documents, context), ...listed];
}

/**
 * All of a request below its first paragraphs, for the request itself and whatever repeats it. `next` says what
 * happens if nobody answers, where that is not what a delegate is told.
 */
export const bodyOf = (
  notice: RequestNotice,
  context: Context,
  next: string = otherwise(notice, context),
): Block[] => [
  factsOf(notice, context),
  ...matter(notice, context),
  ...answering(notice, context),
  ...colleaguesOf(notice, context),
  {
    block: 'paragraph',
    text: isApproval(notice) ? `${next} ${speaker('mail.request', context.language)('noApproval')}` : next,
  },
  ...enclosed(notice, context),
];

/** "hasta el viernes 18 de junio": the end of a subject line. */
export function untilOf({ request: { dueAt } }: RequestNotice, { language, clock }: Context): string {
  const days = daysUntil(dueAt, clock);
  const key = days < 0 ? 'wasDue' : days === 0 ? 'untilToday' : 'until';
  return speaker('mail.request', language)(key, { day: dayOf(dueAt, clock) });
}

export function request(notice: Extract<Notice, { notice: 'request' }>, context: Context): Letter {
  const { language, clock } = context;
  const say = speaker('mail.request', language);
  const lead = leadOf(notice, context);
  const { dueAt } = notice.request;
  const { passed } = notice;
  const from = passed?.name === context.cooperation.secretariat.acronym ? 'secretariat' : passed?.name;
  const whyYou = passed && say(passed.how, { name: from ?? 'none', who: capacityOf(context) });
  return letter(context, {
    subject: say('subject', {
      tag: say('tag'),
      what: labelOf(notice, context),
      until: untilOf(notice, context),
    }),
    preview: whyYou ?? lead,
    blocks: [
      ...when(whyYou, { block: 'paragraph', text: whyYou ?? '' }, ...reasonBlocks(passed?.reason, context)),
      { block: 'paragraph', text: lead },
      ...when(daysUntil(dueAt, clock) < 0, {
        block: 'paragraph',
        text: say('askedLate', { day: dayOf(dueAt, clock) }),
      }),
      ...bodyOf(notice, context),
    ],
  });
}
