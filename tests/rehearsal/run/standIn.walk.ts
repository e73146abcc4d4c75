import { expect, test } from 'vitest';
import { sent, told } from './letters.ts';
import { played } from './stage.ts';

/** An officer is away, and a colleague of the Secretariat who takes no part yet joins to stand in. */

test('who joins to stand in is asked, named and told; whoever is away is asked nothing, and who joined may be away in turn', async () => {
  const run = await played('stand-in.yaml');
  expect(run.refusals).toEqual([]);
  expect(told(run, { from: '2021-06-09', until: '2021-06-09', to: 'oas-3' })).toEqual([
    '2021-06-09 10:00 Washington joined session-0 REQUEST 1 → oas-3',
    '2021-06-09 12:30 Washington request coordination/confirm-coordination.1 → oas-3',
  ]);
  // All who work with her hear once that she is there, and nobody but her of the absence.
  const joined = sent(run, { notice: 'people-changed' });
  expect(new Set(joined.map(({ person }) => person)).size).toBe(joined.length);
  expect(joined.map(({ party }) => party).sort()).toEqual([
    ...Array(4).fill('chl-mtps'),
    ...Array(2).fill('oas'),
    ...Array(5).fill('per-mtpe'),
  ]);
  expect(sent(run, { notice: 'joined' })[0]?.text.replaceAll(/\s+/g, ' ')).toContain(
    'le corresponde a usted responder en su lugar',
  );
  expect(told(run, { notice: 'stands-in' })).toEqual(['2021-06-21 10:00 Washington stands-in → oas-2']);
  for (const { text } of [...joined, ...sent(run, { notice: 'joined' })])
    expect(text).not.toContain('Vacaciones');
  // Meanwhile whoever is away is asked nothing, and others turn to who stands in.
  expect(told(run, { notice: 'request', to: 'oas-1' })).toEqual([]);
  const others = sent(run, { from: '2021-06-10', until: '2021-06-21' }).filter(
    ({ party }) => party !== 'oas',
  );
  expect(others.length).toBeGreaterThan(0);
  for (const { text } of others) expect(text).toContain('ines.arango@oea.example');
});
