import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { TOKEN } from './server.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export type Ran = { code: number | null; out: string; err: string };
export type Options = {
  /** `undefined` takes a variable away. */
  env?: Record<string, string | undefined>;
  cwd?: string;
  stdin?: string;
  /** Makes both outputs a terminal of so many columns, as far as the process can tell. */
  columns?: number;
  /** A module that is run before it. */
  preload?: string;
};

/** Runs the real CLI as a process of its own, under the Node that runs the tests. */
export async function rial(url: string, args: readonly string[], options: Options = {}): Promise<Ran> {
  const child = begin(url, args, options);
  child.process.stdin?.end(options.stdin ?? '');
  return child.ended;
}

/** Starts it, for what goes on. `heard` resolves once its output holds a text. */
export function begin(
  url: string,
  args: readonly string[],
  { env = {}, cwd, columns, preload }: Options = {},
): { process: ChildProcess; ended: Promise<Ran>; heard: (text: string) => Promise<void> } {
  const terminal = `for (const s of [process.stdout, process.stderr]) Object.assign(s, { isTTY: true, columns: ${columns} })`;
  const child = spawn(
    process.execPath,
    [
      ...(columns ? ['--import', `data:text/javascript,${encodeURIComponent(terminal)}`] : []),
      ...(preload ? ['--import', preload] : []),
      MAIN,
      ...args,
    ],
    {
      cwd,
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        RIAL_URL: url,
        RIAL_TOKEN: TOKEN,
        RIAL_LANGUAGE: 'es',
        ...env,
      },
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
