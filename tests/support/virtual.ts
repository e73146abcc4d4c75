import { Context } from '@temporalio/activity';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import PostalMime from 'postal-mime';
import { createActivities } from '../../activities/create.ts';
import type { Activities } from '../../activities/index.ts';
import type { RequestView } from '../../src/casefile/caseView.ts';
import { cooperations as openCooperations } from '../../src/casefile/cooperations.ts';
import { migrate, openCaseFile } from '../../src/casefile/database.ts';
import { viewOf } from '../../src/casefile/view.ts';
import { cooperationsOver, type GivenAnswer, workflowsOver } from '../../src/client/index.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import type { Change } from '../../src/domain/change.ts';
import type { Transport } from '../../src/mail/transport.ts';
import { registerSearchAttributes } from '../../src/runtime/temporal/searchAttributes.ts';
import { createTimeSkippingEnvironment } from '../../src/runtime/temporal/timeSkipping.ts';
import { bundleWorkflows, createWorker } from '../../worker/worker.ts';
import { SEARCH_ATTRIBUTES, workflowId } from '../../workflows/messages.ts';

/**
 * A whole system on virtual time: the real workflows and activities over a real database, and Temporal's time-skipping
 * server.
 */
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});

export async function virtualSystem() {
  const [environment, workflowBundle] = await Promise.all([
    createTimeSkippingEnvironment(),
    bundleWorkflows(),
  ]);
  const namespace = environment.namespace ?? 'default';
  await registerSearchAttributes(environment.connection, namespace, Object.values(SEARCH_ATTRIBUTES));
  const caseFile = openCaseFile('memory://');
  await migrate(caseFile);
  const documents = memoryStore();
  const received: { to: string; raw: Uint8Array }[] = [];
  // In memory, as in a rehearsal: what takes no time comes in nobody's way.
  const mail: Transport = {
    async send({ to, raw }) {
      received.push({ to, raw });
      return { response: '250 taken' };
    },
    close: () => {},
  };
  const mailbox = {
    /** The mails about a request (`14-per-chl/coordination/approve-programme.1`). */
    async list({ request }: { request: string }) {
      const all = await Promise.all(
        received.map(async ({ to, raw }, index) => ({
          id: String(index),
          to: [to],
          parsed: await PostalMime.parse(raw),
        })),
      );
      return all
        .filter(({ parsed }) =>
          parsed.headers.some(({ key, value }) => key === 'x-rial-request' && value === request),
        )
        .map(({ parsed, ...one }) => ({ ...one, subject: parsed.subject ?? '', text: parsed.text ?? '' }));
    },
  };
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

  /** Whatever follows from what was done is under way before anything else is done. */
  const settle = () => environment.sleep('1 second');

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
        if (found && (await this.still(id))) return found;
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
      const accepted = await cooperations.answer(id, { request, by, subject: subject.hash, ...given });
      await settle();
      return accepted;
    },
    /** Makes a change when nothing is being sent anywhere in the cooperation. */
    async change(id: string, what: Change, reason = 'Por acuerdo de las partes.') {
      await this.stillness(id);
      clientNow = await virtualNow();
      const made = await cooperations.change(id, { what, reason });
      await settle();
      return made;
    },
    /** Waits until nothing is being sent in a cooperation. */
    async stillness(id: string): Promise<void> {
      const until = performance.now() + 30_000;
      while (!(await this.still(id))) {
        if (performance.now() > until) throw new Error(`something is being sent all the time in ${id}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    /**
     * Whether nothing is at work in any workflow of a cooperation. The time-skipping server, unlike the real one, loses its
     * way when an activity completes while a workflow task is at work on a local one, so what people do here waits for
     * that.
     */
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
      await caseFile.destroy();
      await environment.teardown();
    },
  };
}
export type VirtualSystem = Awaited<ReturnType<typeof virtualSystem>>;
