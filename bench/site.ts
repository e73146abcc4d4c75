import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../src/process/ports.ts';

/** How fast pages come, with many cooperations in the case file. */

const SERVER = fileURLToPath(new URL('./siteServer.ts', import.meta.url));
const TOGETHER = 20;

export type PageSpeed = { page: string; perSecond: number; p95Ms: number };
export type ListSpeed = { cooperations: number; list: string; p95Ms: number; togetherP95Ms: number };

type SiteAddress = { url: string; cookies: Record<'delegate' | 'staff', string>; token: string };

/** A site over so many cooperations, while something is measured. */
async function withSite<T>(cooperations: number, measure: (site: SiteAddress) => Promise<T>): Promise<T> {
  const data = await mkdtemp(path.join(tmpdir(), 'rial-bench-site-'));
  const child = spawn(process.execPath, [SERVER, data, String(await freePort()), String(cooperations)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    return await measure(JSON.parse(line) as SiteAddress);
  } finally {
    child.kill();
    await once(child, 'exit');
    await rm(data, { recursive: true, force: true });
  }
}

export const sitePages = (): Promise<PageSpeed[]> =>
  withSite(1_000, async ({ url, cookies }) => {
    const speeds: PageSpeed[] = [];
    for (const [page, where, who] of [
      ['a page that is always the same', '/constant', 'delegate'],
      ['the cooperation’s page', '/c/bench-0', 'delegate'],
      ['the board, 20 of 1,000', '/board', 'staff'],
      ['the cooperation’s page, while others write ten times a second', '/c/bench-0', 'delegate'],
      ['the board, the same', '/board', 'staff'],
    ] as const) {
      if (page.includes('while')) await fetch(`${url}/write`);
      speeds.push({ page, ...(await loaded(`${url}${where}`, { cookie: cookies[who] })) });
    }
    return speeds;
  });

/** How long the lists of many cooperations take while somebody writes. */
export async function listSpeeds(): Promise<ListSpeed[]> {
  const speeds: ListSpeed[] = [];
  for (const cooperations of [1_000, 10_000])
    await withSite(cooperations, async ({ url, cookies, token }) => {
      await fetch(`${url}/write`);
      const staff = { cookie: cookies.staff };
      for (const [list, where, headers] of [
        ['the board, its first page', '/board', staff],
        ['the board, a page in the middle of the late', '/board?show=overdue&page=6', staff],
        ['`GET /api/cooperations`', '/api/cooperations', { authorization: `Bearer ${token}` }],
      ] as const) {
        const alone = await loaded(`${url}${where}`, headers, { width: 1, times: 200 });
        const together = await loaded(`${url}${where}`, headers, { width: TOGETHER, times: 300 });
        speeds.push({ cooperations, list, p95Ms: alone.p95Ms, togetherP95Ms: together.p95Ms });
      }
    });
  return speeds;
}

export const listSection = (speeds: readonly ListSpeed[]): string => `## Lists of many cooperations

One process with an embedded case file of so many open cooperations, three requests open in each, while an entry is written ten
times a second to one of them, so that nothing of what was read is kept. Asked from another process, once: 200 times one after
another, and 300 times by ${TOGETHER} at a time. The aim is a p95 under 50 ms. How many stand how is counted over all of them
([decision 41](decisions/0041-how-cooperations-stand-is-a-table-of-the-database.md)).

| cooperations | list | p95, one at a time | p95, ${TOGETHER} at a time |
|---|---|---|---|
${speeds.map(({ cooperations, list, p95Ms, togetherP95Ms }) => `| ${cooperations.toLocaleString('en')} | ${list} | ${p95Ms.toFixed(0)} ms | ${togetherP95Ms.toFixed(0)} ms |`).join('\n')}
`;

/** Asks for a page, so many at a time, and reads each to its end. */
async function loaded(
  url: string,
  headers: Record<string, string>,
  { width, times }: { width: number; times: number } = { width: TOGETHER, times: 600 },
): Promise<Omit<PageSpeed, 'page'>> {
  const took: number[] = [];
  let left = times / 6 + times;
  let began = 0;
  async function ask(): Promise<void> {
    while (left-- > 0) {
      if (began === 0 && left <= times) began = performance.now();
      const counted = left < times;
      const start = performance.now();
      const response = await fetch(url, { headers, redirect: 'manual' });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
      if (counted) took.push(performance.now() - start);
    }
  }
  await Promise.all(Array.from({ length: width }, ask));
  const seconds = (performance.now() - began) / 1000;
  took.sort((a, b) => a - b);
  return { perSecond: took.length / seconds, p95Ms: took[Math.floor(took.length * 0.95)] ?? Number.NaN };
}
