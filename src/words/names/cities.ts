import type { Language } from '../../domain/language.ts';
import { bare, type Form, feminine, type Noun, nounIn } from './noun.ts';

/**
 * What a capital's clock is called. The IANA list names zones after their largest city (`America/New_York`);
 * a ministry expects its own capital (Washington). One entry for each member state of the OAS.
 */

type City = Readonly<Record<Language, Noun>>;

const city = (es: string, en = es, pt = es, fr = es): City => ({
  es: bare(es),
  en: bare(en),
  pt: bare(pt),
  fr: bare(fr),
});
/** A city that is called one: "la Ciudad de México". */
const called = (es: string, en: string, pt: string, fr: string): City => ({
  es: feminine(es),
  en: bare(en),
  pt: feminine(pt),
  fr: bare(fr),
});

const CITIES: Readonly<Record<string, City>> = {
  'America/Antigua': city('Saint John’s', 'St. John’s', 'Saint John’s', 'Saint John’s'),
  'America/Argentina/Buenos_Aires': city('Buenos Aires'),
  'America/Asuncion': city('Asunción', 'Asunción', 'Assunção', 'Asunción'),
  'America/Barbados': city('Bridgetown'),
  'America/Belize': city('Belmopán', 'Belmopan', 'Belmopan', 'Belmopan'),
  'America/Bogota': city('Bogotá', 'Bogotá', 'Bogotá', 'Bogota'),
  'America/Caracas': city('Caracas'),
  'America/Costa_Rica': city('San José', 'San José', 'São José', 'San José'),
  'America/Dominica': city('Roseau'),
  'America/El_Salvador': city('San Salvador'),
  'America/Grenada': city('Saint George’s', 'St. George’s', 'Saint George’s', 'Saint-Georges'),
  'America/Guatemala': called('Ciudad de Guatemala', 'Guatemala City', 'Cidade da Guatemala', 'Guatemala'),
  'America/Guayaquil': city('Quito'),
  'America/Guyana': city('Georgetown'),
  'America/Havana': city('La Habana', 'Havana', 'Havana', 'La Havane'),
  'America/Jamaica': city('Kingston'),
  'America/La_Paz': city('La Paz'),
  'America/Lima': city('Lima'),
  'America/Managua': city('Managua', 'Managua', 'Manágua', 'Managua'),
  'America/Mexico_City': called('Ciudad de México', 'Mexico City', 'Cidade do México', 'Mexico'),
  'America/Montevideo': city('Montevideo', 'Montevideo', 'Montevidéu', 'Montevideo'),
  'America/Nassau': city('Nasáu', 'Nassau', 'Nassau', 'Nassau'),
  'America/New_York': city('Washington'),
  'America/Panama': called('Ciudad de Panamá', 'Panama City', 'Cidade do Panamá', 'Panama'),
  'America/Paramaribo': city('Paramaribo'),
  'America/Port-au-Prince': city('Puerto Príncipe', 'Port-au-Prince', 'Porto Príncipe', 'Port-au-Prince'),
  'America/Port_of_Spain': city('Puerto España', 'Port of Spain', 'Porto Espanha', 'Port-d’Espagne'),
  'America/Santiago': city('Santiago'),
  'America/Santo_Domingo': city('Santo Domingo', 'Santo Domingo', 'São Domingos', 'Saint-Domingue'),
  'America/Sao_Paulo': city('Brasilia', 'Brasília', 'Brasília', 'Brasilia'),
  'America/St_Kitts': city('Basseterre'),
  'America/St_Lucia': city('Castries'),
  'America/St_Vincent': city('Kingstown'),
  'America/Tegucigalpa': city('Tegucigalpa'),
  'America/Toronto': city('Ottawa'),
};

/** The zones of the OAS member states' capitals. */
export const CAPITAL_ZONES: readonly string[] = Object.keys(CITIES);

/**
 * `cityName('America/New_York', 'es')` is "Washington", `cityName('America/Mexico_City', 'es', 'of')` is "de la
 * Ciudad de México"; a zone that is no capital's is named after its own city.
 */
export const cityName = (timeZone: string, language: Language, form: Form = 'plain'): string =>
  nounIn(
    CITIES[timeZone]?.[language] ?? bare((timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')),
    language,
    form,
  );

/** What a message is given of a city: `{city}`, `{ofCity}`. */
export const cityForms = (timeZone: string, language: Language) => ({
  city: cityName(timeZone, language),
  ofCity: cityName(timeZone, language, 'of'),
});
