import { expect, test } from 'vitest';
import { lanesOf } from '../../../src/site/pages/board/timeline.ts';

const around = (...middles: number[]) => middles.map((at) => ({ from: at - 10, to: at + 10 }));

test.each([
  ['marks with room between them', around(0, 20, 45), [0, 0, 0]],
  ['one that would overlap the one before', around(0, 15, 40), [0, 1, 0]],
  ['three on a day', around(0, 0, 0), [0, 1, 2]],
  ['whatever order they come in', around(40, 15, 0), [0, 1, 0]],
  ['a mark within a window', [{ from: 0, to: 100 }, ...around(50)], [0, 1]],
  ['none', [], []],
])('marks of a timeline stand in lanes: %s', (_, extents, lanes) => {
  expect(lanesOf(extents)).toEqual(lanes);
});
