import { afterEach, expect, it, vi } from 'vitest';

const CASES = Array.from({ length: 95 }, (_, n) => n);
/** What is taken of the cases with what bin/walks.mjs sets. */
async function drawn(setting: string, few = 5): Promise<number[]> {
  vi.stubEnv('RIAL_WALK', setting);
  vi.resetModules();
  const { walk } = await import('./walk.ts');
  return walk(CASES, few);
}
afterEach(() => {
  vi.unstubAllEnvs();
});

it('takes a few from all over, and none where none are to be taken', async () => {
  expect(await drawn('')).toEqual([0, 19, 38, 57, 76]);
  expect(await drawn('', 0)).toEqual([]);
});

it('goes through all, or the share that a seed draws, in their order', async () => {
  expect(await drawn('1 1/1')).toEqual(CASES);
  const tenth = await drawn('1 1/10');
  expect(tenth).toHaveLength(10);
  expect(tenth).toEqual(tenth.toSorted((a, b) => a - b));
  expect(await drawn('1 1/10')).toEqual(tenth);
  expect(await drawn('2 1/10')).not.toEqual(tenth);
  expect(await drawn('1 1/1000')).toHaveLength(1);
});
