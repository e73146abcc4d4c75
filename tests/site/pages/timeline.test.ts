import { describe, expect, it, test } from 'vitest';
import type { BoardRow } from '../../../src/casefile/board.ts';
import { lanesOf, timeline } from '../../../src/site/pages/board/timeline.ts';
import { example } from '../../support/programme.ts';

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

describe('the timeline of a call', () => {
  const NOW = '2026-11-28T12:00:00.000Z';
  const clock = { language: 'es', timeZone: 'America/Lima', others: [], now: NOW } as const;
  const meeting = (at: string, more: Partial<BoardRow['meeting']> = {}): BoardRow['meeting'] => ({
    ...{ startsAt: at, endsAt: at, recordedAt: null, notHeldAt: null, cancelledAt: null },
    ...more,
  });
  const row = (more: Partial<BoardRow>) =>
    ({
      ...{ id: '14-per-chl', subject: '', institutions: example().institutions, sessions: [] },
      ...{ sheet: undefined, report: undefined, ...more },
    }) as unknown as BoardRow;
  const drawn = (...rows: BoardRow[]) => String(timeline({ rows, call: '14', id: 't' }, clock));
  const marksIn = (page: string) =>
    [...page.matchAll(/text-anchor="middle"[^>]*>([^<]+)</g)].map(([, letter]) => letter);

  it('has the meeting on its day, green once it is recorded, and not while it needs another date', () => {
    const day = '2026-12-04T15:00:00.000Z';
    expect(marksIn(drawn(row({ meeting: meeting(day) })))).toEqual(['C']);
    expect(drawn(row({ meeting: meeting(day) }))).not.toContain('fill="#00703c"');
    expect(drawn(row({ meeting: meeting(day, { recordedAt: day }) }))).toContain('fill="#00703c"');
    for (const not of ['notHeldAt', 'cancelledAt'])
      expect(drawn(row({ meeting: meeting(day, { [not]: day }) })), not).not.toContain('<svg');
  });

  it('begins a year ago at the earliest, while anything is later, and is whole in the table', () => {
    const old = row({ meeting: meeting('2021-06-09T15:00:00.000Z') });
    expect(drawn(old)).toContain('jun 2021');
    const both = drawn(old, row({ meeting: meeting('2026-12-04T15:00:00.000Z') }));
    expect(both).toContain('nov 2025');
    expect(both).not.toContain('>jun 2021<');
    expect(marksIn(both)).toEqual(['C']);
    expect(both).toContain('<td class="govuk-table__cell">9 jun 2021');
  });
});
