import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCooperation } from '../../src/casefile/cooperations.ts';
import { workflowId } from '../../src/domain/ids.ts';
import type { Plan } from '../../src/domain/programme/plan.ts';
import { planChanged, TASK_QUEUE } from '../../workflows/messages.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { changedSource } from '../support/programme.ts';

/**
 * Institutions that join a cooperation by a corrected programme, while one of its steps is under way. The step is a
 * workflow of its own here, and hears of the corrected plan as it would from its cooperation.
 */
describe('an institution that joins while the report is under way', () => {
  let system: InProcess;
  let count = 0;
  beforeAll(async () => {
    system = await inProcess();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  async function reported(): Promise<string> {
    const id = `joins-${++count}`;
    await system.cooperations.start(
      changedSource((file) => {
        file.id = id;
      }),
    );
    await system.open(id, 'coordination/confirm-coordination.1');
    await system.client.workflow.start('finalReport', {
      taskQueue: TASK_QUEUE,
      workflowId: workflowId(id, 'final-report'),
      args: [{ plan: await plan(id) }],
    });
    await system.open(id, 'final-report/draft-report.1');
    return id;
  }
  const plan = async (id: string): Promise<Plan> => {
    const row = await findCooperation(system.caseFile, id);
    if (!row) throw new Error(`no cooperation ${id}`);
    return row.plan;
  };
  const report = (id: string) => system.client.workflow.getHandle(workflowId(id, 'final-report'));

  /** Hands in a report whose bytes are `text`'s. */
  async function submits(id: string, request: string, by: string, text: string) {
    const bytes = Readable.from([Buffer.from(`%PDF-1.7 ${text}`)]);
    const { sha256 } = await system.cooperations.putDocument(id, {
      ...{ by, bytes, kind: 'report', fileName: 'informe.pdf' },
    });
    return system.answer(id, request, by, { decision: 'submit', document: sha256 });
  }

  const URUGUAY = {
    ...{ id: 'ury-mtss', acronym: 'MTSS', country: 'UY', timezone: 'America/Montevideo' },
    name: 'Ministerio de Trabajo y Seguridad Social',
    delegate: { name: 'Lucía Bentancor', email: 'lucia.bentancor@mtss-uruguay.example' },
  };
  const COLOMBIA = {
    ...{ id: 'col-mintrabajo', acronym: 'MinTrabajo', country: 'CO', timezone: 'America/Bogota' },
    name: 'Ministerio del Trabajo',
    delegate: { name: 'Andrés Cadena', email: 'andres.cadena@mintrabajo-colombia.example' },
  };

  /** Another ministry joins, and complements the report: a correction that the step does not hear of yet. */
  async function amended(id: string, { delegate, ...ministry }: typeof URUGUAY) {
    const { programme } = await system.view(id);
    const source = changedSource((file) => {
      Object.assign(file, structuredClone(programme));
      file.institutions.push({ ...ministry, role: 'providing' } as (typeof file.institutions)[number]);
      file.participants.push({
        institution: ministry.id,
        post: 'Directora de Asuntos Internacionales',
        ...delegate,
      } as (typeof file.participants)[number]);
      file.finalReport.complements.push(ministry.id);
    });
    await system.change(id, { change: 'amend', programme: source });
  }
  async function joins(id: string, ministry = URUGUAY) {
    await amended(id, ministry);
    await report(id).signal(planChanged, await plan(id));
  }

  const asked = async (id: string, request: string) =>
    (await system.view(id)).requests.find((one) => one.id === request)?.asked.map(({ party }) => party);
  const writtenTo = async (id: string, request: string) =>
    (await system.mailbox.list({ request: `${id}/${request}` })).flatMap(({ to }) => to).sort();

  it('is asked to complement it after the others, where that has not been asked yet', async () => {
    const id = await reported();
    await joins(id);
    await submits(id, 'final-report/draft-report.1', 'per-mtpe-1', 'borrador');
    await system.open(id, 'final-report/complement-report.1');
    expect(await asked(id, 'final-report/complement-report.1')).toEqual(['chl-mtps']);
    await submits(id, 'final-report/complement-report.1', 'chl-mtps-2', 'complemento');
    await system.open(id, 'final-report/complement-report.2');
    expect(await asked(id, 'final-report/complement-report.2')).toEqual(['ury-mtss']);
  });

  it('is asked, and written to, when another that complements it is through', async () => {
    const id = await reported();
    await submits(id, 'final-report/draft-report.1', 'per-mtpe-1', 'borrador');
    const request = 'final-report/complement-report.1';
    await system.open(id, request);
    await joins(id);
    const { turns } = await system.open(id, request);
    expect(turns.map(({ party, state }) => [party, state])).toEqual([
      ['per-mtpe', 'done'],
      ['chl-mtps', 'now'],
      ['ury-mtss', 'ahead'],
      ['oas', 'ahead'],
    ]);
    await submits(id, request, 'chl-mtps-2', 'complemento');
    const second = 'final-report/complement-report.2';
    await expect.poll(() => writtenTo(id, second)).toEqual(['lucia.bentancor@mtss-uruguay.example']);
    await submits(id, second, 'ury-mtss-1', 'otro complemento');
    await system.open(id, 'final-report/receive-report.1');
  });

  it('is asked while the Secretariat has it, which then receives what it adds', async () => {
    const id = await reported();
    await submits(id, 'final-report/draft-report.1', 'per-mtpe-1', 'borrador');
    await submits(id, 'final-report/complement-report.1', 'chl-mtps-2', 'complemento');
    await system.open(id, 'final-report/receive-report.1');
    await joins(id);
    const request = 'final-report/complement-report.2';
    await system.open(id, request);
    expect(await asked(id, request)).toEqual(['ury-mtss']);
    await submits(id, request, 'ury-mtss-1', 'otro complemento');
    const { subject } = await system.open(id, 'final-report/receive-report.2');
    await system.answer(id, 'final-report/receive-report.2', 'oas-1', { decision: 'approve' });
    await report(id).result();
    expect(subject.ref).toBe('report-v1');
  });

  it('is asked before another that joins while it has the report', async () => {
    const id = await reported();
    await submits(id, 'final-report/draft-report.1', 'per-mtpe-1', 'borrador');
    await submits(id, 'final-report/complement-report.1', 'chl-mtps-2', 'complemento');
    await system.open(id, 'final-report/receive-report.1');
    await joins(id, URUGUAY);
    const request = 'final-report/complement-report.2';
    await system.open(id, request);
    await joins(id, COLOMBIA);
    expect(await asked(id, request)).toEqual(['ury-mtss']);
    await submits(id, request, 'ury-mtss-1', 'otro complemento');
    await system.open(id, 'final-report/complement-report.3');
    expect(await asked(id, 'final-report/complement-report.3')).toEqual(['col-mintrabajo']);
    await submits(id, 'final-report/complement-report.3', 'col-mintrabajo-1', 'un complemento más');
    await system.open(id, 'final-report/receive-report.2');
  });

  it('is asked, where the step hears of the correction only when the others have complemented it', async () => {
    const id = await reported();
    await amended(id, URUGUAY);
    await submits(id, 'final-report/draft-report.1', 'per-mtpe-1', 'borrador');
    await submits(id, 'final-report/complement-report.1', 'chl-mtps-2', 'complemento');
    await system.open(id, 'final-report/receive-report.1');
    await report(id).signal(planChanged, await plan(id));
    const request = 'final-report/complement-report.2';
    await system.open(id, request);
    expect(await asked(id, request)).toEqual(['ury-mtss']);
    await submits(id, request, 'ury-mtss-1', 'otro complemento');
    await system.open(id, 'final-report/receive-report.2');
  });
});
