import type { Language } from '../domain/language.ts';
import { type Block, type Fact, type Item, when } from './blocks.ts';
import { colonIn } from './colon.ts';
import {
  type Clock,
  calendarDay,
  dayOf,
  daysUntil,
  isWeekend,
  momentOf,
  sessionDate,
} from './dates/dates.ts';
import { groupName } from './guestList.ts';
import { kindLabel } from './kinds.ts';
import { requestLabel } from './labels.ts';
import type { DocumentLine, QuestionLine, RequestLine, SessionHeading } from './lines.ts';
import { joined } from './lists.ts';
import { inForms, nameOf } from './names/parties.ts';
import { speaker } from './speaker.ts';

/** What several notices show: sessions, documents, questions, requests in passing, reasons. */

/** In which language, and on whose clock. */
export type Reading = { language: Language; clock: Clock };

/** "el viernes 18 de junio", as it stands in a sentence. */
export const onDay = (instant: string, { language, clock }: Reading): string =>
  speaker('mail.parts', language)('onDay', {
    day: dayOf(instant, clock),
    weekend: isWeekend(instant, clock) ? 'yes' : 'no',
  });

/** Why something was decided, in the words of whoever decided it. */
export const reasonBlocks = (reason: string | undefined, { language }: Reading): Block[] =>
  when(
    reason?.trim(),
    { block: 'heading', text: speaker('mail.parts', language)('reason') },
    { block: 'quote', text: reason ?? '' },
  );

/** "Responder la pregunta 2"; without its number, what requests of its kind ask. */
export const requestName = ({ id, kind, n }: RequestLine, { language }: Reading): string =>
  n === undefined ? kindLabel(kind, language) : requestLabel({ id, kind, item: n }, language);

/** "Hasta" and the instant something is due, or "Plazo" once the day has passed. */
export function deadlineFact(dueAt: string, { language, clock }: Reading): Fact {
  const passed = daysUntil(dueAt, clock) < 0;
  return {
    label: speaker('mail.parts', language)(passed ? 'deadlinePassed' : 'deadline'),
    value: momentOf(dueAt, clock),
  };
}

/** Requests by name, each with its due date below it; nothing where there are none. */
export function requestBlocks(requests: readonly RequestLine[], context: Reading): Block[] {
  const { language } = context;
  const items = requests.map((line): Item => {
    const { label, value } = deadlineFact(line.dueAt, context);
    return { text: requestName(line, context), note: label + colonIn(language) + value };
  });
  return when(
    requests.length > 0,
    { block: 'heading', text: speaker('mail.parts', language)('requests') },
    { block: 'list', items },
  );
}

/** Sessions by date, each with its contents below it; nothing where there are none. */
export const sessionBlocks = (
  sessions: readonly SessionHeading[],
  context: Reading,
  heading: string = speaker('mail.parts', context.language)('sessions'),
): Block[] =>
  when(
    sessions.length > 0,
    { block: 'heading', text: heading },
    { block: 'list', items: sessions.map((each) => sessionItem(each, context)) },
  );

/** Date, platform, link and place of a session. */
export const sessionFacts = (session: SessionHeading, reading: Reading): Fact[] => [
  {
    label: speaker('mail.parts', reading.language)('when'),
    value: sessionDate(session, reading.clock),
  },
  ...joiningFacts(session, reading),
];

/** How to be there. */
export function joiningFacts(
  { platform, link, place }: Pick<SessionHeading, 'platform' | 'link' | 'place'>,
  { language }: Pick<Reading, 'language'>,
): Fact[] {
  const say = speaker('mail.parts', language);
  return [
    ...(place ? [{ label: say('place'), value: place }] : []),
    ...(platform ? [{ label: say('platform'), value: platform }] : []),
    ...(link ? [{ label: say('link'), value: link, url: link }] : []),
  ];
}

/** A session without what one joins it by: for whoever is not to join it, or where it is not held. */
export const unjoinable = ({ link, platform, ...session }: SessionHeading): SessionHeading => session;

/** "1.ª sesión". */
export const sessionName = (number: number, language: Language): string =>
  speaker('mail.parts', language)('session', { n: String(number) });

/** A session as an entry of a list: its number and date, and below them its contents. */
const sessionItem = (session: SessionHeading, { language, clock }: Reading): Item => {
  const { number, passed, contents } = session;
  const name = `${sessionName(number, language)} — ${sessionDate(session, clock)}`;
  return {
    text: passed ? speaker('mail.parts', language)('passedSession', { session: name, passed }) : name,
    note: contents,
  };
};

/** The contents of a session as the programme has them. */
export const contentsOf = (session: SessionHeading, { language }: Reading): Block[] =>
  when(
    session.contents.trim(),
    { block: 'heading', text: speaker('mail.parts', language)('contents') },
    { block: 'quote', text: session.contents },
  );

/** Documents by title, with what tells one from another below it; nothing where there are none. */
export function documentBlocks(
  documents: readonly DocumentLine[],
  { language }: Reading,
  heading: string = speaker('mail.parts', language)('documents'),
): Block[] {
  const say = speaker('mail.parts', language);
  const items = documents.map(
    ({ title, fileName, version, institution, attached }): Item => ({
      text: title,
      note: [
        institution && nameOf(institution, language),
        say('version', { version: String(version) }),
        fileName === title ? undefined : fileName,
        attached ? say('attached') : undefined,
      ]
        .filter((part) => part !== undefined)
        .join(' · '),
    }),
  );
  return when(documents.length > 0, { block: 'heading', text: heading }, { block: 'list', items });
}

/** Where the materials of a session are put in, and until when (a day); nothing where they are not asked for. */
export const materialsBlocks = (until: string | undefined, { language, clock }: Reading): Block[] =>
  until === undefined
    ? []
    : [
        {
          block: 'paragraph',
          text: speaker('mail.parts', language)('materials', {
            until: calendarDay(until, clock),
          }),
        },
      ];

/**
 * Guests of the reader's institution who cannot be written to, and whom it invites itself; `off`: what they are to be told is
 * that it is not as they had heard.
 */
export const toInviteBlocks = (
  guests: readonly { name: string; count: number | null }[] = [],
  how: 'on' | 'off',
  { language }: Reading,
): Block[] =>
  when(guests.length > 0, {
    block: 'paragraph',
    text: speaker('mail.parts', language)('toInvite', {
      names: joined(
        guests.map((one) => groupName(one, language)),
        language,
      ),
      how,
    }),
  });

/** Questions in the words they were asked in, each with its answer where there is one. */
export function questionBlocks(questions: readonly QuestionLine[], { language }: Reading): Block[] {
  const say = speaker('mail.parts', language);
  return questions.flatMap(({ number, text, to, answer }): Block[] => [
    {
      block: 'heading',
      text: say('question', { number: String(number), toParty: nameOf(to, language, 'to') }),
    },
    { block: 'quote', text },
    ...when(
      answer,
      {
        block: 'heading',
        text: say('answer', { number: String(number), ...inForms((form) => nameOf(to, language, form)) }),
      },
      { block: 'quote', text: answer ?? '' },
    ),
  ]);
}
