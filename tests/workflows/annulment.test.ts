import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { putUnderReview } from '../support/review.ts';

/**
 * An answer that was used is annulled while its step runs: the step goes back to where it was asked, on the workflows
 * that run, and what they did then is what they do again. Who is told is asserted in tests/casefile/changes.
 */
describe('an answer that is annulled', () => {
  let system: InProcess;
  let count = 0;
  beforeAll(async () => {
    system = await inProcess();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const REVIEW = 'coordination/approve-programme.1';
  const REVISE = 'coordination/revise-programme.1';
  const DOCUMENTS = 'documents/send-documents.1';
  const annul = (id: string, request: string, party: string) =>
    system.change(id, { change: 'annul', request, party });

  async function underReview(window?: { from: string; to: string }): Promise<string> {
    const id = `annul-${++count}`;
    await putUnderReview(system, (file) => {
      file.id = id;
      const [first] = file.sessions;
      if (window && first) file.sessions = [{ contents: first.contents, window }];
    });
    return id;
  }
  /** The same, which one ministry approves and the other wants changed. */
  async function sentBack(): Promise<string> {
    const id = await underReview();
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'changes', reason: 'Otro programa.' });
    await system.answer(id, REVIEW, 'per-mtpe-1', { decision: 'approve' });
    await system.open(id, REVISE);
    return id;
  }
  const request = async (id: string, name: string) =>
    (await system.view(id)).requests.find((one) => one.id === name);
  const step = (id: string, scope: string) => system.status(`cooperation/${id}/${scope}`);

  /** What a workflow did, its code does again. */
  async function replays(id: string, scope: string): Promise<void> {
    const name = `cooperation/${id}/${scope}`;
    const history = await system.client.workflow.getHandle(name).fetchHistory();
    const { workflowBundle } = system;
    if ('code' in workflowBundle || 'codePath' in workflowBundle)
      await Worker.runReplayHistory({ workflowBundle }, history, name);
  }

  it('goes back to where it was asked: what followed lapses, and the approvals of both count', async () => {
    const id = await sentBack();
    await annul(id, REVIEW, 'chl-mtps');
    expect(await request(id, REVISE)).toMatchObject({ state: 'lapsed', lapse: 'annulled' });
    // A late answer to what was asked before is told so.
    await expect(
      system.cooperations.answer(id, {
        ...{ request: REVIEW, by: 'chl-mtps-2', subject: (await request(id, REVIEW))?.subject.hash ?? '' },
        ...{ decision: 'approve', revision: 2 },
      }),
    ).rejects.toMatchObject({ code: 'RequestClosed', refusal: { how: 'annulled' } });

    // Wanted once more, changes open the same round of the Secretariat, anew.
    await system.answer(id, `${REVIEW}.2`, 'chl-mtps-2', { decision: 'changes', reason: 'Otra vez.' });
    const revise = await system.open(id, `${REVISE}.2`);
    expect(revise.reasons.map(({ text }) => text)).toEqual(['Otra vez.']);
    await annul(id, `${REVIEW}.2`, 'chl-mtps');
    await system.answer(id, `${REVIEW}.3`, 'chl-mtps-2', { decision: 'approve' });
    await expect.poll(() => step(id, 'coordination')).toBe('COMPLETED');
    expect((await system.view(id)).programmeVersions).toHaveLength(1);
    await system.open(id, DOCUMENTS);
    await expect(annul(id, `${REVIEW}.3`, 'chl-mtps')).rejects.toMatchObject({
      code: 'AnswerLasts',
      refusal: { why: 'over-coordination' },
    });
    await replays(id, 'coordination');
  });

  it('while another owes theirs, is owed again by the same request', async () => {
    const id = await underReview();
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    await annul(id, REVIEW, 'chl-mtps');
    expect(await request(id, REVIEW)).toMatchObject({ owing: ['per-mtpe', 'chl-mtps'], renewedBy: null });
    await system.answer(id, REVIEW, 'per-mtpe-1', { decision: 'approve' });
    expect((await request(id, REVIEW))?.closedAt).toBeNull();
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    await system.open(id, DOCUMENTS);
    await replays(id, 'coordination');
  });

  it('while the cooperation is paused, is asked for at once, and goes on when it is resumed', async () => {
    const id = await sentBack();
    await system.change(id, { change: 'pause' });
    await annul(id, REVIEW, 'chl-mtps');
    await system.answer(id, `${REVIEW}.2`, 'chl-mtps-2', { decision: 'approve' });
    // Nothing disagrees with the case file, and nothing comes of the answer yet.
    await expect.poll(() => system.later.agreement()).toEqual([]);
    expect(await step(id, 'coordination')).toBe('RUNNING');
    await system.change(id, { change: 'resume' });
    await system.open(id, DOCUMENTS);
    await expect.poll(() => step(id, 'coordination')).toBe('COMPLETED');
    await replays(id, 'coordination');
  });

  it('stands so after its workflows are gone: what was asked anew goes on', async () => {
    const id = await sentBack();
    await annul(id, REVIEW, 'chl-mtps');
    // Its steps end with it.
    await system.client.workflow.getHandle(`cooperation/${id}`).terminate();
    await expect.poll(() => step(id, 'coordination')).toBe('TERMINATED');
    await system.cooperations.rebuild({ cooperations: [id] });
    // Its workflow gets there in its own time.
    await vi.waitFor(() => system.answer(id, `${REVIEW}.2`, 'chl-mtps-2', { decision: 'approve' }), {
      timeout: 30_000,
      interval: 200,
    });
    await system.open(id, DOCUMENTS);
    // It is told by whichever workflow is left to.
    const told = async () =>
      (await system.view(id)).mails.filter(({ notice }) => notice === 'answer-annulled').length;
    await expect.poll(told, { timeout: 30_000 }).toBe(7);
  });

  it('of documents and questions, is asked for again beside the rest', async () => {
    const id = await underReview();
    for (const by of ['chl-mtps-2', 'per-mtpe-1'])
      await system.answer(id, REVIEW, by, { decision: 'approve' });
    for (const by of ['chl-mtps-2', 'per-mtpe-1'])
      await system.answer(id, DOCUMENTS, by, { decision: 'done' });
    await system.cooperations.ask(id, { by: 'per-mtpe-1', to: 'chl-mtps', text: '¿Quién lo financia?' });
    const question = 'documents/answer-question-1.1';
    await system.answer(id, question, 'chl-mtps-2', { decision: 'done', text: 'El Estado.' });
    await annul(id, question, 'chl-mtps');
    await annul(id, DOCUMENTS, 'per-mtpe');
    expect((await system.view(id)).questions[0]?.answer).toBeNull();
    await system.answer(id, `${question}.2`, 'chl-mtps-2', { decision: 'done', text: 'Los sindicatos.' });
    await system.answer(id, `${DOCUMENTS}.2`, 'per-mtpe-1', { decision: 'done' });
    expect((await system.view(id)).questions[0]?.answer).toBe('Los sindicatos.');
    expect((await request(id, `${DOCUMENTS}.2`))?.asked.map(({ party }) => party)).toEqual(['per-mtpe']);
    await replays(id, 'documents');
  });

  it('that fixed a date takes it back: the Secretariat confirms another, and all are invited anew', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const id = await underReview({ from: day(20), to: day(40) });
    for (const by of ['chl-mtps-2', 'per-mtpe-1'])
      await system.answer(id, REVIEW, by, { decision: 'approve' });
    const { slots } = await system.open(id, 'session-1/choose-date.1');
    const marks = Object.fromEntries(slots.map((slot) => [slot.id, 'yes' as const]));
    for (const by of ['chl-mtps-2', 'per-mtpe-1'])
      await system.answer(id, 'session-1/choose-date.1', by, { decision: 'marks', marks });
    const [first, second] = slots.map((slot) => slot.id) as [string, string];
    await system.answer(id, 'session-1/confirm-date.1', 'oas-1', { decision: 'date', date: first });
    const session = async () => (await system.view(id)).sessions[0];
    await expect.poll(async () => (await session())?.sequence).toBe(0);
    await annul(id, 'session-1/confirm-date.1', 'oas');
    expect(await session()).toMatchObject({ startsAt: null, sequence: 1 });
    const again = await system.open(id, 'session-1/confirm-date.1.2');
    // The marks of the poll stand.
    expect(again.slots[0]?.marks).toHaveLength(2);
    await system.answer(id, again.id, 'oas-1', { decision: 'date', date: second });
    await expect.poll(async () => (await session())?.sequence).toBe(2);
    expect((await session())?.startsAt).toBe(slots[1]?.startsAt);
    await replays(id, 'session-1');
  });
});
