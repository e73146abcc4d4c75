import JSZip from 'jszip';
import { getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { cleanPicture } from '../../src/documents/picture.ts';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { callReportOf } from '../../src/domain/results/callReport.ts';
import { type Logo, logoOwnerOf } from '../../src/domain/results/logo.ts';
import { resultsOf } from '../../src/domain/results/survey.ts';
import { callPdf, callWord } from '../../src/publications/callPaper.ts';
import { renderCertificate } from '../../src/publications/certificate.ts';
import { placedLogos } from '../../src/publications/logos.ts';
import { triedLogo } from '../../src/publications/logoTrial.ts';
import { programmeWord, renderProgramme } from '../../src/publications/programme.ts';
import { renderReportTemplate } from '../../src/publications/report.ts';
import { renderSheetTemplate } from '../../src/publications/sheet.ts';
import { JPEG, png } from '../support/pictures.ts';
import { example } from '../support/programme.ts';
import { asFiled } from './fixtures/versions.ts';
import { HOSTILE } from './hostile.ts';
import { readDocx, readPdf } from './reading.ts';
import { templateWith } from './templateWith.ts';

const logo = (institution: string, picture: Buffer): Logo => {
  const { bytes, ...shown } = cleanPicture(picture);
  return { institution, ...shown, bytes: bytes.toString('base64') };
};
const LOGOS = [
  logo('secretariat', png()),
  logo('chl-mtps', JPEG),
  logo('per-mtpe', png({ width: 30, height: 90 })),
  logo('bol-mtps', png({ width: 10 })),
];
const NAMES = example().institutions.map(({ name }) => name);

const version = (language: Language = 'es') => asFiled({ ...example(), language });
const started = (language: Language = 'es') => ({ ...version(language), documents: [], questions: [] });

/** What pictures are said to show, in a PDF or a Word file. */
async function shownIn(file: Uint8Array): Promise<string[]> {
  if (Buffer.from(file.subarray(0, 4)).toString() === '%PDF') {
    const pdf = await getDocumentProxy(file.slice());
    const page = await pdf.getPage(1);
    type Node = { role?: string; alt?: string; children?: Node[] };
    const alts = (node: Node): string[] => [
      ...(node.role === 'Figure' ? [node.alt ?? ''] : []),
      ...(node.children ?? []).flatMap(alts),
    ];
    return alts(((await page.getStructTree()) ?? {}) as Node);
  }
  const zip = await JSZip.loadAsync(file);
  const markup = (await zip.file('word/document.xml')?.async('string')) ?? '';
  return [...markup.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, alt = '']) => alt);
}
const media = async (file: Uint8Array) =>
  Object.keys((await JSZip.loadAsync(file)).files).filter((name) => name.startsWith('word/media/'));

const certificate = (logos: Logo[], language: Language = 'es') =>
  renderCertificate(
    {
      ...{ name: 'Ana Pérez', party: 'per-mtpe', programme: example(), language },
      ...{ code: 'A'.repeat(20), givenOn: '2021-12-03' },
      sessions: [{ number: 1, date: '2021-07-14', hours: 2.5 }],
    },
    'https://site.example',
    logos,
  );
const call = (logos: Logo[]) => ({
  ...{ language: 'es' as const, site: 'https://site.example', madeAt: '2021-12-03T15:00:00.000Z', logos },
  report: callReportOf(14, [
    {
      ...{ id: '14-per-chl', year: 2021, subject: 'Diálogo', institutions: example().institutions },
      ...{ objectives: [], documents: 0, questions: 0, answered: 0, sheets: 0, commitments: 0, kept: 0 },
      ...{ filedAt: '2021-06-01T12:00:00.000Z', closedAt: null, cancelledAt: null, pausedAt: null },
      ...{
        lessons: [],
        funding: [],
        followedUpAt: null,
        survey: resultsOf([]),
        waits: [],
        sessions: [],
        told: [],
        expected: [],
      },
    },
  ]),
});

describe('logos stand at the head of papers', () => {
  const papers: [string, (logos: Logo[]) => Promise<Uint8Array>][] = [
    ['programme in PDF', async (logos) => (await renderProgramme({ ...version(), logos })).pdf],
    ['programme in Word', async (logos) => (await renderProgramme({ ...version(), logos })).docx],
    ['sheet', async (logos) => (await renderSheetTemplate({ ...started(), logos })).docx],
    ['report', async (logos) => (await renderReportTemplate({ ...started(), logos })).docx],
  ];
  it.each(papers)('%s: as its programme has its institutions, each with its name', async (_, made) => {
    const file = await made(LOGOS);
    expect(await shownIn(file)).toEqual(NAMES.map((name) => `Logotipo: ${name}`));
    expect(Buffer.from(await made(LOGOS)).equals(file)).toBe(true);
    expect(await shownIn(await made(LOGOS.slice(0, 1)))).toEqual([
      `Logotipo: ${example().institutions.find(({ role }) => role === 'secretariat')?.name}`,
    ]);
  });

  it('certificates have them beside their code, on one page; the report of a call that of the Secretariat', async () => {
    const given = await certificate(LOGOS);
    expect(await shownIn(given)).toEqual([
      ...NAMES.map((name) => `Logotipo: ${name}`),
      expect.stringContaining('https://site.example/certificates/'),
    ]);
    expect((await readPdf(given)).pages).toBe(1);
    const own = ['Logotipo: Organización de los Estados Americanos'];
    for (const file of [callPdf(call(LOGOS)), await callWord(call(LOGOS))])
      expect((await shownIn(file)).map((alt) => alt.replace(/ \(OEA\)$/, ''))).toEqual(own);
  });

  it('what they show is said in each language, whatever an institution is called', async () => {
    for (const language of LANGUAGES)
      expect(await shownIn((await renderProgramme({ ...version(language), logos: LOGOS })).pdf)).toHaveLength(
        3,
      );
    const written = Object.values(HOSTILE).map((one) => one.written);
    for (const name of [...written, written.join(' ')]) {
      const institutions = example().institutions.map((one) => ({ ...one, name }));
      const hostile = { ...version(), programme: { ...example(), institutions }, logos: LOGOS };
      const docx = await programmeWord(hostile);
      expect(await shownIn(docx)).toHaveLength(3);
      // Throws where it is no XML.
      await readDocx(docx);
      if (name.length > 300) expect(await shownIn((await renderProgramme(hostile)).pdf)).toHaveLength(3);
    }
  });

  it('a paper without logos has no line for them', async () => {
    const { pdf, docx } = await renderProgramme(version());
    expect((await readPdf(pdf)).tags).not.toContain('Figure');
    for (const file of [docx, (await renderReportTemplate(started())).docx, await callWord(call([]))]) {
      expect(await media(file)).toEqual([]);
      const markup = await (await JSZip.loadAsync(file)).file('word/document.xml')?.async('string');
      expect(markup).not.toContain('w:val="Logos"');
    }
  });

  it('a template of staff without the place goes on working, and so does one with the place elsewhere', async () => {
    const place = /<w:p><w:pPr><w:pStyle w:val="Logos"\/>.*?<\/w:p>/.exec(
      (await (
        await JSZip.loadAsync(await templateWith('{title}', '{title}'))
      )
        .file('word/document.xml')
        ?.async('string')) ?? '',
    )?.[0];
    if (!place) throw new Error('the template has no place for logos');
    const without = await renderProgramme({ ...version(), logos: LOGOS }, await templateWith(place, ''));
    expect(await media(without.docx)).toEqual([]);
    expect((await readDocx(without.docx)).text).toContain('COOPERACIÓN BILATERAL');
    const elsewhere = await templateWith(
      '{signaturesHeading}',
      '{signaturesHeading}{#logoRow}{#logos}{logo}{/logos}{/logoRow}',
    );
    expect(
      await shownIn((await renderProgramme({ ...version(), logos: LOGOS }, elsewhere)).docx),
    ).toHaveLength(6);
  });

  it('they are no larger than their place, and a row holds those of twelve institutions', () => {
    const many = Array.from({ length: 12 }, (_, at) => ({
      ...{ id: `abc-${at}`, role: 'requesting' as const, name: `Institución ${at}` },
    }));
    const placed = placedLogos(
      many.map((one) => logo(logoOwnerOf(one), png({ width: 200, height: 20 }))),
      many,
      'es',
    );
    expect(placed).toHaveLength(12);
    expect(placed.reduce((sum, { width }) => sum + width, 0) + 11 * 8).toBeLessThanOrEqual(158);
    const [tall] = placedLogos([logo('abc-0', png({ width: 1, height: 2000 }))], many, 'es');
    expect(tall).toMatchObject({ width: 0.5, height: 15 });
  });
});

it('whether a logo can be set is tried by a process of its own', async () => {
  expect(await triedLogo(logo('per-mtpe', JPEG))).toBe(true);
  // Whole by its segments, and nothing that can be drawn.
  const hollow = Buffer.concat([JPEG.subarray(0, -20), JPEG.subarray(-2)]);
  const broken = { ...logo('per-mtpe', JPEG), bytes: hollow.subarray(0, 200).toString('base64') };
  expect(await triedLogo(broken)).toBe(false);
});
