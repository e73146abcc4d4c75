import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changesOf, enterChange, makeChange, noteChangeTold } from '../../src/casefile/changes/index.ts';
import { findCooperation } from '../../src/casefile/cooperations.ts';
import { isOpenSheet } from '../../src/casefile/results/openSheets.ts';
import { workflowId } from '../../src/domain/ids.ts';
import { TASK_QUEUE } from '../../workflows/messages.ts';
import { closed } from '../support/closing.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';

/** A sheet that was published and withdrawn is written and reviewed anew, and published in the place of the one before. */

vi.setConfig({ testTimeout: 120_000 });

const CONSULTANT = 'consultant-1';
const MINISTRIES = ['per-mtpe-1', 'chl-mtps-1'];
const WHY = 'El segundo cuadro tiene cifras de otro año.';
const CORRECT = { change: 'correct-sheet' } as const;

describe('a published sheet that has to be corrected', () => {
  let system: InProcess;
  let count = 0;
  // Of its own: all that disagrees is told at once.
  beforeEach(async () => {
    system = await inProcess();
  });
  afterEach(() => system[Symbol.asyncDispose]());

  async function started({ followUp = 'none' }: { followUp?: 'none' | { first: number } } = {}) {
    const id = `sheet-${++count}-per-chl`;
    await system.cooperations.start(
      changedSource((file) => {
        file.id = id;
        file.followUp = followUp;
        file.systematization = { consultant: { name: 'Rosa Díaz', email: 'rosa@consultora.example' } };
      }),
    );
    await system.open(id, 'coordination/confirm-coordination.1');
    return id;
  }
  async function handIn(id: string, request: string, text: string, by = CONSULTANT) {
    await system.open(id, request);
    const bytes = Readable.from([Buffer.from(`%PDF-1.7 ${text}`)]);
    const given = { by, kind: 'sheet', fileName: 'ficha.pdf', bytes } as const;
    const { sha256: document } = await system.cooperations.putDocument(id, given);
    await system.answer(id, request, by, { decision: 'submit', document });
    return document;
  }
  async function approve(id: string, request: string, publish?: 'yes' | 'no') {
    for (const by of MINISTRIES)
      await system.answer(id, request, by, { decision: 'approve', ...(publish && { publish }) });
  }
  /** With its first version published, and open to people outside. */
  async function published(given?: Parameters<typeof started>[0]): Promise<string> {
    const id = await started(given);
    const plan = (await findCooperation(system.caseFile, id))?.plan;
    const step = await system.client.workflow.start('systematization', {
      ...{ taskQueue: TASK_QUEUE, workflowId: workflowId(id, 'systematization'), args: [{ plan }] },
    });
    await handIn(id, 'systematization/draft-sheet.1', 'ficha');
    await approve(id, 'systematization/review-sheet.1', 'yes');
    await step.result();
    await system.cooperations.fillLibrary();
    return id;
  }
  const withdraw = (id: string) => system.change(id, { change: 'withhold', document: 'sheet@1' }, WHY);
  const asked = async (id: string) => (await system.change(id, CORRECT, WHY)).change;
  const mailsTo = async (id: string, subject: string) => {
    const { people, mails } = await system.view(id);
    const sent = mails.filter((mail) => mail.notice === 'sheet-published' && mail.subject.includes(subject));
    return sent.map(({ person }) => people.find((one) => one.id === person)?.party).sort();
  };
  const ended = (id: string, change: number) =>
    system.client.workflow.getHandle(workflowId(id, `sheet-${change}`)).result();

  it('goes to whoever wrote it, to both ministries, and takes the place of the one before, with its file', async () => {
    const id = await published();
    expect(await isOpenSheet(system.caseFile, id)).toBe(true);
    await withdraw(id);
    expect((await system.view(id)).sheet?.withdrawn).not.toBeNull();
    const change = await asked(id);
    const scope = `sheet-${change}`;

    const draft = await system.open(id, `${scope}/draft-sheet.1`);
    expect(draft).toMatchObject({
      ...{ owing: ['consultant'], item: 2, again: 'corrected-sheet', step: 'systematization' },
      // What was withdrawn is not to be had, so it begins anew.
      ...{ documents: [], template: 'sheet' },
      reasons: [{ party: 'oas', by: null, text: WHY }],
    });
    // The withdrawn file once more is none.
    await expect(handIn(id, `${scope}/draft-sheet.1`, 'ficha')).rejects.toMatchObject({
      code: 'NothingNew',
    });
    const same = (await system.view(id)).documents[0]?.sha256 ?? '';
    await expect(
      system.answer(id, `${scope}/draft-sheet.1`, CONSULTANT, {
        ...{ decision: 'submit', document: same, confirmed: true },
      }),
    ).rejects.toMatchObject({ code: 'AlreadyWithheld' });

    await handIn(id, `${scope}/draft-sheet.1`, 'ficha corregida');
    const review = await system.open(id, `${scope}/review-sheet.1`);
    expect(review).toMatchObject({ owing: ['per-mtpe', 'chl-mtps'], item: 2, again: 'corrected-sheet' });
    await system.answer(id, review.id, 'per-mtpe-1', { decision: 'approve' });
    await system.answer(id, review.id, 'chl-mtps-1', { decision: 'changes', reason: 'Falta la fuente.' });
    expect(await system.open(id, `${scope}/draft-sheet.2`)).toMatchObject({
      again: 'changes-asked',
      reasons: [{ text: 'Falta la fuente.' }, { text: WHY }],
      documents: [{ role: 'previous', version: 2 }],
    });
    await handIn(id, `${scope}/draft-sheet.2`, 'ficha corregida con fuente');
    expect((await system.view(id)).sheet).toMatchObject({ version: 1, withdrawn: { change: 1 } });
    await approve(id, `${scope}/review-sheet.2`);
    await ended(id, change);

    const { sheet, record } = await system.view(id);
    expect(sheet).toMatchObject({ version: 3, withdrawn: null });
    expect(record.filter(({ kind }) => kind === 'sheet-published').map(({ data }) => data)).toMatchObject([
      { version: 1 },
      { version: 3, change },
    ]);
    expect(new Set(await mailsTo(id, 'corregida'))).toEqual(
      new Set(['chl-mtps', 'consultant', 'oas', 'per-mtpe']),
    );
    const [mail] = (await system.mailbox.list()).filter(({ subject }) =>
      subject.includes('[Publicación] Ficha de sistematización corregida'),
    );
    expect(mail?.text).toContain('reemplaza la versión 1');

    // Consents were to the first; what people outside read is asked of the new one.
    await system.cooperations.fillLibrary();
    expect(await isOpenSheet(system.caseFile, id)).toBe(false);
    for (const by of ['per-mtpe-4', 'chl-mtps-3'])
      await system.cooperations.consent(id, { by, version: 3, publish: 'yes' });
    expect(await isOpenSheet(system.caseFile, id)).toBe(true);
    await expect.poll(() => system.later.agreement()).toEqual([]);
  });

  it('stands until the corrected one is there, where it was not withdrawn, and is had by whoever writes that', async () => {
    const id = await published();
    const change = await asked(id);
    expect(await system.open(id, `sheet-${change}/draft-sheet.1`)).toMatchObject({
      documents: [{ role: 'previous', version: 1 }],
      template: null,
    });
    expect((await system.view(id)).sheet).toMatchObject({ version: 1, withdrawn: null });
  });

  it('is refused before it is published, while one is being corrected, and once the cooperation is cancelled', async () => {
    const early = await started();
    await expect(system.change(early, CORRECT)).rejects.toMatchObject({ code: 'SheetUnpublished' });
    const id = await published();
    const change = await asked(id);
    await expect(system.change(id, CORRECT)).rejects.toMatchObject({
      refusal: { code: 'SheetAsked', change },
    });
    const request = `sheet-${change}/draft-sheet.1`;
    await system.open(id, request);
    await system.change(id, { change: 'cancel' });
    await vi.waitFor(
      async () => expect(await system.status(workflowId(id, `sheet-${change}`))).toBe('CANCELLED'),
      {
        timeout: 30_000,
      },
    );
    const lapsed = (await system.view(id)).requests.find((one) => one.id === request);
    expect(lapsed).toMatchObject({ state: 'lapsed' });
    await expect(system.change(id, CORRECT)).rejects.toMatchObject({
      refusal: { code: 'CooperationOver', how: 'cancelled' },
    });
    await vi.waitFor(async () => expect(await system.later.agreement()).toEqual([]), { timeout: 30_000 });
  });

  it('is called what it is, in subject and lead: a correction, and not a round of changes', async () => {
    const id = await published();
    const scope = `sheet-${await asked(id)}`;
    const request = await system.open(id, `${scope}/draft-sheet.1`);
    expect(request.label).toBe('Elaborar la versión corregida de la ficha de sistematización publicada');
    const mailOf = async (of: string) => {
      const isThere = async () =>
        (await system.view(id)).mails.some(({ request, state }) => request === of && state === 'sent');
      await expect.poll(isThere, { timeout: 30_000 }).toBe(true);
      const subject = (await system.view(id)).mails.find((one) => one.request === of)?.subject ?? '';
      const mail = (await system.mailbox.list()).find((one) => one.subject === subject);
      return { subject, text: (mail?.text ?? '').replaceAll(/\s+/g, ' ') };
    };
    const second = await mailOf(request.id);
    expect(second.subject).toContain('Elaborar la versión corregida de la ficha');
    expect(second.text).toContain('prepare la versión corregida, por el motivo que se transcribe');
    expect(second.text).not.toContain('solicitado cambios');
    await handIn(id, request.id, 'ficha corregida');
    const review = await mailOf((await system.open(id, `${scope}/review-sheet.1`)).id);
    expect(review.subject).toContain('Revisar la ficha de sistematización corregida (versión 2)');
  });

  describe('is called off', () => {
    const CALL_OFF = { change: 'cancel-sheet-correction' } as const;
    const toldOf = async (id: string) => {
      const { people } = await system.view(id);
      const changes = await changesOf(system.caseFile, id);
      const told = changes.findLast(({ kind }) => kind === CALL_OFF.change)?.told ?? [];
      const parties = told.map(({ person }) => people.find((one) => one.id === person)?.party);
      return [...new Set(parties)].sort();
    };
    const gone = (id: string, change: number) =>
      vi.waitFor(
        async () => expect(await system.status(workflowId(id, `sheet-${change}`))).toBe('CANCELLED'),
        { timeout: 30_000 },
      );

    it('while it is written: whoever writes it is told, what is published stays, and another may be asked for', async () => {
      const id = await published();
      await expect(system.change(id, CALL_OFF)).rejects.toMatchObject({ code: 'SheetNotAsked' });
      const change = await asked(id);
      const request = `sheet-${change}/draft-sheet.1`;
      await system.open(id, request);
      await system.change(id, CALL_OFF, 'Las cifras eran correctas.');
      await gone(id, change);
      const { requests, sheet, record } = await system.view(id);
      expect(requests.find((one) => one.id === request)).toMatchObject({ state: 'lapsed', owing: [] });
      expect(sheet).toMatchObject({ version: 1, withdrawn: null });
      expect(record.find(({ kind }) => kind === 'sheet-correction-cancelled')).toMatchObject({
        data: { asked: change },
      });
      expect(await toldOf(id)).toEqual(['consultant']);
      await vi.waitFor(
        async () => {
          const [mail] = (await system.mailbox.list()).filter(({ subject }) =>
            subject.includes('[Corrección sin efecto]'),
          );
          expect(mail?.text).toContain('Las cifras eran correctas.');
          expect(mail?.text).toContain('La versión 1 sigue publicada.');
        },
        { timeout: 30_000 },
      );
      await expect(system.change(id, CALL_OFF)).rejects.toMatchObject({ code: 'SheetNotAsked' });
      await expect.poll(() => system.later.agreement()).toEqual([]);

      // It is not taken up again by whoever rebuilds, and another is asked for.
      await system.client.workflow.getHandle(workflowId(id)).terminate();
      const rebuilt = await system.cooperations.rebuild({ cooperations: [id] });
      expect(rebuilt[0]?.workflows).not.toContain(`sheet-${change}`);
      const next = await asked(id);
      await system.open(id, `sheet-${next}/draft-sheet.1`);
    });

    it('while it is reviewed: both ministries are told, and whoever wrote it; not once both have approved it', async () => {
      const id = await published();
      const change = await asked(id);
      await handIn(id, `sheet-${change}/draft-sheet.1`, 'ficha corregida');
      await system.open(id, `sheet-${change}/review-sheet.1`);
      await system.answer(id, `sheet-${change}/review-sheet.1`, 'per-mtpe-1', { decision: 'approve' });
      await system.change(id, CALL_OFF);
      await gone(id, change);
      expect(await toldOf(id)).toEqual(['chl-mtps', 'consultant', 'per-mtpe']);
      expect((await system.view(id)).sheet).toMatchObject({ version: 1 });

      const next = await asked(id);
      await handIn(id, `sheet-${next}/draft-sheet.1`, 'ficha corregida de nuevo');
      await approve(id, `sheet-${next}/review-sheet.1`);
      await expect(system.change(id, CALL_OFF)).rejects.toMatchObject({ code: 'SheetNotAsked' });
      await ended(id, next);
      expect((await system.view(id)).sheet).toMatchObject({ version: 3 });
    });

    it.each(['none', { first: 6 }] as const)(
      'when the cooperation is over (followUp %j), and its workflow by the reconciler where whoever did could not end it',
      async (followUp) => {
        const id = await published({ followUp });
        await closed(system, id);
        const first = await asked(id);
        await system.open(id, `sheet-${first}/draft-sheet.1`);
        await system.change(id, CALL_OFF);
        await gone(id, first);

        const second = await asked(id);
        await system.open(id, `sheet-${second}/draft-sheet.1`);
        const now = new Date().toISOString();
        const change = await enterChange(system.caseFile, id, { what: CALL_OFF, reason: WHY }, now);
        await makeChange(system.caseFile, id, change, now);
        await noteChangeTold(system.caseFile, id, change, now);
        const scope = `sheet-${second}`;
        await expect
          .poll(() => system.later.agreement(), { timeout: 30_000 })
          .toEqual([{ code: 'correction-left', cooperation: id, scope }]);
        await system.reconcile();
        await gone(id, second);
      },
    );
  });

  it.each(['none', { first: 6 }] as const)(
    'is asked for when the cooperation is over (followUp %j), and goes on after its workflow is gone',
    async (followUp) => {
      const id = await published({ followUp });
      await closed(system, id);
      const change = await asked(id);
      const scope = `sheet-${change}`;
      const request = `${scope}/draft-sheet.1`;
      expect(await system.open(id, request)).toMatchObject({ cooperation: 'running', owing: ['consultant'] });
      await expect.poll(() => system.later.agreement()).toEqual([]);
      // More time is given, and another is asked, as of any request.
      await system.change(id, { change: 'extend', request, due: '2031-01-15' });
      await system.change(id, { change: 'reassign', request, from: 'consultant', to: 'oas' });
      expect(await system.open(id, request)).toMatchObject({ owing: ['oas'] });

      await vi.waitFor(
        async () =>
          expect((await changesOf(system.caseFile, id)).filter(({ doneAt }) => !doneAt)).toEqual([]),
        { timeout: 30_000 },
      );
      await system.client.workflow.getHandle(workflowId(id, scope)).terminate();
      expect(await system.later.agreement()).toMatchObject([
        { code: 'step-ended', scope, was: 'terminated' },
      ]);
      await system.cooperations.rebuild({ cooperations: [id] });
      await vi.waitFor(async () => expect(await system.later.agreement()).toEqual([]), { timeout: 30_000 });
      await system.client.workflowService.deleteWorkflowExecution({
        namespace: system.client.options.namespace,
        workflowExecution: { workflowId: workflowId(id, scope) },
      });
      await expect.poll(() => system.status(workflowId(id, scope))).toBe(undefined);
      expect(await system.reconcile()).toEqual({ found: 1, mended: 1 });
      await handIn(id, request, 'ficha corregida', 'oas-1');
      await approve(id, `${scope}/review-sheet.1`);
      await ended(id, change);
      expect((await system.view(id)).sheet).toMatchObject({ version: 2, withdrawn: null });
      await expect.poll(() => system.later.agreement()).toEqual([]);
    },
  );

  it('is begun by the reconciler where whoever asked for it could not begin it', async () => {
    const id = await published();
    await closed(system, id);
    const now = new Date().toISOString();
    const change = await enterChange(system.caseFile, id, { what: CORRECT, reason: WHY }, now);
    await makeChange(system.caseFile, id, change, now);
    expect(await system.later.agreement()).toEqual([{ code: 'workflow-missing', cooperation: id }]);
    expect(await system.reconcile()).toEqual({ found: 1, mended: 1 });
    await system.open(id, `sheet-${change}/draft-sheet.1`);
    await expect.poll(() => system.later.agreement()).toEqual([]);
  });

  it('goes on when the cooperation is rebuilt, and when it ends before', async () => {
    const id = await published();
    const change = await asked(id);
    const request = `sheet-${change}/draft-sheet.1`;
    await system.open(id, request);
    await system.client.workflow.getHandle(workflowId(id)).terminate();
    const rebuilt = await system.cooperations.rebuild({ cooperations: [id] });
    expect(rebuilt[0]?.workflows).toContain(`sheet-${change}`);
    await vi.waitFor(async () => expect(await system.workflows.waitedOn(id, request)).toBeDefined(), {
      timeout: 30_000,
    });
    await closed(system, id);
    await handIn(id, request, 'ficha corregida');
    await approve(id, `sheet-${change}/review-sheet.1`);
    await ended(id, change);
    expect((await system.view(id)).sheet).toMatchObject({ version: 2 });
    await expect.poll(() => system.later.agreement()).toEqual([]);
  });
});
