import { PDF, type Signer } from '@libpdf/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBundle } from '../../../src/evidence/verify.ts';
import { bench } from '../../export/bundleScene.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { ministrySigner } from '../../support/ministrySigner.ts';
import { type Browser, mainHtmlOf } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const PAGE = `/c/${ID}/paper`;

describe('the page of the sealed case file', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  let place: Awaited<ReturnType<typeof bench>>;
  beforeAll(async () => {
    [{ system, browsers }, place] = await Promise.all([underway(), bench()]);
  });
  afterAll(async () => {
    await place.remove();
    await system[Symbol.asyncDispose]();
  });
  const download = async (who: Who, file = 'newest.pdf') => {
    const response = await browsers[who].get(`${PAGE}/${file}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    return Buffer.from(await response.arrayBuffer());
  };
  const signedBy = async (pdf: Buffer, signer: Signer) =>
    (await (await PDF.load(new Uint8Array(pdf))).sign({ signer })).bytes;
  const send = (who: Who, bytes: Uint8Array | undefined, fields: Record<string, string> = {}) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    if (bytes)
      form.set('files', new File([Uint8Array.from(bytes)], 'firmado.pdf', { type: 'application/pdf' }));
    return browsers[who].upload(PAGE, form);
  };
  const toldTo = async () =>
    (await system.view(ID)).mails.flatMap(({ notice, person }) => (notice === 'paper-signed' ? person : []));

  /** Whoever is to hear of so many signatures has been written to. */
  const allTold = (count: number) =>
    expect
      .poll(
        async () => {
          const rows = await system.caseFile.selectFrom('closingSignature').select('doneAt').execute();
          return rows.map(({ doneAt }) => doneAt !== null);
        },
        { timeout: 30_000 },
      )
      .toEqual(Array.from({ length: count }, () => true));

  it('is there once the cooperation is over, for who takes part and who looks on', async () => {
    expect((await browsers.peru.get(PAGE)).status).toBe(404);
    expect(await browsers.peru.text(`/c/${ID}`)).not.toContain(PAGE);
    await system.caseFile
      .updateTable('cooperation')
      .set({ closedAt: new Date().toISOString() })
      .where('id', '=', ID)
      .execute();
    expect(await browsers.peru.text(`/c/${ID}`)).toContain(`href="${PAGE}"`);
    for (const who of ['guest', 'other'] as const) {
      expect((await browsers[who].get(PAGE)).status).toBe(404);
      expect((await browsers[who].get(`${PAGE}/newest.pdf`)).status).toBe(404);
    }
    expect(await browsers.observer.text(PAGE)).not.toContain(`action="${PAGE}"`);
    expect(await browsers.peru.text(PAGE)).toContain('si aún no está, se hace al descargarlo');
  });

  it('gives the same bytes to both ministries, which check by themselves', async () => {
    const [peru, chile] = await Promise.all([download('peru'), download('chile')]);
    expect(peru.equals(chile)).toBe(true);
    const at = await place.folder(new Map([['sealed.pdf', peru]]));
    expect((await verifyBundle(`${at}/sealed.pdf`)).findings).toEqual([]);
    expect((await download('peru', 'reading.pdf')).equals(peru)).toBe(false);
    for (const file of ['other.pdf', 'signed-1.pdf'])
      expect((await browsers.peru.get(`${PAGE}/${file}`)).status).toBe(404);
    expect(mainHtmlOf(await browsers.chile.text(PAGE))).toContain('Todavía ninguna institución lo firmó.');
  });

  it('takes it as one ministry and then the other signed it, and tells the others once', async () => {
    const sealed = await download('peru');
    const [peru, chile] = await Promise.all(['Trabajo', 'Empleo'].map((name) => ministrySigner(name)));
    const first = await signedBy(sealed, peru as Signer);
    expect((await send('peru', undefined)).status).toBe(422);
    expect((await send('peru', first)).status).toBe(303);
    const page = mainHtmlOf(await browsers.chile.text(PAGE));
    expect(page).toContain('Certificado a nombre de CN=Trabajo; huella SHA-256');
    expect(page).toContain('El MTPE del Perú');
    await allTold(1);
    const once = await toldTo();
    expect(new Set(once).size).toBe(once.length);
    expect(once.filter((person) => person.startsWith('per-'))).toEqual([]);
    expect(once).toEqual(expect.arrayContaining(['chl-mtps-2', 'oas-1']));

    // Signed over the one that was sealed: it is told what to do.
    const late = await send('chile', await signedBy(sealed, chile as Signer));
    expect(late.status).toBe(422);
    expect(await late.text()).toContain('Descargue la versión más reciente y firme esa.');
    const newest = await download('chile');
    expect(newest.equals(first)).toBe(true);
    const altered = Buffer.from(await signedBy(newest, chile as Signer));
    altered[newest.length + 900] = (altered[newest.length + 900] ?? 0) ^ 1;
    expect((await send('chile', altered)).status).toBe(422);
    expect((await send('chile', await signedBy(newest, chile as Signer))).status).toBe(303);
    await allTold(2);
    const both = await toldTo();
    const delegates = both.filter((person) => !person.startsWith('oas-'));
    expect(new Set(delegates).size).toBe(delegates.length);
    expect(both).toContain('per-mtpe-1');

    // Once more, and by the Secretariat, which says how it came: nobody hears of it twice.
    const again = await signedBy(await download('peru'), peru as Signer);
    const recorded = { by: 'per-mtpe-1', how: '' };
    const mute = await send('staff', again, recorded);
    expect(mute.status).toBe(422);
    expect(await mute.text()).toContain('Indique cómo');
    expect((await send('staff', again, { ...recorded, how: 'Por correo' })).status).toBe(303);
    await allTold(3);
    expect(await toldTo()).toEqual(both);
    const record = await browsers.observer.text(`/c/${ID}/record`);
    expect(record).toContain('incorporó su firma al expediente sellado (firma 3)');
  });
});
