import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/content.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { CALL_FILES, type CalledCooperation, callReportOf } from '../../src/domain/results/callReport.ts';
import { resultsOf, SURVEY_QUESTIONS, type SurveyAnswer } from '../../src/domain/results/survey.ts';
import { callFile } from '../../src/export/callReport.ts';
import { type CallPaper, callPdf, callWord } from '../../src/publications/callPaper.ts';
import { example } from '../support/programme.ts';
import { HOSTILE } from './hostile.ts';
import { readDocx, readPdf, squeezed } from './reading.ts';

const SITE = 'https://cooperacion.oas.example';
const { subject, institutions } = example();
const called = (id: string, more: Partial<CalledCooperation> = {}): CalledCooperation => ({
  ...{ id, year: 2021, subject, institutions, objectives: ['Conocer la experiencia.'] },
  ...{ documents: 2, questions: 3, answered: 1, sheets: 1, commitments: 4, kept: 0 },
  ...{ filedAt: '2021-06-01T12:00:00.000Z', closedAt: '2021-07-31T12:00:00.000Z' },
  ...{ cancelledAt: null, pausedAt: null, followedUpAt: '2021-07-31T12:00:00.000Z' },
  sessions: [{ hours: 2.5, attendance: [{ name: 'Luis Mena', institution: 'SENCE', sex: 'man' }] }],
  told: [told('Un curso para 40 inspectores.')],
  ...{ survey: resultsOf([]), lessons: ['Los talleres cortos sirven más.'] },
  funding: [
    { party: 'per-mtpe', amount: 1200.5, currency: 'USD' as const, what: 'Pasajes' },
    { party: 'chl-mtps', amount: 0.7, currency: 'USD' as const },
    { party: 'chl-mtps', amount: 300, currency: 'CLP' as const },
  ],
  expected: [{ number: 1, text: 'Conocer la experiencia.', change: 'Otra malla' }],
  waits: [{ party: 'per-mtpe', from: '2021-06-01T12:00:00.000Z', to: '2021-06-13T12:00:00.000Z' }],
  ...more,
});
const told = (text: string) => ({
  ...{ months: 6, party: 'per-mtpe', came: ['training'] as Outcome[], text },
  objectives: [{ objective: 1, seen: 'in-part' as const, text }],
});
const paper = (all: CalledCooperation[], language: CallPaper['language'] = 'es'): CallPaper => ({
  ...{ report: callReportOf(14, all), language, site: SITE, madeAt: '2021-12-04T02:00:00.000Z' },
});
const STATED = [
  'Informe de la convocatoria 14',
  // Of the day where the Secretariat is.
  'Cifras al 3 de diciembre de 2021',
  'La convocatoria comprende 2 cooperaciones, con 1 ministerio solicitante y 1 ministerio que brinda su experiencia.',
  'Se realizaron 2 sesiones, con 5 horas en total; asistieron 2 personas.',
  'MTPE, a los 6 meses (14-per-chl)',
  'Un curso para 40 inspectores.',
  'Otra malla: Se dio en parte. Un curso para 40 inspectores.',
  'Los objetivos indican 2 cambios esperados; se informó sobre 1: se dio 0, en parte 1,',
  'SENCE',
  'Conocer la experiencia.',
  'Los aportes en dinero son los que registra el informe final',
  'USD 1201,20 y CLP 300',
  // Two cooperations.
  'En total, las instituciones aportaron USD 2402,40 y CLP 600',
  'Lecciones aprendidas',
  'Los talleres cortos sirven más.',
];
/** Where figures lead: totals to what they are the sum of, those of a cooperation to where they are seen. */
const LINKS = [
  `${SITE}/board?call=14-2021`,
  `${SITE}/calls/14#cooperations`,
  `${SITE}/calls/14#told`,
  `${SITE}/c/14-per-chl`,
  `${SITE}/c/14-per-chl#outcomes`,
  `${SITE}/c/14-per-chl/documents`,
  `${SITE}/c/14-per-chl/questions`,
  `${SITE}/c/14-per-chl/drafts`,
  `${SITE}/c/14-per-chl#commitments`,
  `${SITE}/c/14-per-chl#lessons`,
];

describe('the paper of a call', () => {
  const two = [called('14-per-chl'), called('15-per-chl', { told: [] })];

  it('is a tagged PDF, in which each figure leads to what it is made of', async () => {
    const { text, marked, tags, links, xmp, info } = await readPdf(callPdf(paper(two)));
    for (const stated of STATED) expect(squeezed(text)).toContain(squeezed(stated));
    expect(links).toEqual(expect.arrayContaining(LINKS));
    expect([marked, xmp.includes('pdfuaid:part'), info.Title]).toEqual([
      ...[true, true, 'Informe de la convocatoria 14'],
    ]);
    expect(tags).toEqual(expect.arrayContaining(['Table', 'TH', 'H2', 'Link', 'L']));
  });

  it('is the same in Word, with the same links', async () => {
    const { text, links, core, header } = await readDocx(await callWord(paper(two)));
    for (const stated of STATED) expect(squeezed(text)).toContain(squeezed(stated));
    expect(text + header).not.toMatch(/[{}]|undefined/);
    expect(new Set(links)).toEqual(new Set((await readPdf(callPdf(paper(two)))).links));
    expect(core).toContain('<dc:title>Informe de la convocatoria 14</dc:title>');
  });

  it('says so where nothing came of it yet, and a figure of nothing leads nowhere', async () => {
    const empty = {
      ...{ documents: 0, questions: 0, answered: 0, sheets: 0, commitments: 0, sessions: [], told: [] },
      ...{ closedAt: null, waits: [] },
    };
    const { text, links } = await readPdf(callPdf(paper([called('14-per-chl', empty)])));
    for (const said of [
      'Todavía no se ha realizado ninguna sesión. No se intercambiaron documentos, y no se formularon preguntas. Todavía',
      'Ninguna institución ha informado todavía',
      'Todavía no hay ficha publicada.',
    ])
      expect(squeezed(text)).toContain(squeezed(said));
    expect(links.filter((link) => link.includes('/documents') || link.endsWith('#told'))).toEqual([]);
    expect((await readDocx(await callWord(paper([called('14-per-chl', empty)])))).text).toContain(
      'Ninguna institución ha informado todavía',
    );
  });

  it('has what delegates answered to the survey, and nothing of fewer than five answers', async () => {
    const answers = () =>
      Array.from({ length: 5 }, () => ({
        grades: Object.fromEntries(SURVEY_QUESTIONS.map((one) => [one, 4])) as SurveyAnswer['grades'],
        text: 'Secreto',
      }));
    const [five, four] = [resultsOf([answers()]), resultsOf([], 4)].map((survey) =>
      paper([called('14-per-chl', { survey })]),
    ) as [CallPaper, CallPaper];
    const texts = async (of: CallPaper) =>
      [(await readPdf(callPdf(of))).text, (await readDocx(await callWord(of))).text].map(squeezed);
    for (const text of await texts(five)) {
      expect(text).toContain(squeezed('Encuesta a las delegaciones Pregunta Nada'));
      expect(text).toContain(squeezed('5 respuestas.'));
      expect(text).toContain(squeezed('¿Fue útil la cooperación para su institución? 0 0 0 5 0'));
      expect(text).not.toContain('Secreto');
    }
    for (const text of await texts(four)) {
      expect(text).toContain(squeezed('4 respuestas. Lo respondido se muestra a partir de 5 respuestas.'));
      expect(text).not.toContain(squeezed('¿Fue útil'));
    }
    for (const text of await texts(paper([called('14-per-chl')])))
      expect(text).not.toContain(squeezed('Encuesta a las delegaciones'));
    const csv = async (of: CallPaper) => Buffer.from(await callFile(of, 'csv')).toString('utf8');
    expect((await csv(five)).trim().split(/\r?\n/).at(-1)).toMatch(/5[,;]4[,;]4[,;]4[,;]4[,;]/);
    expect((await csv(four)).trim().split(/\r?\n/).at(-1)).toMatch(/4([,;]){5}/);
  });

  it('is made in each language, and the same each time', async () => {
    const titles = await Promise.all(
      LANGUAGES.map(async (language) => (await readPdf(callPdf(paper(two, language)))).info.Title),
    );
    expect(new Set(titles).size).toBe(LANGUAGES.length);
    for (const make of [callPdf, callWord]) {
      const bytes = async () => Buffer.from(await make(paper(two, 'fr'))).toString('base64');
      expect(await bytes()).toBe(await bytes());
    }
  });

  it('is made whatever people wrote, and obeys none of it', async () => {
    for (const { written } of Object.values(HOSTILE)) {
      const hostile = paper([
        called('14-per-chl', { subject: written, objectives: [written], told: [told(written)] }),
      ]);
      const { links } = await readPdf(callPdf(hostile));
      expect(links.filter((link) => !link.startsWith(SITE))).toEqual([]);
      const word = await readDocx(await callWord(hostile));
      expect(word.links.filter((link) => !link.startsWith(SITE))).toEqual([]);
    }
  });

  it('of fifty cooperations is written within five seconds in each format, by a process of its own', async () => {
    const fifty = paper(Array.from({ length: 50 }, (_, n) => called(`14-${n}`)));
    for (const format of CALL_FILES) {
      const begun = performance.now();
      const file = await callFile(fifty, format);
      expect(performance.now() - begun).toBeLessThan(5000);
      if (format === 'pdf') expect(Buffer.from(file).equals(callPdf(fifty))).toBe(true);
      if (format === 'docx') expect(Buffer.from(file).equals(await callWord(fifty))).toBe(true);
    }
  });
});
