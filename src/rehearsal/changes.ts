import type { CaseView } from '../domain/caseView.ts';
import { CHANGE_KINDS, type ChangeKind, type GivenChange } from '../domain/change.ts';
import { addWorkingDays, dateIn, instantOf, timeIn } from '../domain/dates/dates.ts';
import { HOUR_MS } from '../domain/dates/durations.ts';
import { sessionScopeId } from '../domain/ids.ts';
import { secretariatAmong } from '../domain/people/party.ts';
import { secretariatZone } from './cast.ts';
import { instantFrom, type Moment, type ScenarioChange } from './scenario.ts';

/** A change of a scenario as it is given. `read` gives the text of a file that the scenario names. */
export function scenarioChange(
  entry: ScenarioChange,
  timeZone: string,
  read: (file: string) => string,
): GivenChange {
  const kind = CHANGE_KINDS.find((one) => entry[one] !== undefined) as ChangeKind;
  return {
    what: { change: kind, ...fieldsOf(entry, kind, timeZone, read) } as GivenChange['what'],
    reason: entry.reason,
    ...(entry.by !== undefined && { by: entry.by }),
  };
}

/** The keys are those of the change, but for times, which are on a clock, and what is a file of its own. */
function fieldsOf(
  entry: ScenarioChange,
  kind: ChangeKind,
  timeZone: string,
  read: (file: string) => string,
): object {
  const { amend } = entry;
  const moved = entry.reschedule ?? entry['reschedule-meeting'];
  if (moved) {
    const { starts, ...rest } = moved;
    return { ...rest, ...(starts !== undefined && { startsAt: instantFrom(starts, timeZone) }) };
  }
  if (amend) return { programme: read(amend.programme) };
  if (kind === 'add-session') return { as: entry[kind] };
  const fields = entry[kind];
  return typeof fields === 'object' ? fields : {};
}

/**
 * The instant (ISO 8601, UTC) of a moment, or `undefined` as long as what it is counted from is not known: a session
 * without a date, a request that nobody has opened.
 */
export function instantOfMoment(moment: Moment, view: CaseView): string | undefined {
  const timeZone = secretariatZone(view);
  if (typeof moment === 'string') return instantFrom(moment, timeZone);
  const { before, after, days, hours } = moment;
  const from = anchor(before ?? after ?? '', before === undefined ? 'after' : 'before', view);
  if (from === undefined) return undefined;
  const direction = before === undefined ? 1 : -1;
  if (hours !== undefined) return new Date(Date.parse(from) + direction * hours * HOUR_MS).toISOString();
  const secretariat = secretariatAmong(view.programme.institutions);
  const date = addWorkingDays(dateIn(from, timeZone), direction * (days ?? 0), secretariat);
  return instantOf(date, timeIn(from, timeZone), timeZone);
}

function anchor(name: string, side: 'before' | 'after', view: CaseView): string | undefined {
  if (name === 'coordination') {
    return side === 'before' ? view.meeting.startsAt : view.meeting.endsAt;
  }
  const session = view.sessions.find(({ number }) => sessionScopeId(number) === name);
  if (session) return (side === 'before' ? session.startsAt : session.endsAt) ?? undefined;
  const request = view.requests.find(({ id }) => id === name);
  return side === 'before' ? request?.dueAt : request?.openedAt;
}
