import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, OTHER, underway, type Who } from './underway.ts';

describe('the page of a call', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('shows staff and observers figures that lead to what they are made of', async () => {
    expect(await browsers.staff.text('/board')).toContain('href="/calls/14"');
    for (const who of ['staff', 'observer'] as const) {
      const text = await browsers[who].text('/calls/14');
      expect(text, who).toContain('Informe de la convocatoria 14');
      expect(text).toMatch(
        /Solicitadas<\/th><td[^>]*><a class="govuk-link" href="\/board\?call=14-\d{4}">2</,
      );
      expect(text).toMatch(
        /En curso<\/th><td[^>]*><a class="govuk-link" href="\/board\?call=14-\d{4}&amp;show=running">2</,
      );
      for (const id of [ID, OTHER]) expect(text).toContain(`href="/c/${id}"`);
    }
    const { year } = (await system.view(ID)).programme.call;
    expect(await browsers.staff.text(`/board?call=14-${year}`)).toContain(`href="/c/${OTHER}"`);
  });

  it('is a table to take along, as CSV and for Excel, with no formula in it', async () => {
    await system.caseFile
      .updateTable('cooperation')
      .set(({ fn, val }) => ({
        programme: fn('jsonb_set', ['programme', val('{subject}'), val('"=1+1"')]) as never,
      }))
      .where('id', '=', OTHER)
      .execute();
    const response = await browsers.observer.get('/calls/14/report.csv');
    expect(response.headers.get('content-disposition')).toContain('rial-call-14.csv');
    const lines = (await response.text()).split('\r\n');
    expect(lines[0]).toContain('Código,Cooperación,Tema,Estado,Sesiones realizadas');
    expect(lines.find((line) => line.startsWith(OTHER))).toContain(",'=1+1,En curso,0,");
    expect((await browsers.staff.get('/calls/14/report.xlsx')).status).toBe(200);
    for (const [format, begins] of [
      ['pdf', '%PDF'],
      ['docx', 'PK'],
    ] as const) {
      const paper = await browsers.observer.get(`/calls/14/report.${format}`);
      expect(paper.headers.get('content-disposition')).toContain(`rial-call-14.${format}`);
      expect(Buffer.from(await paper.arrayBuffer()).toString('latin1')).toMatch(new RegExp(`^${begins}`));
    }
    for (const format of ['pdf', 'docx', 'csv', 'xlsx'])
      expect(await browsers.staff.text('/calls/14')).toContain(`href="/calls/14/report.${format}"`);
  });

  it('has what came of its cooperations, each kind leading to what the ministries wrote', async () => {
    expect(await browsers.staff.text('/calls/14')).toContain('Ninguna institución ha informado todavía');
    const request = 'follow-up/tell-outcomes.1';
    await sql`insert into request (cooperation, id, kind, round, item, parties, subject_ref, subject_hash, opened_at, due_at, closed_at, reminders, waived)
      values (${OTHER}, ${request}, 'tell-outcomes', 1, 6, '["per-mtpe"]', '', '', now(), now(), now(), '[]', '[]')`.execute(
      system.caseFile,
    );
    await sql`insert into content (cooperation, hash, value, written_at)
      values (${OTHER}, 'h', '{"came": ["training"], "text": "Un <b>curso</b>."}', now())`.execute(
      system.caseFile,
    );
    await sql`insert into answer (cooperation, request, party, by, decision, content, data, at)
      values (${OTHER}, ${request}, 'per-mtpe', 'per-mtpe-1', 'done', 'h', '{}', now())`.execute(
      system.caseFile,
    );
    const text = await browsers.staff.text('/calls/14');
    expect(text).toMatch(/Capacitación de personal<\/th><td[^>]*><a class="govuk-link" href="#told">1</);
    expect(text).toContain(`href="/c/${OTHER}#outcomes">MTPE, a los 6 meses (${OTHER})<`);
    expect(text).toContain('Un &lt;b&gt;curso&lt;/b&gt;.');
  });

  it('is nobody else’s, and says which calls there are where there is none', async () => {
    for (const path of ['/calls/14', '/calls/14/report.csv'])
      for (const who of ['peru', 'chile', 'guest', 'other'] as const)
        expect((await browsers[who].get(path)).status, `${who} ${path}`).toBe(404);
    const unknown = await browsers.staff.get('/calls/99');
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain('Indique el número de una de estas: 14.');
    expect((await browsers.staff.get('/calls/99/report.csv')).status).toBe(404);
  });
});
