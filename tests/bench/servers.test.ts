import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { freePort } from '../../src/process/ports.ts';

/** What is measured stands: each process of `npm run bench` starts on the schema of today, and answers. */

type Printed = {
  url?: string;
  form?: string;
  page?: string;
  cookie?: string;
  cookies?: { delegate: string; staff: string };
};

it.each([
  ['siteServer.ts', ['2'], ({ url }: Printed) => [`${url}/c/bench-0`, `${url}/constant`]],
  ['uploadServer.ts', [], ({ form = '' }: Printed) => [form]],
  ['bundleServer.ts', ['1', '1'], ({ page = '' }: Printed) => [page]],
] as const)('bench/%s', async (server, amounts, pages) => {
  const data = await mkdtemp(path.join(tmpdir(), 'rial-bench-'));
  const child = spawn(process.execPath, [`bench/${server}`, data, String(await freePort()), ...amounts], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    const [line] = (await once(child.stdout?.setEncoding('utf8') as NodeJS.ReadableStream, 'data')) as [
      string,
    ];
    const printed = JSON.parse(line) as Printed;
    const cookie = printed.cookie ?? printed.cookies?.delegate ?? '';
    for (const page of pages(printed)) {
      const response = await fetch(page, { headers: { cookie }, redirect: 'manual' });
      expect([page, response.status]).toEqual([page, 200]);
    }
  } finally {
    child.kill();
    await once(child, 'exit');
    await rm(data, { recursive: true, force: true });
  }
});
