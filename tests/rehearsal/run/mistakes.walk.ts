import { expect, test } from 'vitest';
import { told } from './letters.ts';
import { played } from './stage.ts';

/** What people got wrong, and what becomes of it: who is told what, and what is not sent. */

const REVIEW = 'coordination/approve-programme.1';

test('an answer that is taken back is owed again, and its colleagues alone hear of it', async () => {
  const run = await played('taken-back.yaml');
  const review = run.view.requests.find(({ id }) => id === REVIEW);
  expect(review?.withdrawn).toMatchObject([
    { party: 'chl-mtps', decision: 'approve', withdrawn: { by: 'chl-mtps-1', how: 'taken-back' } },
  ]);
  expect(review?.answers.map(({ party, revision }) => [party, revision])).toEqual([
    ['chl-mtps', 2],
    ['per-mtpe', undefined],
  ]);
  // On the day itself nothing goes to Peru, nor to whoever took it back.
  expect(told(run, { from: '2021-06-14', until: '2021-06-14', notice: ['request'] })).toEqual([
    `2021-06-14 10:00 Santiago request ${REVIEW} → chl-mtps-2, chl-mtps-3, chl-mtps-4`,
  ]);
  // Once all have answered it is too late: that is told to whoever tried, and nobody hears of it.
  expect(run.refusals).toEqual([
    expect.objectContaining({
      person: 'per-mtpe-1',
      refusal: { code: 'AnswerUsed', request: REVIEW, how: 'answered' },
    }),
  ]);
  expect(run.view.record.map(({ kind }) => kind).filter((kind) => kind === 'answer-taken-back')).toHaveLength(
    1,
  );
});
