import { html } from 'hono/html';
import type { BoardRow, BoardSession, Milestone } from '../../../casefile/board.ts';
import { DAY_MS } from '../../../domain/dates/durations.ts';
import type { Language } from '../../../domain/language.ts';
import { colonIn } from '../../../words/colon.ts';
import type { Clock } from '../../../words/dates/dates.ts';
import { monthName, wallClock } from '../../../words/dates/days.ts';
import { fullDate, fullDayOf } from '../../../words/dates/fullDates.ts';
import { sessionTitle } from '../../../words/labels.ts';
import { directionOf } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import { details } from '../../parts/govuk.ts';

/** The cooperations of a call across the months, as a picture and as a table of the same dates. */

/** In units of the picture, which are pixels. */
const NAMES = 190;
const LEAST_MONTH = 64;
/** What a window of 1280 has room for. */
const WIDTH = 1150;
const ROW = 34;
/** Marks that would overlap stand below each other. */
const LANE = 20;
const RADIUS = 9;
const HEAD = 30;
/** A cooperation lasts months; dates far away, such as a typing error, may not make the picture endless. */
const MOST_MONTHS = 36;
/** What was earlier than so long ago stands in the table, unless nothing is later. */
const PAST_MONTHS = 12;

const BLUE = '#003f72';
const GREEN = '#00703c';

type Mark = { at: number; letter: string; filled: boolean; colour: string } | { from: number; to: number };

const noon = (date: string): number => Date.parse(`${date}T12:00:00Z`);

function meetingMark({ startsAt, recordedAt, notHeldAt, cancelledAt }: BoardRow['meeting']): Mark[] {
  if (cancelledAt || notHeldAt) return [];
  return [{ at: Date.parse(startsAt), letter: 'C', filled: true, colour: recordedAt ? GREEN : BLUE }];
}

function marksOf(row: BoardRow, letters: readonly string[]): Mark[] {
  const milestone = (given: Milestone | undefined, letter = ''): Mark[] =>
    given && !given.withdrawn
      ? [{ at: Date.parse(given.at), letter, filled: given.done, colour: given.done ? GREEN : BLUE }]
      : [];
  return [
    ...meetingMark(row.meeting),
    ...row.sessions.flatMap(({ number, startsAt, window, recordedAt, cancelledAt }): Mark[] => {
      if (cancelledAt) return [];
      if (startsAt)
        return [
          {
            ...{ at: Date.parse(startsAt), letter: String(number), filled: true },
            colour: recordedAt ? GREEN : BLUE,
          },
        ];
      return window ? [{ from: noon(window.from), to: noon(window.to) }] : [];
    }),
    ...milestone(row.sheet, letters[0]),
    ...milestone(row.report, letters[1]),
  ];
}

export function timeline(
  { rows, call, id }: { rows: readonly BoardRow[]; call: string; id: string },
  { language, timeZone, now }: Clock,
): Html {
  const say = speaker('site.board', language);
  const letters = say('letters').split(' ');
  const table = details(say('dates'), datesTable(rows, call, timeZone, language));
  const known = rows.map((row) => ({ row, marks: marksOf(row, letters) }));
  const { begin, last } = spanOf(
    known.flatMap(({ marks }) => pointsIn(marks)),
    now,
  );
  if (last === undefined) return table;
  const lines = known.map(({ row, marks }) => ({
    row,
    marks: marks.filter((mark) => pointsIn([mark]).every((at) => at >= begin)),
  }));
  const first = new Date(begin);
  const count = Math.min(
    MOST_MONTHS,
    (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth() + 1,
  );
  const months = Array.from(
    { length: count },
    (_, index) => new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index, 1)),
  );
  const end = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + count, 1);
  const month = Math.max(LEAST_MONTH, Math.floor((WIDTH - NAMES - 10) / count));
  const width = NAMES + count * month + 10;
  const x = (at: number): number =>
    Math.round((NAMES + ((Math.min(at, end) - begin) / (end - begin)) * count * month) * 10) / 10;
  const extentOf = (mark: Mark): Extent =>
    'at' in mark
      ? { from: x(mark.at) - RADIUS - 1, to: x(mark.at) + RADIUS + 1 }
      : { from: x(mark.from), to: Math.max(x(mark.from) + 6, x(mark.to + DAY_MS)) };
  const placed = lines.map(({ row, marks }) => ({ row, marks, lanes: lanesOf(marks.map(extentOf)) }));
  const heightOf = ({ lanes }: { lanes: readonly number[] }): number => ROW + Math.max(0, ...lanes) * LANE;
  const height = HEAD + placed.reduce((sum, one) => sum + heightOf(one), 0) + 6;
  const today = Date.parse(now);
  const line = ({ row, marks, lanes }: (typeof placed)[number], index: number): Html => {
    const above = placed.slice(0, index).reduce((sum, one) => sum + heightOf(one), HEAD);
    const y = above + ROW / 2;
    const points = pointsIn(marks);
    return html`<text x="4" y="${y + 5}" font-size="14" fill="#0b0c0c">${shortened(directionOf(row.institutions, language))}</text>
${points.length > 0 ? html`<line x1="${x(Math.min(...points))}" y1="${y}" x2="${x(Math.max(...points))}" y2="${y}" stroke="#b1b4b6" stroke-width="2"/>` : ''}
${marks.map((mark, nth) => drawn(mark, y + (lanes[nth] ?? 0) * LANE, { x, extent: extentOf(mark) }))}`;
  };
  const scale = months.map((start, index) => {
    const at = NAMES + index * month;
    const year = index === 0 || start.getUTCMonth() === 0 ? ` ${start.getUTCFullYear()}` : '';
    return html`<line x1="${at}" y1="${HEAD - 8}" x2="${at}" y2="${height}" stroke="#e5e6e7"/><text x="${at + 4}" y="18" font-size="13" fill="#505a5f">${monthName(wallClock(start.toISOString(), 'UTC'), language, 'short')}${year}</text>`;
  });
  return html`<div class="rial-scroll rial-board-scroll" tabindex="0" role="region" aria-label="${say('timeline', { call })}">
<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${id}-title ${id}-desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Arial, Helvetica, Liberation Sans, sans-serif">
<title id="${id}-title">${say('timeline', { call })}</title><desc id="${id}-desc">${say('timelineText')}</desc>
${scale}${
  today >= begin && today <= end
    ? html`<line x1="${x(today)}" y1="${HEAD - 6}" x2="${x(today)}" y2="${height}" stroke="#d4351c" stroke-width="2"/>`
    : ''
}${placed.map(line)}
</svg></div>
<p class="govuk-body-s rial-soft rial-board-legend">${say('legend')}</p>
${table}`;
}

const pointsIn = (marks: readonly Mark[]): number[] =>
  marks.flatMap((mark) => ('at' in mark ? [mark.at] : [mark.from, mark.to]));

/** From which month on there is anything to draw, and until when; nothing where no date is known. */
function spanOf(points: readonly number[], now: string): { begin: number; last: Date | undefined } {
  if (points.length === 0) return { begin: 0, last: undefined };
  const monthOf = (at: Date, more = 0) => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + more, 1);
  const [first, last] = [new Date(Math.min(...points)), new Date(Math.max(...points))];
  const longAgo = monthOf(new Date(now), -PAST_MONTHS);
  return { begin: last.getTime() > longAgo ? Math.max(monthOf(first), longAgo) : monthOf(first), last };
}

type Extent = { from: number; to: number };

/** Which lane each mark stands in, so that none overlaps another: the first that has room for it, from left to right. */
export function lanesOf(extents: readonly Extent[]): number[] {
  const ends: number[] = [];
  const lanes = extents.map(() => 0);
  const inOrder = extents.map((extent, index) => ({ ...extent, index })).sort((a, b) => a.from - b.from);
  for (const { from, to, index } of inOrder) {
    const free = ends.findIndex((end) => end <= from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = to;
    lanes[index] = lane;
  }
  return lanes;
}

const drawn = (mark: Mark, y: number, { x, extent }: { x: (at: number) => number; extent: Extent }): Html =>
  'at' in mark
    ? html`<circle cx="${x(mark.at)}" cy="${y}" r="${RADIUS}" fill="${mark.filled ? mark.colour : '#ffffff'}" stroke="${mark.colour}" stroke-width="2"/><text x="${x(mark.at)}" y="${y + 4}" font-size="12" font-weight="bold" text-anchor="middle" fill="${mark.filled ? '#ffffff' : mark.colour}">${mark.letter}</text>`
    : html`<rect x="${extent.from}" y="${y - 8}" width="${extent.to - extent.from}" height="16" rx="3" fill="#d2e2f1" stroke="${BLUE}" stroke-dasharray="3 2"/>`;

/** As much as there is room for beside the months; the tables have the whole name. */
const shortened = (name: string): string => (name.length > 26 ? `${name.slice(0, 25)}…` : name);

function datesTable(rows: readonly BoardRow[], call: string, timeZone: string, language: Language): Html {
  const say = speaker('site.board', language);
  const session = ({ startsAt, window, cancelledAt, recordedAt }: BoardSession): string => {
    if (cancelledAt) return say('cancelled');
    if (startsAt) {
      const day = fullDayOf(startsAt, timeZone, language);
      return recordedAt ? say('done', { day }) : day;
    }
    return window
      ? `${fullDate(window.from, language)} – ${fullDate(window.to, language)} (${say('undated')})`
      : say('undated');
  };
  const meeting = ({ startsAt, recordedAt, notHeldAt, cancelledAt }: BoardRow['meeting']): string => {
    if (cancelledAt) return say('cancelled');
    if (notHeldAt) return say('undated');
    const day = fullDayOf(startsAt, timeZone, language);
    return recordedAt ? say('done', { day }) : day;
  };
  const milestone = (given: Milestone | undefined): string =>
    given
      ? say(given.withdrawn ? 'withdrawn' : given.done ? 'done' : 'dueOn', {
          day: fullDayOf(given.at, timeZone, language),
        })
      : '—';
  const columns = ['cooperation', 'coordination', 'sessions', 'sheet', 'report'] as const;
  return html`<div class="rial-scroll" tabindex="0" role="region" aria-label="${say('dates')}${colonIn(language)}${call}"><table class="govuk-table rial-board"><caption class="govuk-visually-hidden">${say('timeline', { call })}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${columns.map((key) => html`<th scope="col" class="govuk-table__header">${say(key)}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${rows.map(
    (row) =>
      html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${directionOf(row.institutions, language)}<span class="rial-board__subject">${row.subject}</span></th><td class="govuk-table__cell">${meeting(row.meeting)}</td><td class="govuk-table__cell"><ul class="govuk-list">${row.sessions.map(
        (one) => html`<li>${sessionTitle(one.number, language)}${colonIn(language)}${session(one)}</li>`,
      )}</ul></td><td class="govuk-table__cell">${milestone(row.sheet)}</td><td class="govuk-table__cell">${milestone(row.report)}</td></tr>`,
  )}</tbody></table></div>`;
}
