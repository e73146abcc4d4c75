import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addToRecord } from '../../../src/casefile/record.ts';
import { caseView } from '../../../src/domain/caseView.ts';
import { verifyBundle } from '../../../src/evidence/verify.ts';
import { exportedMail } from '../../../src/export/mail.ts';
import { bench, filesOf } from '../../export/bundleScene.ts';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const PAGE = `/c/${ID}/record`;

describe('the record’s page', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
    await system.change(ID, { change: 'pause' }, '<script>alert(1)</script> "Q"');
  });
  afterAll(() => system[Symbol.asyncDispose]());
  const rows = (text: string): string[] => text.split('<tbody')[1]?.match(/<time /g) ?? [];

  it('says what happened, on the reader’s clock, as inert text', async () => {
    const text = await browsers.peru.text(PAGE);
    expect(text).toContain('Programa, versión 1: enviado a las delegaciones');
    expect(text).toMatch(/<time datetime="[^"]+Z">[^<]+\(Lima\)<\/time>/);
    expect(text).not.toMatch(/<time[^>]*>[^<]+\(Santiago\)<\/time>/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;Q&quot;');
    expect(text).not.toContain('<script>alert');
  });

  it('tells the reason of a change to those it is for: of an absence its institution, of a hand-over the colleague', async () => {
    const days = { from: '2040-03-05', to: '2040-03-06' };
    const [absence, passing] = ['Operación de rodilla.', 'Usted conoce el tema.'];
    await system.change(
      ID,
      { change: 'absence', person: 'per-mtpe-3', ...days, standIn: 'per-mtpe-2' },
      absence,
    );
    const request = 'documents/send-documents.1';
    await system.change(ID, { change: 'hand-over', request, from: 'chl-mtps-1', to: 'chl-mtps-2' }, passing);
    for (const [who, reads] of [
      ['peru', [true, false]],
      ['chile', [false, true]],
      ['staff', [true, true]],
      ['observer', [true, true]],
    ] as const)
      for (const page of [PAGE, `/c/${ID}`]) {
        const text = await browsers[who].text(page);
        expect([who, page, text.includes(absence), text.includes(passing)]).toEqual([who, page, ...reads]);
        // That it was is for all to see.
        expect(text).toContain('Enrique Árias');
      }
  });

  it('has all of it, the newest first, a hundred a page', async () => {
    const at = new Date().toISOString();
    await addToRecord(
      system.caseFile,
      Array.from({ length: 150 }, (_, index) => ({
        cooperation: ID,
        key: `test:${index}`,
        at,
        kind: 'agenda-sent' as const,
        data: { session: 100 + index },
      })),
    );
    const sizes: number[] = [];
    let all = '';
    // Mails that were on their way at the pause are still recorded: read while nothing is written.
    const recorded = async () => (await system.view(ID)).record.length;
    const total = await vi.waitFor(
      async () => {
        const before = await recorded();
        sizes.length = 0;
        all = '';
        let path: string | undefined = PAGE;
        while (path) {
          const text = await browsers.peru.text(path);
          sizes.push(rows(text).length);
          all += text;
          path = /rel="next" href="([^"]+)"/.exec(text)?.[1];
        }
        expect(await recorded()).toBe(before);
        return before;
      },
      { timeout: 20_000, interval: 100 },
    );
    expect(sizes.slice(0, -1).every((size) => size === 100)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(total);
    expect(all.indexOf('249.ª sesión')).toBeLessThan(all.indexOf('100.ª sesión'));
    expect(all.indexOf('100.ª sesión')).toBeLessThan(all.indexOf('Programa, versión 1: enviado'));
  });

  it('folds mails that went out one after the other, and looks for what is of a kind or somebody', async () => {
    const approved = /respondió: Aprobar[^<]*\(Cristóbal Auger\)/;
    const text = await browsers.peru.text(`${PAGE}?person=chl-mtps-2`);
    expect(text).toMatch(approved);
    expect(text).toContain('<option value="chl-mtps-2" selected>');
    expect(text).not.toContain('249.ª sesión');
    expect(await browsers.peru.text(`${PAGE}?person=per-mtpe-1`)).not.toMatch(approved);
    const sessions = await browsers.peru.text(`${PAGE}?group=sessions`);
    expect(sessions).toContain('249.ª sesión');
    // The way on keeps the filter.
    expect(sessions).toMatch(/rel="next" href="[^"]+before=\d+&amp;group=sessions"/);
    expect(sessions).not.toContain('Programa, versión 1: enviado');
    const mails = await browsers.peru.text(`${PAGE}?group=mails`);
    expect(mails).not.toContain('<details');
    expect(rows(mails).length).toBeGreaterThan(5);
    const all = (await browsers.peru.text(PAGE)) + (await browsers.peru.text(`${PAGE}?before=110`));
    expect(all).toMatch(/\d+ correos enviados<\/span>/);
    const nonsense = `${PAGE}?group=nothing&person=${encodeURIComponent('"><script>')}`;
    expect(await browsers.peru.text(nonsense)).toContain('249.ª sesión');
    expect(await browsers.peru.text(`${PAGE}?group=results`)).toContain('No hay nada con ese filtro');
  });

  it('takes no nonsense for a page', async () => {
    for (const before of ['x', '-1', '9'.repeat(40), '"><script>alert(1)</script>']) {
      const response = await browsers.peru.get(`${PAGE}?before=${encodeURIComponent(before)}`);
      expect(response.status).toBe(200);
      expect(await response.text()).not.toContain('<script>alert');
    }
  });

  it('is for those who take part, and who look on', async () => {
    expect((await browsers.observer.text(PAGE)).split(/<\/?main/)[1]).not.toContain('<form method="post"');
    expect((await browsers.observer.post(PAGE)).status).toBe(404);
    for (const who of ['guest', 'other'] as const) expect((await browsers[who].get(PAGE)).status).toBe(404);
  });

  it('gives staff and observers the whole case as a ZIP, without what lets people in', async () => {
    for (const who of ['staff', 'observer'] as const) {
      expect(await browsers[who].text(PAGE)).toContain(`href="${PAGE}/export"`);
      const response = await browsers[who].get(`${PAGE}/export`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/zip');
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="14-per-chl-\d{4}-\d\d-\d\d\.zip"/,
      );
      expect(response.headers.get('cache-control')).toContain('no-store');
      const zip = await JSZip.loadAsync(await response.arrayBuffer(), { checkCRC32: true });
      // As it stood at that moment: mails are on their way.
      const view = caseView.parse(
        JSON.parse((await zip.file(`${ID}/data/case.json`)?.async('string')) ?? ''),
      );
      expect(view.id).toBe(ID);
      expect(view.mails.length).toBeGreaterThan(5);
      const names = Object.keys(zip.files).map((name) => name.replace(`${ID}/data/`, ''));
      for (const { file } of [...view.mails, ...view.documents]) expect(names).toContain(file);
      expect(names).toContain('histories/cooperation.json');
      expect(names).not.toContain('histories/final-report.json');
      for (const { file, sha256 } of view.mails) {
        const exported = Buffer.from((await zip.file(`${ID}/data/${file}`)?.async('nodebuffer')) ?? '');
        expect(exported.equals(await exportedMail(await system.bytes(sha256)))).toBe(true);
      }
      const [document] = view.programmeVersions;
      const bytes = await zip.file(`${ID}/data/${document?.pdf.file}`)?.async('nodebuffer');
      expect(bytes?.equals(await system.bytes(document?.pdf.sha256 ?? ''))).toBe(true);
    }
  });

  it('gives who takes part what is theirs to see, and the rest by name alone', async () => {
    expect(await browsers.peru.text(PAGE)).toContain(`href="${PAGE}/export"`);
    const response = await browsers.peru.get(`${PAGE}/export`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const zip = await JSZip.loadAsync(bytes);
    const view = caseView.parse(JSON.parse((await zip.file(`${ID}/data/case.json`)?.async('string')) ?? ''));
    const colleagues = view.people.flatMap(({ id, party }) => (party === 'per-mtpe' ? [id] : []));
    expect(view.mails.length).toBeGreaterThan(0);
    expect(view.mails.filter(({ person }) => !colleagues.includes(person))).toEqual([]);
    expect(Object.keys(zip.files).filter((name) => name.includes('/histories/'))).toEqual([]);
    const notice = JSON.parse((await zip.file(`${ID}/data/bundle.json`)?.async('string')) ?? '');
    expect(notice.reader).toMatchObject({ of: 'person', party: 'per-mtpe' });
    expect(notice.withheld.mails).toBeGreaterThan(0);
    const place = await bench();
    expect((await verifyBundle(await place.zip(bytes))).findings).toEqual([]);
    await place.remove();
  });

  it('is checked by a page to which it is dropped, for whoever is signed in', async () => {
    const bytes = Buffer.from(await (await browsers.staff.get(`${PAGE}/export`)).arrayBuffer());
    const drop = async (some?: Buffer) => {
      const form = new FormData();
      if (some) form.append('files', new Blob([new Uint8Array(some)]), 'case.zip');
      const response = await browsers.peru.upload('/verify', form);
      return { status: response.status, text: await response.text() };
    };
    const well = await drop(bytes);
    expect(well.status).toBe(200);
    expect(well.text).toContain('Todo está como se escribió');
    expect(well.text).toContain(ID);
    const altered = Buffer.from(bytes);
    const at = altered.indexOf('%PDF-');
    altered[at] = 0x26;
    const wrong = await drop(altered);
    expect(wrong.status).toBe(200);
    expect(wrong.text).toMatch(/<li>data\/[^<]+: alterado/);
    expect((await drop(Buffer.from('<script>alert(1)</script>'))).text).toContain('No es un ZIP');
    expect(await drop()).toMatchObject({
      status: 422,
      text: expect.stringContaining('Elija el archivo ZIP'),
    });
    const pdf = (await filesOf(bytes)).get(`${ID}/data/case.pdf`) ?? Buffer.alloc(0);
    const paper = await drop(pdf);
    expect(paper.text).toContain('Todo está como se escribió');
    expect(paper.text).toContain('Un PDF (');
    pdf[pdf.length >> 1] = (pdf[pdf.length >> 1] ?? 0) ^ 1;
    expect((await drop(pdf)).text).toContain('<li>case.pdf');
  });

  it('gives it to nobody else', async () => {
    for (const who of ['guest', 'other'] as const)
      expect((await browsers[who].get(`${PAGE}/export`)).status).toBe(404);
  });
});
