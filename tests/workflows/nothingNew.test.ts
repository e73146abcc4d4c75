import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startingDocument } from '../../activities/attachments.ts';
import { findCooperation } from '../../src/casefile/cooperations.ts';
import { workflowId } from '../../src/domain/ids.ts';
import { TASK_QUEUE } from '../../workflows/messages.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';

/**
 * What is handed in that is nothing new is asked about before it passes for an answer, and what is no paper at all is
 * refused. Steps are workflows of their own here.
 */
describe('what is handed in', () => {
  let system: InProcess;
  let count = 0;
  beforeAll(async () => {
    system = await inProcess();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  async function started(): Promise<string> {
    const id = `same-${++count}`;
    await system.cooperations.start(
      changedSource((file) => {
        file.id = id;
        file.systematization = { consultant: { name: 'Rosa Díaz', email: 'rosa@consultora.example' } };
      }),
    );
    await system.open(id, 'coordination/confirm-coordination.1');
    return id;
  }
  async function stepOf(id: string, workflow: 'systematization' | 'finalReport', scope: string) {
    const plan = (await findCooperation(system.caseFile, id))?.plan;
    return system.client.workflow.start(workflow, {
      ...{ taskQueue: TASK_QUEUE, workflowId: workflowId(id, scope), args: [{ plan }] },
    });
  }
  const put = async (
    id: string,
    by: string,
    kind: 'sheet' | 'report',
    bytes: Uint8Array | string,
    fileName = 'documento.pdf',
  ) =>
    (
      await system.cooperations.putDocument(id, {
        ...{ by, kind, fileName, bytes: Readable.from([Buffer.from(bytes)]) },
      })
    ).sha256;
  const pdf = (text: string) => `%PDF-1.7 ${text}`;
  const template = async (id: string, kind: 'sheet' | 'report') => {
    const cooperation = await findCooperation(system.caseFile, id);
    if (!cooperation) throw new Error(`no cooperation ${id}`);
    const now = () => new Date().toISOString();
    return (
      await startingDocument(
        { caseFile: system.caseFile, documents: system.documents, now },
        cooperation,
        kind,
      )
    ).docx;
  };
  const question = (values: object) => ({
    refusal: expect.objectContaining({ code: 'NothingNew', ...values }),
  });
  const answersTo = async (id: string, request: string) =>
    (await system.view(id)).requests.find((one) => one.id === request)?.answers ?? [];

  const DRAFT = 'systematization/draft-sheet.1';
  const AGAIN = 'systematization/draft-sheet.2';
  const CONSULTANT = 'consultant-1';

  it.each(['nota.txt', 'hoja.csv', 'texto.odt'])('is refused as a sheet where it is %s', async (name) => {
    const id = await started();
    await expect(put(id, 'per-mtpe-1', 'sheet', 'Ficha.', name)).rejects.toMatchObject({
      refusal: { code: 'DocumentRefused', why: 'neither-word-nor-pdf' },
    });
    expect((await system.view(id)).documents).toEqual([]);
  });

  it('is asked about where it is what the mail brought to begin with, and taken where that is confirmed', async () => {
    const id = await started();
    await stepOf(id, 'systematization', 'systematization');
    await system.open(id, DRAFT);
    const document = await put(id, CONSULTANT, 'sheet', await template(id, 'sheet'), 'ficha.docx');
    const given = { decision: 'submit', document } as const;
    await expect(system.answer(id, DRAFT, CONSULTANT, given)).rejects.toMatchObject(
      question({ what: 'sheet', same: 'template' }),
    );
    expect(await answersTo(id, DRAFT)).toEqual([]);
    await system.answer(id, DRAFT, CONSULTANT, { ...given, confirmed: true });
    expect(await answersTo(id, DRAFT)).toMatchObject([{ confirmed: true }]);
  });

  it('is asked about where it is the version before; a Signal cannot confirm it', async () => {
    const id = await started();
    const handle = await stepOf(id, 'systematization', 'systematization');
    await system.open(id, DRAFT);
    const document = await put(id, CONSULTANT, 'sheet', pdf('ficha'));
    await system.answer(id, DRAFT, CONSULTANT, { decision: 'submit', document });
    expect((await answersTo(id, DRAFT))[0]).not.toHaveProperty('confirmed');
    await system.answer(id, 'systematization/review-sheet.1', 'per-mtpe-1', {
      ...{ decision: 'changes', reason: 'Falta la malla.' },
    });
    await system.answer(id, 'systematization/review-sheet.1', 'chl-mtps-1', { decision: 'approve' });
    const { subject } = await system.open(id, AGAIN);
    await put(id, CONSULTANT, 'sheet', pdf('ficha'));
    const given = { decision: 'submit', document } as const;
    await expect(system.answer(id, AGAIN, CONSULTANT, given)).rejects.toMatchObject(
      question({ same: 'version', version: 1 }),
    );

    const [party = ''] = (await system.open(id, AGAIN)).owing;
    const message = { request: AGAIN, subject: subject.hash, party, by: CONSULTANT, decision: 'submit' };
    await handle.signal('respond', { ...message, content: document, confirmed: true });
    // An Update is handled after the Signal that came before it.
    await expect(system.answer(id, AGAIN, CONSULTANT, given)).rejects.toMatchObject(question({}));
    expect(await answersTo(id, AGAIN)).toEqual([]);

    const confirmed = { ...given, confirmed: true };
    const first = await system.answer(id, AGAIN, CONSULTANT, confirmed);
    expect(await answersTo(id, AGAIN)).toMatchObject([{ content: document, confirmed: true }]);
    // The same click once more stands.
    const retried = { ...confirmed, request: AGAIN, by: CONSULTANT, subject: subject.hash };
    expect((await system.cooperations.answer(id, retried)).at).toBe(first.at);
  });

  it('is asked about where the sheet comes as the report', async () => {
    const id = await started();
    const sheet = await put(id, 'per-mtpe-1', 'sheet', pdf('ficha'));
    await stepOf(id, 'finalReport', 'final-report');
    const request = 'final-report/draft-report.1';
    await system.open(id, request);
    await expect(
      system.answer(id, request, 'per-mtpe-1', { decision: 'submit', document: sheet }),
    ).rejects.toMatchObject({ refusal: { code: 'DocumentUnknown' } });
    const document = await put(id, 'per-mtpe-1', 'report', pdf('ficha'));
    const given = { decision: 'submit', document } as const;
    await expect(system.answer(id, request, 'per-mtpe-1', given)).rejects.toMatchObject(
      question({ what: 'report', same: 'sheet' }),
    );
    await system.answer(id, request, 'per-mtpe-1', { ...given, confirmed: true });
  });

  it('is asked about where it is the report as it came to be complemented; nothing to add needs no file', async () => {
    const id = await started();
    await stepOf(id, 'finalReport', 'final-report');
    await system.open(id, 'final-report/draft-report.1');
    const document = await put(id, 'per-mtpe-1', 'report', pdf('informe'));
    await system.answer(id, 'final-report/draft-report.1', 'per-mtpe-1', { decision: 'submit', document });
    const request = 'final-report/complement-report.1';
    expect((await system.open(id, request)).decisions).toEqual(['submit', 'nothing-to-add']);
    await expect(
      system.answer(id, request, 'chl-mtps-1', { decision: 'submit', document }),
    ).rejects.toMatchObject(question({ what: 'report', same: 'version', version: 1 }));
    await system.answer(id, request, 'chl-mtps-1', { decision: 'nothing-to-add' });
    const { subject } = await system.open(id, 'final-report/receive-report.1');
    expect(subject.hash).toBe(document);
    expect(await answersTo(id, request)).toMatchObject([{ decision: 'nothing-to-add', content: null }]);
  });

  it('is asked about where it is the programme that changes were asked to', async () => {
    const id = await started();
    await system.answer(id, 'coordination/confirm-coordination.1', 'oas-1', {
      ...{ decision: 'done', minutes: { minutes: 'Acuerdos.' } },
    });
    const review = 'coordination/approve-programme.1';
    await system.answer(id, review, 'per-mtpe-1', { decision: 'changes', reason: 'Otro orden.' });
    await system.answer(id, review, 'chl-mtps-1', { decision: 'approve' });
    const revise = 'coordination/revise-programme.1';
    await system.open(id, revise);
    const { programme } = await system.view(id);
    const given = (subject: string) => ({
      decision: 'submit' as const,
      programme: JSON.stringify({ ...programme, subject }),
    });
    await expect(system.answer(id, revise, 'oas-1', given(programme.subject))).rejects.toMatchObject(
      question({ what: 'programme', same: 'version', version: 1 }),
    );
    await system.answer(id, revise, 'oas-1', given('Otro tema'));
    expect((await system.open(id, 'coordination/approve-programme.2')).programme?.version).toBe(2);
  });
});
