import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { STEPS, type Step } from '../src/domain/methodology.ts';
import { type Plan, secretariatOf } from '../src/domain/plan.ts';
import { sessionTitle, stepLabel } from '../src/words/labels.ts';
import { making } from './outside.ts';
import { type DeskOptions, openDesk } from './request.ts';
import { say, type Words } from './wording.ts';

/** What every workflow of the methodology starts with: its request desk, and the words staff read. */
export type OpenStep = ReturnType<typeof openStep>;

type StepOptions = { title?: string; note?: () => string } & Pick<
  DeskOptions,
  'state' | 'heard' | 'replanned'
>;

/**
 * Opens the desk of one workflow. `scope` is the end of its workflow id; `title` and `note` (Markdown, read anew
 * each time) stand above the table of what it waits on.
 */
export function openStep(
  plan: Plan,
  scope: string,
  { title = titleOf(plan, scope), note = () => '', state, heard, replanned }: StepOptions = {},
) {
  const heading = () => [`**${title}** · ${plan.pairing}`, note()].filter(Boolean).join(' · ');
  const desk = openDesk(plan, scope, { heading, state, heard, replanned });
  let troubles = 0;

  /**
   * Makes a document. Technical trouble that outlasts its retries does not fail months of work: the Secretariat
   * is asked to have it mended, and it is tried again.
   */
  async function made<T>(make: (activities: ReturnType<typeof making>) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await make(making(say(plan.language, 'programme')));
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        const trouble = `${error.activityType}: ${error.cause instanceof ApplicationFailure ? error.cause.type : 'timeout'}`;
        await desk.ask({ kind: 'resolve-trouble', of: [secretariatOf(plan)], round: ++troubles, trouble });
      }
    }
  }

  return {
    ...desk,
    title,
    made,
    say: (phrase: Parameters<typeof say>[1], words?: Words) => say(plan.language, phrase, words),
  };
}

/** The title of a step: "Reunión de coordinación", "2.ª sesión". */
export function titleOf({ language }: Plan, scope: string): string {
  const session = /^session-(\d+)$/.exec(scope);
  if (session) return sessionTitle(Number(session[1]), language);
  if (scope.startsWith('amendment-')) return say(language, 'amendment');
  return stepLabel(STEPS.find((step): step is Step => step === scope) ?? 'coordination', language);
}
