import { AGENDA_WORKING_DAYS_BEFORE } from '../methodology.ts';
import {
  addWorkingDays,
  type ClosedDays,
  dateIn,
  instantOf,
  isBefore,
  isWorkingDay,
  timeIn,
} from './dates.ts';

/**
 * Until when something is asked, and when those who owe it are reminded. Instants are ISO 8601 in UTC;
 * days are working days of the addressee's country, and hours are on the clock of its capital.
 */

/** The end of the office day, which is when a request is due. */
export const OFFICE_CLOSES = '18:00';
/** When a reminder goes out. */
const REMINDED_AT = '09:00';
/** Nobody is chased before they have had this many whole working days. */
const QUIET_WORKING_DAYS = 1;
/** Working days given for something that is due before a session when no session is ahead. */
const DAYS_WITHOUT_SESSION = 5;

const REMINDED_BEFORE = [-2];
/** Working days after the due day: those asked once more, then the focal point of each, then the Secretariat. */
const REMINDED_AFTER = [2, 5, 10];
const FOCAL_POINT_AFTER = 5;
const SECRETARIAT_AFTER = 10;

/** From when working days are counted, and how many: `kinds[kind].due`. */
export type DueRule =
  | { days: number; from: 'asked' }
  | { days: number; before: 'session' | 'window' }
  | { days: number; after: 'meeting' | 'session' };

/** Where an addressee's working days and hours are read. */
export type Capital = { timeZone: string; country: string; closedDays?: readonly ClosedDays[] | undefined };

export type DueInput = Capital & {
  due: DueRule;
  /** The programme's own number of days, in place of the rule's. */
  days?: number | undefined;
  askedAt: string;
  /** The session or meeting that the rule counts from; for `before`, the next one ahead. */
  sessionStartsAt?: string | undefined;
  sessionEndsAt?: string | undefined;
  /** First day of the window of a session that has no date yet. */
  windowFrom?: string | undefined;
};

/**
 * When a request is due: 18:00 in the addressee's capital, on the working day that the rule counts to.
 *
 * It is never due in less than a working day: where the rule's own day has passed, or is today, it is the next
 * working day. What is needed for a session is due when the session starts at the latest, if that is still ahead.
 * A request to several is due at the latest of what this gives for each.
 */
export function dueInstant({
  due,
  days = due.days,
  askedAt,
  timeZone,
  country,
  closedDays,
  sessionStartsAt,
  sessionEndsAt,
  windowFrom,
}: DueInput): string {
  const where = { country, closedDays };
  const closing = (date: string, n: number) =>
    instantOf(addWorkingDays(date, n, where), OFFICE_CLOSES, timeZone);
  const asked = dateIn(askedAt, timeZone);
  const soonest = closing(asked, 1);
  if ('from' in due) return closing(asked, days);
  if ('after' in due) {
    const held = sessionEndsAt ?? sessionStartsAt;
    return latest(soonest, closing(held ? dateIn(held, timeZone) : asked, days));
  }
  const window = windowFrom && { day: windowFrom, starts: instantOf(windowFrom, '00:00', timeZone) };
  const session = sessionStartsAt && { day: dateIn(sessionStartsAt, timeZone), starts: sessionStartsAt };
  const ahead = due.before === 'window' ? window || session : session || window;
  if (!ahead) return closing(asked, DAYS_WITHOUT_SESSION);
  const counted = latest(soonest, closing(ahead.day, -days));
  return isBefore(askedAt, ahead.starts) && isBefore(ahead.starts, counted)
    ? new Date(ahead.starts).toISOString()
    : counted;
}

export type RemindersInput = Capital & {
  openedAt: string;
  dueAt: string;
  /** Nothing is planned at or before this instant; `openedAt` unless said. */
  now?: string | undefined;
};

/**
 * When those who owe an answer are reminded, in order; five times at most.
 *
 * At 09:00 on working days: two before the request is due, the morning of the day it is due, and two, five and
 * ten after. A request that was overdue when it was opened counts from its opening. Everything lies after `now`,
 * and after the first working day that follows the opening. After an extension, plan again with the new `dueAt` and the
 * present `now`.
 */
export function remindersFor({
  openedAt,
  dueAt,
  timeZone,
  country,
  closedDays,
  now = openedAt,
}: RemindersInput): string[] {
  const where = { country, closedDays };
  const quiet = addWorkingDays(dateIn(openedAt, timeZone), QUIET_WORKING_DAYS, where);
  const overdueAtOpening = !isBefore(openedAt, dueAt);
  const counted = dateIn(overdueAtOpening ? openedAt : dueAt, timeZone);
  const morning = (date: string) => instantOf(date, REMINDED_AT, timeZone);
  const ahead = overdueAtOpening
    ? []
    : [
        ...REMINDED_BEFORE.map((n) => morning(addWorkingDays(counted, n, where))),
        // Where the due day is no working day in this capital, the last one before it.
        morning(isWorkingDay(counted, where) ? counted : addWorkingDays(counted, -1, where)),
      ].filter((instant) => isBefore(instant, dueAt));
  const after = REMINDED_AFTER.map((n) => morning(addWorkingDays(counted, n, where)));
  return [...ahead, ...after].filter(
    (instant) => isBefore(now, instant) && dateIn(instant, timeZone) > quiet,
  );
}

/** Between these hours of a working day something reaches its reader in the morning, or by day. */
const WRITTEN_BETWEEN = { morning: ['08:00', '12:00'], day: ['08:00', OFFICE_CLOSES] } as const;

/**
 * When something that was held up goes out to somebody (ISO 8601): at once where it is a working morning there, or day; else
 * on the next one.
 */
export function nextWorking(part: keyof typeof WRITTEN_BETWEEN, at: string, where: Capital): string {
  const [from, to] = WRITTEN_BETWEEN[part];
  const { timeZone } = where;
  const date = dateIn(at, timeZone);
  const time = timeIn(at, timeZone);
  const morning = (day: string) => instantOf(day, REMINDED_AT, timeZone);
  if (!isWorkingDay(date, where) || time >= to) return morning(addWorkingDays(date, 1, where));
  return time < from ? morning(date) : at;
}

/** When a session's agenda goes out: at 09:00, on the secretariat's clock, some working days before it. */
export const agendaInstant = (startsAt: string, where: Capital): string =>
  instantOf(
    addWorkingDays(dateIn(startsAt, where.timeZone), -AGENDA_WORKING_DAYS_BEFORE, where),
    REMINDED_AT,
    where.timeZone,
  );

/** Until when the materials of a session are to be there, as a day of the secretariat's: the working day before it. */
export const materialsDay = (startsAt: string, where: Capital): string =>
  addWorkingDays(dateIn(startsAt, where.timeZone), -1, where);

/** Whom a reminder addresses: those asked, the focal point of their institution, or the Secretariat. */
export type ReminderLevel = 'delegates' | 'focal-point' | 'secretariat';

/** A reminder of a request: when, to whom, and which parties' answer it is about. */
export type Reminder = { at: string; level: ReminderLevel; parties: string[] };

/**
 * All reminders of a request, in order: to each party on the mornings of its own capital, until two working days after
 * the due day; then to its focal point, five working days after; and at last, ten working days after in the capital
 * where that comes last, to the Secretariat about all of them, for whom it then is to extend, reassign or waive. A
 * delegate gets the request and three reminders at most.
 */
export function remindersOf(
  parties: readonly (Capital & { code: string })[],
  times: Omit<RemindersInput, keyof Capital>,
): Reminder[] {
  const planned = parties.flatMap(({ code, ...where }) =>
    remindersFor({ ...times, ...where }).map((at) => ({
      at,
      level: levelOf(at, { ...times, ...where }),
      parties: [code],
    })),
  );
  const last = planned
    .filter(({ level }) => level === 'secretariat')
    .map(({ at }) => at)
    .sort()
    .at(-1);
  const alone = planned.filter(({ level }) => level !== 'secretariat');
  const together: Reminder[] = last
    ? [{ at: last, level: 'secretariat', parties: parties.map(({ code }) => code) }]
    : [];
  const reminders: Reminder[] = [];
  for (const one of [...alone, ...together].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const same = reminders.find(({ at, level }) => at === one.at && level === one.level);
    if (same) same.parties.push(...one.parties);
    else reminders.push(one);
  }
  return reminders;
}

function levelOf(at: string, { openedAt, dueAt, ...where }: RemindersInput): ReminderLevel {
  const { timeZone } = where;
  const counted = dateIn(isBefore(openedAt, dueAt) ? dueAt : openedAt, timeZone);
  const day = dateIn(at, timeZone);
  if (day >= addWorkingDays(counted, SECRETARIAT_AFTER, where)) return 'secretariat';
  return day >= addWorkingDays(counted, FOCAL_POINT_AFTER, where) ? 'focal-point' : 'delegates';
}

/** The instants of reminders, each once, in order. */
export const instantsOf = (reminders: readonly Reminder[]): string[] => [
  ...new Set(reminders.map(({ at }) => at)),
];

const latest = (a: string, b: string): string => (isBefore(a, b) ? b : a);
