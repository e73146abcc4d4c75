import { expect, it } from 'vitest';
import { resultsOf, type SurveyAnswer, summedResults } from '../../src/domain/results/survey.ts';

/** What is shown of a survey: nothing of fewer than five answers. */

const answer = (grade: 1 | 2 | 3 | 4 | 5, text = ''): SurveyAnswer => ({
  grades: { useful: grade, expected: grade, organised: 3, applicable: 5 },
  text,
});
const five = [answer(5, 'b'), answer(4), answer(5, 'a'), answer(1), answer(5)];

it('shows how many answered, and what five did', () => {
  expect(resultsOf([])).toMatchObject({ answered: 0, shown: 0, texts: [] });
  expect(resultsOf([], 4)).toEqual({
    ...{ answered: 4, shown: 0, texts: [] },
    counts: {
      useful: [0, 0, 0, 0, 0],
      expected: [0, 0, 0, 0, 0],
      organised: [0, 0, 0, 0, 0],
      applicable: [0, 0, 0, 0, 0],
    },
  });
  expect(resultsOf([five])).toMatchObject({
    ...{ answered: 5, shown: 5, texts: ['a', 'b'] },
    counts: { useful: [1, 0, 0, 1, 3], organised: [0, 0, 5, 0, 0] },
  });
});

it('one more is not told by what is shown after it', () => {
  expect(resultsOf([five], 1)).toEqual({ ...resultsOf([five]), answered: 6 });
});

it('is summed over cooperations, of what each shows', () => {
  const [whole, few] = [resultsOf([five]), resultsOf([], 4)];
  expect(summedResults([whole, few, whole])).toMatchObject({
    ...{ answered: 14, shown: 10 },
    counts: { useful: [2, 0, 0, 2, 6] },
  });
});
