import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { changesOf } from '../../src/casefile/changes/index.ts';
import type { GivenDecision } from '../../src/client/index.ts';
import { workflowId } from '../../src/domain/ids.ts';
import { FOLLOW_UP } from '../../src/domain/methodology.ts';
import { closed } from '../support/closing.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';

/** What came of a cooperation is asked after its acceptance, on a real Temporal server; a month lasts as long as each test says. */

vi.setConfig({ testTimeout: 120_000 });

const ID = '14-per-chl';
const PROGRAMME = readFileSync(new URL('../../examples/peru-chile-2021.yaml', import.meta.url), 'utf8');
const UNASKED = `${PROGRAMME}\nfollowUp: none\n`;
const FIRST = 'follow-up/tell-outcomes.1';
const SECOND = 'follow-up/tell-outcomes.2';
const CAME: GivenDecision = { decision: 'done', outcomes: { came: ['training'], text: 'Un curso nuevo.' } };
const NOTHING: GivenDecision = {
  ...{ decision: 'done', outcomes: { came: ['nothing-yet'], text: 'Falta la norma.' } },
};

/** A cooperation whose report is accepted, so that its workflow closes it. */
async function accepted(system: InProcess, source: string): Promise<void> {
  await system.cooperations.start(source);
  await closed(system, ID);
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
  await accepted(system, PROGRAMME);
  const closed = await system.view(ID);
  expect(closed.followUps.map(({ months }) => months)).toEqual([6, 12]);
  expect(closed.closedAt).not.toBeNull();
  expect(closed.followedUpAt).toBeNull();

  const asked = await system.open(ID, FIRST);
  expect(asked).toMatchObject({ item: 6, cooperation: 'running', owing: ['per-mtpe', 'chl-mtps'] });
  await vi.waitFor(async () => expect(await mailsAbout(system, FIRST)).toEqual(await focalPoints(system)), {
    timeout: 30_000,
  });
  await expect.poll(() => system.later.agreement()).toEqual([]);

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
  await expect.poll(() => system.later.agreement()).toEqual([]);
  await expect(system.change(ID, { change: 'focal-point', person: 'per-mtpe-1' })).rejects.toMatchObject({
    code: 'CooperationOver',
  });
});

it('goes to whoever has come since, and waits as it did after its workflow is gone', async () => {
  await using system = await inProcess({ followUpMonthMs: 100 });
  await accepted(system, PROGRAMME);
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

it('is asked of nobody where the programme says so', async () => {
  await using system = await inProcess({ followUpMonthMs: 1 });
  await accepted(system, UNASKED);
  expect((await system.view(ID)).followUps).toEqual([]);
  expect(await system.status(workflowId(ID, FOLLOW_UP))).toBe(undefined);
  await expect.poll(() => system.later.agreement()).toEqual([]);
});

const MANUAL = { what: 'Enviar el manual', owner: 'chl-mtps-2', due: '2021-09-30' };
const RULES = { what: 'Aprobar el reglamento', owner: 'per-mtpe', due: '2021-12-15' };
const GUIDE = { what: 'Traducir la guía', owner: 'chl-mtps', due: '2021-09-01' };

/** The same, with what was taken on in it. */
async function committed(system: InProcess, source: string): Promise<void> {
  await system.cooperations.start(source);
  await system.open(ID, 'coordination/confirm-coordination.1');
  for (const one of [MANUAL, RULES, GUIDE]) await system.change(ID, { change: 'add-commitment', ...one });
  await closed(system, ID);
}

it('what became of commitments is asked of each institution about its own, in one request; what is put off once more', async () => {
  await using system = await inProcess({ followUpMonthMs: 400 });
  await committed(system, UNASKED);
  expect((await system.view(ID)).followUps).toEqual([]);

  const of = async (party: string, round?: number) =>
    vi.waitFor(
      async () => {
        const found = (await system.view(ID)).requests.find(
          (one) =>
            one.kind === 'tell-commitments' &&
            one.closedAt === null &&
            one.asked[0]?.party === party &&
            (round === undefined || one.round === round),
        );
        if (!found) throw new Error(`nothing is asked of ${party}`);
        return found;
      },
      { timeout: 30_000 },
    );
  const chile = await of('chl-mtps');
  const peru = await of('per-mtpe');
  expect([chile.id, peru.id].sort()).toEqual([
    'follow-up/tell-commitments.1',
    'follow-up/tell-commitments.2',
  ]);
  expect(chile.commitments.map(({ what, name }) => [what, name !== null])).toEqual([
    ['Enviar el manual', true],
    ['Traducir la guía', false],
  ]);
  expect(peru.commitments.map(({ what }) => what)).toEqual(['Aprobar el reglamento']);
  await vi.waitFor(async () => expect(await mailsAbout(system, chile.id)).toHaveLength(1), {
    timeout: 30_000,
  });
  await expect.poll(() => system.later.agreement()).toEqual([]);

  const tells = (fulfilment: object[], by = 'chl-mtps-1', request = chile.id) =>
    system.answer(ID, request, by, { decision: 'done', fulfilment } as GivenDecision);
  const kept = { commitment: 1, outcome: 'kept', text: 'Enviado en agosto.' };
  await expect(tells([kept])).rejects.toMatchObject({
    refusal: { code: 'CommitmentUntold', commitment: 3 },
  });
  await expect(tells([kept, kept])).rejects.toMatchObject({ code: 'CommitmentUntold' });
  await expect(tells([kept, { commitment: 2, outcome: 'kept' }])).rejects.toMatchObject({
    code: 'CommitmentUnknown',
  });
  await expect(tells([kept, { commitment: 3, outcome: 'later' }])).rejects.toMatchObject({
    code: 'ContentMistaken',
  });
  await expect(tells([kept, { commitment: 3, outcome: 'later', until: '2021-08-01' }])).rejects.toMatchObject(
    { code: 'CommitmentNotLater' },
  );
  // So far away that it is not asked about anew in this test.
  const FAR = '2051-11-30';
  await tells([kept, { commitment: 3, outcome: 'later', until: FAR }]);

  const stands = async () =>
    (await system.view(ID)).commitments.map(({ outcome, due, toldBy }) => [outcome, due, toldBy]);
  expect(await stands()).toEqual([
    ['kept', '2021-09-30', 'chl-mtps-1'],
    [null, '2021-12-15', null],
    ['later', FAR, 'chl-mtps-1'],
  ]);
  // Staff annul it: all of it is as it was, and is asked anew.
  await system.change(ID, { change: 'annul', request: chile.id, party: 'chl-mtps' });
  expect((await stands())[2]).toEqual([null, '2021-09-01', null]);
  const renewed = await of('chl-mtps');
  expect(renewed.id).toBe(`${chile.id}.2`);
  expect(renewed.commitments).toEqual(chile.commitments);
  await tells([kept, { commitment: 3, outcome: 'later', until: '2021-11-30' }], 'chl-mtps-1', renewed.id);
  const again = await of('chl-mtps', 3);
  expect(again.commitments.map(({ number }) => number)).toEqual([3]);
  // What it put off is asked about anew: annulled, the answer is asked for again without that, which goes on there.
  await system.change(ID, { change: 'annul', request: renewed.id, party: 'chl-mtps' });
  expect(await stands()).toEqual([
    [null, '2021-09-30', null],
    [null, '2021-12-15', null],
    ['later', '2021-11-30', 'chl-mtps-1'],
  ]);
  const third = await of('chl-mtps', chile.round);
  expect(third.id).toBe(`${chile.id}.3`);
  expect(third.commitments.map(({ number }) => number)).toEqual([1]);
  await tells([kept], 'chl-mtps-1', third.id);
  for (const open of [again, peru])
    expect((await system.view(ID)).requests.find(({ id }) => id === open.id)).toMatchObject({
      closedAt: null,
      lapse: null,
    });
  await vi.waitFor(async () => expect(await mailsAbout(system, again.id)).toHaveLength(1), {
    timeout: 30_000,
  });

  // Its workflow is begun anew: what was asked is waited on, and nobody is written to twice.
  const written = (await system.mailbox.list()).length;
  await system.client.workflow.getHandle(workflowId(ID, FOLLOW_UP)).terminate();
  await system.cooperations.rebuild({ cooperations: [ID] });
  await vi.waitFor(async () => expect(await system.later.agreement()).toEqual([]), { timeout: 30_000 });
  await tells([{ commitment: 3, outcome: 'partly', text: 'La mitad.' }], 'chl-mtps-2', again.id);
  // What is put in meanwhile is asked about, too.
  await system.change(ID, { change: 'add-commitment', ...GUIDE, what: 'Publicar la guía' });
  await system.answer(ID, peru.id, 'per-mtpe-1', {
    ...{ decision: 'done', fulfilment: [{ commitment: 2, outcome: 'not-kept' }] },
  });
  const last = await of('chl-mtps', 4);
  await vi.waitFor(async () => expect(await mailsAbout(system, last.id)).toHaveLength(1), {
    timeout: 30_000,
  });
  await tells([{ commitment: 4, outcome: 'later', until: '2022-01-31' }], 'chl-mtps-1', last.id);
  const afresh = await of('chl-mtps', 5);
  await vi.waitFor(async () => expect(await mailsAbout(system, afresh.id)).toHaveLength(1), {
    timeout: 30_000,
  });
  // All that it was about is asked about anew.
  await expect(
    system.change(ID, { change: 'annul', request: last.id, party: 'chl-mtps' }),
  ).rejects.toMatchObject({ refusal: { code: 'AnswerLasts', why: 'asked-since' } });
  await tells([{ commitment: 4, outcome: 'not-needed' }], 'chl-mtps-1', afresh.id);
  await system.client.workflow.getHandle(workflowId(ID, FOLLOW_UP)).result();

  const { followedUpAt, record } = await system.view(ID);
  expect(followedUpAt).not.toBeNull();
  expect(record.filter(({ kind }) => kind === 'commitments-told')).toHaveLength(7);
  expect((await system.mailbox.list()).length).toBe(written + 2);
  await expect.poll(() => system.later.agreement()).toEqual([]);
  // What became of one may be corrected when all is over.
  await system.change(ID, { change: 'correct-commitment', commitment: 2, outcome: 'kept' });
  expect((await stands())[1]).toEqual(['kept', '2021-12-15', null]);
});
