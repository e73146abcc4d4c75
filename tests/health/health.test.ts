import { expect, it, vi } from 'vitest';
import { type Check, healthOf } from '../../src/health/health.ts';

const never = () => new Promise<undefined>(() => {});
const check = (look: Check['look'], more: Partial<Check> = {}): Check => ({
  ...{ name: 'disk', limitMs: 100, look },
  ...more,
});
const found = async (checks: readonly Check[]) => healthOf(checks).look();

it('says of each what it found, or the code of what went wrong, and no message', async () => {
  const secret = Object.assign(new Error('password "hunter2" refused'), { code: '28P01' });
  const checks = [
    check(async () => undefined),
    check(async () => 'little-room', { name: 'worker' }),
    check(() => Promise.reject(new Error('away', { cause: secret })), { name: 'temporal' }),
    check(() => Promise.reject(new Error('http://user:hunter2@host')), { name: 'mail-server' }),
  ];
  expect(await found(checks)).toEqual([
    { check: 'disk', ok: true },
    { check: 'worker', ok: false, why: 'little-room' },
    { check: 'temporal', ok: false, why: '28P01' },
    { check: 'mail-server', ok: false, why: 'failed' },
  ]);
});

it('what hangs is late by its own limit, side by side, and does not hold up the others', async () => {
  const began = performance.now();
  const hanging = (['temporal', 'worker', 'documents-read'] as const).map((name) =>
    check(never, { name, limitMs: 500 }),
  );
  const findings = await found([check(async () => undefined), ...hanging]);
  expect(findings.map(({ why }) => why)).toEqual([undefined, 'late', 'late', 'late']);
  // One after the other they would have taken 1,500.
  expect(performance.now() - began).toBeLessThan(1_400);
});

it('what hangs is not asked again until it has answered', async () => {
  const answer = Promise.withResolvers<undefined>();
  const look = vi.fn(() => answer.promise);
  const health = healthOf([check(look, { limitMs: 10 })]);
  for (const _ of [1, 2, 3]) expect(await health.look()).toEqual([{ check: 'disk', ok: false, why: 'late' }]);
  answer.resolve(undefined);
  expect(await health.look()).toEqual([{ check: 'disk', ok: true }]);
  expect(look).toHaveBeenCalledTimes(1);
});

it('a finding stands for a while, so that many who ask cost one question', async () => {
  const look = vi.fn(async () => undefined);
  const health = healthOf([check(look)]);
  await Promise.all(Array.from({ length: 20 }, () => health.look()));
  expect(look).toHaveBeenCalledTimes(1);
});

it('who keeps those who connect waiting is as it was last, until its patience is over', async () => {
  const health = healthOf([check(never, { limitMs: 20, patienceMs: 100 })]);
  expect(await health.look()).toEqual([{ check: 'disk', ok: true }]);
  await vi.waitFor(async () =>
    expect(await health.look()).toEqual([{ check: 'disk', ok: false, why: 'late' }]),
  );
});

it('what was found last is told at once, and looked at anew beside', async () => {
  const answer = Promise.withResolvers<string>();
  const health = healthOf([check(() => answer.promise)]);
  expect(health.last()).toEqual([]);
  answer.resolve('little-room');
  await vi.waitFor(() => expect(health.last()).toEqual([{ check: 'disk', ok: false, why: 'little-room' }]));
});
