import { expect, it } from 'vitest';
import { checkBundle } from '../../src/client/bundles.ts';
import type { BundleReport } from '../../src/domain/results/bundle.ts';
import { inspectionHere } from '../../src/inspection/inspection.ts';

/** Who has bundles checked holds up nobody who sends a file to a cooperation. */

it('bundles are looked at one after another, one of each person', async () => {
  const looks: PromiseWithResolvers<BundleReport>[] = [];
  const inspection = {
    ...inspectionHere,
    bundle: () => {
      const look = Promise.withResolvers<BundleReport>();
      looks.push(look);
      return look.promise;
    },
  };
  const bytes = async function* () {
    yield Buffer.from('x');
  };
  const check = (whose: string) => checkBundle({ inspection }, bytes(), whose);
  const first = check('jorge@mtpe.example');
  await expect.poll(() => looks.length).toBe(1);
  const second = check('ana@mtpe.example');
  const busy = { refusal: { code: 'InspectionUnavailable' } };
  await expect(check('jorge@mtpe.example')).rejects.toMatchObject(busy);
  const third = check('pedro@mtps.example');
  const fourth = check('eva@mtps.example');
  await expect(check('oto@mtps.example')).rejects.toMatchObject(busy);
  const all = Promise.allSettled([first, second, third, fourth]);
  const report = {} as BundleReport;
  for (let n = 0; n < 4; n++) {
    await expect.poll(() => looks.length).toBe(n + 1);
    if (n === 1) looks[n]?.reject(new Error('gone'));
    else looks[n]?.resolve(report);
  }
  const came = await all;
  expect(came.map(({ status }) => status).sort()).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
  ]);
  const again = check('jorge@mtpe.example');
  await expect.poll(() => looks.length).toBe(5);
  looks[4]?.resolve(report);
  expect(await again).toBe(report);
});
