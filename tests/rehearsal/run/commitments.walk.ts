import { expect, test } from 'vitest';
import { told } from './letters.ts';
import { rehearsed } from './stage.ts';

/** What became of commitments, asked of each institution once they are due. */

test('each institution is asked in one mail about what came due; whoever is late is reminded', async () => {
  const run = await rehearsed('commitments.yaml');
  expect(run.refusals).toEqual([]);
  expect(run.view.closedAt?.slice(0, 10)).toBe('2021-10-12');
  const after = { from: '2021-10-13' };
  // What came due before the report was accepted is asked about after that.
  expect(told(run, { notice: 'request' }).filter((line) => line.includes('tell-commitments'))).toEqual([
    '2021-11-02 10:00 Santiago request follow-up/tell-commitments.1 → chl-mtps-3',
    '2021-12-01 09:00 Lima request follow-up/tell-commitments.2 → per-mtpe-4',
  ]);
  expect(told(run, { ...after, to: 'per-mtpe' })).toHaveLength(1);
  expect(told(run, { ...after, notice: 'reminder', to: 'chl-mtps' }).length).toBeGreaterThan(0);
  expect(run.view.commitments.map(({ what, outcome }) => [what, outcome])).toEqual([
    ['Enviar el manual de fiscalización', 'kept'],
    ['Aprobar el reglamento', 'kept'],
    ['Designar un contacto para consultas', 'kept'],
  ]);
});
