import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';
import { verifyBundle } from '../src/evidence/verify.ts';
import { freePort } from '../src/process/ports.ts';
import { atRest, peakWhile, residentMb } from './upload.ts';

/** How much memory the site's process takes while a cooperation of 2 GB is taken along, and how long that is. */

const SERVER = fileURLToPath(new URL('./bundleServer.ts', import.meta.url));
const WARM_UP = 5;
export const BUNDLE = { documents: 300, documentMb: 7 };

export type BundleMemory = {
  /** What the process held at most over what it held before, in MB. */
  added: number;
  /** The same with the process beside it that sets the PDF. */
  withPaper: number;
  seconds: number;
  bytes: number;
  /** How long the check of it takes, in a process of its own that does nothing else. */
  checkSeconds: number;
};

/** The resident memory of a process and of those that it began. */
function treeMb(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children.reduce((sum, child) => sum + ofChild(Number(child)), residentMb(pid));
}

function ofChild(pid: number): number {
  try {
    return pid > 0 ? residentMb(pid) || 0 : 0;
  } catch {
    // It has ended.
    return 0;
  }
}

export async function bundleMemory({ documents, documentMb } = BUNDLE): Promise<BundleMemory> {
  const data = await mkdtemp(path.join(tmpdir(), 'rial-bench-bundle-'));
  const child = spawn(
    process.execPath,
    ['--expose-gc', SERVER, data, String(await freePort()), String(documents), String(documentMb)],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  );
  try {
    if (!child.stdout) throw new Error('the site cannot be heard');
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const { page, cookie } = JSON.parse(line) as { page: string; cookie: string };
    const headers = { cookie };
    const pid = child.pid ?? 0;
    for (let n = 0; n < WARM_UP; n++) await (await fetch(page, { headers })).arrayBuffer();
    await atRest(child);
    const before = residentMb(pid);
    const beside = treeMb(pid) - before;
    const file = path.join(data, 'bundle.zip');
    let withPaper = 0;
    let seconds = 0;
    const peak = await peakWhile(pid, async () => {
      const sampling = setInterval(() => {
        withPaper = Math.max(withPaper, treeMb(pid) - beside - before);
      }, 20);
      const began = performance.now();
      const response = await fetch(`${page}/export`, { headers });
      if (response.status !== 200) throw new Error(`the bundle was answered with ${response.status}`);
      await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(file));
      seconds = (performance.now() - began) / 1_000;
      clearInterval(sampling);
    });
    const began = performance.now();
    const report = await verifyBundle(file);
    if (!report.ok || report.files < documents)
      throw new Error(`the bundle is not whole: ${report.findings[0]?.code}`);
    return {
      added: peak - before,
      ...{ withPaper, seconds, bytes: report.bytes },
      checkSeconds: (performance.now() - began) / 1_000,
    };
  } finally {
    child.kill();
    await once(child, 'exit').catch(() => {});
    await rm(data, { recursive: true, force: true });
  }
}
