import { expect, test } from 'vitest';
import { AT_TEN, everyone, says, sent, told } from './letters.ts';
import { played } from './stage.ts';

test('paused, resumed, and at last cancelled', async () => {
  const run = await played('paused-cancelled.yaml');
  const { view } = run;
  // The consultant, of whom nothing has been asked yet, hears nothing of it. From 14 to 28 June nothing but the notice itself; the reminders of the 15th and 17th are not made up for.
  expect(
    told(run, { from: '2021-06-11', until: '2021-07-01', notice: ['paused', 'resumed', 'reminder'] }),
  ).toEqual([
    ...everyone('2021-06-14', 'paused', AT_TEN),
    ...everyone('2021-06-28', 'resumed', AT_TEN),
    '2021-06-29 09:00 Santiago reminder coordination/approve-programme.1 → chl-mtps (4)',
  ]);
  expect(told(run, { from: '2021-06-15', until: '2021-06-27' })).toEqual([]);
  // Due on the 17th; eight working days of Chile's, without the 21st and the 28th, make it 1 July.
  expect(view.requests.find(({ id }) => id === 'coordination/approve-programme.1')?.dueAt).toBe(
    '2021-07-01T22:00:00.000Z',
  );
  expect(run.refusals).toEqual([
    expect.objectContaining({ refusal: expect.objectContaining({ code: 'Paused' }), change: 'pause' }),
  ]);

  // Cancelled with a question open and the second session in everybody's calendar.
  expect(told(run, { from: '2021-07-26' })).toEqual(
    [
      ...everyone('2021-07-26', 'cooperation-cancelled session-2 CANCEL 1', AT_TEN),
      '2021-07-26 09:00 Lima invitation session-2 CANCEL 1 → guest-2-1, guest-2-2',
    ].sort(),
  );
  expect({
    end: run.end,
    closed: view.closedAt === view.cancelledAt,
    day: view.cancelledAt?.slice(0, 10),
  }).toEqual({
    end: 'closed',
    closed: true,
    day: '2021-07-26',
  });
  expect(view.requests.filter(({ closedAt }) => closedAt === null)).toEqual([]);
  expect(view.requests.find(({ kind }) => kind === 'answer-question')?.lapse).toBe('cooperation-cancelled');
  expect(
    view.sessions.map(({ recordedAt, cancelledAt }) => [recordedAt !== null, cancelledAt !== null]),
  ).toEqual([
    [true, false],
    [false, true],
    [false, true],
  ]);
  for (const { kind, reason } of view.changes) {
    const notice = { pause: 'paused', resume: 'resumed', cancel: 'cooperation-cancelled' }[kind as string];
    const letters = sent(run, { notice: notice ?? '' });
    expect(letters).toHaveLength(11);
    for (const letter of letters) expect(says(letter, reason)).toBe(true);
  }
});
