import { expect, test } from 'vitest';
import { AT_TEN, everyone, sent, told } from './letters.ts';
import { played } from './stage.ts';

/** What an officer does with a cooperation day by day: who hears of it, and that nobody gets a mail for it alone. */

test('starts late, is away, corrects a title, shares materials and cancels a session', async () => {
  const run = await played('officer.yaml');
  expect(run.refusals).toEqual([]);

  // The meeting was two days before: it is asked about, and nobody is convened to it.
  expect(told(run, { until: '2021-06-13' })).toEqual([
    '2021-06-11 09:00 Washington request coordination/confirm-coordination.1 → oas (2)',
  ]);
  expect(told(run, { notice: 'convocation' })).toEqual([]);

  // A title that was corrected is told to all, with why, and asks nobody for anything.
  expect(told(run, { from: '2021-06-21', until: '2021-06-22' })).toEqual(
    everyone('2021-06-21', 'programme-changed +v2', AT_TEN),
  );
  expect(told(run, { request: 'amendment' })).toEqual([]);

  // Only the colleague hears that she is away; meanwhile he alone is asked, and named in all that goes out.
  expect(told(run, { from: '2021-06-23', until: '2021-07-07' })).toEqual([
    '2021-06-28 10:00 Washington stands-in → oas-2',
  ]);
  expect(told(run, { from: '2021-07-05', until: '2021-07-23', notice: 'request', to: 'oas' })).toEqual([
    '2021-07-14 13:30 Washington request session-1/record-session.1 → oas-2',
    '2021-07-19 10:00 Washington request session-2/confirm-date.1 → oas-2',
  ]);
  for (const { person, text } of sent(run, { from: '2021-07-05', until: '2021-07-23' })) {
    if (person !== 'oas-2') expect(text).toContain('guillermo.calzada@oea.example');
    expect(text).not.toContain('maria.camacho@oea.example');
  }

  // Materials are among the news of the day, which go by day on a working day of each reader: the first came when the day
  // was over in Santiago and Washington; the second on a holiday of Chile, whose delegation hears of it after the weekend.
  // Nothing is asked, and nobody is written to for them alone.
  for (const [title, days] of [
    ['Malla curricular', { '2021-07-08': ['per-mtpe 5'], '2021-07-09': ['chl-mtps 4', 'oas 2'] }],
    ['Grabación de la sesión', { '2021-07-16': ['oas 2', 'per-mtpe 5'], '2021-07-19': ['chl-mtps 4'] }],
  ] as const) {
    for (const [day, parties] of Object.entries(days)) {
      const letters = sent(run, { from: day, until: day }).filter(({ notice }) => notice === 'news');
      const counts = Map.groupBy(letters, ({ party }) => party);
      expect([...counts].map(([party, { length }]) => `${party} ${length}`).sort()).toEqual(parties);
      for (const letter of letters) expect(letter.text).toContain(title);
    }
  }

  // A session that is cancelled is told once; its dates are never asked about.
  expect(told(run, { from: '2021-08-09' })).toEqual(everyone('2021-08-09', 'programme-changed +v4', AT_TEN));
  expect(told(run, { request: 'session-3' })).toEqual([]);
});
