import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { type Plan, secretariatOf } from '../src/domain/plan.ts';
import { directionOf } from '../src/words/parties.ts';
import { making } from './activities.ts';
import type { DeskOptions } from './desk/bench.ts';
import { openDesk } from './desk/desk.ts';
import type { Scope } from './scope.ts';
import { temporalText, type Words } from './wording.ts';

/**
 * What a step is started with. The plan is corrected while the step is under way, so a step asks for it when it needs it,
 * by `step.plan()`, and keeps no part of this one.
 */
export type StepInput = {
  plan: Plan;
  /** Since when the cooperation is paused (ISO 8601, UTC), where it is. */
  pausedAt?: string | undefined;
  /** How often the Secretariat was asked to have trouble mended, by a workflow that is gone. */
  troubles?: number | undefined;
};

/** What every workflow of the methodology starts with: its request desk, and the words staff read. */
export type OpenStep = ReturnType<typeof openStep>;

type StepOptions = { note?: () => string } & Pick<DeskOptions, 'state' | 'heard' | 'replanned'>;

/**
 * Opens the desk of one workflow. `note` (Markdown, read anew each time) stands above the table of what it waits on.
 */
export function openStep(
  { plan, pausedAt, troubles = 0 }: StepInput,
  scope: Scope,
  { note = () => '', state, heard, replanned }: StepOptions = {},
) {
  const title = scope.title(plan.language);
  const heading = () =>
    [`**${title}** · ${directionOf(desk.plan().parties, plan.language)}`, note()].filter(Boolean).join(' · ');
  const desk = openDesk(plan, scope.id, { heading, pausedAt, state, heard, replanned });

  /**
   * Makes a document. Technical trouble that outlasts its retries does not fail months of work: the Secretariat
   * is asked to have it mended, and it is tried again.
   */
  async function made<T>(make: (activities: ReturnType<typeof making>) => Promise<T>): Promise<T> {
    if (troubles > 0) await resolved(troubles);
    for (;;) {
      try {
        return await make(making(temporalText(plan.language, 'programme')));
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        const why = error.cause instanceof ApplicationFailure ? error.cause.type : 'timeout';
        await resolved(++troubles, `${error.activityType}: ${why}`);
      }
    }
  }

  const resolved = (round: number, trouble?: string) =>
    desk.ask({ kind: 'resolve-trouble', of: [secretariatOf(desk.plan())], round, trouble });

  return {
    ...desk,
    /** The cooperation's code. */
    cooperation: plan.cooperation,
    title,
    made,
    say: (phrase: Parameters<typeof temporalText>[1], words?: Words) =>
      temporalText(plan.language, phrase, words),
  };
}
