import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HEALTH_CHECKS, type HealthReport } from '../../src/domain/health.ts';
import { freePorts, runs, type SystemProcess, systemProcess } from '../support/system.ts';

/** The real system, well, ill and stopped: what `/readyz` says of it, and how soon. */

vi.setConfig({ testTimeout: 120_000 });

const CONTACT = 'mailto:seguridad@oea.example';
let system: SystemProcess;
let workerMetrics: string;
beforeAll(async () => {
  const [port] = await freePorts(1);
  workerMetrics = `127.0.0.1:${port}`;
  const flags = ['--worker-metrics', workerMetrics, '--security-contact', CONTACT];
  system = await systemProcess({ flags, group: true });
}, 120_000);
afterAll(() => system?.[Symbol.asyncDispose]());

async function readyz() {
  const began = performance.now();
  const response = await fetch(`${system.url}/readyz`);
  const report = (await response.json()) as HealthReport;
  const ill = report.checks.filter(({ ok }) => !ok).map(({ check }) => check);
  return { status: response.status, report, ill, tookMs: performance.now() - began };
}

it('is well in every respect, and says so by name', async () => {
  await expect.poll(async () => (await readyz()).ill).toEqual([]);
  const { status, report } = await readyz();
  expect(status).toBe(200);
  // There is no malware scanner here, no https, no mailbox of replies, and no authority of time stamps.
  const absent = ['scanner', 'address', 'reply-mailbox', 'timestamps'];
  const others = HEALTH_CHECKS.filter((one) => !absent.includes(one));
  expect(report.checks.map(({ check }) => check)).toEqual(others);
  expect((await fetch(`${system.url}/livez`)).status).toBe(200);
  expect(await system.api.health()).toMatchObject({ ok: true, checks: report.checks });
});

it('takes the workflows that it is given, and bundles none', () => {
  expect(process.env.RIAL_TEST_BUNDLE).toBeDefined();
  expect(existsSync(path.join(system.data, 'workflows.js'))).toBe(false);
});

it('lets the first officer in by a link that it prints, while nobody is staff', async () => {
  await expect.poll(() => system.output).toMatch(/Nobody is staff yet\..*\n.*\/setup\/[0-9a-f]{48}\n/);
  const [setup = ''] = /http:\S+\/setup\/[0-9a-f]{48}/.exec(system.output) ?? [];
  expect(setup).toContain(system.url);
  expect((await fetch(setup)).status).toBe(200);
  expect((await fetch(setup.replace(/.{48}$/, '0'.repeat(48)))).status).toBe(404);
});

it('says whom to tell of a weakness, and notes its start and from where something was tried', async () => {
  const told = await fetch(`${system.url}/.well-known/security.txt`);
  expect(await told.text()).toContain(`Contact: ${CONTACT}\n`);
  const foreign = { method: 'POST', headers: { origin: 'https://evil.example' } };
  expect((await fetch(`${system.url}/language`, foreign)).status).toBe(403);
  const log = await system.api['security-log']();
  expect(log.filter(({ event }) => event.code === 'system-started')).toMatchObject([
    { who: null, from: null },
  ]);
  expect(log.find(({ event }) => event.code === 'foreign-form')).toMatchObject({ from: '127.0.0.1' });
});

it('says what to type next, and it works as it is printed: on another port, with another data folder', async () => {
  await expect.poll(() => system.output).toMatch(/Next:\n.*\n.*\n/);
  const printed = /npx (rial start .*)\n/.exec(system.output)?.[1] ?? '';
  expect(printed).toContain(`--url ${system.url} --token-file `);
  const bin = fileURLToPath(new URL('../../bin', import.meta.url));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const {
    RIAL_URL: _url,
    RIAL_TOKEN: _token,
    RIAL_TOKEN_FILE: _file,
    RIAL_DATA: _data,
    ...env
  } = process.env;
  const typed = (line: string) =>
    promisify(execFile)('sh', ['-c', line.replace(/^rial /, `node ${bin}/rial.mjs `)], {
      cwd: root,
      env: { ...env, RIAL_LANGUAGE: 'es' },
    });
  const { stdout } = await typed(`${printed} --dry-run`);
  expect(stdout).toContain('14-per-chl');
  const list = await typed(printed.replace(/^rial start \S+/, 'rial list'));
  // What this one says next has the flags too.
  const next = /rial start PROGRAMA\.yaml( .*)/.exec(list.stdout)?.[1] ?? '';
  expect(printed.endsWith(next.trimEnd())).toBe(true);
  expect(next).not.toBe('');
});

it('tells Prometheus the same, and the worker what Temporal’s SDK counts and its own connections do', async () => {
  const own = await (await fetch(`${system.url}/metrics`)).text();
  expect(own).toContain('rial_health{check="temporal"} 1');
  expect(own).toMatch(/^process_cpu_seconds_total/m);
  const sdk = await (await fetch(`http://${workerMetrics}/metrics`)).text();
  expect(sdk).toMatch(/^temporal_worker_start/m);
  // Of its own connections, by the names of the site's.
  for (const metrics of [own, sdk]) {
    expect(metrics).toMatch(/^rial_database_connections\{[^}]*state="idle"[^}]*\} \d+$/m);
    expect(metrics).toMatch(/^rial_database_connections_most(\{[^}]*\})? 10$/m);
    expect(metrics).toMatch(/^rial_database_waiting(\{[^}]*\})? \d+$/m);
  }
});

it('answers at once while a file is looked at that takes for ever', async () => {
  let looking = true;
  const looked = system.api.check({ body: '}'.repeat(300_000) }).finally(() => {
    looking = false;
  });
  const took: number[] = [];
  while (looking) {
    const began = performance.now();
    expect((await fetch(`${system.url}/livez`)).status).toBe(200);
    took.push(performance.now() - began);
    // Asked now and then: what it is held up by is the file, and not these.
    await after(200);
  }
  expect((await looked).mistakes).toMatchObject([{ code: 'FileExhausting' }]);
  expect(took.length).toBeGreaterThan(10);
  expect(Math.max(...took)).toBeLessThan(1_000);
});

it('a Temporal that hangs is told by name about a second later, and that it is well again', async () => {
  const { pid } = system.temporalServer() as { pid: number };
  process.kill(pid, 'SIGSTOP');
  try {
    // What was found before stands for a moment.
    await expect.poll(async () => (await readyz()).ill).toEqual(['temporal', 'worker', 'workflow-tasks']);
    const { status, tookMs, report } = await readyz();
    expect(status).toBe(503);
    expect(tookMs).toBeLessThan(1_500);
    expect(JSON.stringify(report)).not.toMatch(/postgres:|smtp:|@|token/);
    expect((await fetch(`${system.url}/livez`)).status).toBe(200);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await expect.poll(async () => (await readyz()).status, { timeout: 30_000 }).toBe(200);
});

/** As a terminal, `timeout` and systemd send them: to the whole group that `npm start` is. */
describe('of the signals', () => {
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
});
