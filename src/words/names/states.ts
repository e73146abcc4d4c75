import type { Language } from '../../domain/language.ts';
import { formats } from '../../domain/programme/formats.ts';
import {
  bare,
  type Form,
  feminine,
  femininePlural,
  isElided,
  masculine,
  masculinePlural,
  type Noun,
  nounIn,
} from './noun.ts';

/**
 * The short names of the 35 states of the Americas, as the documents of the OAS have them ("Saint Kitts y Nevis",
 * "Trinité-et-Tobago", "Grenada" and "Belize" in Spanish), by their ISO 3166 letters.
 *
 * In Spanish, those names carry an article that carry it in the acts of the OAS's General Assembly and Permanent
 * Council: la Argentina, el Brasil, el Ecuador, el Paraguay, el Perú, el Uruguay, and the names in the plural or with
 * a common noun; the others stand bare. Portuguese and French follow their general use.
 */
export const STATES: Readonly<Record<string, Readonly<Record<Language, Noun>>>> = {
  AG: {
    es: bare('Antigua y Barbuda'),
    en: bare('Antigua and Barbuda'),
    pt: bare('Antígua e Barbuda'),
    fr: bare('Antigua-et-Barbuda'),
  },
  AR: {
    es: feminine('Argentina'),
    en: bare('Argentina'),
    pt: feminine('Argentina'),
    fr: feminine('Argentine'),
  },
  BB: { es: bare('Barbados'), en: bare('Barbados'), pt: bare('Barbados'), fr: feminine('Barbade') },
  BO: { es: bare('Bolivia'), en: bare('Bolivia'), pt: feminine('Bolívia'), fr: feminine('Bolivie') },
  BR: { es: masculine('Brasil'), en: bare('Brazil'), pt: masculine('Brasil'), fr: masculine('Brésil') },
  BS: {
    es: femininePlural('Bahamas'),
    en: femininePlural('Bahamas'),
    pt: femininePlural('Bahamas'),
    fr: femininePlural('Bahamas'),
  },
  BZ: { es: bare('Belize'), en: bare('Belize'), pt: bare('Belize'), fr: masculine('Belize') },
  CA: { es: bare('Canadá'), en: bare('Canada'), pt: masculine('Canadá'), fr: masculine('Canada') },
  CL: { es: bare('Chile'), en: bare('Chile'), pt: masculine('Chile'), fr: masculine('Chili') },
  CO: { es: bare('Colombia'), en: bare('Colombia'), pt: feminine('Colômbia'), fr: feminine('Colombie') },
  CR: {
    es: bare('Costa Rica'),
    en: bare('Costa Rica'),
    pt: feminine('Costa Rica'),
    fr: masculine('Costa Rica'),
  },
  CU: { es: bare('Cuba'), en: bare('Cuba'), pt: bare('Cuba'), fr: bare('Cuba') },
  DM: { es: bare('Dominica'), en: bare('Dominica'), pt: feminine('Dominica'), fr: feminine('Dominique') },
  DO: {
    es: feminine('República Dominicana'),
    en: feminine('Dominican Republic'),
    pt: feminine('República Dominicana'),
    fr: feminine('République dominicaine'),
  },
  EC: { es: masculine('Ecuador'), en: bare('Ecuador'), pt: masculine('Equador'), fr: masculine('Équateur') },
  GD: { es: bare('Grenada'), en: bare('Grenada'), pt: bare('Granada'), fr: feminine('Grenade') },
  GT: { es: bare('Guatemala'), en: bare('Guatemala'), pt: feminine('Guatemala'), fr: masculine('Guatemala') },
  GY: { es: bare('Guyana'), en: bare('Guyana'), pt: feminine('Guiana'), fr: masculine('Guyana') },
  HN: { es: bare('Honduras'), en: bare('Honduras'), pt: bare('Honduras'), fr: masculine('Honduras') },
  HT: {
    es: bare('Haití'),
    en: bare('Haiti'),
    pt: masculine('Haiti'),
    fr: { name: 'Haïti', elided: true },
  },
  JM: { es: bare('Jamaica'), en: bare('Jamaica'), pt: feminine('Jamaica'), fr: feminine('Jamaïque') },
  KN: {
    es: bare('Saint Kitts y Nevis'),
    en: bare('Saint Kitts and Nevis'),
    pt: bare('Saint Kitts e Nevis'),
    fr: bare('Saint-Kitts-et-Nevis'),
  },
  LC: { es: bare('Santa Lucía'), en: bare('Saint Lucia'), pt: bare('Santa Lúcia'), fr: bare('Sainte-Lucie') },
  MX: { es: bare('México'), en: bare('Mexico'), pt: masculine('México'), fr: masculine('Mexique') },
  NI: { es: bare('Nicaragua'), en: bare('Nicaragua'), pt: feminine('Nicarágua'), fr: masculine('Nicaragua') },
  PA: { es: bare('Panamá'), en: bare('Panama'), pt: masculine('Panamá'), fr: masculine('Panama') },
  PE: { es: masculine('Perú'), en: bare('Peru'), pt: masculine('Peru'), fr: masculine('Pérou') },
  PY: {
    es: masculine('Paraguay'),
    en: bare('Paraguay'),
    pt: masculine('Paraguai'),
    fr: masculine('Paraguay'),
  },
  SR: { es: bare('Suriname'), en: bare('Suriname'), pt: masculine('Suriname'), fr: masculine('Suriname') },
  SV: {
    es: bare('El Salvador'),
    en: bare('El Salvador'),
    pt: bare('El Salvador'),
    fr: bare('El Salvador'),
  },
  TT: {
    es: bare('Trinidad y Tobago'),
    en: bare('Trinidad and Tobago'),
    pt: bare('Trinidad e Tobago'),
    fr: bare('Trinité-et-Tobago'),
  },
  US: {
    es: masculinePlural('Estados Unidos'),
    en: masculinePlural('United States'),
    pt: masculinePlural('Estados Unidos'),
    fr: masculinePlural('États-Unis'),
  },
  UY: { es: masculine('Uruguay'), en: bare('Uruguay'), pt: masculine('Uruguai'), fr: masculine('Uruguay') },
  VC: {
    es: bare('San Vicente y las Granadinas'),
    en: bare('Saint Vincent and the Grenadines'),
    pt: bare('São Vicente e Granadinas'),
    fr: bare('Saint-Vincent-et-Grenadines'),
  },
  VE: { es: bare('Venezuela'), en: bare('Venezuela'), pt: feminine('Venezuela'), fr: masculine('Venezuela') },
};

/** French says "en" before feminine names and vowels, but "à" of islands, and "en" of these that stand bare. */
const FRENCH_AT: ReadonlySet<string> = new Set(['BB', 'DM', 'GD', 'JM']);
const FRENCH_IN: ReadonlySet<string> = new Set(['HT', 'SV']);

function inFrench(country: string, noun: Noun): string {
  const singular = noun.article === 'm' || noun.article === 'f';
  const isIn = singular
    ? isElided(noun) || (noun.article === 'f' && !FRENCH_AT.has(country))
    : FRENCH_IN.has(country);
  return isIn ? `en ${noun.name}` : nounIn(noun, 'fr', 'in');
}

/** Languages in which the word for being in a state depends on which it is. */
const AT_STATES: Partial<Record<Language, (country: string, noun: Noun) => string>> = { fr: inFrench };

/**
 * A state's name: `stateName('PE', 'es')` is "Perú", `stateName('PE', 'es', 'of')` is "del Perú". One of another
 * continent has the name that Unicode's CLDR gives it, and stands bare.
 */
export function stateName(country: string, language: Language, form: Form = 'plain'): string {
  const noun = STATES[country]?.[language] ?? bare(OTHERS(language, 'region').of(country) ?? country);
  return (form === 'in' && AT_STATES[language]?.(country, noun)) || nounIn(noun, language, form);
}
const OTHERS = formats((language) => new Intl.DisplayNames([language], { type: 'region' }));
