import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { type Clock, dayOf, daysUntil, momentOf, periodOf } from '../../src/words/dates/dates.ts';
import { CAPITAL_ZONES, cityName } from '../../src/words/names/cities.ts';

const clock = (
  language: Language,
  timeZone: string,
  others: string[] = [],
  now = '2021-06-11T15:00:00Z',
): Clock => ({
  language,
  timeZone,
  others,
  now,
});
const THREE = ['America/Lima', 'America/Santiago', 'America/New_York'];
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('capitals', () => {
  test('there is one for each of the 35 member states, on a clock that exists', () => {
    expect(CAPITAL_ZONES).toHaveLength(35);
    for (const timeZone of CAPITAL_ZONES)
      expect(() => new Intl.DateTimeFormat('es', { timeZone })).not.toThrow();
  });

  test('each has a name in each language', () => {
    for (const zone of CAPITAL_ZONES)
      for (const language of LANGUAGES) expect(cityName(zone, language)).toMatch(/^\p{Lu}/u);
  });

  test.each([
    ['America/New_York', 'es', 'Washington'],
    ['America/Sao_Paulo', 'pt', 'Brasília'],
    ['America/Toronto', 'fr', 'Ottawa'],
    ['America/Guayaquil', 'en', 'Quito'],
    ['America/Port_of_Spain', 'es', 'Puerto España'],
    ['America/Mexico_City', 'en', 'Mexico City'],
    ['America/Argentina/Cordoba', 'es', 'Cordoba'],
    ['America/Punta_Arenas', 'es', 'Punta Arenas'],
    ['UTC', 'es', 'UTC'],
  ] as const)('%s in %s is %s', (zone, language, name) => {
    expect(cityName(zone, language)).toBe(name);
  });
});

describe('a moment', () => {
  const due = '2021-06-18T22:00:00Z';

  test('is said on the reader’s clock first', () => {
    expect(momentOf(due, clock('es', 'America/Santiago', THREE))).toBe(
      'viernes 18 de junio, 18:00 (Santiago) · 17:00 (Lima) · 18:00 (Washington)',
    );
    expect(momentOf(due, clock('es', 'America/Lima', THREE))).toBe(
      'viernes 18 de junio, 17:00 (Lima) · 18:00 (Santiago, Washington)',
    );
  });

  test.each([
    ['en', 'Friday 18 June, 6:00 p.m. (Santiago) · 5:00 p.m. (Lima)'],
    ['pt', 'sexta-feira, 18 de junho, 18h (Santiago) · 17h (Lima)'],
    ['fr', 'vendredi 18 juin, 18 h (Santiago) · 17 h (Lima)'],
  ] as const)('is said as one says it in %s', (language, said) => {
    expect(plain(momentOf(due, clock(language, 'America/Santiago', ['America/Lima'])))).toBe(said);
  });

  test('names the day again where it is another day', () => {
    expect(momentOf('2021-06-19T03:30:00Z', clock('es', 'America/Lima', ['America/Sao_Paulo']))).toBe(
      'viernes 18 de junio, 22:30 (Lima) · sábado 19 de junio, 00:30 (Brasilia)',
    );
  });

  test('has a beginning and an end', () => {
    expect(momentOf('2021-07-14T15:00:00Z', clock('es', 'America/Lima', THREE), '2021-07-14T17:30:00Z')).toBe(
      'miércoles 14 de julio, 10:00–12:30 (Lima) · 11:00–13:30 (Santiago, Washington)',
    );
  });

  test('names a year that is not this one, as it is this year at the reader’s', () => {
    expect(dayOf('2022-01-01T03:30:00Z', clock('es', 'America/Lima'))).toBe('viernes 31 de diciembre');
    expect(dayOf('2022-01-01T03:30:00Z', clock('es', 'America/Sao_Paulo'))).toBe('sábado 1 de enero de 2022');
    expect(dayOf('2022-01-01T03:30:00Z', clock('fr', 'America/Sao_Paulo'))).toBe('samedi 1er janvier 2022');
    expect(dayOf(due, clock('es', 'America/Lima', [], '2022-01-01T04:30:00Z'))).toBe('viernes 18 de junio');
    expect(dayOf(due, clock('es', 'America/Lima', [], '2022-01-01T05:30:00Z'))).toBe(
      'viernes 18 de junio de 2021',
    );
  });

  test('follows the clocks of a capital through the year', () => {
    // Santiago is an hour ahead of Lima in winter, two in summer.
    const at = (instant: string) => momentOf(instant, clock('es', 'America/Lima', ['America/Santiago']));
    expect(at('2021-06-18T22:00:00Z')).toContain('17:00 (Lima) · 18:00 (Santiago)');
    expect(at('2021-11-18T22:00:00Z')).toContain('17:00 (Lima) · 19:00 (Santiago)');
  });
});

describe('a period', () => {
  test.each([
    ['2021-08-16', '2021-08-31', 'es', 'del 16 al 31 de agosto'],
    ['2021-08-16', '2021-08-31', 'en', '16 to 31 August'],
    ['2021-09-01', '2021-09-15', 'fr', 'du 1er au 15 septembre'],
    ['2021-09-01', '2021-09-15', 'pt', 'de 1º a 15 de setembro'],
    ['2021-09-27', '2021-10-15', 'es', 'del 27 de septiembre al 15 de octubre'],
    ['2022-01-10', '2022-01-20', 'es', 'del 10 al 20 de enero de 2022'],
    ['2021-12-20', '2022-01-10', 'es', 'del 20 de diciembre de 2021 al 10 de enero de 2022'],
  ] as const)('%s to %s in %s', (from, to, language, said) => {
    expect(periodOf({ from, to }, clock(language, 'America/Lima'))).toBe(said);
  });
});

test.each([
  ['es', 'lunes 16 de agosto'],
  ['en', 'Monday 16 August'],
  ['pt', 'segunda-feira, 16 de agosto'],
  ['fr', 'lundi 16 août'],
] as const)('a period of one day is that day (%s)', (language, said) => {
  const day = { from: '2021-08-16', to: '2021-08-16' };
  expect(periodOf(day, clock(language, 'America/Lima'))).toBe(said);
});

describe('days left', () => {
  test('are calendar days at the reader’s', () => {
    const due = '2021-06-19T03:30:00Z'; // 22:30 on the 18th in Lima, 00:30 on the 19th in Brasilia
    const left = (timeZone: string, now: string) => daysUntil(due, clock('es', timeZone, [], now));
    expect(left('America/Lima', '2021-06-19T02:30:00Z')).toBe(0);
    expect(left('America/Sao_Paulo', '2021-06-19T02:30:00Z')).toBe(1);
    expect(left('America/Lima', '2021-06-19T04:30:00Z')).toBe(0);
    expect(left('America/Lima', '2021-06-19T05:00:00Z')).toBe(-1);
  });

  test.each(CAPITAL_ZONES)(
    'are none through the whole of the due day in %s, and then one too many',
    (zone) => {
      const due = '2021-09-05T21:00:00Z'; // the day the clocks change in Santiago
      const hours = Array.from({ length: 72 }, (_, h) => new Date(Date.UTC(2021, 8, 4, h)).toISOString());
      const dayIn = (instant: string) =>
        new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short' }).format(new Date(instant));
      for (const now of hours) {
        const left = daysUntil(due, clock('es', zone, [], now));
        expect(Math.sign(left), now).toBe(dayIn(due) === dayIn(now) ? 0 : dayIn(due) > dayIn(now) ? 1 : -1);
      }
    },
  );
});
