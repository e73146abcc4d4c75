import { ministriesOf, type Plan, secretariatOf } from '../src/domain/plan.ts';
import { outside } from './outside.ts';
import { openStep } from './step.ts';

/**
 * Step 1, the coordination meeting: the parties and the Secretariat agree what the sessions will hold.
 * Done when both ministries have approved the programme; each request for changes opens a round on a new version.
 */
export async function coordination({ plan }: { plan: Plan }): Promise<void> {
  const { cooperation } = plan;
  const step = openStep(plan, 'coordination');
  const ministries = ministriesOf(plan);
  const secretariat = secretariatOf(plan);

  await step.waitUntil(plan.coordinationEndsAt, step.title);
  await step.ask({ kind: 'confirm-coordination', of: [secretariat] });

  for (let round = 1; ; round++) {
    const programme = await step.made((make) =>
      make.draftProgramme({ cooperation, cause: `coordination.${round}` }),
    );
    const review = await step.ask({
      kind: 'approve-programme',
      of: ministries,
      about: programme,
      item: round,
      round,
    });
    if (review.approved) {
      await outside(step.say('issues')).issueProgramme({ cooperation, programme });
      break;
    }
    await step.ask({ kind: 'revise-programme', of: [secretariat], round, reasons: review.reasons });
  }
  await step.finish();
}
