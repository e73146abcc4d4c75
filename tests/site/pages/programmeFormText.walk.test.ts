import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { writtenIn } from '../../../src/site/pages/programmeForm/entries.ts';
import { fileOf } from '../../../src/site/pages/programmeForm/file.ts';
import { anyCharacter } from '../../support/anyCharacter.ts';
import { parameters } from '../../support/programmeForm.ts';
import { runs } from '../../support/walk.ts';

it('the form writes whatever is written so that it is read the same', () => {
  const any = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 300 }),
    fc.lorem({ maxCount: 60 }),
    fc
      .array(
        fc.constantFrom(
          'a',
          ' ',
          '\n',
          ':',
          '#',
          '-',
          '>',
          '|',
          '"',
          "'",
          '\t',
          '…',
          '%',
          '&',
          '*',
          '!',
          '{',
          '\r',
        ),
        { maxLength: 200 },
      )
      .map((all) => all.join('')),
  );
  fc.assert(
    fc.property(any, any, (one, other) => {
      const written = writtenIn(parameters({ subject: one, 'description-0': other }));
      const read = parse(fileOf(written).source) as { subject?: string; description?: string[] };
      expect(read.subject ?? '').toBe(String(written.subject).trim());
      expect(read.description?.[0] ?? '').toBe(String((written.description as string[])[0]).trim());
    }),
    runs(500, 100),
  );
});
