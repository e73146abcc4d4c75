import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { HeardChange, RecordedChange } from '../src/domain/change.ts';
import { type ChangeMessage, changeMessage } from '../src/domain/changeMessage.ts';
import { malformed } from '../src/domain/guard.ts';
import { institutionsOf, type Plan, type SessionOfPlan } from '../src/domain/programme/plan.ts';
import type { Refusal } from '../src/domain/refusal.ts';
import type { SheetCorrection } from '../src/domain/results/sheet.ts';
import { caseFile } from './activities.ts';
import { stepWorkflows } from './children.ts';
import { amendment } from './coordination.ts';
import { failure } from './desk/answering.ts';
import { aside, turns } from './desk/turns.ts';
import {
  type ChangeReceipt,
  changeUpdate,
  meetingChanged,
  pauseStep,
  planChanged,
  programmeAmended,
  resumeStep,
  SEARCH_ATTRIBUTES,
  sessionChanged,
} from './messages.ts';
import { amendmentScope, COORDINATION, sessionScope, sheetScope } from './scope.ts';
import { BEGINNING, type CooperationState } from './state.ts';
import { sheetCorrection } from './systematization.ts';
import { tellingOf } from './telling.ts';
import { temporalText } from './wording.ts';

/**
 * The course of a cooperation: which of its steps are under way, and what the Secretariat changes about it on the way.
 * A change is made in the case file first; then the steps concerned hear of it, and those people whom it concerns.
 */
export type Course = ReturnType<typeof openCourse>;

type Standing = 'paused' | 'cancelled';

type Opening = { show: (standing?: Standing) => void; state?: CooperationState | undefined };

/** Takes the changes of one cooperation. Call it before anything is awaited: it registers the message handlers. */
export function openCourse(filed: Plan, { show, state = BEGINNING }: Opening) {
  let plan = filed;
  const { cooperation, language } = filed;
  const sessions = plannedSessions(plan, state.notHeld);
  const beside: Promise<unknown>[] = [];
  const steps = new CancellationScope();
  let pausedAt = state.pausedAt;
  let over = state.over;
  const telling = tellingOf({ cooperation, language });
  const children = stepWorkflows({ plan: () => plan, pausedAt: () => pausedAt, state });
  const { run, begin, hasBegun, signal, signalAll } = children;
  const corrections = sheetCorrections(steps, begin);

  takeChanges(
    filed,
    () => over,
    async ({ change, kind }, made) => {
      if (state.made.includes(change)) return;
      await heard(kind)?.(made);
      if (made.approval) await approve(change);
      if (made.tells) telling.tell(change);
    },
  );

  /** What a change that was made means to the steps. */
  const hears: Hears<HeardChange> = {
    ...datesHeard(sessions, signal),
    pause: () => {
      pausedAt = new Date().toISOString();
      show('paused');
      return signalAll((step) => step.signal(pauseStep));
    },
    resume: () => {
      pausedAt = undefined;
      show();
      return signalAll((step) => step.signal(resumeStep));
    },
    cancel: () => {
      over = 'cancelled';
      show('cancelled');
      steps.cancel();
    },
    amend,
    ...corrections.hears,
  };
  const heard = (kind: string) => (Object.hasOwn(hears, kind) ? hears[kind as HeardChange] : undefined);

  /** The steps to come have the corrected plan, and those under way hear of it. */
  async function amend({ plan: corrected }: RecordedChange): Promise<void> {
    if (!corrected) return;
    plan = corrected;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.parties, value: institutionsOf(plan) }]);
    await signalAll((step) => step.signal(planChanged, plan));
  }

  /** What the ministries approve is another now: what is up for approval is replaced, or it is approved once more. */
  async function approve(change: number): Promise<void> {
    const approving = children.underWay().find((scope) => scope.approves);
    if (approving) return signal(approving.id, (step) => step.signal(programmeAmended));
    runBeside(() => run(amendment, amendmentScope(change), { change }));
  }

  /** Work beside the steps in their order, which the cooperation waits for before it ends. */
  function runBeside(work: () => Promise<unknown>): void {
    const going = steps.run(work);
    beside.push(going);
    aside(going);
  }

  return {
    /** The plan as it is now: it may be corrected at any time. */
    plan: () => plan,
    run,
    begin,
    runBeside,
    /** Tells one of the steps under way. */
    signal,
    paused: () => pausedAt !== undefined,
    /** Whether a workflow that is gone had begun with it. */
    hasBegun,
    /** The sessions as they are planned now, those added too, in their order. */
    sessions: sessions.ahead,
    /** Grows with every change of the sessions. */
    sessionsChanged: sessions.changed,
    /** Hears of sessions that are added from now on. */
    onSessionAdded: (begin: (session: SessionOfPlan) => Promise<unknown>): void =>
      sessions.onAdded((session) => runBeside(() => begin(session))),
    /** Takes the steps until they are through, or the cooperation is cancelled. */
    async take(work: () => Promise<void>): Promise<'accepted' | 'cancelled'> {
      for (const change of state.untold) telling.tell(change);
      if (over) return over;
      try {
        await steps.run(async () => {
          for (const change of state.approvals)
            runBeside(() => run(amendment, amendmentScope(change), { change }));
          for (const sheet of state.sheets ?? []) corrections.begin(sheet);
          await work();
          await Promise.all(beside);
        });
      } catch (error) {
        if (over !== 'cancelled' || !isCancellation(error)) throw error;
      }
      over ??= 'accepted';
      return over;
    },
    /** Before the cooperation's workflow returns: all messages dealt with, everyone told. */
    finish: (): Promise<void> =>
      condition(
        () => telling.underWay() === 0 && children.areOver(over === 'accepted') && allHandlersFinished(),
      ),
  };
}

/**
 * Takes the Update `change`: one after the other is made in the case file, and `made` does what it means to the steps. It
 * is refused at once when it cannot be made.
 */
function takeChanges(
  { cooperation, language }: Plan,
  over: () => CooperationState['over'],
  made: (message: ChangeMessage, recorded: RecordedChange) => Promise<void>,
): void {
  const inTurn = turns();

  function refusalOf(message: ChangeMessage): Refusal | null {
    const how = over();
    if (how) return { code: 'CooperationOver', cooperation, how };
    const mistaken = malformed(changeMessage, message);
    if (mistaken) return mistaken;
    const { kind, request } = message;
    return request === undefined ? null : { code: 'ChangeElsewhere', change: kind, goesTo: 'request' };
  }

  setHandler(
    changeUpdate,
    async (message: ChangeMessage): Promise<ChangeReceipt> => {
      const at = new Date().toISOString();
      const recorded = await inTurn(() =>
        caseFile(temporalText(language, 'changes')).recordChange({ cooperation, change: message.change, at }),
      );
      if (recorded.refusal) throw failure(recorded.refusal);
      await made(message, recorded);
      return { at };
    },
    {
      description:
        'Makes a change of people, sessions or the cooperation; refused at once when it cannot be made.',
      validator: (input) => {
        const refusal = refusalOf(input);
        if (refusal) throw failure(refusal);
      },
    },
  );
}

type Hears<Change extends HeardChange> = Readonly<
  Record<Change, (made: RecordedChange) => Promise<void> | void>
>;

/** What a change of the dates there are, of the coordination meeting and of sessions, means to those concerned. */
const datesHeard = (
  sessions: ReturnType<typeof plannedSessions>,
  signal: ReturnType<typeof stepWorkflows>['signal'],
): Hears<'reschedule' | 'cancel-session' | 'add-session' | 'reschedule-meeting' | 'cancel-meeting'> => ({
  reschedule: ({ session }) => {
    if (!session) return;
    sessions.move(session);
    return signal(sessionScope(session.number).id, (step) => step.signal(sessionChanged, datesOf(session)));
  },
  'cancel-session': ({ session }) => {
    if (!session) return;
    sessions.cancel(session.number);
    return signal(sessionScope(session.number).id, (step) =>
      step.signal(sessionChanged, { cancelled: true }),
    );
  },
  'add-session': ({ added }) => added && sessions.add(added),
  'reschedule-meeting': () => signal(COORDINATION.id, (step) => step.signal(meetingChanged, {})),
  'cancel-meeting': () => signal(COORDINATION.id, (step) => step.signal(meetingChanged, { cancelled: true })),
});

/**
 * Corrected sheets are written beside the rest; the cooperation does not wait for them, but ends them where it is cancelled.
 * Each can be called off.
 */
function sheetCorrections(steps: CancellationScope, beginStep: ReturnType<typeof stepWorkflows>['begin']) {
  const underWay = new Map<number, CancellationScope>();
  const begin = (sheet: SheetCorrection): void =>
    aside(
      steps.run(() => {
        const correction = new CancellationScope();
        underWay.set(sheet.change, correction);
        return correction.run(() => beginStep(sheetCorrection, sheetScope(sheet.change), sheet));
      }),
    );
  const hears: Hears<'correct-sheet' | 'cancel-sheet-correction'> = {
    'correct-sheet': ({ sheet }) => sheet && begin(sheet),
    'cancel-sheet-correction': ({ cancelledSheet = 0 }) => underWay.get(cancelledSheet)?.cancel(),
  };
  return { begin, hears };
}

type MovedSession = NonNullable<RecordedChange['session']>;

/** What the workflow of a session hears of its new date. */
const datesOf = ({ startsAt, endsAt, agendaAt, settlesAt }: MovedSession) => ({
  ...(startsAt && { startsAt }),
  ...(endsAt && { endsAt }),
  ...(agendaAt && { agendaAt }),
  ...(settlesAt && { settlesAt }),
});

/** The sessions of a cooperation as they are planned, moved, added and cancelled on the way. */
function plannedSessions(plan: Plan, cancelled: readonly number[]) {
  const planned: SessionOfPlan[] = [...plan.sessions];
  const notHeld = new Set(cancelled);
  let changes = 0;
  let begin: ((session: SessionOfPlan) => void) | undefined;
  return {
    ahead: () => planned.filter(({ number }) => !notHeld.has(number)),
    /** Grows with every change. */
    changed: () => changes,
    add(session: SessionOfPlan): void {
      changes++;
      if (begin) begin(session);
      else planned.push(session);
    },
    cancel(number: number): void {
      changes++;
      notHeld.add(number);
    },
    /** One that is not under way yet begins in time for its new date. */
    move({ number, startsAt, endsAt, opensAt, settlesAt }: MovedSession): void {
      changes++;
      const index = planned.findIndex((session) => session.number === number);
      if (index < 0 || !startsAt || !endsAt || !opensAt) return;
      planned[index] = { number, date: { startsAt, endsAt }, opensAt, ...(settlesAt && { settlesAt }) };
    },
    /** From now on one that is added begins at once. */
    onAdded(hears: (session: SessionOfPlan) => void): void {
      begin = hears;
    },
  };
}
