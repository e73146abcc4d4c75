import { Temporal as Dates } from 'temporal-polyfill';
import { dateIn, instantOf, isWorkingDay } from './dates.ts';
import type { Capital } from './deadlines.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './durations.ts';

/**
 * Candidate dates for a session: inside the office hours that the capitals share, on days that are working days
 * in all of their countries. Instants are ISO 8601 in UTC, dates are `2021-08-17`.
 */

/** A candidate. Its id is its date and start on the clock of the first institution given: `2021-08-17-1000`. */
export type Slot = { id: string; startsAt: string; endsAt: string };

/**
 * `office-hours`: inside 09:00 to 18:00 in every capital. `wide-hours`: the capitals share too little of that for
 * the session's length, and 08:00 to 20:00 was taken. `no-shared-hours`: not even that is enough, and there are no
 * slots; a person has to find a date.
 */
export type SharedHours = 'office-hours' | 'wide-hours' | 'no-shared-hours';

/** `slots` is empty under shared hours too where no day of the window is a working day for all, or all are past. */
export type ProposedSlots = { slots: Slot[]; hours: SharedHours };

export type ProposeSlots = {
  /** First and last day, both included. */
  window: { from: string; to: string };
  /** The session's length. */
  hours: number;
  /** Everyone who takes part, the secretariat too. The first one's clock names the slots. */
  institutions: readonly Capital[];
  /** No slot starts before this instant. */
  notBefore?: string | undefined;
  /** Starts (ISO 8601) that are not proposed any more. */
  except?: readonly string[] | undefined;
  /** How many slots at most; 6 unless said. */
  count?: number | undefined;
  /** Only these dates of the window, where the parties have narrowed it already. */
  days?: readonly string[] | undefined;
};

const RANGES = [
  { hours: 'office-hours', opens: '09:00', closes: '18:00' },
  { hours: 'wide-hours', opens: '08:00', closes: '20:00' },
] as const;
/** Slots start on the hour or the half hour of the first institution's clock. */
const STEP = 30 * MINUTE_MS;
/** In the morning people are given this long to settle in. */
const AFTER_OPENING = HOUR_MS;
const SLOTS = 6;
/** A window is two weeks long as a rule; a mistaken one of years is not searched to its end. */
const LONGEST_WINDOW_DAYS = 400;

/** The start (milliseconds) and length of each part of a day that all capitals share. */
type SharedSpan = { day: string; from: number; to: number };

/** Slots spread over the window, in order, mornings and afternoons in turn. The same input gives the same slots. */
export function proposeSlots({
  window,
  hours,
  institutions,
  notBefore,
  except = [],
  count = SLOTS,
  days,
}: ProposeSlots): ProposedSlots {
  const length = Math.round(hours * 60) * MINUTE_MS;
  const dates = datesOf(window).filter((day) => days?.includes(day) ?? true);
  for (const range of RANGES) {
    const shared = dates
      .map((day) => sharedOn(day, range, institutions))
      .filter(({ from, to }) => to - from >= length);
    if (shared.length === 0) continue;
    const known = new Set(except.map((start) => Date.parse(start)));
    const earliest = notBefore === undefined ? Number.NEGATIVE_INFINITY : Date.parse(notBefore);
    const choices = shared
      .filter(({ from, to }) =>
        institutions.every((institution) =>
          [from, to].every((at) => isWorkingDay(dateIn(iso(at), institution.timeZone), institution)),
        ),
      )
      .map((part) => startsOn(part, length, earliest).filter((start) => !known.has(start)))
      .filter((starts) => starts.length > 0);
    const clock = institutions[0]?.timeZone ?? 'UTC';
    const slots = spread(choices, count)
      .sort((a, b) => a - b)
      .map((start) => ({ id: idOf(start, clock), startsAt: iso(start), endsAt: iso(start + length) }));
    return { slots, hours: range.hours };
  }
  // Without a single day there is nothing to say about the hours.
  return { slots: [], hours: dates.length === 0 ? 'office-hours' : 'no-shared-hours' };
}

const LOOKED_AHEAD_DAYS = 60;

/** The first date, some days after an instant (ISO 8601), that suits all capitals; the instant itself where none does. */
export function dateAhead(
  from: string,
  { hours, institutions }: Pick<ProposeSlots, 'hours' | 'institutions'>,
  days = 10,
): string {
  const first = new Date(Date.parse(from) + days * DAY_MS).toISOString().slice(0, 10);
  const to = Dates.PlainDate.from(first).add({ days: LOOKED_AHEAD_DAYS }).toString();
  const { slots } = proposeSlots({
    window: { from: first, to },
    hours,
    institutions,
    count: LOOKED_AHEAD_DAYS,
  });
  return slots[0]?.startsAt ?? from;
}

/**
 * The first and the last instant of a window, wherever one reads it: from the first day's beginning in the
 * capital where it comes first, to the last day's end in the capital where it comes last.
 */
export function windowInstants(
  { from, to }: { from: string; to: string },
  timeZones: readonly string[],
): { from: string; to: string } {
  const after = Dates.PlainDate.from(to).add({ days: 1 }).toString();
  const at = (date: string) => timeZones.map((zone) => Date.parse(instantOf(date, '00:00', zone)));
  return { from: iso(Math.min(...at(from))), to: iso(Math.max(...at(after)) - 1000) };
}

function datesOf({ from, to }: { from: string; to: string }): string[] {
  const first = Dates.PlainDate.from(from);
  const span = Math.min(first.until(to).days, LONGEST_WINDOW_DAYS);
  return Array.from({ length: Math.max(0, span + 1) }, (_, day) => first.add({ days: day }).toString());
}

function sharedOn(
  day: string,
  { opens, closes }: { opens: string; closes: string },
  institutions: readonly Capital[],
): SharedSpan {
  const at = (time: string) => institutions.map(({ timeZone }) => Date.parse(instantOf(day, time, timeZone)));
  return { day, from: Math.max(...at(opens)), to: Math.min(...at(closes)) };
}

/**
 * The starts that a day has room for, the best first: one in the morning, the last of the afternoon, the others at
 * whole hours from the morning's, and only then what lies between.
 */
function startsOn({ from, to }: SharedSpan, length: number, earliest: number): number[] {
  const starts: number[] = [];
  for (let start = Math.ceil(from / STEP) * STEP; start + length <= to; start += STEP)
    if (start >= earliest) starts.push(start);
  const morning = starts.find((start) => start >= from + AFTER_OPENING) ?? starts[0];
  const afternoon = starts.at(-1);
  if (morning === undefined || afternoon === undefined) return [];
  const apart = starts.filter((start) => (start - morning) % (2 * STEP) === 0);
  return [...new Set([morning, afternoon, ...apart, ...starts])];
}

/** Takes from as many days as there are, evenly, mornings and afternoons in turn, before a second start from any. */
function spread(choices: readonly (readonly number[])[], count: number): number[] {
  // Fewer days than there are: each gives one. Otherwise all of them take part, round after round.
  const days = evenly(choices, count).map(([morning, afternoon, ...others], i) =>
    i % 2 === 1 && afternoon !== undefined
      ? [afternoon, morning, ...others]
      : [morning, afternoon, ...others],
  );
  const chosen: number[] = [];
  for (let round = 0; chosen.length < count; round++) {
    const starts = days.map((day) => day[round]).filter((start) => start !== undefined);
    if (starts.length === 0) break;
    chosen.push(...evenly(starts, count - chosen.length));
  }
  return chosen;
}

function evenly<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  if (count === 1) return [items[Math.floor((items.length - 1) / 2)] as T];
  return Array.from(
    { length: count },
    (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))] as T,
  );
}

const iso = (at: number): string => new Date(at).toISOString();

function idOf(at: number, timeZone: string): string {
  const local = Dates.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return `${local.toPlainDate()}-${local.toPlainTime().toString().slice(0, 5).replace(':', '')}`;
}
