import { createHash } from 'node:crypto';
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
  /** The versions that are among the documents, for everybody to see, with who is on record for them. */
  const versions = async (id: string) => {
    const { documents, record } = await system.view(id);
    const recorded = record.filter(({ kind }) => kind === 'document-added');
    expect(recorded).toHaveLength(documents.length);
    return documents.map(({ document, version, by }) => [document, version, by].join(' '));
  };
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
    expect([await answersTo(id, DRAFT), await versions(id)]).toEqual([[], []]);
    await system.answer(id, DRAFT, CONSULTANT, { ...given, confirmed: true });
    expect(await answersTo(id, DRAFT)).toMatchObject([{ confirmed: true }]);
    expect(await versions(id)).toEqual([`sheet 1 ${CONSULTANT}`]);
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
    expect([await answersTo(id, AGAIN), await versions(id)]).toEqual([[], [`sheet 1 ${CONSULTANT}`]]);

    const confirmed = { ...given, confirmed: true };
    const first = await system.answer(id, AGAIN, CONSULTANT, confirmed);
    expect(await answersTo(id, AGAIN)).toMatchObject([{ content: document, confirmed: true }]);
    // The same click once more stands.
    const retried = { ...confirmed, request: AGAIN, by: CONSULTANT, subject: subject.hash };
    expect((await system.cooperations.answer(id, retried)).at).toBe(first.at);
  });

  it('is asked about where the sheet comes as the report, and is none of its versions as long as that is a question', async () => {
    const id = await started();
    await stepOf(id, 'systematization', 'systematization');
    await system.open(id, DRAFT);
    const sheet = await put(id, CONSULTANT, 'sheet', pdf('ficha'));
    await system.answer(id, DRAFT, CONSULTANT, { decision: 'submit', document: sheet });
    await system.answer(id, 'systematization/review-sheet.1', 'per-mtpe-1', {
      ...{ decision: 'changes', reason: 'Falta la malla.' },
    });
    await system.answer(id, 'systematization/review-sheet.1', 'chl-mtps-1', { decision: 'approve' });
    await system.open(id, AGAIN);
    const second = await put(id, CONSULTANT, 'sheet', pdf('ficha con malla'));
    await system.answer(id, AGAIN, CONSULTANT, { decision: 'submit', document: second });
    const sheets = [`sheet 1 ${CONSULTANT}`, `sheet 2 ${CONSULTANT}`];
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
    expect(await versions(id)).toEqual(sheets);
    // The first, which was sent by mistake, is to be had nowhere once it is withheld.
    await system.change(id, { change: 'withhold', document: 'sheet@1' });
    const had = (await system.view(id)).documents.filter(({ withheld }) => !withheld);
    expect(had.map(({ sha256 }) => sha256)).toEqual([second]);
    const meant = await put(id, 'per-mtpe-1', 'report', pdf('informe'));
    await system.answer(id, request, 'per-mtpe-1', { decision: 'submit', document: meant });
    expect(await versions(id)).toEqual([...sheets, 'report 1 per-mtpe-1']);
    // What was held back went with it.
    await expect(
      system.answer(id, 'final-report/complement-report.1', 'per-mtpe-1', given),
    ).rejects.toMatchObject({ refusal: { code: 'DocumentUnknown' } });
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

  describe('that is refused', () => {
    const REPORT = 'final-report/draft-report.1';
    const SEND = 'documents/send-documents.1';
    const HOW = 'Por correo, el lunes.';
    const door = (holder: string | null) => ({
      door: { door: 'token', token: 1, name: 'guion' } as const,
      holder,
    });
    type Put = Parameters<typeof system.cooperations.putDocument>[1];
    type Given = Parameters<typeof system.cooperations.answer>[1];
    const recorded = { by: 'oas-1', how: HOW };
    /** The doors by which a file and its answer come. */
    const DOORS: Record<
      string,
      { put(id: string, file: Put): Promise<unknown>; answer(id: string, given: Given): Promise<unknown> }
    > = {
      'on the site': {
        put: (id, file) => system.cooperations.putDocument(id, file),
        answer: (id, given) => system.cooperations.answer(id, given, { door: 'site' }),
      },
      'by a token of their own': {
        put: async (id, file) =>
          system.cooperations.putDocument(id, file, door(await addressOf(id, file.by))),
        answer: async (id, given) =>
          system.cooperations.answerByToken(id, given, door(await addressOf(id, given.by))),
      },
      'recorded by the Secretariat': {
        put: (id, file) => system.cooperations.putDocument(id, { ...file, recorded }, door(null)),
        answer: (id, given) => system.cooperations.answerByToken(id, { ...given, recorded }, door(null)),
      },
    };
    const addressOf = async (id: string, person: string) =>
      (await system.view(id)).people.find((one) => one.id === person)?.email?.toLowerCase() ?? null;
    const file = (by: string, kind: Put['kind'], text: string): Put => ({
      ...{ by, kind, fileName: 'documento.pdf', bytes: Readable.from([Buffer.from(pdf(text))]) },
    });
    const hashed = (text: string) => createHash('sha256').update(pdf(text)).digest('hex');
    async function asked(step: 'finalReport' | 'documentExchange'): Promise<string> {
      const id = await started();
      await system.client.workflow.start(step, {
        ...{
          taskQueue: TASK_QUEUE,
          workflowId: workflowId(id, step === 'finalReport' ? 'final-report' : 'documents'),
        },
        args: [{ plan: (await findCooperation(system.caseFile, id))?.plan }],
      });
      await system.open(id, step === 'finalReport' ? REPORT : SEND);
      return id;
    }
    const given = async (id: string, by: string, text: string) => ({
      ...{ request: REPORT, by, decision: 'submit' as const, document: hashed(text) },
      subject: (await system.view(id)).requests.find((one) => one.id === REPORT)?.subject.hash ?? '',
    });

    it.each(Object.entries(DOORS))(
      '%s, is a version of nothing, and what is meant is version 1',
      async (_, via) => {
        const id = await asked('finalReport');
        await via.put(id, file('per-mtpe-1', 'report', 'otro'));
        const slip = await given(id, 'per-mtpe-1', 'otro');
        await expect(via.answer(id, { ...slip, subject: '0'.repeat(64) })).rejects.toMatchObject({
          refusal: { code: 'SubjectSuperseded' },
        });
        expect(await versions(id)).toEqual([]);
        // Another's is not theirs to hand in.
        await expect(via.answer(id, { ...slip, by: 'chl-mtps-1' })).rejects.toMatchObject({
          refusal: { code: 'DocumentUnknown' },
        });
        await via.put(id, file('per-mtpe-1', 'report', 'informe'));
        await via.answer(id, await given(id, 'per-mtpe-1', 'informe'));
        expect(await versions(id)).toEqual(['report 1 per-mtpe-1']);
        // Once more, as after a lost reply: the same.
        await via.answer(id, await given(id, 'per-mtpe-1', 'informe'));
        expect(await versions(id)).toEqual(['report 1 per-mtpe-1']);
        // Of a colleague's file nothing is seen either.
        await via.put(id, file('per-mtpe-2', 'report', 'tarde'));
        await expect(via.answer(id, await given(id, 'per-mtpe-2', 'tarde'))).rejects.toMatchObject({
          refusal: { code: 'AlreadyAnswered' },
        });
        expect(await versions(id)).toEqual(['report 1 per-mtpe-1']);
      },
    );

    it('since a colleague was faster, leaves the one that was taken', async () => {
      const id = await asked('finalReport');
      const colleagues = ['per-mtpe-1', 'per-mtpe-2'] as const;
      const via = DOORS['on the site'];
      for (const by of colleagues) await via?.put(id, file(by, 'report', by));
      const outcomes = await Promise.allSettled(
        colleagues.map(async (by) => via?.answer(id, await given(id, by, by))),
      );
      const taken = colleagues.filter((_, index) => outcomes[index]?.status === 'fulfilled');
      expect(await versions(id)).toEqual(taken.map((by) => `report 1 ${by}`));
      expect(taken).toHaveLength(1);
    });

    it.each(Object.entries(DOORS))('%s, as documents that are asked for, is none of them', async (_, via) => {
      const id = await asked('documentExchange');
      const { subject } = await system.open(id, SEND);
      const put = (by: string, text: string) =>
        via.put(id, file(by, 'answer', text)) as Promise<{ document: string; version: number }>;
      const answer = (by: string, files: { document: string; version: number }[], hash = subject.hash) =>
        via.answer(id, {
          ...{ request: SEND, by, subject: hash, decision: 'done' },
          documents: files.map(({ document, version }) => `${document}@${version}`),
        });
      const slip = await put('per-mtpe-1', 'otro');
      await expect(answer('per-mtpe-1', [slip], '0'.repeat(64))).rejects.toMatchObject({
        refusal: { code: 'SubjectSuperseded' },
      });
      await expect(answer('chl-mtps-1', [slip])).rejects.toMatchObject({
        refusal: { code: 'DocumentUnknown' },
      });
      expect(await versions(id)).toEqual([]);
      const [first, second] = [await put('per-mtpe-1', 'malla'), await put('per-mtpe-1', 'norma')];
      await answer('per-mtpe-1', [first, second]);
      expect((await versions(id)).map((one) => one.replace(/^doc-\d+ /, ''))).toEqual([
        '1 per-mtpe-1',
        '1 per-mtpe-1',
      ]);
      const late = await put('per-mtpe-2', 'tarde');
      await expect(answer('per-mtpe-2', [late])).rejects.toMatchObject({
        refusal: { code: 'AlreadyAnswered' },
      });
      expect(await versions(id)).toHaveLength(2);
      expect((await answersTo(id, SEND))[0]?.documents).toEqual(
        [first, second].map((one) => `${one.document}@${one.version}`),
      );
    });

    it('as a Signal that names what waits for nobody, or for another, is a version of nothing', async () => {
      const id = await asked('documentExchange');
      const { subject } = await system.open(id, SEND);
      const waiting = await system.cooperations.putDocument(id, file('per-mtpe-1', 'answer', 'malla'));
      const handle = system.client.workflow.getHandle(workflowId(id, 'documents'));
      const message = { request: SEND, subject: subject.hash, decision: 'done' };
      const named = `${waiting.document}@${waiting.version}`;
      await handle.signal('respond', { ...message, party: 'chl-mtps', by: 'chl-mtps-1', documents: [named] });
      await handle.signal('respond', {
        ...message,
        party: 'per-mtpe',
        by: 'per-mtpe-1',
        documents: ['doc-9@1'],
      });
      await handle.signal('respond', { ...message, party: 'per-mtpe', by: 'per-mtpe-1', documents: [named] });
      await expect.poll(() => versions(id)).toEqual([`${waiting.document} 1 per-mtpe-1`]);
      expect((await answersTo(id, SEND)).map(({ party }) => party)).toEqual(['per-mtpe']);
    });
  });
});
