import { expect, it } from 'vitest';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { type CommitmentAsk, commitmentsAhead, followUpsOf } from '../../src/domain/results/followUp.ts';
import { example } from '../support/programme.ts';

/** When institutions are asked what became of what they took upon themselves. */

const { parties } = planOf(example());
const CLOSED = '2021-10-12T15:00:00.000Z';
type Due = Parameters<typeof commitmentsAhead>[0][number];
const due = (number: number, day: string, more: Partial<Due> = {}): Due => ({
  ...{ number, due: day, party: 'chl-mtps', outcome: null, withdrawnAt: null, toldAt: null, askedAt: null },
  ...more,
});
const days = (asks: readonly CommitmentAsk[]) =>
  asks.map(({ party, at, commitments }) => `${at.slice(0, 10)} ${party} ${commitments.join(',')}`);

it('those of a month in the one after it, on a morning on which all work; those of before the acceptance after it', () => {
  const asked = commitmentsAhead(
    [due(1, '2021-07-30'), due(2, '2021-10-31'), due(3, '2021-12-01', { party: 'per-mtpe' })],
    parties,
    CLOSED,
  );
  // The first and the second of November are holidays; on New Year's Day and at the weekend after it nobody works.
  expect(days(asked)).toEqual(['2021-11-02 chl-mtps 1,2', '2022-01-03 per-mtpe 3']);
  expect(asked[0]?.at).toBe('2021-11-02T13:00:00.000Z');
});

it('one institution once in three months, what came due meanwhile together', () => {
  const askedAt = '2021-11-02T13:00:00.000Z';
  const all = [
    due(1, '2021-10-01', { askedAt, outcome: 'kept', toldAt: askedAt }),
    due(2, '2021-11-15'),
    due(3, '2022-01-15'),
    due(4, '2022-02-15'),
  ];
  expect(days(commitmentsAhead(all, parties, CLOSED))).toEqual(['2022-02-02 chl-mtps 2,3']);
});

it('is asked again of what was put off since, and of nothing that was told, is asked now or stands no more', () => {
  const askedAt = '2021-11-02T13:00:00.000Z';
  const toldAt = '2021-11-04T13:00:00.000Z';
  const of = (one: Partial<Due>) => commitmentsAhead([due(1, '2022-05-15', one)], parties, CLOSED);
  expect(days(of({ askedAt, toldAt, outcome: 'later' }))).toEqual(['2022-06-01 chl-mtps 1']);
  expect(of({ askedAt })).toEqual([]);
  expect(of({ askedAt, toldAt, outcome: 'partly' })).toEqual([]);
  expect(of({ toldAt, outcome: 'kept' })).toEqual([]);
  expect(of({ withdrawnAt: toldAt })).toEqual([]);
  // Put off before it was asked about at all, and once more after that.
  expect(days(of({ toldAt: CLOSED, outcome: 'later' }))).toEqual(['2022-06-01 chl-mtps 1']);
  expect(of({ askedAt, toldAt: CLOSED, outcome: 'later' })).toEqual([]);
});

it('four times a year at the most, however many there are', () => {
  const all = Array.from({ length: 24 }, (_, n) =>
    due(n + 1, `${2022 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-10`),
  );
  const instants: string[] = [];
  for (;;) {
    const [next] = commitmentsAhead(all, parties, CLOSED);
    if (!next) break;
    instants.push(next.at);
    for (const one of all)
      if (next.commitments.includes(one.number))
        Object.assign(one, { askedAt: next.at, outcome: 'kept', toldAt: next.at });
  }
  expect(instants.length).toBeGreaterThan(6);
  const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
  for (const from of instants) {
    const within = instants.filter(
      (at) => Date.parse(at) >= Date.parse(from) && Date.parse(at) < Date.parse(from) + YEAR_MS,
    );
    expect(within.length, from).toBeLessThanOrEqual(4);
  }
});

it('in a play that shortens months, as long after the end by its measure', () => {
  const [first, second] = commitmentsAhead(
    [due(1, '2021-09-01'), due(2, '2022-03-15', { party: 'per-mtpe' })],
    parties,
    CLOSED,
    1000,
  );
  const after = (at = '') => Date.parse(at) - Date.parse(CLOSED);
  expect(after(first?.at)).toBeLessThan(1000);
  expect(after(second?.at)).toBeGreaterThan(5000);
  expect(after(second?.at)).toBeLessThan(6000);
});

it('what came of it after six months and twelve, unless the programme says otherwise, or that nobody is asked', () => {
  const at = (followUp?: Parameters<typeof followUpsOf>[0]['followUp']) =>
    followUpsOf({ followUp }, parties, CLOSED).map(({ months, at }) => `${months} ${at.slice(0, 10)}`);
  expect(at()).toEqual(['6 2022-04-12', '12 2022-10-12']);
  expect(at({ first: 3 })).toEqual(['3 2022-01-12']);
  expect(at('none')).toEqual([]);
});
