import { setHandler } from '@temporalio/workflow';
import { ministriesOf, type Plan, secretariatOf } from '../src/domain/plan.ts';
import { programmeAmended } from './messages.ts';
import { outside } from './outside.ts';
import { type OpenStep, openStep } from './step.ts';

/**
 * Step 1, the coordination meeting: the parties and the Secretariat agree what the sessions will hold.
 * Done when both ministries have approved the programme.
 */
export async function coordination({ plan }: { plan: Plan }): Promise<void> {
  const step = openStep(plan, 'coordination');

  await step.waitUntil(plan.coordinationEndsAt, step.title);
  await step.ask({ kind: 'confirm-coordination', of: [secretariatOf(plan)] });
  await approvedProgramme(step, plan, 'coordination');
  await step.finish();
}

/**
 * The programme was corrected later on, in what it says of the contents: it is approved again, beside the rest.
 */
export async function amendment({ plan, change }: { plan: Plan; change: number }): Promise<void> {
  const scope = `amendment-${change}`;
  const step = openStep(plan, scope);
  await approvedProgramme(step, plan, scope);
  await step.finish();
}

/**
 * Makes a version of the programme, asks both ministries for it, and sends it when they have approved it. Each request
 * for changes opens a round on a new version, and so does a correction by the Secretariat: approvals of the version
 * before do not count.
 */
async function approvedProgramme(step: OpenStep, plan: Plan, cause: string): Promise<void> {
  const { cooperation } = plan;
  let drafting = false;
  let corrected = false;
  // Registered late, and so it hears now of corrections that came before: the version to come has them already.
  setHandler(programmeAmended, async () => {
    corrected = drafting;
    await step.supersede();
  });

  for (let round = 1; ; round++) {
    drafting = true;
    corrected = false;
    const programme = await step.made((make) =>
      make.draftProgramme({ cooperation, cause: `${cause}.${round}` }),
    );
    const version = Number(programme.ref.replace('programme-v', ''));
    if (corrected) continue;
    const review = await step.ask({
      kind: 'approve-programme',
      of: ministriesOf(plan),
      about: programme,
      item: version,
      round,
    });
    if (review.approved) {
      await outside(step.say('issues')).issueProgramme({ cooperation, programme });
      return;
    }
    if (review.lapsed) continue;
    await step.ask({
      kind: 'revise-programme',
      of: [secretariatOf(plan)],
      round,
      reasons: review.reasons,
    });
  }
}
