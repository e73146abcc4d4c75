import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { changesOf } from '../../src/casefile/changes/index.ts';
import { findCooperation } from '../../src/casefile/cooperations.ts';
import { lapseRequests } from '../../src/casefile/requests.ts';
import type { GivenDecision } from '../../src/client/index.ts';
import { workflowId } from '../../src/domain/ids.ts';
import { FOLLOW_UP } from '../../src/domain/methodology.ts';
import { BEGINNING } from '../../workflows/state.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';

/** What came of a cooperation is asked after its acceptance, on a real Temporal server; a month lasts as long as each test says. */

vi.setConfig({ testTimeout: 120_000 });

const ID = '14-per-chl';
const PROGRAMME = readFileSync(new URL('../../examples/peru-chile-2021.yaml', import.meta.url), 'utf8');
const FOLLOWED = `${PROGRAMME}\nfollowUp:\n  first: 6\n  second: 12\n`;
const FIRST = 'follow-up/tell-outcomes.1';
const SECOND = 'follow-up/tell-outcomes.2';
const CAME: GivenDecision = { decision: 'done', outcomes: { came: ['training'], text: 'Un curso nuevo.' } };
const NOTHING: GivenDecision = {
  ...{ decision: 'done', outcomes: { came: ['nothing-yet'], text: 'Falta la norma.' } },
};

/** A cooperation whose report is accepted, so that its workflow closes it. */
async function accepted(system: InProcess, source: string): Promise<void> {
  const { cooperations, caseFile, workflows, client } = system;
  await cooperations.start(source);
  const asked = await system.open(ID, 'coordination/confirm-coordination.1');
  await client.workflow.getHandle(workflowId(ID)).terminate();
  await lapseRequests(caseFile, ID, [asked.id], 'cooperation-closed', new Date().toISOString());
  const plan = (await findCooperation(caseFile, ID))?.plan;
  if (!plan) throw new Error('there is no cooperation');
  await workflows.rebuild(plan, { ...BEGINNING, over: 'accepted' });
  await client.workflow.getHandle(workflowId(ID)).result();
}

const mailsAbout = async ({ mailbox }: InProcess, request: string) =>
  (await mailbox.list({ request: `${ID}/${request}` })).map(({ to }) => String(to)).sort();

const focalPoints = async (system: InProcess) =>
  (await system.view(ID)).people
    .filter(({ focalPoint, role }) => focalPoint && role === 'delegate')
    .map(({ email }) => email)
    .sort();

it('is asked of both focal points, twice, when the cooperation itself is over; then nothing is left', async () => {
  await using system = await inProcess({ followUpMonthMs: 250 });
  await accepted(system, FOLLOWED);
  const closed = await system.view(ID);
  expect(closed.followUps.map(({ months }) => months)).toEqual([6, 12]);
  expect(closed.closedAt).not.toBeNull();
  expect(closed.followedUpAt).toBeNull();

  const asked = await system.open(ID, FIRST);
  expect(asked).toMatchObject({ item: 6, cooperation: 'running', owing: ['per-mtpe', 'chl-mtps'] });
  await vi.waitFor(async () => expect(await mailsAbout(system, FIRST)).toEqual(await focalPoints(system)), {
    timeout: 30_000,
  });
  expect(await system.later.agreement()).toEqual([]);

  // Anybody of an institution may answer. What is contradictory is refused, and changes nothing.
  await expect(
    system.answer(ID, FIRST, 'per-mtpe-1', {
      decision: 'done',
      outcomes: { came: ['nothing-yet', 'training'], text: 'Ambas cosas.' },
    }),
  ).rejects.toMatchObject({ code: 'ContentMistaken' });
  await expect(system.answer(ID, FIRST, 'per-mtpe-1', { decision: 'done' })).rejects.toMatchObject({
    code: 'ContentMissing',
  });
  await system.answer(ID, FIRST, 'per-mtpe-1', CAME);
  await system.answer(ID, FIRST, 'chl-mtps-1', NOTHING);
  await system.open(ID, SECOND);
  await system.answer(ID, SECOND, 'per-mtpe-1', CAME);
  await system.answer(ID, SECOND, 'chl-mtps-1', CAME);
  await system.client.workflow.getHandle(workflowId(ID, FOLLOW_UP)).result();

  const { followedUpAt, record, requests } = await system.view(ID);
  expect(followedUpAt).not.toBeNull();
  expect(record.at(-1)?.kind).toBe('cooperation-followed-up');
  expect(requests.filter(({ kind }) => kind === 'tell-outcomes').map(({ item }) => item)).toEqual([6, 12]);
  expect(await system.later.agreement()).toEqual([]);
  await expect(system.change(ID, { change: 'focal-point', person: 'per-mtpe-1' })).rejects.toMatchObject({
    code: 'CooperationOver',
  });
});

it('goes to whoever has come since, and waits as it did after its workflow is gone', async () => {
  await using system = await inProcess({ followUpMonthMs: 100 });
  await accepted(system, FOLLOWED);
  await system.open(ID, FIRST);
  await vi.waitFor(async () => expect(await mailsAbout(system, FIRST)).toHaveLength(2), { timeout: 30_000 });
  await system.answer(ID, FIRST, 'chl-mtps-1', NOTHING);

  // A session is nothing that could still be changed; people are, and who comes in is asked.
  await expect(system.change(ID, { change: 'pause' })).rejects.toMatchObject({ code: 'CooperationOver' });
  const gone = (await system.view(ID)).people.find(
    ({ party, focalPoint }) => party === 'per-mtpe' && focalPoint,
  );
  await system.change(ID, {
    change: 'replace',
    person: gone?.id ?? '',
    with: { name: 'Rosa Quispe', email: 'rosa.quispe@mtpe.example' },
  });
  await vi.waitFor(
    async () => expect(await mailsAbout(system, FIRST)).toContain('rosa.quispe@mtpe.example'),
    { timeout: 30_000 },
  );
  expect((await system.view(ID)).people.find(({ name }) => name === 'Rosa Quispe')).toMatchObject({
    focalPoint: true,
  });

  await vi.waitFor(async () => expect((await changesOf(system.caseFile, ID)).at(-1)?.doneAt).not.toBeNull(), {
    timeout: 30_000,
  });
  const waits = () =>
    vi.waitFor(
      async () => {
        const waited = await system.workflows.waitedOn(ID, FIRST);
        expect(waited?.answers.map(({ party }) => party)).toEqual(['chl-mtps']);
      },
      { timeout: 30_000 },
    );
  const written = await system.mailbox.list();
  await system.client.workflow.getHandle(workflowId(ID, FOLLOW_UP)).terminate();
  expect(await system.later.agreement()).toMatchObject([{ code: 'workflow-ended', was: 'terminated' }]);
  expect(await system.cooperations.rebuild({ cooperations: [ID] })).toEqual([
    { cooperation: ID, was: 'terminated', workflows: [FOLLOW_UP] },
  ]);
  await waits();
  await vi.waitFor(async () => expect(await system.later.agreement()).toEqual([]), { timeout: 30_000 });
  // Once more of what Temporal has forgotten: that is mended by itself.
  await system.client.workflowService.deleteWorkflowExecution({
    namespace: system.client.options.namespace,
    workflowExecution: { workflowId: workflowId(ID, FOLLOW_UP) },
  });
  await expect.poll(() => system.status(workflowId(ID, FOLLOW_UP))).toBe(undefined);
  expect(await system.reconcile()).toEqual({ found: 1, mended: 1 });
  await waits();
  await system.answer(ID, FIRST, 'per-mtpe-1', CAME);
  await system.open(ID, SECOND);
  const again = (await system.mailbox.list()).filter(({ messageId }) =>
    written.some((mail) => mail.messageId === messageId),
  );
  expect(again).toHaveLength(written.length);
});

it('is asked of nobody where the programme says nothing of it', async () => {
  await using system = await inProcess({ followUpMonthMs: 1 });
  await accepted(system, PROGRAMME);
  expect((await system.view(ID)).followUps).toEqual([]);
  expect(await system.status(workflowId(ID, FOLLOW_UP))).toBe(undefined);
  expect(await system.later.agreement()).toEqual([]);
});
