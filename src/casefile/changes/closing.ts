import {
  addWorkingDays,
  dateIn,
  instantOf,
  isBefore,
  isWorkingDay,
  workingDaysBetween,
} from '../../domain/dates/dates.ts';
import { OFFICE_CLOSES } from '../../domain/dates/deadlines.ts';
import { kinds } from '../../domain/kinds/index.ts';
import type { Kind } from '../../domain/kinds/kind.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import type { Party } from '../../domain/people/party.ts';
import type { Plan } from '../../domain/programme/plan.ts';
import { owing } from '../../domain/request.ts';
import { openRequestsOf } from '../cooperations.ts';
import type { RequestRow } from '../database/schema.ts';
import { hashOf } from '../filing.ts';
import { requestState } from '../requests.ts';
import { nextSession, slotsOf } from '../sessions.ts';
import { addresseesOf, isAfter, latest, type Making, telling } from './making.ts';
import { remindersAhead, replan } from './requests.ts';

/** A request that has another due date. Instants are ISO 8601. */
type LaterDue = { request: string; due: string; previousDue: string };

/**
 * What is asked of an institution whose closed days are others now: it has as many working days left for it as before, and
 * is reminded on none of those days. Nothing is due earlier than it was, nor later than the date that it is about.
 */
export async function heedClosedDays(
  making: Making,
  corrected: Plan,
): Promise<{ told: Telling[]; moved: LaterDue[] }> {
  const { tx, cooperation } = making;
  const anew: Making = { ...making, cooperation: { ...cooperation, plan: corrected } };
  const concerned = corrected.parties.flatMap((now) => {
    const before = cooperation.plan.parties.find(({ code }) => code === now.code);
    return before && closedDaysOf(before) !== closedDaysOf(now) ? [{ before, now }] : [];
  });
  const told: Telling[] = [];
  const moved: LaterDue[] = [];
  for (const row of concerned.length > 0 ? await openRequestsOf(tx, cooperation.id) : []) {
    const owed = owing(await requestState(tx, row));
    const theirs = concerned.filter(({ now }) => owed.includes(now.code));
    if (theirs.length === 0) continue;
    const due = latest([
      row.dueAt,
      ...theirs.map(({ before, now }) => dueOnWorkingDays(row, before, now, making.at)),
    ]);
    const end = await endOf(making, row);
    const dueAt = end !== undefined && isBefore(end, due) ? latest([end, row.dueAt]) : due;
    const now = { ...row, dueAt };
    await replan(anew, now, remindersAhead(anew, now, owed));
    if (!isAfter(dueAt, row.dueAt)) continue;
    const { people } = await addresseesOf(making, row, owed);
    told.push(...telling(people, { notice: 'deadline-extended', request: row.id, previousDueAt: row.dueAt }));
    moved.push({ request: row.id, due: dueAt, previousDue: row.dueAt });
  }
  return { told, moved };
}

/** The closed days of an institution, to be compared: none where it has none, or is not one. */
const closedDaysOf = (party: Party): string => hashOf('closedDays' in party ? (party.closedDays ?? []) : []);

/** When the working days are over that were left of a period, as they are counted now. What is overdue stays so. */
function dueOnWorkingDays({ dueAt }: RequestRow, before: Party, now: Party, at: string): string {
  if (!isAfter(dueAt, at)) return dueAt;
  const { timeZone } = now;
  const [today, due] = [dateIn(at, timeZone), dateIn(dueAt, timeZone)];
  const left = workingDaysBetween(today, due, before);
  // What is due on the day itself is due on the next, where that is closed.
  const closed = left === 0 && !isWorkingDay(due, now);
  const day = closed ? addWorkingDays(due, 1, now) : addWorkingDays(today, left, now);
  return day > due ? instantOf(day, OFFICE_CLOSES, timeZone) : dueAt;
}

/** The instant that an answer has to come before: of the first date that is proposed, or of the session that it is for. */
async function endOf({ tx, cooperation, at }: Making, row: RequestRow): Promise<string | undefined> {
  const { due, form }: Kind = kinds[row.kind];
  if (form === 'marks' && row.item !== null)
    return (await slotsOf(tx, cooperation.id, row.item, row.round))?.slots[0]?.startsAt;
  if (!('before' in due)) return undefined;
  return (await nextSession(tx, cooperation.id, at))?.startsAt ?? undefined;
}
