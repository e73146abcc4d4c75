import Holidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { holidayOn } from '../../src/domain/dates/holidays.ts';
import { STATES } from '../../src/words/names/states.ts';

const YEARS = [2024, 2025, 2026, 2027, 2028, 2029, 2030] as const;
const DAY = 86_400_000;

/** The days from Monday to Friday, with their names, on which the second source, `date-holidays`, has a public holiday. */
function secondSource(country: string): ReadonlyMap<string, string> {
  const calendar = new Holidays(country, { types: ['public'] });
  const days = new Map<string, string>();
  for (const year of YEARS)
    for (const { date, start, end, name } of calendar.getHolidays(year)) {
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
      for (let n = 0; n < length; n++) {
        const day = new Date(Date.parse(date.slice(0, 10)) + n * DAY);
        if (day.getUTCDay() % 6 !== 0 && day.getUTCFullYear() === year)
          days.set(day.toISOString().slice(0, 10), name);
      }
    }
  return days;
}

const MONDAY =
  'kept on the Monday, or the next free day, where it falls on a weekend; the second source has not the rule';
const MOVED = 'the law moves it; the second source has the day that it commemorates';
const ADMINISTRATION = 'the public administration alone is closed; the second source leaves it out';
const DECREED = 'a decree of the year';
const MOON = 'by the moon: one of the two has no dates of its own or computes them a day apart';
const NOT_HERE = 'no holiday with suspension of work, or not any more';
const LACKING = 'a holiday by law that the second source lacks';

/** Why the two sources differ on a holiday, by its name: ours behind `+`, the second source's behind `-`. */
const EXPLAINED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AG: {
    '+ Labour Day': 'Public Holidays Act 2005: the first Monday in May',
    '- Labour Day': 'Public Holidays Act 2005: the first Monday in May',
    '+ Carnival Monday': 'Public Holidays Act 2005: the first Monday in August and the day after',
    '+ Carnival Tuesday': 'Public Holidays Act 2005: the first Monday in August and the day after',
    "- J'Ouvert Morning": 'Carnival is on the first Monday in August',
    '- Last Lap': 'Carnival is on the first Monday in August',
    '+ Boxing Day': MONDAY,
    '+ Sir Vere Cornwall Bird Snr. Day': MONDAY,
  },
  AR: {
    '+ Jueves Santo': 'Ley 27.399: no laborable; the administration is closed',
    '+ Día del Trabajador del Estado': 'Ley 26.876: asueto of the administration',
    '+ Feriado con fines turísticos': DECREED,
    '+ Visita de Su Santidad el Papa León XIV': DECREED,
  },
  BB: {
    '+ Errol Barrow Day': MONDAY,
    '+ National Heroes Day': MONDAY,
    '+ Independence Day': MONDAY,
    '+ Emancipation Day': MONDAY,
  },
  BR: {
    '+ Carnaval': 'ponto facultativo',
    '+ Quarta-feira de Cinzas': 'ponto facultativo until 14:00',
    '+ Corpus Christi': 'ponto facultativo',
    '+ Dia do Servidor Público': 'ponto facultativo',
    '+ Véspera de Natal': 'ponto facultativo from 13:00',
    '+ Véspera de Ano-Novo': 'ponto facultativo from 13:00',
  },
  BS: {
    '+ Boxing Day': MONDAY,
    '+ National Heroes Day': 'the second Monday in October',
    "- National Heroes' Day": 'the second Monday in October',
  },
  BZ: {
    '+ Labour Day': DECREED,
    '- Labour Day': DECREED,
    "+ Saint George's Caye Day": DECREED,
    "- St. George's Caye Day": DECREED,
  },
  CA: {
    '+ Easter Monday': ADMINISTRATION,
    '+ Victoria Day': ADMINISTRATION,
    '+ Civic Holiday': ADMINISTRATION,
    '+ National Day for Truth and Reconciliation': ADMINISTRATION,
    '+ Thanksgiving Day': ADMINISTRATION,
    '+ Remembrance Day': ADMINISTRATION,
    '+ Boxing Day': ADMINISTRATION,
    '+ Christmas Day': MONDAY,
    "+ New Year's Day": MONDAY,
    '+ Canada Day': MONDAY,
  },
  CR: {
    '+ Día de Juan Santamaría': 'Ley 9875, until 2024',
    '- Gesta Heroica de Juan Santamaría': 'Ley 9875, until 2024',
    '+ Anexión del Partido de Nicoya a Costa Rica': 'Ley 9875, until 2024',
    '- Anexión del Partido de Nicoya': 'Ley 9875, until 2024',
    '+ Día de la Madre': 'Ley 9875, until 2024',
    '- Día de la Madre': 'Ley 9875, until 2024',
    '+ Día de la Abolición del Ejército': 'Ley 9803, since 2020, in place of 12 October',
    '- Día de la Raza': 'Ley 9803, since 2020: 1 December in its place',
    '+ Día de la Persona Negra y la Cultura Afrocostarricense': LACKING,
  },
  CU: { '+ Fiesta de Fin de Año': LACKING, '+ Inicio de las Guerras de Independencia': MONDAY },
  DM: { '+ Labour Day': 'the first Monday in May', '- Labour Day': 'the first Monday in May' },
  DO: {
    '+ Día de la Constitución': 'Ley 139-97: from Tuesday and Wednesday to the Monday before',
    '- Día de la Constitución': 'Ley 139-97: from Tuesday and Wednesday to the Monday before',
    '+ Día de la Restauración': 'Ley 139-97: moved but where a government takes office',
    '- Día de la Restauración': 'Ley 139-97: moved but where a government takes office',
  },
  EC: {
    '- Jueves Santo': NOT_HERE,
    '+ Día del Trabajo': MOVED,
    '+ Primer Grito de Independencia': MOVED,
    '+ Independencia de Guayaquil': '9 October',
    '- Independencia de Guayaquil': '9 October, not September',
    '+ Día de Difuntos': MOVED,
    '+ Independencia de Cuenca': MOVED,
    '+ Batalla de Pichincha': MOVED,
    '+ Navidad': MOVED,
    '+ Año Nuevo': MOVED,
  },
  GD: {
    '+ Emancipation Day': '1 August since 2025',
    '- Emancipation Day': '1 August since 2025',
    "+ National Heroes' Day": 'since 2023',
    '+ Thanksgiving Day': MONDAY,
    '+ Independence Day': MONDAY,
    '+ Boxing Day': MONDAY,
  },
  GT: {
    '+ Día del Ejército': 'Decreto 19-2018',
    '- Día de las Fuerzas Armadas': 'Decreto 19-2018',
    '+ Día de la Asunción': "the capital's, where the ministries are",
  },
  GY: {
    '+ Arrival Day': MONDAY,
    '+ Eid-Ul-Azha': MOON,
    '- Eid Ul Adha': MOON,
    '+ Youman Nabi': MOON,
    '- Youman Nabi': MOON,
    '+ Phagwah': MOON,
    '+ Deepavali': MOON,
    '+ Day After Christmas': MONDAY,
    '+ Emancipation Day': MONDAY,
    '+ Christmas Day': MONDAY,
    "+ New Year's Day": MONDAY,
  },
  HN: {
    '+ Semana Morazánica': 'Decreto 78-2015: the holidays of October together, from the first Wednesday',
    '- Día de las Fuerzas Armadas': 'Decreto 78-2015',
    '- Día de la Raza': 'Decreto 78-2015',
    '- Día del Soldado': 'Decreto 78-2015',
  },
  HT: { '- Ascension': NOT_HERE },
  KN: {
    '+ Boxing Day': MONDAY,
    '+ Culturama Day - Last Lap': 'the day after the first Monday in August',
    '- Culturama Day': 'the day after the first Monday in August',
  },
  LC: {
    '- Carnival': NOT_HERE,
    '+ Independence Day': MONDAY,
    '+ National Day': MONDAY,
    '+ Emancipation Day': MONDAY,
    '+ Boxing Day': MONDAY,
    "+ New Year's Holiday": MONDAY,
  },
  MX: { '+ Transmisión del Poder Ejecutivo Federal': 'Ley Federal del Trabajo, art. 74: every six years' },
  NI: {
    '+ Día de la Madre': LACKING,
    '- Día del niño': NOT_HERE,
    '- Día de la resistencia indígena': NOT_HERE,
  },
  PA: { '+ Lunes de Carnaval': ADMINISTRATION, '+ Día de los Símbolos Patrios': ADMINISTRATION },
  PY: {
    '+ Asueto de la Administración Pública': DECREED,
    '+ Día de la Paz del Chaco': DECREED,
    '- Día de la Paz del Chaco': DECREED,
    '+ Día de la Batalla de Boquerón': DECREED,
    '+ Día de los Héroes de la Patria': DECREED,
    '+ Día de la Jura de la Constitución Nacional': 'since 2026',
  },
  SR: {
    '- Dag van Bevrijding en Vernieuwing': NOT_HERE,
    '+ Ied-Ul-Fitre': MOON,
    '- Offerfeest (Eid Al-Adha)': MOON,
  },
  SV: { '+ Año Nuevo': LACKING, '+ Día de la Madre': LACKING, '+ Día del Padre': LACKING },
  TT: {
    '+ Carnival Monday': ADMINISTRATION,
    '+ Carnival Tuesday': ADMINISTRATION,
    '+ Easter Monday': LACKING,
    '+ Corpus Christi': 'two holidays on one day: the next one too',
    '+ Spiritual Baptist Liberation Day': 'two holidays on one day: the next one too',
    '+ Good Friday': 'two holidays on one day: the next one too',
    '- Deepavali': MOON,
  },
  US: {
    '+ Christmas Eve': DECREED,
    '+ National Day of Mourning for former President Jimmy Carter': DECREED,
    '+ Day After Christmas': DECREED,
    '+ Veterans Day': '5 U.S.C. 6103: from Saturday to Friday, from Sunday to Monday',
  },
  UY: {
    '+ Carnaval': ADMINISTRATION,
    '+ Semana de Turismo': ADMINISTRATION,
    '+ Desembarco de los 33 Orientales': ADMINISTRATION,
    '+ Natalicio de Artigas': ADMINISTRATION,
    '+ Día de los Niños': ADMINISTRATION,
    '+ Batalla de Las Piedras': ADMINISTRATION,
    '+ Día de la Diversidad Cultural': ADMINISTRATION,
    '+ Día de los Difuntos': ADMINISTRATION,
  },
  VC: {
    '+ Carnival Monday': DECREED,
    '+ Carnival Tuesday': DECREED,
    '- Carnival Monday': DECREED,
    '- Carnival Tuesday': DECREED,
    '+ National Spiritual Baptist Day': 'since 2025',
  },
  VE: {
    '+ Día de la Familia': DECREED,
    '+ Canonización de José Gregorio Hernández y la Madre Carmen Rendiles': DECREED,
  },
};

describe('the holidays of the 35 states of the Americas, 2024 to 2030, beside a second source', () => {
  it.each(Object.keys(STATES))('%s: every holiday on which they differ is explained', (country) => {
    const second = secondSource(country);
    const differ = new Set<string>();
    for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2031, 0, 1); at += DAY) {
      const day = new Date(at).toISOString().slice(0, 10);
      const ours = holidayOn(day, country)?.name;
      const theirs = second.get(day);
      if (ours !== undefined && theirs === undefined) differ.add(`+ ${ours}`);
      if (ours === undefined && theirs !== undefined) differ.add(`- ${theirs}`);
    }
    expect([...differ].sort()).toEqual(Object.keys(EXPLAINED[country] ?? {}).sort());
  });
});

describe('holidays', () => {
  it.each([
    ['EC', '2026-05-25', 'Batalla de Pichincha', 'from Sunday to Monday'],
    ['EC', '2027-04-30', 'Día del Trabajo', 'from Saturday to Friday'],
    ['EC', '2025-05-02', 'Día del Trabajo', 'from Thursday to Friday'],
    ['HN', '2026-10-08', 'Semana Morazánica', 'Wednesday to Friday'],
    ['BR', '2026-06-04', 'Corpus Christi', 'ponto facultativo'],
    ['BZ', '2024-03-11', 'National Heroes and Benefactors Day', 'from Saturday to Monday'],
    ['SV', '2026-01-01', 'Año Nuevo', 'which the second source lacks'],
    ['UY', '2026-03-30', 'Semana de Turismo', 'offices are closed'],
    ['TT', '2024-05-31', 'Corpus Christi', 'two on one day'],
    ['US', '2028-11-10', 'Veterans Day', 'from Saturday to Friday'],
  ])('%s %s: %s, %s', (country, date, name) => {
    expect(holidayOn(date, country)).toEqual({ name, isEstimated: false });
  });

  it.each([
    ['EC', '2026-04-02', 'Maundy Thursday is none in Ecuador'],
    ['CR', '2027-10-12', 'since 2020'],
    ['HN', '2026-10-12', 'the days of October are kept together'],
    ['AG', '2026-05-01', 'Labour Day is on a Monday'],
  ])('%s %s: none (%s)', (country, date) => {
    expect(holidayOn(date, country)).toBeUndefined();
  });

  it('what follows the moon is estimated in years to come, and known in those that were', () => {
    expect(holidayOn('2029-11-05', 'GY')).toEqual({ name: 'Deepavali', isEstimated: true });
    expect(holidayOn('2024-06-17', 'GY')).toEqual({ name: 'Eid-Ul-Azha', isEstimated: false });
  });
});
