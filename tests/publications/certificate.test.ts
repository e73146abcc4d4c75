import { describe, expect, it } from 'vitest';
import { cleanPicture } from '../../src/documents/picture.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import type { CertificatePaper } from '../../src/domain/results/certificate.ts';
import { codeInGroups } from '../../src/domain/results/certificateCode.ts';
import { renderCertificate } from '../../src/publications/certificate.ts';
import { printerApart, printerFor } from '../../src/publications/certificates.ts';
import { png } from '../support/pictures.ts';
import { example } from '../support/programme.ts';
import { HOSTILE } from './hostile.ts';
import { readPdf } from './reading.ts';

const SITE = 'https://cooperacion.oas.example';
const paper = (more: Partial<CertificatePaper> = {}): CertificatePaper => ({
  ...{ programme: example(), language: 'es', code: 'K7QX0M2PZZ41RTV9AB3C', givenOn: '2021-12-03' },
  ...{ name: 'Margarita Spoerer', party: 'chl-mtps' },
  sessions: [1, 3].map((number) => ({ number, date: `2021-07-1${number}`, hours: 2.5 })),
  ...more,
});
const squeezed = (text: string) => text.replaceAll(/\s+/g, ' ');

describe('a certificate', () => {
  it('states who attended what, when, for how long and of which cooperation, and how it is checked', async () => {
    const { text, marked, tags, links, pages, xmp } = await readPdf(await renderCertificate(paper(), SITE));
    for (const stated of [
      'La OEA, Secretaría Técnica de la RIAL, hace constar que',
      'Margarita Spoerer',
      'Ministerio de Trabajo y Previsión Social de Chile',
      'Ministerio de Trabajo y Promoción del Empleo de Perú',
      example().subject,
      'participó en las 2 sesiones',
      'Primera sesión 11 de julio de 2021 2,5',
      'Tercera sesión 13 de julio de 2021 2,5',
      'Total de horas 5',
      'Expedida el 3 de diciembre de 2021.',
      codeInGroups(paper().code),
    ])
      expect(squeezed(text)).toContain(stated);
    expect(links).toEqual([`${SITE}/certificates/K7QX-0M2P-ZZ41-RTV9-AB3C`]);
    expect([marked, pages, xmp.includes('pdfuaid:part')]).toEqual([true, 1, true]);
    expect(tags).toEqual(expect.arrayContaining(['Table', 'TH', 'Figure']));
  });

  it('is in the person’s language, on one page however many sessions, and the same each time', async () => {
    const sessions = Array.from({ length: 12 }, (_, n) => ({
      ...{ number: n + 1, date: '2021-07-14', hours: 2 },
    }));
    const name = 'María de los Ángeles Fernández-Villavicencio y Rodríguez de la Fuente';
    const read = await Promise.all(
      LANGUAGES.map(async (language) =>
        readPdf(await renderCertificate(paper({ language, sessions, name }), SITE)),
      ),
    );
    expect(read.map(({ pages }) => pages)).toEqual(LANGUAGES.map(() => 1));
    expect(new Set(read.map(({ info }) => info.Title)).size).toBe(LANGUAGES.length);
    const bytes = () => renderCertificate(paper(), SITE).then((pdf) => Buffer.from(pdf).toString('base64'));
    expect(await bytes()).toBe(await bytes());
  });

  it('is made whatever somebody is called, and obeys none of it', async () => {
    for (const { written } of Object.values(HOSTILE)) {
      const pdf = await renderCertificate(paper({ name: written, institution: written }), SITE);
      expect((await readPdf(pdf)).links.filter((link) => !link.startsWith(SITE))).toEqual([]);
    }
  });

  it('is the same by a process of its own', async () => {
    const papers = [paper(), paper({ language: 'fr', code: 'A'.repeat(20) })];
    const { bytes, ...shown } = cleanPicture(png());
    const logos = [{ institution: 'per-mtpe', ...shown, bytes: bytes.toString('base64') }];
    const [here, apart] = [await printerFor(SITE)(papers, logos), await printerApart(SITE)(papers, logos)];
    const plain = (pdfs: Uint8Array[]) => pdfs.map((pdf) => Buffer.from(pdf).toString('base64'));
    expect(plain(apart)).toEqual(plain(here));
  });
});
