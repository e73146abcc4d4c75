import { fileURLToPath } from 'node:url';
import type { NativeConnection } from '@temporalio/worker';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { Activities } from '../activities/index.ts';
import { TASK_QUEUE } from '../workflows/messages.ts';

/** The workflows as one bundle; takes about two seconds, so it is made once for a process. */
export const bundleWorkflows = (): Promise<WorkflowBundle> =>
  bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  });

export type WorkerOptions = {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  workflowBundle: WorkflowBundle;
  /** The product's version, which Temporal shows beside what this worker does. */
  buildId: string;
};

/** Each cached workflow costs 0.5 to 3 MB; this many stay under a quarter of a gigabyte. */
const CACHED_WORKFLOWS = 100;

/** A worker for all workflows and activities; `run()` it. */
export const createWorker = ({
  connection,
  namespace,
  activities,
  workflowBundle,
  buildId,
}: WorkerOptions): Promise<Worker> =>
  Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle,
    activities,
    maxCachedWorkflows: CACHED_WORKFLOWS,
    maxConcurrentActivityTaskExecutions: 20,
    shutdownGraceTime: '10 seconds',
    workerDeploymentOptions: {
      version: { deploymentName: TASK_QUEUE, buildId },
      useWorkerVersioning: false,
    },
  });
