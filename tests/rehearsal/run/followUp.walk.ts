import { expect, test } from 'vitest';
import { told } from './letters.ts';
import { rehearsed } from './stage.ts';

/** What came of a cooperation, asked half a year and a year after its end, on working mornings. */

test('both focal points are asked twice; who is late is reminded, who is punctual has two mails a year', async () => {
  const run = await rehearsed('follow-up.yaml');
  expect(run.end).toBe('closed');
  expect(run.view.closedAt?.slice(0, 10)).toBe('2021-10-12');
  expect(run.view.followUps).toEqual([
    { months: 6, at: '2022-04-12T13:00:00.000Z' },
    { months: 12, at: '2022-10-12T13:00:00.000Z' },
  ]);
  expect(run.to).toBe(run.view.followedUpAt);
  const after = { from: '2021-10-13' };
  expect(told(run, { ...after, notice: 'request' })).toEqual([
    '2022-04-12 08:00 Lima request follow-up/tell-outcomes.1 → per-mtpe-4',
    '2022-04-12 09:00 Santiago request follow-up/tell-outcomes.1 → chl-mtps-3',
    '2022-10-12 08:00 Lima request follow-up/tell-outcomes.2 → per-mtpe-4',
    '2022-10-12 10:00 Santiago request follow-up/tell-outcomes.2 → chl-mtps-3',
  ]);
  expect(told(run, { ...after, to: 'per-mtpe' })).toHaveLength(2);
  expect(told(run, { ...after, notice: 'reminder', to: 'chl-mtps' }).length).toBeGreaterThan(2);
  expect(run.view.requests.filter(({ kind }) => kind === 'tell-outcomes').map(({ state }) => state)).toEqual([
    'answered',
    'answered',
  ]);
});
