import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../src/process/ports.ts';

/** How fast pages come, with a thousand cooperations in the case file. */

const SERVER = fileURLToPath(new URL('./siteServer.ts', import.meta.url));
const CONCURRENT = 20;
const REQUESTS = 600;
const WARM_UP = 100;

export type PageSpeed = { page: string; perSecond: number; p95Ms: number };

export async function sitePages(): Promise<PageSpeed[]> {
  const data = await mkdtemp(path.join(tmpdir(), 'rial-bench-site-'));
  const child = spawn(process.execPath, [SERVER, data, String(await freePort())], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const { url, cookies } = JSON.parse(line) as { url: string; cookies: Record<string, string> };
    const speeds: PageSpeed[] = [];
    for (const [page, where, who] of [
      ['a page that is always the same', '/constant', 'delegate'],
      ['the cooperation’s page', '/c/bench-0', 'delegate'],
      ['the board, 20 of 1,000', '/board', 'staff'],
      ['the cooperation’s page, while others write ten times a second', '/c/bench-0', 'delegate'],
      ['the board, the same', '/board', 'staff'],
    ] as const) {
      if (page.includes('while')) await fetch(`${url}/write`);
      speeds.push({ page, ...(await loaded(`${url}${where}`, cookies[who] ?? '')) });
    }
    return speeds;
  } finally {
    child.kill();
    await once(child, 'exit');
    await rm(data, { recursive: true, force: true });
  }
}

/** Asks for a page, twenty at a time, and reads each to its end. */
async function loaded(url: string, cookie: string): Promise<Omit<PageSpeed, 'page'>> {
  const took: number[] = [];
  let left = WARM_UP + REQUESTS;
  let began = 0;
  async function ask(): Promise<void> {
    while (left-- > 0) {
      if (left === REQUESTS) began = performance.now();
      const counted = left < REQUESTS;
      const start = performance.now();
      const response = await fetch(url, { headers: { cookie }, redirect: 'manual' });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
      if (counted) took.push(performance.now() - start);
    }
  }
  await Promise.all(Array.from({ length: CONCURRENT }, ask));
  const seconds = (performance.now() - began) / 1000;
  took.sort((a, b) => a - b);
  return { perSecond: took.length / seconds, p95Ms: took[Math.floor(took.length * 0.95)] ?? Number.NaN };
}
