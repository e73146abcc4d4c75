import { setTimeout as delay } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createActivities } from '../../activities/create.ts';
import type { Activities } from '../../activities/index.ts';
import { createWorker } from '../../worker/worker.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.ts';
import type { CaseView } from '../casefile/caseView.ts';
import { requestsOf } from '../casefile/cooperations.ts';
import { migrate, openCaseFile } from '../casefile/database.ts';
import { viewOf } from '../casefile/view.ts';
import { cooperationsOver, Refused, workflowsOver } from '../client/index.ts';
import { memoryStore } from '../documents/memory.ts';
import { throwawayPostgres } from '../postgres-server/throwaway.ts';
import { registerSearchAttributes } from '../temporal-server/searchAttributes.ts';
import { createTimeSkippingEnvironment } from '../temporal-server/timeSkipping.ts';
import { rehearsalBundle, setAhead } from './bundle.ts';
import { movedBack } from './history.ts';
import { type PostRules, postOffice } from './post.ts';

/**
 * A whole system on virtual time: the real workflows and activities, Temporal's time-skipping server, a database
 * of its own, documents in memory, and a post office that keeps to the scenario. Nothing outlives it.
 */
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Time passed without end, or the worker failed: the rehearsal cannot go on. */
class RehearsalStuck extends Error {
  override name = 'RehearsalStuck';
}

const SENDER = { address: 'coop@rial.example', replyTo: 'secretaria@rial.example', domain: 'rial.example' };

/**
 * The server begins at the real time, and has no other beginning. Whatever is not ready so soon begins later, by
 * seconds.
 */
const READY_WITHIN_MS = 15_000;
/** A stretch of virtual time takes milliseconds; one that takes this long never ends. */
const STUCK_MS = 90_000;

let installed = false;
function installRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
    // Whoever opened the stage decides what a Ctrl-C does.
    shutdownSignals: [],
  });
}

/**
 * @param start when the rehearsal begins (ISO 8601, UTC)
 * @param database `postgres://…` of an empty one; without it there is one for as long as the stage is open
 * @throws TestServerNotFoundError where there is no time-skipping server and none can be got
 */
export async function openStage({
  start,
  post,
  database,
  onProgress = () => {},
  signal,
}: {
  start: string;
  post: PostRules;
  database?: string | undefined;
  onProgress?: ((line: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}) {
  installRuntime();
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    return await assemble();
  } catch (error) {
    await close();
    throw error;
  }

  async function ownDatabase(): Promise<string> {
    const server = await throwawayPostgres();
    closing.push(() => server.stop());
    return server.url;
  }

  async function assemble() {
    /** How far the server's clock is ahead of the year that is rehearsed. */
    const aheadMs = Date.now() + READY_WITHIN_MS - Date.parse(start);
    const rehearsed = (serverMs: number): string => new Date(serverMs - aheadMs).toISOString();

    const url = database ?? (await ownDatabase());
    const caseFile = openCaseFile(url);
    closing.push(() => caseFile.destroy());
    const serving = createTimeSkippingEnvironment({ onProgress, signal }).then((environment) => {
      closing.push(() => environment.teardown());
      return environment;
    });
    const [environment, code] = await settled([serving, rehearsalBundle(), migrate(caseFile)] as const);
    signal?.throwIfAborted();
    const namespace = environment.namespace ?? 'default';
    await registerSearchAttributes(environment.connection, namespace, Object.values(SEARCH_ATTRIBUTES));

    // Inside an activity the time is that of the server which scheduled it.
    const now = () => rehearsed(Context.current().info.currentAttemptScheduledTimestampMs);
    const documents = memoryStore();
    const mail = postOffice(post, now);
    let stirred = 0;
    let underWay = 0;
    const activities = watched(createActivities({ caseFile, documents, mail, sender: SENDER, now }), {
      begins() {
        stirred++;
        underWay++;
      },
      ends() {
        stirred++;
        underWay--;
      },
    });
    const worker = await createWorker({
      connection: environment.nativeConnection,
      namespace,
      activities,
      workflowBundle: setAhead(code, aheadMs),
      buildId: 'rehearsal',
    });
    let fail: (error: unknown) => void = () => {};
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    failed.catch(() => {});
    const running = worker.run().catch(fail);
    closing.push(async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    });

    const { client } = environment;
    const workflows = workflowsOver(client);
    let at = start;
    const cooperations = cooperationsOver({ caseFile, documents, workflows, now: () => at });
    const look = async () => {
      at = rehearsed(await environment.currentTimeMs());
      return at;
    };

    // A call that waits for time to pass is given up before its connection is closed.
    const ending = new AbortController();
    let passing: Promise<void> = Promise.resolve();
    closing.push(async () => {
      ending.abort();
      await passing.catch(() => {});
    });

    /** Lets virtual time pass, with all that happens in it. */
    async function pass(ms: number): Promise<void> {
      if (ms <= 0) return;
      const watch = new AbortController();
      passing = environment.connection.withAbortSignal(ending.signal, () => environment.sleep(ms));
      passing.catch(() => {});
      try {
        await Promise.race([
          passing,
          failed,
          aborted(signal, watch.signal),
          delay(STUCK_MS, undefined, { signal: watch.signal }).then(async () => {
            throw new RehearsalStuck(
              `virtual time stands still at ${await look()}; under way: ${underWay} activities`,
            );
          }),
        ]);
      } finally {
        watch.abort();
      }
      await look();
    }

    const over = new Set<string>();
    /** Whether nothing is under way in these workflows. One that waits to be tried again counts as nothing. */
    async function idle(ids: readonly string[]): Promise<boolean> {
      if (underWay > 0) return false;
      for (const id of ids) {
        if (over.has(id)) continue;
        const found = await client.workflow
          .getHandle(id)
          .describe()
          .catch((error: unknown) => {
            if (error instanceof WorkflowNotFoundError) return undefined;
            throw error;
          });
        if (!found) continue;
        if (found.status.name !== 'RUNNING') over.add(id);
        const pending = (found.raw.pendingActivities ?? []).filter(({ attempt }) => (attempt ?? 1) <= 1);
        if (pending.length > 0) return false;
      }
      return true;
    }

    // What remains of the time that was given to get ready.
    await pass(Date.parse(start) - Date.parse(await look()));
    return {
      caseFile,
      documents,
      workflows,
      cooperations,
      aheadMs,
      /** The history of a workflow in the rehearsal's own year; `undefined` for one that has not begun. */
      history: (workflow: string): Promise<unknown> =>
        workflows.history(workflow).then(
          (history) => movedBack(history, aheadMs),
          (error: unknown) => {
            if (error instanceof Refused) return undefined;
            throw error;
          },
        ),
      /** The rehearsal's time at the last look (ISO 8601, UTC). */
      now: () => at,
      look,
      /** Lets virtual time pass until an instant of the rehearsal. */
      passUntil: async (instant: string) => pass(Date.parse(instant) - Date.parse(await look())),
      pass,
      /** A number that changes whenever an activity begins or ends: only then can the case have changed. */
      stirred: () => stirred,
      view: async (id: string): Promise<CaseView> => {
        const view = await viewOf(caseFile, id, at);
        if (!view) throw new Error(`the case file has no cooperation ${id}`);
        return view;
      },
      requests: (id: string) => requestsOf(caseFile, id),
      /**
       * Waits until everything that is under way has come to rest. The time-skipping server, unlike the real one,
       * loses its way when an activity completes while a workflow task is at work on a local one, so what people do
       * waits for that.
       */
      async rest(ids: readonly string[]): Promise<void> {
        const until = performance.now() + STUCK_MS;
        while (!(await idle(ids))) {
          signal?.throwIfAborted();
          if (performance.now() > until) throw new RehearsalStuck(`nothing comes to rest at ${await look()}`);
          await delay(5);
        }
        await look();
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  }
}

/** All of several; where one fails, the others are waited for, so that what they opened can be closed. */
async function settled<T extends readonly Promise<unknown>[]>(
  promises: T,
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(promises);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as never;
}

function aborted(signal: AbortSignal | undefined, done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal?.reason);
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true, signal: done });
  });
}

const watched = (activities: Activities, watch: { begins(): void; ends(): void }): Activities =>
  Object.fromEntries(
    Object.entries(activities as unknown as Record<string, (input: unknown) => Promise<unknown>>).map(
      ([name, run]) => [
        name,
        async (input: unknown) => {
          watch.begins();
          try {
            return await run(input);
          } finally {
            watch.ends();
          }
        },
      ],
    ),
  ) as unknown as Activities;
