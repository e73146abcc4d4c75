import type { CaseView } from '../casefile/caseView.ts';
import type { RecordKind } from '../casefile/schema.ts';
import { capital } from '../domain/capitals.ts';
import type { Language } from '../domain/language.ts';
import { requestLabel, sessionTitle } from '../domain/vocabulary.ts';
import { joined, speaker } from '../mail/catalogue.ts';
import type { Refusal, Rehearsed } from '../rehearsal/rehearse.ts';
import type { Entry, Sums } from '../rehearsal/timeline.ts';
import { eventOf } from '../wording/events.ts';
import { decisionLabel, partyName, partyZone } from '../wording/labels.ts';
import { TEXTS as WORDS } from '../wording/texts.ts';
import { moment } from '../wording/times.ts';
import { TEXTS } from './rehearsalTexts.ts';
import { padded, type Terminal, table, width, wrapped } from './terminal.ts';

/** A rehearsal as a calendar: by month and day, a line for each event, on the clock of whom it concerns. */

/** An event in words. The same mail to several is told once for each in the timeline, and once in the calendar. */
export function textOf(entry: Entry, rehearsed: Rehearsed, language: Language): string {
  const { view, to } = rehearsed;
  const say = speaker(TEXTS, language);
  const who = (parties: readonly string[]) =>
    joined(
      parties.map((party) => partyName(view, party, language)),
      language,
    );
  const { of } = entry;
  if ('record' in of) return eventOf(of.record, view, language, new Date(to)).what;
  if ('mail' in of) {
    const name = view.people.find(({ id }) => id === of.mail.person)?.name ?? of.mail.person;
    return mailText(of.mail, name, entry.kind, language);
  }
  if ('meeting' in of) {
    const until = clockOf(of.meeting.endsAt, entry.timeZone);
    return entry.session === undefined
      ? say('coordination', { until })
      : say('session', { session: sessionTitle(entry.session, language), until });
  }
  if ('due' in of) return say('due', { who: who(of.owing), request: requestLabel(of.due, language) });
  if ('waiting' in of)
    return say(of.waiting.forSecretariat ? 'waitingOnStaff' : 'waiting', {
      who: who(of.waiting.owing),
      request: requestLabel(of.waiting, language),
      since: moment(of.waiting.openedAt, entry.timeZone, language, new Date(to)),
    });
  const { refusal } = of;
  const request = view.requests.find(({ id }) => id === refusal.request);
  return say('tried', {
    who: view.people.find(({ id }) => id === refusal.person)?.name ?? refusal.person ?? say('staff'),
    what: request
      ? requestLabel(request, language)
      : refusal.change
        ? say('change', { change: refusal.change })
        : say('ownAccord'),
    why: whyNot(refusal, rehearsed, language),
  });
}

/** In the reader's language where it is about who was faster; as the cooperation said it otherwise. */
function whyNot({ earlier, message }: Refusal, { view, to }: Rehearsed, language: Language): string {
  if (!earlier) return message;
  return speaker(WORDS, language)('AlreadyAnswered', {
    name: earlier.name ?? earlier.by,
    party: partyName(view, earlier.party, language),
    when: moment(earlier.at, partyZone(view, earlier.party), language, new Date(to)),
    decision: decisionLabel(earlier.decision, language),
  });
}

function mailText(
  { subject, response, attempts }: CaseView['mails'][number],
  who: string,
  kind: Entry['kind'],
  language: Language,
): string {
  const say = speaker(TEXTS, language);
  if (kind === 'mail-refused') return say('refusedMail', { who, subject, response: response ?? '' });
  if (kind === 'mail-unsent') return say('unsentMail', { who, subject });
  if (attempts > 1) return say('delayed', { who, subject, attempts });
  return say('mailTo', { who, subject });
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
const CHANGES: ReadonlySet<string> = new Set<RecordKind>([
  'request-extended',
  'request-reassigned',
  'request-waived',
  'request-handed-over',
  'absence-noted',
  'person-replaced',
  'person-corrected',
  'session-changed',
  'session-added',
  'session-cancelled',
  'window-ran-out',
  'guest-added',
  'guest-withdrawn',
  'cooperation-paused',
  'cooperation-resumed',
  'cooperation-cancelled',
  'programme-amended',
]);

/** What a mail of the same minute says already, or another event. */
const TOLD_BY_OTHERS: ReadonlySet<string> = new Set([
  'request-opened',
  'request-closed',
  'invitation-sent',
  'agenda-sent',
  'question-answered',
  'sheet-published',
]);

type Row = { day: string; time: string; month: string; sign: string; text: string; entry: Entry };

export function calendarOf(
  entries: readonly Entry[],
  rehearsed: Rehearsed,
  language: Language,
  { columns, paint }: Terminal,
): string[] {
  const rows = rowsOf(entries, rehearsed, language);
  const times = Math.max(...rows.map(({ time }) => width(time)));
  const days = Math.max(...rows.map(({ day }) => width(day)));
  const lead = days + 2 + times + 2;
  const lines: string[] = [];
  let month = '';
  let day = '';
  for (const row of rows) {
    if (row.month !== month) {
      lines.push('', paint.bold(row.month));
      month = row.month;
      day = '';
    }
    const style = styleOf(row.entry, paint);
    const [first = '', ...rest] = wrapped(row.text, columns - lead - 2);
    const shown = row.day === day ? '' : row.day;
    day = row.day;
    lines.push(
      `${padded(shown, days)}  ${paint.dim(padded(row.time, times))}  ${style(`${row.sign} ${first}`)}`,
      ...rest.map((line) => `${' '.repeat(lead + 2)}${style(line)}`),
    );
  }
  return lines.slice(1);
}

function styleOf({ kind, of }: Entry, paint: Terminal['paint']): (text: string) => string {
  switch (kind) {
    case 'coordination':
    case 'session':
    case 'date-fixed':
    case 'cooperation-closed':
      return paint.bold;
    case 'due':
    case 'waiting':
    case 'mail-refused':
    case 'mail-unsent':
    case 'refused':
      return paint.red;
    case 'window-ran-out':
    case 'reminder':
    case 'escalation':
      return paint.yellow;
    case 'answer-received': {
      const { decision } = ('record' in of ? of.record.data : {}) as { decision?: string };
      return decision === 'changes' || decision === 'not-held' ? paint.yellow : paint.green;
    }
    default:
      return CHANGES.has(kind) ? paint.cyan : (text) => text;
  }
}

function rowsOf(entries: readonly Entry[], rehearsed: Rehearsed, language: Language): Row[] {
  const { view } = rehearsed;
  const say = speaker(TEXTS, language);
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
        ? mailText(told.of.mail, recipients(same, view, language), entry.kind, language)
        : textOf(entry, rehearsed, language);
    rows.push({
      ...dayOf(entry.at, timeZone, language),
      time: `${clockOf(entry.at, timeZone)} ${capital(timeZone, language)}`,
      sign: SIGNS[entry.kind] ?? (CHANGES.has(entry.kind) ? '±' : '·'),
      text: entry.kind === 'escalation' ? `${say('escalation')} — ${text}` : text,
      entry,
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
      const name = party === 'guest' ? speaker(TEXTS, language)('guest') : partyName(view, party, language);
      return length > 1 ? `${name} (${length})` : name;
    })
    .join(', ');
}

function dayOf(at: string, timeZone: string, language: Language): { day: string; month: string } {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone, ...options }).format(new Date(at));
  const weekday = format({ weekday: 'short' }).replace(/\.$/, '');
  const number = new Intl.DateTimeFormat('en', { timeZone, day: 'numeric' }).format(new Date(at));
  return { day: `${weekday} ${number.padStart(2)}`, month: format({ month: 'long', year: 'numeric' }) };
}

const clockOf = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(instant),
  );

const DAY_MS = 24 * 60 * 60 * 1000;

/** How it ended, and what it came to for each party and person. */
export function sumUp(rehearsed: Rehearsed, sums: Sums, language: Language, terminal: Terminal): string[] {
  const { view, from, to, end } = rehearsed;
  const { columns, paint } = terminal;
  const say = speaker(TEXTS, language);
  const when = moment(to, partyZone(view, undefined), language, new Date(to));
  const year = new Date(to).getUTCFullYear();
  const dated = `${when} (${year})`;
  const open = view.requests.filter(({ closedAt }) => closedAt === null);
  const owing = [...new Set(open.flatMap((request) => request.owing))].map((party) =>
    partyName(view, party, language),
  );
  const cancelled = view.cancelledAt !== null;
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
  const verdict =
    end === 'closed'
      ? paint[cancelled ? 'yellow' : 'green'](say(cancelled ? 'cancelled' : 'closed', { when: dated, days }))
      : end === 'until'
        ? paint.yellow(say('until', { when: dated }))
        : paint.red(say('stays', { when: dated, who: joined(owing, language) }));
  const total = (key: 'sent' | 'reminders' | 'refused' | 'unsent') =>
    sums.mails.reduce((sum, one) => sum + one[key], 0);
  return [
    ...wrapped(verdict, columns),
    ...wrapped(
      say('counts', {
        mails: total('sent'),
        reminders: total('reminders'),
        refused: total('refused'),
        unsent: total('unsent'),
      }),
      columns,
    ),
    '',
    ...table(
      [say('waitedDays'), say('lateDays'), say('party')],
      sums.waited.map(({ party, days, overdue }) => ({
        cells: [
          number(days, language),
          overdue > 0 ? { text: number(overdue, language), style: paint.red } : '0',
          partyName(view, party, language),
        ],
      })),
      terminal,
    ),
    '',
    ...table(
      [say('mails'), say('reminders'), say('person')],
      sums.mails
        .filter(({ sent, refused, unsent }) => sent + refused + unsent > 0)
        .map(({ sent, reminders, refused, unsent, name, party, role }) => ({
          cells: [
            `${sent}${refused ? ` ✖${refused}` : ''}${unsent ? ` …${unsent}` : ''}`,
            reminders > 0 ? { text: String(reminders), style: paint.yellow } : '0',
            `${name} (${role === 'guest' ? say('guest') : partyName(view, party, language)})`,
          ],
        })),
      terminal,
    ),
  ];
}

const number = (value: number, language: Language): string => new Intl.NumberFormat(language).format(value);
