import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runs, type SystemProcess, systemProcess } from '../support/system.ts';

/** Signals as a terminal, `timeout` and systemd send them: to the whole group that `npm start` is. */

vi.setConfig({ testTimeout: 120_000 });

let system: SystemProcess;
beforeAll(async () => {
  system = await systemProcess({ group: true });
}, 120_000);
afterAll(() => system?.[Symbol.asyncDispose]());

it('SIGHUP, which a closed terminal sends, stops nothing', async () => {
  const before = [system.part('worker/main.ts'), system.part('runtime/siteMain.ts')];
  system.signalGroup('SIGHUP');
  for (const pid of before) process.kill(pid as number, 'SIGHUP');
  await expect.poll(() => system.api.health()).toMatchObject({ ok: true });
  expect([system.part('worker/main.ts'), system.part('runtime/siteMain.ts')]).toEqual(before);
  expect(system.output).not.toContain('Stops');
});

it('SIGTERM stops everything in order, and leaves no server behind', async () => {
  const servers = [system.temporalServer()?.pid ?? 0, system.databaseServer()?.pid ?? 0];
  expect(servers.map(runs)).toEqual([true, true]);
  const exit = system.exit();
  system.signalGroup('SIGTERM');
  expect(await exit).toMatchObject({ code: 0, signal: null });
  expect(servers.map(runs)).toEqual([false, false]);
  expect(system.output).toContain('Stops');
});
