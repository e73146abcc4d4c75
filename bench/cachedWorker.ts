import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Activities } from '../activities/index.ts';
import { DAY_MS } from '../src/domain/dates/durations.ts';
import { planOf } from '../src/domain/programme/planOf.ts';
import { checkProgrammeFile } from '../src/domain/programme/programmeFile.ts';
import { createWorker } from '../worker/worker.ts';
import { TASK_QUEUE } from '../workflows/messages.ts';

/**
 * A worker by itself, as a process: `cachedWorker.ts ADDRESS BUNDLE WORKFLOW`. It starts workflows that only wait, and
 * prints how many kilobytes the process grows by for each that it keeps.
 */

/** The first leave behind what there is once. */
const WARM_UP = 10;
const MEASURED = 80;

const [address = '', bundle = '', type = ''] = process.argv.slice(2);
const checked = checkProgrammeFile(
  readFileSync(new URL('../examples/peru-chile-2021.yaml', import.meta.url), 'utf8'),
);
if (!('programme' in checked)) throw new Error('the example has mistakes');
const later = new Date(Date.now() + 365 * DAY_MS).toISOString();
const plan = { ...planOf(checked.programme), coordinationEndsAt: later };

const connection = await NativeConnection.connect({ address });
const worker = await createWorker({
  ...{ connection, namespace: 'default', buildId: 'bench', workflowBundle: { codePath: bundle } },
  activities: {} as Activities,
});
const running = worker.run();
const client = new Client({ connection: await Connection.connect({ address }) });

async function waiting(from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) {
    const workflowId = `${type}-${process.pid}-${n}`;
    const handle = await client.workflow.start(type, { taskQueue: TASK_QUEUE, workflowId, args: [{ plan }] });
    // Started, scheduled, picked up, and through with its first lines.
    while ((await handle.describe()).historyLength < 4) await setTimeout(10);
  }
  await setTimeout(3000);
}

await waiting(0, WARM_UP);
const before = process.memoryUsage().rss;
await waiting(WARM_UP, WARM_UP + MEASURED);
console.log(Math.round((process.memoryUsage().rss - before) / 1024 / MEASURED));
worker.shutdown();
await running;
process.exit(0);
