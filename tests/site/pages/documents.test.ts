import { createHash } from 'node:crypto';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteVisit } from '../../../src/casefile/access/access.ts';
import { documentVersionId } from '../../../src/domain/ids.ts';
import { LONGEST_LINE } from '../../../src/domain/programme/programme.ts';
import { disposition } from '../../../src/site/downloads.ts';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, OTHER, underway, type Who } from './underway.ts';

const HOSTILE = "\"><script>alert(1)</script> & 'x'";
const PDF = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n';

describe('the documents page', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  const browser = (who: Who): Browser => browsers[who];
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const form = (files: Record<string, string>, fields: Record<string, string> = {}) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    for (const [name, content] of Object.entries(files)) data.append('files', new File([content], name));
    return data;
  };
  const documents = async () => (await system.view(ID)).documents;
  const latest = async () => (await documents()).at(-1) as Awaited<ReturnType<typeof documents>>[number];

  it('takes several at once, and a version of an own one; each is listed with who and when', async () => {
    const page = `/c/${ID}/documents`;
    const sent = await browser('chile').upload(
      page,
      form({ 'malla.pdf': PDF, 'nota.txt': 'Información.' }, { title: HOSTILE }),
    );
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${page}?sent=2`]);
    const [malla] = await documents();
    const versions = `${page}/${malla?.document}/versions`;
    expect((await browser('chile').upload(versions, form({ 'malla2.pdf': `${PDF}2` }))).status).toBe(303);
    expect((await documents()).map(({ title, version }) => [title, version])).toEqual(
      expect.arrayContaining([
        [HOSTILE, 1],
        [HOSTILE, 2],
        ['nota.txt', 1],
      ]),
    );
    const text = await browser('peru').text(page);
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&lt;script&gt;alert(1)');
    expect(text).toContain('malla2.pdf');
    expect(text).toContain('Versiones anteriores (1)');
    expect(text).toMatch(/MTPS de Chile, [^<]+ · [^<]+\(Lima\)/);
    // To another's document nothing is added.
    const foreign = await browser('peru').upload(versions, form({ 'x.pdf': `${PDF}3` }));
    expect(foreign.status).toBe(422);
    expect(await foreign.text()).toContain('es del MTPS de Chile. Envíe el suyo como documento nuevo.');
    expect(text).not.toContain(`/documents/${malla?.document}/versions`);
  });

  it('says what was refused and why, and what arrived, and keeps the title', async () => {
    const response = await browser('chile').upload(
      `/c/${ID}/documents`,
      form({ 'a<b>.exe': 'MZ', 'bien.txt': 'Bien.' }, { title: HOSTILE }),
    );
    const text = await response.text();
    expect(response.status).toBe(422);
    expect(text).toContain('ab.exe: El archivo es de un tipo que no se acepta');
    expect(text).toContain('Se recibió 1 documento');
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;');
    const none = await browser('chile').upload(`/c/${ID}/documents`, form({}));
    expect([none.status, await none.text()]).toEqual([
      422,
      expect.stringContaining('Elija al menos un archivo'),
    ]);
  });

  it('says what of one’s own has arrived since a page was made; a form takes that in place of the file', async () => {
    const page = `/c/${ID}/documents`;
    const arrived = async (who: Who, since: string) => {
      const response = await browser(who).get(`${page}/arrived?${new URLSearchParams({ since })}`);
      return (await response.json()) as { id: string; size: number; sha256: string }[];
    };
    const [, query = ''] = /data-arrived="([^"]+)"/.exec(await browser('chile').text(page)) ?? [];
    const since = new URL(query.replaceAll('&amp;', '&'), 'http://x').searchParams.get('since') ?? '';
    expect(Date.parse(since)).toBeGreaterThan(0);
    expect(await arrived('chile', since)).toEqual([]);
    await browser('chile').upload(page, form({ 'llegó.txt': 'Llegó.' }));
    const { size, sha256, ...came } = await latest();
    const id = documentVersionId(came);
    expect(await arrived('chile', since)).toEqual([{ id, size, sha256 }]);
    for (const nobody of [await arrived('peru', since), await arrived('chile', 'ayer')])
      expect(nobody).toEqual([]);
    const sent = await browser('chile').upload(page, form({ 'resto.txt': 'El resto.' }, { documents: id }));
    expect(sent.headers.get('location')).toBe(`${page}?sent=2`);
    const all = await browser('chile').upload(page, form({}, { documents: id }));
    expect(all.headers.get('location')).toBe(`${page}?sent=1`);
    // Nobody else's, nor one that is not there.
    expect((await browser('peru').upload(page, form({}, { documents: id }))).status).toBe(422);
    expect((await browser('chile').upload(page, form({}, { documents: 'doc-999@1' }))).status).toBe(422);
  });

  it('takes a title of one line, and keeps the one that is longer to be shortened', async () => {
    const title = 'a'.repeat(LONGEST_LINE + 1);
    const before = (await documents()).length;
    const response = await browser('chile').upload(
      `/c/${ID}/documents`,
      form({ 'larga.txt': 'Bien.' }, { title }),
    );
    const text = await response.text();
    expect([response.status, (await documents()).length]).toEqual([422, before]);
    expect(text).toContain('<a href="#title">');
    expect(text).toContain(`value="${title}"`);
    const form300 = form({ 'larga.txt': 'Bien.' }, { title: title.slice(1) });
    expect((await browser('chile').upload(`/c/${ID}/documents`, form300)).status).toBe(303);
    expect((await latest()).title).toBe(title.slice(1));
  });

  it('marks what is new since the last visit, but not one’s own', async () => {
    const { people } = await system.view(ID);
    const HOUR = 60 * 60 * 1000;
    const [before, now] = [new Date(Date.now() - 2 * HOUR), new Date()].map((one) => one.toISOString());
    for (const id of ['per-mtpe-1', 'chl-mtps-2'])
      for (const at of [before, now])
        await noteVisit(system.caseFile, ID, people.find((one) => one.id === id)?.email ?? '', at ?? '');
    expect(await browser('peru').text(`/c/${ID}/documents`)).toContain('Nuevo desde su última visita');
    expect(await browser('chile').text(`/c/${ID}/documents`)).not.toContain('Nuevo desde su última visita');
  });

  it('shows a PDF in the browser where somebody asks to look at it, and nothing else', async () => {
    await browser('chile').upload(
      `/c/${ID}/documents`,
      form({ 'vista.pdf': `${PDF}look`, 'vista.txt': 'x' }),
    );
    const text = await browser('peru').text(`/c/${ID}/documents`);
    expect(text).toMatch(/vista\.pdf\?look" target="_blank"[^>]*>Ver/);
    expect(text).not.toContain('vista.txt?look');
    const looked = async (name: string) => {
      const [, href = ''] = new RegExp(`href="([^"]+/${name})`).exec(text) ?? [];
      return (await browser('peru').get(`${href}?look`)).headers;
    };
    const pdf = await looked('vista.pdf');
    expect(pdf.get('content-disposition')).toMatch(/^inline; filename="vista\.pdf"/);
    expect(pdf.get('content-security-policy')).toMatch(/^sandbox/);
    const other = await looked('vista.txt');
    expect(other.get('content-disposition')).toMatch(/^attachment/);
    expect(other.get('content-security-policy')).toMatch(/^sandbox/);
  });

  it('lets a delegation withhold what it sent by mistake: nobody has it any more, and that it was there is seen', async () => {
    const page = `/c/${ID}/documents`;
    expect((await browser('chile').upload(page, form({ 'error.pdf': `${PDF}error` }))).status).toBe(303);
    const sent = await latest();
    const file = `/c/${ID}/files/${sent.sha256}/error.pdf`;
    const withhold = `${page}/${sent.document}/1/withhold`;
    expect((await browser('peru').get(file)).status).toBe(200);
    // It is theirs alone to withhold.
    expect(await browser('chile').text(page)).toContain(`href="${withhold}"`);
    expect(await browser('peru').text(page)).not.toContain(withhold);
    expect((await browser('peru').get(withhold)).status).toBe(404);
    expect((await browser('peru').post(withhold, { reason: 'No es mío.' })).status).toBe(404);
    expect((await latest()).withheld).toBeNull();

    expect(await browser('chile').text(withhold)).toContain('Nadie podrá descargar «error.pdf (versión 1)»');
    expect((await browser('chile').post(withhold, { reason: '' })).status).toBe(422);
    // Two tabs: what staff did with it meanwhile is told, and not undone unseen.
    for (const change of ['withhold', 'release'] as const)
      await system.change(ID, { change, document: `${sent.document}@1` });
    const late = await browser('chile').post(withhold, { reason: 'Sobraba.', seen: '0' });
    expect([late.status, await late.text()]).toEqual([422, expect.stringMatching(/retuvo|libr|cambi/)]);
    expect((await latest()).withheld).toBeNull();
    const done = await browser('chile').post(withhold, { reason: 'Era de otro expediente.' });
    expect([done.status, done.headers.get('location')]).toEqual([303, `${page}?withheld`]);
    expect((await latest()).withheld).toMatchObject({ by: expect.stringMatching(/^chl-mtps-/) });
    for (const who of ['peru', 'chile', 'staff'] as const) {
      const text = await browser(who).text(page);
      expect(text, who).toMatch(
        /Retenida por [A-ZÁÉ][^,<]+, [^<]+: se envió por error y no puede descargarse/,
      );
      expect(text, who).not.toContain(file);
      expect(text, who).not.toContain('Era de otro expediente');
      expect((await browser(who).get(file)).status, who).toBe(404);
    }
    const zip = await JSZip.loadAsync(await (await browser('peru').get(`${page}/all`)).arrayBuffer());
    expect(Object.keys(zip.files).filter((name) => name.includes('error'))).toEqual([]);
    expect(await browser('peru').text(`/c/${ID}/record`)).toContain('retuvo un documento enviado por error');
  });

  it('gives all versions of all documents, and those of the programme, in one ZIP', async () => {
    const link = `/c/${ID}/documents/all`;
    expect(await browser('peru').text(`/c/${ID}/documents`)).toContain(`href="${link}"`);
    const response = await browser('peru').get(link);
    expect(response.headers.get('content-disposition')).toContain(`attachment; filename="${ID}-documentos-`);
    const zip = await JSZip.loadAsync(await response.arrayBuffer());
    const view = await system.view(ID);
    const had = view.documents.filter(({ withheld }) => withheld === null);
    const all = [...had, ...view.programmeVersions.flatMap(({ pdf, docx }) => [pdf, docx])];
    expect(Object.keys(zip.files).sort()).toEqual([...new Set(all.map(({ file }) => file))].sort());
    for (const { file, sha256 } of all) {
      const bytes = (await zip.file(file)?.async('nodebuffer')) ?? '';
      expect(createHash('sha256').update(bytes).digest('hex'), file).toBe(sha256);
    }
    expect((await browser('guest').get(link)).status).toBe(404);
    expect((await browser('other').get(link)).status).toBe(404);
  });

  it('serves a version to be saved, and only what the cooperation holds', async () => {
    await browser('chile').upload(
      `/c/${ID}/documents`,
      form({ 'página.pdf': `${PDF}<script>alert(1)</script>` }),
    );
    const { sha256 } = await latest();
    const path = `/c/${ID}/files/${sha256}/anything.html`;
    const response = await browser('peru').get(path);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="pagina.pdf"; filename*=UTF-8\'\'p%C3%A1gina.pdf',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'cache-control': 'no-store',
    });
    expect(await response.text()).toBe(`${PDF}<script>alert(1)</script>`);
    expect(response.headers.has('etag')).toBe(false);
    for (const who of ['guest', 'other'] as const)
      for (const address of [path, `/c/${ID}/documents`])
        expect((await browser(who).get(address)).status, `${who} ${address}`).toBe(404);
    const [mail] = (await system.view(ID)).mails;
    for (const unknown of ['0'.repeat(64), mail?.sha256, '..%2f..'])
      expect((await browser('peru').get(`/c/${ID}/files/${unknown}/x`)).status).toBe(404);
    // Another cooperation does not hold it, though the store does.
    expect((await browser('other').get(`/c/${OTHER}/files/${sha256}/x`)).status).toBe(404);
  });

  it('serves the programme as PDF and Word', async () => {
    const [version] = (await system.view(ID)).programmeVersions;
    for (const file of [version?.pdf, version?.docx]) {
      const response = await browser('peru').get(`/c/${ID}/files/${file?.sha256}/x`);
      expect(response.headers.get('content-disposition')).toContain(file?.file.split('/').at(-1));
    }
    expect(await browser('peru').text(`/c/${ID}/documents`)).toContain(`/files/${version?.pdf.sha256}/`);
    const mark = async (annulledAt: string | null) => {
      const versions = system.caseFile.updateTable('programmeVersion').set({ annulledAt });
      await versions
        .where('cooperation', '=', ID)
        .where('version', '=', version?.version ?? 0)
        .execute();
      return browser('peru').text(`/c/${ID}/documents`);
    };
    expect(await mark('2021-07-02T15:00:00.000Z')).toContain('Sin efecto: se anuló la respuesta');
    expect(await mark(null)).not.toContain('Sin efecto');
  });

  it('is for those who take part: others see nothing, observers send nothing', async () => {
    const page = `/c/${ID}/documents`;
    const before = (await documents()).length;
    for (const who of ['guest', 'other', 'observer'] as const)
      for (const path of [page, `${page}/doc-1/versions`])
        expect((await browser(who).upload(path, form({ 'x.txt': 'x' }))).status, who).toBe(404);
    expect(await documents()).toHaveLength(before);
    const seen = await browser('observer').text(page);
    expect(seen).toContain('malla.pdf');
    expect(seen).not.toContain('data-upload');
    expect(await browser('staff').text(page)).toContain('data-upload');
  });

  it('says when nothing can be sent', async () => {
    const page = `/c/${OTHER}/documents`;
    expect(await browser('other').text(page)).toContain('Ahora no se pueden enviar documentos');
    const response = await browser('other').upload(page, form({ 'x.txt': 'x' }));
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('desde la aprobación del programa');
  });
});

describe('the name a file is saved under', () => {
  it.each([
    [
      'a\r\nSet-Cookie: x.pdf',
      `attachment; filename="aSet-Cookie x.pdf"; filename*=UTF-8''aSet-Cookie%20x.pdf`,
    ],
    [
      'a"; filename="b.html',
      `attachment; filename="a; filename=b.html"; filename*=UTF-8''a%3B%20filename%3Db.html`,
    ],
    ['../../etc/x.pdf', `attachment; filename="x.pdf"; filename*=UTF-8''x.pdf`],
    [
      "l'été\u202E(1)\u0000.pdf",
      `attachment; filename="l_ete_1_.pdf"; filename*=UTF-8''l%27%C3%A9t%C3%A9%281%29.pdf`,
    ],
    ['\ud800.pdf', `attachment; filename="_.pdf"; filename*=UTF-8''%EF%BF%BD.pdf`],
    ['', `attachment; filename="documento"; filename*=UTF-8''documento`],
  ])('%j', (name, header) => {
    expect(disposition(name)).toBe(header.replace('a; filename=b.html"', 'a_ filename_b.html"'));
  });

  it('is cut to 120 characters', () => {
    expect(disposition(`${'x'.repeat(4096)}.pdf`).length).toBeLessThan(320);
  });
});
