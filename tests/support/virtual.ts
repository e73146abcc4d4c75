import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Context } from '@temporalio/activity';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createActivities } from '../../activities/create.ts';
import type { Activities } from '../../activities/index.ts';
import type { RequestView } from '../../src/casefile/caseView.ts';
import { cooperations as openCooperations } from '../../src/casefile/cooperations.ts';
import { migrate, openCaseFile } from '../../src/casefile/database.ts';
import { viewOf } from '../../src/casefile/view.ts';
import { cooperationsOver, type GivenAnswer, workflowsOver } from '../../src/client/index.ts';
import { diskStore } from '../../src/documents/disk.ts';
import type { Change } from '../../src/domain/change.ts';
import { createTransport } from '../../src/mail/transport.ts';
import { startMailbox } from '../../src/runtime/mailbox/mailbox.ts';
import { registerSearchAttributes } from '../../src/runtime/temporal/searchAttributes.ts';
import { createTimeSkippingEnvironment } from '../../src/runtime/temporal/timeSkipping.ts';
import { bundleWorkflows, createWorker } from '../../worker/worker.ts';
import { SEARCH_ATTRIBUTES, scopeOf, workflowId } from '../../workflows/messages.ts';

/**
 * A whole system on virtual time: the real workflows and activities, a real SMTP server and database, and
 * Temporal's time-skipping server.
 */
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});

export async function virtualSystem() {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-virtual-'));
  const [environment, workflowBundle] = await Promise.all([
    createTimeSkippingEnvironment(),
    bundleWorkflows(),
  ]);
  const namespace = environment.namespace ?? 'default';
  await registerSearchAttributes(environment.connection, namespace, Object.values(SEARCH_ATTRIBUTES));
  const caseFile = openCaseFile('memory://');
  await migrate(caseFile);
  const documents = diskStore(path.join(folder, 'documents'));
  const mailbox = await startMailbox({ port: 0, dir: path.join(folder, 'mailbox') });
  const mail = createTransport({ host: '127.0.0.1', port: mailbox.port });
  const virtualNow = async () => new Date(await environment.currentTimeMs()).toISOString();
  // Inside an activity the time is that of the server which scheduled it.
  const now = () => new Date(Context.current().info.currentAttemptScheduledTimestampMs).toISOString();
  /** Activities at work here at this moment, the local ones too. */
  let atWork = 0;
  const activities = counted({
    caseFile,
    documents,
    mail,
    sender: { address: 'coop@rial.example', replyTo: 'secretaria@rial.example', domain: 'rial.example' },
    now,
  });
  function counted(outside: Parameters<typeof createActivities>[0]): Activities {
    const all = Object.entries(createActivities(outside)) as [string, (input: unknown) => Promise<unknown>][];
    return Object.fromEntries(
      all.map(([name, work]) => [
        name,
        async (input: unknown) => {
          atWork++;
          try {
            return await work(input);
          } finally {
            atWork--;
          }
        },
      ]),
    ) as unknown as Activities;
  }
  /** Cooperations that were ended, so that nothing of theirs goes on beside what comes next. */
  const ended = new Set<string>();
  const worker = await createWorker({
    connection: environment.nativeConnection,
    namespace,
    activities,
    workflowBundle,
    buildId: 'test',
  });
  const running = worker.run();
  const workflows = workflowsOver(environment.client);
  let clientNow = await virtualNow();
  const cooperations = cooperationsOver({ caseFile, documents, workflows, now: () => clientNow });

  /**
   * Nothing is being sent for a workflow. The time-skipping server, unlike the real one, loses its way when an
   * activity completes while a workflow task is at work on a local one, so what people do here waits for that.
   */
  const quiet = async (id: string, request: string): Promise<boolean> => {
    const handle = environment.client.workflow.getHandle(workflowId(id, scopeOf(request)));
    return atWork === 0 && ((await handle.describe()).raw.pendingActivities ?? []).length === 0;
  };

  return {
    caseFile,
    documents,
    workflows,
    client: environment.client,
    cooperations,
    mailbox,
    async now() {
      clientNow = await virtualNow();
      return clientNow;
    },
    async view(id: string) {
      const view = await viewOf(caseFile, id, await virtualNow());
      if (!view) throw new Error(`no cooperation ${id}`);
      return view;
    },
    requests: async (id: string) =>
      (await viewOf(caseFile, id, await virtualNow()))?.requests
        .map((one) => `${one.id} ${one.outcome ?? 'open'}`)
        .join(', '),
    /** The open request of a kind, once it is there. */
    async open(id: string, request: string): Promise<RequestView> {
      const until = performance.now() + 30_000;
      for (;;) {
        const found = (await this.view(id)).requests.find(
          (one) => one.id === request && one.closedAt === null,
        );
        if (found && (await quiet(id, request))) return found;
        if (performance.now() > until)
          throw new Error(`${request} was not opened; there are ${await this.requests(id)}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    /** Answers an open request in a person's name. */
    async answer(
      id: string,
      request: string,
      by: string,
      given: Pick<GivenAnswer, 'decision'> & Partial<GivenAnswer>,
    ) {
      const { subject } = await this.open(id, request);
      clientNow = await virtualNow();
      return cooperations.answer(id, { request, by, subject: subject.hash, ...given });
    },
    /** Makes a change when nothing is being sent anywhere in the cooperation. */
    async change(id: string, what: Change, reason = 'Por acuerdo de las partes.') {
      await this.stillness(id);
      clientNow = await virtualNow();
      return cooperations.change(id, { what, reason });
    },
    /** Waits until nothing is being sent in a cooperation. */
    async stillness(id: string): Promise<void> {
      const until = performance.now() + 30_000;
      while (!(await this.still(id))) {
        if (performance.now() > until) throw new Error(`something is being sent all the time in ${id}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    /** Whether nothing is being sent in any workflow of a cooperation. */
    async still(id: string): Promise<boolean> {
      const { workflows: all } = await this.view(id);
      const pending = await Promise.all(
        all.map(async ({ id: workflow }) => {
          const described = await environment.client.workflow
            .getHandle(workflow)
            .describe()
            .catch(() => undefined);
          return described?.raw.pendingActivities?.length ?? 0;
        }),
      );
      return atWork === 0 && pending.every((count) => count === 0);
    },
    /** How a workflow stands: `RUNNING`, `CANCELLED`, …; `undefined` where it has not begun. */
    async status(workflow: string): Promise<string | undefined> {
      const described = environment.client.workflow.getHandle(workflow).describe();
      return described.then(
        ({ status }) => status.name,
        () => undefined,
      );
    },
    /** Lets virtual time pass. */
    async pass(duration: `${number} ${'hours' | 'days'}`): Promise<void> {
      for (const { id } of await openCooperations(caseFile)) if (!ended.has(id)) await this.stillness(id);
      await environment.sleep(duration);
    },
    /** Ends every cooperation: time passes for all of them together. */
    async endAll(): Promise<void> {
      for (const { id } of await openCooperations(caseFile)) {
        if (ended.has(id)) continue;
        await this.stillness(id);
        ended.add(id);
        // One that is over already is as it should be.
        await environment.client.workflow
          .getHandle(workflowId(id))
          .terminate()
          .catch(() => {});
      }
    },
    async [Symbol.asyncDispose]() {
      worker.shutdown();
      await running;
      mail.close();
      await mailbox.stop();
      await caseFile.destroy();
      await environment.teardown();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type VirtualSystem = Awaited<ReturnType<typeof virtualSystem>>;
