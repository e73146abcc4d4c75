import { expect, test } from 'vitest';
import { sent, told } from './letters.ts';
import { played } from './stage.ts';

/** An institution is closed on days that become known once it owes an answer. */

test('nothing falls due and nobody there is reminded on closed days; those who owe it are told the new date, and nobody approves anew', async () => {
  const run = await played('closed-days.yaml');
  expect(run.refusals).toEqual([]);
  // Five working days more, of which one is a holiday of Chile.
  const approval = run.view.requests.find(({ id }) => id === 'coordination/approve-programme.1');
  expect(approval?.dueAt.slice(0, 10)).toBe('2021-06-25');
  expect(told(run, { from: '2021-06-11', until: '2021-06-11' })).toEqual([
    '2021-06-11 09:00 Lima deadline-extended coordination/approve-programme.1 +v1 → per-mtpe (5)',
    '2021-06-11 10:00 Santiago deadline-extended coordination/approve-programme.1 +v1 → chl-mtps (4)',
  ]);
  for (const { text } of sent(run, { notice: 'deadline-extended' }))
    expect(text).toContain('viernes 25 de junio');
  // What was not sent: a reminder or anything else in those days, and a second approval.
  expect(told(run, { from: '2021-06-12', until: '2021-06-21', to: 'chl-mtps' })).toEqual([]);
  expect(told(run, { notice: 'reminder' })).toEqual([
    '2021-06-23 09:00 Santiago reminder coordination/approve-programme.1 → chl-mtps (4)',
  ]);
  expect(run.view.requests.filter(({ kind }) => kind === 'approve-programme')).toHaveLength(1);
});
