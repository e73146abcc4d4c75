import { expect, test } from 'vitest';
import { changedSource, movedTo } from '../../support/programme.ts';
import { sent } from './letters.ts';
import { rehearsed } from './stage.ts';

test('a coming cooperation is rehearsed from the day on which it would be started: its mails go out when those would', async () => {
  const begun = Date.now();
  const programme = changedSource((file) => movedTo(new Date(), 60)(file));
  const run = await rehearsed('title: Por venir\n', { programme });
  expect(Math.abs(Date.parse(run.from) - begun)).toBeLessThan(120_000);
  // All who meet are convened by the start, two months before.
  const convened = sent(run, { notice: 'convocation' });
  expect(convened.length).toBeGreaterThan(8);
  for (const { at } of convened) expect(Date.parse(at) - Date.parse(run.from)).toBeLessThan(60 * 60 * 1000);
  expect(run.end).toBe('closed');
});
