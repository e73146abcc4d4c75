import type { Language } from '../../domain/language.ts';
import { joined } from '../lists.ts';
import { phraser } from '../phrase.ts';
import { type Article, GRAMMAR } from './grammar.ts';
import { type Form, nounIn } from './noun.ts';
import { stateName } from './states.ts';

/** What institutions are called within a sentence: "el MTPE del Perú", "de la OEA", "to the MLSS of Jamaica". */

export type Gender = 'masculine' | 'feminine';

/** What a programme says of an institution, as far as its name in a sentence depends on it. */
export type NamedInstitution = {
  name: string;
  acronym: string;
  country: string;
  role: 'requesting' | 'providing' | 'secretariat';
  /** Where the name does not tell. */
  gender?: Gender | undefined;
};

/** In the languages that have genders. */
type Genders = Readonly<Partial<Record<Language, Gender>>>;
const MASCULINE: Genders = { es: 'masculine', pt: 'masculine', fr: 'masculine' };
const FEMININE: Genders = { es: 'feminine', pt: 'feminine', fr: 'feminine' };

/** What an institution is tells its gender: the beginnings of the words for it in the four languages. */
const INSTITUTION_WORDS: readonly (readonly [word: RegExp, genders: Genders])[] = [
  [/^(vice-?)?minist/, MASCULINE],
  [/^(sub)?secretar/, { es: 'feminine', pt: 'feminine', fr: 'masculine' }],
  [/^d(e|é)part/, MASCULINE],
  [/^(direc|diret)/, FEMININE],
  [/^organi/, FEMININE],
  [/^institut/, MASCULINE],
  [/^agenc/, FEMININE],
  [/^servi[cç]/, MASCULINE],
  [/^(consejo|conselho|conseil|council)/, MASCULINE],
  [/^comm?is/, FEMININE],
  [/^oficina/, { es: 'feminine', pt: 'feminine', fr: 'masculine' }],
  [/^(office|bureau|escritorio)/, { es: 'feminine', pt: 'masculine', fr: 'masculine' }],
  [/^(superintend|autori|authori|inspe|defensor|unidad|unit|divis|funda|fondation|foundation)/, FEMININE],
  [/^(universi|federa|asocia|associa|confedera|coordina|coordena)/, FEMININE],
  [/^(centro|centre|center|program|gobierno|governo|gouvern|govern)/, MASCULINE],
];

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();

/** By the first word of the name that is known to stand for an institution; a name without one is masculine. */
function genderOf({ name, gender }: Pick<NamedInstitution, 'name' | 'gender'>, language: Language): Gender {
  if (gender) return gender;
  for (const word of folded(name).split(/[^a-z-]+/)) {
    const kind = INSTITUTION_WORDS.find(([beginning]) => beginning.test(word));
    if (kind) return kind[1][language] ?? 'masculine';
  }
  return 'masculine';
}

const ARTICLES: Readonly<Record<Gender, Article>> = { masculine: 'm', feminine: 'f' };

/** The acronyms of the OAS, of which a programme has the one of its own language. */
const OAS = /^(OEA|OAS)$/i;

/** "MTPE del Perú", and "OEA" for the secretariat, which is of no country; a country is not said twice. */
function label({ acronym, country, role }: NamedInstitution, language: Language): string {
  if (role === 'secretariat') return OAS.test(acronym) ? GRAMMAR[language].oas : acronym;
  return folded(acronym).includes(folded(stateName(country, language)))
    ? acronym
    : `${acronym} ${stateName(country, language, 'of')}`;
}

/**
 * An institution's name as it was written, and the secretariat's acronym where its name does not have it:
 * "Organización de los Estados Americanos (OEA)".
 */
export function institutionTitle(institution: NamedInstitution, language: Language): string {
  const { name, role } = institution;
  const acronym = institutionNamed(institution, language);
  return role !== 'secretariat' || name.includes(acronym)
    ? name
    : phraser('labels.party', language)('withAcronym', { name, acronym });
}

/**
 * What a cooperation between ministries is called where nobody gave it a title, by their names in full: "Cooperación
 * bilateral entre el Ministerio de Trabajo de Perú y el Ministerio de Trabajo de Chile". None as long as a side or a name
 * lacks.
 */
export function cooperationTitle(
  institutions: readonly Omit<NamedInstitution, 'acronym'>[],
  language: Language,
): string | undefined {
  const of = (role: NamedInstitution['role']) => institutions.filter((one) => one.role === role);
  const [requesting, providing] = [of('requesting'), of('providing')];
  const sides = [...requesting, ...providing];
  if (requesting.length === 0 || providing.length === 0 || sides.some(({ name }) => !name)) return undefined;
  const parties = joined(
    sides.map((one) => inFull(one, language)),
    language,
  );
  return phraser('labels.party', language)('cooperationTitle', { count: sides.length, parties });
}

/** "el Ministerio de Trabajo de Perú": the name with its article, and with the country where it does not say it. */
function inFull(institution: Omit<NamedInstitution, 'acronym'>, language: Language): string {
  const { name, country } = institution;
  const says = (one: Language) => folded(name).includes(folded(stateName(country, one)));
  const noun = {
    name:
      country === '' || (Object.keys(GRAMMAR) as Language[]).some(says)
        ? name
        : `${name} ${stateName(country, language, 'of')}`,
    article: ARTICLES[genderOf(institution, language)],
  };
  return nounIn(noun, language, 'the');
}

/** An institution in a form: "MTPE del Perú", "el MTPE del Perú", "del MTPE del Perú"; "la OEA", "the OAS". */
export const institutionNamed = (
  institution: NamedInstitution,
  language: Language,
  form: Form = 'plain',
): string =>
  nounIn(
    { name: label(institution, language), article: ARTICLES[genderOf(institution, language)] },
    language,
    form,
  );
