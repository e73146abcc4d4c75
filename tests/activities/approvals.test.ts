import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { makeProgramme } from '../../activities/publications.ts';
import { approvalsOf } from '../../activities/standing.ts';
import { findCooperation } from '../../src/casefile/cooperations.ts';
import { readRecord } from '../../src/casefile/record.ts';
import { takeAnswerBack } from '../../src/casefile/requests.ts';
import { addTemplate } from '../../src/casefile/results/templates.ts';
import { readAll } from '../../src/documents/store.ts';
import { approves, asked, HASH, issued, NOW, setting, the } from '../casefile/changes/setting.ts';
import { readDocx } from '../publications/reading.ts';
import { templateWith } from '../publications/templateWith.ts';
import { outsideWith } from './outside.ts';

setting();

it('a later version of the programme has who approved the one before, and not what was taken back', async () => {
  const { db, id } = the();
  await issued();
  const version = 1;
  const request = 'coordination/approve-programme.1';
  await asked(request, ['per-mtpe', 'chl-mtps']);
  // After midnight in London, and the evening before in Lima.
  await approves(request, 'per-mtpe-1', '2021-07-02T02:00:00.000Z');
  const cooperation = await findCooperation(db, id);
  if (!cooperation) throw new Error('it is filed');
  const approval = { paper: 'programme', version, party: 'per-mtpe', name: 'Jorge Larrea', on: '2021-07-01' };
  expect(await approvalsOf(db, cooperation)).toEqual([approval]);

  const outside = outsideWith(() => {});
  const next = await makeProgramme(outside, id, 'session-1.1');
  const { text } = await readDocx(await readAll(outside.documents, next.docxSha256));
  expect(text).toContain(`MTPE del Perú\nJorge Larrea\nVersión ${version}\n1 de julio de 2021\n`);

  const back = { request, subject: HASH, party: 'per-mtpe', by: 'per-mtpe-1', revision: 1 };
  await takeAnswerBack(db, id, back, '2021-07-02T03:00:00.000Z');
  expect(await approvalsOf(db, cooperation)).toEqual([]);
});

it('a version of the programme is made with the template that stands then, and the record says with which', async () => {
  const { db, id } = the();
  const outside = outsideWith(() => {});
  const file = await templateWith('{title}', 'Nuestra: {title}');
  const { sha256 } = await outside.documents.put(Readable.from([file]));
  const template = { template: 'programme', language: null, by: null } as const;
  const put = await addTemplate(db, { ...template, seen: 0, file: { sha256, name: 'a.docx' } }, NOW);
  const number = 'number' in put ? put.number : 0;
  const made = await makeProgramme(outside, id, 'coordination.1');
  await addTemplate(db, { ...template, seen: number, file: null }, NOW);
  const later = await makeProgramme(outside, id, 'session-1.1');
  const titles = [made, later].map(async ({ docxSha256 }) => {
    const { paragraphs } = await readDocx(await readAll(outside.documents, docxSha256));
    return paragraphs.find(({ style }) => style === 'Title')?.text.slice(0, 7);
  });
  expect(await Promise.all(titles)).toEqual(['Nuestra', 'COOPERA']);
  const recorded = (await readRecord(db, id)).filter(({ kind }) => kind === 'programme-made');
  expect(recorded.map(({ data }) => data.template)).toEqual([number, undefined]);
});
