import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const RIAL = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const SCENARIOS = fileURLToPath(new URL('../examples/scenarios/', import.meta.url));

/** Seconds that `rial rehearse` takes as a process of its own, from its start to its exit. */
export async function timedRehearsal(programme: string, more: string[] = []): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [RIAL, 'rehearse', programme, ...more], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the rehearsal ended with ${code}:\n${said}`);
  return (performance.now() - began) / 1000;
}

/** What each scenario comes to in Temporal, the largest first: history events of all its workflows, and their number. */
export async function scenarioEvents(programme: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-bench-'));
  const counted: { scenario: string; events: number; workflows: number; seconds: number }[] = [];
  try {
    for (const file of (await readdir(SCENARIOS)).filter((name) => name.endsWith('.yaml'))) {
      const out = path.join(folder, file);
      const source = await readFile(path.join(SCENARIOS, file), 'utf8');
      const [, own] = /rehearse (examples\/\S+\.yaml)/.exec(source) ?? [];
      const seconds = await timedRehearsal(own ? path.join(SCENARIOS, '../..', own) : programme, [
        '--scenario',
        path.join(SCENARIOS, file),
        '--out',
        out,
      ]);
      const histories = await readdir(path.join(out, 'histories'));
      const events = await Promise.all(
        histories.map(async (name) => {
          const text = await readFile(path.join(out, 'histories', name), 'utf8');
          return (JSON.parse(text) as { events: unknown[] }).events.length;
        }),
      );
      const total = events.reduce((sum, n) => sum + n, 0);
      counted.push({ scenario: file, events: total, workflows: histories.length, seconds });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return counted.sort((a, b) => b.events - a.events);
}
