import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintLink } from '../../../src/casefile/access/access.ts';
import { enterSurveyAnswer } from '../../../src/casefile/results/survey.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { published } from '../../support/library.ts';
import { exampleSource } from '../../support/programme.ts';
import { type Browser, siteOver } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const OLD = '9-ury-cri';

describe('the page of the library', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
    await published(system.caseFile, system.documents, {
      ...{ id: OLD, language: 'es', subject: 'Formación sindical <em>', call: { number: 9, year: 2016 } },
      ...{ countries: ['UY', 'CR'], at: '2016-11-05T15:00:00.000Z' },
      paragraphs: [
        'Las escuelas de formación sindical forman a dirigentes <script>alert(1)</script> en negociación colectiva.',
        'Tema, palabras clave y contacto',
        'Tema',
        'Diálogo social',
        'Contacto',
      ],
    });
    for (let n = 1; n <= 11; n++)
      await published(system.caseFile, system.documents, {
        ...{ id: `pt-${n}`, language: 'pt', subject: `Inspeção ${n}`, countries: ['BR', 'PY'] },
        ...{ at: `2019-03-${10 + n}T15:00:00.000Z`, paragraphs: ['A inspeção do trabalho nas minas.'] },
      });
    await system.cooperations.fillLibrary();
  });
  afterAll(() => system[Symbol.asyncDispose]());
  const sheetsIn = (text: string) =>
    [...text.matchAll(/href="\/library\/([^"/]+)\/sheet"/g)].map(([, id]) => id);

  it('shows sheets of all calls to staff, observers and delegates, with where the words stand, inert', async () => {
    for (const who of ['staff', 'observer', 'peru', 'chile', 'other'] as const) {
      const text = await browsers[who].text('/library?q=DIRIGENTE+negociacion');
      expect(sheetsIn(text), who).toEqual([OLD]);
      expect(text).toContain(
        '<mark>dirigentes</mark> &lt;script&gt;alert(1)&lt;/script&gt; en <mark>negociación</mark>',
      );
      expect(text).toContain('Formación sindical &lt;em&gt;');
      expect(text).toContain('Uruguay ← Costa Rica');
      expect(text).toContain('<a href="/library">Biblioteca</a>');
    }
    const file = await browsers.peru.get(`/library/${OLD}/sheet`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toContain('ficha.docx');
    // The cooperation itself is not theirs.
    expect(await browsers.peru.text(`/library?q=dirigentes`)).not.toContain(`href="/c/${OLD}"`);
    expect(await browsers.staff.text(`/library?q=dirigentes`)).toContain(`href="/c/${OLD}"`);
    expect((await browsers.peru.get(`/c/${OLD}`)).status).toBe(404);
  });

  it('has what delegates answered to the survey beside a sheet, without their texts, for whoever sees all', async () => {
    const answered = (n: number) =>
      enterSurveyAnswer(
        system.caseFile,
        'a key of as many letters as the other',
        { cooperation: OLD, person: `ury-${n}` },
        { grades: { useful: 4, expected: 4, organised: 4, applicable: 4 }, text: 'Secreto' },
      );
    for (const n of [1, 2, 3, 4]) await answered(n);
    const few = await browsers.staff.text(`/sheets/${OLD}`);
    expect(few).toContain('4 respuestas.');
    expect(few).not.toContain('survey-title');
    await answered(5);
    for (const who of ['staff', 'observer'] as const) {
      const text = await browsers[who].text(`/sheets/${OLD}`);
      expect(text, who).toContain('<title id="survey-title">');
      expect(text).not.toContain('Secreto');
    }
    for (const who of ['peru', 'other'] as const)
      expect(await browsers[who].text(`/sheets/${OLD}`), who).not.toContain('Encuesta');
  });

  it('is not shown to guests of a session, to strangers, nor by the link of a mail', async () => {
    for (const path of ['/library', '/library?q=dirigentes', `/library/${OLD}/sheet`]) {
      const guest = await browsers.guest.get(path);
      expect(guest.status, path).toBe(404);
      expect(await guest.text()).not.toMatch(/negociaci[oó]n|href="\/library"/);
      const stranger = await siteOver(system).browser().get(path);
      expect(stranger.headers.get('location'), path).toMatch(/^\/sign-in\?next=%2Flibrary/);
    }
    const address = (await system.view(ID)).people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '';
    const token = await mintLink(
      system.caseFile,
      { address, path: '/', cooperation: ID, person: 'per-mtpe-1' },
      new Date().toISOString(),
    );
    const browser = siteOver(system).browser();
    await browser.post(`/r/${token}`);
    expect((await browser.get('/library')).headers.get('location')).toMatch(/^\/sign-in/);
    expect((await browser.get(`/library/${OLD}/sheet`)).headers.get('location')).toMatch(/^\/sign-in/);
  });

  it('counts beside each country, theme and year, keeps what was chosen, and goes on page by page', async () => {
    const all = await browsers.peru.text('/library');
    expect(all).toContain('12 fichas');
    expect(all).toMatch(/<option value="BR"[^>]*>Brasil \(11\)<\/option>/);
    expect(all).toMatch(/<option value="dialogo social"[^>]*>Diálogo social \(1\)<\/option>/);
    expect(all).toMatch(/<option value="2016"[^>]*>2016 \(1\)<\/option>/);
    expect(sheetsIn(all)).toHaveLength(10);
    expect(all).toContain('href="/library?page=2"');
    expect(sheetsIn(await browsers.peru.text('/library?page=2'))).toEqual(['pt-1', OLD]);
    const narrowed = await browsers.peru.text('/library?q=inspecao&country=BR&year=2019');
    expect(narrowed).toMatch(/<option value="BR" selected>Brasil \(11\)/);
    expect(narrowed).toContain('href="/library?q=inspecao&amp;country=BR&amp;year=2019&amp;page=2"');
    expect(narrowed).toContain('lang="pt"');
    const none = await browsers.peru.text('/library?q=inspecao&country=UY');
    expect(none).toContain('Ninguna ficha publicada tiene todas esas palabras');
    expect(none).toMatch(/<option value="UY" selected>Uruguay/);
    // Of no country at all.
    expect((await browsers.peru.get('/library?country=%3F%3F')).status).toBe(200);
    for (const odd of [
      '?year=x',
      '?page=0',
      '?page=99999',
      '?theme=%27',
      `?q=${'a'.repeat(3_000)}`,
      '?q=%27%22%3E%3Cimg',
    ])
      expect((await browsers.peru.get(`/library${odd}`)).status, odd).toBe(200);
  });

  it('has no sheet that is withheld', async () => {
    const withheld = (value: string | null) =>
      sql`update document_version set withheld = ${value}::jsonb where cooperation = ${OLD}`.execute(
        system.caseFile,
      );
    await withheld('{"at": "2021-12-01T00:00:00.000Z", "by": null, "change": 1}');
    expect(sheetsIn(await browsers.staff.text('/library?q=dirigentes'))).toEqual([]);
    expect((await browsers.staff.get(`/library/${OLD}/sheet`)).status).toBe(404);
    await withheld(null);
    expect(sheetsIn(await browsers.staff.text('/library?q=dirigentes'))).toEqual([OLD]);
  });

  it('tells the nearest experiences where a programme is about to be started, and by which words', async () => {
    const source = exampleSource().replace('14-per-chl', '15-per-chl');
    const preview = await browsers.staff.post('/new/check', { source });
    const text = await preview.text();
    expect(text).toContain('Experiencias más cercanas');
    expect(sheetsIn(text)[0]).toBe(OLD);
    expect(text).toMatch(/En común: [^<]*(sindical|formación|dirigentes)/);
  });

  it('lacks a sheet that was published by mistake once staff withdraw it; those who take part are told, also when it is over', async () => {
    const id = '8-ury-cri';
    const at = '2017-11-05T15:00:00.000Z';
    await published(system.caseFile, system.documents, {
      ...{ id, language: 'es', subject: 'Ficha equivocada', countries: ['UY', 'CR'], at },
      paragraphs: ['Una ficha equivocada.'],
    });
    await system.caseFile
      .updateTable('cooperation')
      .set({ closedAt: at, followedUpAt: at })
      .where('id', '=', id)
      .execute();
    await system.cooperations.fillLibrary();
    const sheet = async () => (await browsers.peru.get(`/library/${id}/sheet`)).status;
    const page = async () => (await browsers.peru.get(`/sheets/${id}`)).status;
    const documents = await browsers.staff.text(`/c/${id}/documents`);
    const [, href = ''] = /href="([^"]*ficha\.docx[^"]*)"/.exec(documents) ?? [];
    const file = async () => (await browsers.staff.get(href)).status;
    expect([await sheet(), await page(), await file()]).toEqual([200, 200, 200]);
    expect(documents).toContain(`/c/${id}/changes/new/withhold?document=sheet%401`);

    const what = { change: 'withhold', document: 'sheet@1' } as const;
    const given = { what, reason: 'Era el borrador.' };
    await expect(
      system.cooperations.change(id, { ...given, by: 'per-mtpe-1' }, { door: 'site' }),
    ).rejects.toMatchObject({ code: 'DocumentStands' });
    await system.cooperations.change(id, { ...given, by: 'oas-1' }, { door: 'site' });
    expect([await sheet(), await page(), await file()]).toEqual([404, 410, 404]);
    expect(sheetsIn(await browsers.staff.text('/library?q=equivocada'))).toEqual([]);
    const steps = await browsers.staff.text(`/c/${id}`);
    expect(steps).toContain('Publicada: ');
    expect(steps).toContain('Retirada: ');
    const told = async () =>
      (await system.view(id)).mails
        .filter(({ notice, state }) => notice === 'document-withheld' && state === 'sent')
        .map(({ person }) => person)
        .sort();
    const { people } = await system.view(id);
    const all = people.filter(
      ({ role, id: person }) => role !== 'guest' && role !== 'consultant' && person !== 'oas-1',
    );
    await expect.poll(told, { timeout: 30_000 }).toEqual(all.map(({ id: person }) => person).sort());

    // And back, where that was the mistake.
    const back = { change: 'release', document: 'sheet@1' } as const;
    await system.cooperations.change(
      id,
      { what: back, reason: 'Era la aprobada.', by: 'oas-1' },
      { door: 'site' },
    );
    expect([await sheet(), await page()]).toEqual([200, 200]);
  });
});
