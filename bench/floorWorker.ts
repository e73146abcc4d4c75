import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

/** A worker of the floor by itself, as a process: `floorWorker.ts ADDRESS`. It runs until it is ended. */

Runtime.install({ logger: new DefaultLogger('WARN') });
const connection = await NativeConnection.connect({ address: process.argv[2] ?? '' });
const worker = await Worker.create({
  connection,
  taskQueue: 'floor',
  workflowsPath: fileURLToPath(new URL('./floorWorkflows.ts', import.meta.url)),
  activities: { nothing: async () => {} },
  maxCachedWorkflows: 100,
  maxConcurrentActivityTaskExecutions: 20,
});
process.stdout.write('ready\n');
await worker.run();
