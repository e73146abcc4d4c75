import { statfs } from 'node:fs/promises';
import { type Connection, isGrpcServiceError } from '@temporalio/client';
import { sql } from 'kysely';
import type { CaseFile } from '../casefile/database/database.ts';
import { lastMailboxLook } from '../casefile/mails/mailboxLook.ts';
import { refusesEverybody } from '../casefile/mails/mails.ts';
import type { DocumentStore } from '../documents/store.ts';
import { MINUTE_MS } from '../domain/dates/durations.ts';
import { FAILING_TASK_ATTEMPTS } from '../domain/health.ts';
import type { Check } from './health.ts';

/** What is looked at. Each has a limit of its own, and what it asks for ends by itself soon after. */

export type Dependencies = {
  /** With connections of its own, and limits below a second: `openCaseFile(url, HEALTH_POOL)`. */
  caseFile: CaseFile;
  temporal: { connection: Connection; namespace: string; taskQueue: string };
  documents: DocumentStore;
  /** Says hello to the mail server. @throws what it has against us */
  greetMailServer: () => Promise<unknown>;
  /** Says hello to the malware scanner, where there is one. @throws what it has against us */
  greetScanner?: (() => Promise<unknown>) | undefined;
  /** Asks the authority of time stamps for one, where there is any: whether it gave one that is good. */
  asksForStamp?: (() => Promise<boolean>) | undefined;
  /** Looks at the TLS of where people reach the site, where it is not plain. @returns what is wrong, as a code */
  lookAtAddress?: (() => Promise<string | undefined>) | undefined;
  /** How often a worker looks into the mailbox of replies, where there is one. */
  looksEveryMs?: number | undefined;
  /** A folder on the disk that has to have room. */
  folder: string;
};

const LIMIT_MS = 900;
export const HEALTH_POOL = {
  connections: 2,
  connectMs: LIMIT_MS,
  statementMs: LIMIT_MS,
  answerMs: LIMIT_MS,
};

/** Below this, the next upload or the next checkpoint of the database may fail. */
const LEAST_FREE_BYTES = 500 * 1024 * 1024;
/** Clocks further apart than this make deadlines and reminders of two machines differ. */
const CLOCKS_APART_MS = 5_000;
/** A worker asks again every minute at the latest. */
const POLLED_WITHIN_MS = 90_000;
/** How many workflows are looked at each time: those that failed, and the next of all that run. */
const SAMPLE = 20;

export const checksOf = ({
  caseFile,
  temporal,
  documents,
  greetMailServer,
  greetScanner,
  asksForStamp,
  lookAtAddress,
  looksEveryMs,
  folder,
}: Dependencies): readonly Check[] => [
  { name: 'database-read', limitMs: LIMIT_MS, look: () => read(caseFile) },
  // It ends what pages keep of the case file, so it is done less often.
  { name: 'database-write', limitMs: LIMIT_MS, restMs: 15_000, look: () => written(caseFile) },
  { name: 'temporal', limitMs: LIMIT_MS, look: () => answering(temporal) },
  { name: 'worker', limitMs: LIMIT_MS, look: () => polled(temporal) },
  { name: 'workflow-tasks', limitMs: LIMIT_MS, restMs: 5_000, look: tasksOf(temporal) },
  { name: 'documents-read', limitMs: LIMIT_MS, look: () => done(documents.readable()) },
  { name: 'documents-write', limitMs: LIMIT_MS, restMs: 5_000, look: () => done(documents.writable()) },
  {
    name: 'mail-server',
    limitMs: LIMIT_MS,
    patienceMs: 20_000,
    restMs: 30_000,
    look: () => done(greetMailServer()),
  },
  { name: 'mail-taken', limitMs: LIMIT_MS, look: () => taken(caseFile) },
  ...(looksEveryMs === undefined
    ? []
    : [{ name: 'reply-mailbox', limitMs: LIMIT_MS, look: lookedInto(caseFile, looksEveryMs) } as const]),
  ...(greetScanner
    ? [{ name: 'scanner', limitMs: LIMIT_MS, restMs: 5_000, look: () => done(greetScanner()) } as const]
    : []),
  ...(asksForStamp
    ? [
        {
          name: 'timestamps' as const,
          ...{ limitMs: LIMIT_MS, patienceMs: 10_000, restMs: 10 * MINUTE_MS },
          look: async () => ((await asksForStamp()) ? undefined : 'no-stamp'),
        },
      ]
    : []),
  ...(lookAtAddress
    ? [
        {
          name: 'address' as const,
          ...{ limitMs: LIMIT_MS, patienceMs: 60_000, restMs: 10 * MINUTE_MS },
          look: lookAtAddress,
        },
      ]
    : []),
  { name: 'disk', limitMs: LIMIT_MS, look: () => room(folder) },
  { name: 'clocks', limitMs: LIMIT_MS, look: () => together(caseFile) },
];

const done = async (work: Promise<unknown>): Promise<undefined> => {
  await work;
};

async function read(db: CaseFile): Promise<undefined> {
  await db.selectFrom('cooperation').select('id').limit(1).execute();
}

/** Writes to the database's log and flushes it, and to no table. */
async function written(db: CaseFile): Promise<string | undefined> {
  const { rows } = await sql<{ readOnly: boolean }>`
    select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as read_only`.execute(db);
  if (rows[0]?.readOnly) return 'read-only';
  await sql`select pg_logical_emit_message(true, 'rial', '')`.execute(db);
  return undefined;
}

const asked = <T>({ connection }: Dependencies['temporal'], call: () => Promise<T>): Promise<T> =>
  connection.withDeadline(Date.now() + LIMIT_MS, call);

async function answering(temporal: Dependencies['temporal']): Promise<undefined> {
  const { connection, namespace } = temporal;
  await asked(temporal, () => connection.workflowService.describeNamespace({ namespace }));
}

/** Whether somebody takes both kinds of task. */
async function polled(temporal: Dependencies['temporal']): Promise<string | undefined> {
  const { connection, namespace, taskQueue } = temporal;
  const [WORKFLOW, ACTIVITY] = [1, 2];
  const queues = await asked(temporal, () =>
    Promise.all(
      [WORKFLOW, ACTIVITY].map((taskQueueType) =>
        connection.workflowService.describeTaskQueue({
          ...{ namespace, taskQueueType },
          taskQueue: { name: taskQueue },
        }),
      ),
    ),
  );
  const since = Date.now() - POLLED_WITHIN_MS;
  const alive = queues.every(({ pollers }) =>
    pollers?.some(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > since),
  );
  return alive ? undefined : 'nobody-polls';
}

type Execution = { workflowId?: string | null; runId?: string | null };

/**
 * Looks at some of the workflows that run, others each time, until it has seen them all; and again at those whose tasks
 * failed.
 */
function tasksOf(temporal: Dependencies['temporal']) {
  const { connection, namespace, taskQueue } = temporal;
  let nextPageToken: Uint8Array = new Uint8Array();
  let failing: Execution[] = [];
  const fails = async (execution: Execution): Promise<boolean> => {
    try {
      const found = await connection.workflowService.describeWorkflowExecution({ namespace, execution });
      return (found.pendingWorkflowTask?.attempt ?? 0) >= FAILING_TASK_ATTEMPTS;
    } catch (error) {
      // It has ended, and its history with it.
      if (isGrpcServiceError(error) && error.code === NOT_FOUND) return false;
      throw error;
    }
  };
  return async (): Promise<string | undefined> => {
    const page = await asked(temporal, () =>
      connection.workflowService.listWorkflowExecutions({
        ...{ namespace, nextPageToken, pageSize: SAMPLE },
        query: `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running'`,
      }),
    );
    nextPageToken = page.nextPageToken ?? new Uint8Array();
    const next = (page.executions ?? []).flatMap(({ execution }) => (execution ? [execution] : []));
    const known = new Set(failing.map(({ runId }) => runId));
    const sample = [...failing, ...next.filter(({ runId }) => !known.has(runId))].slice(0, SAMPLE);
    const found = await asked(temporal, () => Promise.all(sample.map(fails)));
    failing = sample.filter((_, index) => found[index]);
    return failing.length > 0 ? 'failing' : undefined;
  };
}
const NOT_FOUND = 5;

/** Whether the last mails were all refused, to several people: then it is not the people. */
const taken = async (db: CaseFile): Promise<string | undefined> =>
  (await refusesEverybody(db)) ? 'refuses-everybody' : undefined;

/** Beside the time between two looks, one may take this long. */
const LOOK_LASTS_MS = 10 * MINUTE_MS;

/** How the last look into the mailbox of replies went, and whether somebody looks. */
function lookedInto(db: CaseFile, everyMs: number): () => Promise<string | undefined> {
  const began = Date.now();
  return async () => {
    const last = await lastMailboxLook(db);
    const at = Math.max(began, last ? Date.parse(last.at) : 0);
    if (Date.now() - at > 2 * everyMs + LOOK_LASTS_MS) return 'nobody-looks';
    return last?.why ?? (last && last.leftThere > 0 ? 'mails-left' : undefined);
  };
}

async function room(folder: string): Promise<string | undefined> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < LEAST_FREE_BYTES ? 'little-room' : undefined;
}

/** The database's clock beside this machine's. */
async function together(db: CaseFile): Promise<string | undefined> {
  const before = Date.now();
  const { rows } = await sql<{ at: string }>`select clock_timestamp() as at`.execute(db);
  const middle = (before + Date.now()) / 2;
  return Math.abs(Date.parse(rows[0]?.at ?? '') - middle) > CLOCKS_APART_MS ? 'clocks-apart' : undefined;
}
