/** The member states of the OAS: ISO 3166 letters, those that codes are made of, and the zone of the capital. */

type Country = { country: string; letters: string; zone: string };

const of = (country: string, letters: string, zone: string): Country => ({
  country,
  letters,
  zone: `America/${zone}`,
});

export const COUNTRIES: readonly Country[] = [
  of('AG', 'atg', 'Antigua'),
  of('AR', 'arg', 'Argentina/Buenos_Aires'),
  of('BB', 'brb', 'Barbados'),
  of('BO', 'bol', 'La_Paz'),
  of('BR', 'bra', 'Sao_Paulo'),
  of('BS', 'bhs', 'Nassau'),
  of('BZ', 'blz', 'Belize'),
  of('CA', 'can', 'Toronto'),
  of('CL', 'chl', 'Santiago'),
  of('CO', 'col', 'Bogota'),
  of('CR', 'cri', 'Costa_Rica'),
  of('CU', 'cub', 'Havana'),
  of('DM', 'dma', 'Dominica'),
  of('DO', 'dom', 'Santo_Domingo'),
  of('EC', 'ecu', 'Guayaquil'),
  of('GD', 'grd', 'Grenada'),
  of('GT', 'gtm', 'Guatemala'),
  of('GY', 'guy', 'Guyana'),
  of('HN', 'hnd', 'Tegucigalpa'),
  of('HT', 'hti', 'Port-au-Prince'),
  of('JM', 'jam', 'Jamaica'),
  of('KN', 'kna', 'St_Kitts'),
  of('LC', 'lca', 'St_Lucia'),
  of('MX', 'mex', 'Mexico_City'),
  of('NI', 'nic', 'Managua'),
  of('PA', 'pan', 'Panama'),
  of('PE', 'per', 'Lima'),
  of('PY', 'pry', 'Asuncion'),
  of('SR', 'sur', 'Paramaribo'),
  of('SV', 'slv', 'El_Salvador'),
  of('TT', 'tto', 'Port_of_Spain'),
  of('US', 'usa', 'New_York'),
  of('UY', 'ury', 'Montevideo'),
  of('VC', 'vct', 'St_Vincent'),
  of('VE', 'ven', 'Caracas'),
];

export const countryAt = (code: string): Country | undefined =>
  COUNTRIES.find(({ country }) => country === code);
