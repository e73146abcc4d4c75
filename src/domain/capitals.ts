import type { Language, Translated } from './language.ts';

/**
 * What a capital's clock is called. The IANA list names zones after their largest city (`America/New_York`);
 * a ministry expects its own capital (Washington). One entry for each member state of the OAS.
 */

const same = (name: string): Translated => ({ es: name, en: name, pt: name, fr: name });

const CAPITALS: Readonly<Record<string, Translated>> = {
  'America/Antigua': { es: 'Saint John’s', en: 'St. John’s', pt: 'Saint John’s', fr: 'Saint John’s' },
  'America/Argentina/Buenos_Aires': same('Buenos Aires'),
  'America/Asuncion': { es: 'Asunción', en: 'Asunción', pt: 'Assunção', fr: 'Asunción' },
  'America/Barbados': same('Bridgetown'),
  'America/Belize': { es: 'Belmopán', en: 'Belmopan', pt: 'Belmopan', fr: 'Belmopan' },
  'America/Bogota': { es: 'Bogotá', en: 'Bogotá', pt: 'Bogotá', fr: 'Bogota' },
  'America/Caracas': same('Caracas'),
  'America/Costa_Rica': { es: 'San José', en: 'San José', pt: 'São José', fr: 'San José' },
  'America/Dominica': same('Roseau'),
  'America/El_Salvador': same('San Salvador'),
  'America/Grenada': { es: 'Saint George’s', en: 'St. George’s', pt: 'Saint George’s', fr: 'Saint-Georges' },
  'America/Guatemala': {
    es: 'Ciudad de Guatemala',
    en: 'Guatemala City',
    pt: 'Cidade da Guatemala',
    fr: 'Guatemala',
  },
  'America/Guayaquil': same('Quito'),
  'America/Guyana': same('Georgetown'),
  'America/Havana': { es: 'La Habana', en: 'Havana', pt: 'Havana', fr: 'La Havane' },
  'America/Jamaica': same('Kingston'),
  'America/La_Paz': same('La Paz'),
  'America/Lima': same('Lima'),
  'America/Managua': { es: 'Managua', en: 'Managua', pt: 'Manágua', fr: 'Managua' },
  'America/Mexico_City': {
    es: 'Ciudad de México',
    en: 'Mexico City',
    pt: 'Cidade do México',
    fr: 'Mexico',
  },
  'America/Montevideo': { es: 'Montevideo', en: 'Montevideo', pt: 'Montevidéu', fr: 'Montevideo' },
  'America/Nassau': { es: 'Nasáu', en: 'Nassau', pt: 'Nassau', fr: 'Nassau' },
  'America/New_York': same('Washington'),
  'America/Panama': {
    es: 'Ciudad de Panamá',
    en: 'Panama City',
    pt: 'Cidade do Panamá',
    fr: 'Panama',
  },
  'America/Paramaribo': same('Paramaribo'),
  'America/Port-au-Prince': {
    es: 'Puerto Príncipe',
    en: 'Port-au-Prince',
    pt: 'Porto Príncipe',
    fr: 'Port-au-Prince',
  },
  'America/Port_of_Spain': {
    es: 'Puerto España',
    en: 'Port of Spain',
    pt: 'Porto Espanha',
    fr: 'Port-d’Espagne',
  },
  'America/Santiago': same('Santiago'),
  'America/Santo_Domingo': {
    es: 'Santo Domingo',
    en: 'Santo Domingo',
    pt: 'São Domingos',
    fr: 'Saint-Domingue',
  },
  'America/Sao_Paulo': { es: 'Brasilia', en: 'Brasília', pt: 'Brasília', fr: 'Brasilia' },
  'America/St_Kitts': { es: 'Basseterre', en: 'Basseterre', pt: 'Basseterre', fr: 'Basseterre' },
  'America/St_Lucia': same('Castries'),
  'America/St_Vincent': same('Kingstown'),
  'America/Tegucigalpa': same('Tegucigalpa'),
  'America/Toronto': same('Ottawa'),
};

/** The zones of the OAS member states' capitals. */
export const CAPITAL_ZONES: readonly string[] = Object.keys(CAPITALS);

/** `capital('America/New_York', 'es')` is "Washington"; a zone that is no capital's is named after its own city. */
export const capital = (timeZone: string, language: Language): string =>
  CAPITALS[timeZone]?.[language] ?? (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
