import { expect, test } from 'vitest';
import { rebuilding } from './rebuilding.ts';
import { essence, played, rehearsed } from './stage.ts';

/** Cooperations whose workflows are ended from outside go on from the case file, as if nothing had been. */

/**
 * Everything that happened and was told, but for the rebuilding itself, and for which of two that answer at the same
 * moment for one ministry is faster.
 */
const told = ({ timeline, end, refusals }: Awaited<ReturnType<typeof rehearsed>>) => ({
  end,
  refusals: refusals.map(({ party, refusal }) => ({ party, code: refusal.code })),
  happened: essence(timeline)
    .filter(({ kind }) => kind !== 'cooperation-rebuilt')
    .map(({ person, ...entry }) =>
      entry.kind === 'answer-received' || entry.kind === 'refused' ? entry : { person, ...entry },
    )
    .map((entry) => JSON.stringify(entry))
    .sort(),
});

test.each([
  ['rounds.yaml', 60],
  ['sessions.yaml', 130],
])('%s, ended after entry %i of its record', async (scenario, entry) => {
  const once = rebuilding('14-per-chl', (number) => number === entry);
  const rebuilt = await played(scenario, { afterActivity: once.afterActivity });
  expect(once.times()).toBe(1);
  expect(rebuilt.view.record.filter(({ kind }) => kind === 'cooperation-rebuilt')).toHaveLength(1);
  expect(told(rebuilt)).toEqual(told(await rehearsed(scenario)));
});
