import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, OTHER, underway, type Who } from './underway.ts';

const PAGE = `/c/${ID}/questions`;
const HOSTILE = '¿Cuántas "mallas"?\n<script>alert(1)</script>';

describe('the questions page', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  const browser = (who: Who): Browser => browsers[who];
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const ask = (who: Who, form: Record<string, string>, page = PAGE) => browser(who).post(page, form);

  it('takes a question of a session, and shows whose answer is due, and its page', async () => {
    const sent = await ask('peru', { to: 'chl-mtps', session: '1', text: HOSTILE });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${PAGE}?sent=1`]);
    const request = await system.open(ID, 'documents/answer-question-1.1');
    const text = await browser('chile').text(PAGE);
    expect(text).toContain('Abiertas (1)');
    expect(text).toContain('1.ª sesión');
    expect(text).toContain('&lt;script&gt;alert(1)');
    expect(text).not.toContain('<script>alert');
    expect(text).toMatch(/Se espera la respuesta del MTPS de Chile; vence: [^<]+\(Santiago\)/);
    expect(text).toContain(`href="/c/${ID}/requests/${request.id}"`);
    expect(text).toContain('figuran en su agenda');
    expect(text).toContain('Ver y responder');
    expect(await browser('peru').text(PAGE)).not.toContain('Ver y responder');
  });

  it('shows the answer with what came with it', async () => {
    const { document, version } = await system.cooperations.putDocument(ID, {
      by: 'chl-mtps-2',
      fileName: 'malla.txt',
      kind: 'answer',
      bytes: Readable.from([Buffer.from('Malla.')]),
    });
    await ask('peru', { to: 'chl-mtps', text: 'Segunda' });
    await system.answer(ID, 'documents/answer-question-2.1', 'chl-mtps-2', {
      decision: 'done',
      text: 'Doce <b>mallas</b>',
      documents: [`${document}@${version}`],
    });
    await expect.poll(() => browser('peru').text(PAGE)).toContain('Respondidas (1)');
    const text = await browser('peru').text(PAGE);
    expect(text).toContain('Doce &lt;b&gt;mallas&lt;/b&gt;');
    expect(text).toContain('malla.txt');
    expect(text).toMatch(/Respuesta<\/strong> · MTPS de Chile, /);
  });

  it('has no link to what came with an answer and was withheld: on no page', async () => {
    const [sent] = (await system.view(ID)).documents.filter(({ kind }) => kind === 'answer');
    const pages = [PAGE, `/c/${ID}/requests/documents/answer-question-2.1`, `/c/${ID}/documents`];
    for (const page of pages) expect(await browser('peru').text(page), page).toContain(sent?.sha256);
    const session = `/c/${ID}/sessions/1`;
    expect(await browser('peru').text(session)).toContain('malla.txt');
    const withhold = `/c/${ID}/documents/${sent?.document}/1/withhold`;
    expect((await browser('chile').post(withhold, { reason: 'Era de otro.' })).status).toBe(303);
    for (const page of pages) {
      const text = await browser('peru').text(page);
      expect(text, page).not.toContain(sent?.sha256);
      expect(text, page).toMatch(/Retenida por [^<]+: se envió por error y no puede descargarse/);
    }
    // Nobody is to have read it before the session.
    expect(await browser('peru').text(session)).not.toContain('malla.txt');
  });

  it('gives the form back with what is missing, and with what was written', async () => {
    const { questions } = await system.view(ID);
    const wrong = await ask('peru', { to: 'oas', text: '"quedó"' });
    const text = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(text).toContain('Elija el ministerio');
    const past = await ask('peru', { to: 'chl-mtps', session: '9', text: 'x' });
    expect([past.status, await past.text()]).toEqual([422, expect.stringContaining('Elija una sesión')]);
    expect(text).toContain('&quot;quedó&quot;</textarea>');
    const empty = await ask('peru', { to: 'chl-mtps', text: '  ' });
    expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining('Escriba la pregunta')]);
    const long = await ask('peru', { to: 'chl-mtps', text: 'x'.repeat(100_001) });
    expect(long.status).toBe(422);
    expect((await system.view(ID)).questions).toEqual(questions);
  });

  it('says when none can be asked, and keeps what was written', async () => {
    const page = `/c/${OTHER}/questions`;
    expect(await browser('other').text(page)).toContain('Ahora no se pueden hacer preguntas');
    const response = await ask('other', { to: 'per-mtpe', text: 'Antes de tiempo' }, page);
    const text = await response.text();
    expect(response.status).toBe(422);
    expect(text).toContain('Antes de tiempo</textarea>');
    expect((await system.view(OTHER)).questions).toEqual([]);
  });

  it('is for those who take part', async () => {
    for (const who of ['guest', 'other'] as const) expect((await browser(who).get(PAGE)).status).toBe(404);
    for (const who of ['guest', 'other', 'observer'] as const)
      expect((await ask(who, { to: 'chl-mtps', text: 'x' })).status, who).toBe(404);
    const seen = await browser('observer').text(PAGE);
    expect(seen).toContain('Abiertas (1)');
    expect(seen).not.toContain('<textarea');
    expect(await browser('staff').text(PAGE)).toContain('<textarea');
  });
});
