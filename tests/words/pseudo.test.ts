import { describe, expect, it } from 'vitest';
import { RECORD_KINDS } from '../../src/domain/recordKinds.ts';
import { type CalledCooperation, callReportOf } from '../../src/domain/results/callReport.ts';
import type { CertificatePaper } from '../../src/domain/results/certificate.ts';
import { codeInGroups } from '../../src/domain/results/certificateCode.ts';
import { resultsOf } from '../../src/domain/results/survey.ts';
import { composeMail } from '../../src/mail/compose.ts';
import { callPdf, callWord } from '../../src/publications/callPaper.ts';
import { renderCasePaper } from '../../src/publications/casePaper.ts';
import { renderCertificate } from '../../src/publications/certificate.ts';
import { renderProgramme } from '../../src/publications/programme.ts';
import { renderReportTemplate } from '../../src/publications/report.ts';
import { renderSheetTemplate } from '../../src/publications/sheet.ts';
import { eventOf } from '../../src/words/record.ts';
import { approveProgramme, caseOf, document, entry } from '../cli/cases.ts';
import { ALL, cooperation } from '../mail/samples.ts';
import { asFiled, peruChile } from '../publications/fixtures/versions.ts';
import { readDocx, readPdf } from '../publications/reading.ts';
import { example } from '../support/programme.ts';
import { speakPseudo, strayWords, textsOf, visibleText } from '../support/pseudo.ts';

/** Every text that people read comes from a catalogue: what stands outside the brackets is a fact of the example. */

speakPseudo();

const ID = '14-per-chl';
const SITE = 'https://cooperacion.oas.example';
/** What entries of the record hold, whatever is on record. */
const RECORDED = {
  ...{ request: approveProgramme.id, parties: ['chl-mtps'], decision: 'changes', outcome: 'approve' },
  ...{ session: 2, sequence: 1, version: 1, question: 1, outputs: 2, to: 'per-mtpe', document: 'doc-1' },
  ...{ certificate: 1, publish: 'no', number: 1 },
};

describe('mails', () => {
  it.each(ALL.filter(({ language }) => language === 'en'))('$name', ({ notice, reader, now }) => {
    const stray = strayWords(textsOf([notice, reader, cooperation]));
    const { subject, text, html } = composeMail(notice, reader, cooperation, now);
    for (const part of [subject, text, visibleText(html)]) expect(stray(part), part).toEqual([]);
  });
});

describe('papers', () => {
  const version = asFiled({ ...peruChile(), language: 'en' });
  const exchanged = {
    documents: [{ title: 'Malla curricular', party: 'chl-mtps', version: 2, on: '2021-06-21' }],
    questions: [{ from: 'per-mtpe', to: 'chl-mtps', text: '¿Quién la financia?' }],
  };
  const stray = strayWords([...textsOf(version), ...textsOf(exchanged), 'Julia Ríos']);

  it.each([
    ['programme', async () => (await renderProgramme(version)).docx],
    [
      'sheet',
      async () =>
        (await renderSheetTemplate({ ...version, ...exchanged, consultant: { name: 'Julia Ríos' } })).docx,
    ],
    ['report', async () => (await renderReportTemplate({ ...version, ...exchanged })).docx],
  ])('%s', async (_, docx) => {
    const { text, header, footer } = await readDocx(await docx());
    for (const part of [text, header, footer]) expect(stray(part)).toEqual([]);
  });

  // A paragraph that goes over a page, or a word over a line, is none of the example's texts any more.
  it('programme as PDF', async () => {
    const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 12).trim()}.` : text);
    const shortened = JSON.parse(
      JSON.stringify(version, (_, value: unknown) => (typeof value === 'string' ? short(value) : value)),
    ) as typeof version;
    const { text } = await readPdf((await renderProgramme(shortened)).pdf);
    expect(text).toContain('⟦');
    expect(strayWords([...textsOf(shortened), 'i', 'ii', 'iii'])(text)).toEqual([]);
  });

  // Words are broken at the end of lines, and the cells of a table stand one after another.
  const plain = (text: string): string =>
    text.replaceAll('\u00ad', '').replaceAll('R I A L', 'RIAL').replaceAll('- ', '-');

  it('certificate', async () => {
    const paper: CertificatePaper = {
      ...{ programme: example(), language: 'en', code: 'K7QX0M2PZZ41RTV9AB3C', givenOn: '2021-12-03' },
      ...{ name: 'Ana Paz', institution: 'SENCE', sessions: [{ number: 1, date: '2021-07-14', hours: 2.5 }] },
    };
    const { text } = await readPdf(await renderCertificate(paper, SITE));
    expect(text).toContain('⟦');
    // The address goes over a line.
    const shown = plain(text).replaceAll(/https:.*?AB3C/g, '');
    expect(strayWords([...textsOf(paper), codeInGroups(paper.code)])(shown)).toEqual([]);
  });

  it('case as PDF', async () => {
    const view = caseOf({
      requests: [approveProgramme],
      documents: [document('a')],
      record: RECORD_KINDS.map((kind, index) =>
        entry(index + 1, kind, { party: 'chl-mtps', person: 'chl-mtps-1', data: RECORDED }),
      ),
    });
    const withheld = { entries: 1, mails: 1, communications: 1, histories: 1 };
    const made = { madeAt: '2021-07-01T15:00:00.000Z', head: 'ab'.repeat(32), entries: 3, attached: '{}\n' };
    const { text } = await readPdf(
      renderCasePaper({
        view: { ...view, language: 'en' },
        withheld,
        ...made,
      }),
    );
    expect(text).toContain('⟦');
    // Hashes and the names of files go over lines.
    const shown = plain(text).replaceAll(/\b[0-9a-f]{16}\b|documents\/|-v1-marco-legal\./g, '');
    const given = [...textsOf([view, made]), approveProgramme.id, 'margarita.', 'maximiliano.', 'example'];
    expect(strayWords(given)(shown)).toEqual([]);
  });

  it('paper of a call', async () => {
    const { subject, institutions } = example();
    const text = 'Un curso para 40 inspectores.';
    const called: CalledCooperation = {
      ...{ id: ID, year: 2021, subject, institutions, objectives: ['Conocer la experiencia.'] },
      ...{ documents: 2, questions: 3, answered: 1, sheets: 1, commitments: 4, kept: 0 },
      ...{ filedAt: '2021-06-01T12:00:00.000Z', closedAt: '2021-07-31T12:00:00.000Z' },
      ...{ cancelledAt: null, pausedAt: null, followedUpAt: '2021-07-31T12:00:00.000Z' },
      sessions: [{ hours: 2.5, attendance: [{ name: 'Luis Mena', institution: 'SENCE', sex: 'man' }] }],
      told: [
        {
          ...{ months: 6, party: 'per-mtpe', came: ['training'], text },
          objectives: [{ objective: 1, seen: 'in-part', text }],
        },
      ],
      ...{ survey: resultsOf([]), lessons: [text] },
      funding: [{ party: 'per-mtpe', amount: 300, currency: 'USD' }],
      expected: [{ number: 1, text: 'Conocer la experiencia.', change: 'Otra malla' }],
      waits: [{ party: 'per-mtpe', from: '2021-06-01T12:00:00.000Z', to: '2021-06-13T12:00:00.000Z' }],
    };
    const paper = {
      report: callReportOf(14, [called]),
      ...{ language: 'en' as const, site: SITE, madeAt: '2021-12-04T02:00:00.000Z' },
    };
    const stray = strayWords([...textsOf([called, paper]), SITE.replace('https://', '')]);
    const [pdf, word] = [await readPdf(callPdf(paper)), await readDocx(await callWord(paper))];
    for (const part of [pdf.text, word.text, word.header, word.footer])
      expect(stray(plain(part)), part).toEqual([]);
  });
});

describe('the record', () => {
  const view = caseOf({ requests: [approveProgramme], documents: [document('a')] });
  const stray = strayWords([...textsOf(view), 'chl-mtps-1', approveProgramme.id]);
  it.each(RECORD_KINDS)('%s', (kind) => {
    const event = entry(1, kind, { party: 'chl-mtps', person: 'chl-mtps-1', data: RECORDED });
    const { what, when } = eventOf(event, view, 'en', new Date());
    expect(stray(`${when} ${what}`)).toEqual([]);
  });
});
