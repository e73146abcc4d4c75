import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { mailsOf } from '../../src/casefile/mails/mails.ts';
import { enterResending } from '../../src/casefile/mails/resendings.ts';
import { workflowId } from '../../src/domain/ids.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';

/** Workflows that are ended from outside, on a real Temporal server. */

vi.setConfig({ testTimeout: 120_000 });

const ID = '14-per-chl';
const SOURCE = readFileSync(new URL('../../examples/peru-chile-2021.yaml', import.meta.url), 'utf8');
const APPROVAL = 'coordination/approve-programme.1';

it('go on from the case file: what was answered stands, and nobody is written to again', async () => {
  await using system = await inProcess();
  const { cooperations, client } = system;
  await cooperations.start(SOURCE);
  await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
    decision: 'done',
    minutes: { minutes: 'Se acordaron los objetivos.' },
  });
  await system.open(ID, APPROVAL);
  const asks = (await system.view(ID)).people.filter(
    ({ party, role }) => party !== 'oas' && role === 'delegate',
  );
  await vi.waitFor(
    async () => expect(await system.mailbox.list({ request: `${ID}/${APPROVAL}` })).toHaveLength(asks.length),
    { timeout: 30_000 },
  );
  await system.answer(ID, APPROVAL, 'per-mtpe-1', { decision: 'approve' });
  const before = await system.view(ID);
  const mails = await system.mailbox.list();

  await expect(cooperations.rebuild({ cooperations: [ID] })).rejects.toMatchObject({
    code: 'NothingToRebuild',
  });
  expect(await cooperations.rebuild({})).toEqual([]);

  await client.workflow.getHandle(workflowId(ID)).terminate();
  const approve = () => system.answer(ID, APPROVAL, 'chl-mtps-1', { decision: 'approve' });
  await expect.poll(() => system.status(workflowId(ID, 'coordination'))).toBe('TERMINATED');
  await expect(approve()).rejects.toMatchObject({ code: 'NotUnderWay' });
  await expect(cooperations.start(SOURCE)).rejects.toMatchObject({ code: 'CooperationEnded' });

  const lost = [{ cooperation: ID, was: 'terminated', workflows: ['', 'coordination'] }];
  expect(await cooperations.lost({})).toEqual(lost);
  expect(await cooperations.rebuild({ by: 'oas-1' })).toEqual(lost);
  expect(await cooperations.lost({})).toEqual([]);
  const [waited] = await vi.waitFor(
    async () => {
      const open = await system.workflows.waitedOn(ID, APPROVAL);
      expect(open?.answers.map(({ party }) => party)).toEqual(['per-mtpe']);
      return [open];
    },
    { timeout: 30_000 },
  );
  const asked = before.requests.find(({ id }) => id === APPROVAL);
  expect(waited).toMatchObject({ dueAt: asked?.dueAt, openedAt: asked?.openedAt });
  expect(await approve()).toMatchObject({ stillOwing: [] });
  await system.open(ID, 'documents/send-documents.1');

  const after = await system.view(ID);
  expect(after.record.filter(({ kind }) => kind === 'cooperation-rebuilt')).toMatchObject([
    { party: 'oas', person: 'oas-1', data: { was: 'terminated' } },
  ]);
  expect(after.programmeVersions.map(({ version, cause }) => `${version} ${cause}`)).toEqual([
    '1 coordination.1',
  ]);
  const again = (await system.mailbox.list()).filter((mail) =>
    mails.some(({ messageId, to }) => messageId === mail.messageId && String(to) === String(mail.to)),
  );
  expect(again).toHaveLength(mails.length);
});

it('send what was to be sent again, also of a cooperation that is over', async () => {
  await using system = await inProcess();
  const { cooperations, caseFile, mailbox } = system;
  await cooperations.start(SOURCE);
  await system.open(ID, 'coordination/confirm-coordination.1');
  await system.change(ID, { change: 'cancel' });
  await expect.poll(() => system.status(workflowId(ID))).toBe('COMPLETED');
  const [first] = (await mailsOf(caseFile, ID)).filter(({ state }) => state === 'sent');
  if (!first) throw new Error('no mail was sent');
  // Entered, and the workflow that was to send it is gone.
  const again = { cooperation: ID, mail: first.key, nth: 1, by: 'oas-1' };
  await enterResending(caseFile, again, new Date().toISOString());

  const lost = [{ cooperation: ID, was: 'completed', workflows: ['again-1'] }];
  const sent = (await mailbox.list()).length;
  expect(await cooperations.rebuild({})).toEqual(lost);
  await expect.poll(async () => (await mailbox.list()).length).toBe(sent + 1);
  await expect.poll(() => cooperations.lost({})).toEqual([]);
  await expect(cooperations.rebuild({ cooperations: [ID] })).rejects.toMatchObject({
    code: 'CooperationOver',
  });
});

it('go on on another Temporal, which knows nothing of them', async () => {
  await using system = await inProcess();
  await system.cooperations.start(SOURCE);
  await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
    decision: 'done',
    minutes: { minutes: 'Se acordaron los objetivos.' },
  });
  await expect.poll(() => written(system)).toHaveLength(9);
  await system.answer(ID, APPROVAL, 'per-mtpe-1', { decision: 'approve' });
  // A mail was refused, and the workflow was ended before it heard of that.
  await system.caseFile
    .updateTable('mail')
    .set({ state: 'refused' })
    .where('request', '=', APPROVAL)
    .where('person', '=', 'chl-mtps-3')
    .execute();

  await using elsewhere = await inProcess({ after: system });
  expect(await elsewhere.cooperations.rebuild({})).toEqual([
    { cooperation: ID, was: 'missing', workflows: ['', 'coordination'] },
  ]);
  await expect.poll(() => elsewhere.workflows.waitedOn(ID, APPROVAL)).toBeDefined();
  expect(await elsewhere.open(ID, 'coordination/resolve-trouble.1')).toMatchObject({
    trouble: 'unreached chl-mtps chl-mtps-3',
  });
  await elsewhere.answer(ID, APPROVAL, 'chl-mtps-1', { decision: 'approve' });
  await elsewhere.open(ID, 'documents/send-documents.1');
  expect(await written(elsewhere)).toEqual([]);
  expect((await elsewhere.view(ID)).record.filter(({ kind }) => kind === 'cooperation-rebuilt')).toHaveLength(
    1,
  );
});

/** Who was asked to approve the programme, by mail. */
const written = async ({ mailbox }: InProcess) =>
  (await mailbox.list({ request: `${ID}/${APPROVAL}` })).flatMap(({ to }) => to);
