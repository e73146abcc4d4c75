import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/cli/errors.ts';
import { languageFrom } from '../../src/cli/language.ts';
import { REQUEST_KINDS } from '../../src/domain/kinds/index.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { requestLabel } from '../../src/words/labels.ts';

describe('languageFrom', () => {
  test.each([
    [undefined, {}, 'es'],
    [undefined, { LANG: 'en_US.UTF-8' }, 'en'],
    [undefined, { LANG: 'pt_BR.UTF-8' }, 'pt'],
    [undefined, { LANG: 'fr' }, 'fr'],
    [undefined, { LANG: 'de_DE.UTF-8' }, 'es'],
    [undefined, { LANG: 'C.UTF-8' }, 'es'],
    [undefined, { LANG: 'POSIX' }, 'es'],
    [undefined, { LANG: 'en_US.UTF-8', LC_ALL: 'fr_CA.UTF-8' }, 'fr'],
    [undefined, { LANG: 'en_US.UTF-8', RIAL_LANGUAGE: 'pt' }, 'pt'],
    ['en', { LANG: 'fr_FR', RIAL_LANGUAGE: 'pt' }, 'en'],
  ] as const)('%s with %j is %s', (asked, env, language) => {
    expect(languageFrom(asked, env)).toBe(language);
  });

  test.each([
    ['de', {}],
    [undefined, { RIAL_LANGUAGE: 'español' }],
  ])('refuses %s with %j, and says which there are', (asked, env) => {
    expect(() => languageFrom(asked, env)).toThrow(UsageError);
    expect(() => languageFrom(asked, env)).toThrow(/es, en, pt, fr/);
  });
});

test.each(REQUEST_KINDS)(
  'a label of %s is said in each language, with its number where it has one',
  (kind) => {
    for (const language of LANGUAGES) {
      const label = requestLabel({ kind, item: 12 }, language);
      expect(label).not.toMatch(/[{}]/);
      expect(label.includes('12')).toBe(requestLabel({ kind, item: 13 }, 'es').includes('13'));
    }
  },
);
