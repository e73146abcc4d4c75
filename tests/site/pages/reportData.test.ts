import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exchangeStandingOf } from '../../../activities/standing.ts';
import { findCooperation } from '../../../src/casefile/cooperations.ts';
import { workflowId } from '../../../src/domain/ids.ts';
import { caseFor } from '../../../src/export/reader.ts';
import { renderCasePaper } from '../../../src/publications/casePaper.ts';
import { renderReportTemplate } from '../../../src/publications/report.ts';
import { TASK_QUEUE } from '../../../workflows/messages.ts';
import { readDocx, readPdf } from '../../publications/reading.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { type Browser, mainOf, siteOver } from '../../support/site.ts';

/** What comes with the report as data: lessons and contributions in money, from its form to the report of the call. */

const SOURCE = readFileSync(new URL('../../domain/cases/g-joint.yaml', import.meta.url), 'utf8');
const ID = '24-joint';
const DRAFT = 'final-report/draft-report';
const pageOf = (request: string) => `/c/${ID}/requests/${request}`;

let system: InProcess;
let staff: Browser;
const browsers: Record<string, Browser> = {};
beforeAll(async () => {
  system = await inProcess();
  await system.cooperations.start(SOURCE);
  await system.open(ID, 'coordination/confirm-coordination.1');
  const plan = (await findCooperation(system.caseFile, ID))?.plan;
  await system.client.workflow.start('finalReport', {
    ...{ taskQueue: TASK_QUEUE, workflowId: workflowId(ID, 'final-report'), args: [{ plan }] },
  });
  await system.open(ID, `${DRAFT}.1`);
  const { people } = await system.view(ID);
  const addressOf = (person: string) => people.find(({ id }) => id === person)?.email ?? '';
  const site = siteOver(system, { staff: [addressOf('oas-1')] });
  staff = await site.as(addressOf('oas-1'));
  for (const person of ['brb-1', 'jam-1']) browsers[person] = await site.as(addressOf(person));
});
afterAll(() => system[Symbol.asyncDispose]());

const handIn = async (by: string, request: string, fields: Record<string, string>, line: string) => {
  const form = new FormData();
  form.set('subject', (await system.open(ID, request)).subject.hash);
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('files', new Blob([`%PDF-1.7\n${line}\n`]), 'report.pdf');
  return (browsers[by] as Browser).upload(pageOf(request), form);
};
const LESSONS = 'Short workshops work best.\n\n  Start with <b>data</b>. \n';
const MONEY = {
  ...{ 'funding-1-party': 'brb', 'funding-1-amount': '1 200,50', 'funding-1-currency': 'USD' },
  ...{ 'funding-2-party': 'jam', 'funding-2-amount': '3.000', 'funding-2-currency': 'JMD' },
  'funding-2-what': 'Fares',
};

it('a row that is begun is filled in whole, and nothing is handed in before', async () => {
  const request = `${DRAFT}.1`;
  for (const [fields, said] of [
    [{ 'funding-1-amount': '12' }, 'Say whose contribution 1 is.'],
    [{ 'funding-2-party': 'jam', 'funding-2-currency': 'USD' }, 'Write the amount of contribution 2'],
    [{ 'funding-1-party': 'brb', 'funding-1-amount': '12,345.678' }, 'Write the amount of contribution 1'],
    [{ 'funding-1-party': 'brb', 'funding-1-amount': '0' }, 'Write the amount of contribution 1'],
    [{ 'funding-1-party': 'brb', 'funding-1-amount': '5' }, 'Say the currency of contribution 1.'],
    [{ lessons: 'x'.repeat(1_001) }, 'Each lesson may have 1000 characters at most.'],
  ] as const) {
    const wrong = await handIn('brb-1', request, fields, 'Barbados');
    expect(wrong.status, said).toBe(422);
    expect(mainOf(await wrong.text())).toContain(said);
  }
  expect((await system.open(ID, request)).owing).toEqual(['brb']);
});

it('stands on the pages, in drafts, in the case and in the report of the call, and the next version begins with it', async () => {
  expect((await handIn('brb-1', `${DRAFT}.1`, { lessons: LESSONS, ...MONEY }, 'Barbados')).status).toBe(303);
  await system.open(ID, `${DRAFT}.2`);
  for (const browser of [staff, browsers['brb-1'], browsers['jam-1']] as Browser[]) {
    const page = await browser.text(`/c/${ID}`);
    expect(page).toContain('id="lessons"');
    expect(page).toContain('<li>Start with &lt;b&gt;data&lt;/b&gt;.</li>');
  }
  const own = mainOf(await (browsers['jam-1'] as Browser).text(`/c/${ID}`));
  expect(own.replaceAll('\u00a0', ' ')).toContain('JMD 3,000 (Fares)');
  const form = await (browsers['jam-1'] as Browser).text(pageOf(`${DRAFT}.2`));
  expect(form).toContain('Short workshops work best.\nStart with &lt;b&gt;data&lt;/b&gt;.</textarea>');
  expect(form).toContain('<option value="brb" selected>');
  expect(form).toContain('value="1200.5"');

  const cooperation = await findCooperation(system.caseFile, ID);
  if (!cooperation) throw new Error('there is no cooperation');
  const standing = await exchangeStandingOf(system.caseFile, cooperation);
  const { text } = await readDocx((await renderReportTemplate(standing)).docx);
  for (const said of ['Short workshops work best.', 'USD 1,200.50', 'JMD 3,000 (Fares)'])
    expect(text.replaceAll('\u00a0', ' ')).toContain(said);
  const view = await system.view(ID);
  const none = { entries: 0, mails: 0, communications: 0, histories: 0 };
  const made = { madeAt: '2031-01-01T12:00:00.000Z', head: 'ab'.repeat(32), entries: 1, attached: '{}\n' };
  const paper = await readPdf(renderCasePaper({ view, withheld: none, ...made }));
  expect(paper.text).toContain('Short workshops work best.');
  expect(paper.text.replaceAll('\u00a0', ' ')).toContain('USD 1,200.50');
  // Whoever takes the case along has it, too.
  expect(
    JSON.stringify(caseFor(view, { of: 'person', person: 'jam-1', party: 'jam', secretariat: false })),
  ).toContain('Short workshops work best.');

  const call = await staff.text(`/calls/${view.programme.call.number}`);
  expect(call).toContain(`href="/c/${ID}#lessons"`);
  expect(mainOf(call).replaceAll('\u00a0', ' ')).toMatch(/USD 1[.,]?200[.,]50 \S+ JMD 3[.,]000/);
});

it('is taken out by a form that says none of it, and stays with a version that says nothing of it', async () => {
  const blank = { lessons: '', 'funding-1-party': '', 'funding-1-amount': '' };
  expect((await handIn('jam-1', `${DRAFT}.2`, blank, 'Jamaica')).status).toBe(303);
  await system.open(ID, 'final-report/complement-report.1');
  expect(await staff.text(`/c/${ID}`)).not.toContain('id="lessons"');
});

it('of an institution that is not of the cooperation, or in a currency that is none, is refused', async () => {
  const request = 'final-report/complement-report.1';
  const bytes = Readable.from([Buffer.from('%PDF-1.7\nTrinidad\n')]);
  const file = { by: 'tto-1', bytes, kind: 'report', fileName: 'report.pdf' } as const;
  const { sha256: document } = await system.cooperations.putDocument(ID, file);
  const given = { decision: 'submit' as const, document };
  const money = { amount: 5, currency: 'USD' as const };
  for (const [more, code] of [
    [{ funding: [{ ...money, party: 'bra-mte' }] }, 'PartyUnknown'],
    [{ funding: [{ ...money, party: 'brb', amount: -1 }] }, 'ContentMistaken'],
    [{ lessons: ['  '] }, 'ContentMistaken'],
  ] as const)
    await expect(system.answer(ID, request, 'tto-1', { ...given, ...more } as never)).rejects.toMatchObject({
      code,
    });
});
