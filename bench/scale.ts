import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { type ApiClient, apiClient } from '../src/api/client.ts';
import { workflowId } from '../src/domain/ids.ts';
import { measuredPlace } from './system.ts';

/**
 * `npm run bench:scale [N]`: so many open cooperations on one Temporal, one Postgres and one worker, and beside them, on the
 * same Temporal, as many workflows of the same shape whose activities do nothing. Writes docs/scale.md.
 */

const N = Number(process.argv[2] ?? 1_000);
const AT_ONCE = 20;
/** How many are answered one after another, and how many at once. */
const ONE_BY_ONE = Math.min(50, Math.floor(N / 4));
const TOGETHER = Math.min(300, N - ONE_BY_ONE);
const EXAMPLE = readFileSync(new URL('../examples/peru-chile-2021.yaml', import.meta.url), 'utf8');
const WORKER_HEAP_MB = 1_024;
/** Something else is wrong by then: a second for each, and some minutes. */
const PATIENCE_MS = 300_000 + N * 1_000;

const idOf = (n: number): string => `scale-${n}`;
const sourceOf = (n: number): string =>
  EXAMPLE.replace(/^id: .*$/m, `id: ${idOf(n)}`).replaceAll(/email: (?=\S)/g, `email: n${n}.`);

/** Does so many things, `width` at a time; milliseconds of each. */
async function timed(count: number, width: number, act: (n: number) => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const n = next++;
      const began = performance.now();
      await act(n);
      took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return took.sort((a, b) => a - b);
}
const at = (took: readonly number[], share: number): number =>
  took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? Number.NaN;

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  const over = performance.now() + PATIENCE_MS;
  while (!(await is())) {
    if (performance.now() > over) throw new Error(`it did not come about that ${what}`);
    await delay(250);
  }
}

/** A number of `/metrics`. */
async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `) || one.startsWith(`${name}{`));
  return Number(line?.split(' ').at(-1) ?? Number.NaN);
}

type Resident = { what: string; mb: number };

/** What the processes under one hold, by what they are. */
function residentUnder(root: number): Resident[] {
  const kinds: [what: string, is: RegExp][] = [
    ['worker', /worker\/main\.ts/],
    ['site', /siteMain\.ts/],
    ['Temporal', /temporal/],
    ['Postgres, all its processes', /postgres/],
    ['supervisor', /runtime\/main\.ts/],
  ];
  const sums = new Map<string, number>();
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?=\S )/);
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        // Shared pages counted once, divided among those that share them.
        const pss = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
        return [{ pid: Number(pid), parent: Number(after.split(' ')[1]), command, kb: Number(pss ?? 0) }];
      } catch {
        return [];
      }
    });
  const under = (pid: number): number[] => [
    pid,
    ...processes.filter(({ parent }) => parent === pid).flatMap((child) => under(child.pid)),
  ];
  const ours = new Set(under(root));
  for (const { pid, command, kb } of processes) {
    if (!ours.has(pid)) continue;
    const what = kinds.find(([, is]) => is.test(command))?.[0] ?? 'others';
    sums.set(what, (sums.get(what) ?? 0) + kb / 1024);
  }
  return [...sums].map(([what, mb]) => ({ what, mb }));
}

type Answers = { one: number[]; many: number[] };
type Figures = {
  startedPerSecond: number;
  allAskedSeconds: number;
  answers: Answers;
  cached: number[];
  list: number[];
  show: number[];
  resident: Resident[];
  eventsEach: number;
  historyKbEach: number;
};

/** What is asked first: the minutes of the coordination meeting. */
const MEETING = 'coordination/confirm-coordination.1';
const APPROVAL = 'coordination/approve-programme.1';
const minutes = (api: ApiClient, n: number, subject: string) =>
  api.answer({
    id: idOf(n),
    body: {
      ...{ request: MEETING, by: 'oas-1', subject, decision: 'done' },
      minutes: { minutes: 'Se acordó el programa.', attendance: [], outputs: [] },
      recorded: { by: 'oas-1', how: 'bench' },
    },
  });

async function measured(url: string, token: string, root: number, client: Client): Promise<Figures> {
  const api = apiClient({ url, token });
  const began = performance.now();
  await timed(N, AT_ONCE, (n) => api.start({ body: sourceOf(n) }));
  const startedPerSecond = N / ((performance.now() - began) / 1000);
  await until('all are asked', async () => (await metric(url, 'rial_requests_open')) >= N);
  await until('no mail is left', async () => (await metric(url, 'rial_mails{state="pending"}')) === 0);
  const allAskedSeconds = (performance.now() - began) / 1000;
  process.stderr.write(`all asked after ${allAskedSeconds.toFixed(0)} s\n`);

  /** The hash of what a request asks about, once it is asked. */
  async function askedAbout(n: number, request: string): Promise<string> {
    let hash: string | undefined;
    await until(`${idOf(n)} has ${request}`, async () => {
      const { requests } = await api.show({ id: idOf(n) });
      hash = requests.find(({ id }) => id === request)?.subject.hash;
      return hash !== undefined;
    });
    return hash ?? '';
  }
  // What follows from an answer is done before others are measured: of two approvals nothing follows from the first.
  const quiet = async (): Promise<void> => {
    // Mails are prepared one after another: none is left once none is for some seconds.
    let looks = 0;
    await until('no mail is left', async () => {
      looks = (await metric(url, 'rial_mails{state="pending"}')) === 0 ? looks + 1 : 0;
      return looks > 12;
    });
  };
  const meetings: string[] = [];
  const measuredOnes = ONE_BY_ONE + TOGETHER;
  await timed(measuredOnes, AT_ONCE, async (n) => (meetings[n] = await askedAbout(n, MEETING)));
  await timed(measuredOnes, AT_ONCE, (n) => minutes(api, n, meetings[n] ?? ''));
  const approving: string[] = [];
  await timed(measuredOnes, AT_ONCE, async (n) => (approving[n] = await askedAbout(n, APPROVAL)));
  await quiet();
  const approve = (n: number, party: string) =>
    api.answer({
      id: idOf(n),
      body: {
        ...{ request: APPROVAL, subject: approving[n] ?? '' },
        ...{ by: `${party}-1`, decision: 'approve', recorded: { by: 'oas-1', how: 'bench' } },
      },
    });
  const answers = {
    one: await timed(ONE_BY_ONE, 1, (n) => approve(n, 'chl-mtps')),
    many: await timed(TOGETHER, AT_ONCE, (n) => approve(ONE_BY_ONE + n, 'chl-mtps')),
  };
  // Those that answered last are cached.
  const sample = Math.min(20, TOGETHER);
  const cached = await timed(sample, 1, async (n) => {
    await approve(measuredOnes - 1 - n, 'per-mtpe');
  });
  await quiet();

  const list = await timed(200, AT_ONCE, () => api.list());
  const show = await timed(200, AT_ONCE, (n) => api.show({ id: idOf(n % N) }));
  const histories = await Promise.all(
    Array.from({ length: Math.min(20, N) }, async (_, n) => {
      const ids = [workflowId(idOf(n)), workflowId(idOf(n), 'coordination')];
      return Promise.all(ids.map((id) => client.workflow.getHandle(id).describe()));
    }),
  );
  const sum = (of: (one: { historyLength: number; historySize?: number }) => number): number =>
    histories.flat().reduce((all, one) => all + of(one), 0) / histories.length;
  return {
    ...{ startedPerSecond, allAskedSeconds, answers, cached, list, show },
    resident: residentUnder(root),
    eventsEach: sum(({ historyLength }) => historyLength),
    historyKbEach: sum(({ historySize = 0 }) => historySize) / 1024,
  };
}

/** As many workflows of the same shape with empty activities. */
async function floor(address: string, client: Client): Promise<Answers & { startedPerSecond: number }> {
  const file = fileURLToPath(new URL('./floorWorker.ts', import.meta.url));
  const worker: ChildProcess = spawn(process.execPath, [file, address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(worker.stdout as NodeJS.ReadableStream, 'data');
    const began = performance.now();
    await timed(N, AT_ONCE, (n) =>
      client.workflow.start('floorCooperation', {
        ...{ workflowId: `floor-${n}`, taskQueue: 'floor', args: [`floor-${n}`] },
      }),
    );
    const step = (n: number) => client.workflow.getHandle(`floor-${n}/coordination`);
    // Started, both activities done, and waiting.
    await until('all wait', async () => {
      try {
        return (await step(N - 1).describe()).historyLength >= 16;
      } catch {
        return false;
      }
    });
    const startedPerSecond = N / ((performance.now() - began) / 1000);
    const answer = (n: number) => step(n).executeUpdate('answer');
    return {
      startedPerSecond,
      one: await timed(ONE_BY_ONE, 1, answer),
      many: await timed(TOGETHER, AT_ONCE, (n) => answer(ONE_BY_ONE + n)),
    };
  } finally {
    worker.kill();
    await once(worker, 'exit');
  }
}

const place = await measuredPlace();
const system = place.start([], { NODE_OPTIONS: `--max-old-space-size=${WORKER_HEAP_MB}` });
await system.ready;
const connection = await Connection.connect({ address: place.temporal });
const client = new Client({ connection });
const ours = await measured(place.url, await place.token(), system.pid, client);
process.stderr.write('the floor\n');
const bare = await floor(place.temporal, client);
await connection.close();
await system.stop();
await place.remove();

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const pair = (took: readonly number[]): string => `${ms(at(took, 0.5))} | ${ms(at(took, 0.95))}`;
const row = (what: string, own: readonly number[], base: readonly number[]): string =>
  `| ${what} | ${pair(own)} | ${pair(base)} | ${(at(own, 0.5) / at(base, 0.5)).toFixed(2)} |`;
const { version } = JSON.parse(readFileSync(path.resolve('package.json'), 'utf8')) as { version: string };
const page = `# Many cooperations at once

Written by \`npm run bench:scale ${N}\` (version ${version}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB), once.
${N} cooperations are started over the HTTP API, ${AT_ONCE} at a time, on the system of \`npm start\`: one Temporal, one Postgres, one worker,
each process of ours with \`--max-old-space-size=${WORKER_HEAP_MB}\`. Beside it, on the same Temporal and after it, as many workflows of the
same shape whose activities do nothing: what Temporal itself costs here. Answers are approvals of the programme, of which another is
still owed; the cached ones are the second, while what followed from those before is under way. Compare figures of one run.

| what | figure |
|---|---|
| cooperations started a second | ${ours.startedPerSecond.toFixed(1)} (the floor, until its workflows wait: ${bare.startedPerSecond.toFixed(1)}) |
| from the first start until all are asked and each mail is out | ${ours.allAskedSeconds.toFixed(0)} s |
| history of a cooperation at the end | ${ours.eventsEach.toFixed(0)} events, ${ours.historyKbEach.toFixed(0)} kB |

| from an answer to its acknowledgement | p50 | p95 | floor p50 | floor p95 | ratio of p50 |
|---|---|---|---|---|---|
${row(`one at a time, ${ONE_BY_ONE}, not cached`, ours.answers.one, bare.one)}
${row(`${AT_ONCE} at a time, ${TOGETHER}, not cached`, ours.answers.many, bare.many)}
| one at a time, ${ours.cached.length}, cached | ${pair(ours.cached)} | — | — | — |

| over the API, ${AT_ONCE} at a time, 200 times | p50 | p95 |
|---|---|---|
| the first page of cooperations, 100 of ${N} | ${pair(ours.list)} |
| one cooperation, whole | ${pair(ours.show)} |

| memory of each process at the end (PSS) | MB |
|---|---|
${ours.resident.map(({ what, mb }) => `| ${what} | ${mb.toFixed(0)} |`).join('\n')}

Reminders that fall due at once are not measured: they go out on a working morning of their reader, which a bench cannot choose.
`;
writeFileSync(new URL('../docs/scale.md', import.meta.url), page);
process.stderr.write(page);
