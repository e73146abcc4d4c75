import { log, setHandler } from '@temporalio/workflow';
import { malformed } from '../src/domain/guard.ts';
import type { RanOut } from '../src/domain/kinds/kind.ts';
import { ministriesOf, type Plan, type SessionOfPlan, secretariatOf } from '../src/domain/programme/plan.ts';
import { suiting } from '../src/domain/request.ts';
import type { SessionState } from '../src/domain/sessionState.ts';
import { fullPeriod } from '../src/words/dates/fullDates.ts';
import { activities, caseFile } from './activities.ts';
import type { RequestOutcome } from './desk/heldRequest.ts';
import { programmeApproved, sessionChange, sessionChanged } from './messages.ts';
import { sessionScope } from './scope.ts';
import { type OpenStep, openStep, type StepInput } from './step.ts';
import { onClockOf } from './wording.ts';

type SessionInput = StepInput & {
  session: SessionOfPlan;
  state?: SessionState | undefined;
  /** It is begun before its programme is approved, because its date comes. */
  unapproved?: boolean | undefined;
};

/**
 * Step 3, one cooperation session: from a window to a date, to invitations and agenda, to the session held with
 * its minutes, attendance and outputs. A session that was not held gets a new date and is asked for again; one that the
 * Secretariat moves or cancels goes on from there.
 */
export async function session(input: SessionInput): Promise<void> {
  const { session, state = { round: 1, polls: 0, records: 0, date: session.date?.startsAt } } = input;
  const { number } = session;
  let { date, records } = state;
  let times: { endsAt: string; agendaAt?: string } = { endsAt: '' };
  let changes = 0;
  let invited = false;
  let { settlesAt } = session;
  let cancelled = false;
  /** Why the Secretariat is asked about its date first. */
  let unsettled = unsettledAt(input);
  const polls = { held: state.polls };
  const step = openStep(input, sessionScope(number), {
    note: () =>
      cancelled
        ? step.say('cancelled')
        : date
          ? step.say('date', { what: onClockOf(step.plan(), secretariatOf(step.plan()), date) })
          : step.say('window', { what: windowOf(session, step.plan()) }),
  });
  const { cooperation } = step;
  setHandler(sessionChanged, async (change) => {
    const mistaken = malformed(sessionChange, change);
    if (mistaken) return log.warn('session change ignored', { code: mistaken.code });
    const { startsAt, endsAt, agendaAt, ...now } = change;
    settlesAt = now.settlesAt ?? settlesAt;
    const elsewhen = startsAt !== undefined && startsAt !== date;
    changes++;
    cancelled = now.cancelled ?? cancelled;
    date = startsAt ?? date;
    if (elsewhen && unsettled === 'past') unsettled = undefined;
    if (endsAt) times = { endsAt, ...(agendaAt && { agendaAt }) };
    // Whatever is asked about the date there was is not asked any more.
    if (elsewhen || cancelled) await step.supersede();
  });

  setHandler(programmeApproved, async () => {
    if (unsettled !== 'unapproved') return;
    unsettled = undefined;
    // What is done about it needs no answer any more.
    if (!invited) await step.supersede();
  });

  /**
   * Until the programme is approved, the Secretariat is asked before its date comes; whatever it says, it goes on. Of a date
   * that had passed when the cooperation was entered it is asked at once.
   */
  async function settled(): Promise<void> {
    for (let asked = 1; unsettled && !cancelled; ) {
      const before = changes;
      const changed = () => !unsettled || changes !== before;
      if (settlesAt && unsettled === 'unapproved') await step.waitUntil(settlesAt, step.title, changed);
      if (changed()) continue;
      const { lapsed, answers } = await step.ask({
        ...{ kind: 'settle-session', of: [secretariatOf(step.plan())], item: number, round: asked++ },
        ...(unsettled === 'past' && { windowRanOut: 'entered' }),
      });
      if (lapsed) continue;
      for (const answer of answers) if (answer.decision === 'date') date = answer.startsAt;
      return;
    }
  }

  /** From the invitation to the record, once more for each time the session is moved; nothing once it is cancelled. */
  async function held(round: number): Promise<RequestOutcome | undefined> {
    while (!cancelled) {
      const before = changes;
      const moved = () => changes !== before;
      if (times.agendaAt) {
        await step.waitUntil(times.agendaAt, step.say('agenda'), moved);
        if (!moved())
          await activities(step.say('agenda')).sendAgenda({ cooperation, session: number, round });
      }
      if (!moved()) await step.waitUntil(times.endsAt, step.title, moved);
      if (moved()) continue;
      const of = [secretariatOf(step.plan())];
      const record = await step.ask({ kind: 'record-session', of, item: number, round: ++records });
      if (!record.lapsed) return record;
    }
    return undefined;
  }

  await step.take(async (again) => {
    const from = again ? await standing(step, number) : state;
    if (again) ({ records, date = undefined, polls: polls.held } = from);
    else await settled();
    for (let { round } = from; !cancelled; round++) {
      while (!date && !cancelled) date = (await agreedDate(step, session, polls)) ?? date;
      // Where it was moved while the cooperation is paused, people are invited when that is over.
      await step.unpaused(() => cancelled);
      if (cancelled) break;

      const before = changes;
      invited = true;
      const invitation = await activities(step.say('invites')).invite({
        cooperation,
        session: number,
        round,
      });
      if (changes === before) times = invitation;

      const record = await held(round);
      if (record?.answers.every(({ decision }) => decision === 'done')) {
        await activities(step.say('announces')).announceSession({ cooperation, session: number });
        break;
      }
      date = undefined;
    }
  });
  await step.finish();
}

/** Its date had passed when the cooperation was entered, or comes before the programme is approved. */
function unsettledAt({ session, state, unapproved }: SessionInput): 'past' | 'unapproved' | undefined {
  const date = state ? state.date : session.date?.startsAt;
  if (session.past && date !== undefined) return 'past';
  return unapproved ? 'unapproved' : undefined;
}

/** Where a session stands by the case file, once an answer was annulled. */
const standing = (step: OpenStep, session: number): Promise<SessionState> =>
  step.inTurn(() => caseFile(step.say('reads')).sessionStands({ cooperation: step.cooperation, session }));

/**
 * Both ministries say which slots suit; the Secretariat confirms the best of them, or another date in the window, or asks
 * for others. Where none suits everyone, others are proposed. When the window is over, or has no more dates, all are
 * told, and the Secretariat finds one; by itself, where the window had passed when the cooperation was entered. Nothing
 * where the session was moved or cancelled meanwhile.
 */
async function agreedDate(
  step: OpenStep,
  { number, past }: SessionOfPlan,
  polls: { held: number },
): Promise<string | undefined> {
  const { cooperation } = step;
  for (;;) {
    const round = ++polls.held;
    const { subject, slots, until } = await step.inTurn(() =>
      caseFile(step.say('slots')).proposeSlots({
        cooperation,
        session: number,
        round,
        now: new Date().toISOString(),
      }),
    );
    const about = { about: subject, item: number, round };
    let ranOut: RanOut | undefined;
    // Without an instant until which it may be asked, its window was over before.
    if (slots.length === 0) ranOut = until !== undefined ? 'no-dates' : past ? 'entered' : 'time';
    else {
      const poll = await step.ask({
        kind: 'choose-date',
        of: ministriesOf(step.plan()),
        ...about,
        until,
      });
      if (poll.lapsed === 'superseded') return undefined;
      if (poll.lapsed === 'window-ran-out') ranOut = 'time';
      else if (suiting(slots, poll.answers).length === 0) continue;
    }
    if (ranOut && ranOut !== 'entered')
      await activities(step.say('ranOut')).announceWindowRanOut({
        cooperation,
        session: number,
        round,
        why: ranOut,
      });
    const confirmed = await step.ask({
      kind: 'confirm-date',
      of: [secretariatOf(step.plan())],
      ...about,
      ...(ranOut && { windowRanOut: ranOut }),
    });
    if (confirmed.lapsed) return undefined;
    const [date] = confirmed.answers.flatMap((answer) =>
      answer.decision === 'date' ? [answer.startsAt] : [],
    );
    if (date) return date;
  }
}

/** "16–31 ago 2021". */
const windowOf = ({ window }: SessionOfPlan, { language }: Plan): string =>
  window ? fullPeriod(window, language) : '';
