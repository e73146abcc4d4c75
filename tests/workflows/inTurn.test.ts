import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCooperation } from '../../src/casefile/cooperations.ts';
import { workflowId } from '../../src/domain/ids.ts';
import { TASK_QUEUE } from '../../workflows/messages.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';

/**
 * Two ministries draft the report and two complement it (`g-joint.yaml`): each goes on from the file of the one before,
 * and nobody's is dropped. The step is a workflow of its own here.
 */
const SOURCE = readFileSync(new URL('../domain/cases/g-joint.yaml', import.meta.url), 'utf8');
const DRAFT = 'final-report/draft-report';
const COMPLEMENT = 'final-report/complement-report';
const RECEIVE = 'final-report/receive-report';

describe('a report that several write', () => {
  let system: InProcess;
  let count = 0;
  beforeAll(async () => {
    system = await inProcess();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  async function reported(): Promise<string> {
    const id = `turn-${++count}`;
    await system.cooperations.start(SOURCE.replace('id: 24-joint', `id: ${id}`));
    await system.open(id, 'coordination/confirm-coordination.1');
    const plan = (await findCooperation(system.caseFile, id))?.plan;
    await system.client.workflow.start('finalReport', {
      ...{ taskQueue: TASK_QUEUE, workflowId: workflowId(id, 'final-report'), args: [{ plan }] },
    });
    await system.open(id, `${DRAFT}.1`);
    return id;
  }
  /** What a request is about, as its reader downloads it. */
  async function begunWith(id: string, request: string): Promise<string> {
    const { documents } = await system.open(id, request);
    const subject = documents.find(({ role }) => role === 'subject');
    return subject ? Buffer.from(await system.bytes(subject.sha256)).toString() : '';
  }
  /** Goes on from what the request brings: a line more. */
  async function writes(id: string, request: string, by: string, line: string): Promise<void> {
    const before = (await begunWith(id, request)) || '%PDF-1.7\n';
    const bytes = Readable.from([Buffer.from(`${before}${line}\n`)]);
    const file = { by, bytes, kind: 'report', fileName: 'report.pdf' } as const;
    const { sha256 } = await system.cooperations.putDocument(id, file);
    await system.answer(id, request, by, { decision: 'submit', document: sha256 });
  }
  const turnsOf = async (id: string, request: string) =>
    (await system.open(id, request)).turns.map(({ party, part, state }) => [part, party, state].join(' '));
  const written = (text: string) => text.trim().split('\n').slice(1);

  it('passes through all hands, one after another, and so reaches the Secretariat', async () => {
    const id = await reported();
    expect((await system.open(id, `${DRAFT}.1`)).owing).toEqual(['brb']);
    expect(await turnsOf(id, `${DRAFT}.1`)).toEqual([
      'drafts brb now',
      'drafts jam ahead',
      'complements tto ahead',
      'complements can ahead',
      'receives oas ahead',
    ]);
    await writes(id, `${DRAFT}.1`, 'brb-1', 'Barbados');
    expect((await system.open(id, `${DRAFT}.2`)).owing).toEqual(['jam']);
    expect(written(await begunWith(id, `${DRAFT}.2`))).toEqual(['Barbados']);
    // Told whose text they go on from, in which turn, with the file.
    const mailOf = async (request: string) => {
      await expect
        .poll(async () => (await system.mailbox.list({ request: `${id}/${request}` })).length)
        .toBe(1);
      return (await system.mailbox.list({ request: `${id}/${request}` }))[0]?.text ?? '';
    };
    const mail = await mailOf(`${DRAFT}.2`);
    expect(mail).toMatch(/your\s+institution’s\s+turn\s+to\s+continue\s+the\s+Final\s+Report/);
    expect(mail).toMatch(/version 1 · attached to this message/);
    expect(mail).toMatch(/MLJ[^\n]*\n?[^\n]*its turn now/);
    await writes(id, `${DRAFT}.2`, 'jam-1', 'Jamaica');
    expect((await system.open(id, `${COMPLEMENT}.1`)).owing).toEqual(['tto']);
    await writes(id, `${COMPLEMENT}.1`, 'tto-1', 'Trinidad and Tobago');
    expect((await system.open(id, `${COMPLEMENT}.2`)).owing).toEqual(['can']);
    await writes(id, `${COMPLEMENT}.2`, 'can-1', 'Canada');
    const all = ['Barbados', 'Jamaica', 'Trinidad and Tobago', 'Canada'];
    expect(written(await begunWith(id, `${RECEIVE}.1`))).toEqual(all);
    expect((await system.view(id)).documents.filter(({ kind }) => kind === 'report')).toHaveLength(4);

    // Sent back, it goes the same way again, from where it is.
    await system.answer(id, `${RECEIVE}.1`, 'oas-1', { decision: 'changes', reason: 'Shorter.' });
    const again = await system.open(id, `${DRAFT}.3`);
    expect([again.owing, again.again, again.documents.map(({ role }) => role)]).toEqual([
      ...[['brb'], 'changes-asked', ['previous']],
    ]);
    expect((await turnsOf(id, `${DRAFT}.3`)).slice(0, 2)).toEqual(['drafts brb now', 'drafts jam ahead']);
    await writes(id, `${DRAFT}.3`, 'brb-1', 'Barbados, again');
    expect(written(await begunWith(id, `${DRAFT}.4`))).toEqual(['Barbados, again']);
  });

  it('goes on as it is where one has nothing to add, and where one is done without', async () => {
    const id = await reported();
    await writes(id, `${DRAFT}.1`, 'brb-1', 'Barbados');
    await system.open(id, `${DRAFT}.2`);
    await system.change(id, { change: 'waive', request: `${DRAFT}.2`, party: 'jam' });
    await system.open(id, `${COMPLEMENT}.1`);
    await system.answer(id, `${COMPLEMENT}.1`, 'tto-1', { decision: 'nothing-to-add' });
    expect(written(await begunWith(id, `${COMPLEMENT}.2`))).toEqual(['Barbados']);
    await writes(id, `${COMPLEMENT}.2`, 'can-1', 'Canada');
    expect(written(await begunWith(id, `${RECEIVE}.1`))).toEqual(['Barbados', 'Canada']);
    expect(await turnsOf(id, `${RECEIVE}.1`)).toEqual([
      'drafts brb done',
      'drafts jam waived',
      'complements tto nothing',
      'complements can done',
      'receives oas now',
    ]);
  });

  it('is begun by the second where the first is done without; never by nobody', async () => {
    const id = await reported();
    await system.change(id, { change: 'waive', request: `${DRAFT}.1`, party: 'brb' });
    const second = await system.open(id, `${DRAFT}.2`);
    expect([second.owing, second.template]).toEqual([['jam'], 'report']);
    await expect(
      system.change(id, { change: 'waive', request: `${DRAFT}.2`, party: 'jam' }),
    ).rejects.toMatchObject({ refusal: { code: 'LastToAnswer' } });
    await writes(id, `${DRAFT}.2`, 'jam-1', 'Jamaica');
    expect(written(await begunWith(id, `${COMPLEMENT}.1`))).toEqual(['Jamaica']);
  });

  it('is drafted once by whoever is asked in the place of another', async () => {
    const id = await reported();
    await system.change(id, { change: 'reassign', request: `${DRAFT}.1`, from: 'brb', to: 'jam' });
    expect((await turnsOf(id, `${DRAFT}.1`)).slice(0, 2)).toEqual([
      'drafts jam now',
      'complements tto ahead',
    ]);
    await writes(id, `${DRAFT}.1`, 'jam-1', 'Jamaica');
    expect((await system.open(id, `${COMPLEMENT}.1`)).owing).toEqual(['tto']);
  });
});
