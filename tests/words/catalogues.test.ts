import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { REQUEST_KINDS } from '../../src/domain/kinds/index.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { catalogueOf } from '../../src/words/catalogue.ts';
import { COMPILED } from '../../src/words/compiledMessages.ts';
import { areas, messagesOf, messagesSource, placeholdersOf } from '../../src/words/generate.ts';
import { joined } from '../../src/words/lists.ts';
import { COMPILED_NAMESPACES } from '../../src/words/part.ts';
import { phraser } from '../../src/words/phrase.ts';
import { isKey, speaker } from '../../src/words/speaker.ts';

type Node = { type: number; value?: string; options?: Record<string, { value: Node[] }> };
/** The values that a message shows; those it only chooses its words by may differ between languages. */
function shown(nodes: Node[], plural = ''): string[] {
  return nodes.flatMap(({ type, value = '', options = {} }): string[] => {
    // 1: {x}, 2: {x, number}, 7: the # of a plural
    if (type === 1 || type === 2) return [value];
    if (type === 7) return [plural];
    return Object.values(options).flatMap((option) => shown(option.value, value));
  });
}
/** A name is put into a sentence in the form that the language needs there: {theParty}, {toParty} are the same value. */
const withoutForm = (value: string): string =>
  value.replace(/^(the|The|of|to|by|in)(?=[A-Z])/, '').replace(/^./, (first) => first.toLowerCase());
const valuesIn = (message: string, language: string): string[] => {
  const ast = new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst() as Node[];
  return [...new Set(shown(ast).map(withoutForm))].sort();
};

/** The quotation marks of other languages. */
const OTHER_QUOTES = { es: /[“”]/, en: /[«»]/, pt: /[«»]/, fr: /[“”]/ };

describe.each(areas())('the catalogue %s', (area) => {
  const spanish = catalogueOf(area, 'es');

  test('has the same messages in each language, none of them empty', () => {
    for (const language of LANGUAGES) {
      const catalogue = catalogueOf(area, language);
      expect(Object.keys(catalogue), language).toEqual(Object.keys(spanish));
      for (const [id, { defaultMessage }] of Object.entries(catalogue))
        expect(defaultMessage.trim(), id).not.toBe('');
    }
  });

  test('is described to translators, message by message', () => {
    for (const [id, { description = '' }] of Object.entries(spanish))
      expect(description.length, id).toBeGreaterThan(7);
  });

  test('shows the same values in each language', () => {
    for (const [id, { defaultMessage }] of Object.entries(spanish))
      for (const language of LANGUAGES) {
        const translated = catalogueOf(area, language)[id]?.defaultMessage ?? '';
        expect(valuesIn(translated, language), `${id} ${language}`).toEqual(valuesIn(defaultMessage, 'es'));
      }
  });

  test('is set as it would be printed', () => {
    for (const language of LANGUAGES)
      for (const [id, { defaultMessage }] of Object.entries(catalogueOf(area, language))) {
        // A straight apostrophe would start a quotation in MessageFormat, and lose the value after it.
        expect(defaultMessage, `${id} ${language}`).not.toMatch(/'/);
        expect(defaultMessage, `${id} ${language}`).not.toMatch(/\.\.\.|\S {2}/);
        expect(defaultMessage, `${id} ${language}`).not.toMatch(OTHER_QUOTES[language]);
        // French sets a space before these; it must not break.
        if (language === 'fr')
          expect(defaultMessage, id).not.toMatch(/[^\s\u00a0\u202f][;!?»]|[ ][;:!?»](?!\w)/u);
      }
  });
});

test('one text has one translation, unless the description of one says why it is apart', () => {
  const known = new Map<string, { id: string; translations: string }>();
  const different: string[] = [];
  for (const area of areas())
    for (const [key, { defaultMessage, description = '' }] of Object.entries(catalogueOf(area, 'es'))) {
      const translations = LANGUAGES.map((language) => catalogueOf(area, language)[key]?.defaultMessage);
      const id = `${area}.${key}`;
      const before = known.get(defaultMessage);
      if (/apart because/i.test(description)) continue;
      if (before && before.translations !== translations.join('\n')) different.push(`${before.id} and ${id}`);
      known.set(defaultMessage, before ?? { id, translations: translations.join('\n') });
    }
  expect(different).toEqual([]);
});

test('the types of messages are those of the catalogues', () => {
  const file = fileURLToPath(new URL('../../src/words/messages.ts', import.meta.url));
  const squeezed = (source: string): string => source.replace(/['"]|\s+/g, '').replaceAll(';}', '}');
  expect(squeezed(readFileSync(file, 'utf8')) === squeezed(messagesSource()), 'run: npm run words').toBe(
    true,
  );
});

describe('what workflows say', () => {
  test.each(COMPILED_NAMESPACES)('is the catalogue’s %s, message by message', (namespace) => {
    for (const language of LANGUAGES)
      for (const [id, message] of messagesOf(namespace, language)) {
        const values = Object.fromEntries(
          [...placeholdersOf(message, language).keys()].map((name) => [name, 3]),
        );
        const phrase = phraser(namespace as 'labels.step', language);
        const expected = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
        const key = id.slice(namespace.length + 1) as 'documents';
        expect(phrase(key, values), id).toBe(String(expected.format(values)));
      }
  });

  test('holds nothing else', () => {
    for (const language of LANGUAGES) {
      const said = Object.entries(COMPILED[language]).flatMap(([namespace, messages]) =>
        Object.keys(messages).map((key) => `${namespace}.${key}`),
      );
      expect(said).toEqual(
        COMPILED_NAMESPACES.flatMap((namespace) => messagesOf(namespace, language)).map(([id]) => id),
      );
    }
  });
});

test('every kind of request has a lead', () => {
  for (const kind of REQUEST_KINDS) expect(isKey('brief.lead', kind)).toBe(true);
});

describe('saying a message', () => {
  test('inserts a value as it is, even one that looks like MessageFormat or markup', () => {
    const name = "{n, plural, other {#}} '{name}' <b>";
    expect(speaker('mail.frame', 'en')('greeting', { name })).toBe(`Dear ${name},`);
  });

  test('throws where a value is missing', () => {
    expect(() => speaker('mail.frame', 'en')('greeting', {} as { name: string })).toThrow(/name/);
  });

  test('joins as the language does', () => {
    expect(joined(['A', 'B', 'C'], 'es', 'or')).toBe('A, B o C');
    expect(joined(['A', 'B', 'C'], 'en')).toBe('A, B and C');
    expect(joined(['Perú', 'Israel'], 'es')).toBe('Perú e Israel');
  });
});
