import { CONSULTANT } from '../src/domain/methodology.ts';
import { ministriesOf, secretariatOf } from '../src/domain/programme/plan.ts';
import { activities } from './activities.ts';
import { aside } from './desk/turns.ts';
import { SYSTEMATIZATION } from './scope.ts';
import { openStep, type StepInput } from './step.ts';
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

    for (let version = 1; ; version++) {
      const draft = await step.ask({
        kind: 'draft-sheet',
        of: [CONSULTANT],
        item: version,
        round: version,
      });
      const sheet = submittedSubject(draft, `sheet-v${version}`);
      if (!sheet) continue;
      const review = await step.ask({
        kind: 'review-sheet',
        of: ministriesOf(step.plan()),
        about: sheet,
        item: version,
        round: version,
      });
      if (review.approved) {
        await activities(step.say('publishes')).publishSheet({ cooperation, sheet });
        return;
      }
    }
  });
  await step.finish();
}
