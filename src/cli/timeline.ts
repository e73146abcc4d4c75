import { partyZone } from '../domain/caseView.ts';
import type { Language } from '../domain/language.ts';
import type { Entry, RehearsalResult, Sums } from '../domain/rehearsal.ts';
import { numberText } from '../words/dates/clock.ts';
import { moment } from '../words/dates/shortDates.ts';
import { partyNamed } from '../words/names/parties.ts';
import {
  countsOf,
  personLabel,
  timelineRowsOf,
  verdictOf,
  type Weight,
  writtenTo,
} from '../words/rehearsal.ts';
import { speaker } from '../words/speaker.ts';
import { padded, type Terminal, table, width, wrapped } from './terminal.ts';

/** A rehearsal's calendar on a terminal: a line for each event, in colours that it is told without too. */

type Style = (text: string) => string;
const plain: Style = (text) => text;
const styleOf = (weight: Weight, paint: Terminal['paint']): Style =>
  ({
    date: paint.bold,
    wrong: paint.red,
    late: paint.yellow,
    answer: paint.green,
    change: paint.cyan,
    plain,
  })[weight];

export function timelineLines(
  entries: readonly Entry[],
  rehearsed: RehearsalResult,
  language: Language,
  { columns, paint }: Terminal,
): string[] {
  const rows = timelineRowsOf(entries, rehearsed, language);
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
    const style = styleOf(row.weight, paint);
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

/** How it ended, and what it came to for each party and person. */
export function sumUp(
  rehearsed: RehearsalResult,
  sums: Sums,
  language: Language,
  terminal: Terminal,
): string[] {
  const { view } = rehearsed;
  const { columns, paint } = terminal;
  const say = speaker('rehearsal.calendar', language);
  const verdict = verdictOf(rehearsed, language, (to) => {
    const when = moment(to, partyZone(view, undefined), language, new Date(to));
    return `${when} (${new Date(to).getUTCFullYear()})`;
  });
  return [
    ...wrapped(styleOf(verdict.weight, paint)(verdict.text), columns),
    ...wrapped(countsOf(sums, language), columns),
    '',
    ...table(
      [say('waitedDays'), say('lateDays'), say('party')],
      sums.waited.map(({ party, days, overdue }) => ({
        cells: [
          numberText(days, language),
          overdue > 0 ? { text: numberText(overdue, language), style: paint.red } : '0',
          partyNamed(view.programme, party, language),
        ],
      })),
      terminal,
    ),
    '',
    ...table(
      [say('mails'), say('reminders'), say('person')],
      writtenTo(sums).map((one) => ({
        cells: [
          `${one.sent}${one.refused ? ` ✖${one.refused}` : ''}${one.unsent ? ` …${one.unsent}` : ''}`,
          one.reminders > 0 ? { text: String(one.reminders), style: paint.yellow } : '0',
          personLabel(one, view, language),
        ],
      })),
      terminal,
    ),
  ];
}
