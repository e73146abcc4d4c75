import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { StoreFull, StoreUnavailable } from '../../src/documents/store.ts';
import { hiddenIn } from '../support/programmeForm.ts';
import type { Browser } from '../support/site.ts';
import { ID, type Underway, underway } from './pages/underway.ts';

/** A form with files that is not taken: what was written in it is on the page, and what became of its files is said. */

const TEXT = 'Lo financia el <b>presupuesto</b>\nde cada año.';
const SHOWN = 'Lo financia el &lt;b&gt;presupuesto&lt;/b&gt;\nde cada año.';

let there: Underway;
let peru: Browser;
let path: string;
beforeAll(async () => {
  there = await underway();
  peru = there.browsers.peru;
  const { request } = await there.system.cooperations.ask(ID, {
    ...{ by: 'chl-mtps-2', to: 'per-mtpe', text: '¿Cómo se financia?' },
  });
  await there.system.open(ID, request);
  path = `/c/${ID}/requests/${request}`;
});
afterAll(() => there.system[Symbol.asyncDispose]());

const put = () => there.system.documents.put;
let whole: ReturnType<typeof put>;
beforeAll(() => {
  whole = put();
});
afterEach(async () => {
  there.system.documents.put = whole;
  await peru.post(path.concat('/draft'), { do: 'discard' });
});

async function form(files = ['anexo.txt'], text = TEXT): Promise<FormData> {
  const { subject = '' } = hiddenIn(await peru.text(path));
  const filled = new FormData();
  filled.append('subject', subject);
  filled.append('text', text);
  for (const name of files) filled.append('files', new File([`Información de ${name}`], name));
  return filled;
}
async function sent(filled: FormData, origin?: string): Promise<{ status: number; text: string }> {
  const response = await peru.ask('POST', path, { body: filled, ...(origin && { origin }) });
  return { status: response.status, text: await response.text() };
}
const FIELD = /<input class="govuk-file-upload" type="file" id="again-files" name="files"/;
const left = (text: string) => /Estos archivos no se guardaron[^:]*: ([^<]*)/.exec(text)?.[1];
const arrived = (text: string) =>
  /Estos archivos ya llegaron y están entre los documentos: ([^<]*)/.exec(text)?.[1];
const waiting = (text: string) =>
  /Estos archivos ya llegaron y esperan su respuesta[^:]*: ([^<]*)/.exec(text)?.[1];
/** What the page of the request says was kept, opened anew. */
const draft = async () => {
  const page = await peru.text(path);
  return {
    text: /<textarea[^>]* name="text"[^>]*>\n?([^<]*)/.exec(page)?.[1],
    documents: [...page.matchAll(/name="documents" type="checkbox"[^>]*>\s*<label[^>]*>([^<]*)/g)].map(
      ([, title]) => title,
    ),
  };
};

it('is on the page of whoever is signed out, and sent from there once they are in again', async () => {
  const filled = await form(['anexo.txt', 'tabla.txt']);
  const cookies = new Map(peru.cookies);
  peru.cookies.clear();
  const page = await sent(filled);
  expect([page.status, page.text.includes(SHOWN)]).toEqual([401, true]);
  expect(page.text).toContain('anexo.txt, tabla.txt');
  expect(page.text).toMatch(FIELD);
  expect(page.text).toContain('enctype="multipart/form-data"');
  for (const [name, value] of cookies) peru.cookies.set(name, value);
  const { text } = hiddenIn(page.text);
  expect(text).toBe(TEXT);
});

it('is read, and cannot be sent on, where another site’s page sent it', async () => {
  const page = await sent(await form(), 'https://elsewhere.example');
  expect([page.status, page.text.includes(SHOWN)]).toEqual([403, true]);
  expect(page.text).not.toContain('name="text"');
  expect(left(page.text)).toBe('anexo.txt');
});

it('is on the page where it is not theirs any more', async () => {
  const filled = await form();
  const response = await there.browsers.guest.ask('POST', path, { body: filled });
  const text = await response.text();
  expect([response.status, text.includes(SHOWN), text.includes('name="text"')]).toEqual([404, true, false]);
});

it.each([
  [500, () => new Error('no such thing')],
  [503, () => new StoreUnavailable('away')],
  [507, () => new StoreFull('no room for more (ENOSPC)')],
])('is on the page of a failure and kept with the form: %s', async (status, error) => {
  there.system.documents.put = async () => {
    throw error();
  };
  const page = await sent(await form());
  expect([page.status, page.text.includes(SHOWN)]).toEqual([status, true]);
  // Nothing is recorded: it can be sent from there, with the files chosen again.
  expect(page.text).toMatch(FIELD);
  expect(await draft()).toEqual({ text: SHOWN, documents: [] });
});

it('says which files arrived and are kept, and which were not', async () => {
  let room = 1;
  there.system.documents.put = async (...given) => {
    // Mails that go out meanwhile are kept, too.
    const [, { inspect } = {}] = given;
    if (inspect && room-- <= 0) throw new StoreFull('no room for more (ENOSPC)');
    return whole(...given);
  };
  const page = await sent(await form(['anexo.txt', 'tabla.txt']));
  expect([page.status, page.text.includes(SHOWN)]).toEqual([507, true]);
  expect([waiting(page.text), left(page.text), arrived(page.text)]).toEqual([
    ...['anexo.txt', 'tabla.txt', undefined],
  ]);
  expect((await there.system.view(ID)).documents).toEqual([]);
  expect(page.text).not.toContain('name="text"');
  // What arrived goes along the next time.
  expect(await draft()).toEqual({ text: SHOWN, documents: ['anexo.txt'] });
});

it('says of files that nobody asked for that they are among the documents', async () => {
  let room = 1;
  there.system.documents.put = async (...given) => {
    const [, { inspect } = {}] = given;
    if (inspect && room-- <= 0) throw new StoreFull('no room for more (ENOSPC)');
    return whole(...given);
  };
  const filled = new FormData();
  filled.append('title', 'Malla curricular');
  for (const name of ['malla.txt', 'norma.txt']) filled.append('files', new File([name], name));
  const response = await peru.ask('POST', `/c/${ID}/documents`, { body: filled });
  const text = await response.text();
  expect([response.status, arrived(text), left(text), waiting(text)]).toEqual([
    ...[507, 'malla.txt', 'norma.txt', undefined],
  ]);
  expect((await there.system.view(ID)).documents).toMatchObject([{ title: 'Malla curricular' }]);
});

it('is kept with the form that comes back with a mistake', async () => {
  const page = await sent(await form(['programa.exe']));
  expect(page.status).toBe(422);
  expect(page.text).toContain(SHOWN);
  expect(await draft()).toEqual({ text: SHOWN, documents: [] });
});
