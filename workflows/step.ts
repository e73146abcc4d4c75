import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { CancellationScope } from '@temporalio/workflow';
import { type Plan, secretariatOf } from '../src/domain/programme/plan.ts';
import { directionOf } from '../src/words/names/parties.ts';
import { making } from './activities.ts';
import type { DeskOptions } from './desk/bench.ts';
import { openDesk } from './desk/desk.ts';
import type { RequestOutcome } from './desk/heldRequest.ts';
import { aside } from './desk/turns.ts';
import type { Scope } from './scope.ts';
import { temporalText, type Words } from './wording.ts';

/** The troubles that a workflow asked the Secretariat to have mended, by their rounds. */
export type Troubles = {
  /** How many there were. */
  asked: number;
  /** The last that kept a document from being made; 0 for none. */
  making: number;
  /** Those that hold up nothing, and are waited on. */
  beside: readonly number[];
  /** Whom mail does not reach, where the Secretariat has not been asked: who was to ask was ended. */
  unasked: readonly string[];
};

/**
 * What a step is started with. The plan is corrected while the step is under way, so a step asks for it when it needs it,
 * by `step.plan()`, and keeps no part of this one.
 */
export type StepInput = {
  plan: Plan;
  /** Since when the cooperation is paused (ISO 8601, UTC), where it is. */
  pausedAt?: string | undefined;
  /** What the Secretariat was asked to have mended, by a workflow that is gone or the run before. */
  troubles?: Troubles | undefined;
};

/** What every workflow of the methodology starts with: its request desk, and the words staff read. */
export type OpenStep = ReturnType<typeof openStep>;

type StepOptions = { note?: () => string } & Pick<
  DeskOptions,
  'state' | 'heard' | 'replanned' | 'undone' | 'people' | 'changed'
>;

/**
 * Opens the desk of one workflow. `note` (Markdown, read anew each time) stands above the table of what it waits on.
 */
export function openStep(
  { plan, pausedAt, troubles = { asked: 0, making: 0, beside: [], unasked: [] } }: StepInput,
  scope: Scope,
  { note = () => '', state, heard, replanned, undone, people, changed }: StepOptions = {},
) {
  const title = scope.title(plan.language);
  const heading = () =>
    [`**${title}** · ${directionOf(desk.plan().parties, plan.language)}`, note()].filter(Boolean).join(' · ');
  const desk = openDesk(plan, scope.id, {
    heading,
    pausedAt,
    state,
    heard,
    replanned,
    people,
    changed,
    undone: undone ?? takeAgain,
    troubled,
  });
  let { asked, making: mending } = troubles;
  const beside = CancellationScope.current();
  let course: CancellationScope | undefined;
  let annulled = false;
  // A run before has handed over what is open.
  if (!state) for (const round of troubles.beside) aside(resolved(round));
  troubled(troubles.unasked);

  /**
   * Makes a document. Technical trouble that outlasts its retries does not fail months of work: the Secretariat
   * is asked to have it mended, and it is tried again.
   */
  async function made<T>(make: (activities: ReturnType<typeof making>) => Promise<T>): Promise<T> {
    if (mending > 0) await resolved(mending);
    mending = 0;
    for (;;) {
      try {
        return await make(making(temporalText(plan.language, 'programme')));
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        const why = error.cause instanceof ApplicationFailure ? error.cause.type : 'timeout';
        mending = ++asked;
        await resolved(mending, `${error.activityType}: ${why}`);
        mending = 0;
      }
    }
  }

  function resolved(round: number, trouble?: string): Promise<RequestOutcome> {
    return desk.ask({ kind: 'resolve-trouble', of: [secretariatOf(desk.plan())], round, trouble });
  }

  /** Whom mail does not reach is seen to beside what goes on. */
  function troubled(unreached: readonly string[]): void {
    for (const trouble of unreached) {
      const round = ++asked;
      aside(beside.run(() => resolved(round, trouble)));
    }
  }

  /**
   * Takes the step from its first line to its last; from the first again where an answer that was used is annulled: what
   * stands returns at once, as when a workflow that is gone is begun anew, and what does not is asked anew.
   */
  async function take(work: (again: boolean) => Promise<void>): Promise<void> {
    for (;;) {
      const again = annulled;
      annulled = false;
      course = new CancellationScope();
      try {
        await course.run(() => work(again));
      } catch (error) {
        // What was under way ends with whatever it came to.
        if (!annulled) throw error;
      }
      if (!annulled) return;
    }
  }

  function takeAgain(): void {
    annulled = true;
    course?.cancel();
  }

  return {
    ...desk,
    take,
    /** Before a workflow returns: what it asked for beside the rest is asked no more, and every message dealt with. */
    finish: async (): Promise<void> => {
      await desk.supersede();
      await desk.finish();
    },
    /** Before it continues as new. */
    settle: desk.finish,
    /** For the next run of a workflow that continues as new. */
    troubles: (): Troubles => ({ asked, making: 0, beside: [], unasked: [] }),
    /** The cooperation's code. */
    cooperation: plan.cooperation,
    title,
    made,
    say: (phrase: Parameters<typeof temporalText>[1], words?: Words) =>
      temporalText(plan.language, phrase, words),
  };
}
