import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { rial as command } from '../../src/cli/program.ts';
import { TOKEN } from './server.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export type Ran = { code: number | null; out: string; err: string };
export type Options = {
  /** `undefined` takes a variable away. */
  env?: Record<string, string | undefined>;
  stdin?: string;
  /** Makes both outputs a terminal of so many columns, as far as the process can tell. */
  columns?: number;
};
export type OptionsApart = Options & {
  cwd?: string;
};

const environment = (url: string, { env }: Options) => ({
  PATH: process.env.PATH,
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
  RIAL_URL: url,
  RIAL_TOKEN: TOKEN,
  RIAL_LANGUAGE: 'es',
  ...env,
});

let turn: Promise<unknown> = Promise.resolve();

/**
 * What the real CLI does, in the process of the test, with streams and an environment of its own: as fast as it is.
 * That the same comes of a process is held by `apart.test.ts`. One runs at a time.
 */
export function rial(url: string, args: readonly string[], options: Options = {}): Promise<Ran> {
  const mine = turn.then(() => here(args, environment(url, options), options));
  turn = mine.catch(() => {});
  return mine;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function here(
  args: readonly string[],
  env: Record<string, string | undefined>,
  { stdin = '', columns }: Options,
): Promise<Ran> {
  const ran: Ran = { code: null, out: '', err: '' };
  const heard = (into: 'out' | 'err') =>
    Object.assign(
      new Writable({
        decodeStrings: false,
        write(text: string | Buffer, _, done) {
          ran[into] += text;
          done();
        },
      }),
      columns ? { isTTY: true, columns } : {},
    );
  const its = {
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: heard('out'),
    stderr: heard('err'),
  };
  const ours = Object.getOwnPropertyDescriptors(process);
  const listeners = SIGNALS.map((signal) => process.listeners(signal));
  for (const [name, value] of Object.entries(its))
    Object.defineProperty(process, name, { value, configurable: true, writable: true, enumerable: true });
  process.exitCode = undefined;
  try {
    await command(args);
    ran.code = Number(process.exitCode ?? 0);
    return ran;
  } finally {
    for (const name of ['env', 'stdin', 'stdout', 'stderr'] as const)
      Object.defineProperty(process, name, ours[name]);
    process.exitCode = undefined;
    // A process would have taken them along.
    for (const [at, signal] of SIGNALS.entries())
      for (const listener of process.listeners(signal))
        if (!listeners[at]?.includes(listener)) process.off(signal, listener);
  }
}

/** Runs the real CLI as a process of its own, under the Node that runs the tests. */
export async function apart(url: string, args: readonly string[], options: OptionsApart = {}): Promise<Ran> {
  const child = begin(url, args, options);
  child.process.stdin?.end(options.stdin ?? '');
  return child.ended;
}

/** Starts it, for what goes on. `heard` resolves once its output holds a text. */
export function begin(
  url: string,
  args: readonly string[],
  options: OptionsApart = {},
): { process: ChildProcess; ended: Promise<Ran>; heard: (text: string) => Promise<void> } {
  const { cwd, columns } = options;
  const terminal = `for (const s of [process.stdout, process.stderr]) Object.assign(s, { isTTY: true, columns: ${columns} })`;
  const child = spawn(
    process.execPath,
    [...(columns ? ['--import', `data:text/javascript,${encodeURIComponent(terminal)}`] : []), MAIN, ...args],
    {
      cwd,
      env: environment(url, options),
      stdio: 'pipe',
    },
  );
  let out = '';
  let err = '';
  const waiting = new Set<() => void>();
  const hear = () => {
    for (const look of waiting) look();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    hear();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    hear();
  });
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, out, err }));
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return {
    process: child,
    ended,
    heard: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!out.includes(text) && !err.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without "${text}":\n${out}\n${err}`)), reject);
      }),
  };
}

/** A folder for the time of a test. */
export async function folder(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'rial-cli-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** The JSON that a command printed. */
export const jsonOf = <T>({ out }: Ran): T => JSON.parse(out) as T;
