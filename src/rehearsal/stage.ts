import { Context } from '@temporalio/activity';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createActivities } from '../../activities/create.ts';
import { createWorker } from '../../worker/worker.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages.ts';
import { requestsOf } from '../casefile/cooperations.ts';
import { migrate, openCaseFile } from '../casefile/database/database.ts';
import { viewOf } from '../casefile/view.ts';
import { cooperationsOver, Refused, workflowsOver } from '../client/index.ts';
import { memoryStore } from '../documents/memory.ts';
import type { CaseView } from '../domain/caseView.ts';
import { newSealKey, sealerWith } from '../evidence/sealing.ts';
import { closingPaperMaker } from '../export/closingPaper.ts';
import { throwawayPostgres } from '../postgres-server/throwaway.ts';
import { printerFor } from '../publications/certificates.ts';
import { registerSearchAttributes } from '../temporal-server/searchAttributes.ts';
import { createTimeSkippingEnvironment } from '../temporal-server/timeSkipping.ts';
import { activityWatch, untilIdle } from './activityWatch.ts';
import { rehearsalBundle, setAhead } from './bundle.ts';
import { movedBack } from './history.ts';
import { type PostRules, postOffice } from './post.ts';
import { virtualTime } from './virtualTime.ts';

/**
 * A whole system on virtual time: the real workflows and activities, Temporal's time-skipping server, a database
 * of its own, documents in memory, and a post office that keeps to the scenario. Nothing outlives it.
 */
export type Stage = Awaited<ReturnType<typeof openStage>>;

const SENDER = { address: 'coop@rial.example', replyTo: 'secretaria@rial.example', domain: 'rial.example' };
/** Where links of mails would lead; where nobody says otherwise, to nobody. */
const SITE_URL = 'https://cooperacion.rial.example';

/**
 * The server begins at the real time, and has no other beginning. Whatever is not ready so soon begins later, by
 * seconds.
 */
const READY_WITHIN_MS = 15_000;

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

type Setting = {
  /** When the rehearsal begins (ISO 8601, UTC). */
  start: string;
  post: PostRules;
  /** The origin of the site that the links of mails would lead to. */
  siteUrl?: string | undefined;
  /** `postgres://…` of an empty one; without it there is one for as long as the stage is open. */
  database?: string | undefined;
  onProgress?: ((line: string) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Happens between the end of each activity and when its workflow hears of it. */
  afterActivity?: (() => Promise<void>) | undefined;
};

/** @throws TestServerNotFoundError where there is no time-skipping server and none can be got */
export async function openStage(setting: Setting) {
  installRuntime();
  await using opened = new AsyncDisposableStack();
  const { start, signal, siteUrl: url = SITE_URL } = setting;
  const { caseFile, environment, code } = await ground(setting, opened);
  signal?.throwIfAborted();
  const namespace = environment.namespace ?? 'default';
  await registerSearchAttributes(environment.connection, namespace, Object.values(SEARCH_ATTRIBUTES));

  /** How far the server's clock is ahead of the year that is rehearsed. */
  const aheadMs = Date.now() + READY_WITHIN_MS - Date.parse(start);
  const rehearsed = (serverMs: number): string => new Date(serverMs - aheadMs).toISOString();
  // Inside an activity the time is that of the server which scheduled it.
  const now = () => rehearsed(Context.current().info.currentAttemptScheduledTimestampMs);
  const documents = memoryStore();
  const mail = postOffice(setting.post, now);
  const watch = activityWatch(setting.afterActivity);
  const worker = await createWorker({
    connection: environment.nativeConnection,
    namespace,
    activities: watch.watched(
      createActivities({ caseFile, documents, mail, sender: SENDER, site: { url }, now }),
    ),
    workflowBundle: setAhead(code, aheadMs),
    buildId: 'rehearsal',
  });
  const running = worker.run();
  opened.defer(async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running.catch(() => {});
  });
  const time = opened.use(virtualTime(environment, { start, rehearsed, running, signal, watch }));
  const workflows = workflowsOver(environment.client);
  const rest = untilIdle(environment.client, watch, time.look, signal);

  // What remains of the time that was given to get ready.
  await time.passUntil(start);
  const open = opened.move();
  return {
    ...time,
    caseFile,
    documents,
    environment,
    workflows,
    cooperations: cooperationsOver({
      ...{ caseFile, documents, workflows, now: time.now, certificates: printerFor(url) },
      // By a key that nobody has once the stage is closed.
      paperMaker: async (view, at) =>
        closingPaperMaker({ caseFile, seal: sealerWith(await newSealKey('rehearsal', new Date(at))) })(
          view,
          at,
        ),
    }),
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
    /** A number that changes whenever an activity begins or ends: only then can the case have changed. */
    stirred: watch.stirred,
    view: async (id: string): Promise<CaseView> => {
      const view = await viewOf(caseFile, id, time.now());
      if (!view) throw new Error(`the case file has no cooperation ${id}`);
      return view;
    },
    requests: (id: string) => requestsOf(caseFile, id),
    rest,
    close: () => open.disposeAsync(),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** Database, server and workflow bundle, got side by side. */
async function ground({ database, onProgress = () => {}, signal }: Setting, opened: AsyncDisposableStack) {
  const url = database ?? opened.adopt(await throwawayPostgres(), (server) => server.stop()).url;
  const caseFile = opened.adopt(openCaseFile(url), (file) => file.destroy());
  const serving = createTimeSkippingEnvironment({ onProgress, signal }).then((environment) =>
    opened.adopt(environment, () => environment.teardown()),
  );
  const [environment, code] = await settled([serving, rehearsalBundle(), migrate(caseFile)] as const);
  return { caseFile, environment, code };
}

/** All of several; where one fails, the others are waited for, so that what they opened can be closed. */
async function settled<T extends readonly Promise<unknown>[]>(
  promises: T,
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(promises);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as never;
}
