import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PDF } from '@libpdf/core';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { callReportOf } from '../../src/domain/results/callReport.ts';
import { resultsOf, SURVEY_QUESTIONS, type SurveyAnswer } from '../../src/domain/results/survey.ts';
import { newSealKey, sealerWith } from '../../src/evidence/sealing.ts';
import { callPdf } from '../../src/publications/callPaper.ts';
import { renderCasePaper } from '../../src/publications/casePaper.ts';
import { renderCertificate } from '../../src/publications/certificate.ts';
import { renderProgramme } from '../../src/publications/programme.ts';
import { programmeParagraphs } from '../../src/publications/translation.ts';
import { wordPrinterApart } from '../../src/publications/wordPdf.ts';
import { timestampAuthorityAt } from '../../src/runtime/timestampAuthority.ts';
import { approveProgramme, caseOf, document, entry } from '../cli/cases.ts';
import { ministrySigner } from '../support/ministrySigner.ts';
import { example } from '../support/programme.ts';
import { timestampAuthority } from '../support/timestampAuthority.ts';
import { asFiled } from './fixtures/versions.ts';
import { hostileVersion } from './hostile.ts';

/**
 * PDFs as other people's readers see them: veraPDF (PDF/UA-1, and PDF/A-3a of what is sealed), qpdf and pdfsig, where
 * `.ci/verapdf` has put them; nowhere else.
 */
const VERAPDF = process.env['RIAL_VERAPDF'] ?? '';
const [QPDF, PDFSIG, SOFFICE] = ['/usr/bin/qpdf', '/usr/bin/pdfsig', '/usr/bin/soffice'] as const;
const run = promisify(execFile);
/** One that was sealed, stamped and signed by both. */
const SIGNED = 'signed';
const SITE = 'https://cooperacion.oas.example';
const AT = '2021-12-03T15:00:00.000Z';

describe.runIf(VERAPDF !== '')('papers by other people’s readers', () => {
  let folder: string;
  /** By its standard and name. */
  const papers = { ua1: [] as string[], a3a: [] as string[] };
  const put = async (standard: keyof typeof papers, name: string, bytes: Uint8Array): Promise<string> => {
    const file = path.join(folder, `${name}.pdf`);
    await writeFile(file, bytes);
    papers[standard].push(file);
    return file;
  };
  const programme = (language: (typeof LANGUAGES)[number]) => ({ ...example(), language });
  const survey = resultsOf([
    Array.from({ length: 5 }, () => ({
      grades: Object.fromEntries(SURVEY_QUESTIONS.map((one) => [one, 4])) as SurveyAnswer['grades'],
      text: 'Más plazo.',
    })),
  ]);
  const call = callReportOf(14, [
    {
      ...{ id: '14-per-chl', year: 2021, subject: example().subject, institutions: example().institutions },
      ...{ objectives: ['Conocer la experiencia.'], documents: 2, questions: 3, answered: 1, sheets: 1 },
      ...{ commitments: 4, kept: 1, filedAt: AT, closedAt: AT, cancelledAt: null, pausedAt: null },
      ...{ followedUpAt: AT, survey, waits: [], lessons: ['Los talleres cortos sirven más.'] },
      funding: [{ party: 'per-mtpe', amount: 1200.5, currency: 'USD' as const }],
      sessions: [{ hours: 2.5, attendance: [{ name: 'Luis Mena', institution: 'SENCE', sex: 'man' }] }],
      told: [
        {
          ...{ months: 6, party: 'per-mtpe', came: ['training'], text: 'Un curso.' },
          objectives: [{ objective: 1, seen: 'in-part' }],
        },
      ],
      expected: [{ number: 1, text: 'Conocer la experiencia.', change: 'Otra malla' }],
    },
  ]);
  /** Of a case: as it is sealed, with its data, or to be read. */
  const casePaper = (language: (typeof LANGUAGES)[number], attached: string | undefined = '{}\n') =>
    renderCasePaper({
      view: {
        ...caseOf({
          ...{ language, survey, requests: [approveProgramme], documents: [document('%PDF marco')] },
          record: [entry(1, 'programme-issued', { data: { version: 1 }, at: AT })],
        }),
      },
      withheld: { entries: 1, mails: 1, communications: 0, histories: 0 },
      ...{ madeAt: AT, head: 'ab'.repeat(32), entries: 3, ofAll: true },
      attached: attached || undefined,
    });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rial-standards-'));
    const seal = sealerWith(await newSealKey('RIAL', new Date(AT)));
    for (const language of LANGUAGES) {
      const whole = programme(language);
      await put('ua1', `programme-${language}`, (await renderProgramme(asFiled(whole))).pdf);
      const certificate = {
        ...{ programme: whole, language, code: 'K7QX0M2PZZ41RTV9AB3C', givenOn: '2021-12-03' },
        ...{ name: 'Margarita Spoerer', party: 'chl-mtps' },
        sessions: [{ number: 1, date: '2021-07-11', hours: 2.5 }],
      };
      await put('ua1', `certificate-${language}`, await renderCertificate(certificate, SITE));
      await put('ua1', `call-${language}`, callPdf({ report: call, language, site: SITE, madeAt: AT }));
      await put('a3a', `case-${language}`, (await seal(casePaper(language), AT)).pdf);
      await put('ua1', `reading-${language}`, casePaper(language, ''));
    }
    // Stamped by an authority, and that signed by one ministry and then by the other.
    await using authority = await timestampAuthority();
    const stamper = timestampAuthorityAt(authority.url, pino({ level: 'silent' }));
    const sealed = await sealerWith(await newSealKey('RIAL', new Date(AT)), stamper)(casePaper('es'), AT);
    expect(sealed.stamp).toBe('given');
    await put('a3a', 'stamped', sealed.pdf);
    let signed = sealed.pdf;
    for (const name of ['Trabajo', 'Empleo']) {
      const document = await PDF.load(signed);
      signed = (await document.sign({ signer: await ministrySigner(name) })).bytes;
    }
    await put('a3a', SIGNED, signed);
    await put('ua1', 'hostile', (await renderProgramme(hostileVersion().version)).pdf);
    const filed = asFiled(example('peru-barbados'));
    const who = { party: 'oas', name: 'Lucía Ferrer', on: '2025-03-05' };
    const paragraphs = programmeParagraphs(filed).map(({ text }) => ({
      ...{ text, translation: `In English: ${text}`, translated: who, vouched: who, withoutOn: null },
    }));
    const two = { ...filed, translation: { language: 'en' as const, paragraphs } };
    await put('ua1', 'two-languages', (await renderProgramme(two)).pdf);
  }, 300_000);
  afterAll(() => rm(folder, { recursive: true }));

  /** What veraPDF finds broken. */
  async function broken(standard: keyof typeof papers, files: readonly string[]): Promise<string> {
    const { stdout } = await run('java', [
      '-cp',
      `${VERAPDF}:${VERAPDF}/*`,
      'Held',
      standard,
      ...files,
    ]).catch((error: { stdout?: string }) => ({ stdout: error.stdout || String(error) }));
    return stdout.startsWith('held') && !stdout.includes('broken') ? '' : stdout;
  }

  it.each(['ua1', 'a3a'] as const)(
    'veraPDF finds nothing in our papers that breaks %s',
    { timeout: 300_000 },
    async (standard) => {
      expect(papers[standard].length).toBeGreaterThanOrEqual(4);
      expect(await broken(standard, papers[standard])).toBe('');
    },
  );

  it('veraPDF finds what is missing where a paper is held to the other standard', {
    timeout: 120_000,
  }, async () => {
    expect(await broken('a3a', papers.ua1.slice(0, 1))).toContain('broken');
  });

  it.runIf(existsSync(SOFFICE))(
    'veraPDF finds nothing in the reading copy of a sheet that LibreOffice makes',
    { timeout: 300_000 },
    async () => {
      const docx = await readFile(new URL('../../src/publications/templates/sheet.docx', import.meta.url));
      const file = path.join(folder, 'sheet.pdf');
      await writeFile(file, await wordPrinterApart(SOFFICE)({ docx, title: 'Ficha' }));
      expect(await broken('ua1', [file])).toBe('');
    },
  );

  it('qpdf finds no fault in any of them', { timeout: 120_000 }, async () => {
    for (const file of [...papers.ua1, ...papers.a3a]) {
      const { stdout } = await run(QPDF, ['--check', file]);
      expect(stdout, file).toContain('No syntax or stream encoding errors found');
    }
  });

  it('pdfsig says that the seal and the signatures of both ministries are valid, and all of it signed', {
    timeout: 120_000,
  }, async () => {
    const { stdout } = await run(PDFSIG, ['-nocert', path.join(folder, `${SIGNED}.pdf`)]);
    expect(stdout.match(/Signature is Valid/g)).toHaveLength(3);
    expect(stdout.match(/Total document signed/g)).toHaveLength(1);
    expect(stdout).toContain('Signer Certificate Common Name: Empleo');
  });

  it('pdfsig says that a seal is valid over the whole file, and of one flipped byte that it is not', {
    timeout: 120_000,
  }, async () => {
    const [file = ''] = papers.a3a;
    const { stdout } = await run(PDFSIG, ['-nocert', file]);
    expect(stdout).toContain('Signature is Valid');
    expect(stdout).toContain('Total document signed');
    const bytes = await readFile(file);
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const altered = path.join(folder, 'altered.pdf');
    await writeFile(altered, bytes);
    const said = await run(PDFSIG, ['-nocert', altered]).catch((error: { stdout: string }) => error);
    expect(said.stdout).not.toContain('Signature is Valid');
  });
});
