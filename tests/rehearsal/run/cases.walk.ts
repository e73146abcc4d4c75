import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sent } from './letters.ts';
import { type How, played, type Run } from './stage.ts';

/** Programmes and scenarios that were written from outside, and what is right of each. */

const caseFile = (name: string): string => readFileSync(new URL(`../cases/${name}`, import.meta.url), 'utf8');
const playedCase = (
  scenario: string | undefined,
  programme = 'a-ury-pry.yaml',
  how: How = {},
): Promise<Run> =>
  played(scenario === undefined ? '' : caseFile(`scenarios/${scenario}.yaml`), {
    programme: caseFile(programme),
    ...how,
  });

test('s12: begun a month ahead, the delegates are first convened to the coordination meeting', async () => {
  const run = await playedCase('s12-from');
  for (const to of ['ury-mtss-1', 'pry-mtess-2']) {
    const [first] = sent(run, { to });
    expect(first?.notice).toBe('convocation');
    expect(first?.at.slice(0, 10)).toBe('2026-02-25');
    expect(first?.text).toContain('https://meet.oea.example/18');
    expect(first?.appointment).toMatchObject({
      uid: '18-ury-pry.coordination@rial.example',
      sequence: 0,
      method: 'REQUEST',
      startsAt: '2026-03-25T13:00:00.000Z',
      endsAt: '2026-03-25T14:00:00.000Z',
      where: 'https://meet.oea.example/18',
    });
  }
});
