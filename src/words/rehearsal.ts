import { type CaseView, partyZone } from '../domain/caseView.ts';
import { DAY_MS } from '../domain/dates/durations.ts';
import type { Language } from '../domain/language.ts';
import type { Attempt, Entry, RehearsalResult, Sums } from '../domain/rehearsal.ts';
import { againOf } from './brief.ts';
import { monthText } from './dates/dates.ts';
import { wallClock, weekdayName } from './dates/days.ts';
import { shortDate as calendarDay, hour, moment } from './dates/shortDates.ts';
import { requestLabel, sessionTitle } from './labels.ts';
import { cityName } from './names/cities.ts';
import { partyForms, partyNamed } from './names/parties.ts';
import { eventOf, isChange } from './record.ts';
import { refusalText } from './refusals.ts';
import { speaker } from './speaker.ts';

/**
 * A rehearsal as a calendar, by month and day, each event on the clock of whom it concerns; and what it came to. How it
 * is laid out is the terminal's or the site's.
 */

/** An event in words. The same mail to several is told once for each in the timeline, and once in the calendar. */
export function timelineText(entry: Entry, rehearsed: RehearsalResult, language: Language): string {
  const { view, to } = rehearsed;
  const say = speaker('rehearsal.calendar', language);
  const { of } = entry;
  if ('record' in of) return eventOf(of.record, view, language, new Date(to)).what;
  if ('mail' in of) {
    const name = view.people.find(({ id }) => id === of.mail.person)?.name ?? of.mail.person;
    return mailText(of.mail, name, entry.kind, language);
  }
  if ('meeting' in of) {
    const until = hour(of.meeting.endsAt, entry.timeZone, language);
    return entry.session === undefined
      ? say('coordination', { until })
      : say('session', { session: sessionTitle(entry.session, language), until });
  }
  if ('due' in of)
    return say('due', {
      ...partyForms(view.programme, of.owing, language),
      request: requestLabel(of.due, language),
    });
  if ('waiting' in of)
    return say(of.waiting.forSecretariat ? 'waitingOnStaff' : 'waiting', {
      ...partyForms(view.programme, of.waiting.owing, language),
      request: requestLabel(of.waiting, language),
      since: moment(of.waiting.openedAt, entry.timeZone, language, new Date(to)),
    });
  const { attempt } = of;
  const request = view.requests.find(({ id }) => id === attempt.request);
  return say('tried', {
    who: view.people.find(({ id }) => id === attempt.person)?.name ?? attempt.person ?? say('staff'),
    what: request
      ? requestLabel(request, language)
      : attempt.change
        ? say('change', { change: attempt.change })
        : say('ownAccord'),
    why: whyNot(attempt, rehearsed, language),
  });
}

const whyNot = ({ refusal }: Attempt, { view, to }: RehearsalResult, language: Language): string =>
  refusalText(refusal, {
    ...{ language, view },
    when: (instant, party) => moment(instant, partyZone(view, party), language, new Date(to)),
    day: (day) => calendarDay(day, language, partyZone(view, undefined), new Date(to)),
  });

function mailText(
  { subject, response, attempts }: CaseView['mails'][number],
  who: string,
  kind: Entry['kind'],
  language: Language,
): string {
  const say = speaker('rehearsal.calendar', language);
  if (kind === 'mail-refused') return say('refusedMail', { who, subject, response: response ?? '' });
  if (kind === 'mail-unsent') return say('unsentMail', { who, subject });
  if (attempts > 1) return say('delayed', { who, subject, attempts });
  return say('mailTo', { who, subject });
}

/** The mail that asks for something once more is told with why. */
function askedAgain(
  { notice, request: id }: CaseView['mails'][number],
  view: CaseView,
  language: Language,
  text: string,
): string {
  const request = notice === 'request' ? view.requests.find((one) => one.id === id) : undefined;
  const why = request && againOf(request, { language });
  return why ? `${text} — ${why}` : text;
}

/** What stands before an event; a terminal's colours are on top of it, and it is told without them too. */
const SIGNS: Partial<Record<Entry['kind'], string>> = {
  coordination: '◆',
  session: '◆',
  mail: '✉',
  reminder: '↻',
  escalation: '↥',
  'mail-refused': '✖',
  'mail-unsent': '✖',
  refused: '✖',
  due: '!',
  waiting: '…',
  'answer-received': '✔',
  'question-asked': '?',
  'date-fixed': '◇',
  'cooperation-closed': '■',
};

/** How the Secretariat intervened, or had to. */
const intervened = (kind: string): boolean => isChange(kind) || kind === 'window-ran-out';

/** What a mail of the same minute says already, or another event. */
const TOLD_BY_OTHERS: ReadonlySet<string> = new Set([
  'request-opened',
  'request-closed',
  'invitation-sent',
  'meeting-convened',
  'agenda-sent',
  'minutes-sent',
  'question-answered',
  'sheet-published',
]);

/** An event of the calendar. */
export type Row = {
  /** "junio de 2021" */
  month: string;
  /** "mié  9": the number takes two places. */
  day: string;
  /** "10:00 Lima" */
  time: string;
  sign: string;
  text: string;
  /** How it is to be taken: a date that stands, what went wrong or is late, an answer, a change on the way. */
  weight: Weight;
  entry: Entry;
  /** The mails that it is, one for each reader. */
  mails: CaseView['mails'];
};
export type Weight = 'date' | 'wrong' | 'late' | 'answer' | 'change' | 'plain';

function weightOf({ kind, of }: Entry): Weight {
  switch (kind) {
    case 'coordination':
    case 'session':
    case 'date-fixed':
    case 'cooperation-closed':
      return 'date';
    case 'due':
    case 'waiting':
    case 'mail-refused':
    case 'mail-unsent':
    case 'refused':
      return 'wrong';
    case 'window-ran-out':
    case 'reminder':
    case 'escalation':
      return 'late';
    case 'answer-received': {
      const { decision } = ('record' in of ? of.record.data : {}) as { decision?: string };
      return decision === 'changes' || decision === 'not-held' ? 'late' : 'answer';
    }
    default:
      return intervened(kind) ? 'change' : 'plain';
  }
}

export function timelineRowsOf(
  entries: readonly Entry[],
  rehearsed: RehearsalResult,
  language: Language,
): Row[] {
  const { view } = rehearsed;
  const say = speaker('rehearsal.calendar', language);
  const rows: Row[] = [];
  for (const same of sameMails(entries)) {
    const [entry] = same as [Entry];
    if (TOLD_BY_OTHERS.has(entry.kind)) continue;
    // What several parties get is told on the Secretariat's clock.
    const parties = new Set(same.map(({ party }) => party));
    const timeZone = parties.size > 1 ? partyZone(view, undefined) : entry.timeZone;
    const told = same.find((one) => one.timeZone === timeZone) ?? entry;
    const text =
      'mail' in told.of
        ? askedAgain(
            told.of.mail,
            view,
            language,
            mailText(told.of.mail, recipients(same, view, language), entry.kind, language),
          )
        : timelineText(entry, rehearsed, language);
    rows.push({
      ...dayAndMonth(entry.at, timeZone, language),
      time: `${hour(entry.at, timeZone, language)} ${cityName(timeZone, language)}`,
      sign: SIGNS[entry.kind] ?? (intervened(entry.kind) ? '±' : '·'),
      text: entry.kind === 'escalation' ? `${say('escalation')} — ${text}` : text,
      weight: weightOf(entry),
      entry,
      mails: same.flatMap(({ of }) => ('mail' in of ? of.mail : [])),
    });
  }
  return rows;
}

/** The same mail to several people, of one party or of several, is one event; so is whatever is no mail. */
function sameMails(entries: readonly Entry[]): Entry[][] {
  const events = new Map<string, Entry[]>();
  entries.forEach((entry, index) => {
    const mail = 'mail' in entry.of ? entry.of.mail : undefined;
    const key = mail
      ? [entry.at, entry.kind, mail.notice, mail.request, mail.attempts, occasion(mail)].join('|')
      : String(index);
    const event = events.get(key);
    if (event) event.push(entry);
    else events.set(key, [entry]);
  });
  return [...events.values()];
}

/** Two sessions may be invited to in the same minute: their subjects differ in the number. */
const occasion = ({ notice, request, subject }: CaseView['mails'][number]): string =>
  request === null && /invitation|agenda|session/.test(notice) ? (/\d+/.exec(subject)?.[0] ?? '') : '';

/** "MTPE Perú (5), OEA (2)": how many of each party. */
function recipients(same: readonly Entry[], view: CaseView, language: Language): string {
  const parties = Map.groupBy(same, ({ person, party }) =>
    view.people.find(({ id }) => id === person)?.role === 'guest' ? 'guest' : (party ?? ''),
  );
  return [...parties]
    .map(([party, { length }]) => {
      const name =
        party === 'guest'
          ? speaker('rehearsal.calendar', language)('guest')
          : partyNamed(view.programme, party, language);
      return length > 1 ? `${name} (${length})` : name;
    })
    .join(', ');
}

function dayAndMonth(at: string, timeZone: string, language: Language): { day: string; month: string } {
  const day = wallClock(at, timeZone);
  const number = String(day.day).padStart(2);
  return { day: `${weekdayName(day, language, 'short')} ${number}`, month: monthText(day, language) };
}

/** How it ended: accepted, cancelled, before its end, or waiting for good. `dated` says an instant. */
export function verdictOf(
  { view, from, to, end }: RehearsalResult,
  language: Language,
  dated: (instant: string) => string,
): { text: string; weight: Weight } {
  const say = speaker('rehearsal.calendar', language);
  const when = dated(to);
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
  if (end === 'closed')
    return view.cancelledAt === null
      ? { text: say('closed', { when, days }), weight: 'answer' }
      : { text: say('cancelled', { when, days }), weight: 'late' };
  if (end === 'until') return { text: say('until', { when }), weight: 'late' };
  const open = view.requests.filter(({ closedAt }) => closedAt === null);
  const owing = [...new Set(open.flatMap((request) => request.owing))];
  return { text: say('stays', { when, ...partyForms(view.programme, owing, language) }), weight: 'wrong' };
}

/** "158 correos, 2 recordatorios entre ellos." */
export function countsOf({ mails }: Sums, language: Language): string {
  const total = (key: 'sent' | 'reminders' | 'refused' | 'unsent') =>
    mails.reduce((sum, one) => sum + one[key], 0);
  return speaker('rehearsal.calendar', language)('counts', {
    mails: total('sent'),
    reminders: total('reminders'),
    refused: total('refused'),
    unsent: total('unsent'),
  });
}

/** Who got mails, or would have. */
export const writtenTo = ({ mails }: Sums): Sums['mails'] =>
  mails.filter(({ sent, refused, unsent }) => sent + refused + unsent > 0);

/** "María Claudia Camacho (OEA)" */
export const personLabel = (
  { name, party, role }: Sums['mails'][number],
  view: CaseView,
  language: Language,
): string =>
  `${name} (${role === 'guest' ? speaker('rehearsal.calendar', language)('guest') : partyNamed(view.programme, party, language)})`;
