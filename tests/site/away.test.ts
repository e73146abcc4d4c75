import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CaseFile, openCaseFile } from '../../src/casefile/database/database.ts';
import { cooperationsOver, type Workflows } from '../../src/client/index.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import { StoreFull } from '../../src/documents/store.ts';
import { apiOver } from '../support/api.ts';
import { type TestCaseFile, testCaseFile } from '../support/database.ts';
import type { InProcess } from '../support/inProcess.ts';
import { type Line, lineTo } from '../support/line.ts';
import { exampleSource } from '../support/programme.ts';
import { hiddenIn } from '../support/programmeForm.ts';
import { type Browser, siteOver } from '../support/site.ts';

/** The API and the site while the database is away: 503, and whether something may have been recorded. */

const ID = '14-per-chl';
const TOKEN = 'the-staff-token';
const QUESTION = {
  ...{ by: 'chl-mtps-1', to: 'per-mtpe', text: '¿Cómo se financia?' },
  recorded: { by: 'oas', how: 'Por correo' },
};

let there: TestCaseFile;
let line: Line;
let caseFile: CaseFile;
let system: InProcess;
beforeEach(async () => {
  there = await testCaseFile();
  line = await lineTo(there.url);
  caseFile = openCaseFile(line.url, { connectMs: 500 });
  const workflows = {
    start: async () => 'started',
    exchange: async () => 'open',
    shareDocument: async () => {},
    askQuestion: async () => ({ request: 'documents/answer-question-1.1' }),
  } as unknown as Workflows;
  const outside = { caseFile, documents: memoryStore(), workflows, now: () => new Date().toISOString() };
  const cooperations = cooperationsOver(outside);
  await cooperations.start(exampleSource());
  system = { ...outside, cooperations } as unknown as InProcess;
});
afterEach(async () => {
  await caseFile.destroy();
  await line.close();
  await there.drop();
});

async function asked(path: string, body?: object | string) {
  const app = apiOver({ ...system, caseFile }, { machineToken: async () => TOKEN });
  const response = await app.request(path, {
    headers: { authorization: `Bearer ${TOKEN}` },
    ...(body && { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const { error } = (await response.json()) as { error?: { code: string } };
  return [response.status, error?.code];
}

it('the API says that nothing was recorded, or that it may have been', async () => {
  line.refuse();
  expect(await asked(`/cooperations/${ID}`)).toEqual([503, 'DatabaseAway']);
  expect(await asked(`/cooperations/${ID}/questions`, QUESTION)).toEqual([503, 'DatabaseAway']);
  line.mend();
  expect(await asked(`/cooperations/${ID}/questions`, QUESTION)).toEqual([201, undefined]);
  // Its programme is filed, and then the database goes away.
  const start = system.workflows.start;
  system.workflows.start = async (plan) => {
    line.refuse();
    await system.cooperations.cooperation(ID);
    return start(plan);
  };
  const another = exampleSource().replace(/^id: .*$/m, 'id: another');
  expect(await asked('/cooperations', another)).toEqual([503, 'DatabaseAwayMidway']);
});

/** As a browser does it, which says how long the form is. */
function posted(reader: Browser, path: string, form: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams(form);
  return reader.ask('POST', path, { body, headers: { 'content-length': `${body.toString().length}` } });
}

it('a page says so in its reader’s language, and goes on when the database is back', async () => {
  const people = await there.caseFile.selectFrom('person').select(['id', 'email']).execute();
  const reader = await siteOver(system).as(people.find(({ id }) => id === 'chl-mtps-1')?.email ?? '');
  line.refuse();
  const page = await reader.get(`/c/${ID}`);
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('Inténtelo de nuevo en un minuto.');
  const sent = await posted(reader, `/c/${ID}/questions`, { to: 'per-mtpe', text: QUESTION.text });
  expect(sent.status).toBe(503);
  const kept = await sent.text();
  expect(kept).toContain('No se registró nada de lo que envió.');
  expect(kept).toContain(`rial-prewrap">${QUESTION.text}</div>`);
  line.mend();
  expect((await reader.get(`/c/${ID}`)).status).toBe(200);
  // What was written is on the page, and sent from there.
  expect(kept).toContain(`<form method="post" action="/c/${ID}/questions">`);
  expect((await reader.post(`/c/${ID}/questions`, hiddenIn(kept))).status).toBe(303);
  expect(await reader.text(`/c/${ID}/questions`)).toContain(QUESTION.text);
});

it('what was written is on the page that says that something failed, with no button where it may be recorded', async () => {
  const people = await there.caseFile.selectFrom('person').select(['id', 'email']).execute();
  const failing = (before?: () => Promise<unknown>): InProcess => ({
    ...system,
    cooperations: {
      ...system.cooperations,
      async ask() {
        await before?.();
        throw new Error('no such thing');
      },
    } as InProcess['cooperations'],
  });
  const hostile = { to: 'per-mtpe', text: '¿Cuántas <script>alert(1)</script> hay?' };
  const sent = async (to: InProcess) => {
    const reader = await siteOver(to).as(people.find(({ id }) => id === 'chl-mtps-1')?.email ?? '');
    const page = await posted(reader, `/c/${ID}/questions`, hostile);
    return { status: page.status, text: await page.text() };
  };
  const nothing = await sent(failing());
  expect([nothing.status, nothing.text.includes('no la cierre')]).toEqual([500, true]);
  expect(nothing.text).toContain('¿Cuántas &lt;script&gt;alert(1)&lt;/script&gt; hay?');
  expect(hiddenIn(nothing.text)).toEqual(hostile);
  const ask = system.cooperations.ask;
  const perhaps = await sent(failing(() => ask(ID, { by: 'chl-mtps-1', to: 'per-mtpe', text: 'Otra.' })));
  expect([perhaps.status, perhaps.text.includes('¿Cuántas')]).toEqual([500, true]);
  expect(perhaps.text).not.toContain('name="text"');
});

it('a full disk is told as that: 507, and that nothing was recorded', async () => {
  const { documents, caseFile: _, ...rest } = system;
  let room = 0;
  const { put } = documents;
  documents.put = async (...given) => {
    if (room-- <= 0) throw new StoreFull('no room for more (ENOSPC)');
    return put(...given);
  };
  const sent = await asked(
    `/cooperations/${ID}/documents?by=chl-mtps-1&name=a.txt&recordedBy=oas&how=x`,
    'Información.',
  );
  expect(sent).toEqual([507, 'StoreFull']);

  const people = await there.caseFile.selectFrom('person').select(['id', 'email']).execute();
  const reader = await siteOver({ ...rest, documents, caseFile } as InProcess).as(
    people.find(({ id }) => id === 'chl-mtps-1')?.email ?? '',
  );
  const upload = async () => {
    const form = new FormData();
    for (const name of ['a.txt', 'b.txt']) form.append('files', new Blob([name]), name);
    const page = await reader.upload(`/c/${ID}/documents`, form);
    return [page.status, await page.text()];
  };
  expect(await upload()).toEqual([507, expect.stringContaining('No se registró nada de lo que envió.')]);
  expect(await caseFile.selectFrom('documentVersion').selectAll().execute()).toEqual([]);
  room = 1;
  expect(await upload()).toEqual([507, expect.stringContaining('Solo se registró una parte')]);
});
