import { readFileSync } from 'node:fs';
import { ScheduleNotFoundError } from '@temporalio/client';
import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { changeOf, enterChange } from '../../src/casefile/changes/index.ts';
import { knownDisagreements } from '../../src/casefile/disagreements.ts';
import { enterRequest, recordAnswer } from '../../src/casefile/requests.ts';
import { workflowId } from '../../src/domain/ids.ts';
import type { Config } from '../../src/process/config.ts';
import { keepCollecting } from '../../worker/collectingMails.ts';
import { keepSchedule } from '../../worker/reconciling.ts';
import { TASK_QUEUE } from '../../workflows/messages.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { siteOver } from '../support/site.ts';

/** The case file and Temporal, made to disagree on a real server and database, and what is done about it. */

vi.setConfig({ testTimeout: 120_000 });

const ID = '14-per-chl';
const SOURCE = readFileSync(new URL('../../examples/peru-chile-2021.yaml', import.meta.url), 'utf8');
const CONFIRM = 'coordination/confirm-coordination.1';
const APPROVAL = 'coordination/approve-programme.1';
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const CONFIRMED = { decision: 'done', minutes: { minutes: 'Se acordaron los objetivos.' } } as const;

/** Everything that is due now has been done, and both stores say the same, but for what is known. */
const agreed = (system: InProcess, but: object[] = []) =>
  vi.waitFor(async () => expect(await system.later.agreement()).toEqual(but), {
    timeout: 30_000,
    interval: 100,
  });

/** A workflow waits on a request. */
const waits = (system: InProcess, request: string) =>
  vi.waitFor(async () => expect(await system.workflows.waitedOn(ID, request)).toBeDefined(), {
    timeout: 30_000,
    interval: 100,
  });

async function started(options?: Parameters<typeof inProcess>[0]): Promise<InProcess> {
  const system = await inProcess(options);
  await system.cooperations.start(SOURCE);
  await system.open(ID, CONFIRM);
  // While one of its mails is on its way, there is something to be found.
  await vi.waitFor(
    async () =>
      expect(
        (await system.view(ID)).mails.filter(({ request, state }) => request === CONFIRM && state === 'sent'),
      ).toHaveLength(2),
    { timeout: 30_000 },
  );
  await agreed(system);
  return system;
}

it('is done by a schedule, once for all workers, and finds nothing where nothing is amiss', async () => {
  await using system = await started();
  const { client } = system;
  await keepSchedule(client);
  await keepSchedule(client);
  const schedule = client.schedule.getHandle('rial-reconcile');
  await vi.waitFor(
    async () => {
      const { info, spec, policies } = await schedule.describe();
      expect({ intervals: spec.intervals, overlap: policies.overlap }).toMatchObject({
        intervals: [{ every: 3_600_000 }],
        overlap: 'SKIP',
      });
      const [{ action }] = info.recentActions as [(typeof info.recentActions)[0]];
      const run = client.workflow.getHandle(action.workflow.workflowId);
      expect(await run.result()).toEqual({ found: 0, mended: 0 });
    },
    { timeout: 30_000 },
  );
});

it('a mailbox of replies is looked into by another, as long as the settings name one', async () => {
  await using system = await inProcess();
  const { client } = system;
  const imap = { everyMinutes: 5 } as NonNullable<Config['imap']>;
  await keepCollecting(client, { imap });
  await keepCollecting(client, { imap });
  const schedule = client.schedule.getHandle('rial-collect-mails');
  await vi.waitFor(
    async () => {
      const { info, spec, policies } = await schedule.describe();
      expect([spec.intervals, policies.overlap]).toMatchObject([[{ every: 300_000 }], 'SKIP']);
      const [{ action }] = info.recentActions as [(typeof info.recentActions)[0]];
      const run = client.workflow.getHandle(action.workflow.workflowId);
      expect(await run.result()).toEqual({ taken: 0, aside: 0, later: 0, leftThere: 0 });
    },
    { timeout: 30_000 },
  );
  await keepCollecting(client, {});
  await keepCollecting(client, {});
  await expect(schedule.describe()).rejects.toThrow(ScheduleNotFoundError);
});

it('has one go on that Temporal knows nothing of any more, where it stood', async () => {
  await using system = await started();
  await system.answer(ID, CONFIRM, 'oas-1', CONFIRMED);
  await system.open(ID, APPROVAL);
  await agreed(system);
  await system.client.workflowService.deleteWorkflowExecution({
    namespace: system.client.options.namespace,
    workflowExecution: { workflowId: workflowId(ID) },
  });
  await expect.poll(() => system.status(workflowId(ID))).toBe(undefined);
  await expect.poll(() => system.status(workflowId(ID, 'coordination'))).toBe('TERMINATED');
  expect(await system.later.agreement()).toEqual([{ code: 'workflow-missing', cooperation: ID }]);

  expect(await system.reconcile()).toEqual({ found: 1, mended: 1 });
  expect(await knownDisagreements(system.caseFile)).toEqual([]);
  await waits(system, APPROVAL);
  const { record } = await system.view(ID);
  expect(record.filter(({ kind }) => kind === 'cooperation-rebuilt')).toMatchObject([
    { data: { was: 'missing' } },
  ]);
  expect(await system.reconcile()).toEqual({ found: 0, mended: 0 });
});

it('leaves one alone that somebody ended, and says so until it is rebuilt', async () => {
  await using system = await started();
  const { run } = await system.workflows.facts(ID, '');
  await system.client.workflow.getHandle(workflowId(ID)).terminate();
  await expect.poll(() => system.status(workflowId(ID, 'coordination'))).toBe('TERMINATED');
  const found = [{ code: 'workflow-ended', cooperation: ID, was: 'terminated', run }];

  expect(await system.reconcile()).toEqual({ found: 1, mended: 0 });
  expect(await system.reconcile()).toEqual({ found: 1, mended: 0 });
  expect(await system.status(workflowId(ID))).toBe('TERMINATED');
  expect(await knownDisagreements(system.caseFile, ID)).toEqual(found);

  // Recorded and told once, however often it is found; staff see it where they look.
  const { record, people } = await system.view(ID);
  expect(record.filter(({ kind }) => kind === 'workflow-ended')).toMatchObject([
    { data: { was: 'terminated' } },
  ]);
  const staff = people.flatMap(({ role, email }) => (role === 'staff' ? [email] : []));
  const told = (await system.mailbox.list()).filter(({ subject }) => subject.includes('está detenida'));
  expect(told.flatMap(({ to }) => to).sort()).toEqual(staff.sort());
  const site = siteOver(system);
  const [browser, delegate] = [
    await site.as(staff[0] ?? ''),
    await site.as(people.find(({ role }) => role === 'delegate')?.email ?? ''),
  ];
  const line = `rial rebuild ${ID}`;
  expect(await browser.text('/board')).toContain(line);
  expect(await browser.text(`/c/${ID}`)).toContain(line);
  expect(await delegate.text(`/c/${ID}`)).not.toContain(line);

  await system.cooperations.rebuild({ cooperations: [ID], by: 'oas-1' });
  expect(await knownDisagreements(system.caseFile)).toEqual([]);
  expect(await browser.text('/board')).not.toContain(line);
  await agreed(system);
  expect(await system.reconcile()).toEqual({ found: 0, mended: 0 });
});

it('makes a change that was asked for and got no further', async () => {
  await using system = await started();
  const { caseFile } = system;
  const asked = await system.open(ID, CONFIRM);
  const due = new Date(Date.parse(asked.dueAt) + 7 * 86_400_000).toISOString().slice(0, 10);
  const what = { change: 'extend', request: CONFIRM, due } as const;
  const given = { what, reason: 'Por acuerdo de las partes.' };
  const number = await enterChange(caseFile, ID, given, new Date().toISOString());
  expect(await system.later.agreement()).toEqual([
    { code: 'change-unmade', cooperation: ID, change: number },
  ]);
  expect(await system.reconcile()).toEqual({ found: 1, mended: 1 });
  expect((await system.open(ID, CONFIRM)).dueAt).toContain(due);

  // One that can be made no more is refused for good.
  const late = await enterChange(caseFile, ID, { ...given, reason: 'Otra vez.' }, new Date().toISOString());
  await system.answer(ID, CONFIRM, 'oas-1', CONFIRMED);
  await system.open(ID, APPROVAL);
  await agreed(system, [{ code: 'change-unmade', cooperation: ID, change: late }]);
  expect(await system.reconcile()).toEqual({ found: 1, mended: 1 });
  expect((await changeOf(caseFile, ID, late))?.effects).toMatchObject({ refusal: { code: 'RequestClosed' } });
});

it('hands a workflow an answer that it has not heard of', async () => {
  await using system = await started();
  await system.answer(ID, CONFIRM, 'oas-1', CONFIRMED);
  const { subject } = await system.open(ID, APPROVAL);
  await agreed(system);
  const message = { request: APPROVAL, subject: subject.hash, party: 'per-mtpe', by: 'per-mtpe-1' };
  await recordAnswer(system.caseFile, ID, { ...message, decision: 'approve' }, new Date().toISOString());
  expect(await system.later.agreement()).toEqual([
    { code: 'answer-unheard', cooperation: ID, request: APPROVAL, party: 'per-mtpe' },
  ]);
  expect(await system.reconcile()).toEqual({ found: 1, mended: 1 });
  expect((await system.workflows.waitedOn(ID, APPROVAL))?.answers).toMatchObject([{ party: 'per-mtpe' }]);
  await agreed(system);
});

it('begins one anew, when asked to, that waits on what the case file does not have', async () => {
  await using system = await started();
  const { caseFile, cooperations } = system;
  await system.answer(ID, CONFIRM, 'oas-1', CONFIRMED);
  await system.open(ID, APPROVAL);
  await agreed(system);
  await expect(cooperations.rebuild({ cooperations: [ID] })).rejects.toMatchObject({
    code: 'NothingToRebuild',
  });
  await system.answer(ID, APPROVAL, 'per-mtpe-1', { decision: 'approve' });
  // A case file that is older than Temporal: the answer came after the copy was taken.
  await caseFile.deleteFrom('answer').where('request', '=', APPROVAL).execute();
  const found = [{ code: 'answer-unfiled', cooperation: ID, request: APPROVAL, party: 'per-mtpe' }];
  expect(await system.later.agreement()).toEqual(found);
  expect(await system.reconcile()).toEqual({ found: 1, mended: 0 });

  expect(await system.later.rebuild({ cooperations: [ID] })).toMatchObject([{ was: 'running' }]);
  // What ends with its parent just before it would be ended is no reason to stop.
  await expect(system.workflows.terminate(ID, 'ended-before')).resolves.toBeUndefined();
  await vi.waitFor(async () => expect((await system.workflows.waitedOn(ID, APPROVAL))?.answers).toEqual([]), {
    timeout: 30_000,
    interval: 100,
  });
  expect(await system.answer(ID, APPROVAL, 'per-mtpe-1', { decision: 'approve' })).toMatchObject({
    stillOwing: ['chl-mtps'],
  });
  await agreed(system);
});

it('sends the mails that nothing sends any more', async () => {
  await using system = await started();
  const { caseFile, mailbox } = system;
  await expect.poll(() => mailbox.list()).not.toEqual([]);
  await expect.poll(async () => (await system.workflows.facts(ID, 'coordination')).atWork).toBe(false);
  const sent = (await system.view(ID)).mails;
  const before = await mailbox.list();
  // As a worker leaves it that was killed, and whose workflow was ended then.
  await caseFile.updateTable('mail').set({ state: 'pending', sentAt: null }).execute();
  expect(await system.later.agreement()).toEqual([
    { code: 'mails-unsent', cooperation: ID, mails: sent.length },
  ]);
  expect(await system.reconcile()).toEqual({ found: 1, mended: 1 });
  const again = (await mailbox.list()).slice(before.length).map(({ messageId }) => messageId);
  expect(again.sort()).toEqual(sent.map(({ messageId }) => messageId).sort());
  await agreed(system);
});

it('tells of a record that somebody changed in the database, and leaves it as it is', async () => {
  await using system = await started();
  await system.caseFile.transaction().execute(async (tx) => {
    await sql`alter table record disable trigger user`.execute(tx);
    await sql`update record set person = 'oas-2' where number = 2`.execute(tx);
    await sql`alter table record enable trigger user`.execute(tx);
  });
  const altered = [{ code: 'record-altered', cooperation: ID, entry: 2 }];
  expect(await system.later.agreement()).toEqual(altered);
  expect(await system.reconcile()).toEqual({ found: 1, mended: 0 });
  expect(await knownDisagreements(system.caseFile, ID)).toEqual(altered);
});

/** A workflow that cannot go on: the first line of its code fails, each time. */
const stuck = ({ client }: InProcess, cooperation: string, scope: string) =>
  client.workflow.start('coordination', {
    ...{ workflowId: workflowId(cooperation, scope), taskQueue: TASK_QUEUE, args: [] },
  });

it('tells of a step that somebody ended, to staff as well, until it is rebuilt', async () => {
  await using system = await started();
  const { run } = await system.workflows.facts(ID, 'coordination');
  await system.client.workflow.getHandle(workflowId(ID, 'coordination')).terminate();
  const ended = { code: 'step-ended', cooperation: ID, scope: 'coordination', was: 'terminated', run };
  await agreed(system, [ended]);
  // The cooperation's own workflow fails from then on, which is told by its cause.
  await vi.waitFor(
    async () =>
      expect((await system.workflows.facts(ID, '')).failing).toBe('workflow-worker-unhandled-failure'),
    { timeout: 60_000, interval: 200 },
  );
  expect(await system.reconcile()).toEqual({ found: 1, mended: 0 });
  expect(await system.reconcile()).toEqual({ found: 1, mended: 0 });
  expect(await knownDisagreements(system.caseFile, ID)).toEqual([ended]);
  const { record, people } = await system.view(ID);
  expect(record.filter(({ kind }) => kind === 'workflow-ended')).toMatchObject([
    { data: { was: 'terminated', scope: 'coordination' } },
  ]);
  const told = (await system.mailbox.list()).filter(({ subject }) => subject.includes('está detenida'));
  expect(told.flatMap(({ to }) => to).sort()).toEqual(
    people.flatMap(({ role, email }) => (role === 'staff' ? [email] : [])).sort(),
  );
  expect(told[0]?.text).toContain('El proceso de «Reunión de coordinación»');

  await system.later.rebuild({ cooperations: [ID] });
  await waits(system, CONFIRM);
  await agreed(system);
});

it('tells of a request that no workflow waits on', async () => {
  await using system = await started();
  await enterRequest(system.caseFile, {
    ...{ cooperation: ID, id: APPROVAL, kind: 'approve-programme', round: 1, item: null },
    ...{ parties: ['per-mtpe'], subject: { ref: 'programme', hash: 'a'.repeat(64) }, trouble: null },
    ...{ openedAt: new Date().toISOString(), dueAt: inDays(9), reminders: [] },
  });
  const found = [{ code: 'request-unwaited', cooperation: ID, request: APPROVAL }];
  await agreed(system, found);
  expect(await system.reconcile()).toEqual({ found: 1, mended: 0 });
  expect(await knownDisagreements(system.caseFile, ID)).toEqual(found);
});

it('tells of what runs of a cooperation that is over or unknown, and of what cannot go on, and looks at all the rest', async () => {
  await using system = await started();
  await system.change(ID, { change: 'cancel' });
  await expect.poll(() => system.status(workflowId(ID))).toBe('COMPLETED');
  await agreed(system);
  await stuck(system, ID, 'session-1');
  await stuck(system, '15-bra-pry', '');
  const why = 'workflow-worker-unhandled-failure';
  await vi.waitFor(
    async () =>
      expect(await system.later.agreement()).toEqual([
        { code: 'workflow-left', cooperation: ID, scope: 'session-1' },
        { code: 'tasks-failing', cooperation: ID, scope: 'session-1', why },
        { code: 'cooperation-unknown', cooperation: '15-bra-pry' },
      ]),
    { timeout: 60_000, interval: 200 },
  );
  expect(await system.reconcile()).toMatchObject({ mended: 0 });
  expect(await system.status(workflowId(ID, 'session-1'))).toBe('RUNNING');
});
