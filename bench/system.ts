import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../src/process/ports.ts';

const MAIN = fileURLToPath(new URL('../src/runtime/main.ts', import.meta.url));

/** A folder for one measurement, with ports of its own. */
export async function measuredPlace() {
  const data = await mkdtemp(path.join(tmpdir(), 'rial-bench-'));
  const [port, temporal, ui, smtp] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const flags = [
    '--data',
    data,
    '--port',
    `${port}`,
    '--temporal-port',
    `${temporal}`,
    '--temporal-ui-port',
    `${ui}`,
    '--smtp-port',
    `${smtp}`,
  ];
  return {
    url: `http://127.0.0.1:${port}`,
    /** Where its Temporal is. */
    temporal: `127.0.0.1:${temporal}`,
    token: async () => (await readFile(path.join(data, 'staff-token'), 'utf8')).trim(),
    /** Starts the system; `ready` says after how many seconds, from the start of the process, it printed that it is. */
    start(more: string[] = [], env: Record<string, string> = {}) {
      const began = performance.now();
      const child = spawn(process.execPath, [MAIN, ...flags, ...more], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, ...env },
      });
      const ready = new Promise<number>((resolve, reject) => {
        let printed = '';
        child.stdout.on('data', (chunk) => {
          printed += chunk;
          if (printed.includes('RIAL is ready')) resolve((performance.now() - began) / 1000);
        });
        child.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${printed}`)));
      });
      ready.catch(() => {});
      const exited = once(child, 'exit').then(([code]) => ({
        code: code as number | null,
        seconds: (performance.now() - began) / 1000,
      }));
      return { pid: child.pid ?? 0, ready, exited, stop: () => stop(child) };
    },
    remove: () => rm(data, { recursive: true, force: true }),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGINT');
  await once(child, 'exit');
}
