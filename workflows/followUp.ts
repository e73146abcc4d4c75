import { sleep } from '@temporalio/workflow';
import type { FollowUp } from '../src/domain/followUp.ts';
import { ministriesOf } from '../src/domain/plan.ts';
import { caseFile } from './activities.ts';
import { FOLLOWING_UP } from './scope.ts';
import { openStep, type StepInput } from './step.ts';

/**
 * What came of a cooperation: some months after its report was accepted, and once more later on, both ministries are asked
 * for it. The cooperation is closed by then, and its workflow over.
 */
export async function followUp(input: StepInput & { times: readonly FollowUp[] }): Promise<void> {
  const step = openStep(input, FOLLOWING_UP, { people: true });
  step.show();
  await step.take(async () => {
    for (const [index, { months, at }] of input.times.entries()) {
      const wait = Date.parse(at) - Date.now();
      if (wait > 0) await sleep(wait, { summary: step.say('followsUp', { what: String(months) }) });
      const of = ministriesOf(step.plan());
      await step.ask({ kind: 'tell-outcomes', of, item: months, round: index + 1 });
    }
  });
  await caseFile(step.say('endsFollowUp')).endFollowUp({
    cooperation: step.cooperation,
    at: new Date().toISOString(),
  });
  await step.finish();
}
