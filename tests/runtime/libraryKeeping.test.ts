import { afterEach, expect, it, vi } from 'vitest';
import { DatabaseUnavailable } from '../../src/casefile/database/pool.ts';
import { keepLibrary } from '../../src/runtime/libraryKeeping.ts';

afterEach(() => vi.useRealTimers());

it('fills the library at once and every half minute, whatever came of the time before, until it is ended', async () => {
  vi.useFakeTimers();
  const logged: string[] = [];
  const log = {
    debug: (_: object, text?: string) => logged.push(`debug ${text}`),
    error: (_: object, text?: string) => logged.push(`error ${text}`),
  };
  const outcomes = [3, new DatabaseUnavailable('away'), new Error('a mistake of ours'), 0];
  let times = 0;
  const fill = async () => {
    const outcome = outcomes[times++] ?? 0;
    if (typeof outcome !== 'number') throw outcome;
    return outcome;
  };
  const end = keepLibrary(fill, log as never);
  expect(times).toBe(1);
  for (let n = 2; n <= 5; n++) {
    await vi.advanceTimersByTimeAsync(30_000);
    expect(times).toBe(n);
  }
  expect(logged).toEqual([
    'debug published sheets were put into the library',
    'error the library could not be filled',
  ]);
  await end();
  await vi.advanceTimersByTimeAsync(90_000);
  expect(times).toBe(5);
});

it('ends once what is under way is done', async () => {
  let done: (count: number) => void = () => {};
  const end = keepLibrary(
    () =>
      new Promise((resolve) => {
        done = resolve;
      }),
    { debug: () => {}, error: () => {} } as never,
  );
  let ended = false;
  const ending = end().then(() => {
    ended = true;
  });
  await Promise.resolve();
  expect(ended).toBe(false);
  done(0);
  await ending;
  expect(ended).toBe(true);
});
