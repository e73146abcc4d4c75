import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTimeSkippingEnvironment, locateTestServer } from '../../src/temporal-server/timeSkipping.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 10 * 60_000 });

let environment: TestWorkflowEnvironment;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  environment = await createTimeSkippingEnvironment();
});

afterAll(() => environment?.teardown());

test('thirty days pass while one waits', async () => {
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue: 'sleepers',
    workflowsPath: fileURLToPath(new URL('./fixtures/sleeper.ts', import.meta.url)),
  });
  const started = performance.now();
  const days = await worker.runUntil(
    environment.client.workflow.execute<() => Promise<number>>('sleeper', {
      workflowId: 'sleeper',
      taskQueue: 'sleepers',
    }),
  );
  expect(days).toBe(30);
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('a TEMPORAL_TEST_SERVER_PATH that is not there is an error', async () => {
  await expect(locateTestServer({ env: { TEMPORAL_TEST_SERVER_PATH: '/nowhere' } })).rejects.toThrow(
    'TEMPORAL_TEST_SERVER_PATH is /nowhere',
  );
});

test('without download and Java the error says what was tried', async () => {
  const cacheDir = mkdtempSync(path.join(tmpdir(), 'rial-test-server-'));
  try {
    const failure = locateTestServer({
      cacheDir,
      env: { PATH: cacheDir },
      download: async () => ({ problem: 'github.com cannot be reached (ENOTFOUND)' }),
    });
    await expect(failure).rejects.toThrow(
      /the release 1\.38\.0: github\.com cannot be reached \(ENOTFOUND\)\n {2}Java: not installed/,
    );
  } finally {
    rmSync(cacheDir, { recursive: true });
  }
});

test('a server that ends by itself is told with what it said', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rial-test-server-'));
  const file = path.join(folder, 'server');
  writeFileSync(file, '#!/bin/sh\necho "no memory for $1" >&2\nexit 3\n', { mode: 0o755 });
  try {
    await expect(
      createTimeSkippingEnvironment({ env: { ...process.env, TEMPORAL_TEST_SERVER_PATH: file } }),
    ).rejects.toThrow(/ended by itself \(3\)\. no memory for \d+/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
