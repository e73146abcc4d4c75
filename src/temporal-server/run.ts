import { spawn } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';

export type RunOptions = {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** After this long the program is ended and the result says so. */
  timeoutMs?: number;
  /** Ends the program when it fires. */
  signal?: AbortSignal | undefined;
};

export type RunResult = {
  ok: boolean;
  /** Standard output and error as they came, at most the last 64 KB. */
  output: string;
  /** In a few words, why it is not ok: `exit code 1: …last line…`. Empty when it is. */
  problem: string;
};

const KEPT_OUTPUT = 64 * 1024;
const GRACE_MS = 3000;

/** Runs a program to its end. Never rejects: what went wrong is in the result. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve) => {
    if (options.signal?.aborted) {
      resolve({ ok: false, output: '', problem: 'interrupted' });
      return;
    }
    let output = '';
    let ended: string | undefined;
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: string) => {
      output = (output + chunk).slice(-KEPT_OUTPUT);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);

    let kill: NodeJS.Timeout | undefined;
    const end = (why: string) => {
      if (ended) return;
      ended = why;
      child.kill('SIGTERM');
      kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    };
    const onAbort = () => end('interrupted');
    options.signal?.addEventListener('abort', onAbort, { once: true });
    const limit = options.timeoutMs
      ? setTimeout(
          () => end(`no answer within ${Math.round((options.timeoutMs ?? 0) / 1000)} s`),
          options.timeoutMs,
        )
      : undefined;

    const settle = (problem: string) => {
      clearTimeout(limit);
      clearTimeout(kill);
      options.signal?.removeEventListener('abort', onAbort);
      // What a grandchild holds open would keep our event loop alive.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ ok: problem === '', output, problem });
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      settle(error.code === 'ENOENT' ? 'not installed' : `could not be run (${error.code ?? error.message})`);
    });
    let exit: { code: number | null; signal: NodeJS.Signals | null } | undefined;
    const conclude = () => {
      if (ended) return settle(ended);
      if (exit?.code === 0) return settle('');
      const said = lastLine(output);
      settle(
        `${exit?.signal ? `ended by ${exit.signal}` : `exit code ${exit?.code}`}${said ? `: ${said}` : ''}`,
      );
    };
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      clearTimeout(kill);
      // `close` comes when the last of the output is read, unless a grandchild holds on to the pipes.
      kill = setTimeout(conclude, GRACE_MS);
    });
    child.once('close', () => {
      if (exit) conclude();
    });
  });
}

/** The absolute path of `name` in the folders of PATH, if one of them holds it as an executable file. */
export async function findOnPath(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    if (!folder) continue;
    const candidate = path.resolve(folder, name);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

/** Whether `file` is a file that this process may execute. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/**
 * Says `what` now and then every ten seconds with the seconds it has taken, until `work` is over:
 * a step of minutes that says nothing looks like one that hangs.
 */
export async function withProgress<T>(
  what: string,
  onProgress: (line: string) => void,
  work: (note: (detail: string) => void) => Promise<T>,
): Promise<T> {
  const started = Date.now();
  let detail = '';
  onProgress(what);
  const ticker = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    onProgress(`${what}, ${seconds} s${detail && `, ${detail}`} …`);
  }, 10_000);
  try {
    return await work((next) => {
      detail = next;
    });
  } finally {
    clearInterval(ticker);
  }
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim().slice(0, 300) ?? '';
}
