import type { ChangeOf } from '../../domain/change.ts';
import { addWorkingDays, dateIn, instantOf } from '../../domain/dates/dates.ts';
import { dueInstant, instantsOf, OFFICE_CLOSES, remindersOf } from '../../domain/dates/deadlines.ts';
import { kinds } from '../../domain/kinds/index.ts';
import { ITEMS, type Kind } from '../../domain/kinds/kind.ts';
import type { Telling } from '../../domain/mails/notice.ts';
import type { Party } from '../../domain/people/party.ts';
import { groupOf, type Plan } from '../../domain/programme/plan.ts';
import { refused } from '../../domain/refusal.ts';
import { changed, endingOf, owing, type RequestState, refuseChange } from '../../domain/request.ts';
import { isSpared, reportTurns } from '../../domain/turns.ts';
import { openRequestsOf, requestsOf } from '../cooperations.ts';
import { json } from '../database/database.ts';
import type { RequestRow } from '../database/schema.ts';
import { withdrawMailsTo } from '../mails/mails.ts';
import { answerersOf } from '../people.ts';
import { answersTo, closeIfSettled, findRequest, requestState } from '../requests.ts';
import {
  addresseesOf,
  type ChangeOutcome,
  entryOf,
  isAfter,
  latest,
  type Makers,
  type Making,
  orRefuse,
  partiesWith,
  telling,
} from './making.ts';

/** Changes of one request: more time, another party, doing without a party's answer. */

/** A due date that leaves whoever is asked now fewer working days than this is set anew. */
const ENOUGH_DAYS = 3;
const NEW_DAYS = 5;

async function extend(making: Making, { request, due }: ChangeOf<'extend'>): Promise<ChangeOutcome> {
  const { row, state } = await openRequest(making, request);
  const owed = owing(state);
  const closings = partiesWith(making, owed).map(({ timeZone }) => instantOf(due, OFFICE_CLOSES, timeZone));
  const dueAt = latest(closings.length > 0 ? closings : [row.dueAt]);
  orRefuse(refuseChange(state, { change: 'extend', dueAt }, making.at));
  const now = { ...row, dueAt };
  const effects = await replan(making, now, remindersAhead(making, now, owed));
  const { people, entries } = await addresseesOf(making, row, owed);
  return {
    effects: { request: effects },
    told: telling(people, { notice: 'deadline-extended', request, previousDueAt: row.dueAt }),
    programmeChanges: [],
    entries: [
      entryOf(making, 'request-extended', { request, due: dueAt, previousDue: row.dueAt }),
      ...entries,
    ],
  };
}

async function reassign(making: Making, { request, from, to }: ChangeOf<'reassign'>): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  const { row, state } = await openRequest(making, request);
  const change = { change: 'reassign', from, to } as const;
  orRefuse(refuseChange(state, change, at));
  const [party] = partiesWith(making, [to]);
  if (!party || (await answerersOf(tx, cooperation.id, [to])).length === 0)
    return refused({ code: 'NobodyAnswers', party: to, parties: await answering(making) });
  if ((await otherHandsOf(making, row)).includes(to)) return refused({ code: 'VouchesForItself', party: to });
  const released = await addresseesOf(making, row, [from]);
  for (const { id } of released.people) await withdrawMailsTo(tx, cooperation.id, id, request);

  const dueAt = stillDue(row.dueAt, party, at);
  const next = changed(state, change);
  const now = { ...row, parties: [...next.of], dueAt };
  // Whoever is asked only now is left in peace for as long as after any other request.
  const effects = await replan(making, now, remindersAhead(making, { ...now, openedAt: at }, owing(next)));
  if (ITEMS[kinds[row.kind].about] === 'question' && row.item !== null)
    await tx
      .updateTable('question')
      .set({ toParty: to })
      .where('cooperation', '=', cooperation.id)
      .where('number', '=', row.item)
      .execute();
  const asked = await addresseesOf(making, now, [to]);
  return {
    effects: { request: effects },
    told: [
      ...telling(asked.people, { notice: 'request', request, how: 'reassigned', from }),
      ...telling(released.people, { notice: 'request-released', request, how: 'reassigned', to }),
    ],
    programmeChanges: [],
    entries: [
      entryOf(making, 'request-reassigned', { request, from, to, due: dueAt }),
      ...released.entries,
      ...asked.entries,
    ],
  };
}

/** Of the programme's translation: who vouches for what is asked here, or who made what is to be vouched for. */
async function otherHandsOf({ tx, cooperation }: Making, { kind }: RequestRow): Promise<string[]> {
  const { id, programme } = cooperation;
  if (kind === 'translate-programme') return programme.translation ? [programme.translation.vouchedBy] : [];
  if (kind !== 'vouch-translation') return [];
  const translated = (await requestsOf(tx, id)).filter((one) => one.kind === 'translate-programme');
  return (await answersTo(tx, id))
    .filter(({ request }) => translated.some((one) => one.id === request))
    .map(({ party }) => party);
}

async function waive(making: Making, { request, party }: ChangeOf<'waive'>): Promise<ChangeOutcome> {
  const { tx, cooperation, at } = making;
  const { row, state } = await openRequest(making, request);
  const change = { change: 'waive', party } as const;
  orRefuse(refuseChange({ ...state, spared: await spared(making, row) }, change, at));
  const { people, entries } = await addresseesOf(making, row, [party]);
  for (const { id } of people) await withdrawMailsTo(tx, cooperation.id, id, request);
  const next = changed(state, change);
  const now = { ...row, waived: [...(next.waived ?? [])] };
  const ahead = row.reminders.filter((one) => isAfter(one, at));
  const effects = await replan(making, now, ahead);
  const closed = await closeIfSettled(tx, now, await answersTo(tx, cooperation.id, request), at);
  return {
    effects: { request: effects },
    told: telling(people, { notice: 'request-released', request, how: 'waived' }),
    programmeChanges: [],
    entries: [entryOf(making, 'request-waived', { request, party }), ...entries, ...closed],
  };
}

/** Whether another writes the same report in turn, so that one may be done without. */
async function spared({ tx, cooperation }: Making, row: RequestRow): Promise<boolean> {
  const answers = await answersTo(tx, cooperation.id);
  const changes = await tx
    .selectFrom('change')
    .select('what')
    .where('cooperation', '=', cooperation.id)
    .where('madeAt', 'is not', null)
    .execute();
  const reassigned = changes.flatMap(({ what }) => (what.change === 'reassign' ? [what] : []));
  const asked = (await requestsOf(tx, cooperation.id)).map((one) => ({
    ...one,
    answers: answers.filter(({ request }) => request === one.id),
    replaced: reassigned.filter(({ request }) => request === one.id).map(({ from }) => from),
  }));
  return isSpared(reportTurns(cooperation.plan, asked, row), row.parties);
}

/**
 * What is open and asked of several is asked of those, too, who join them by a corrected plan. Whoever is asked only now
 * has as much time as after any other request.
 */
export async function askNewcomers(
  making: Making,
  corrected: Plan,
): Promise<{ told: Telling[]; requests: string[] }> {
  const { tx, at } = making;
  const joined: Making = { ...making, cooperation: { ...making.cooperation, plan: corrected } };
  const told: Telling[] = [];
  const requests: string[] = [];
  for (const row of await openRequestsOf(tx, making.cooperation.id)) {
    const kind: Kind = kinds[row.kind];
    const before = kind.asks ? groupOf(making.cooperation.plan, kind.asks) : [];
    const newcomers = kind.asks
      ? groupOf(corrected, kind.asks).filter(
          (party) => !before.includes(party) && !row.parties.includes(party),
        )
      : [];
    if (newcomers.length === 0) continue;
    const dueAt = latest(partiesWith(joined, newcomers).map((party) => stillDue(row.dueAt, party, at)));
    const now = { ...row, parties: [...row.parties, ...newcomers], dueAt };
    const state = { ...(await requestState(tx, now)), of: now.parties };
    await replan(joined, now, remindersAhead(joined, { ...now, openedAt: at }, owing(state)));
    const { people } = await addresseesOf(joined, now, newcomers);
    told.push(...telling(people, { notice: 'request', request: row.id, how: 'joined' }));
    requests.push(row.id);
  }
  return { told, requests };
}

/** When something is due of a party that is asked only now. */
export function stillDue(dueAt: string, party: Party, at: string): string {
  const { timeZone } = party;
  const enough = addWorkingDays(dateIn(at, timeZone), ENOUGH_DAYS, party);
  return dateIn(dueAt, timeZone) >= enough
    ? dueAt
    : dueInstant({ due: { days: NEW_DAYS, from: 'asked' }, askedAt: at, ...party });
}

/** @throws Refused `RequestUnknown`, `RequestClosed` */
export async function openRequest(
  { tx, cooperation }: Making,
  id: string,
): Promise<{ row: RequestRow; state: RequestState }> {
  const row = await findRequest(tx, cooperation.id, id);
  if (!row) return refused({ code: 'RequestUnknown', request: id });
  const state = await requestState(tx, row);
  const how = endingOf(state) ?? (row.closedAt ? 'answered' : undefined);
  if (how) return refused({ code: 'RequestClosed', request: id, how });
  return { row, state };
}

/** The reminders still to come of a request, each party's on the clock of its own capital. */
export const remindersAhead = (
  making: Making,
  { openedAt, dueAt }: Pick<RequestRow, 'openedAt' | 'dueAt'>,
  owed: readonly string[],
): string[] => instantsOf(remindersOf(partiesWith(making, owed), { openedAt, dueAt, now: making.at }));

/** Plans a request anew: of whom it is asked, by when, and when those are reminded. */
export async function replan({ tx, cooperation }: Making, now: RequestRow, reminders: string[]) {
  const { id, dueAt, parties, waived } = now;
  await tx
    .updateTable('request')
    .set({ dueAt, parties: json(parties), waived: json(waived), reminders: json(reminders) })
    .where('cooperation', '=', cooperation.id)
    .where('id', '=', id)
    .execute();
  return { dueAt, reminders, of: parties, waived };
}

/** The codes of the parties that have people. */
async function answering({ tx, cooperation }: Making): Promise<string[]> {
  const codes = cooperation.plan.parties.map(({ code }) => code);
  const people = await answerersOf(tx, cooperation.id, codes);
  return codes.filter((code) => people.some(({ party }) => party === code));
}

export const requestChanges = {
  extend,
  reassign,
  waive,
} satisfies Partial<Makers>;
