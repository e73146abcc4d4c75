import type { Subject } from '../src/domain/answer.ts';
import { CONSULTANT } from '../src/domain/methodology.ts';
import { ministriesOf, secretariatOf } from '../src/domain/programme/plan.ts';
import type { SheetCorrection } from '../src/domain/results/sheet.ts';
import { activities } from './activities.ts';
import { aside } from './desk/turns.ts';
import { SYSTEMATIZATION, sheetScope } from './scope.ts';
import { type OpenStep, openStep, type StepInput } from './step.ts';
import { submittedSubject } from './submittedSubject.ts';

/**
 * Step 4, the systematization sheet: the consultant writes what of the providing side's experience the requesting
 * side can use; both ministries review it, in as many rounds as it takes; then it is published.
 */
export async function systematization(input: StepInput): Promise<void> {
  let drafting = false;
  // A correction of the programme may name the consultant: then nobody is asked for the name any more.
  const step = openStep(input, SYSTEMATIZATION, {
    replanned: () => {
      if (step.plan().consultantNamed && !drafting) aside(step.supersede());
    },
  });

  const { cooperation } = step;
  await step.take(async () => {
    if (!step.plan().consultantNamed)
      await step.ask({ kind: 'name-consultant', of: [secretariatOf(step.plan())] });
    drafting = true;
    const sheet = await approvedSheet(step, { drafter: CONSULTANT, version: 1 });
    await activities(step.say('publishes')).publishSheet({ cooperation, sheet });
  });
  await step.finish();
}

/**
 * A sheet that was published had to be corrected: it is written and reviewed anew beside the rest, also when the cooperation
 * is over, and published in the place of the one before.
 */
export async function sheetCorrection(input: StepInput & SheetCorrection): Promise<void> {
  const { change } = input;
  const step = openStep(input, sheetScope(change));
  const { cooperation } = step;
  await step.take(async () => {
    const sheet = await approvedSheet(step, input);
    await activities(step.say('publishes')).publishSheet({ cooperation, sheet, change });
  });
  await step.finish();
}

/** Versions of the sheet, from one on, are written and reviewed until both ministries approve one. */
async function approvedSheet(
  step: OpenStep,
  { drafter, version }: Pick<SheetCorrection, 'drafter' | 'version'>,
): Promise<Subject> {
  for (let round = 1; ; round++) {
    const item = version + round - 1;
    const draft = await step.ask({ kind: 'draft-sheet', of: [drafter], item, round });
    const sheet = submittedSubject(draft, `sheet-v${item}`);
    if (!sheet) continue;
    const of = ministriesOf(step.plan());
    const review = await step.ask({ kind: 'review-sheet', of, about: sheet, item, round });
    if (review.approved) return sheet;
  }
}
