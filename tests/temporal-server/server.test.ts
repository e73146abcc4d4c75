import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { freePort } from '../../src/process/ports.ts';
import { identify } from '../../src/process/processIdentity.ts';
import { locateTemporalCli } from '../../src/temporal-server/locate.ts';
import { startTemporalServer, type TemporalServerOptions } from '../../src/temporal-server/server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

let cli: string;
let folder: string;
let options: TemporalServerOptions;
const cleanUp: (() => unknown)[] = [];

// Where it has to be built from source first, that takes minutes.
beforeAll(async () => {
  cli = await locateTemporalCli();
}, 20 * 60_000);

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'rial server '));
  options = {
    cli,
    port: await freePort(),
    dbFile: path.join(folder, 'temporal.db'),
    log: path.join(folder, 'temporal.log'),
    pidFile: path.join(folder, 'temporal.pid'),
    searchAttributes: [{ name: 'RialStep', type: 'KEYWORD' }],
  };
});

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
  rmSync(folder, { recursive: true, force: true });
});

async function start(changes: Partial<TemporalServerOptions> = {}) {
  const server = await startTemporalServer({ ...options, ...changes });
  cleanUp.push(() => server.stop());
  return server;
}

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

/** Starts a workflow that no worker runs, and sends it a Signal: both are acknowledged, and so must be kept. */
const startSignalled = (address: string, workflowId: string) =>
  withClient(address, async (client) => {
    const handle = await client.workflow.start('cooperation', { workflowId, taskQueue: 'nobody' });
    await handle.signal('answer');
  });

const eventsOf = (address: string, workflowId: string) =>
  withClient(address, async (client) => {
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    return events?.map(({ eventType }) => eventType);
  });

/** EventType: WorkflowExecutionStarted, WorkflowTaskScheduled, WorkflowExecutionSignaled. */
const STARTED_AND_SIGNALLED = [1, 5, 26];

/** An application of its own that starts the server: to be killed, or one that exits without stopping it. */
async function elsewhere(then: 'wait' | 'exit'): Promise<{ application: ChildProcess; serverPid: number }> {
  const program = fileURLToPath(new URL('./fixtures/holdServer.ts', import.meta.url));
  const application = spawn(process.execPath, [program, JSON.stringify(options), then], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanUp.push(() => application.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: application.stdout }), 'line')) as [string];
  const serverPid = Number(line);
  cleanUp.push(() => identify(serverPid) && process.kill(serverPid, 'SIGKILL'));
  return { application, serverPid };
}

test('a restart on the same database keeps workflows, and brings what a new release needs', async () => {
  const first = await start();
  await startSignalled(first.address, 'cooperation/1');
  await first.stop();
  expect(await first.exited).toEqual({ code: 0, signal: null });
  expect(existsSync(options.pidFile ?? '')).toBe(false);

  const second = await start({
    searchAttributes: [...options.searchAttributes, { name: 'RialParties', type: 'KEYWORD_LIST' }],
    retentionDays: 30,
  });
  expect(await eventsOf(second.address, 'cooperation/1')).toEqual(STARTED_AND_SIGNALLED);
  await withClient(second.address, async ({ connection }) => {
    const { namespace } = second;
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(customAttributes).toMatchObject({ RialStep: 2, RialParties: 7 });
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 86_400);
  });
});

test('what the server acknowledged survives its own death', async () => {
  const first = await start();
  await startSignalled(first.address, 'cooperation/1');
  process.kill(first.pid, 'SIGKILL');
  expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
  await first.stop();

  const second = await start();
  expect(await eventsOf(second.address, 'cooperation/1')).toEqual(STARTED_AND_SIGNALLED);
});

test('the server of a killed application is ended, and its work goes on', async () => {
  const { application, serverPid } = await elsewhere('wait');
  await startSignalled(`127.0.0.1:${options.port}`, 'cooperation/1');
  application.kill('SIGKILL');
  await once(application, 'exit');
  expect(identify(serverPid)).toBeDefined();

  const said: string[] = [];
  const server = await start({ onProgress: (line) => said.push(line) });
  expect(said).toEqual([`Ends the Temporal server that a killed run left behind (process ${serverPid})`]);
  expect(identify(serverPid)).toBeUndefined();
  expect(server.pid).not.toBe(serverPid);
  expect(await eventsOf(server.address, 'cooperation/1')).toEqual(STARTED_AND_SIGNALLED);
});

test('an application that exits takes its server along', async () => {
  const { serverPid } = await elsewhere('exit');
  await vi.waitFor(() => expect(identify(serverPid)).toBeUndefined(), { timeout: 10_000 });
});

test('the server of an application that runs is left alone', async () => {
  const { serverPid } = await elsewhere('wait');
  await expect(start({ port: await freePort() })).rejects.toThrow('of a running application');
  expect(identify(serverPid)).toBeDefined();
});

test('a process that merely has the number of an old server is left alone', async () => {
  const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  cleanUp.push(() => bystander.kill());
  const { pid = 0 } = bystander;
  const server = { pid, started: identify(pid)?.started, command: `${cli} server start-dev` };
  writeFileSync(options.pidFile ?? '', JSON.stringify({ server }));
  await start();
  expect(identify(pid)).toBeDefined();
});

test('Ctrl-C in the terminal does not reach the server', async () => {
  const { pid } = await start();
  // A signal from the terminal goes to a process group: the server leads its own.
  expect(process.kill(-pid, 0)).toBe(true);
});

test('serves the UI where it is asked to', async () => {
  const server = await start({ uiPort: await freePort() });
  expect((await fetch(server.uiUrl ?? '')).status).toBe(200);
});

test.each([
  ['port', '--temporal-port', 'The Temporal server'],
  ['uiPort', '--temporal-ui-port', 'The Temporal UI'],
] as const)('a busy %s is refused, with the flag that moves it', async (name, flag, what) => {
  const occupant = net.createServer().listen(0, '127.0.0.1');
  await once(occupant, 'listening');
  cleanUp.push(() => occupant.close());
  const { port } = occupant.address() as net.AddressInfo;
  const failure = await start({ [name]: port }).catch((error: Error) => error);
  expect(failure).toMatchObject({ name: 'StartError' });
  expect((failure as Error).message).toContain(`${what} cannot listen on port ${port}`);
  expect((failure as Error).message).toContain(`(${flag})`);
  expect(existsSync(options.pidFile ?? '')).toBe(false);
});

test('a server that ends while it starts is an error with the end of its log', async () => {
  const broken = path.join(folder, 'broken');
  writeFileSync(broken, '#!/bin/sh\necho the disk is full\nexit 3\n', { mode: 0o755 });
  const failure = start({ cli: broken });
  await expect(failure).rejects.toThrow(/ended while it started \(exit code 3\)[\s\S]*the disk is full/);
  expect(existsSync(options.pidFile ?? '')).toBe(false);
});

test('a server that does not answer in time is ended', async () => {
  const silent = path.join(folder, 'silent');
  writeFileSync(silent, `#!/bin/sh\necho $$ > '${folder}/silent.pid'\nexec cat '${folder}/never'\n`, {
    mode: 0o755,
  });
  const { execFileSync } = await import('node:child_process');
  execFileSync('mkfifo', [path.join(folder, 'never')]);
  await expect(start({ cli: silent, startTimeoutMs: 500 })).rejects.toThrow('did not answer within');
  const pid = Number(readFileSync(path.join(folder, 'silent.pid'), 'utf8'));
  expect(identify(pid)).toBeUndefined();
});

test('an executable that is not there is an error', async () => {
  await expect(start({ cli: path.join(folder, 'nothing') })).rejects.toThrow('cannot be run');
});

test('a search attribute of another type is an error', async () => {
  await (await start()).stop();
  await expect(start({ searchAttributes: [{ name: 'RialStep', type: 'INT' }] })).rejects.toThrow(
    'has the search attribute RialStep with another type than INT',
  );
});

test('a database that was killed while it was made is made again', async () => {
  writeFileSync(options.dbFile ?? '', 'half');
  writeFileSync(`${options.dbFile}.incomplete`, '');
  const server = await start();
  await startSignalled(server.address, 'cooperation/1');
  expect(existsSync(`${options.dbFile}.incomplete`)).toBe(false);
});

test('keeps workflows in memory where no file is named', async () => {
  const { dbFile: _, ...inMemory } = options;
  const server = await startTemporalServer(inMemory);
  cleanUp.push(() => server.stop());
  await startSignalled(server.address, 'cooperation/1');
  expect(await eventsOf(server.address, 'cooperation/1')).toEqual(STARTED_AND_SIGNALLED);
});
