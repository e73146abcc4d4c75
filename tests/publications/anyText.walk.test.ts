import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderProgramme } from '../../src/publications/programme.ts';
import { anyCharacter } from '../support/anyCharacter.ts';
import { runs } from '../support/walk.ts';
import { asFiled, peruChile } from './fixtures/versions.ts';
import { readDocx, readPdf } from './reading.ts';

it('a programme is rendered whatever Unicode holds', async () => {
  const anything = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(anything, anything, async (words, name) => {
      const version = asFiled(peruChile());
      version.programme = { ...version.programme, title: `T ${words}`, description: [words, name] };
      version.people = [{ institution: 'per-mtpe', name, post: words }];
      const { pdf, docx } = await renderProgramme(version);
      expect((await readPdf(pdf)).xmp).toContain('<pdfuaid:part>1</pdfuaid:part>');
      await readDocx(docx);
    }),
    runs(200, 12),
  );
});
