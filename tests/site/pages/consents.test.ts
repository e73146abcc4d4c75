import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCooperation } from '../../../src/casefile/cooperations.ts';
import { printSheets } from '../../../src/client/sheetPdfs.ts';
import { workflowId } from '../../../src/domain/ids.ts';
import type { WordPrinter } from '../../../src/domain/results/wordPaper.ts';
import { TASK_QUEUE } from '../../../workflows/messages.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { published } from '../../support/library.ts';
import { type Browser, mainHtmlOf, siteOver } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const REVIEW = 'systematization/review-sheet.1';
const PAGE = `/c/${ID}/consents`;
const SHEET = `/sheets/${ID}`;
const seenIn = (page: string): string => /name="seen" value="([^"]*)"/.exec(mainHtmlOf(page))?.[1] ?? 'none';
const REQUEST = `/c/${ID}/requests/${REVIEW}`;

describe('consent to a sheet being read by people outside', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  let sha256 = '';
  let subject = '';
  beforeAll(async () => {
    ({ system, browsers } = await underway());
    const plan = (await findCooperation(system.caseFile, ID))?.plan;
    await system.client.workflow.start('systematization', {
      ...{ taskQueue: TASK_QUEUE, workflowId: workflowId(ID, 'systematization'), args: [{ plan }] },
    });
    await system.open(ID, 'systematization/draft-sheet.1');
    ({ sha256 } = await system.cooperations.putDocument(ID, {
      ...{ by: 'consultant-1', kind: 'sheet', fileName: 'ficha.pdf' },
      bytes: Readable.from([Buffer.from('%PDF-1.7 ficha')]),
    }));
    await system.answer(ID, 'systematization/draft-sheet.1', 'consultant-1', {
      ...{ decision: 'submit', document: sha256 },
    });
    subject = (await system.open(ID, REVIEW)).subject.hash;
  });
  afterAll(() => system[Symbol.asyncDispose]());
  const view = () => system.view(ID);
  const said = async () => (await view()).consents.map(({ party, publish }) => `${party} ${publish}`);
  const addressOf = async (person: string) =>
    (await view()).people.find(({ id }) => id === person)?.email ?? '';
  const say = (by: string, publish: 'yes' | 'no', version = 1) =>
    system.cooperations.consent(ID, { by, publish, version });

  it('is asked beside the approval, in no other answer, and the approval does not wait on it', async () => {
    const page = await browsers.peru.text(REQUEST);
    expect(page).toContain('¿Consiente su institución que cualquier persona lea esta ficha?');
    expect(page.match(/name="publish"/g)).toHaveLength(3);
    // Nothing of it is asked of a programme.
    expect(await browsers.peru.text(`/c/${ID}/requests/coordination/approve-programme.1`)).not.toContain(
      'publish',
    );
    expect((await browsers.peru.get(PAGE)).status).toBe(404);
    await expect(say('per-mtpe-1', 'yes')).rejects.toMatchObject({ refusal: { code: 'SheetNotPublished' } });
    const given = {
      request: REVIEW,
      by: 'per-mtpe-1',
      subject,
      decision: 'approve',
      publish: 'yes',
    } as const;
    const old = { ...given, request: 'coordination/approve-programme.1' };
    await expect(system.cooperations.answer(ID, old)).rejects.toMatchObject({
      refusal: { code: 'EnclosureNotTaken', enclosure: 'publish' },
    });
    const answered = await browsers.peru.post(REQUEST, { subject, decision: 'approve', publish: 'yes' });
    expect(answered.status).toBe(303);
    expect(await said()).toEqual(['per-mtpe yes']);
    expect(await browsers.chile.text(REQUEST)).toContain('Consiente que cualquier persona lea la ficha.');
    expect(await browsers.chile.text(`/c/${ID}/record`)).toContain('consiente la lectura pública');
  });

  it('goes with the answer that it came with, and is said anew with the next one', async () => {
    await system.cooperations.takeBack(ID, { request: REVIEW, by: 'per-mtpe-1' });
    expect(await said()).toEqual([]);
    await browsers.peru.post(REQUEST, { subject, decision: 'approve', publish: 'no' });
    await browsers.peru.post(`${REQUEST}?correct=3`, { subject, decision: 'approve', publish: 'yes' });
    expect(await said()).toEqual(['per-mtpe yes']);
    const [answer] = (await view()).requests.find(({ id }) => id === REVIEW)?.answers ?? [];
    expect(answer).toMatchObject({ revision: 3, publish: 'yes' });
    // The same once more is that one.
    await system.answer(ID, REVIEW, 'per-mtpe-1', { decision: 'approve', publish: 'yes' });
    expect(await said()).toEqual(['per-mtpe yes']);
  });

  it('is said later by the focal point, about the version that was published, without a mail', async () => {
    const answered = await browsers.chile.post(REQUEST, { subject, decision: 'approve', publish: 'later' });
    expect(answered.status).toBe(303);
    await expect
      .poll(async () => (await view()).record.some(({ kind }) => kind === 'sheet-published'))
      .toBe(true);
    expect(await said()).toEqual(['per-mtpe yes']);
    await expect.poll(async () => (await view()).mails.every(({ state }) => state !== 'pending')).toBe(true);
    const mails = (await view()).mails.length;

    const focal = await siteOver(system).as(await addressOf('chl-mtps-3'));
    const colleague = browsers.chile;
    const page = await focal.text(PAGE);
    expect(page).toContain('Mientras no lo consientan ambas instituciones');
    expect(page).toContain('name="publish"');
    // Not for a colleague who is no focal point, an observer or somebody else.
    expect(await colleague.text(PAGE)).not.toContain('name="publish"');
    expect((await colleague.post(PAGE, { version: '1', publish: 'yes' })).status).toBe(404);
    expect((await browsers.observer.post(PAGE, { version: '1', publish: 'yes' })).status).toBe(404);
    expect((await browsers.guest.get(PAGE)).status).toBe(404);
    await expect(say('chl-mtps-1', 'yes')).rejects.toMatchObject({
      refusal: { code: 'NotFocalPoint', focalPoints: ['chl-mtps-3'] },
    });
    await expect(say('consultant-1', 'yes')).rejects.toMatchObject({ refusal: { code: 'NotFocalPoint' } });
    await expect(say('chl-mtps-3', 'yes', 2)).rejects.toMatchObject({
      refusal: { code: 'SheetNotPublished', version: 2 },
    });
    expect((await focal.post(PAGE, { version: '1' })).status).toBe(422);
    expect(await said()).toEqual(['per-mtpe yes']);

    expect((await focal.post(PAGE, { version: '1', publish: 'yes', seen: seenIn(page) })).status).toBe(303);
    await say('chl-mtps-3', 'yes');
    // Said once more, it is what stands.
    expect(await said()).toEqual(['per-mtpe yes', 'chl-mtps yes']);
    expect(await focal.text(PAGE)).toContain('cualquier persona puede leer la ficha publicada (versión 1)');
    const entry = (await view()).record.find(({ kind }) => kind === 'consent-stated');
    expect(entry).toMatchObject({
      party: 'chl-mtps',
      person: 'chl-mtps-3',
      data: { version: 1, publish: 'yes' },
    });
    expect((await view()).mails).toHaveLength(mails);
  });

  it('opens the page of the sheet to anybody, which says nothing of the cooperation or of a person', async () => {
    await system.cooperations.fillLibrary();
    const anybody = siteOver(system).browser();
    const response = await anybody.get(SHEET);
    expect([response.status, response.headers.get('x-robots-tag')]).toEqual([200, 'noarchive']);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const page = await response.text();
    const { programme, people } = await view();
    expect(page).toContain(programme.subject);
    expect(page).not.toContain(`/c/${ID}`);
    for (const { name, email } of people)
      for (const one of [name, email]) expect(page).not.toContain(`${one}`);
    const file = await anybody.get(`${SHEET}/file`);
    expect([file.status, file.headers.get('x-robots-tag'), await file.text()]).toEqual([
      ...[200, 'noarchive', '%PDF-1.7 ficha'],
    ]);
    expect(await anybody.text('/sheets')).toContain(`href="${SHEET}"`);
    expect((await anybody.get('/sheets/nobodys')).status).toBe(404);
    expect(await browsers.chile.text(SHEET)).toContain(`href="${PAGE}"`);
  });

  it('gives people outside the tagged PDF of a Word file, and the file itself to people of RIAL', async () => {
    const id = 'sheet-2';
    const { caseFile, documents, cooperations } = system;
    await published(caseFile, documents, {
      id,
      language: 'es',
      subject: 'Apicultura',
      paragraphs: ['Colmenas.'],
    });
    await cooperations.fillLibrary();
    for (const by of ['per-mtpe-4', 'chl-mtps-3'])
      await cooperations.consent(id, { by, publish: 'yes', version: 1 });
    const anybody = siteOver(system).browser();
    const statuses = async (browser: Browser) => [
      (await browser.get(`/sheets/${id}/file`)).status,
      (await browser.get(`/sheets/${id}/pdf`)).status,
    ];
    expect(await statuses(anybody)).toEqual([200, 404]);

    const now = () => new Date().toISOString();
    const told: unknown[] = [];
    const log = { warn: (facts: object) => told.push(facts) };
    const printing = (wordPrinter: WordPrinter) =>
      printSheets({ caseFile, documents, wordPrinter, now }, log);
    expect(await printing(() => Promise.reject(new Error('no')))).toBe(0);
    expect(told).toMatchObject([{ cooperation: id }]);
    expect(await printing(async ({ title }) => Buffer.from(`%PDF-1.7 ${title}`))).toBe(1);
    expect(await printing(() => Promise.reject(new Error('asked once more')))).toBe(0);
    expect(told).toHaveLength(1);

    expect(await statuses(anybody)).toEqual([404, 200]);
    expect(await statuses(browsers.peru)).toEqual([200, 200]);
    const pdf = await anybody.get(`/sheets/${id}/pdf?look`);
    expect(pdf.headers.get('content-disposition')).toMatch(/^inline; filename="ficha\.pdf"/);
    expect(await pdf.text()).toBe('%PDF-1.7 Apicultura');
    const page = await anybody.text(`/sheets/${id}`);
    expect([page.includes(`/sheets/${id}/pdf`), page.includes(`/sheets/${id}/file`)]).toEqual([true, false]);
    // One that comes to nothing is left as it is after three tries.
    await caseFile.updateTable('sheetPdf').set({ pdfSha256: null, tries: 3 }).execute();
    expect(await printing(async () => Buffer.from('%PDF-'))).toBe(0);
  });

  it('is not said of a sheet that was withdrawn, whose address says so to whoever could read it', async () => {
    const focal = await siteOver(system).as(await addressOf('chl-mtps-3'));
    const change = async (kind: 'withhold' | 'release') => {
      const what = { change: kind, document: 'sheet@1' } as const;
      await system.cooperations.change(ID, { what, reason: 'Tiene un teléfono particular' });
    };
    await change('withhold');
    const anybody = siteOver(system).browser();
    for (const path of [SHEET, `${SHEET}/file`, `${SHEET}/pdf`]) {
      const gone = await anybody.get(path);
      expect([gone.status, gone.headers.get('x-robots-tag')]).toEqual([410, 'noindex']);
      const text = await gone.text();
      expect(text).toContain('fue retirada');
      expect(text).not.toContain('particular');
      expect((await browsers.peru.get(path)).status).toBe(410);
    }
    expect(await anybody.text('/sheets')).not.toContain(`href="${SHEET}"`);
    expect(await browsers.peru.text('/library')).not.toContain(`/library/${ID}/sheet`);
    expect(await browsers.peru.text(`/c/${ID}/drafts`)).toMatch(/govuk-tag--red">Retirada/);
    const page = await browsers.peru.text(PAGE);
    expect(page).toContain('La ficha publicada (versión 1) fue retirada');
    await expect(say('chl-mtps-3', 'yes')).rejects.toMatchObject({
      refusal: { code: 'SheetWithdrawn', version: 1 },
    });
    expect(await focal.text(PAGE)).toMatch(/value="no"/);
    expect(await focal.text(PAGE)).not.toMatch(/value="yes"/);

    await change('release');
    expect((await anybody.get(SHEET)).status).toBe(200);
    expect(await browsers.peru.text(PAGE)).toContain('cualquier persona puede leer');
  });

  it('is taken back, and recorded by the Secretariat with how it came', async () => {
    const seen = seenIn(await browsers.staff.text(PAGE));
    const form = { by: 'chl-mtps-3', version: '1', publish: 'no', seen };
    const without = await browsers.staff.post(PAGE, { ...form, how: '' });
    expect(without.status).toBe(422);
    const how = 'Por teléfono, <b>Ana</b>';
    expect((await browsers.staff.post(PAGE, { ...form, how })).status).toBe(303);
    expect(await said()).toEqual(['per-mtpe yes', 'chl-mtps yes', 'chl-mtps no']);
    expect((await view()).consents.at(-1)).toMatchObject({
      by: 'chl-mtps-3',
      recorded: { by: 'oas-1' },
      sha256,
    });
    // Their focal point had another tab open, from before.
    const focal = await siteOver(system).as(await addressOf('chl-mtps-3'));
    const late = await focal.post(PAGE, { version: '1', publish: 'yes', seen });
    const told = await late.text();
    expect([late.status, told.includes('dijo otra cosa')]).toEqual([422, true]);
    expect(told).toContain('Por teléfono');
    expect(seenIn(told)).toBe((await view()).consents.at(-1)?.at);
    expect(await said()).toHaveLength(3);
    const page = await browsers.observer.text(PAGE);
    expect(page).toContain('Por teléfono, &lt;b&gt;Ana&lt;/b&gt;');
    expect(page).toContain('Mientras no lo consientan ambas instituciones');
    expect(await browsers.staff.text(`/c/${ID}/record`)).toContain(
      'no consintió que cualquier persona lea la ficha',
    );
    // At once nobody outside has it; whoever had it before the consent still does.
    const anybody = siteOver(system).browser();
    for (const path of [SHEET, `${SHEET}/file`]) {
      const gone = await anybody.get(path);
      expect([gone.status, gone.headers.get('x-robots-tag')]).toEqual([404, 'noindex']);
      expect(await gone.text()).not.toContain((await view()).programme.subject);
      expect((await browsers.guest.get(path)).status).toBe(404);
      for (const who of ['peru', 'staff', 'observer', 'other'] as const)
        expect((await browsers[who].get(path)).status, who).toBe(200);
    }
    expect(await anybody.text('/sheets')).not.toContain(SHEET);
  });
});
