import type { Language } from '../../domain/language.ts';

/**
 * What languages differ in beside their words: what stands before a name, how a time of day, a number and the first of
 * a month are written. One entry a language; whoever needs to know reads it here, and asks for no language by name.
 */

export type TimeOfDay = { hour: number; minute: number };

/** The article a name takes: its gender and number. A name without one stands bare: "Chile". */
export type Article = 'm' | 'f' | 'm-plural' | 'f-plural';

/** What stands before a name by its article, the space included. */
type Words = { bare: string } & Record<Article, string>;
/** The article by itself, and grown together with the prepositions of, to, by and in. */
type Before = Record<'the' | 'of' | 'to' | 'by' | 'in', Words>;

type Grammar = {
  /** The locale of the program's own formats: what numbers and lists look like. */
  formats: string;
  /** The region whose spelling, and Word's proofing, the language follows; older versions of Word know no es-419. */
  spelling: string;
  time: (time: TimeOfDay) => string;
  firstOfMonth: string;
  /** The acronym of the Organization of American States. */
  oas: string;
  /** The unit of a size. */
  byte: string;
  before: Before;
  /** What stands before a vowel in place of those, where the language has that. */
  elided?: Record<keyof Before, { bare: string; singular: string }>;
};

const NBSP = '\u00a0';
const two = (number: number): string => String(number).padStart(2, '0');

/** English has one article, whatever the gender. */
const english = (preposition: string): Words => {
  const the = `${preposition}the `;
  return { bare: preposition, m: the, f: the, 'm-plural': the, 'f-plural': the };
};
const words = (bare: string, m: string, f: string, mPlural: string, fPlural: string): Words => ({
  bare,
  m,
  f,
  'm-plural': mPlural,
  'f-plural': fPlural,
});

export const GRAMMAR: Readonly<Record<Language, Grammar>> = {
  es: {
    formats: 'es',
    spelling: 'es-MX',
    time: ({ hour, minute }) => `${two(hour)}:${two(minute)}`,
    firstOfMonth: '1',
    oas: 'OEA',
    byte: 'B',
    before: {
      the: words('', 'el ', 'la ', 'los ', 'las '),
      of: words('de ', 'del ', 'de la ', 'de los ', 'de las '),
      to: words('a ', 'al ', 'a la ', 'a los ', 'a las '),
      by: words('por ', 'por el ', 'por la ', 'por los ', 'por las '),
      in: words('en ', 'en el ', 'en la ', 'en los ', 'en las '),
    },
  },
  en: {
    // The OAS writes British English: no comma before the last item of a list.
    formats: 'en-GB',
    spelling: 'en-GB',
    time: ({ hour, minute }) =>
      hour === 12 && minute === 0
        ? `12:00${NBSP}noon`
        : `${hour % 12 || 12}:${two(minute)}${NBSP}${hour < 12 ? 'a.m.' : 'p.m.'}`,
    firstOfMonth: '1',
    oas: 'OAS',
    byte: 'B',
    before: {
      the: english(''),
      of: english('of '),
      to: english('to '),
      by: english('by '),
      in: english('in '),
    },
  },
  pt: {
    formats: 'pt',
    spelling: 'pt-BR',
    time: ({ hour, minute }) => (minute === 0 ? `${hour}h` : `${hour}h${two(minute)}`),
    firstOfMonth: '1º',
    oas: 'OEA',
    byte: 'B',
    before: {
      the: words('', 'o ', 'a ', 'os ', 'as '),
      of: words('de ', 'do ', 'da ', 'dos ', 'das '),
      to: words('a ', 'ao ', 'à ', 'aos ', 'às '),
      by: words('por ', 'pelo ', 'pela ', 'pelos ', 'pelas '),
      in: words('em ', 'no ', 'na ', 'nos ', 'nas '),
    },
  },
  fr: {
    formats: 'fr',
    spelling: 'fr-FR',
    time: ({ hour, minute }) => (minute === 0 ? `${hour}${NBSP}h` : `${hour}${NBSP}h${NBSP}${two(minute)}`),
    firstOfMonth: '1er',
    oas: 'OEA',
    byte: 'o',
    before: {
      the: words('', 'le ', 'la ', 'les ', 'les '),
      of: words('de ', 'du ', 'de la ', 'des ', 'des '),
      to: words('à ', 'au ', 'à la ', 'aux ', 'aux '),
      by: words('par ', 'par le ', 'par la ', 'par les ', 'par les '),
      in: words('à ', 'au ', 'à la ', 'aux ', 'aux '),
    },
    elided: {
      the: { bare: '', singular: 'l’' },
      of: { bare: 'd’', singular: 'de l’' },
      to: { bare: 'à ', singular: 'à l’' },
      by: { bare: 'par ', singular: 'par l’' },
      in: { bare: 'à ', singular: 'à l’' },
    },
  },
};
