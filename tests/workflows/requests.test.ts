import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { recordAnswer } from '../../src/casefile/requests.ts';
import { workflowId } from '../../src/domain/ids.ts';
import type { Plan } from '../../src/domain/programme/plan.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { openRequestsQuery, TASK_QUEUE } from '../../workflows/messages.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, example, movedTo } from '../support/programme.ts';

describe('a request', () => {
  let system: InProcess;
  let number = 0;
  beforeAll(async () => {
    system = await inProcess();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  /** A cooperation whose coordination meeting was `days` from now, with its first request open. */
  async function started(days: number): Promise<string> {
    const id = `test-${++number}`;
    const now = new Date();
    const source = changedSource((file) => {
      movedTo(now, days)(file);
      file.id = id;
    });
    await system.cooperations.start(source);
    return id;
  }
  async function confirmed(days = -1): Promise<string> {
    const id = await started(days);
    await system.answer(id, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    return id;
  }
  const REVIEW = 'coordination/approve-programme.1';
  const mailsAbout = (id: string, request: string) => system.mailbox.list({ request: `${id}/${request}` });

  it('outlives Signals of every name that nobody can read, or that are of no shape', async () => {
    const id = await started(-1);
    const workflow = workflowId(id, 'coordination');
    const { workflowService } = system.client.connection;
    const sent = (signalName: string, encoding: string, data: string) =>
      workflowService.signalWorkflowExecution({
        namespace: system.client.options.namespace,
        workflowExecution: { workflowId: workflow },
        signalName,
        input: { payloads: [{ metadata: { encoding: Buffer.from(encoding) }, data: Buffer.from(data) }] },
      });
    await system.open(id, 'coordination/confirm-coordination.1');
    for (const name of ['respond', 'plan-changed', 'programme-amended', 'pause', 'resume', 'nobody-hears-it'])
      for (const [encoding, data] of [
        ['binary/encrypted', 'of another system'],
        ['json/plain', '{"cut":'],
        ['json/plain', 'null'],
        ['json/plain', '{"__proto__":{"cooperation":1},"parties":"all"}'],
      ] as const)
        await sent(name, encoding, data);
    await system.answer(id, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    expect((await system.open(id, REVIEW)).owing).toHaveLength(2);
  });

  it('is owed again once its answer was taken back, as its colleagues and Temporal hear, and once more when it is corrected', async () => {
    const id = await confirmed();
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    await system.cooperations.takeBack(id, { request: REVIEW, by: 'chl-mtps-1' });
    const again = await system.open(id, REVIEW);
    expect(again.owing.sort()).toEqual(['chl-mtps', 'per-mtpe']);
    expect(again.withdrawn).toMatchObject([
      { by: 'chl-mtps-2', decision: 'approve', withdrawn: { by: 'chl-mtps-1', how: 'taken-back' } },
    ]);
    // Whoever took it back knows; the Peruvian colleagues are not concerned.
    const { people } = await system.view(id);
    const chileans = people.filter(
      ({ party, role, id: one }) => party === 'chl-mtps' && role === 'delegate' && one !== 'chl-mtps-1',
    );
    const told = async () =>
      (await mailsAbout(id, REVIEW))
        .filter(({ text }) => text.includes('fue retirada por'))
        .flatMap(({ to }) => to);
    await expect.poll(async () => (await told()).sort()).toEqual(chileans.map(({ email }) => email).sort());
    const [held] = (await system.workflows.openRequests(id, 'coordination')) ?? [];
    expect(held).toMatchObject({ answers: [], takenBack: { 'chl-mtps': 1 } });

    // The same as the first is an answer of its own; another one that corrects it takes its place.
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    const reason = 'Falta el financiamiento.';
    await expect(
      system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'changes', reason }),
    ).rejects.toMatchObject({ code: 'AlreadyAnswered' });
    await system.cooperations.answer(id, {
      ...{ request: REVIEW, by: 'chl-mtps-1', subject: again.subject.hash, decision: 'changes', reason },
      revision: 3,
    });
    await system.answer(id, REVIEW, 'per-mtpe-1', { decision: 'approve' });
    await system.open(id, 'coordination/revise-programme.1');
    await expect(
      system.cooperations.takeBack(id, { request: REVIEW, by: 'chl-mtps-1' }),
    ).rejects.toMatchObject({ code: 'AnswerUsed' });
  });

  it('opens a round on a new version for changes, where the old approval does not count', async () => {
    const id = await confirmed();
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    await system.answer(id, REVIEW, 'per-mtpe-1', {
      decision: 'changes',
      reason: 'Falta el financiamiento.',
    });

    const revision = await system.open(id, 'coordination/revise-programme.1');
    await expect.poll(() => mailsAbout(id, revision.id)).toHaveLength(2);
    const asked = await mailsAbout(id, revision.id);
    expect(asked[0]?.text).toContain('Falta el financiamiento.');
    const { programme } = await system.view(id);
    const revised = changedSource((file) => {
      Object.assign(file, structuredClone(programme));
      file.objectives.items[0] = { title: 'Conocer', text: 'También el financiamiento.' };
    });
    await system.answer(id, revision.id, 'oas-1', { decision: 'submit', programme: revised });

    const second = await system.open(id, 'coordination/approve-programme.2');
    expect(second.owing.sort()).toEqual(['chl-mtps', 'per-mtpe']);
    const { programmeVersions } = await system.view(id);
    expect(programmeVersions.map(({ version }) => version)).toEqual([1, 2]);
    expect(programmeVersions[0]?.hash).not.toBe(programmeVersions[1]?.hash);
    expect(programmeVersions.every(({ issuedAt }) => issuedAt === null)).toBe(true);
  });

  it('refuses what cannot be taken, with the reason, and changes nothing', async () => {
    const id = await confirmed();
    const { subject } = await system.open(id, REVIEW);
    const answer = (given: object) =>
      system.cooperations.answer(id, {
        request: REVIEW,
        by: 'chl-mtps-1',
        subject: subject.hash,
        decision: 'approve',
        ...given,
      });
    await expect(answer({ by: 'oas-1' })).rejects.toMatchObject({ code: 'NotAsked' });
    await expect(answer({ by: 'chl-mtps-9' })).rejects.toMatchObject({ code: 'PersonUnknown' });
    await expect(answer({ by: 'guest-2-1' })).rejects.toMatchObject({ code: 'NotOfParty' });
    await expect(answer({ subject: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'SubjectSuperseded' });
    await expect(answer({ decision: 'done' })).rejects.toMatchObject({ code: 'DecisionNotTaken' });
    await expect(answer({ decision: 'changes' })).rejects.toMatchObject({ code: 'ReasonMissing' });
    await expect(answer({ request: 'coordination/approve-programme.7' })).rejects.toMatchObject({
      code: 'RequestUnknown',
    });
    expect((await system.open(id, REVIEW)).answers).toEqual([]);

    await answer({});
    await expect(answer({ by: 'chl-mtps-3' })).rejects.toMatchObject({
      refusal: { code: 'AlreadyAnswered', by: 'chl-mtps-1', decision: 'approve' },
    });
    expect((await system.open(id, REVIEW)).answers.map(({ by }) => by).sort()).toEqual(['chl-mtps-1']);
  });

  it('records an answer again that a case file put back to a time before has lost, and tells nobody less', async () => {
    const id = await confirmed();
    const { subject } = await system.open(id, REVIEW);
    const answer = (by: string) =>
      system.cooperations.answer(id, { request: REVIEW, by, subject: subject.hash, decision: 'approve' });
    const { at } = await answer('chl-mtps-1');
    const before = await system.view(id);
    await system.caseFile.transaction().execute(async (tx) => {
      // The record can only grow, but for whoever puts back a copy of it.
      await sql`set local session_replication_role = replica`.execute(tx);
      await tx.deleteFrom('answer').where('cooperation', '=', id).where('request', '=', REVIEW).execute();
      const key = `answer:${REVIEW}:chl-mtps`;
      await tx.deleteFrom('record').where('cooperation', '=', id).where('key', '=', key).execute();
    });
    expect((await system.open(id, REVIEW)).answers).toEqual([]);

    expect(await answer('chl-mtps-1')).toMatchObject({ at, stillOwing: ['per-mtpe'] });
    const { requests, record } = await system.view(id);
    expect(requests).toEqual(before.requests);
    expect(record.filter(({ kind }) => kind === 'answer-received')).toMatchObject(
      before.record.filter(({ kind }) => kind === 'answer-received').map(({ seq: _, ...entry }) => entry),
    );
    await expect(answer('chl-mtps-2')).rejects.toMatchObject({ code: 'AlreadyAnswered' });
  });

  it('takes one of two answers given at the same moment, and tells the other who was faster', async () => {
    const id = await confirmed();
    const { subject } = await system.open(id, REVIEW);
    const both = await Promise.allSettled(
      ['chl-mtps-1', 'chl-mtps-2'].map((by) =>
        system.cooperations.answer(id, { request: REVIEW, by, subject: subject.hash, decision: 'approve' }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [winner] = (await system.open(id, REVIEW)).answers;
    const refused = both.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ refusal: { code: 'AlreadyAnswered', by: winner?.by } });
  });

  it('moves on by a Signal as by an Update, and ignores a bad one', async () => {
    const id = await confirmed();
    const { subject } = await system.open(id, REVIEW);
    const handle = system.client.workflow.getHandle(`cooperation/${id}/coordination`);
    const good = { request: REVIEW, subject: subject.hash, decision: 'approve' };
    await handle.signal('respond', { nonsense: true });
    await handle.signal('respond', { ...good, party: 'chl-mtps', by: 'per-mtpe-1' });
    await handle.signal('respond', { ...good, party: 'chl-mtps', by: 'chl-mtps-77' });
    await handle.signal('respond', { ...good, party: 'chl-mtps', by: 'chl-mtps-2' });
    await handle.signal('respond', { ...good, party: 'per-mtpe', by: 'per-mtpe-1' });
    const next = await system.open(id, 'documents/send-documents.1');
    expect(next.owing).toHaveLength(2);
    const { requests } = await system.view(id);
    expect(
      requests
        .find((request) => request.id === REVIEW)
        ?.answers.map(({ by }) => by)
        .sort(),
    ).toEqual(['chl-mtps-2', 'per-mtpe-1']);
  });

  it('hears of an answer that stands in the case file alone, once the next process starts', async () => {
    const id = await confirmed();
    const { subject } = await system.open(id, REVIEW);
    const recorded = (party: string, by: string) =>
      recordAnswer(
        system.caseFile,
        id,
        { request: REVIEW, subject: subject.hash, party, by, decision: 'approve' },
        new Date().toISOString(),
      );
    expect(await recorded('chl-mtps', 'chl-mtps-2')).toBeNull();
    expect(await recorded('per-mtpe', 'per-mtpe-1')).toBeNull();
    expect(await system.cooperations.handInAnswers()).toBe(2);
    await system.open(id, 'documents/send-documents.1');
    expect(await system.cooperations.handInAnswers()).toBe(0);
  });

  it('hears of such an answer when it is given once more', async () => {
    const id = await confirmed();
    const { subject } = await system.open(id, REVIEW);
    const given = { request: REVIEW, subject: subject.hash, decision: 'approve' } as const;
    const at = new Date().toISOString();
    await recordAnswer(system.caseFile, id, { ...given, party: 'chl-mtps', by: 'chl-mtps-2' }, at);
    expect((await system.cooperations.answer(id, { ...given, by: 'chl-mtps-2' })).at).toBe(at);
    await system.cooperations.answer(id, { ...given, by: 'per-mtpe-1' });
    await system.open(id, 'documents/send-documents.1');
  });

  const FIRST_MESSAGES = [
    ['documentExchange', 'documents', 'share-document', () => ({ document: 'doc-1@1' })],
    ['documentExchange', 'documents', 'pause', () => undefined],
    ['documentExchange', 'documents', 'plan-changed', (plan: Plan) => plan],
    ['session', 'session-1', 'pause', () => undefined],
    ['session', 'session-1', 'plan-changed', (plan: Plan) => plan],
    ['systematization', 'systematization', 'pause', () => undefined],
  ] as const;
  it.each(FIRST_MESSAGES)('%s begins in good order when %s is sent %s before it', async (...given) => {
    const [workflow, scope, signal, content] = given;
    const id = `test-${++number}`;
    const programme = example();
    const plan = planOf({ ...programme, id });
    await fileCooperation(system.caseFile, { ...programme, id }, plan, new Date().toISOString());
    const handle = await system.client.workflow.signalWithStart(workflow, {
      workflowId: workflowId(id, scope),
      taskQueue: TASK_QUEUE,
      args: [{ plan, session: plan.sessions[0] }],
      signal,
      signalArgs: [content(plan)],
    });
    await expect.poll(() => handle.query(openRequestsQuery)).toBeDefined();
    const { events } = JSON.parse(historyToJSON(await handle.fetchHistory()));
    const failed = events.filter(({ eventType }: { eventType: string }) => eventType.endsWith('TASK_FAILED'));
    expect(failed).toEqual([]);
    await handle.terminate();
  });
});
