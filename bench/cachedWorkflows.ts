import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../src/process/ports.ts';
import { locateTemporalCli } from '../src/temporal-server/locate.ts';
import { startTemporalServer } from '../src/temporal-server/server.ts';
import { bundleWorkflows } from '../worker/worker.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Kilobytes that a worker grows by for a workflow that waits and is cached: one of ours, and one of the SDK alone. */
export async function cachedWorkflows(): Promise<{ ours: number; bare: number }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-bench-'));
  const server = await startTemporalServer({
    cli: await locateTemporalCli(),
    port: await freePort(),
    log: path.join(folder, 'temporal.log'),
    searchAttributes: Object.values(SEARCH_ATTRIBUTES),
  });
  const measured = async (type: string, workflows?: string): Promise<number> => {
    const { code } = (await bundleWorkflows([], workflows)) as { code: string };
    const bundle = path.join(folder, `${type}.js`);
    await writeFile(bundle, code);
    const { stdout } = await promisify(execFile)(process.execPath, [
      here('cachedWorker.ts'),
      ...[server.address, bundle, type],
    ]);
    return Number(stdout.trim().split('\n').at(-1));
  };
  try {
    const bare = await measured('waits', here('bareWorkflow.ts'));
    return { ours: await measured('coordination'), bare };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
