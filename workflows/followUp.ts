import { condition, sleep } from '@temporalio/workflow';
import { ministriesOf } from '../src/domain/programme/plan.ts';
import type { FollowUp } from '../src/domain/results/followUp.ts';
import { caseFile } from './activities.ts';
import { FOLLOWING_UP } from './scope.ts';
import { type OpenStep, openStep, type StepInput } from './step.ts';

/**
 * What came of a cooperation: some months after its report was accepted, and once more later on, both ministries are asked
 * for it; and each institution what became of what it took upon itself, when that was due. The cooperation is closed by then,
 * and its workflow over.
 */
export async function followUp(input: StepInput & { times: readonly FollowUp[] }): Promise<void> {
  let changes = 0;
  const step = openStep(input, FOLLOWING_UP, { people: true, changed: () => changes++ });
  step.show();
  await step.take(async () => {
    let told = false;
    const outcomes = askOutcomes(step, input.times).then(() => {
      told = true;
    });
    await Promise.all([outcomes, askCommitments(step, { changes: () => changes, isLast: () => told })]);
  });
  await caseFile(step.say('endsFollowUp')).endFollowUp({
    cooperation: step.cooperation,
    at: new Date().toISOString(),
  });
  await step.finish();
}

/** What came of it, one time after another. */
async function askOutcomes(step: OpenStep, times: readonly FollowUp[]): Promise<void> {
  for (const [index, { months, at }] of times.entries()) {
    const wait = Date.parse(at) - Date.now();
    if (wait > 0) await sleep(wait, { summary: step.say('followsUp', { what: String(months) }) });
    const of = ministriesOf(step.plan());
    await step.ask({ kind: 'tell-outcomes', of, item: months, round: index + 1 });
  }
}

/**
 * What became of commitments. Who is asked when, about which, the case file says each time: after the last was asked, once
 * one was answered or changed.
 *
 * @param isLast nothing else is asked any more: it ends when no commitment is left
 */
async function askCommitments(
  step: OpenStep,
  { changes, isLast }: { changes: () => number; isLast: () => boolean },
): Promise<void> {
  const { cooperation } = step;
  const waiting = new Set<number>();
  const rounds = new Set<number>();
  let failed: { error: unknown } | undefined;
  const ask = (round: number, party: string, commitments?: readonly number[]): void => {
    rounds.add(round);
    waiting.add(round);
    step.ask({ kind: 'tell-commitments', of: [party], round, commitments }).then(
      () => waiting.delete(round),
      (error: unknown) => {
        failed = { error };
      },
    );
  };
  for (;;) {
    // In its turn: what is being asked now has been entered by then.
    const { asked, ahead } = await step.inTurn(() =>
      caseFile(step.say('looksForCommitments')).commitmentsAhead({ cooperation }),
    );
    for (const { round, party } of asked) if (!rounds.has(round)) ask(round, party);
    const due = ahead.filter(({ at }) => Date.parse(at) <= Date.now());
    for (const { party, commitments } of due) ask(Math.max(0, ...rounds) + 1, party, commitments);
    if (due.length > 0) continue;

    const [next] = ahead;
    if (!next && waiting.size === 0 && isLast()) return;
    const seen = { changes: changes(), waiting: waiting.size, isLast: isLast() };
    const otherwise = () =>
      failed !== undefined ||
      changes() !== seen.changes ||
      waiting.size !== seen.waiting ||
      isLast() !== seen.isLast;
    if (next)
      await condition(otherwise, Date.parse(next.at) - Date.now(), {
        summary: step.say('asksCommitments'),
      });
    else await condition(otherwise);
    if (failed) throw failed.error;
  }
}
