import { Readable } from 'node:stream';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { workflowId } from '../../src/domain/ids.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { closeExchange, openRequestsQuery, respondUpdate, TASK_QUEUE } from '../../workflows/messages.ts';
import { inProcess } from '../support/inProcess.ts';
import { readable } from '../support/privacy.ts';
import { example } from '../support/programme.ts';

/**
 * The exchange of documents on a Temporal server that finds a history long after some sixty events: many questions
 * and documents, with requests open across every border between two runs.
 */

vi.setConfig({ testTimeout: 120_000 });
const WITHIN = { timeout: 60_000, interval: 50 };
const QUESTIONS = 18;
const DOCUMENTS = 6;

const programme = example();
const plan = planOf(programme);
const { cooperation } = plan;
type Exchange = Awaited<ReturnType<typeof exchange>>;
let system: Exchange;
beforeAll(async () => {
  system = await exchange();
}, 120_000);
afterAll(() => system[Symbol.asyncDispose]());

/** The exchange alone, over everything that it needs. */
async function exchange() {
  const system = await inProcess({ dynamicConfig: ['limit.historyCount.suggestContinueAsNew=60'] });
  const { client } = system;
  await fileCooperation(system.caseFile, programme, plan, new Date().toISOString());
  const id = workflowId(cooperation, 'documents');
  await client.workflow.start('documentExchange', {
    workflowId: id,
    taskQueue: TASK_QUEUE,
    args: [{ plan }],
  });
  return {
    ...system,
    handle: client.workflow.getHandle(id),
    view: () => system.view(cooperation),
    /** Every run there was, the first one first. */
    async runs(): Promise<string[]> {
      const runs: { runId: string; at: number }[] = [];
      for await (const { runId, startTime } of client.workflow.list({ query: `WorkflowId = "${id}"` }))
        runs.push({ runId, at: startTime.getTime() });
      return runs.sort((a, b) => a.at - b.at).map(({ runId }) => runId);
    },
    history: async (runId: string) =>
      JSON.parse(historyToJSON(await client.workflow.getHandle(id, runId).fetchHistory())) as {
        events: Record<string, unknown>[];
      },
  };
}

const textOf = (n: number) => `¿Cómo se resuelve el punto ${n} de la experiencia presentada?`;
const ask = (n: number) =>
  system.cooperations.ask(cooperation, {
    by: n % 2 ? 'per-mtpe-1' : 'chl-mtps-1',
    to: n % 2 ? 'chl-mtps' : 'per-mtpe',
    text: textOf(n),
  });
/** What the workflow itself waits on. */
const waitedOn = async () => (await system.handle.query(openRequestsQuery)).map(({ id }) => id).sort();
const requestOf = (number: number) => `documents/answer-question-${number}.1`;
async function answer(request: string, given: object = {}) {
  const found = await vi.waitFor(async () => {
    const open = (await system.view()).requests.find(
      ({ id, closedAt }) => id === request && closedAt === null,
    );
    if (!open) throw new Error(`${request} is not open`);
    return open;
  }, WITHIN);
  return system.cooperations.answer(cooperation, {
    request,
    by: `${found.owing[0]}-2`,
    subject: found.subject.hash,
    decision: 'done',
    text: `La respuesta a ${request}.`,
    ...given,
  });
}

it('loses nothing and asks nothing twice, from run to run', async () => {
  await answer('documents/send-documents.1', { by: 'per-mtpe-2', text: undefined });
  // Questions, documents and answers come as they like; every second question stays open.
  const work = Array.from({ length: QUESTIONS }, (_, n) => n + 1);
  const workers = Array.from({ length: 4 }, async () => {
    for (let n = work.shift(); n !== undefined; n = work.shift()) {
      const { number } = await ask(n);
      if (n <= DOCUMENTS)
        await system.cooperations.putDocument(cooperation, {
          by: 'chl-mtps-1',
          fileName: `documento-${n}.txt`,
          kind: 'shared',
          bytes: Readable.from([Buffer.from(`El documento ${n}.`)]),
        });
      if (n % 2) await answer(requestOf(number));
    }
  });
  await Promise.all(workers);
  await expect.poll(async () => (await system.runs()).length, WITHIN).toBeGreaterThan(2);

  // What was asked in an earlier run is known in this one, and can be answered.
  const { questions } = await system.view();
  expect(questions).toHaveLength(QUESTIONS);
  for (const n of [1, 2]) {
    const known = questions.find(({ text }) => text === textOf(n));
    expect(await ask(n)).toEqual({ number: known?.number, request: requestOf(known?.number ?? 0) });
  }
  const open = questions.filter(({ answer }) => answer === null);
  expect(open).toHaveLength(QUESTIONS / 2);
  expect(await waitedOn()).toEqual(
    ['documents/send-documents.1', ...open.map(({ number }) => requestOf(number))].sort(),
  );
  const [early] = questions.filter(({ answer }) => answer !== null);
  const again = system.handle.executeUpdate(respondUpdate, {
    args: [
      {
        request: requestOf(early?.number ?? 0),
        subject: (await system.view()).requests.find(({ id }) => id === requestOf(early?.number ?? 0))
          ?.subject.hash as string,
        party: early?.to as string,
        by: `${early?.to}-1`,
        decision: 'done',
      },
    ],
  });
  await expect(again).rejects.toMatchObject({ cause: { type: 'AlreadyAnswered' } });

  const [last, ...others] = open;
  await Promise.all(others.map(({ number }) => answer(requestOf(number))));
  await answer('documents/send-documents.1', { by: 'chl-mtps-2', text: undefined });
  // One question is still open when the exchange closes.
  await expect.poll(waitedOn, WITHIN).toEqual([requestOf(last?.number ?? 0)]);
  await system.handle.signal(closeExchange);
  await system.handle.result();

  const view = await system.view();
  const asked = view.requests.filter(({ kind }) => kind === 'answer-question');
  expect(asked.map(({ id }) => id).sort()).toEqual(questions.map(({ number }) => requestOf(number)).sort());
  expect(asked.filter(({ outcome }) => outcome !== 'done')).toMatchObject([
    { id: requestOf(last?.number ?? 0), lapse: 'cooperation-closed' },
  ]);
  expect(view.questions.filter(({ answer }) => answer === null)).toHaveLength(1);
  expect(view.documents).toHaveLength(DOCUMENTS);

  // Each of those asked had one mail for each question at most: who was answered for before it left had none.
  const received = await system.mailbox.list();
  const ids = received.map(({ messageId, to }) => `${messageId} ${to}`);
  expect(ids.filter((one, index) => ids.indexOf(one) !== index)).toEqual([]);
  expect(view.mails.filter(({ state }) => state === 'pending' || state === 'refused')).toEqual([]);

  // All that was shared or answered was made known, or waits to be in the last run.
  const histories = await Promise.all((await system.runs()).map(system.history));
  const told = histories.flatMap(({ events }) =>
    events.filter((event) => readable(event).includes('announceNews')).flatMap(readable),
  );
  const started = readable(histories.at(-1)?.events[0]);
  const signals = histories.at(-1)?.events.flatMap(readable) ?? [];
  for (const { document, version } of view.documents)
    expect([...told, ...started, ...signals].some((text) => text === `${document}@${version}`)).toBe(true);

  // So much at the same time, and each run would do the same again.
  for (const history of histories)
    await Worker.runReplayHistory(
      { workflowBundle: system.workflowBundle },
      history,
      system.handle.workflowId,
    );
});
