import { describe, expect, it } from 'vitest';
import { beginningOf } from '../../src/rehearsal/beginning.ts';
import { example } from '../support/programme.ts';

/** Its meeting is on 9 June 2021 at 10:00 in Lima, its last session in September. */
const programme = example();

describe('a rehearsal begins', () => {
  it.each([
    ['long before its meeting', '2021-03-01T13:37:42.000Z', '2021-03-01T13:37:00.000Z'],
    ['at night, as it would be started', '2021-03-06T05:00:00.000Z', '2021-03-06T05:00:00.000Z'],
    [
      'when its meeting is over and sessions are ahead',
      '2021-07-01T17:00:00.000Z',
      '2021-07-01T17:00:00.000Z',
    ],
  ])('now, %s', (_, now, begins) => {
    expect(beginningOf(programme, now)).toBe(begins);
  });

  it('in its own time where nothing of it lies ahead', () => {
    for (const now of ['2022-06-01T12:00:00.000Z', '2026-01-01T00:00:00.000Z'])
      expect(beginningOf(programme, now)).toBe('2021-06-09T13:00:00.000Z');
  });
});
