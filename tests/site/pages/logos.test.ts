import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logosIn, pdfAsFiled, startingDocument } from '../../../activities/attachments.ts';
import { securityEntries } from '../../../src/casefile/access/securityLog.ts';
import { cooperationOf } from '../../../src/client/cooperationClient.ts';
import { cleanPicture } from '../../../src/documents/picture.ts';
import { readPdf } from '../../publications/reading.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { JPEG, png } from '../../support/pictures.ts';
import { example } from '../../support/programme.ts';
import { type Browser, mainOf } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

describe('the page of logos', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const seen = async () => /name="seen" value="(\d+)"/.exec(await browsers.staff.text('/logos'))?.[1] ?? '';
  const put = (fields: Record<string, string>, file?: Uint8Array, fileName = 'logo.png') => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    if (file) form.set('files', new Blob([new Uint8Array(file)]), fileName);
    return browsers.staff.upload('/logos', form);
  };
  const present = async () =>
    (await logosIn(system, example().institutions)).map(({ institution }) => institution);

  it('has the institutions of all cooperations, the Secretariat first', async () => {
    const text = mainOf(await browsers.staff.text('/logos'));
    expect(text).toMatch(/Organización de los Estados Americanos.* secretariat Sin logotipo/);
    expect(text).toMatch(/Ministerio de Trabajo y Promoción del Empleo.* per-mtpe Sin logotipo/);
    expect(text).not.toContain('oas-1');
  });

  it('says what is wrong, keeps what was chosen, and changes nothing', async () => {
    for (const [fields, file, name, said] of [
      [{ institution: 'per-mtpe' }, undefined, '', 'Elija una imagen.'],
      [{ institution: '' }, png(), 'logo.png', 'Indique de qué institución es'],
      [{ institution: '', other: 'MTPE Perú' }, png(), 'logo.png', 'Indique de qué institución es'],
      [{ institution: 'per-mtpe' }, Buffer.from('<svg/>'), 'logo.svg', 'El archivo es de un tipo'],
      [{ institution: 'per-mtpe' }, Buffer.from('hola'), 'nota.txt', 'No sirve como logotipo'],
      [{ institution: 'per-mtpe' }, JPEG, 'logo.png', 'no corresponde a su nombre'],
      [{ institution: 'per-mtpe' }, png().subarray(0, -14), 'logo.png', 'dañado'],
      [{ institution: 'per-mtpe' }, png({ width: 2001, height: 1 }), 'logo.png', 'No sirve como logotipo'],
      [{ institution: 'per-mtpe' }, Buffer.alloc(600_000), 'logo.png', 'No sirve como logotipo'],
    ] as const) {
      const wrong = await put({ ...fields, seen: '0' }, file, name);
      expect(wrong.status, said).toBe(422);
      const page = await wrong.text();
      expect(mainOf(page)).toContain(said);
      if (fields.institution) expect(page).toMatch(/<option value="per-mtpe" selected>/);
    }
    expect(await present()).toEqual([]);
  });

  it('takes one, with which papers are made, and takes it away; both are on record', async () => {
    const taken = await put({ institution: 'secretariat', seen: await seen() }, JPEG, 'oea.jpg');
    expect(mainOf(await taken.text())).toContain('llevan el logotipo nuevo de «secretariat»');
    await put({ institution: 'per-mtpe', other: 'chl-mtps', seen: await seen() }, png());
    // Of an institution that is in no cooperation yet.
    await put({ institution: '', other: 'bol-mtps', seen: await seen() }, png());
    expect(await present()).toEqual(['chl-mtps', 'secretariat']);
    const text = await browsers.staff.text('/logos');
    expect(mainOf(text)).toContain('bol-mtps');
    const [, address = ''] = /<img src="(\/logos\/\d+)" alt="Logotipo de Organización/.exec(text) ?? [];
    const picture = await browsers.staff.get(address);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(cleanPicture(JPEG).bytes);

    const { tags } = await readPdf(await pdfAsFiled(system, example()));
    expect(tags.filter((tag) => tag === 'Figure')).toHaveLength(2);
    const given = { ...system, now: () => new Date().toISOString() };
    const { docx } = await startingDocument(given, await cooperationOf(system, ID), 'report');
    expect(Buffer.from(docx).includes('word/media/image2.')).toBe(true);

    // Another officer looked at the page before it was there.
    for (const late of [
      await put({ institution: 'chl-mtps', seen: '0' }, JPEG, 'otro.jpg'),
      await browsers.staff.post('/logos/remove', { institution: 'chl-mtps', seen: '0' }),
    ])
      expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('cambió ese logotipo')]);
    const away = await browsers.staff.post('/logos/remove', { institution: 'chl-mtps', seen: await seen() });
    expect(mainOf(await away.text())).toContain('no llevan el logotipo de «chl-mtps»');
    expect(await present()).toEqual(['secretariat']);
    const log = await securityEntries(system.caseFile, { most: 50 });
    expect(
      log
        .filter(({ event }) => event.code.startsWith('logo-'))
        .map(({ who, event }) => [who?.id, event.code]),
    ).toEqual([
      ['maria.camacho@oea.example', 'logo-removed'],
      ...Array.from({ length: 3 }, () => ['maria.camacho@oea.example', 'logo-put']),
    ]);
  });

  it('is for staff alone', async () => {
    for (const who of ['observer', 'peru'] as const)
      for (const path of ['/logos', '/logos/1'])
        expect((await browsers[who].get(path)).status, who).toBe(404);
    expect((await browsers.staff.get('/logos/99')).status).toBe(404);
    expect((await browsers.staff.post('/logos/remove', { institution: 'X', seen: '0' })).status).toBe(404);
  });
});
