import { afterAll, beforeAll, expect, it } from 'vitest';
import { findCooperation } from '../../src/casefile/cooperations.ts';
import { addQuestion } from '../../src/casefile/questions.ts';
import { workflowId } from '../../src/domain/ids.ts';
import {
  askQuestion,
  askQuestionUpdate,
  closeExchange,
  shareDocument,
  TASK_QUEUE,
} from '../../workflows/messages.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { exampleSource } from '../support/programme.ts';

/** What the exchange of documents makes of messages from outside: they may name what the case file does not have. */

let system: InProcess;
beforeAll(async () => {
  system = await inProcess();
});
afterAll(() => system[Symbol.asyncDispose]());

it('a question or document that the case file does not have is put and told to nobody', async () => {
  const { id } = await system.cooperations.start(exampleSource());
  await system.open(id, 'coordination/confirm-coordination.1');
  const exchange = await system.client.workflow.start('documentExchange', {
    taskQueue: TASK_QUEUE,
    workflowId: workflowId(id, 'documents'),
    args: [{ plan: (await findCooperation(system.caseFile, id))?.plan }],
  });
  await system.open(id, 'documents/send-documents.1');

  const from = 'per-mtpe';
  await exchange.signal(askQuestion, { number: 7, from, to: 'chl-mtps' });
  await exchange.executeUpdate(askQuestionUpdate, { args: [{ number: 8, from, to: 'chl-mtps' }] });
  await exchange.signal(shareDocument, { document: 'nobodys@1' });
  // One that is there is put after them, to whom it is for, and to nobody else.
  const asking = { by: 'per-mtpe-1', to: 'chl-mtps', text: '¿Quién la financia?' };
  await system.cooperations.ask(id, asking);
  await system.open(id, 'documents/answer-question-1.1');
  await exchange.signal(closeExchange);
  await exchange.result();

  const { requests } = await system.view(id);
  const asked = requests.filter(({ kind }) => kind === 'answer-question');
  expect(asked.map(({ id: request, asked: of }) => [request, of.map(({ party }) => party)])).toEqual([
    ['documents/answer-question-1.1', ['chl-mtps']],
  ]);
  const news = system.caseFile.selectFrom('mail').select('key').where('notice', '=', 'news');
  expect(await news.execute()).toEqual([]);
});

it('a question is put to the ministry it is for, whoever a message says', async () => {
  const source = exampleSource().replace('14-per-chl', '15-per-chl');
  const { id } = await system.cooperations.start(source);
  await system.open(id, 'coordination/confirm-coordination.1');
  const plan = (await findCooperation(system.caseFile, id))?.plan;
  const question = { fromParty: 'per-mtpe', by: 'per-mtpe-1', toParty: 'chl-mtps', session: null };
  await addQuestion(
    system.caseFile,
    { cooperation: id, ...question, text: '¿Quién la financia?' },
    new Date().toISOString(),
  );
  const exchange = await system.client.workflow.start('documentExchange', {
    taskQueue: TASK_QUEUE,
    workflowId: workflowId(id, 'documents'),
    args: [{ plan }],
  });
  await exchange.signal(askQuestion, { number: 1, from: 'chl-mtps', to: 'per-mtpe' });
  await system.open(id, 'documents/send-documents.1');
  await exchange.signal(closeExchange);
  await exchange.result();
  const { requests } = await system.view(id);
  expect(requests.filter(({ kind }) => kind === 'answer-question')).toEqual([]);
});
