import { fileURLToPath } from 'node:url';
import type { ActivityInterceptorsFactory, NativeConnection } from '@temporalio/worker';
import {
  type BundleOptions,
  bundleWorkflowCode,
  DefaultLogger,
  Worker,
  type WorkflowBundle,
  type WorkflowBundleOption,
} from '@temporalio/worker';
import type { Activities, Reconciling } from '../activities/index.ts';
import { TASK_QUEUE } from '../workflows/messages.ts';

type WebpackConfiguration = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

/**
 * Every cached workflow evaluates the bundle for itself. So our modules are joined into one, and today's JavaScript is left
 * as it is: what an older Node lacked would be written out in each file.
 */
function compact(config: WebpackConfiguration): WebpackConfiguration {
  const rules = (config.module?.rules ?? []) as { use?: { options?: { jsc?: { target: string } } } }[];
  for (const { use } of rules) if (use?.options?.jsc) use.options.jsc.target = 'es2022';
  const optimization = {
    concatenateModules: true,
    providedExports: true,
    usedExports: true,
    sideEffects: true,
  };
  return { ...config, optimization };
}

/**
 * The workflows as one bundle; takes about two seconds, so it is made once for a process. `interceptors` are paths of
 * modules that are loaded into the workflows' sandbox with them.
 */
export const bundleWorkflows = (
  interceptors: string[] = [],
  workflowsPath: string = fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
): Promise<WorkflowBundle> =>
  bundleWorkflowCode({
    workflowsPath,
    payloadConverterPath: fileURLToPath(new URL('../workflows/payloadConverter.ts', import.meta.url)),
    workflowInterceptorModules: interceptors,
    webpackConfigHook: compact,
    logger: new DefaultLogger('WARN'),
  });

export type WorkerOptions = {
  connection: NativeConnection;
  namespace: string;
  /** A rehearsal reconciles nothing. */
  activities: Activities & Partial<Reconciling>;
  workflowBundle: WorkflowBundleOption;
  /** The product's version, which Temporal shows beside what this worker does. */
  buildId: string;
};

/** One that waits takes 0.6 MB (docs/performance.md), one with much in it more: this many stay under a quarter of a gigabyte. */
const CACHED_WORKFLOWS = 100;

/** How often Temporal hears that an activity is still at work; `workflows/activities.ts` says how long it waits. */
const HEARTBEAT_MS = 2_000;

/**
 * Every activity says now and then that it is alive: when the process is killed in the middle of one, Temporal has
 * another go on with it within seconds.
 */
const heartbeats: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    async execute(input, next) {
      if (context.info.isLocal) return next(input);
      context.heartbeat();
      const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
      try {
        return await next(input);
      } finally {
        clearInterval(beat);
      }
    },
  },
});

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
    maxHeartbeatThrottleInterval: HEARTBEAT_MS,
    interceptors: { activity: [heartbeats] },
    shutdownGraceTime: '10 seconds',
    workerDeploymentOptions: {
      version: { deploymentName: TASK_QUEUE, buildId },
      useWorkerVersioning: false,
    },
  });
