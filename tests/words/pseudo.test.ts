import { describe, expect, it } from 'vitest';
import { RECORD_KINDS } from '../../src/domain/recordKinds.ts';
import { composeMail } from '../../src/mail/compose.ts';
import { renderProgramme } from '../../src/publications/programme.ts';
import { renderReportTemplate } from '../../src/publications/report.ts';
import { renderSheetTemplate } from '../../src/publications/sheet.ts';
import { eventOf } from '../../src/words/record.ts';
import { approveProgramme, caseOf, document, entry } from '../cli/cases.ts';
import { ALL, cooperation } from '../mail/samples.ts';
import { asFiled, peruChile } from '../publications/fixtures/versions.ts';
import { readDocx, readPdf } from '../publications/reading.ts';
import { speakPseudo, strayWords, textsOf, visibleText } from '../support/pseudo.ts';

/** Every text that people read comes from a catalogue: what stands outside the brackets is a fact of the example. */

speakPseudo();

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
});

describe('the record', () => {
  const view = caseOf({ requests: [approveProgramme], documents: [document('a')] });
  const stray = strayWords([...textsOf(view), 'chl-mtps-1', approveProgramme.id]);
  const data = {
    ...{ request: approveProgramme.id, parties: ['chl-mtps'], decision: 'changes', outcome: 'approve' },
    ...{ session: 2, sequence: 1, version: 1, question: 1, outputs: 2, to: 'per-mtpe', document: 'doc-1' },
    ...{ certificate: 1, publish: 'no' },
  };

  it.each(RECORD_KINDS)('%s', (kind) => {
    const event = entry(1, kind, { party: 'chl-mtps', person: 'chl-mtps-1', data });
    const { what, when } = eventOf(event, view, 'en', new Date());
    expect(stray(`${when} ${what}`)).toEqual([]);
  });
});
