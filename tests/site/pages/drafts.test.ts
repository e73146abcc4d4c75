import { Readable } from 'node:stream';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepContent } from '../../../src/casefile/contents.ts';
import { handedIn } from '../../support/handedIn.ts';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const PAGE = `/c/${ID}/drafts`;
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const HASH = 'a'.repeat(64);
const HOSTILE = 'Falta el "capítulo 2"\n<script>alert(1)</script>';

/** What the steps leave in the case file, without waiting for the sessions before them. */
describe('the page of the sheet and the report', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  const browser = (who: Who): Browser => browsers[who];
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  type Kind = 'review-sheet' | 'draft-sheet' | 'draft-report';
  const request = (id: string, kind: Kind, parties: string[], item: number | null, closed: boolean) => {
    const at = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();
    return system.caseFile
      .insertInto('request')
      .values({
        ...{ cooperation: ID, id, kind, round: 1, item, parties: JSON.stringify(parties) },
        ...{ subjectRef: 'sheet-v1', subjectHash: HASH, trouble: null },
        ...{ openedAt: at(-3), dueAt: at(5), reminders: '[]', waived: '[]', windowRanOut: null },
        ...{ closedAt: closed ? at(-1) : null, outcome: closed ? 'changes' : null },
      })
      .execute();
  };
  const put = (name: string) =>
    handedIn(system, ID, {
      ...{ by: 'oas-1', fileName: name, kind: 'sheet' as const },
      bytes: Readable.from([
        Buffer.from(`%PDF-1.7\n% ${name}\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n`),
      ]),
    });

  it('says that neither has begun', async () => {
    const text = await browser('chile').text(PAGE);
    expect(text.match(/Todavía no ha comenzado/g)).toHaveLength(2);
  });

  it('has the document to begin with, while there is no draft', async () => {
    const start = `${PAGE}/sheet/start`;
    expect((await browser('peru').get(start)).status).toBe(404);
    await request('systematization/draft-sheet.1', 'draft-sheet', ['oas'], null, false);
    for (const page of [PAGE, `/c/${ID}/requests/systematization/draft-sheet.1`])
      expect(await browser('staff').text(page)).toContain(`href="${start}"`);
    const response = await browser('staff').get(start);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, WORD]);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=".+\.docx"/);
    const word = await JSZip.loadAsync(await response.arrayBuffer());
    expect(await word.file('word/document.xml')?.async('string')).toContain('Escuelas de Formación Sindical');
    for (const who of ['guest', 'other'] as const) expect((await browser(who).get(start)).status).toBe(404);
    expect((await browser('staff').get(`${PAGE}/report/start`)).status).toBe(404);
    expect((await browser('staff').get(`${PAGE}/other/start`)).status).toBe(404);
  });

  it('has the draft, its versions, who has the pen, and why it was sent back', async () => {
    expect(await browser('chile').text(PAGE)).toContain('/sheet/start');
    await put('ficha-1.pdf');
    await put('ficha-2.pdf');
    await keepContent(system.caseFile, ID, HASH, { reason: HOSTILE }, new Date().toISOString());
    await request('systematization/review-sheet.1', 'review-sheet', ['chl-mtps', 'per-mtpe'], 1, true);
    await system.caseFile
      .insertInto('answer')
      .values({
        ...{
          cooperation: ID,
          request: 'systematization/review-sheet.1',
          party: 'per-mtpe',
          by: 'per-mtpe-1',
        },
        ...{ decision: 'changes', content: HASH, data: '{}', at: new Date().toISOString() },
      })
      .execute();
    await request('systematization/review-sheet.2', 'review-sheet', ['chl-mtps'], 2, false);
    const chile = await browser('chile').text(PAGE);
    expect(chile).not.toContain('/sheet/start');
    expect(chile).toMatch(/Versión actual<\/h3><p[^>]*>Versión 2 · .*ficha-2\.pdf/);
    expect(chile).toContain('Versiones anteriores (1)');
    expect(chile).toMatch(
      /MTPS de Chile<\/strong> — <a[^>]*>Revisar la ficha de sistematización \(versión 2\)/,
    );
    expect(chile).toMatch(/desde el [^<]+ · vence: [^<]+\(Santiago\)/);
    expect(chile).toContain('&lt;script&gt;alert(1)');
    expect(chile).not.toContain('<script>alert');
    expect(chile).toContain('sobre la versión 1');
    // The button is for whoever has the pen.
    const button = `class="govuk-button" role="button" draggable="false" href="/c/${ID}/requests/systematization/review-sheet.2"`;
    expect(chile).toContain(button);
    for (const who of ['peru', 'observer', 'staff'] as const)
      expect(await browser(who).text(PAGE), who).not.toContain(button);
  });

  it('is for those who take part', async () => {
    for (const who of ['guest', 'other'] as const) expect((await browser(who).get(PAGE)).status).toBe(404);
    expect((await browser('observer').post(PAGE)).status).toBe(404);
    expect(await browser('observer').text(PAGE)).not.toMatch(/<form(?![^>]*action="\/(language|sign-out)")/);
  });
});
