import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type PostgresServerOptions, startPostgres } from '../../src/postgres-server/server.ts';
import { identify, type ProcessIdentity } from '../../src/process/processIdentity.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

let folder: string;
let options: PostgresServerOptions;
/** A database that was made and stopped in good order. */
let stopped: string;
const cleanUp: (() => unknown)[] = [];

beforeAll(async () => {
  stopped = mkdtempSync(path.join(tmpdir(), 'rial-database-'));
  const files = { folder: path.join(stopped, 'postgres'), log: path.join(stopped, 'postgres.log') };
  await (await startPostgres({ ...files, durable: false })).stop();
});
afterAll(() => rmSync(stopped, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rial database '));
  options = {
    folder: path.join(folder, 'postgres'),
    log: path.join(folder, 'postgres.log'),
    pidFile: path.join(folder, 'postgres.pid'),
    durable: false,
  };
});

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
  rmSync(folder, { recursive: true, force: true });
});

async function start(changes: Partial<PostgresServerOptions> = {}) {
  const server = await startPostgres({ ...options, ...changes });
  cleanUp.push(() => server.stop());
  return server;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: statement, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

/** Puts a copy of the stopped database where the next start looks for it. */
const standing = () => execFileSync('cp', ['-a', path.join(stopped, 'postgres'), options.folder]);

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

test('the database is made once, nobody else can enter it, and what was written is there after a stop', async () => {
  // Out of every other user's reach, as a clone in a home folder is.
  chmodSync(folder, 0o700);
  const first = await start();
  expect(await ask(first.url, 'show server_encoding')).toEqual(['UTF8']);
  expect(await ask(first.url, "select lower('ÑANDÚ'), current_user")).toEqual(['ñandú', 'rial']);
  await ask(first.url, 'create table note as select 1 as number');
  expect(modeOf(options.folder)).toBe('700');
  expect(await ask(first.url, 'show listen_addresses')).toEqual(['']);
  await first.stop();
  await first.stop();
  expect(existsSync(path.join(options.folder, 'postmaster.pid'))).toBe(false);
  expect(existsSync(options.pidFile ?? '')).toBe(false);

  const second = await start();
  expect(await ask(second.url, 'select number from note')).toEqual([1]);
});

test('a folder that was open to everybody before is shut', async () => {
  standing();
  chmodSync(options.folder, 0o777);
  await start();
  expect(modeOf(options.folder)).toBe('700');
});

test.runIf(process.getuid?.() === 0)(
  'root gives it to a user of its own, also one that it made itself',
  async () => {
    standing();
    const { uid } = statSync(options.folder);
    expect(uid).not.toBe(0);
    expect(readFileSync('/etc/passwd', 'utf8')).toMatch(new RegExp(`^rial-postgres:x:${uid}:`, 'm'));
    for (const name of ['', ...(readdirSync(options.folder, { recursive: true }) as string[])])
      chownSync(path.join(options.folder, name), 0, 0);
    const server = await start();
    expect(await ask(server.url, 'select 1')).toEqual([1]);
  },
);

test('a path that is too long for a socket is reached all the same, also after the server was started again', async () => {
  const long = { folder: path.join(folder, 'x'.repeat(80), 'ñ'.repeat(40), 'postgres') };
  const first = await start(long);
  await ask(first.url, 'create table note as select 1 as number');
  await first.stop();
  const second = await start(long);
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select number from note')).toEqual([1]);
});

test('it says when it ends without having been told to, and starts again with what it had acknowledged', async () => {
  standing();
  const first = await start({ durable: true });
  await ask(first.url, 'create table note as select 1 as number');
  process.kill(first.pid, 'SIGKILL');
  expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
  const second = await start();
  expect(await ask(second.url, 'select number from note')).toEqual([1]);
});

/** A process of its own that starts what the script says and prints it, then does nothing. */
async function elsewhere(script: string): Promise<{ said: string; kill(): Promise<void> }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanUp.push(() => child.kill('SIGKILL'));
  const [said] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    said,
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}
const module = (file: string) =>
  JSON.stringify(new URL(`../../src/postgres-server/${file}`, import.meta.url).href);

test('a server whose application was killed is ended by the next start, and one in use is left alone', async () => {
  standing();
  const owner = await elsewhere(`
    import { startPostgres } from ${module('server.ts')};
    const { pid } = await startPostgres(${JSON.stringify(options)});
    console.log(pid);
    setInterval(() => {}, 1000);
  `);
  const pid = Number(owner.said);
  await expect(start()).rejects.toThrow(/of a running application/);
  expect(identify(pid)).toBeDefined();
  await owner.kill();
  const said: string[] = [];
  const server = await start({ onProgress: (line) => said.push(line) });
  expect(said).toEqual([`Ends the database server that a killed run left behind (process ${pid})`]);
  expect(identify(pid)).toBeUndefined();
  expect(await ask(server.url, 'select 1')).toEqual([1]);
});

test('a lock whose process number is another program’s by now holds nobody up', async () => {
  standing();
  const first = await start();
  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  const lock = path.join(options.folder, 'postmaster.pid');
  const lines = readFileSync(lock, 'utf8').split('\n');
  writeFileSync(lock, [process.pid, ...lines.slice(1)].join('\n'));
  const second = await start();
  expect(await ask(second.url, 'select 1')).toEqual([1]);
});

test('what a first start that was cut short left behind is made anew', async () => {
  mkdirSync(`${options.folder}.unfinished`);
  writeFileSync(path.join(`${options.folder}.unfinished`, 'PG_VERSION'), '18\n');
  const server = await start();
  expect(await ask(server.url, 'select 1')).toEqual([1]);
  expect(readdirSync(folder).sort()).toEqual(['postgres', 'postgres.log', 'postgres.pid']);
});

test('what is no database, or one of another version, is left as it is, with what to do', async () => {
  mkdirSync(options.folder);
  writeFileSync(path.join(options.folder, 'letter.txt'), 'Estimada Ana');
  await expect(start()).rejects.toThrow(/something else in it than a database: move it/);
  rmSync(options.folder, { recursive: true });
  standing();
  writeFileSync(path.join(options.folder, 'PG_VERSION'), '15\n');
  await expect(start()).rejects.toThrow(
    /is of PostgreSQL 15, and this version brings \d+\. .*rial backup DIR.*rial restore DIR/,
  );
});

test('the log says nothing of what people wrote', async () => {
  standing();
  const server = await start();
  await expect(ask(server.url, "select 'Ana Paredes'::integer")).rejects.toThrow('Ana Paredes');
  await ask(server.url, "create table person as select 'ana@mtps.example' as email");
  await ask(server.url, 'create unique index on person (email)');
  await expect(ask(server.url, "insert into person values ('ana@mtps.example')")).rejects.toThrow(
    'duplicate',
  );
  await server.stop();
  expect(readFileSync(options.log, 'utf8')).toContain('ready to accept connections');
  expect(readFileSync(options.log, 'utf8')).not.toMatch(/Ana|ana@/);
});

test('nothing of a throwaway server outlives its process, also where that is killed', async () => {
  const owner = await elsewhere(`
    import { throwawayPostgres } from ${module('throwaway.ts')};
    import { readFileSync } from 'node:fs';
    const { url } = await throwawayPostgres();
    const folder = new URL(url).searchParams.get('host');
    console.log(JSON.stringify({ folder, pid: Number.parseInt(readFileSync(folder + '/postmaster.pid', 'utf8')) }));
    setInterval(() => {}, 1000);
  `);
  const { folder: made, pid } = JSON.parse(owner.said) as { folder: string; pid: number };
  expect(identify(pid) satisfies ProcessIdentity | undefined).toBeDefined();
  await owner.kill();
  await expect.poll(() => identify(pid)).toBeUndefined();
  await expect.poll(() => existsSync(path.dirname(made))).toBe(false);
});
