import { beforeAll, describe, expect, it } from 'vitest';
import type { TranslatedParagraph } from '../../src/domain/programme/translation.ts';
import { type PublishedProgramme, renderProgramme } from '../../src/publications/programme.ts';
import { programmeParagraphs } from '../../src/publications/translation.ts';
import { example } from '../support/programme.ts';
import { asFiled } from './fixtures/versions.ts';
import { type ReadPdf, readDocx, readPdf, squeezed } from './reading.ts';

/** A programme in two languages, side by side. */

const filed = asFiled(example('peru-barbados'));
const translated = { party: 'oas', name: 'Lucía Ferrer', on: '2025-03-05' };
const vouched = { party: 'brb-mlsp', name: 'Andrea Clarke', on: '2025-03-07' };
const paragraphs = programmeParagraphs(filed).map(
  ({ text }, index): TranslatedParagraph => ({
    ...{ text, translation: `English ${index + 1}.\n\nIn two.`, translated, vouched, withoutOn: null },
  }),
);
const at = (text: string) => paragraphs.findIndex((one) => one.text.startsWith(text));
const [none, unvouched] = [at('Se acordaron los contenidos'), at('La inspección')];
paragraphs[none] = {
  ...(paragraphs[none] as TranslatedParagraph),
  ...{ translation: null, translated: null, vouched: null, withoutOn: '2025-03-20' },
};
paragraphs[unvouched] = { ...(paragraphs[unvouched] as TranslatedParagraph), vouched: null };

describe('a programme in two languages', () => {
  let published: PublishedProgramme;
  let pdf: ReadPdf;
  let docx: Awaited<ReturnType<typeof readDocx>>;
  const version = { ...filed, translation: { language: 'en' as const, paragraphs } };
  beforeAll(async () => {
    published = await renderProgramme(version);
    [pdf, docx] = await Promise.all([readPdf(published.pdf), readDocx(published.docx)]);
  });

  it('has each paragraph beside what it was put into, read one after the other, in PDF and Word', () => {
    for (const text of [squeezed(pdf.text), squeezed(docx.text)]) {
      let position = 0;
      for (const [index, one] of paragraphs.entries()) {
        // Titles stand before their texts in each of the two.
        const original = text.indexOf(squeezed(one.text), index < 2 ? 0 : position);
        expect(original, one.text).toBeGreaterThan(-1);
        const other = one.translation === null ? '(not translated)' : `English ${index + 1}.`;
        expect(text.indexOf(squeezed(other), original), other).toBeGreaterThan(original);
        if (index >= 2 && one.text.length > 60) position = original;
      }
    }
  });

  it('says of each by its letter who translated it and who vouched for it, or that it was gone on without, in both', () => {
    for (const text of [squeezed(pdf.text), squeezed(docx.text)]) {
      expect(text).toContain(squeezed('(not translated) [b]'));
      for (const said of [
        '[a] traducido por Lucía Ferrer (OEA), 5 de marzo de 2025; traducción validada por Andrea Clarke (MLSP de Barbados), 7 de marzo de 2025',
        '[a] translated by Lucía Ferrer (OAS), 5 March 2025; translation vouched for by Andrea Clarke',
        '[b] sin traducción: la Secretaría Técnica siguió adelante sin ella el 20 de marzo de 2025',
        '[b] without translation: the Technical Secretariat went on without it on 20 March 2025',
        '[c] translated by Lucía Ferrer (OAS), 5 March 2025; translation not vouched for yet',
      ])
        expect(text).toContain(squeezed(said));
    }
  });

  it('has dates, headings and windows of each language, and people once', () => {
    const text = squeezed(pdf.text);
    for (const said of ['14 de mayo, 2025', '14 May 2025', 'DESCRIPTION AND OBJECTIVES'])
      expect(text).toContain(squeezed(said));
    // What a window is called is written in the first language alone.
    expect(text.split(squeezed('segunda quincena de junio')).length - 1).toBe(1);
    expect(text).toContain(squeezed('Second half of June'));
    expect(text.split(squeezed('Marcus Holder')).length - 1).toBe(1);
  });

  it('is tagged: tables whose columns are headed by their language, and the language of what is in the second', () => {
    expect(pdf.marked).toBe(true);
    expect(pdf.tags.filter((tag) => tag === 'TH').length).toBeGreaterThanOrEqual(2 * 5);
    expect(pdf.tags).toContain('TD');
    expect(docx.document).toContain('w:rStyle w:val="SecondLanguage"');
  });

  it('prints a single language where it has no second one', async () => {
    const { translation: _, ...one } = version;
    const single = await readPdf((await renderProgramme(one)).pdf);
    expect(squeezed(single.text)).not.toContain(squeezed('English'));
  });

  it('has the same bytes for the same version', async () => {
    expect(Buffer.from((await renderProgramme(version)).docx).equals(Buffer.from(published.docx))).toBe(true);
  });
});
