import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import { expect } from 'vitest';
import { type ApiClient, apiClient } from '../../src/api/client.ts';
import { migrate, openCaseFile } from '../../src/casefile/database/database.ts';
import type { Stage } from '../../src/play/play.ts';
import { type PostgresServer, startPostgres } from '../../src/postgres-server/server.ts';
import { secretIn } from '../../src/process/secretFile.ts';
import { startMailbox } from '../../src/runtime/mailbox/mailbox.ts';
import { mailboxApp } from '../../src/runtime/mailbox/page.ts';
import { locateTemporalCli } from '../../src/temporal-server/locate.ts';
import { startTemporalServer, type TemporalServer } from '../../src/temporal-server/server.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.ts';
import { lineTo } from '../support/line.ts';
import { freePorts, OUTER } from '../support/system.ts';

/**
 * The system as an institution runs it: a Postgres and a Temporal, and beside them the processes of site and worker, which
 * are started again when they end by themselves. The mail server is in this process, so that what arrived is known
 * whatever dies. Everything goes by lines that can be cut. Two of each program can run at once.
 */
export type Installation = Awaited<ReturnType<typeof installation>>;

/** Room for the database, some 60 MB of which a play fills. */
const DISK_MB = 400;

export async function installation() {
  const closing: (() => unknown)[] = [];
  const dispose = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    return { ...(await assembled(closing)), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function assembled(closing: (() => unknown)[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-faults-'));
  closing.push(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  const data = path.join(folder, 'data');
  const disk = path.join(folder, 'disk');
  const faults = path.join(folder, 'faults');
  for (const each of [path.join(data, 'logs'), disk, faults]) await mkdir(each, { recursive: true });
  // So that it can be full. Needs the right to mount, which root has.
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', disk]);
  closing.push(() => execFileSync('umount', ['-l', disk]));

  const postgres = await databaseOn(disk, folder);
  closing.push(() => postgres.stop());
  const caseFile = openCaseFile(postgres.url);
  await migrate(caseFile);
  await caseFile.destroy();
  const line = await lineTo(postgres.url);
  closing.push(() => line.close());
  const ports = (await freePorts(4)) as [number, number, number, number];
  const temporal = await temporalOn(folder, ports[0]);
  closing.push(() => temporal.stop());
  const mailbox = await startMailbox({ port: 0, dir: path.join(folder, 'mailbox') });
  closing.push(() => mailbox.stop());
  const page = serve({
    fetch: new Hono().route('/', mailboxApp(mailbox)).fetch,
    port: ports[1],
    hostname: '127.0.0.1',
  });
  closing.push(() => page.close());

  const token = await secretIn(path.join(data, 'staff-token'), '--data');
  const url = (port: number) => `http://127.0.0.1:${port}`;
  const front = await lineTo(url(ports[2]));
  closing.push(() => front.close());
  const origin = url(front.port);
  const flags = [
    ...['--data', data, '--start-wait', '600'],
    ...['--temporal-address', temporal.address, '--temporal-profile', 'none'],
    ...['--smtp-url', `smtp://127.0.0.1:${mailbox.port}`],
  ];
  const env = { RIAL_DATABASE_URL: line.url, FAULTS_FOLDER: faults };
  const programs: Program[] = [];
  closing.push(() => Promise.all(programs.map((program) => program.stop())));
  const run = async (script: string, further: string[]) => {
    const program = await keptUp(script, [...flags, ...further], env);
    programs.push(program);
    return program;
  };
  const bundle = process.env.RIAL_TEST_BUNDLE ?? '';
  const startWorker = () => run('worker/main.ts', ['--workflow-bundle', bundle, '--url', origin]);
  const startSite = (port: number, reached: string) =>
    // One play after another is played by the same people within the hour.
    run('src/runtime/siteMain.ts', ['--port', String(port), '--url', reached, '--messages-hour', '1000']);
  const [worker, site] = await Promise.all([startWorker(), startSite(ports[2], origin)]);
  const api: ApiClient = apiClient({ url: origin, token });
  const stage: Required<Stage> = { apiUrl: origin, token, mailboxUrl: url(ports[1]) };
  /** What is ill, as `/readyz` tells it; nothing where it cannot be asked. */
  const ill = async (): Promise<string[]> => {
    const health = await api.health().catch(() => undefined);
    return (health?.checks ?? []).flatMap(({ ok, check }) => (ok ? [] : [check]));
  };
  return {
    ...{ api, stage, token, url: origin, mailbox, postgres, line, front, temporal, worker, site },
    /** A second worker and a second site, which is reached by itself. */
    async second() {
      const [worker, site] = await Promise.all([startWorker(), startSite(ports[3], url(ports[3]))]);
      const stop = async () => {
        await Promise.all([worker.stop(), site.stop()]);
      };
      return { worker, site, api: apiClient({ url: url(ports[3]), token }), stop };
    },
    ill,
    untilWell: () =>
      expect
        .poll(
          () =>
            api.health().then(
              ({ ok }) => ok,
              () => false,
            ),
          WITHIN,
        )
        .toBe(true),
    untilIll: (check: string) => expect.poll(ill, WITHIN).toContain(check),
    /** Message-IDs of the mails that the case file does not know to have gone out: those under way among them. */
    underWay: async (): Promise<string[]> =>
      (
        await postgres.ask<{ id: string }>(
          `select message_id as id from mail where state = 'pending' or handed_over`,
        )
      ).map(({ id }) => id),
    /** What the processes are to do to themselves (preload.ts), from now on, or when they are started the next time. */
    tell: (what: 'clock' | 'deadly', how: string) => writeFile(path.join(faults, what), how),
    /** What they are still to do. */
    told: (what: 'clock' | 'deadly') => readFile(path.join(faults, what), 'utf8'),
    /** The boundaries of activities that were come to since the start, in their order, each once. */
    passed: async () => [
      ...new Set((await readFile(path.join(faults, 'passed'), 'utf8')).trim().split('\n')),
    ],
    /** What the processes wrote to their log. */
    log: () => readFile(path.join(data, 'logs', 'rial.log'), 'utf8').catch(() => ''),
  };
}

/** For what comes when it comes. */
export const WITHIN = { timeout: 90_000, interval: 100 };

export type Program = Awaited<ReturnType<typeof keptUp>>;

/** A program of ours, started again whenever it ends by itself. */
async function keptUp(script: string, args: string[], env: Record<string, string>) {
  let child: ChildProcess;
  let up = Promise.withResolvers<void>();
  let stopped = false;
  let output = '';
  const deaths: (() => unknown)[] = [];
  const preload = new URL('./preload.ts', import.meta.url).href;
  const file = fileURLToPath(new URL(`../../${script}`, import.meta.url));
  const begin = () => {
    // The channel tells it that the tests are gone.
    child = spawn(process.execPath, ['--import', preload, file, ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...OUTER, ...env, NO_COLOR: '1' },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.once('message', () => up.resolve());
    child.once('exit', async (code) => {
      if (stopped) return;
      // One that cannot be started at all says why; what it waits for is no reason.
      if (code !== null) up.reject(new Error(`${script} ended (${code}):\n${output}`));
      up = Promise.withResolvers();
      up.promise.catch(() => {});
      for (const hear of deaths) await hear();
      begin();
    });
  };
  begin();
  await up.promise;
  return {
    get pid() {
      return child.pid as number;
    },
    get output() {
      return output;
    },
    /** Resolves when it does its work: it, or the one that is started in its place. */
    up: () => up.promise,
    /** Called each time that it has ended by itself, before the next one is started. */
    onDeath: (hear: () => unknown) => {
      deaths.push(hear);
    },
    /** Resolves when it is gone, and the next one is not there yet. */
    kill: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
    stop: () =>
      new Promise<void>((resolve) => {
        stopped = true;
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

/** A Postgres on a disk of its own. */
async function databaseOn(disk: string, folder: string) {
  const place = { folder: path.join(disk, 'postgres'), log: path.join(folder, 'postgres.log') };
  const copy = path.join(folder, 'copy');
  const ballast = path.join(disk, 'ballast');
  let server: PostgresServer = await startPostgres(place);
  const connected = async () => {
    const client = new pg.Client({ connectionString: server.url });
    client.on('error', () => {});
    await client.connect();
    return client;
  };
  const ask = async <Row>(statement: string): Promise<Row[]> => {
    const client = await connected();
    try {
      return (await client.query(statement)).rows as Row[];
    } finally {
      await client.end();
    }
  };
  const database = {
    get url() {
      return server.url;
    },
    ask,
    stop: () => server.stop(),
    async start() {
      server = await startPostgres(place);
    },
    async kill() {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    /** No transaction changes anything any more; and again as before. */
    async readOnly(on: boolean) {
      await ask(`alter system set default_transaction_read_only = ${on ? 'on' : 'off'}`);
      await ask('select pg_reload_conf()');
    },
    /** Takes every connection that the server has. Call what comes back to give them free. */
    async exhaust() {
      const taken: pg.Client[] = [];
      for (;;) {
        const client = await connected().catch((error: Error & { code?: string }) => error);
        if (client instanceof pg.Client) taken.push(client);
        else if (client.code === '53300') break;
        else throw client;
      }
      return () => Promise.all(taken.map((client) => client.end()));
    },
    /** Fills the disk to the last byte. */
    async fill() {
      const chunk = Buffer.alloc(1024 * 1024);
      for (const size of [chunk.length, 4096])
        for (;;) {
          const full = await writeFile(ballast, chunk.subarray(0, size), { flag: 'a' }).then(
            () => false,
            (error: NodeJS.ErrnoException) => {
              if (error.code !== 'ENOSPC') throw error;
              return true;
            },
          );
          if (full) break;
        }
    },
    /** Makes room again. The server may have ended for want of it. */
    async empty() {
      await rm(ballast);
      await server.stop();
      await database.start();
    },
    /** Keeps the database as it is now, by a copy of its files. */
    async keep() {
      await server.stop();
      await rm(copy, { recursive: true, force: true });
      await cp(place.folder, copy, { recursive: true, preserveTimestamps: true });
      await database.start();
    },
    /** Puts back what was kept. */
    async putBack() {
      await server.stop();
      await rm(place.folder, { recursive: true });
      await cp(copy, place.folder, { recursive: true });
      await database.start();
    },
  };
  return database;
}

/** A Temporal that keeps its data in a file. */
async function temporalOn(folder: string, port: number) {
  const cli = await locateTemporalCli();
  const file = path.join(folder, 'temporal.db');
  const begin = () =>
    startTemporalServer({
      ...{ cli, port, dbFile: file, log: path.join(folder, 'temporal.log') },
      searchAttributes: Object.values(SEARCH_ATTRIBUTES),
    });
  let server: TemporalServer = await begin();
  return {
    address: server.address,
    stop: () => server.stop(),
    async kill() {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    async start() {
      server = await begin();
    },
    /** Everything it knew is gone. */
    forget: () => Promise.all(['', '-wal', '-shm'].map((ending) => rm(`${file}${ending}`, { force: true }))),
  };
}
