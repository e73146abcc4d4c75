import { formats } from './formats.ts';
import type { Language, Translated } from './language.ts';
import type { Programme } from './programme.ts';
import { CONSULTANT } from './programme.ts';

/** Who can be asked: an institution of the cooperation, or its consultant. Holds nobody's name. */
export type Party = {
  /** The institution's id in the programme file, or `consultant`. */
  code: string;
  /** What staff read, such as "MTPE Perú". */
  label: string;
  role: 'requesting' | 'providing' | 'secretariat' | 'consultant';
  /** ISO 3166 letters, for its holidays. */
  country: string;
  /** IANA zone of its capital. */
  timeZone: string;
};

/** What the consultant is called. */
export const CONSULTANT_LABEL: Translated = {
  es: 'consultor(a)',
  en: 'consultant',
  pt: 'consultor(a)',
  fr: 'consultant(e)',
};

/** A country's name in a language: `countryName('PE', 'es')` is "Perú". */
export const countryName = (country: string, language: Language): string =>
  NAMES(language, 'region').of(country) ?? country;
const NAMES = formats((language) => new Intl.DisplayNames([language], { type: 'region' }));

/** The countries of a side, in the file's order: ISO 3166 letters. */
export const countriesOf = (file: Pick<Programme, 'institutions'>, role: Party['role']): string[] =>
  file.institutions.filter((institution) => institution.role === role).map(({ country }) => country);

/** What an institution is called in a line: "MTPE Perú", and "OEA" for the secretariat, which is of no country. */
export const institutionLabel = (
  institution: { acronym: string; country: string; role: Party['role'] },
  language: Language,
): string =>
  institution.role === 'secretariat'
    ? institution.acronym
    : `${institution.acronym} ${countryName(institution.country, language)}`;

/** The parties of a programme, in the file's order, the consultant last. */
export function partiesOf(file: Programme): Party[] {
  const institutions = file.institutions.map(
    (institution): Party => ({
      code: institution.id,
      label: institutionLabel(institution, file.language),
      role: institution.role,
      country: institution.country,
      timeZone: institution.timezone,
    }),
  );
  const secretariat = institutions.find(({ role }) => role === 'secretariat') as Party;
  return [
    ...institutions,
    {
      code: CONSULTANT,
      label: CONSULTANT_LABEL[file.language],
      role: 'consultant',
      country: secretariat.country,
      timeZone: file.systematization.consultant?.timezone ?? secretariat.timeZone,
    },
  ];
}

/** "Perú ← Chile": who asks, and who has the experience. */
export function pairing(file: Programme): string {
  const countries = (role: Party['role']) =>
    countriesOf(file, role)
      .map((country) => countryName(country, file.language))
      .join(', ');
  return `${countries('requesting')} ← ${countries('providing')}`;
}
