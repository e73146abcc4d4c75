import { afterEach, expect, it, vi } from 'vitest';
import { logDestination, logTo } from '../../src/process/log.ts';

afterEach(() => void vi.restoreAllMocks());

it('a full disk costs lines of the log, and not the process; it is said once', () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  // Whatever is written to this device finds the disk full.
  const log = logTo('test', logDestination('/dev/full'));
  for (let line = 0; line < 3; line++) log.warn({ line }, 'something happened');
  expect(said.mock.calls).toEqual([['The log /dev/full cannot be written: ENOSPC']]);
});
