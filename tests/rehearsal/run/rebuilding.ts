import { readRecord } from '../../../src/casefile/record.ts';
import type { Stage } from '../../../src/rehearsal/stage.ts';

/**
 * Ends all workflows of a cooperation after certain entries of its record, counted from 1, between the end of an activity
 * and when its workflow hears of it, and starts them again from the case file.
 */
export function rebuilding(id: string, when: (entry: number) => boolean) {
  let seen = 0;
  let rebuilt = 0;
  let turn: Promise<unknown> = Promise.resolve();
  async function look({ caseFile, workflows, cooperations, ...stage }: Stage): Promise<void> {
    const record = (await readRecord(caseFile, id)).filter(({ kind }) => kind !== 'cooperation-rebuilt');
    const fresh = Array.from({ length: record.length - seen }, (_, n) => seen + n + 1);
    seen = record.length;
    if (!fresh.some(when) || (await workflows.standing(id)) !== 'running') return;
    await stage.look();
    const atWork = stage.onServer();
    await workflows.terminate(id);
    rebuilt += (await cooperations.rebuild({})).length;
    await stage.skipOn(atWork);
  }
  return {
    afterActivity: (stage: Stage): Promise<void> => {
      const mine = turn.then(() => look(stage));
      turn = mine.catch(() => {});
      return mine;
    },
    /** How often that was. */
    times: () => rebuilt,
  };
}
