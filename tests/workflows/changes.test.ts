import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';

/**
 * What the Secretariat changes on the way, as the workflows take it: children and rounds. Who is told what of each
 * change is asserted in tests/casefile/changes and by the scenarios.
 */
describe('a change of', () => {
  let system: InProcess;
  let count = 0;
  beforeAll(async () => {
    system = await inProcess();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const MINUTES = { decision: 'done', minutes: { minutes: 'Acuerdos.' } } as const;
  const REVIEW = 'coordination/approve-programme.1';

  /** A cooperation whose coordination meeting was yesterday, with its programme up for approval. */
  async function underReview(): Promise<string> {
    const id = `change-${++count}`;
    const now = new Date();
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(now, -1)(file);
        file.id = id;
      }),
    );
    await system.answer(id, 'coordination/confirm-coordination.1', 'oas-1', MINUTES);
    await system.open(id, REVIEW);
    return id;
  }
  /** One whose programme has been approved: the first session is invited to, documents are asked for. */
  async function approved(): Promise<string> {
    const id = await underReview();
    await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    await system.answer(id, REVIEW, 'per-mtpe-1', { decision: 'approve' });
    await system.open(id, 'documents/send-documents.1');
    await expect.poll(async () => (await session(id, 1))?.sequence).toBe(0);
    return id;
  }
  const request = async (id: string, name: string) =>
    (await system.view(id)).requests.find((one) => one.id === name);
  const session = async (id: string, number: number) =>
    (await system.view(id)).sessions.find((one) => one.number === number);
  const step = (id: string, scope?: string) => system.status(`cooperation/${id}${scope ? `/${scope}` : ''}`);
  const mails = async (id: string, notice: string) =>
    (await system.view(id)).mails
      .filter((mail) => mail.notice === notice)
      .map(({ person }) => person)
      .sort();

  describe('a request', () => {
    it('goes on without an answer, but never without any', async () => {
      const id = await underReview();
      await system.change(id, { change: 'waive', request: REVIEW, party: 'per-mtpe' });
      await expect(
        system.change(id, { change: 'waive', request: REVIEW, party: 'chl-mtps' }),
      ).rejects.toMatchObject({ code: 'LastToAnswer' });
      await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
      await system.open(id, 'documents/send-documents.1');
      expect((await request(id, REVIEW))?.waived).toEqual(['per-mtpe']);
    });

    it('asks another, and the first no more', async () => {
      const id = await underReview();
      await system.change(id, { change: 'reassign', request: REVIEW, from: 'per-mtpe', to: 'oas' });
      await expect(system.answer(id, REVIEW, 'per-mtpe-1', { decision: 'approve' })).rejects.toMatchObject({
        code: 'NotAsked',
      });
      await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
      await system.answer(id, REVIEW, 'oas-1', { decision: 'approve' });
      await system.open(id, 'documents/send-documents.1');
    });
  });

  describe('a session', () => {
    it('cancels it: entries are removed, its workflow ends, and the next goes on', async () => {
      const id = await approved();
      await system.change(id, { change: 'cancel-session', session: 1 });
      await expect.poll(() => step(id, 'session-1')).toBe('COMPLETED');
      await expect.poll(() => step(id, 'session-2')).toBe('RUNNING');
      await expect.poll(() => mails(id, 'invitation')).toHaveLength(22);
    });

    it('adds one, which is invited to in its time', async () => {
      const id = await approved();
      const { timeZone } = (await session(id, 1)) ?? { timeZone: 'America/Lima' };
      const date = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
      await system.change(id, {
        change: 'add-session',
        as: { date, starts: '10:00', timezone: timeZone, contents: 'Seguimiento.' },
      });
      for (const number of [1, 2, 3]) await system.change(id, { change: 'cancel-session', session: number });
      await expect.poll(() => step(id, 'session-4')).toBe('RUNNING');
      await expect.poll(async () => (await session(id, 4))?.sequence).toBe(0);
    });
  });

  describe('the cooperation', () => {
    it('cancels it: every step ends, and requests lapse', async () => {
      const id = await approved();
      await system.change(id, { change: 'cancel' });
      await expect.poll(() => step(id)).toBe('COMPLETED');
      expect(await step(id, 'documents')).toBe('CANCELLED');
      expect(await step(id, 'session-1')).toBe('CANCELLED');
      const { requests, cancelledAt } = await system.view(id);
      expect(cancelledAt).not.toBeNull();
      expect(requests.filter(({ closedAt }) => closedAt === null)).toEqual([]);
      await expect(system.change(id, { change: 'pause' })).rejects.toMatchObject({ code: 'CooperationOver' });
      // Whoever leaves is put out all the same, once, and nothing is left to be made.
      const leaves = { change: 'remove-person', person: 'chl-mtps-1' } as const;
      expect(await system.change(id, leaves)).toMatchObject({ told: [] });
      expect((await system.view(id)).people.find((one) => one.id === leaves.person)?.active).toBe(false);
      await expect(system.change(id, leaves)).rejects.toMatchObject({ code: 'PersonLeft' });
      expect(await system.cooperations.agreement()).not.toContainEqual(
        expect.objectContaining({ cooperation: id }),
      );
    });

    it('corrects its contents, which are approved again beside the rest', async () => {
      const id = await approved();
      const { programme } = await system.view(id);
      const source = changedSource((file) => {
        Object.assign(file, structuredClone(programme));
        file.objectives.items[0] = { title: 'Conocer', text: 'También el financiamiento.' };
      });
      const { change } = await system.change(id, { change: 'amend', programme: source });
      const review = await system.open(id, `amendment-${change}/approve-programme.1`);
      expect(review.label).toContain('2');
      expect(review.owing.sort()).toEqual(['chl-mtps', 'per-mtpe']);
      await system.answer(id, review.id, 'chl-mtps-2', { decision: 'approve' });
      await system.answer(id, review.id, 'per-mtpe-1', { decision: 'approve' });
      await expect.poll(() => step(id, `amendment-${change}`)).toBe('COMPLETED');
      const { programmeVersions } = await system.view(id);
      expect(programmeVersions.map(({ version, issuedAt }) => [version, issuedAt !== null])).toEqual([
        [1, true],
        [2, true],
      ]);
    });

    it('corrects it while it is up for approval: the approval of the version before does not count', async () => {
      const id = await underReview();
      await system.answer(id, REVIEW, 'chl-mtps-2', { decision: 'approve' });
      const { programme } = await system.view(id);
      const source = changedSource((file) => {
        Object.assign(file, structuredClone(programme));
        file.objectives.items[0] = { title: 'Conocer', text: 'También el financiamiento.' };
      });
      await system.change(id, { change: 'amend', programme: source });
      const second = await system.open(id, 'coordination/approve-programme.2');
      expect(second.owing.sort()).toEqual(['chl-mtps', 'per-mtpe']);
    });
  });
});
