import { describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { CAPITAL_ZONES, cityName } from '../../src/words/names/cities.ts';
import { institutionNamed, type NamedInstitution } from '../../src/words/names/institutions.ts';
import { type Form, NOUN_FORMS } from '../../src/words/names/noun.ts';
import { STATES, stateName } from '../../src/words/names/states.ts';

const inAll = (say: (language: Language) => string): string[] => LANGUAGES.map(say);

describe('states', () => {
  // The whole table, in es, en, pt and fr; an article shows in the preposition.
  it.each([
    ['AG', 'de Antigua y Barbuda', 'of Antigua and Barbuda', 'de Antígua e Barbuda', 'd’Antigua-et-Barbuda'],
    ['AR', 'de la Argentina', 'of Argentina', 'da Argentina', 'de l’Argentine'],
    ['BB', 'de Barbados', 'of Barbados', 'de Barbados', 'de la Barbade'],
    ['BO', 'de Bolivia', 'of Bolivia', 'da Bolívia', 'de la Bolivie'],
    ['BR', 'del Brasil', 'of Brazil', 'do Brasil', 'du Brésil'],
    ['BS', 'de las Bahamas', 'of the Bahamas', 'das Bahamas', 'des Bahamas'],
    ['BZ', 'de Belize', 'of Belize', 'de Belize', 'du Belize'],
    ['CA', 'de Canadá', 'of Canada', 'do Canadá', 'du Canada'],
    ['CL', 'de Chile', 'of Chile', 'do Chile', 'du Chili'],
    ['CO', 'de Colombia', 'of Colombia', 'da Colômbia', 'de la Colombie'],
    ['CR', 'de Costa Rica', 'of Costa Rica', 'da Costa Rica', 'du Costa Rica'],
    ['CU', 'de Cuba', 'of Cuba', 'de Cuba', 'de Cuba'],
    ['DM', 'de Dominica', 'of Dominica', 'da Dominica', 'de la Dominique'],
    [
      'DO',
      'de la República Dominicana',
      'of the Dominican Republic',
      'da República Dominicana',
      'de la République dominicaine',
    ],
    ['EC', 'del Ecuador', 'of Ecuador', 'do Equador', 'de l’Équateur'],
    ['GD', 'de Grenada', 'of Grenada', 'de Granada', 'de la Grenade'],
    ['GT', 'de Guatemala', 'of Guatemala', 'da Guatemala', 'du Guatemala'],
    ['GY', 'de Guyana', 'of Guyana', 'da Guiana', 'du Guyana'],
    ['HN', 'de Honduras', 'of Honduras', 'de Honduras', 'du Honduras'],
    ['HT', 'de Haití', 'of Haiti', 'do Haiti', 'd’Haïti'],
    ['JM', 'de Jamaica', 'of Jamaica', 'da Jamaica', 'de la Jamaïque'],
    [
      'KN',
      'de Saint Kitts y Nevis',
      'of Saint Kitts and Nevis',
      'de Saint Kitts e Nevis',
      'de Saint-Kitts-et-Nevis',
    ],
    ['LC', 'de Santa Lucía', 'of Saint Lucia', 'de Santa Lúcia', 'de Sainte-Lucie'],
    ['MX', 'de México', 'of Mexico', 'do México', 'du Mexique'],
    ['NI', 'de Nicaragua', 'of Nicaragua', 'da Nicarágua', 'du Nicaragua'],
    ['PA', 'de Panamá', 'of Panama', 'do Panamá', 'du Panama'],
    ['PE', 'del Perú', 'of Peru', 'do Peru', 'du Pérou'],
    ['PY', 'del Paraguay', 'of Paraguay', 'do Paraguai', 'du Paraguay'],
    ['SR', 'de Suriname', 'of Suriname', 'do Suriname', 'du Suriname'],
    ['SV', 'de El Salvador', 'of El Salvador', 'de El Salvador', 'd’El Salvador'],
    ['TT', 'de Trinidad y Tobago', 'of Trinidad and Tobago', 'de Trinidad e Tobago', 'de Trinité-et-Tobago'],
    ['US', 'de los Estados Unidos', 'of the United States', 'dos Estados Unidos', 'des États-Unis'],
    ['UY', 'del Uruguay', 'of Uruguay', 'do Uruguai', 'de l’Uruguay'],
    [
      'VC',
      'de San Vicente y las Granadinas',
      'of Saint Vincent and the Grenadines',
      'de São Vicente e Granadinas',
      'de Saint-Vincent-et-Grenadines',
    ],
    ['VE', 'de Venezuela', 'of Venezuela', 'da Venezuela', 'du Venezuela'],
  ])('%s', (country, ...of) => {
    expect(inAll((language) => stateName(country, language, 'of'))).toEqual(of);
  });

  it('are the 35 of the Americas', () => expect(Object.keys(STATES)).toHaveLength(35));

  it.each<[string, Form, string, string, string, string]>([
    ['PE', 'plain', 'Perú', 'Peru', 'Peru', 'Pérou'],
    ['PE', 'in', 'en el Perú', 'in Peru', 'no Peru', 'au Pérou'],
    ['PE', 'to', 'al Perú', 'to Peru', 'ao Peru', 'au Pérou'],
    ['PE', 'The', 'El Perú', 'Peru', 'O Peru', 'Le Pérou'],
    ['BR', 'by', 'por el Brasil', 'by Brazil', 'pelo Brasil', 'par le Brésil'],
    ['US', 'in', 'en los Estados Unidos', 'in the United States', 'nos Estados Unidos', 'aux États-Unis'],
    ['EC', 'in', 'en el Ecuador', 'in Ecuador', 'no Equador', 'en Équateur'],
    ['EC', 'the', 'el Ecuador', 'Ecuador', 'o Equador', 'l’Équateur'],
    ['BO', 'in', 'en Bolivia', 'in Bolivia', 'na Bolívia', 'en Bolivie'],
    ['BB', 'in', 'en Barbados', 'in Barbados', 'em Barbados', 'à la Barbade'],
    ['CU', 'in', 'en Cuba', 'in Cuba', 'em Cuba', 'à Cuba'],
    ['HT', 'in', 'en Haití', 'in Haiti', 'no Haiti', 'en Haïti'],
    ['BS', 'The', 'Las Bahamas', 'The Bahamas', 'As Bahamas', 'Les Bahamas'],
    ['ES', 'of', 'de España', 'of Spain', 'de Espanha', 'd’Espagne'],
  ])('%s, %s', (country, form, ...names) => {
    expect(inAll((language) => stateName(country, language, form))).toEqual(names);
  });
});

describe('capitals', () => {
  it.each<[string, Form, string, string, string, string]>([
    ['America/New_York', 'plain', 'Washington', 'Washington', 'Washington', 'Washington'],
    ['America/Asuncion', 'of', 'de Asunción', 'of Asunción', 'de Assunção', 'd’Asunción'],
    ['America/Toronto', 'of', 'de Ottawa', 'of Ottawa', 'de Ottawa', 'd’Ottawa'],
    [
      'America/Mexico_City',
      'of',
      'de la Ciudad de México',
      'of Mexico City',
      'da Cidade do México',
      'de Mexico',
    ],
    ['America/Panama', 'in', 'en la Ciudad de Panamá', 'in Panama City', 'na Cidade do Panamá', 'à Panama'],
    ['America/Havana', 'of', 'de La Habana', 'of Havana', 'de Havana', 'de La Havane'],
    ['Europe/Madrid', 'in', 'en Madrid', 'in Madrid', 'em Madrid', 'à Madrid'],
  ])('%s, %s', (zone, form, ...names) => {
    expect(inAll((language) => cityName(zone, language, form))).toEqual(names);
  });

  it('are one for each state', () => expect(CAPITAL_ZONES).toHaveLength(Object.keys(STATES).length));
});

describe('institutions', () => {
  const institution = (name: string, acronym: string, country: string): NamedInstitution => ({
    name,
    acronym,
    country,
    role: 'requesting',
  });
  const mtpe = institution('Ministerio de Trabajo y Promoción del Empleo de Perú', 'MTPE', 'PE');
  const oas: NamedInstitution = {
    ...institution('Organización de los Estados Americanos', 'OEA', 'US'),
    role: 'secretariat',
  };

  it.each<[NamedInstitution, Form, string, string, string, string]>([
    [mtpe, 'plain', 'MTPE del Perú', 'MTPE of Peru', 'MTPE do Peru', 'MTPE du Pérou'],
    [mtpe, 'the', 'el MTPE del Perú', 'the MTPE of Peru', 'o MTPE do Peru', 'le MTPE du Pérou'],
    [mtpe, 'of', 'del MTPE del Perú', 'of the MTPE of Peru', 'do MTPE do Peru', 'du MTPE du Pérou'],
    [mtpe, 'to', 'al MTPE del Perú', 'to the MTPE of Peru', 'ao MTPE do Peru', 'au MTPE du Pérou'],
    [mtpe, 'by', 'por el MTPE del Perú', 'by the MTPE of Peru', 'pelo MTPE do Peru', 'par le MTPE du Pérou'],
    [oas, 'plain', 'OEA', 'OAS', 'OEA', 'OEA'],
    [oas, 'The', 'La OEA', 'The OAS', 'A OEA', 'L’OEA'],
    [oas, 'of', 'de la OEA', 'of the OAS', 'da OEA', 'de l’OEA'],
    [oas, 'to', 'a la OEA', 'to the OAS', 'à OEA', 'à l’OEA'],
    [oas, 'by', 'por la OEA', 'by the OAS', 'pela OEA', 'par l’OEA'],
  ])('%o, %s', (one, form, ...names) => {
    expect(inAll((language) => institutionNamed(one, language, form))).toEqual(names);
  });

  it.each<[name: string, es: string, pt: string, fr: string]>([
    ['Ministerio de Trabajo', 'el X', 'o X', 'le X'],
    ['Ministry of Labour', 'el X', 'o X', 'le X'],
    ['Ministère des Affaires sociales et du Travail', 'el X', 'o X', 'le X'],
    ['Ministério do Trabalho e Emprego', 'el X', 'o X', 'le X'],
    ['Secretaría del Trabajo y Previsión Social', 'la X', 'a X', 'le X'],
    ['Department of Labor', 'el X', 'o X', 'le X'],
    ['Labour Department', 'el X', 'o X', 'le X'],
    ['Dirección del Trabajo', 'la X', 'a X', 'la X'],
    ['Superintendencia Nacional de Fiscalización Laboral', 'la X', 'a X', 'la X'],
    ['Organisation des États américains', 'la X', 'a X', 'la X'],
    ['Employment and Social Development Canada', 'el X', 'o X', 'le X'],
  ])('"%s" tells its gender', (name, es, pt, fr) => {
    const one = { ...institution(name, 'X', 'XX'), role: 'secretariat' as const };
    expect(inAll((language) => institutionNamed(one, language, 'the'))).toEqual([es, 'the X', pt, fr]);
  });

  it('has the gender that the programme gives it, whatever its name', () => {
    const one = { ...institution('Ministerio', 'X', 'CL'), gender: 'feminine' as const };
    expect(institutionNamed(one, 'es', 'of')).toBe('de la X de Chile');
  });

  it('does not say a country twice', () => {
    expect(institutionNamed(institution('Ministerio', 'MTPE Perú', 'PE'), 'es', 'the')).toBe('el MTPE Perú');
  });

  it('has no two articles and no uncontracted preposition, for every state, language and form', () => {
    const wrong = /\b(de el|a el|de le|à le|de les|à les|de o|de a|em o|por o|a o|undefined)\b(?! Salvador)/u;
    for (const country of Object.keys(STATES))
      for (const language of LANGUAGES)
        for (const form of NOUN_FORMS) {
          const said = institutionNamed(institution('Ministry of Labour', 'ML', country), language, form);
          expect(said).toContain(stateName(country, language));
          expect(said).not.toMatch(wrong);
        }
  });
});
