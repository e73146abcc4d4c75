import { expect, it, vi } from 'vitest';
import { waitedFor } from '../../src/process/waiting.ts';

const away = () => new Error('it cannot be reached', { cause: new Error('connect ECONNREFUSED') });
function waiting(seconds = 60) {
  const said: string[] = [];
  const stop = new AbortController();
  return { said, stop, options: { seconds, say: (line: string) => said.push(line), stopping: stop.signal } };
}

it('what comes a little later is waited for, which is said once', async () => {
  const { said, options } = waiting();
  const reach = vi
    .fn()
    .mockRejectedValueOnce(away())
    .mockRejectedValueOnce(away())
    .mockResolvedValue('there');
  expect(await waitedFor('The database (--database-url)', reach, options)).toBe('there');
  expect(said).toEqual([
    'The database (--database-url) does not answer yet: connect ECONNREFUSED. It is waited for, 60 s at most.',
  ]);
});

it('what does not come in time is named with its setting and what it said', async () => {
  const { options } = waiting(0);
  const reached = waitedFor('The database (--database-url)', () => Promise.reject(away()), options);
  await expect(reached).rejects.toThrow(
    'The database (--database-url) does not answer after 0 s (--start-wait): connect ECONNREFUSED',
  );
});

it('what will never do is not waited for', async () => {
  const { said, options } = waiting();
  const wrong = new Error('password authentication failed');
  await expect(
    waitedFor(
      'The database',
      () => Promise.reject(wrong),
      options,
      () => true,
    ),
  ).rejects.toThrow('The database cannot be used: password authentication failed');
  expect(said).toEqual([]);
});

it('a signal to stop ends the wait', async () => {
  const { stop, options } = waiting();
  const reached = waitedFor('The database', () => Promise.reject(away()), options);
  const told = expect(reached).rejects.toThrow(/abort/);
  stop.abort();
  await told;
});
