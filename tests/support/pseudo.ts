import { IntlMessageFormat } from 'intl-messageformat';
import { LANGUAGE_NAMES, LANGUAGES } from '../../src/domain/language.ts';
import { catalogueOf } from '../../src/words/catalogue.ts';
import { COMPILED } from '../../src/words/compiledMessages.ts';
import { areas } from '../../src/words/generate.ts';
import { CAPITAL_ZONES, cityName } from '../../src/words/names/cities.ts';
import { STATES } from '../../src/words/names/states.ts';
import type { CompiledMessage, Part } from '../../src/words/part.ts';

/**
 * A pseudo-language in place of English: each piece of text of its messages stands in brackets, «⟦Dear ⟧Ana⟦,⟧». A word
 * outside them is either a fact of the case or was written into the code.
 */

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

const bracketed = (text: string): string =>
  text.replace(/^(\s*)(.*?)(\s*)$/s, (whole, before, words, after) =>
    words === '' ? whole : `${before}⟦${words}⟧${after}`,
  );

/** A message in MessageFormat again, its texts in brackets. */
const printed = (elements: readonly Element[]): string => elements.map(printedOne).join('');

function printedOne(element: Element): string {
  if ('options' in element && element.options) {
    const how = 'pluralType' in element ? 'plural' : 'select';
    const options = Object.entries(element.options).map(([name, { value }]) => `${name} {${printed(value)}}`);
    return `{${element.value}, ${how}, ${options.join(' ')}}`;
  }
  if (!('value' in element)) return '#';
  return element.type === 0 ? bracketed(element.value) : `{${element.value}}`;
}

const bracketedParts = (parts: readonly Part[]): Part[] =>
  parts.map((part) => {
    if (typeof part === 'string') return bracketed(part);
    const how = 'select' in part ? 'select' : 'plural';
    const options = 'select' in part ? part.select : 'plural' in part ? part.plural : undefined;
    if (!options) return part;
    const bracketedOptions = Object.entries(options).map(([name, value]) => [name, bracketedParts(value)]);
    return { value: part.value, [how]: Object.fromEntries(bracketedOptions) } as Part;
  });

/** Puts the pseudo-language in the place of English, for as long as the process lives. */
export function speakPseudo(): void {
  for (const area of areas())
    for (const message of Object.values(catalogueOf(area, 'en'))) {
      const format = new IntlMessageFormat(message.defaultMessage, 'en', undefined, { ignoreTag: true });
      message.defaultMessage = printed(format.getAst());
    }
  for (const english of Object.values(COMPILED.en) as Record<string, CompiledMessage>[])
    for (const [key, message] of Object.entries(english))
      english[key] = typeof message === 'string' ? bracketed(message) : bracketedParts(message);
}

function datesByIntl(): string[] {
  const days = Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)));
  return (['long', 'short'] as const).flatMap((length) =>
    [{ weekday: length }, { month: length }].flatMap((options) =>
      ['en', 'en-GB'].flatMap((locale) => {
        const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
        return days.map((day) => format.format(day));
      }),
    ),
  );
}

/** Those of the texts that stand in another: an expression of all that is known takes as long as the rest of a test. */
const standingIn = (text: string, known: readonly { lower: string; as: string }[]): string[] => {
  const lower = text.toLowerCase();
  return known.flatMap((one) => (lower.includes(one.lower) ? [one.as] : []));
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What matches nothing. */
const NEVER = '(?!)';

/** Any of these texts, as whole words, the longest first. */
function alternatives(texts: readonly string[]): RegExp {
  const known = [...new Set(texts)].filter((text) => /\p{L}/u.test(text));
  const longestFirst = known.toSorted((one, other) => other.length - one.length).map(escaped);
  // An article, and the preposition before it, belong to the name (src/words/names/noun.ts).
  return new RegExp(
    `(?<![\\p{L}\\p{N}])(?:(?:of|to|by|in) )?(?:the )?(?:${[...longestFirst, NEVER].join('|')})(?![\\p{L}\\p{N}])`,
    'giu',
  );
}

/** What is no text of a catalogue, whatever the example: each with its reason. */
const ALLOWED: readonly [why: string, what: RegExp][] = [
  ['names of days and months are those of Intl', alternatives(datesByIntl())],
  [
    'times of day, numbers and sizes are written by src/words/dates/clock.ts',
    /(?<!\p{L})(?:a\.m\.|p\.m\.|(?:noon|h|min|kB|MB|UTC)(?!\p{L}))/gu,
  ],
  ['lists are joined by Intl', /(?<=[⟧\s])(?:and|or)(?=[\s⟦])/g],
  [
    'each language of the site has its own name',
    alternatives([...LANGUAGES, ...Object.values(LANGUAGE_NAMES)]),
  ],
  [
    'the network, its Secretariat and the formats of files have names of their own',
    /\b(?:(?:(?:of|to|by|in) )?the )?(?:RIAL|OAS|PDF|Word)\b/gi,
  ],
];
const ADDRESS = /(?:https?:\/\/|[^\s⟦⟧<(]+@)[^\s⟦⟧>)]+/g;
/** The same of what is found before anything else, since a fact may stand within it. */
const ALLOWED_WHOLE: readonly [why: string, what: RegExp][] = [
  ['addresses are written as they are', ADDRESS],
  ['headers of mails are as they were sent', /=\?UTF-8\?Q\?[^?]*\?=/g],
  ['files are called by people, and by their kind', /[\p{L}\p{N}_-]+\.(?:pdf|docx|txt|yaml)\b/gu],
];

const PLACES = [
  ...Object.values(STATES).map(({ en }) => en.name),
  ...CAPITAL_ZONES.map((zone) => cityName(zone, 'en')),
];

/** In one line, quoted lines of mails too. */
const spaced = (text: string): string => text.replaceAll(/\n> /g, ' ').replaceAll(/[\s\u00a0]+/g, ' ');

/** Every text that a value holds, line by line. */
export function allTextsOf(value: unknown): string[] {
  // An address within a text is taken out of it before.
  if (typeof value === 'string')
    return [value, ...value.split('\n').flatMap((line) => [line, ...line.split(ADDRESS)])].map((one) =>
      spaced(one).trim(),
    );
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(allTextsOf) : [];
}

/** The same without codes (`answered`, `per-mtpe`): a lower-case word alone is none of the example's facts. */
export const textsOf = (value: unknown): string[] =>
  allTextsOf(value).filter((text) => !/^[a-z]+(?:-[a-z]+)*$/.test(text));

const whats = (allowed: readonly [why: string, what: RegExp][]): RegExp[] => allowed.map(([, what]) => what);

/**
 * Finds the words of a text that neither come from a catalogue nor are facts.
 *
 * @param facts what the example tells by itself: names, titles, codes, what people wrote
 */
export function strayWords(facts: readonly string[]): (text: string) => string[] {
  const known = [...new Set([...facts, ...PLACES])].map((as) => ({ as, lower: as.toLowerCase() }));
  const without = (text: string, patterns: readonly RegExp[]): string =>
    patterns.reduce((left, pattern) => left.replaceAll(pattern, '⟦⟧'), text);
  /** A long fact may be shown by a part of it: "presentará de manera …". */
  const isPart = (piece: string): boolean =>
    /^…|…$/.test(piece) && facts.some((fact) => spaced(fact).includes(piece.replace(/^…|…$/g, '').trim()));
  return (text) => {
    const unbracketed = without(spaced(text), [/⟦[^⟦⟧]*⟧/g, ...whats(ALLOWED_WHOLE)]);
    const pieces = without(unbracketed, [alternatives(standingIn(unbracketed, known)), ...whats(ALLOWED)])
      .split('⟦⟧')
      .map((piece) => piece.trim());
    return [...new Set(pieces.filter((piece) => /\p{L}/u.test(piece) && !isPart(piece)))];
  };
}

/**
 * What a reader sees and hears of a page or mail: its texts, and the attributes that are read out; without what they
 * have written themselves, and what is to be typed into a terminal.
 */
export function visibleText(html: string): string {
  const body = html
    // What was searched for is marked within words of others.
    .replaceAll(/<\/?mark>/g, '')
    .replaceAll(/<(script|style|svg|textarea|code)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, ' ')
    // A mail that is shown beforehand is in its reader's language.
    .replaceAll(/<div class="govuk-inset-text" lang="(?!en")[a-z]+">[\s\S]*?<\/div>/g, ' ');
  const read = [...body.matchAll(/\b(?:alt|title|aria-label|placeholder|data-[a-z]+ing)="([^"]*)"/g)].map(
    ([, text = '']) => text,
  );
  return [body.replaceAll(/<[^>]*>/g, ' '), ...read]
    .join(' ')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name] ?? ' ');
}
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
};
