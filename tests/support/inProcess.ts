import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { sql } from 'kysely';
import pino from 'pino';
import PostalMime, { type Email } from 'postal-mime';
import { createActivities } from '../../activities/create.ts';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import type { RequestRow } from '../../src/casefile/database/schema.ts';
import { findRequest } from '../../src/casefile/requests.ts';
import { viewOf } from '../../src/casefile/view.ts';
import {
  cooperationsOver,
  type GivenAnswer,
  type GivenDecision,
  workflowsOver,
} from '../../src/client/index.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import { type DocumentStore, readAll } from '../../src/documents/store.ts';
import type { RequestView } from '../../src/domain/caseView.ts';
import type { Change } from '../../src/domain/change.ts';
import type { OutsideAnswers } from '../../src/domain/door.ts';
import { closingPaperMaker } from '../../src/export/closingPaper.ts';
import type { Transport } from '../../src/mail/transport.ts';
import { printerFor } from '../../src/publications/certificates.ts';
import { collectingActivities } from '../../worker/collectingMails.ts';
import { reconcilingActivities } from '../../worker/reconciling.ts';
import { createWorker } from '../../worker/worker.ts';
import { testCaseFile } from './database.ts';
import { testSeal } from './seal.ts';
import { testNamespace, testTemporalServer } from './temporal.ts';
import { bundled } from './workflowBundle.ts';

/**
 * The application in the process of the test, over a real Temporal server: the real workflows and activities, a
 * namespace and a database of its own, documents in memory, and the mails in a list. Time passes as it does; what takes months is rehearsed
 * (tests/rehearsal).
 */
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 20));
const inAnHour = (instant: string) => new Date(Date.parse(instant) + 3_600_000).toISOString();

export type InProcess = Awaited<ReturnType<typeof inProcess>>;

/**
 * @param site the origin that mails lead to; without it they ask for replies
 * @param dynamicConfig settings of the Temporal server, such as `limit.historyCount.suggestContinueAsNew=60`
 * @param after another system whose case file and documents this one goes on with, and nothing else of it
 * @param followUpMonthMs how long a month is taken to last until it is asked what came of a cooperation
 * @param outsideAnswers what becomes of answers that neither site nor API sent
 * @param taking what the mail server says to each mail, by throwing; without it, it takes them all
 */
export async function inProcess({
  site,
  dynamicConfig,
  after,
  taking,
  outsideAnswers,
  followUpMonthMs,
}: {
  site?: { url: string };
  dynamicConfig?: string[];
  after?: { caseFile: CaseFile; documents: DocumentStore };
  taking?: (mail: { to: string; raw: Buffer }) => void;
  outsideAnswers?: OutsideAnswers;
  followUpMonthMs?: number;
} = {}) {
  const closing: (() => unknown)[] = [];
  const [server, workflowBundle] = await Promise.all([
    dynamicConfig ? testTemporalServer({ dynamicConfig }) : testNamespace(),
    bundled(),
  ]);
  closing.push(() => server.stop());
  const { caseFile, drop } = after ? { ...after, drop: () => {} } : await testCaseFile();
  closing.push(drop);
  const documents = after?.documents ?? memoryStore();
  const received: { to: string; parsed: Promise<Email> }[] = [];
  const mail: Transport = {
    async send({ to, raw }) {
      taking?.({ to, raw });
      received.push({ to, parsed: PostalMime.parse(raw) });
      return { response: '250 taken' };
    },
    close: () => {},
  };
  const mailbox = {
    /** All mails, or those about a request (`14-per-chl/coordination/approve-programme.1`). */
    async list({ request }: { request?: string } = {}) {
      const all = await Promise.all(
        received.map(async ({ to, parsed }, index) => ({ ...(await parsed), id: String(index), to: [to] })),
      );
      return all
        .filter(
          ({ headers }) =>
            request === undefined ||
            headers.some(({ key, value }) => key === 'x-rial-request' && value === request),
        )
        .map(({ id, to, messageId, subject = '', text = '' }) => ({ id, to, messageId, subject, text }));
    },
  };
  const now = () => new Date().toISOString();
  const nativeConnection = await NativeConnection.connect({ address: server.address });
  closing.push(() => nativeConnection.close());
  const outside = {
    caseFile,
    documents,
    mail,
    sender: { address: 'coop@rial.example', replyTo: 'secretaria@rial.example', domain: 'rial.example' },
    now,
    ...(site && { site }),
    ...(outsideAnswers && { outsideAnswers }),
    followUpMonthMs,
  };
  const connection = await Connection.connect({ address: server.address });
  closing.push(() => connection.close());
  const client = new Client({ connection, namespace: server.namespace });
  const workflows = workflowsOver(client);
  const cooperations = cooperationsOver({
    ...{ caseFile, documents, workflows, now },
    certificates: printerFor(site?.url ?? 'http://site.example'),
    paperMaker: closingPaperMaker({ caseFile, seal: testSeal }),
  });
  // Nothing that a test does is so long ago that it would be a disagreement: a later hour is.
  const later = cooperationsOver({ caseFile, documents, workflows, now: () => inAnHour(now()) });
  const silent = pino({ level: 'silent' });
  const reconciling = reconcilingActivities(later, outside, silent);
  const worker = await createWorker({
    connection: nativeConnection,
    namespace: server.namespace,
    activities: {
      ...createActivities(outside),
      ...reconciling,
      ...collectingActivities(outside, {}, silent),
    },
    workflowBundle,
    buildId: 'test',
  });
  const running = worker.run();
  closing.push(async () => {
    worker.shutdown();
    await running;
  });
  const view = async (id: string) => {
    const found = await viewOf(caseFile, id, now());
    if (!found) throw new Error(`no cooperation ${id}`);
    return found;
  };
  /** An open request's row, once it is there: looked for without a view of the whole each time. */
  async function opened(id: string, request: string): Promise<RequestRow> {
    const until = performance.now() + 30_000;
    for (;;) {
      const found = await findRequest(caseFile, id, request);
      if (found?.closedAt === null) return found;
      if (performance.now() > until) {
        const { requests } = await view(id);
        throw new Error(
          `${request} was not opened; there are ${requests.map((one) => `${one.id} ${one.outcome ?? 'open'}`).join(', ')}`,
        );
      }
      await aMoment();
    }
  }
  /** The open request of a kind, once it is there. */
  async function open(id: string, request: string): Promise<RequestView> {
    for (;;) {
      await opened(id, request);
      const { requests } = await view(id);
      const found = requests.find((one) => one.id === request && one.closedAt === null);
      if (found) return found;
    }
  }

  return {
    caseFile,
    documents,
    workflows,
    workflowBundle,
    client,
    cooperations,
    /** What the hourly activity does, as it would in an hour. */
    reconcile: () => reconciling.reconcile(),
    /** The same as an hour later would find it, had nothing happened until then. */
    later,
    mailbox,
    bytes: (sha256: string) => readAll(documents, sha256),
    view,
    open,
    /**
     * Waits until a cooperation no longer stands where it `stood`, and says where: requests, answers and people, without a
     * look at all of it each time.
     */
    async goneOn(id: string, stood: string): Promise<string> {
      for (;;) {
        const { rows } = await sql<{ stands: string }>`select jsonb_build_array(
          (select closed_at from cooperation where id = ${id}),
          (select string_agg(id, ' ' order by id) from request where cooperation = ${id}),
          (select count(*) from answer where cooperation = ${id}),
          (select count(*) from person where cooperation = ${id}))::text as stands`.execute(caseFile);
        const stands = rows[0]?.stands ?? '';
        if (stands !== stood) return stands;
        await aMoment();
      }
    },
    /** Answers an open request in a person's name. */
    async answer(
      id: string,
      request: string,
      by: string,
      given: GivenDecision & Partial<Pick<GivenAnswer, 'subject' | 'recorded' | 'confirmed' | 'seen'>>,
    ) {
      const { subjectHash: subject } = await opened(id, request);
      return cooperations.answer(id, { subject, ...given, request, by });
    },
    change: (id: string, what: Change, reason = 'Por acuerdo de las partes.') =>
      cooperations.change(id, { what, reason }),
    /** How a workflow stands: `RUNNING`, `CANCELLED`, …; `undefined` where it has not begun. */
    async status(workflow: string): Promise<string | undefined> {
      const described = client.workflow.getHandle(workflow).describe();
      return described.then(
        ({ status }) => status.name,
        () => undefined,
      );
    },
    async [Symbol.asyncDispose]() {
      for (const close of closing.reverse()) await close();
    },
  };
}
